"""What reviews teach, and which reviews teach nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from linkgraph.leads.find import find_leads
from linkgraph.leads.learning import (
    FINDING,
    MOST_OF_ONE,
    Learned,
    confirmed_lookups,
    forms,
    reviewed_misuse,
)
from linkgraph.leads.sets import FINDING_PRIOR, Candidate, Hit
from linkgraph.workspace import Settings
from tests.leads.forces import hit_row, hits, inquiry, routine
from tests.support.screen import Screened, lookup, screened

TWO = [
    lookup("L1", "2024-03-01T23:00:00", "person:P1", "O03", purpose="公務查詢"),
    lookup("L2", "2024-03-02T23:00:00", "person:P2", "O04", purpose="查緝毒品案件線索"),
]


def review(lookup_id: str, selected_by: str | None, decision: str = "improper") -> dict[str, Any]:
    return {"lookup_id": lookup_id, "decision": decision, "selected_by": selected_by}


def reviewed(folder: Path, *reviews: dict[str, Any]) -> Screened:
    return screened(folder, {"lookups": [*routine(), *TWO], "reviews": list(reviews)})


@pytest.mark.parametrize("selected_by", ["random", "complaint", "other"])
def test_misuse_found_without_the_tool_teaches(tmp_path: Path, selected_by: str) -> None:
    done = reviewed(tmp_path, review("L1", selected_by), review("L2", selected_by))
    found = reviewed_misuse(done.ledger, done.screening)
    assert found["generic_purpose"] == (1.0, 2.0)


def test_reviews_that_a_lead_began_teach_nothing(tmp_path: Path) -> None:
    done = reviewed(tmp_path, review("L1", "lead"), review("L2", None))
    assert reviewed_misuse(done.ledger, done.screening) == {}
    assert confirmed_lookups(done.ledger, done.screening) == {}


def test_proper_and_negligent_look_ups_are_no_misuse(tmp_path: Path) -> None:
    done = reviewed(tmp_path, review("L1", "random", "proper"), review("L2", "random", "negligent"))
    assert reviewed_misuse(done.ledger, done.screening) == {}


def test_an_indicator_that_could_not_run_learns_nothing(tmp_path: Path) -> None:
    done = reviewed(tmp_path, review("L1", "random"))
    assert "off_duty" in done.not_run
    assert "off_duty" not in reviewed_misuse(done.ledger, done.screening)


def test_one_matter_with_many_subjects_is_not_many_matters(tmp_path: Path) -> None:
    many = [
        lookup(f"M{i:02}", "2024-03-01T23:00:00", f"person:M{i}", "O03", purpose="公務查詢")
        for i in range(30)
    ]
    done = screened(
        tmp_path,
        {
            "lookups": [*routine(), *TWO, *many],
            "reviews": [review(row["lookup_id"], "complaint") for row in [*many, TWO[1]]],
        },
    )
    fired, of = reviewed_misuse(done.ledger, done.screening)["generic_purpose"]
    assert fired == pytest.approx(MOST_OF_ONE)
    assert of == pytest.approx(MOST_OF_ONE + 1)


def test_a_pair_looked_up_often_counts_once(tmp_path: Path) -> None:
    again = lookup("L3", "2024-03-05T23:00:00", "person:P1", "O03", purpose="公務查詢")
    done = screened(
        tmp_path,
        {
            "lookups": [*routine(), *TWO, again],
            "reviews": [review(id_, "random") for id_ in ("L1", "L2", "L3")],
        },
    )
    assert reviewed_misuse(done.ledger, done.screening)["generic_purpose"] == (1.0, 2.0)


def test_the_prior_is_worth_twenty_cases_and_reviews_at_most_forty() -> None:
    assert Learned(0.25).value == 0.25
    assert Learned(0.25, 10, 20).value == pytest.approx((5 + 10) / 40)
    assert Learned(0.25, 10_000, 20_000).value == pytest.approx((5 + 20) / 60)


def circle(kind: str, anchor: str, *lookups: int, rate: float = 0.001) -> Candidate:
    made = tuple(
        Hit(1, person, rate, False, (), frozenset({person}), ("officer:O1",)) for person in lookups
    )
    return Candidate(kind, "O1", 1, None, ("person", anchor), 5, 2, 0.25, made)


def test_a_confirmed_case_counts_for_the_set_that_holds_most_of_it() -> None:
    made = [circle("circle", "A", 1, 2, 3), circle("organisation", "B", 1)]
    priors = {"circle": 0.25, "organisation": 0.25}
    found = forms(made, {1: frozenset({1, 2, 3})}, priors)
    assert (found["circle"].fired, found["circle"].of) == (1.0, 1.0)
    assert found["circle"].value == pytest.approx((5 + 1) / 21)
    assert found["organisation"].value == pytest.approx(5 / 21)
    assert found[FINDING].value == pytest.approx(20 * FINDING_PRIOR / 21)


def test_confirmed_misuse_in_no_set_is_a_finding_alone() -> None:
    found = forms([circle("circle", "A", 1)], {9: frozenset({77})}, {"circle": 0.25})
    assert found[FINDING].fired == 1.0
    assert found["circle"].value < 0.25


def test_what_is_learned_moves_the_leads_and_reviews_of_leads_do_not(tmp_path: Path) -> None:
    friend = [
        lookup(f"F{i}", f"2024-04-{i:02}T23:00:00", f"person:F{i}", "O05", purpose="公務查詢")
        for i in (1, 2, 3)
    ]
    circles = hits(circle=[hit_row("O05", f"F{i}") for i in (1, 2, 3)])

    def bits(folder: str, *reviews: dict[str, Any]) -> float:
        done = screened(
            tmp_path / folder,
            {"lookups": [*routine(), *TWO, *friend], "reviews": list(reviews)},
        )
        leads = find_leads(done.ledger, done.screening, circles, inquiry(), Settings())
        return float(leads[0].bits)

    plain = bits("plain")
    assert bits("lead", review("L1", "lead"), review("F1", "lead")) == plain
    # Misuse that no circle holds: the form `circle` is less common than was thought.
    assert bits("elsewhere", review("L2", "complaint")) < plain
