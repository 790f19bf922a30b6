"""The rule scorecard, by hand on small tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from linkgraph.analyses.registry import catalogue
from linkgraph.leads.scorecard import Score, scorecard
from tests.support.screen import Screened, case, involves, lookup, posting, screened

HEADERS = {header.id: header for header in catalogue()}


def desk(folder: Path, **tables: Any) -> Screened:
    """Ten explained look-ups, two of generic purpose; ten others, six of generic purpose."""
    lookups = [
        lookup(
            f"{side}{i}", f"2024-05-{1 + i:02}T10:00:00", f"person:{side}{i}", "O1",
            purpose="公務查詢" if i < generic else f"查證第{side}{i}號線索",
        )
        for side, generic in (("E", 2), ("U", 6))
        for i in range(10)
    ]  # fmt: skip
    given: dict[str, Any] = {
        "units": [{"unit_id": "U1"}],
        "postings": [posting("O1", "U1")],
        "cases": [case("C1", "2024-04-01", unit_id="U1")],
        "case_officers": [{"case_id": "C1", "officer_id": "O1", "start": "2024-04-01"}],
        "case_subjects": [involves("C1", f"person:E{i}") for i in range(10)],
        "lookups": lookups,
    }
    return screened(folder, {**given, **tables})


def scored(done: Screened) -> dict[str, Score]:
    return {s.id: s for s in scorecard(done.ledger, done.screening, HEADERS)}


def review(lookup_id: str, decision: str, selected_by: str) -> dict[str, Any]:
    return {"lookup_id": lookup_id, "decision": decision, "selected_by": selected_by}


def test_an_indicator_is_held_against_what_explained_look_ups_would_give(tmp_path: Path) -> None:
    found = scored(desk(tmp_path))["generic_purpose"]
    assert (found.fired, found.explained, found.open) == (8, 2, 6)
    assert found.explained_share == 0.25
    # 2 of 10 explained ones show it, so 2 of the 10 others were to be expected.
    assert (found.expected, found.lift) == (2.0, 3.0)
    assert (found.pairs, found.of_pairs) == (6, 10)
    assert found.u is not None
    assert found.u > 0.6


def test_what_spares_explained_look_ups_by_definition_has_no_lift(tmp_path: Path) -> None:
    again = [lookup(f"A{i}", f"2024-06-{1 + i:02}T10:00:00", "person:Z", "O1") for i in range(4)]
    done = desk(
        tmp_path,
        lookups=[
            *(lookup(f"E{i}", f"2024-05-{1 + i:02}T10:00:00", f"person:E{i}") for i in range(3)),
            *again,
        ],
    )
    found = scored(done)["repeated"]
    assert found.open == 4
    assert (found.expected, found.lift) == (None, None)


def test_yield_counts_independent_reviews_and_those_of_leads_apart(tmp_path: Path) -> None:
    done = desk(
        tmp_path,
        reviews=[
            review("U0", "improper", "random"),
            review("U1", "proper", "complaint"),
            review("U2", "improper", "lead"),
            review("U3", "proper", "lead"),
            review("U9", "improper", "other"),
        ],
    )
    found = scored(done)["generic_purpose"]
    assert (found.reviewed, found.improper, found.yield_) == (2, 1, 0.5)
    assert (found.from_leads, found.improper_from_leads) == (2, 1)
    # U0 shows it and U9 does not; the reviews of leads teach nothing.
    assert (found.taught, found.taught_of, found.prior) == (1.0, 2.0, 0.6)
    assert found.m == pytest.approx((20 * 0.6 + 1) / 22, abs=1e-4)
    assert found.to_json()["yield"] == 0.5


def test_only_what_ran_is_scored(tmp_path: Path) -> None:
    found = scored(desk(tmp_path))
    assert "off_duty" not in found
    assert "own_case" not in found
