"""The agency's way of writing and the contract's lead to the same ledger."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from linkgraph.ledger.ledger import Ledger
from linkgraph.ledger.load import load
from linkgraph.model.tables import TABLES
from linkgraph.simulate import simulate

MAPPING = Path(__file__).parents[2] / "examples" / "mappings" / "taiwan.yaml"
SIZE = {"officers": 24, "months": 1, "seed": 5, "lookups_per_officer_month": 60}
PROVENANCE = {"source_file", "source_sha256", "source_row"}


@pytest.fixture(scope="module")
def ledgers(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ledger, Ledger]:
    """The same force, loaded from canonical tables and through the mapping from exports."""
    folder = tmp_path_factory.mktemp("exports")
    made = []
    for name, exported in (("tables", False), ("exports", True)):
        simulate(folder / name, as_exports=exported, **SIZE)  # type: ignore[arg-type]
        report = load(
            folder / f"{name}-ledger", [folder / name], mapping=MAPPING if exported else None
        )
        assert report.rejects_file is None
        made.append(Ledger.open(folder / f"{name}-ledger"))
    return made[0], made[1]


@pytest.mark.parametrize("table", sorted(TABLES))
def test_exports_load_into_the_same_rows(ledgers: tuple[Ledger, Ledger], table: str) -> None:
    canonical, exported = (_rows(ledger, table) for ledger in ledgers)
    pd.testing.assert_frame_equal(canonical, exported)


def test_the_ledger_is_not_empty(ledgers: tuple[Ledger, Ledger]) -> None:
    absent = {"device_sessions", "aliases", "calls", "criminal_records"}
    for ledger in ledgers:
        assert {name for name in TABLES if not ledger.has(name)} == absent


def test_exports_are_cp950_with_roc_dates_and_a_title_above_the_heading(tmp_path: Path) -> None:
    import openpyxl

    simulate(tmp_path / "x", as_exports=True, **SIZE)  # type: ignore[arg-type]
    with (tmp_path / "x" / "車籍查詢紀錄.csv").open(encoding="cp950", newline="") as file:
        row = next(csv.DictReader(file))
    assert row["作業時間"].startswith("民國113年07月")
    book = openpyxl.load_workbook(tmp_path / "x" / "M-Police查詢紀錄.xlsx", read_only=True)
    rows = list(book.active.iter_rows(values_only=True, max_row=2))
    book.close()
    assert [cell for cell in rows[0] if cell] == ["行動載具查詢紀錄(稽核用)"]
    assert rows[1][:2] == ("編號", "查詢時間")
    roster = openpyxl.load_workbook(tmp_path / "x" / "勤務分配表_113年07月.xlsx", read_only=True)
    hours = [cell.value for cell in next(roster.active.iter_rows(min_row=2, max_row=2))[3:]]
    roster.close()
    assert hours[0] == "06-07"
    assert hours[-1] == "05-06"


def test_exports_are_the_same_bytes_again(tmp_path: Path) -> None:
    first = simulate(tmp_path / "a", as_exports=True, **SIZE)  # type: ignore[arg-type]
    second = simulate(tmp_path / "b", as_exports=True, **SIZE)  # type: ignore[arg-type]
    assert [f.name for f in first.files] == [f.name for f in second.files]
    for one, other in zip(first.files, second.files, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name


def _rows(ledger: Ledger, table: str) -> pd.DataFrame:
    frame = ledger.table(table).to_pandas()
    columns = sorted(set(frame.columns) - PROVENANCE)
    return frame[columns].sort_values(columns).reset_index(drop=True)


def test_a_log_longer_than_a_sheet_becomes_several_workbooks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pyarrow as pa

    from linkgraph.simulate import export_files

    monkeypatch.setattr(export_files, "ROWS_OF_A_SHEET", 2)
    log = export_files.File("紀錄", {"編號": pa.array(["1", "2", "3"])}, title="查詢紀錄")
    assert [path.name for path in export_files.write(log, tmp_path)] == ["紀錄.xlsx", "紀錄_2.xlsx"]
