"""The auditors' workbook as XLSX: answers in drop-downs, everything else protected.

Every fact is written as text, never as a formula, and marked so that editing keeps it text: a
name such as `=HYPERLINK(...)` shows as it is.  The same content gives the same bytes.
"""

from __future__ import annotations

import io
import math
import unicodedata
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from linkgraph.audit.sheet import SAMPLE, WORKLIST, Issued
from linkgraph.audit.words import DECISIONS, Words

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

IDENTITY = "linkgraph"
"""The hidden sheet that says which plan, unit and language a workbook is of."""

REVIEWER, AT = "B8", "B9"
"""Where the guide is filled in."""

FIRST = 2
"""The first row of look-ups on a sheet, under its headings."""

_FIXED = (2000, 1, 1)
_WIDTHS = (5, 12, 19, 17, 11, 14, 18, 14, 18, 15, 17)
_WHY, _DECISION, _NOTE = 22, 13, 26
_LINE_HEIGHT = 17
_HEAD, _ANSWER, _LINE = "FFDCE6F1", "FFFFF7CC", "FFB0B0B0"


def workbook(issued: Issued) -> bytes:
    """The workbook's bytes: a guide, the sample, and the worklist where there is one."""
    from openpyxl import Workbook

    book = Workbook()
    words = issued.words
    guide = book.active
    assert guide is not None
    guide.title = words("guide")
    _guide(guide, issued, words)
    for name in (SAMPLE, WORKLIST):
        if issued.sheets[name]:
            _lookups(book, issued, name, words)
    identity = book.create_sheet(IDENTITY)
    for row, (name, value) in enumerate(
        (("plan", issued.plan), ("unit", issued.unit_id), ("language", issued.language)), 1
    ):
        _write(identity.cell(row, 1), name)
        _write(identity.cell(row, 2), value)
    identity.sheet_state = "veryHidden"
    identity.protection.enable()
    book.properties.creator = "linkgraph"
    book.properties.title = words("title", month=words.month(issued.month))
    book.properties.created = datetime(*_FIXED)  # noqa: DTZ001  a workbook's times have no zone
    made = io.BytesIO()
    book.save(made)
    return _undated(made)


def _guide(sheet: Worksheet, issued: Issued, words: Words) -> None:
    from openpyxl.styles import Font
    from openpyxl.worksheet.datavalidation import DataValidation

    facts = (
        ("", words("title", month=words.month(issued.month))),
        ("", ""),
        (words("unit"), issued.unit),
        (words("plan"), issued.plan),
        (words("in_sample"), str(len(issued.sheets[SAMPLE]))),
        (words("in_worklist"), str(len(issued.sheets[WORKLIST]))),
        ("", ""),
        (words("reviewer"), ""),
        (words("at"), ""),
        ("", ""),
        (words("steps"), ""),
    )
    for row, (label, value) in enumerate(facts, 1):
        _write(sheet.cell(row, 1), label or value)
        if label and value:
            _write(sheet.cell(row, 2), value)
    sheet["A1"].font = Font(bold=True, size=16)
    for cell in ("A3", "A4", "A5", "A6", "A8", "A9", "A11"):
        sheet[cell].font = Font(bold=True)
    for cell in (REVIEWER, AT):
        _answer(sheet[cell])
        sheet[cell].number_format = "@"
    row = len(facts) + 1
    for number in range(1, 5):
        _write(sheet.cell(row, 1), words(f"step.{number}"))
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=2)
        sheet.row_dimensions[row].height = 34
        row += 1
    row += 1
    for column, key in enumerate(("meaning", "meant"), 1):
        _head(sheet.cell(row, column), words(key))
    for code in DECISIONS:
        row += 1
        _write(sheet.cell(row, 1), words(code))
        _write(sheet.cell(row, 2), words(f"means.{code}"))
    sheet.column_dimensions["A"].width = 30
    sheet.column_dimensions["B"].width = 70
    length = DataValidation(type="textLength", operator="between", formula1="1", formula2="200")
    length.add(REVIEWER)
    sheet.add_data_validation(length)
    sheet.protection.enable()
    _print(sheet, issued, landscape=False)


