"""Look-ups for other tools: every row, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import stat
from pathlib import Path

import ibis
import pandas as pd
import pyarrow.parquet as pq
import pytest

from linkgraph.errors import UsageError, WorkspaceError
from linkgraph.export import write_lookups

ROWS = ibis.memtable(
    pd.DataFrame(
        {
            "lookup_id": ["L1", "L2", "L3", "L4"],
            "subject_id": ["=HYPERLINK(1)", "+886912345678", "@x", None],
            "indicators": ["", "-1+cmd|'x'", "-12", 'a,"b"\n王'],
        }
    )
)


@pytest.mark.parametrize("name", ["out.csv", "deep/er/OUT.CSV"])
def test_csv_is_read_back_with_formulas_defused(tmp_path: Path, name: str) -> None:
    path = write_lookups(ROWS, tmp_path / name)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["lookup_id"] for row in rows] == ["L1", "L2", "L3", "L4"]
    assert [row["subject_id"] for row in rows] == ["'=HYPERLINK(1)", "+886912345678", "'@x", ""]
    assert [row["indicators"] for row in rows] == ["", "'-1+cmd|'x'", "-12", 'a,"b"\n王']


def test_parquet_has_the_values_as_they_are(tmp_path: Path) -> None:
    path = write_lookups(ROWS, tmp_path / "out.parquet")
    assert pq.read_table(path).to_pylist()[0]["subject_id"] == "=HYPERLINK(1)"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"neither \.csv nor \.parquet"):
        write_lookups(ROWS, tmp_path / "out.xlsx")


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WorkspaceError, match="cannot be written"):
        write_lookups(ROWS, tmp_path / "file" / "out.csv")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file"]
