"""What a load took out of the ledger again: rows that its own rows speak against.

A row that stood, and that a later source contradicts, is as doubtful as what contradicts it,
so both go to the rejects.  Whoever loads must hear of it: the row was there yesterday.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linkgraph.sources import sql

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class Withdrawn:
    """A row that the ledger held before a load and holds no longer, and why it was rejected."""

    table: str
    row_id: str
    file: str
    row: int
    reason: str


def withdrawn(
    connection: duckdb.DuckDBPyConnection,
    before: Mapping[str, Any] | None,
    old: Path,
    new: Path,
) -> tuple[Withdrawn, ...]:
    """Rows of the generation `old`, described by the manifest `before`, that `new` rejects.

    Both are folders of a generation; `all_rejects` must be filled (`findings.write`).  In the
    order of table, file and row.  Cost: nothing for a table without rejects across sources,
    else one pass over its identifiers in both generations.
    """
    found: list[Withdrawn] = []
    for table, held in (before or {"tables": {}})["tables"].items():
        files = [old / name for name in held["files"]]
        touched = connection.execute(
            "SELECT 1 FROM all_rejects WHERE table_name = ? LIMIT 1", [table]
        ).fetchone()
        if not files or touched is None:
            continue
        single = new / f"{table}.parquet"
        kept = [single] if single.exists() else sorted((new / table).glob("*.parquet"))
        gone = f"SELECT row_id, source_file, source_sha256, source_row FROM {sql.parquet(files)}"
        if kept:
            gone += f" ANTI JOIN (SELECT row_id FROM {sql.parquet(kept)}) USING (row_id)"
        rows = connection.execute(
            f"SELECT row_id, source_file, source_row, min(reason) FROM ({gone}) g JOIN "
            "all_rejects r ON r.file = source_file AND r.sha256 = source_sha256 "
            f"AND r.row = source_row AND r.table_name = {sql.text(table)} "
            "GROUP BY ALL ORDER BY source_file, source_row, row_id"
        ).fetchall()
        found += [Withdrawn(table, str(i), str(f), int(n), str(why)) for i, f, n, why in rows]
    return tuple(found)