def _lookups(book: Workbook, issued: Issued, name: str, words: Words) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    sheet = book.create_sheet(words(name))
    heads = (*issued.columns[name], words("col.decision"), words("col.note"))
    for column, head in enumerate(heads, 1):
        _head(sheet.cell(1, column), head)
    decision, note = len(heads) - 1, len(heads)
    widths = [*_WIDTHS, *([_WHY] if name == WORKLIST else []), _DECISION, _NOTE]
    sheet.row_dimensions[1].height = _height(heads, widths)
    for number, facts in enumerate(issued.sheets[name], FIRST):
        sheet.row_dimensions[number].height = _height(facts, widths)
        for column, fact in enumerate(facts, 1):
            _write(sheet.cell(number, column), fact, framed=True)
        _answer(sheet.cell(number, decision))
        _answer(sheet.cell(number, note))
        sheet.cell(number, note).number_format = "@"
    last = FIRST + len(issued.sheets[name]) - 1
    letter = get_column_letter(decision)
    choice = DataValidation(
        type="list",
        formula1=f'"{",".join(words(code) for code in DECISIONS)}"',
        allow_blank=True,
        showErrorMessage=True,
        errorTitle=words("col.decision"),
        error=words("choose"),
    )
    choice.add(f"{letter}{FIRST}:{letter}{last}")
    sheet.add_data_validation(choice)
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(note)}{last}"
    sheet.protection.enable()
    sheet.protection.autoFilter = False
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
    _print(sheet, issued, landscape=True)
    sheet.print_title_rows = "1:1"


def _height(texts: Sequence[str], widths: Sequence[float]) -> float:
    """Points for a row whose cells wrap: not every program fits them by itself."""
    lines = 1
    for text, width in zip(texts, widths, strict=False):
        columns = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
        # A word that does not fit moves down whole: reckon with a line less wide.
        lines = max(lines, math.ceil(columns / max(width - 3, 1)))
    return float(min(lines * _LINE_HEIGHT, 400))


def _print(sheet: Worksheet, issued: Issued, *, landscape: bool) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    assert sheet.oddHeader is not None
    assert sheet.oddFooter is not None
    # An ampersand begins a code in a header.
    sheet.oddHeader.left.text = issued.unit.replace("&", "&&")
    sheet.oddHeader.right.text = issued.words("title", month=issued.words.month(issued.month))
    sheet.oddFooter.left.text = issued.plan
    sheet.oddFooter.right.text = "&P / &N"


def _write(cell: Any, text: str, *, framed: bool = False) -> None:
    """Text as text, whatever it begins with."""
    from openpyxl.styles import Alignment, Border, Side

    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = text[:1] in "=+-@\t\r'" and bool(text)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if framed:
        line = Side(style="thin", color=_LINE)
        cell.border = Border(bottom=line)


def _head(cell: Any, text: str) -> None:
    from openpyxl.styles import Font, PatternFill

    _write(cell, text, framed=True)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor=_HEAD)


def _answer(cell: Any) -> None:
    from openpyxl.styles import Alignment, Border, PatternFill, Protection, Side

    line = Side(style="thin", color=_LINE)
    cell.fill = PatternFill("solid", fgColor=_ANSWER)
    cell.border = Border(left=line, right=line, top=line, bottom=line)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    cell.protection = Protection(locked=False)


def _undated(made: io.BytesIO) -> bytes:
    """The same workbook without the moment at which it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "docProps/core.xml":
                head, tag, rest = content.partition(b"<dcterms:modified")
                _, _, tail = rest.partition(b"</dcterms:modified>")
                content = head + tail if tag else content
            new.writestr(
                zipfile.ZipInfo(part.filename, (*_FIXED, 0, 0, 0)), content, zipfile.ZIP_DEFLATED
            )
    return out.getvalue()
