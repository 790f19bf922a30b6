"""Evaluation by hand: what a right lead is, and the figures that follow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from linkgraph.simulate.evaluate import Evaluation, evaluate

EPISODES = (
    "episode_id,scenario,officer_id,requester_id\nE1,den,O1,\nE2,quarrel,O2,O3\nE3,call,O4,\n"
)
MISUSE = "lookup_id,episode_id,wanted_by\nL1,E1,O1\nL2,E1,O1\nL3,E1,O1\nL4,E2,O3\nL5,E3,\n"


def lead(officer: str, *lookups: str, requester: str | None = None) -> dict[str, Any]:
    return {"officer_id": officer, "requester_id": requester, "lookup_ids": list(lookups)}


def judged(folder: Path, *leads: dict[str, Any]) -> Evaluation:
    folder.mkdir(exist_ok=True)
    (folder / "episodes.csv").write_text(EPISODES, encoding="utf-8")
    (folder / "misuse_lookups.csv").write_text(MISUSE, encoding="utf-8")
    return evaluate(folder, leads, officers=140, months=2)


def test_a_lead_with_enough_misuse_finds_its_episode(tmp_path: Path) -> None:
    found = judged(tmp_path, lead("O9", "X1"), lead("O1", "L1", "X2", "X3"), lead("O1", "L2"))
    assert found.ranks == {"E1": 2, "E2": 0, "E3": 0}
    assert found.average_precision == pytest.approx(0.5 / 3)
    assert found.cuts["per_140_officers_a_month"].leads == 2
    assert found.cuts["per_140_officers_a_month"].precision == 0.5
    assert found.cuts["twice_the_episodes"].recall == pytest.approx(1 / 3)


def test_less_than_three_tenths_of_misuse_is_no_right_lead(tmp_path: Path) -> None:
    assert judged(tmp_path, lead("O1", "L1", "X1", "X2", "X3")).ranks["E1"] == 0


def test_another_officers_lead_is_not_right(tmp_path: Path) -> None:
    assert judged(tmp_path, lead("O9", "L1")).ranks["E1"] == 0


def test_misuse_that_a_lead_above_holds_does_not_count_again(tmp_path: Path) -> None:
    found = judged(tmp_path, lead("O1", "L1"), lead("O1", "L1"))
    assert found.cuts["100"].right == 1


def test_the_requester_of_a_proxy_is_named_rightly_wrongly_or_not(tmp_path: Path) -> None:
    named = judged(tmp_path / "a", lead("O2", "L4", requester="O3"))
    wrong = judged(tmp_path / "b", lead("O2", "L4", requester="O7"))
    silent = judged(tmp_path / "c", lead("O2", "L4"))
    assert [
        (e.proxies_found, e.requesters_named, e.requesters_wrong) for e in (named, wrong, silent)
    ] == [
        (1, 1, 0),
        (1, 0, 1),
        (1, 0, 0),
    ]
