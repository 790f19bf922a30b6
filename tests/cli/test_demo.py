"""The demonstration says honestly whether a planted case was found.  (The wheel's test runs it.)"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from linkgraph import api
from linkgraph.cli import demo
from tests.cli.conftest import Run

EPISODE = {
    "notice_case": "1090101",
    "officer_id": "O1",
    "requester_id": "",
    "hub_kind": "organisation",
    "hub_id": "ORG1",
    "other_hub_kind": "person",
    "other_hub_id": "P9",
    "complaint_id": "C1",
    "first_at": "2024-03-01T10:00:00",
}


def lead(rank: int, officer: str, anchor: str) -> dict[str, Any]:
    return {
        "rank": rank,
        "lead_id": f"{rank:012x}",
        "bits": 3.0,
        "officer_id": officer,
        "requester_id": None,
        "hub": {"kind": "organisation", "id": anchor},
        "set": {
            "kind": "organisation",
            "anchor": {"kind": "organisation", "id": anchor},
            "path": ["officer:O1", "IS:officers:O1", "person:P1"],
        },
        "subjects": [{"kind": "person", "id": "P3"}],
        "lookup_ids": ["L1"],
        "waterfall": [],
    }


@pytest.fixture
def opened(workspace: Path) -> api.Workspace:
    return api.open(workspace)


def test_a_planted_case_among_the_first_ten_is_shown(opened: api.Workspace) -> None:
    told = list(demo._by_lead(opened, EPISODE, [lead(1, "O2", "ORG1"), lead(2, "O1", "ORG1")]))
    assert told[0].startswith("leads: lead 2, 3.00 bits")
    assert any("officer    Wang (officer:O1)" in text for text in told)


@pytest.mark.parametrize(
    ("leads", "where"),
    [
        ([], "nowhere"),
        ([lead(1, "O2", "ORG1"), lead(2, "O1", "ORG2")], "nowhere"),
        ([lead(11, "O1", "ORG1")], "rank 11"),
    ],
)
def test_one_that_is_not_there_is_said_not_to_be(
    opened: api.Workspace, leads: list[dict[str, Any]], where: str
) -> None:
    assert list(demo._by_lead(opened, EPISODE, leads)) == [
        f"NOT among the first 10 leads: {where}."
    ]
    assert not demo._doors(opened, [EPISODE], leads, "en", Path("w"))


def test_a_quarrel_is_found_by_the_complaint_alone(
    opened: api.Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "INQUIRY", "Q")
    right = {**EPISODE, "requester_id": "O1"}
    told = list(demo._by_trace(opened, right, "en", Path("w")))
    wrong = list(demo._by_trace(opened, {**right, "requester_id": "O9"}, "en", Path("w")))
    assert told[0].startswith("trace: first of 2 look-ups")
    assert wrong == ["NOT first in the trace of complaint C1."]


def test_a_folder_with_something_in_it_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    done = run("demo", tmp_path)
    assert (done.code, "is not empty" in done.err) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
