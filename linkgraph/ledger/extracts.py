"""Extracts: what one source yielded, typed, kept for good under the hash of what made it.

An extract is made once from the bytes of its source (one canonical file, or the files of one
mapping), the mapping's text and the time zone.  The ledger's tables are a function of the set
of extracts alone, so that neither the order of loads nor their number matters.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linkgraph.sources import sql, validate
from linkgraph.sources.staging import Finding, StagedTable

if TYPE_CHECKING:
    import duckdb

REVISION = 2
"""Raised when typing changes, so that sources loaded before are read anew."""


@dataclass(frozen=True)
class ExtractedFile:
    """A source file of an extract: its name in the ledger, hash, number of data rows.

    `dropped` counts rows that a mapping left out on purpose.
    """

    name: str
    path: str
    sha256: str
    rows: int
    encoding: str = ""
    dropped: int = 0


@dataclass(frozen=True)
class Part:
    """One Parquet file of typed rows for a table; `bad` of its `rows` are rejected."""

    table: str
    file: str
    rows: int
    bad: int


@dataclass(frozen=True)
class Feed:
    """What one feed of a mapping made of one file: of its `rows`, those `used`, rows `made`."""

    table: str
    file: str
    rows: int
    used: int
    made: int


@dataclass(frozen=True)
class Extract:
    """One extract as the manifest keeps it.

    `unfit` counts, by file, records with too few or too many cells: no table could take them.
    """

    id: str
    timezone: str
    files: tuple[ExtractedFile, ...]
    parts: tuple[Part, ...]
    mapping: str = ""
    mapping_sha256: str = ""
    unfit: dict[str, int] = field(default_factory=dict)
    feeds: tuple[Feed, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain data for the manifest."""
        return asdict(self)

    @staticmethod
    def from_json(data: dict[str, Any]) -> Extract:
        """The extract that `as_json` described."""
        return Extract(
            data["id"],
            data["timezone"],
            tuple(ExtractedFile(**file) for file in data["files"]),
            tuple(Part(**part) for part in data["parts"]),
            data["mapping"],
            data["mapping_sha256"],
            dict(data["unfit"]),
            tuple(Feed(**feed) for feed in data["feeds"]),
        )


def identity(files: Sequence[tuple[str, str]], *, mapping_sha256: str, timezone: str) -> str:
    """The extract's id: 32 hex digits of what made it; `files` are (name, SHA-256) pairs."""
    made_of = {
        "revision": REVISION,
        "files": sorted(files),
        "mapping": mapping_sha256,
        "timezone": timezone,
    }
    return hashlib.sha256(json.dumps(made_of, sort_keys=True).encode()).hexdigest()[:32]


def widest(
    known: Sequence[Extract], current: Sequence[Extract]
) -> tuple[list[Extract], list[Extract]]:
    """All extracts that count, by id, and those that stand for `current` among them.

    A mapping may join its files, so a load of more files by the same mapping stands in place
    of a load of some of them, whichever came first.
    """
    unique = {e.id: e for e in [*known, *current]}

    def stands_for(extract: Extract) -> Extract:
        wider = [e for e in unique.values() if _holds(e, extract)]
        return max(wider, key=lambda e: (len(e.files), e.id))

    chosen = {e.id: e for e in unique.values() if stands_for(e).id == e.id}
    ours = {stands_for(e).id for e in current}
    return (
        sorted(chosen.values(), key=lambda e: e.id),
        sorted((chosen[i] for i in ours), key=lambda e: e.id),
    )


def _holds(wider: Extract, extract: Extract) -> bool:
    """Whether `wider` was made of all files of `extract`, by the same mapping."""
    if wider.id == extract.id:
        return True
    if not extract.mapping_sha256 or wider.mapping_sha256 != extract.mapping_sha256:
        return False
    return {(f.name, f.sha256) for f in extract.files} < {(f.name, f.sha256) for f in wider.files}


def write(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    extract_id: str,
    staged: Sequence[StagedTable],
    *,
    timezone: str,
    now: int,
    rejected: Sequence[Finding] = (),
    warnings: Sequence[Finding] = (),
) -> tuple[Part, ...]:
    """Type the staged tables into `folder`; what was found goes beside them.

    `rejects.parquet` and `warnings.parquet` are written if there are any.
    """
    validate.prepare(connection)
    _add(connection, "found_rejects", rejected, ())
    _add(connection, "found_warnings", warnings, (1,))
    parts = []
    for number, table in enumerate(staged):
        file = f"{table.table}-{number}.parquet"
        typed = validate.type_table(
            connection,
            table,
            folder / file,
            timezone=timezone,
            extract=extract_id,
            now=now,
        )
        parts.append(Part(table.table, file, typed.rows, typed.bad))
    for found, file in (("found_rejects", "rejects"), ("found_warnings", "warnings")):
        if connection.execute(f"SELECT 1 FROM {found} LIMIT 1").fetchone() is None:
            continue
        connection.execute(
            f"COPY (SELECT * FROM {found} ORDER BY ALL) TO "
            f"{sql.text(folder / f'{file}.parquet')} (FORMAT parquet, COMPRESSION zstd)"
        )
    return tuple(parts)


def _add(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    findings: Sequence[Finding],
    more: tuple[int, ...],
) -> None:
    rows = [
        (f.file, f.sha256, f.row, f.table, f.column, f.value, f.reason, *more) for f in findings
    ]
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
