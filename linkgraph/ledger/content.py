"""What a row says: its content hash, copies of it, and rows that contradict one another.

Two rows of a table with the same content are one row with two sources.  Two rows with the
same key (`Table.key`) and different content are a conflict: both are set apart.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from linkgraph.model.tables import Table
from linkgraph.sources import sql

if TYPE_CHECKING:
    import duckdb

T = TypeVar("T")


def columns(connection: duckdb.DuckDBPyConnection, table: Table) -> list[str]:
    """Columns of the contract in their order, then the extra ones by name."""
    view = sql.name(f"all {table.name}")
    described = connection.execute(f"SELECT * FROM {view} LIMIT 0").description
    found = [str(column[0]) for column in described or []]
    return [*table.by_name, *sorted(c for c in found if c not in table.by_name and c[0] != "_")]


def content_sql(connection: duckdb.DuckDBPyConnection, table: Table, alias: str = "t") -> str:
    """A text that is the same for two rows of `alias` if and only if they say the same.

    Each filled column adds its name, the length of its value and the value, so an extra
    column that another file brings in does not change the rows that lack it.
    """
    parts = []
    for name in sorted(columns(connection, table)):
        value = f"{alias}.{sql.name(name)}"
        column = table.by_name.get(name)
        if column is not None and column.type not in {"id", "text", "enum"}:
            value = f"CAST({value} AS VARCHAR)"
        shown = f"{sql.text(name)} || length({value}) || ':' || {value}"
        parts.append(f"coalesce({shown}, '')")
    return f"concat({', '.join(parts)})"


def row_id(connection: duckdb.DuckDBPyConnection, table: Table) -> str:
    """The expression `… AS row_id`: the key's value, else 16 hex digits of the content hash."""
    if len(table.key) == 1:
        return f"t.{sql.name(table.key[0])} AS row_id"
    return f"left(md5({content_sql(connection, table)}), 16) AS row_id"


