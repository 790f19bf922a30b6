"""The auditors' workbook: text stays text, answers alone are open, the same bytes each time."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from linkgraph import api
from tests.audit.months import HOSTILE, MONTH, workspace
from tests.support.ledger import write_tables


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> api.Workspace:
    made = workspace(tmp_path_factory.mktemp("book"))
    made.audit_plan(MONTH, rate=0.99)
    return made


def books(opened: api.Workspace, folder: Path, language: str = "en") -> dict[str, Path]:
    written = opened.audit_sheets(MONTH, folder=folder, language=language)
    return {path.stem.split("-")[-2 if language == "en" else -3]: path for path in written}


def test_names_like_formulas_open_as_text(opened: api.Workspace, tmp_path: Path) -> None:
    path = books(opened, tmp_path)["U1"]
    with zipfile.ZipFile(path) as packed:
        parts = {n: packed.read(n).decode() for n in packed.namelist() if n.endswith(".xml")}
    assert not any("<f>" in text or "<f " in text for text in parts.values())
    sheet = load_workbook(path)["Sample"]
    shown = {str(cell.value): cell for column in sheet.iter_cols() for cell in column if cell.value}
    for text in (*HOSTILE[:-1], "=Name(O1) (O1)"):
        assert shown[text].data_type == "s"
        assert shown[text].quotePrefix or text[0] not in "=+-@"
    assert "\\x07bell" in shown


def test_only_the_answers_can_be_written(opened: api.Workspace, tmp_path: Path) -> None:
    book = load_workbook(books(opened, tmp_path)["U1"])
    for sheet in book.worksheets:
        assert sheet.protection.sheet
    sheet = book["Sample"]
    unlocked = {
        sheet.cell(1, cell.column).value
        for row in sheet.iter_rows(min_row=2)
        for cell in row
        if not cell.protection.locked
    }
    assert unlocked == {"Decision", "Note"}
    (choice,) = sheet.data_validations.dataValidation
    assert choice.formula1 == '"proper,procedural,negligent,improper,undetermined"'
    assert str(choice.sqref) == f"L2:L{sheet.max_row}"


def test_it_prints_on_wide_pages_under_its_headings(opened: api.Workspace, tmp_path: Path) -> None:
    sheet = load_workbook(books(opened, tmp_path, "zh-TW")["U1"])["抽查樣本"]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.oddHeader.left.text == "Station && U1 (U1)"
    assert [sheet.cell(1, c).value for c in (2, 3, 12)] == ["查詢編號", "查詢時間", "認定結果"]
    assert str(sheet.cell(2, 3).value).startswith("113/05/")


def test_the_same_plan_gives_the_same_bytes(opened: api.Workspace, tmp_path: Path) -> None:
    one, two = books(opened, tmp_path / "a"), books(opened, tmp_path / "b")
    assert {u: p.read_bytes() for u, p in one.items()} == {
        u: p.read_bytes() for u, p in two.items()
    }


def test_the_worklist_says_why(opened: api.Workspace, tmp_path: Path) -> None:
    made = workspace(tmp_path)
    made.audit_plan(MONTH)
    (path,) = made.audit_sheets(MONTH, units=["U1"], folder=tmp_path / "x")
    sheet = load_workbook(path)["Worklist"]
    heads = [cell.value for cell in sheet[1]]
    why = {sheet.cell(row, heads.index("Why it is listed") + 1).value for row in range(2, 22)}
    assert "generic reason" in why
    assert any("requester" in str(text) or "officer of the force" in str(text) for text in why)


def test_what_was_decided_before_is_not_shown_to_the_next_auditor(
    opened: api.Workspace, tmp_path: Path
) -> None:
    made = workspace(tmp_path)
    plan = made.audit_plan(MONTH, rate=0.1)
    chosen = plan.of_unit("U2")["lookup_id"]
    rows = [{"lookup_id": i, "decision": "proper", "selected_by": "random"} for i in chosen]
    made.load(write_tables(tmp_path / "more", {"reviews": rows}))
    assert set(made.lookups(officer="O2")["explanation_id"].dropna()) == {"reviewed_proper"}
    (path,) = made.audit_sheets(MONTH, units=["U2"], folder=tmp_path / "x")
    sheet = load_workbook(path)["Sample"]
    assert {sheet.cell(row, 11).value for row in range(2, sheet.max_row + 1)} == {"none found"}
