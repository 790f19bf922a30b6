"""XLSX workbooks as raw tables, by `python-calamine`.

Cells are text as a person reads them: dates and times ISO 8601, whole numbers without a
decimal point.  A formula gives the value that the spreadsheet last computed, with a warning;
a merged heading gives its text to every column that it spans only if it lies in the heading
row itself.  A sheet is held in memory: Excel allows no more than 1,048,576 rows.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linkgraph.errors import SourceError
from linkgraph.sources.headings import SEARCHED, choose_row, distinct
from linkgraph.sources.staging import Finding

if TYPE_CHECKING:
    import pyarrow as pa

CHUNK = 50_000
_CELL = re.compile(rb'<c r="([A-Z]+)([0-9]+)"([^>]*)>(<f[ >/])?')
_ERROR = b't="e"'
_BLOCK, _LONGEST_CELL = 1 << 20, 512


class Sheet:
    """One sheet of a workbook, its heading settled.

    `columns` are the headings; `batches()` yields Arrow batches of them (string) and `_row`
    (int64, as the spreadsheet numbers rows); `warnings` are complete at once.
    """

    def __init__(
        self,
        path: Path,
        *,
        sheet: str | None = None,
        header_row: int | None = None,
        wanted: frozenset[str] = frozenset(),
    ) -> None:
        book = _workbook(path)
        self.path = path
        self.title, others = _chosen(path, book, sheet, wanted)
        page = book.get_sheet_by_name(self.title)
        self._rows: list[list[Any]] = page.to_python(skip_empty_area=False)
        if not any(any(cell != "" for cell in row) for row in self._rows[:1000]):
            raise SourceError(
                f"{path}, sheet {self.title!r} is empty.", remedy="Name another sheet."
            )
        merged = [(start, end) for start, end in (page.merged_cell_ranges or [])]
        self.header_row = header_row or _find_heading(path, self._rows, merged, wanted)
        if self.header_row > len(self._rows):
            raise SourceError(
                f"{path}, sheet {self.title!r} has no row {self.header_row} to take headings from.",
                remedy="Correct header_row.",
            )
        heading = [_text(cell) or "" for cell in self._rows[self.header_row - 1]]
        _refuse_merged(path, self.title, self.header_row, heading, merged)
        width = max((i + 1 for i, cell in enumerate(heading) if cell.strip()), default=0)
        body = self._rows[self.header_row :]
        # A column without a heading counts only if a record fills it.
        filled = max(
            (i + 1 for row in body for i in range(len(row) - 1, width - 1, -1) if row[i] != ""),
            default=width,
        )
        self._width = max(width, filled)
        padded = heading[: self._width] + [""] * (self._width - len(heading))
        self.columns, self.warnings = distinct(path, padded, self.header_row)
        self.warnings += _computed(path, self.title, self.columns, self.header_row, self._rows)
        self.warnings += [Finding(path.name, 0, "", o, "sheet was not read") for o in others]

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The records below the heading, blank rows left out."""
        import pyarrow as pa

        names = [*self.columns, "_row"]
        for start in range(self.header_row, max(len(self._rows), self.header_row + 1), CHUNK):
            chunk = self._rows[start : start + CHUNK]
            columns = [
                pa.array([_text(row[i]) if i < len(row) else None for row in chunk], pa.string())
                for i in range(self._width)
            ]
            numbers = pa.array(range(start + 1, start + 1 + len(chunk)), pa.int64())
            yield pa.RecordBatch.from_arrays([*columns, numbers], names=names)


def sheet_names(path: Path) -> tuple[str, ...]:
    """The names of the workbook's sheets, in their order."""
    return tuple(_workbook(path).sheet_names)


def _workbook(path: Path) -> Any:
    import python_calamine

    try:
        return python_calamine.load_workbook(str(path))
    except python_calamine.CalamineError as problem:
        raise SourceError(
            f"{path} cannot be read as a workbook: {problem}.",
            remedy="Open it in a spreadsheet, without password, and save it as XLSX.",
        ) from problem
    except OSError as problem:
        raise SourceError(
            f"{path} cannot be read: {problem.strerror}.", remedy="Check the path."
        ) from problem


def _chosen(
    path: Path, book: Any, sheet: str | None, wanted: frozenset[str]
) -> tuple[str, list[str]]:
    """The sheet to read, and the others that hold something; those do not hold its records."""
    names: list[str] = list(book.sheet_names)
    if sheet is not None:
        if sheet not in names:
            raise SourceError(
                f"{path} has no sheet {sheet!r}.", remedy=f"It has: {', '.join(names)}."
            )
        return sheet, []
    if not names:
        raise SourceError(f"{path} has no sheets.", remedy="Save it again as XLSX.")
    if len(names) == 1:
        return names[0], []
    known = {name: _known(book, name, wanted) for name in names}
    most = max(known.values())
    chosen = next(name for name in names if known[name] == most)
    alike = [name for name in names if 2 * known[name] >= most and known[name] > 1]
    if len(alike) > 1:
        raise SourceError(
            f"{path} has such records in {len(alike)} sheets: {', '.join(alike)}.",
            remedy="Save each as a file of its own, or name each with `sheet:` in a mapping.",
        )
    return chosen, [name for name in names if name != chosen and known[name] >= 0]


