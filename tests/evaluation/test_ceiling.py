"""The learned ceiling orders the same leads, and has never seen the officer that it scores."""

from __future__ import annotations

from dataclasses import replace

from linkgraph.evaluation.ceiling import NAME, with_ceiling
from linkgraph.evaluation.figures import OURS, Figures
from linkgraph.evaluation.judge import Judged


def force(n: int) -> Figures:
    """Leads by bits that say nothing, and a second number that says all: odd ones are right."""
    leads = tuple(
        Judged(f"O{i // 2}", float(-i), (f"E{i}",) if i % 2 else (), "", "") for i in range(n)
    )
    return Figures(
        force="f",
        officers=n,
        months=1,
        rate=None,
        lookups=0,
        misuse=0,
        episodes=(),
        rankings={OURS: leads},
        features=tuple({"bits": float(-i), "told": float(i % 2)} for i in range(n)),
    )


def test_the_ceiling_orders_the_same_leads_by_what_it_has_learned() -> None:
    (made,), reason = with_ceiling([force(120)])
    assert not reason
    ranked = made.rankings[NAME]
    assert {(one.officer, one.finds) for one in ranked} == {
        (one.officer, one.finds) for one in made.rankings[OURS]
    }
    assert all(one.right for one in ranked[:60])


def test_with_few_right_leads_there_is_nothing_to_learn() -> None:
    few = force(12)
    same, reason = with_ceiling([few])
    assert same == [few]
    assert reason.startswith("needs")


def test_an_officer_in_two_forces_is_two_officers() -> None:
    made, _ = with_ceiling([force(60), replace(force(60), force="g")])
    assert all(NAME in one.rankings for one in made)
