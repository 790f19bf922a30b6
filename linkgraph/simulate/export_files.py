"""How an agency's files are written: cp950 CSV, XLSX with a title above the heading, ROC dates."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

ENCODING = "cp950"
ROWS_OF_A_SHEET = 1_000_000
_FIXED = (1980, 1, 1, 0, 0, 0)
"""The date of every part of a workbook, so that the same rows are the same bytes."""


@dataclass(frozen=True)
class File:
    """One file to be written: its columns in order; a `title` makes it a workbook."""

    name: str
    columns: dict[str, pa.Array]
    title: str = ""


def write(file: File, folder: Path) -> list[Path]:
    """Write one file into `folder`, a long workbook as several; the files written."""
    names = list(file.columns)
    table = pa.table({name: _cells(file.columns[name]) for name in names})
    if file.title:
        return _workbooks(file, table, folder)
    path = folder / f"{file.name}.csv"
    text = io.BytesIO()
    pacsv.write_csv(table, text, pacsv.WriteOptions(quoting_style="needed"))
    path.write_bytes(text.getvalue().decode("utf-8").replace("\n", "\r\n").encode(ENCODING))
    return [path]


def _workbooks(file: File, table: pa.Table, folder: Path) -> list[Path]:
    written = []
    for number, first in enumerate(range(0, max(1, table.num_rows), ROWS_OF_A_SHEET)):
        path = folder / f"{file.name}{f'_{number + 1}' if number else ''}.xlsx"
        part = [column.to_pylist() for column in table.slice(first, ROWS_OF_A_SHEET).columns]
        rows = zip(*part, strict=True)
        path.write_bytes(_workbook(file.title, table.column_names, rows))
        written.append(path)
    return written


def _cells(values: pa.Array | pa.ChunkedArray) -> pa.ChunkedArray:
    cells = pa.chunked_array(values) if isinstance(values, list) else values
    return pc.cast(cells, pa.string())


def _workbook(title: str, names: Sequence[str], rows: Iterable[Sequence[str | None]]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("工作表1")
    sheet.append([title])
    sheet.append(list(names))
    for row in rows:
        sheet.append(row)
    book.properties.creator = ""
    book.properties.created = datetime(*_FIXED)  # noqa: DTZ001 - a workbook's times have no zone
    made = io.BytesIO()
    book.save(made)
    return _undated(made)


def _undated(made: io.BytesIO) -> bytes:
    """The same workbook without the moment at which it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "docProps/core.xml":
                content = _without_modified(content)
            new.writestr(zipfile.ZipInfo(part.filename, _FIXED), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _without_modified(properties: bytes) -> bytes:
    head, tag, rest = properties.partition(b"<dcterms:modified")
    _, end, tail = rest.partition(b"</dcterms:modified>")
    return head + tail if tag and end else properties


def roc_time(values: pa.Array) -> pa.Array:
    """`2024-07-01T08:30:00` as `113/07/01 08:30:00`."""
    return _dated(values, "/", pc.utf8_slice_codeunits(values, 11, 19))


def roc_day(values: pa.Array) -> pa.Array:
    """The day of a time or date as `1130701`, the way logs write it."""
    return _dated(values, "", None)


def roc_dotted(values: pa.Array) -> pa.Array:
    """The day of a time or date as `113.07.01`, the way registers write it."""
    return _dated(values, ".", None)


def roc_words(values: pa.Array) -> pa.Array:
    """`2024-07-01T08:30:00` as `民國113年07月01日 08時30分00秒`."""
    year, month, day = _parts(values)
    clock = [pc.utf8_slice_codeunits(values, i, i + 2) for i in (11, 14, 17)]
    return _joined(
        [
            "民國",
            year,
            "年",
            month,
            "月",
            day,
            "日 ",
            clock[0],
            "時",
            clock[1],
            "分",
            clock[2],
            "秒",
        ]
    )


def clock(values: pa.Array) -> pa.Array:
    """The time of day as `083000`."""
    return pc.replace_substring(pc.utf8_slice_codeunits(values, 11, 19), ":", "")


def _parts(values: pa.Array) -> tuple[pa.Array, pa.Array, pa.Array]:
    year = pc.subtract(pc.cast(pc.utf8_slice_codeunits(values, 0, 4), pa.int64()), 1911)
    return (
        pc.cast(year, pa.string()),
        pc.utf8_slice_codeunits(values, 5, 7),
        pc.utf8_slice_codeunits(values, 8, 10),
    )


def _dated(values: pa.Array, mark: str, tail: pa.Array | None) -> pa.Array:
    year, month, day = _parts(values)
    # Without a mark a year needs three digits, else 79 and 0501 could be read as 7905 and 01.
    year = pc.utf8_lpad(year, 3, "0") if not mark else year
    date = _joined([year, mark, month, mark, day])
    return date if tail is None else _joined([date, " ", tail])


def _joined(parts: Sequence[pa.Array | str]) -> pa.Array:
    """Texts side by side; empty where any part is."""
    return pc.binary_join_element_wise(*parts, "")


def translated(values: pa.Array, words: dict[str, str]) -> pa.Array:
    """Values of the contract in the agency's words; what has none stays as it is."""
    flat = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    place = pc.index_in(flat, pa.array(list(words), pa.string()))
    return pc.coalesce(pa.array(list(words.values()), pa.string()).take(place), flat)