def _known(book: Any, name: str, wanted: frozenset[str]) -> int:
    """How many wanted headings a row near the top of a sheet holds; -1 for an empty sheet."""
    top = book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=SEARCHED)
    if not any(cell != "" for row in top for cell in row):
        return -1
    return max(len({str(cell).strip().casefold() for cell in row} & wanted) for row in top)


def _find_heading(
    path: Path,
    rows: list[list[Any]],
    merged: list[tuple[tuple[int, int], tuple[int, int]]],
    wanted: frozenset[str],
) -> int:
    top = [[_text(cell) or "" for cell in row] for row in rows[:SEARCHED]]
    # A cell merged across columns is a title or a group of headings, never a heading.
    wide = {start[0] for start, end in merged if end[1] > start[1]}
    if not wanted:
        top = [[""] if i in wide else row for i, row in enumerate(top)]
        if not any(any(cell.strip() for cell in row) for row in top):
            raise SourceError(
                f"{path}: the headings are merged cells, so that columns have no names.",
                remedy="Give each column its own heading, or state header_row in a mapping.",
            )
    return choose_row(path, top, wanted)


def _refuse_merged(
    path: Path,
    title: str,
    row: int,
    heading: list[str],
    merged: list[tuple[tuple[int, int], tuple[int, int]]],
) -> None:
    for start, end in merged:
        if start[0] <= row - 1 <= end[0] and end[1] > start[1]:
            name = heading[start[1]] if start[1] < len(heading) else ""
            raise SourceError(
                f"{path}, sheet {title!r}, row {row}: the heading {name!r} is merged across "
                f"{end[1] - start[1] + 1} columns.",
                remedy="Give each column its own heading, or state header_row in a mapping.",
            )


def _text(cell: Any) -> str | None:
    """A cell as text: ISO dates, whole numbers without point, None for an empty one."""
    if isinstance(cell, str):
        return cell or None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 2**63 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, dt.timedelta):
        seconds = round(cell.total_seconds())
        return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return None if cell is None else str(cell)


def _computed(
    path: Path, title: str, columns: tuple[str, ...], header_row: int, rows: list[list[Any]]
) -> list[Finding]:
    """Warnings of cells that hold a formula or an error: one per column and kind."""
    first: dict[tuple[int, str], int] = {}
    count: dict[tuple[int, str], int] = {}
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_part(archive, title)) as stream:
            tail = b""
            while block := stream.read(_BLOCK):
                text = tail + block
                limit = len(text) - _LONGEST_CELL if len(block) == _BLOCK else len(text)
                end = 0
                for cell in _CELL.finditer(text):
                    if cell.start() >= limit:
                        break
                    end = cell.end()
                    row, column = int(cell[2]), _column(cell[1].decode())
                    why = _what(cell, rows, row, column)
                    if why and row > header_row:
                        first.setdefault((column, why), row)
                        count[column, why] = count.get((column, why), 0) + 1
                tail = text[max(end, limit) :]
    except (zipfile.BadZipFile, KeyError, OSError):
        return []  # An older format without parts: calamine has read it, formulas are unknown.
    return [
        Finding(
            path.name,
            first[column, why],
            columns[column] if column < len(columns) else "",
            "",
            f"{count[column, why]} {'cell' if count[column, why] == 1 else 'cells'} with {why}",
        )
        for column, why in sorted(first)
    ]


def _what(cell: re.Match[bytes], rows: list[list[Any]], row: int, column: int) -> str:
    if _ERROR in cell[3]:
        return "an error such as #N/A; read as empty"
    if cell[4] is None:
        return ""
    line = rows[row - 1] if row <= len(rows) else []
    if column >= len(line) or line[column] == "":
        return "a formula that was never computed; read as empty"
    return "a formula; the value last computed was read"


def _part(archive: zipfile.ZipFile, title: str) -> str:
    """The name of the archive's part that holds the sheet called `title`."""
    from xml.etree import ElementTree

    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314  read as bytes only
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    wanted = next(
        value
        for node in book.iter()
        if node.tag.endswith("}sheet") and node.get("name") == title
        for key, value in node.attrib.items()
        if key.endswith("}id")
    )
    target = next(node.get("Target", "") for node in links if node.get("Id") == wanted)
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