def set_apart(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Find what `full <table>` holds twice.

    Makes the temp tables `seen <table>` (`_part`, `_line`, `_content` and, for a table with a
    key, its columns: one row each), `out <table>` (places to leave out, and `why`: `copy` or
    `conflict`).  Cost: one scan and one grouping.
    """
    seen, out = sql.name(f"seen {table.name}"), sql.name(f"out {table.name}")
    key = "".join(f", {sql.name(c)}" for c in table.key)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {seen} AS SELECT _part, _line, "
        f"md5_number({content_sql(connection, table)}) AS _content{key} "
        f"FROM {sql.name(f'full {table.name}')} t"
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {out} (_part INTEGER, _line BIGINT, why VARCHAR)"
    )
    if table.key:
        names = ", ".join(sql.name(c) for c in table.key)
        connection.execute(
            f"INSERT INTO {out} SELECT _part, _line, 'conflict' FROM {seen} SEMI JOIN "
            f"(SELECT {names} FROM {seen} GROUP BY ALL HAVING min(_content) <> max(_content)) "
            f"USING ({names})"
        )
    # Of several copies, the one that stands is the first by file, hash and row.
    copies = (
        f"(SELECT _part, _line, _content FROM {seen} SEMI JOIN (SELECT _content FROM {seen} "
        "GROUP BY _content HAVING count(*) > 1) USING (_content) "
        f"ANTI JOIN {out} USING (_part, _line))"
    )
    connection.execute(
        f"INSERT INTO {out} SELECT _part, _line, 'copy' FROM (SELECT _part, _line, "
        "row_number() OVER (PARTITION BY _content ORDER BY _file, _sha256, _row, _line) AS place "
        f"FROM {copies} JOIN {sql.name(f'full {table.name}')} USING (_part, _line)) WHERE place > 1"
    )


def count(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    fresh: frozenset[str],
    current: frozenset[str],
    make: Callable[..., T],
) -> T:
    """Rows of this load's sources: all, loaded, merged and rejected, which add up."""
    seen, out = sql.name(f"seen {table.name}"), sql.name(f"out {table.name}")
    view = sql.name(f"all {table.name}")
    ours = _listed(current)
    rows, bad = _one(
        connection,
        f"SELECT count(*), count(*) FILTER (_bad <> 0) FROM {view} WHERE _extract IN ({ours})",
    )
    (left_out,) = _one(
        connection,
        f"SELECT count(*) FROM {out} WHERE why <> 'copy' AND (_part, _line) IN "
        f"(SELECT (_part, _line) FROM {view} WHERE _extract IN ({ours}) AND _bad = 0)"
        if _any(connection, f"{out} WHERE why <> 'copy'")
        else "SELECT 0",
    )
    good = rows - bad - left_out
    if _any(connection, f"{out} WHERE why = 'copy'"):
        (loaded,) = _one(
            connection,
            "SELECT count(*) FROM (SELECT _content FROM "
            f"{seen} JOIN (SELECT _part, _line, _extract FROM {view} WHERE _bad = 0) "
            f"USING (_part, _line) ANTI JOIN (SELECT * FROM {out} WHERE why <> 'copy') "
            f"USING (_part, _line) GROUP BY _content "
            f"HAVING bool_and(_extract IN ({_listed(fresh)})))",
        )
    else:
        (loaded,) = _one(
            connection,
            f"SELECT count(*) FROM {view} ANTI JOIN {out} USING (_part, _line) "
            f"WHERE _bad = 0 AND _extract IN ({_listed(fresh)})",
        )
    return make(rows=rows, loaded=loaded, merged=good - loaded, rejected=bad + left_out)


def left_out(connection: duckdb.DuckDBPyConnection, table: Table) -> dict[str, int]:
    """How many rows of each extract are conflicts or have no officer."""
    out = sql.name(f"out {table.name}")
    if not _any(connection, f"{out} WHERE why <> 'copy'"):
        return {}
    found = connection.execute(
        f"SELECT _extract, count(*) FROM {sql.name(f'all {table.name}')} "
        f"SEMI JOIN (SELECT * FROM {out} WHERE why <> 'copy') USING (_part, _line) GROUP BY 1"
    ).fetchall()
    return {str(extract): int(rows) for extract, rows in found}


def fingerprint(connection: duckdb.DuckDBPyConnection, table: Table) -> str:
    """A hash of what the table says, whatever the order and the sources of its rows."""
    seen, out = sql.name(f"seen {table.name}"), sql.name(f"out {table.name}")
    found = connection.execute(
        "SELECT count(*), coalesce(bit_xor(_content), 0), "
        "coalesce(sum((_content & 4611686018427387903)::BIGINT), 0) "
        f"FROM {seen} ANTI JOIN {out} USING (_part, _line)"
    ).fetchone()
    return ":".join(map(str, found or ()))


def write_provenance(connection: duckdb.DuckDBPyConnection, table: Table, folder: Path) -> None:
    """Further sources of rows: copies that were merged, and rows that a join used.

    Writes `provenance/<table>.parquet`: row_id, source_file, source_sha256, source_row.
    """
    target = folder / "provenance" / f"{table.name}.parquet"
    target.parent.mkdir(exist_ok=True)
    identity = row_id(connection, table)
    connection.execute(
        f"COPY (WITH shown AS (SELECT {identity}, _file, _sha256, _row, _also, "
        f"coalesce(o.why, '') AS why FROM {sql.name(f'full {table.name}')} t "
        f"LEFT JOIN {sql.name(f'out {table.name}')} o USING (_part, _line) "
        "WHERE coalesce(o.why, 'copy') = 'copy' AND (o.why IS NOT NULL OR _also IS NOT NULL)) "
        "SELECT DISTINCT * FROM ("
        "SELECT row_id, _file AS source_file, _sha256 AS source_sha256, _row AS source_row "
        "FROM shown WHERE why = 'copy' UNION ALL "
        'SELECT row_id, also."file", also.sha256, also."row" FROM '
        "(SELECT row_id, unnest(_also) AS also FROM shown)) ORDER BY ALL) "
        f"TO {sql.text(target)} (FORMAT parquet, COMPRESSION zstd)"
    )


def _listed(ids: frozenset[str]) -> str:
    return ", ".join(sql.text(i) for i in sorted(ids)) or "''"


def _any(connection: duckdb.DuckDBPyConnection, relation: str) -> bool:
    return connection.execute(f"SELECT 1 FROM {relation} LIMIT 1").fetchone() is not None


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[int, ...]:
    found = connection.execute(query).fetchone()
    return tuple(int(value) for value in found or ())
