"""From answers to the rate: the random sample alone, weighted, with what it covers."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkgraph import api
from linkgraph.audit import plan
from linkgraph.audit.estimate import share
from linkgraph.errors import AuditError
from tests.audit.months import MONTH, fill, workspace
from tests.support.ledger import write_tables


@pytest.fixture
def opened(tmp_path: Path) -> api.Workspace:
    made = workspace(tmp_path)
    made.audit_plan(MONTH, rate=0.1)
    return made


def test_before_any_answer_there_is_no_estimate(opened: api.Workspace) -> None:
    with pytest.raises(AuditError, match="is decided yet"):
        opened.audit_estimate()


def test_found_look_ups_stand_for_their_unit(opened: api.Workspace, tmp_path: Path) -> None:
    made = plan.read(opened.folder, MONTH)
    (first, *_), u1 = made.of_unit("U1")["lookup_id"], made.strata[1]
    for path in opened.audit_sheets(MONTH, folder=tmp_path / "x"):
        fill(path, decisions={first: "improper"})
    opened.audit_import(tmp_path / "x")
    found = opened.audit_estimate(MONTH)
    improper = found["rates"][0]
    assert improper["found"] == 1
    assert improper["rate"] == pytest.approx(u1.lookups / u1.drawn / 183, abs=1e-6)
    assert improper["low"] < improper["rate"] < improper["high"]
    assert (found["silent"], found["units_silent"]) == (0, [])


def test_what_was_picked_or_reviewed_before_does_not_enter(
    opened: api.Workspace, tmp_path: Path
) -> None:
    made = plan.read(opened.folder, MONTH)
    listed = made.rows[made.rows["part"] == "worklist"]["lookup_id"]
    earlier = made.sample["lookup_id"].iloc[0]
    rows = [
        {"lookup_id": i, "decision": "improper", "selected_by": "lead", "at": "2099-01-01"}
        for i in made.sample["lookup_id"]
    ]
    rows += [
        {"lookup_id": earlier, "decision": "improper", "selected_by": "random", "at": "2024-06-02"}
    ]
    opened.load(write_tables(tmp_path / "more", {"reviews": rows}))
    paths = opened.audit_sheets(MONTH, folder=tmp_path / "x")
    for path in paths:
        fill(path, decisions=dict.fromkeys(listed, "improper"))
    opened.audit_import(*paths)
    assert [one["found"] for one in opened.audit_estimate()["rates"]] == [0, 0, 0]


def test_silence_and_doubt_are_told_and_bounded(opened: api.Workspace, tmp_path: Path) -> None:
    made = plan.read(opened.folder, MONTH)
    doubtful = made.of_unit("U2")["lookup_id"].iloc[0]
    (path,) = opened.audit_sheets(MONTH, units=["U2"], folder=tmp_path / "x")
    opened.audit_import(fill(path, decisions={doubtful: "undetermined"}))
    found = opened.audit_estimate(MONTH)
    assert found["undetermined"] == 1
    assert found["silent"] == found["drawn"] - found["decided"] - 1
    assert found["units_silent"] == ["", "U1", "U3"]
    assert found["bounds"]["low"] == 0
    assert found["bounds"]["high"] > 0.6
    told = " ".join(found["told"])
    assert "no answer" in told
    assert "what an auditor can recognise" in told


def test_a_rare_share_is_written_with_the_digits_it_needs() -> None:
    assert [share(v) for v in (0.0, 0.5, 0.034, 0.00012)] == ["0 %", "50 %", "3.4 %", "0.012 %"]
