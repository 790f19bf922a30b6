"""The whole screening beside one hand-written query per analysis, on a force left to chance."""

from __future__ import annotations

from pathlib import Path

from benchmarks.by_hand import EXPLANATIONS, by_hand, by_screening, compared, queried
from linkgraph.analyses.registry import analyses
from linkgraph.screen.levels import ORDER
from linkgraph.workspace import Settings
from tests.support.chance import force
from tests.support.ledger import make_ledger


def test_every_analysis_of_the_screening_has_a_query_by_hand() -> None:
    assert queried() == {a.name for a in analyses() if a.kind == "screen"}
    assert EXPLANATIONS == ORDER


def test_screening_and_queries_by_hand_say_the_same_of_every_look_up(tmp_path: Path) -> None:
    ledger = make_ledger(tmp_path, force(seed=11))
    for side, run in (("hand", by_hand), ("screen", by_screening)):
        (tmp_path / side).mkdir()
        run(ledger, Settings(), tmp_path / side)
    answers = compared(tmp_path / "hand", tmp_path / "screen")
    assert [a for a in answers if a.differing or a.otherwise] == []
    assert [a.analysis for a in answers if not a.rows] == []
