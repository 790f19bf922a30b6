"""Delimited text (CSV and its kin) as a raw table, streamed, with exact row numbers."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linkgraph.errors import SourceError
from linkgraph.sources.encodings import LONGEST_LINE, TextFile, Utf8Stream, inspect, opened
from linkgraph.sources.headings import choose_row, distinct
from linkgraph.sources.staging import Finding

if TYPE_CHECKING:
    import pyarrow as pa

DELIMITERS = (",", "\t", ";", "|")
SAMPLE = 1 << 18
MOST_UNFIT = 100_000
"""Records that may fail to fit the heading before the file counts as something else."""


@dataclass
class Delimited:
    """A delimited file opened for reading: `batches()` yields Arrow batches, all text.

    Batches have `columns` (string; an empty cell is null) and `_row` (int64).  `rejected`
    and `warnings` are complete once all batches were taken: a record with too few or too
    many cells is rejected, an undecodable character is a warning.
    """

    text: TextFile
    delimiter: str
    header_row: int
    columns: tuple[str, ...]
    rejected: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The records after the heading, in file order, some megabytes at a time."""
        return _batches(self)


def open_delimited(
    path: Path,
    *,
    encoding: str | None = None,
    header_row: int | None = None,
    delimiter: str | None = None,
    wanted: frozenset[str] = frozenset(),
) -> Delimited:
    """Settle encoding, delimiter and heading of the file at `path`; no record is read yet.

    `wanted` are headings that the heading row is known by; without them it is the first row
    that is not blank.  Raises SourceError.
    """
    found = inspect(path, encoding=encoding)
    with opened(path) as source:
        sample = Utf8Stream(source, found.encoding).read(SAMPLE).decode("utf-8", "replace")
    csv.field_size_limit(4 * SAMPLE)
    mark = delimiter or _delimiter(sample)
    if len(mark) != 1:
        raise SourceError(
            f"{path}: a delimiter is one character, not {mark!r}.", remedy="Use , ; | or a tab."
        )
    top = list(itertools.islice(csv.reader(io.StringIO(sample, newline=""), delimiter=mark), 40))
    row = header_row or choose_row(path, top, wanted)
    if row > len(top):
        raise SourceError(
            f"{path} has no row {row} to take headings from.", remedy="Correct header_row."
        )
    if row == len(top) and len(sample.encode()) >= SAMPLE:
        raise SourceError(
            f"{path}, row {row}: headings of more than {SAMPLE >> 10} KiB.",
            remedy="Correct that row, or state delimiter and header_row in a mapping.",
        )
    columns, renamed = distinct(path, top[row - 1], row)
    if found.guessed:
        said = "encoding guessed; state it in a mapping (`encoding:`) if text looks wrong"
        renamed = [*renamed, Finding(path.name, 0, "", found.encoding, said)]
    return Delimited(found, mark, row, columns, warnings=renamed)


def _delimiter(sample: str) -> str:
    """The mark that splits the first lines most evenly; a comma when none does."""
    lines = [line for line in sample.splitlines()[:20] if line.strip()]
    best, most = ",", 0
    for mark in DELIMITERS:
        widths = [len(row) for row in csv.reader(lines, delimiter=mark)]
        common = max(set(widths), key=widths.count, default=1)
        score = widths.count(common) * (common - 1)
        if score > most:
            best, most = mark, score
    return best


def _batches(file: Delimited) -> Iterator[pa.RecordBatch]:
    import numpy as np
    import pyarrow as pa

    width, path = len(file.columns), file.text.path
    skipped: list[int] = []
    delivered = 0
    last: list[dict[str, str | None]] = []
    try:
        with opened(path) as source:
            stream = Utf8Stream(source, file.text.encoding)
            for batch in _arrow(file, stream, skipped):
                # The n-th good record is the n-th physical one, moved on by those skipped.
                places = np.arange(delivered, delivered + batch.num_rows, dtype=np.int64)
                gaps = np.asarray(skipped, dtype=np.int64)
                moved = gaps - np.arange(len(gaps), dtype=np.int64)
                rows = places + np.searchsorted(moved, places, side="right")
                delivered += batch.num_rows
                last = batch.slice(batch.num_rows - 1).to_pylist() if batch.num_rows else last
                arrays = [*batch.columns[:width], pa.array(rows + file.header_row + 1)]
                yield pa.RecordBatch.from_arrays(arrays, names=[*file.columns, "_row"])
    except (pa.ArrowInvalid, EOFError) as problem:
        raise _unreadable(file, delivered + len(skipped), str(problem)) from problem
    _refuse_open_quote(file, delivered + len(skipped), last)
    file.warnings += [
        Finding(path.name, 0, "", shown, f"cannot be decoded as {file.text.encoding}; met {n} ×")
        for shown, n in sorted(stream.damaged.items())
    ]


def _arrow(file: Delimited, stream: Utf8Stream, skipped: list[int]) -> Any:
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    width, path, sha256 = len(file.columns), file.text.path, file.text.sha256
    # Arrow counts physical rows from 1 and includes those before the first record.
    names = [f"c{i}" for i in range(width)]

    def on_bad_row(row: Any) -> str:
        place = row.number - file.header_row - 1
        skipped.append(place)
        if len(file.rejected) >= MOST_UNFIT:
            return "error"
        if row.text.strip(file.delimiter + ' \t\r\n"'):
            file.rejected.append(
                Finding(
                    path.name,
                    row.number,
                    "",
                    row.text[:200],
                    f"has {row.actual_columns} cells where the heading has {width}",
                    sha256=sha256,
                )
            )
        return "skip"

    return arrow_csv.open_csv(
        pa.PythonFile(stream, mode="r"),
        read_options=arrow_csv.ReadOptions(
            use_threads=False,
            block_size=LONGEST_LINE + (1 << 20),
            column_names=names,
            skip_rows_after_names=file.header_row,
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=file.delimiter,
            newlines_in_values=True,
            ignore_empty_lines=False,
            invalid_row_handler=on_bad_row,
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
        ),
    )


def _refuse_open_quote(file: Delimited, records: int, last: list[dict[str, str | None]]) -> None:
    """A mark that is never closed makes one value of the rest of the file: do not load that."""
    if file.text.quotes % 2 == 0:
        return
    values = [value or "" for row in last for value in row.values()]
    if file.rejected and file.rejected[-1].row == file.header_row + records:
        values.append(file.rejected[-1].value)
    if any("\n" in value for value in values):
        raise SourceError(
            f"{file.text.path}, row {file.header_row + records}: a quotation mark is opened and "
            "never closed.",
            remedy="Correct that row or export the file again.",
        )


def _unreadable(file: Delimited, records: int, problem: str) -> SourceError:
    row = file.header_row + records + 1
    if len(file.rejected) >= MOST_UNFIT:
        return SourceError(
            f"{file.text.path}: more than {MOST_UNFIT} records have not as many cells as the "
            f"heading in row {file.header_row}, which has {len(file.columns)}.",
            remedy="Export it again, or state delimiter and header_row in a mapping.",
        )
    if "straddling" in problem or "block" in problem:
        return SourceError(
            f"{file.text.path}, row {row} or after: a record of more than "
            f"{LONGEST_LINE >> 20} MiB, or a quotation mark that is never closed.",
            remedy="Correct that row or export the file again.",
        )
    return SourceError(
        f"{file.text.path}, row {row} or after: {problem}", remedy="Correct that row."
    )
