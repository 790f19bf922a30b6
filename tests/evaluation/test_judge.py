"""Judging by hand: what a right lead is, and what a wrong one mistakes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from linkgraph.evaluation.judge import Judged, Truth, judge

EPISODES = (
    "episode_id,scenario,officer_id,requester_id\nE1,den,O1,\nE2,quarrel,O2,O3\nE3,call,O4,\n"
)
MISUSE = (
    "lookup_id,episode_id,held_by,wanted_by\n"
    "L1,E1,O1,O1\nL2,E1,O1,O1\nL3,E1,O1,O1\nL4,E2,O2,O3\nL5,E3,O4,\nL6,E2,O5,O3\n"
)
ALIKE = "look_alike_id,kind,officer_id\nA1,relative_in_stop,O7\nA2,summons,O7\nA3,busy_desk,O8\n"
ALIKE_LOOKUPS = "lookup_id,look_alike_id\nX7,A1\nX8,A1\nX9,A2\n"


def lead(officer: str, *lookups: str, requester: str | None = None) -> dict[str, Any]:
    return {
        "officer_id": officer,
        "requester_id": requester,
        "lookup_ids": list(lookups),
        "bits": 1.0,
    }


def judged(folder: Path, *leads: dict[str, Any]) -> list[Judged]:
    for name, text in (
        ("episodes", EPISODES),
        ("misuse_lookups", MISUSE),
        ("look_alikes", ALIKE),
        ("look_alike_lookups", ALIKE_LOOKUPS),
    ):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return judge(Truth.read(folder), leads)


def test_a_lead_with_enough_misuse_finds_its_episode(tmp_path: Path) -> None:
    found = judged(tmp_path, lead("O9", "X1"), lead("O1", "L1", "X2", "X3"), lead("O1", "L2"))
    assert [one.finds for one in found] == [(), ("E1",), ("E1",)]


def test_less_than_three_tenths_of_misuse_is_no_right_lead(tmp_path: Path) -> None:
    (found,) = judged(tmp_path, lead("O1", "L1", "X1", "X2", "X3"))
    assert not found.right
    assert found.look_alike == "misuse among more proper work"


def test_another_officers_lead_is_not_right(tmp_path: Path) -> None:
    assert not judged(tmp_path, lead("O9", "L1"))[0].right


def test_the_holder_of_any_account_of_an_episode_is_right(tmp_path: Path) -> None:
    assert judged(tmp_path, lead("O5", "L6"))[0].finds == ("E2",)


def test_misuse_that_a_lead_above_holds_does_not_count_again(tmp_path: Path) -> None:
    found = judged(tmp_path, lead("O1", "L1"), lead("O1", "L1"))
    assert [one.right for one in found] == [True, False]


def test_a_wrong_lead_mistakes_what_most_of_its_lookups_are(tmp_path: Path) -> None:
    found = judged(tmp_path, lead("O7", "X7", "X8", "X9"), lead("O8", "X1"), lead("O9", "X2"))
    assert [one.look_alike for one in found] == [
        "relative_in_stop",
        "busy_desk",
        "other proper work",
    ]
