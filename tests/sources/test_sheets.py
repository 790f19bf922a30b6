"""XLSX: dates, numbers, formulas, titles and merged headings."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from linkgraph.errors import SourceError
from linkgraph.sources import sql
from linkgraph.sources.readers import read
from linkgraph.sources.staging import RawTable


def workbook(path: Path, rows: list[list[object]], merge: str = "", title: str = "Sheet") -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = title
    for row in rows:
        page.append(row)
    if merge:
        page.merge_cells(merge)
    book.save(path)
    return path


def rows_of(
    tmp_path: Path, path: Path, **options: object
) -> tuple[RawTable, list[tuple[object, ...]]]:
    connection = sql.connect(tmp_path / "spill")
    table = read(connection, path, "raw", **options)  # type: ignore[arg-type]
    found = connection.execute(f"SELECT * FROM {sql.name(table.relation)}").fetchall()
    connection.close()
    return table, found


def test_cells_read_as_a_person_reads_them(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        [
            ["id", "at", "day", "n", "share", "yes", "name"],
            [
                1,
                dt.datetime.fromisoformat("2024-07-15T14:05:09"),
                dt.date(2024, 7, 15),
                3.0,
                0.25,
                True,
                "王\n明",
            ],
            [None, None, None, None, None, None, None],
            ["007", None, None, None, None, None, "=literal?"],
        ],
    )
    table, rows = rows_of(tmp_path, path)
    assert table.columns == ("id", "at", "day", "n", "share", "yes", "name")
    assert rows[0] == (
        "1",
        "2024-07-15 14:05:09",
        "2024-07-15",
        "3",
        "0.25",
        "true",
        "王\n明",
        2,
    )
    assert rows[1][0] == "007"
    assert rows[1][-1] == 4


def test_the_heading_is_found_below_a_merged_title(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        [
            ["臺北市政府警察局 查詢紀錄", None, None],
            [None] * 3,
            ["編號", "時間", "事由"],
            [1, 2, 3],
        ],
        merge="A1:C1",
    )
    table, rows = rows_of(tmp_path, path)
    assert table.columns == ("編號", "時間", "事由")
    assert rows == [("1", "2", "3", 4)]


def test_a_merged_heading_is_refused_with_its_row(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        [["lookup_id", "officer", None], [1, 2, 3]],
        merge="B1:C1",
    )
    with pytest.raises(SourceError, match=r"row 1: the heading 'officer' is merged across 2"):
        rows_of(tmp_path, path, wanted=frozenset({"lookup_id"}))
    with pytest.raises(SourceError, match=r"merged"):
        rows_of(tmp_path, path, header_row=1)


def test_headings_on_two_levels_are_read_from_the_lower_one(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        [["who", None, "what"], ["officer_id", "name", "purpose"], ["O1", "x", "y"]],
        merge="A1:B1",
    )
    table, rows = rows_of(tmp_path, path)
    assert table.columns == ("officer_id", "name", "purpose")
    assert rows == [("O1", "x", "y", 3)]


def computed(path: Path, values: dict[str, str]) -> None:
    """Put in the values that a spreadsheet would have computed: `{"B2": "2"}`."""
    before = zipfile.ZipFile(path)
    parts = {name: before.read(name) for name in before.namelist()}
    page = parts["xl/worksheets/sheet1.xml"].decode()
    for cell, value in values.items():
        # An empty value is written as one tag or as two, depending on the XML library at hand.
        empty = rf'(<c r="{cell}"[^>]*><f>[^<]*</f>)<v(?:\s*/>|></v>)'
        page, n = re.subn(empty, rf"\1<v>{value}</v>", page)
        assert n == 1
    parts["xl/worksheets/sheet1.xml"] = page.encode()
    with zipfile.ZipFile(path, "w") as after:
        for name, text in parts.items():
            after.writestr(name, text)


def test_a_formula_gives_its_last_value_and_a_warning(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        [["id", "n"], ["a", "=1+1"], ["b", "=SUM(B2:B2)"], ["c", 3], ["d", "=NOW()"]],
    )
    computed(path, {"B2": "2", "B3": "5"})
    table, rows = rows_of(tmp_path, path)
    assert [(w.row, w.column, w.reason) for w in table.warnings] == [
        (5, "n", "1 cell with a formula that was never computed; read as empty"),
        (2, "n", "2 cells with a formula; the value last computed was read"),
    ]
    assert [row[:2] for row in rows] == [("a", "2"), ("b", "5"), ("c", "3"), ("d", None)]


def test_formulas_are_counted_whatever_the_length_of_the_sheet(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["id", "n"], *([f"a{i}", "=1+1"] for i in range(40_000))])
    table, _ = rows_of(tmp_path, path)
    assert [w.reason for w in table.warnings] == [
        "40000 cells with a formula that was never computed; read as empty"
    ]


def test_an_error_in_a_cell_is_warned_of(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["id", "n"], ["a", "#N/A"], ["b", "x"]])
    table, rows = rows_of(tmp_path, path)
    assert rows == [("a", None, 2), ("b", "x", 3)]
    assert [(w.row, w.column, w.reason) for w in table.warnings] == [
        (2, "n", "1 cell with an error such as #N/A; read as empty")
    ]


def test_records_in_a_second_sheet_are_not_passed_over(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for month in ("七月", "八月"):
        page = book.create_sheet(month)
        page.append(["lookup_id", "at", "purpose"])
        page.append([f"L{month}", "2024-07-01", "x"])
    book.create_sheet("說明").append(["編製：資訊室"])
    path = tmp_path / "a.xlsx"
    book.save(path)
    wanted = frozenset({"lookup_id", "at", "purpose"})
    with pytest.raises(SourceError, match=r"such records in 2 sheets: 七月, 八月"):
        rows_of(tmp_path, path, wanted=wanted)
    assert [row[0] for row in rows_of(tmp_path, path, sheet="八月", wanted=wanted)[1]] == ["L八月"]
    del book["八月"]
    book.save(path)
    table, rows = rows_of(tmp_path, path, wanted=wanted)
    assert [row[0] for row in rows] == ["L七月"]
    assert [(w.value, w.reason) for w in table.warnings] == [("說明", "sheet was not read")]


def test_a_sheet_is_chosen_by_name_or_by_its_headings(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.append(["notes"])
    first.append(["none"])
    second = book.create_sheet("資料")
    second.append(["lookup_id", "at"])
    second.append(["L1", "2024-01-01"])
    book.save(tmp_path / "a.xlsx")
    _, rows = rows_of(tmp_path, tmp_path / "a.xlsx", wanted=frozenset({"lookup_id"}))
    assert rows == [("L1", "2024-01-01", 2)]
    _, rows = rows_of(tmp_path, tmp_path / "a.xlsx", sheet="資料")
    assert rows == [("L1", "2024-01-01", 2)]
    with pytest.raises(SourceError, match=r"has no sheet 'x'"):
        rows_of(tmp_path, tmp_path / "a.xlsx", sheet="x")


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"not a workbook")
    with pytest.raises(SourceError, match=r"cannot be read as a workbook"):
        rows_of(tmp_path, path)
    path.write_bytes(b"")
    with pytest.raises(SourceError, match=r"is empty"):
        rows_of(tmp_path, path)
    empty = workbook(tmp_path / "b.xlsx", [])
    with pytest.raises(SourceError, match=r"is empty"):
        rows_of(tmp_path, empty)
