"""Answers read back: all or nothing, twice is once, and every fault has its place and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from linkgraph import api
from linkgraph.errors import AuditError
from tests.audit.months import MONTH, fill, workspace


@pytest.fixture
def opened(tmp_path: Path) -> api.Workspace:
    made = workspace(tmp_path)
    made.audit_plan(MONTH, rate=0.1)
    return made


def issued(opened: api.Workspace, folder: Path, unit: str = "U1", language: str = "en") -> Path:
    (path,) = opened.audit_sheets(MONTH, units=[unit], folder=folder, language=language)
    return path


def reviews(opened: api.Workspace) -> dict[str, str]:
    rows = opened.ledger.table("reviews").order_by("at").to_pyarrow().to_pylist()
    return {row["lookup_id"]: row["decision"] for row in rows}


def test_answers_become_reviews_of_their_kind(opened: api.Workspace, tmp_path: Path) -> None:
    path = fill(issued(opened, tmp_path, language="zh-TW"), decision="程序不符")
    report = opened.audit_import(path)
    assert (report.problems, report.loaded) == ((), report.answers)
    rows = opened.ledger.table("reviews").to_pyarrow().to_pylist()
    assert {row["decision"] for row in rows} == {"procedural"}
    assert {row["selected_by"] for row in rows} == {"random", "other"}
    assert {row["audit_plan"] for row in rows} == {f"{MONTH}/1"}


def test_importing_twice_changes_nothing(opened: api.Workspace, tmp_path: Path) -> None:
    path = fill(issued(opened, tmp_path))
    first = opened.audit_import(path)
    before = opened.ledger.fingerprint
    again = opened.audit_import(path)
    assert (again.loaded, again.known) == (0, first.answers)
    assert opened.ledger.fingerprint == before


def test_a_correction_of_the_same_day_holds(opened: api.Workspace, tmp_path: Path) -> None:
    path = issued(opened, tmp_path)
    opened.audit_import(fill(path))
    one = next(iter(reviews(opened)))
    report = opened.audit_import(fill(path, decisions={one: "improper"}))
    assert report.loaded == 1
    assert reviews(opened)[one] == "improper"


def test_an_open_look_up_stops_the_import_unless_allowed(
    opened: api.Workspace, tmp_path: Path
) -> None:
    path = fill(issued(opened, tmp_path))
    book = load_workbook(path)
    book["Sample"].cell(3, 12).value = None
    book.save(path)
    report = opened.audit_import(path)
    assert [(p.sheet, p.row, p.column) for p in report.problems] == [("Sample", 3, "Decision")]
    assert reviews(opened) == {}
    partly = opened.audit_import(path, partial=True)
    assert len(partly.missing) == 1
    assert partly.loaded == partly.answers > 0


def test_every_fault_is_named_with_its_place(opened: api.Workspace, tmp_path: Path) -> None:
    path = fill(issued(opened, tmp_path))
    book = load_workbook(path)
    sheet = book["Sample"]
    sheet.cell(2, 12).value = "guilty"
    sheet.cell(3, 4).value = "somebody else"
    sheet.cell(4, 2).value = "X-1"
    guide = book.worksheets[0]
    guide["B8"], guide["B9"] = None, "2001-01-01"
    book.save(path)
    problems = opened.audit_import(path).problems
    found = {(p.sheet, p.row, p.column, p.value): p for p in problems}
    assert found["Sample", 2, "Decision", "guilty"].remedy.startswith("Choose one of: proper")
    assert "it said '=Name(O1) (O1)'" in found["Sample", 3, "Officer", "somebody else"].reason
    assert "not issued" in found["Sample", 4, "Look-up", "X-1"].reason
    assert any(p.row is None and "is gone" in p.reason for p in problems)
    assert any(p.row == 8 and "nobody is named" in p.reason for p in problems)
    assert any(p.row == 9 and "outside" in p.reason for p in problems)
    assert {p.file for p in problems} == {path.name}
    assert reviews(opened) == {}


def test_two_workbooks_that_disagree_are_refused(opened: api.Workspace, tmp_path: Path) -> None:
    one = fill(issued(opened, tmp_path))
    two = fill(issued(opened, tmp_path, language="zh-TW"), decision="improper")
    problems = opened.audit_import(one, two).problems
    assert problems
    assert all("decides" in p.reason for p in problems)


def test_rows_may_be_sorted(opened: api.Workspace, tmp_path: Path) -> None:
    path = fill(issued(opened, tmp_path))
    book = load_workbook(path)
    sheet = book["Sample"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    for row, values in enumerate(reversed(rows), 2):
        for column, value in enumerate(values, 1):
            sheet.cell(row, column).value = value
            sheet.cell(row, column).data_type = "s"
    book.save(path)
    assert opened.audit_import(path).done


def test_another_workbook_is_no_workbook_of_a_plan(opened: api.Workspace, tmp_path: Path) -> None:
    from openpyxl import Workbook

    Workbook().save(tmp_path / "other.xlsx")
    with pytest.raises(AuditError, match="was not made by"):
        opened.audit_import(tmp_path / "other.xlsx")
    (tmp_path / "text.xlsx").write_text("no")
    with pytest.raises(AuditError, match="no workbook that can be read"):
        opened.audit_import(tmp_path / "text.xlsx")
    with pytest.raises(AuditError, match="does not exist"):
        opened.audit_import(tmp_path / "nowhere.xlsx")
