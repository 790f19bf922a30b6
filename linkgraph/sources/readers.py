"""Source files as raw tables: CSV and its kin, gzip, XLSX, Parquet.

Every value comes as text, as it stands in the file; nothing is typed, trimmed or guessed
here.  `_row` is the row's number as a spreadsheet shows it: the heading of a CSV is row 1 and
its first record row 2; a record that spans several lines counts as one row; the rows of a
Parquet file, which has no heading, count from 1.  Rows without any value are passed over.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from linkgraph.errors import SourceError
from linkgraph.sources import sql
from linkgraph.sources.encodings import hash_file
from linkgraph.sources.headings import distinct
from linkgraph.sources.staging import Finding, RawTable

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb
    import pyarrow as pa

TEXT_SUFFIXES = (".csv", ".tsv", ".txt")
SHEET_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods")
PARQUET_SUFFIXES = (".parquet",)


def read(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    name: str,
    *,
    encoding: str | None = None,
    sheet: str | None = None,
    header_row: int | None = None,
    delimiter: str | None = None,
    wanted: frozenset[str] = frozenset(),
    label: str = "",
) -> RawTable:
    """The file at `path` as a relation called `name` in `connection`.

    Text and sheets are written once to a temporary Parquet file in the connection's spill
    folder, so memory stays bounded whatever the file's size.  `wanted` are headings (lower
    case) that the heading row is known by when no `header_row` is stated.  `label` is the
    file's name in findings (default: its own name).  Raises SourceError.
    """
    kind = kind_of(path)
    if kind == "parquet":
        return _read_parquet(connection, path, name, label)
    if kind == "sheet":
        from linkgraph.sources.sheets import Sheet

        digest, size = hash_file(path)
        if size == 0:
            raise SourceError(f"{path} is empty.", remedy="Remove it or export it again.")
        page = Sheet(path, sheet=sheet, header_row=header_row, wanted=wanted)
        rows = _store(connection, name, page, path)
        return RawTable(
            name, path, digest, page.columns, rows, warnings=_named(page.warnings, label, digest)
        )
    from linkgraph.sources.delimited import open_delimited

    file = open_delimited(
        path, encoding=encoding, header_row=header_row, delimiter=delimiter, wanted=wanted
    )
    rows = _store(connection, name, file, path)
    digest = file.text.sha256
    return RawTable(
        name,
        path,
        digest,
        file.columns,
        rows + len(file.rejected),
        file.text.encoding,
        warnings=_named(file.warnings, label, digest),
        rejected=_named(file.rejected, label, digest),
    )


def kind_of(path: Path) -> str:
    """`text`, `sheet` or `parquet`, by the file's name; SourceError for any other."""
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    last = suffixes[-1] if suffixes else ""
    if last == ".gz":
        last = suffixes[0] if len(suffixes) == 2 else ""
        if last in TEXT_SUFFIXES:
            return "text"
        raise SourceError(
            f"{path}: only text files are read from gzip.", remedy="Unpack it first (gunzip)."
        )
    if last in TEXT_SUFFIXES:
        return "text"
    if last in SHEET_SUFFIXES:
        return "sheet"
    if last in PARQUET_SUFFIXES:
        return "parquet"
    raise SourceError(
        f"{path} is of no kind that is read.",
        remedy="Use .csv, .tsv, .txt (each also .gz), .xlsx or .parquet.",
    )


class _Batches(Protocol):
    @property
    def columns(self) -> tuple[str, ...]: ...
    def batches(self) -> Iterator[pa.RecordBatch]: ...


def _store(connection: duckdb.DuckDBPyConnection, name: str, source: _Batches, path: Path) -> int:
    """Write the batches to a temporary Parquet file and show it as the view `name`."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder = spill_folder(connection)
    target = folder / f"raw-{hashlib.sha256(f'{path}|{name}'.encode()).hexdigest()[:24]}.parquet"
    schema = pa.schema(
        [*((column, pa.string()) for column in source.columns), ("_row", pa.int64())]
    )
    with pq.ParquetWriter(target, schema, compression="lz4", use_dictionary=True) as writer:
        for batch in source.batches():
            writer.write_batch(batch.cast(schema))
    blank = " AND ".join(f"{sql.name(column)} IS NULL" for column in source.columns)
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW {sql.name(name)} AS "
        f"SELECT * FROM {sql.parquet([target])} WHERE NOT ({blank})"
    )
    return _count(connection, name)


def parquet_headings(path: Path) -> tuple[tuple[str, ...], list[Finding]]:
    """The columns of a Parquet file under the names they are read by.  Raises SourceError."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        names = pq.read_schema(path).names
    except (pa.ArrowException, OSError) as problem:
        raise _no_parquet(path, problem) from problem
    if not names:
        raise SourceError(f"{path} holds no columns.", remedy="Export it again.")
    if "file_row_number" in names:
        raise SourceError(
            f"{path}: a column may not be called `file_row_number`.",
            remedy="Rename it in the export.",
        )
    return distinct(path, names, 0)


