"""Shared work: a case of the unit, or three colleagues within thirty days."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from linkgraph.leads.chance import Chance
from linkgraph.leads.hubs import benjamini_yekutieli
from linkgraph.leads.pairs import pairs_in
from linkgraph.leads.shared_work import WINDOW, _together, poisson_tail, shared_work
from tests.leads.forces import inquiry
from tests.support.screen import case, involves, lookup, posting, screened

DAY = 24 * 3_600_000_000


def met(rows: list[tuple[int, int, int]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["at", "officer_key", "person_key"]).astype("int64")
    return frame.sort_values(["at", "officer_key", "person_key"])


def by_brute_force(rows: list[tuple[int, int, int]]) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for start, _, _ in rows:
        inside = [(o, p) for at, o, p in rows if start <= at <= start + WINDOW]
        people = {o: {p for q, p in inside if q == o} for o, _ in inside}
        busy = {o: ps for o, ps in people.items() if len(ps) >= 2}
        if len(busy) >= 3:
            found |= {(o, p) for o, ps in busy.items() for p in ps}
    return found


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 80).map(lambda d: d * DAY), st.integers(1, 4), st.integers(1, 3)),
        min_size=1,
        max_size=14,
    )
)
def test_colleagues_within_thirty_days_as_by_brute_force(rows: list[tuple[int, int, int]]) -> None:
    # A window that slides by events finds every maximal window, whose start is an event.
    assert _together(met(rows))[1] == by_brute_force(rows)


def shared(tmp_path: Path, tables: dict[str, Any]) -> set[tuple[str, str, str]]:
    done = screened(tmp_path, tables)
    pairs = pairs_in(done.ledger, done.screening, inquiry())
    entities = done.ledger.table("entities").to_pandas()
    key = {(r.kind, r.id): r.entity_key for r in entities.itertuples()}
    name = {r.entity_key: r.id for r in entities.itertuples()}
    people = [p for kind, p in key if kind == "person"]
    members = pd.DataFrame(
        {"organisation_id": "ORG", "person_key": [key["person", p] for p in people]}
    ).astype({"organisation_id": object, "person_key": "int64"})
    chance = Chance(pairs.officers, pairs.counts, pairs.popularity(members["person_key"]))
    found = shared_work(done.ledger, done.screening, pairs, members, chance)
    return {(org, name[o], name[p]) for org, o, p in found}


def test_a_case_of_the_unit_that_names_three_of_its_people_is_shared_work(tmp_path: Path) -> None:
    tables = {
        "units": [{"unit_id": "U1"}, {"unit_id": "U2"}],
        "postings": [posting("O1", "U1"), posting("O2", "U2")],
        "cases": [case("C1", "2024-03-01", unit_id="U1")],
        "case_subjects": [involves("C1", f"person:P{i}") for i in (1, 2, 3)],
        "lookups": [
            lookup("L1", "2024-05-01T10:00:00", "person:P1", "O1"),
            lookup("L2", "2024-05-01T10:00:00", "person:P4", "O1"),
            lookup("L3", "2024-05-01T10:00:00", "person:P1", "O2"),
        ],
    }
    assert shared(tmp_path, tables) == {("ORG", "O1", "P1")}


def test_an_inspection_or_vetting_order_that_names_the_organisation(tmp_path: Path) -> None:
    tables = {
        "units": [{"unit_id": "U1"}, {"unit_id": "U2", "parent_unit_id": "U1"}, {"unit_id": "U3"}],
        "postings": [posting(f"O{i}", f"U{i}") for i in (1, 2, 3)] + [posting("O4", "U3")],
        "cases": [
            case("C1", "2024-05-01", "2024-05-10", kind="inspection", unit_id="U1"),
            case("C2", "2024-05-01", "2024-05-10", kind="theft", unit_id="U3"),
        ],
        "case_officers": [{"case_id": "C1", "officer_id": "O4"}],
        "case_subjects": [
            involves("C1", "organisation:ORG"),
            involves("C1", "organisation:OTHER"),
            involves("C2", "organisation:ORG"),
        ],
        "lookups": [
            lookup("L1", "2024-05-02T10:00:00", "person:P1", "O1"),
            lookup("L2", "2024-05-02T10:00:00", "person:P2", "O2"),
            lookup("no-order", "2024-05-02T10:00:00", "person:P1", "O3"),
            lookup("assigned", "2024-05-02T10:00:00", "person:P4", "O4"),
            lookup("long-after", "2024-08-02T10:00:00", "person:P3", "O1"),
        ],
    }
    assert shared(tmp_path, tables) == {
        ("ORG", "O1", "P1"),
        ("ORG", "O2", "P2"),
        ("ORG", "O4", "P4"),
    }


def test_three_colleagues_on_two_people_each_are_shared_work(tmp_path: Path) -> None:
    looked = [
        lookup(f"L{o}{p}", f"2024-05-{10 + o:02}T10:00:00", f"person:P{p}", f"O{o}")
        for o, p in itertools.product((1, 2, 3), (1, 2))
    ]
    looked += elsewhere()
    tables: dict[str, Any] = {
        "units": [{"unit_id": "U1"}],
        "postings": [posting(f"O{o}", "U1") for o in (1, 2, 3)],
        "lookups": [*looked, lookup("L9", "2024-08-30T10:00:00", "person:P1", "O1")],
    }
    found = shared(tmp_path / "three", tables)
    assert found == {("ORG", f"O{o}", f"P{p}") for o in (1, 2, 3) for p in (1, 2)}
    tables["lookups"] = [row for row in looked if row["officer_id"] != "O3"]
    assert shared(tmp_path / "two", tables) == set()


def elsewhere(*people: str) -> list[dict[str, Any]]:
    """Twenty officers of other units with forty strangers each, and with `people`."""
    months = ("02", "03", "05", "06")
    return [
        lookup(f"E{o}-{i}", f"2024-{months[i % 4]}-{1 + o:02}T10:00:00", f"person:{p}", f"E{o}")
        for o in range(20)
        for i, p in enumerate([*(f"S{o}-{i}" for i in range(40)), *people])
    ]


def test_where_everybody_meets_its_people_colleagues_share_no_work(tmp_path: Path) -> None:
    looked = [
        lookup(f"L{o}{p}", f"2024-05-{10 + o:02}T10:00:00", f"person:P{p}", f"O{o}")
        for o, p in itertools.product((1, 2, 3), (1, 2))
    ]
    looked += [
        lookup(f"M{o}-{i}", f"2024-0{2 + i % 5}-20T10:00:00", f"person:T{o}-{i}", f"O{o}")
        for o in (1, 2, 3)
        for i in range(40)
    ]
    tables: dict[str, Any] = {
        "units": [{"unit_id": "U1"}, {"unit_id": "U2"}],
        "postings": [posting(f"O{o}", "U1") for o in (1, 2, 3)],
        "lookups": [*looked, *elsewhere(*(f"P{i}" for i in range(1, 13)))],
    }
    done = screened(tmp_path, tables)
    pairs = pairs_in(done.ledger, done.screening, inquiry())
    entities = done.ledger.table("entities").to_pandas()
    wanted = entities[
        (entities["kind"] == "person") & entities["id"].isin([f"P{i}" for i in range(1, 13)])
    ]
    members = pd.DataFrame({"organisation_id": "ORG", "person_key": wanted["entity_key"]})
    members = members.astype({"organisation_id": object})
    chance = Chance(pairs.officers, pairs.counts, pairs.popularity(members["person_key"]))
    assert shared_work(done.ledger, done.screening, pairs, members, chance) == {}


def test_the_tail_of_a_poisson_variable() -> None:
    assert poisson_tail(0, 2.0) == 1.0
    assert abs(poisson_tail(3, 0.5) - 0.0143877) < 1e-6
    assert poisson_tail(1, 0.0) == 0.0


def test_benjamini_yekutieli_by_hand() -> None:
    # m = 3, harmonic sum 11/6: 0.01·3·11/6 = 0.055, 0.02·3/2·11/6 = 0.055, 0.5·11/6 = 0.9167.
    assert [round(q, 4) for q in benjamini_yekutieli([0.02, 0.5, 0.01])] == [0.055, 0.9167, 0.055]
    assert benjamini_yekutieli([]) == []
