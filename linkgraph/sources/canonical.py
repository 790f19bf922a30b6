"""Files that need no mapping: named after the tables, with the contract's headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from linkgraph.errors import SourceError
from linkgraph.model.tables import TABLES, Table
from linkgraph.sources import sql
from linkgraph.sources.places import files_below, listed, must_exist
from linkgraph.sources.readers import (
    PARQUET_SUFFIXES,
    SHEET_SUFFIXES,
    TEXT_SUFFIXES,
    read,
)
from linkgraph.sources.staging import RawTable, StagedTable

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class CanonicalFile:
    """A source file and the table it is named after; `label` is its name in the ledger."""

    path: Path
    label: str
    table: str


def discover(sources: Sequence[Path]) -> tuple[list[CanonicalFile], list[Path]]:
    """Files of the contract among `sources` (files and folders), and the files passed over.

    In a folder, `lookups.csv` and `lookups/*.parquet` feed `lookups`.  A file that was named
    itself must be named after a table.  Raises SourceError for it, for a path that does not
    exist, and for sources without a single file of the contract.
    """
    found: list[CanonicalFile] = []
    ignored: list[Path] = []
    for source in sources:
        must_exist(source)
        if source.is_dir():
            _folder(source, found, ignored)
        else:
            table = table_of(source) or table_of(source.parent / f"{source.parent.name}.csv")
            if table is None:
                raise SourceError(
                    f"{source} is named after no table.",
                    remedy="Name it after its table (lookups.csv), or load it with a mapping.",
                )
            own = table_of(source) is not None
            label = source.name if own else f"{source.parent.name}/{source.name}"
            found.append(CanonicalFile(source, label, table))
    if not found:
        places = ", ".join(map(str, sources)) or "nothing"
        raise SourceError(
            f"{places}: no file is named after a table.",
            remedy="Name files after tables (officers.csv, lookups.csv), or give a mapping.",
        )
    return sorted(set(found), key=lambda f: (f.label, str(f.path))), sorted(set(ignored))


def table_of(path: Path) -> str | None:
    """The table that a file is named after (`lookups.csv.gz`: `lookups`), or None."""
    name = path.name.lower()
    name = name.removesuffix(".gz")
    for suffix in (*TEXT_SUFFIXES, *SHEET_SUFFIXES, *PARQUET_SUFFIXES):
        if name.endswith(suffix) and name.removesuffix(suffix) in TABLES:
            return name.removesuffix(suffix)
    return None


def stage(
    connection: duckdb.DuckDBPyConnection, file: CanonicalFile, relation: str
) -> tuple[RawTable, StagedTable]:
    """Read the file and stage it as it stands: its headings are the table's columns.

    Headings match without regard to case.  Raises SourceError if a required column is absent.
    """
    table = TABLES[file.table]
    raw = read(
        connection,
        file.path,
        f"raw {relation}",
        wanted=frozenset(column.name for column in table.columns),
        label=file.label,
    )
    chosen = {column: _contract_name(table, column) for column in raw.columns}
    _check(table, file, chosen)
    columns = ", ".join(f"{sql.name(old)} AS {sql.name(new)}" for old, new in chosen.items())
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW {sql.name(relation)} AS SELECT {columns}, "
        f"{sql.text(file.label)} AS _file, {sql.text(raw.sha256)} AS _sha256, _row "
        f"FROM {sql.name(raw.relation)}"
    )
    return raw, StagedTable(table.name, relation)


def _folder(folder: Path, found: list[CanonicalFile], ignored: list[Path]) -> None:
    own = folder.name if folder.name in TABLES else None
    for path in listed(folder):
        if path.is_dir():
            if path.name in TABLES and own is None:
                for part in files_below(path):
                    label = str(part.relative_to(folder))
                    _take(part, label, path.name, found, ignored)
            else:
                ignored.append(path)
        elif own is not None:
            _take(path, f"{own}/{path.name}", own, found, ignored)
        elif (table := table_of(path)) is not None:
            found.append(CanonicalFile(path, path.name, table))
        else:
            ignored.append(path)


def _take(
    path: Path, label: str, table: str, found: list[CanonicalFile], ignored: list[Path]
) -> None:
    name = path.name.lower().removesuffix(".gz")
    if name.endswith((*TEXT_SUFFIXES, *SHEET_SUFFIXES, *PARQUET_SUFFIXES)):
        found.append(CanonicalFile(path, label, table))
    else:
        ignored.append(path)


def _contract_name(table: Table, column: str) -> str:
    lowered = column.strip().casefold()
    return lowered if lowered in table.by_name else column


def _check(table: Table, file: CanonicalFile, chosen: dict[str, str]) -> None:
    names = set(chosen.values())
    lacking = [name for name in table.required if name not in names]
    groups = [group for group in table.one_of if not names & set(group)]
    if lacking or groups:
        wanted = [*(f"`{name}`" for name in lacking), *(_either(group) for group in groups)]
        has = ", ".join(list(chosen)[:30])
        raise SourceError(
            f"{file.path} lacks {_quoted(wanted)} that `{table.name}` needs.",
            remedy=f"Its headings are: {has}. Rename them, or load the file with a mapping.",
        )


def _quoted(columns: Sequence[str]) -> str:
    return f"{'the column' if len(columns) == 1 else 'the columns'} {', '.join(columns)}"


def _either(group: Sequence[str]) -> str:
    return " or ".join(f"`{name}`" for name in group)