def check_parquet(path: Path, spill: Path) -> None:
    """Read every value of a Parquet file; SourceError where one cannot be read."""
    import duckdb

    connection = sql.connect(spill, threads=1)
    try:
        connection.execute(f"SELECT bit_xor(hash(COLUMNS(*))) FROM {sql.parquet([path])}")
    except duckdb.InterruptException:
        raise
    except duckdb.Error as problem:
        raise _no_parquet(path, problem) from problem
    finally:
        connection.close()


def _read_parquet(
    connection: duckdb.DuckDBPyConnection, path: Path, name: str, label: str
) -> RawTable:
    import duckdb

    digest, size = hash_file(path)
    if size == 0:
        raise SourceError(f"{path} is empty.", remedy="Remove it or export it again.")
    columns, renamed = parquet_headings(path)
    try:
        described = connection.execute(f"SELECT * FROM {sql.parquet([path])} LIMIT 0").description
        # The engine, too, tells columns of one name apart; theirs and ours are in file order.
        found = [(str(column[0]), str(column[1])) for column in described or []]
        cast = ", ".join(
            f"{_as_text(sql.name(theirs), kind)} AS {sql.name(ours)}"
            for (theirs, kind), ours in zip(found, columns, strict=True)
        )
        connection.execute(
            f"CREATE OR REPLACE TEMP VIEW {sql.name(name)} AS "
            f"SELECT {cast}, file_row_number + 1 AS _row "
            f"FROM {sql.parquet([path], options='file_row_number=true')}"
        )
        rows = _count(connection, name)
    except duckdb.InterruptException:
        raise
    except duckdb.Error as problem:
        raise _no_parquet(path, problem) from problem
    return RawTable(
        name, path, digest, columns, rows, warnings=_named(renamed, label or path.name, digest)
    )


def _as_text(column: str, kind: str) -> str:
    """A value of any type as text, as a person writes it."""
    if kind in {"FLOAT", "DOUBLE"}:
        # An identifier with gaps comes out of pandas as 7.0, and means 7.
        whole = f"{column} = trunc({column}) AND abs({column}) < 9e15"
        return f"CASE WHEN {whole} THEN {column}::BIGINT::VARCHAR ELSE {column}::VARCHAR END"
    if kind == "BLOB":
        # Some writers leave out that their bytes are text.
        return f"coalesce(TRY(decode({column})), {column}::VARCHAR)"
    if kind == "VARCHAR":
        # Whatever reads text up to the first zero byte would cut it there.
        seen = f"replace({column}, chr(0), '⟨00⟩')"
        return f"CASE WHEN contains({column}, chr(0)) THEN {seen} ELSE {column} END"
    return f"CAST({column} AS VARCHAR)"


def _no_parquet(path: Path, problem: Exception) -> SourceError:
    said = next(iter(str(problem).splitlines()), "").rstrip(".")
    return SourceError(
        f"{path} cannot be read as Parquet: {said}.", remedy="Copy or export it again."
    )


def spill_folder(connection: duckdb.DuckDBPyConnection) -> Path:
    """The folder in which the connection keeps what does not fit in memory."""
    found = connection.execute("SELECT current_setting('temp_directory')").fetchone()
    folder = Path(str(found[0] if found else ".tmp"))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _count(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    found = connection.execute(f"SELECT count(*) FROM {sql.name(name)}").fetchone()
    return int(found[0]) if found else 0


def _named(findings: list[Finding], label: str, sha256: str) -> tuple[Finding, ...]:
    from dataclasses import replace

    return tuple(replace(f, file=label or f.file, sha256=sha256) for f in findings)
