"""Which traces an episode leaves is read off the tables: a small force, an episode per trace."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from linkgraph.evaluation.baselines import baselines
from linkgraph.evaluation.judge import Truth
from linkgraph.evaluation.people import people
from linkgraph.evaluation.traces import traces
from linkgraph.leads.pairs import pairs_in
from tests.leads.forces import END, inquiry, routine
from tests.support.screen import Screened, lookup, screened


def tie(a: str, b: str, **more: str) -> dict[str, str]:
    return {"person_a_id": a, "person_b_id": b, "kind": "friend", **more}


MISUSE = {
    "silent": [("L1", "2024-03-01T10:00:00", "person:A1", {})],
    "friend": [("L2", "2024-03-01T10:00:00", "person:F2", {})],
    "house": [
        (f"L3{n}", "2024-03-02T10:00:00", f"person:H{n}", {"officer": "O03"}) for n in range(3)
    ],
    "again": [(f"L4{n}", f"2024-03-0{n + 3}T10:00:00", "person:A4", {}) for n in range(3)],
    "quarrel": [("L5", "2024-03-05T10:00:00", "vehicle:ABC-1234", {})],
    "call": [("L6", "2024-03-06T10:00:00", "person:A6", {"requester_text": "a station"})],
    "chief": [("L7", "2024-03-07T10:00:00", "person:P05", {})],
    "rights": [("L8", "2024-03-08T10:00:00", "person:A8", {"system": "criminal_record"})],
    "plates": [("L9", "2024-03-09T10:00:00", "person:A9", {"case_id": "C1"})],
}
TABLES: dict[str, list[dict[str, Any]]] = {
    "lookups": [
        *routine(),
        *(
            lookup(id_, at, subject, more.pop("officer", "O01"), **more)
            for rows in MISUSE.values()
            for id_, at, subject, more in [(r[0], r[1], r[2], dict(r[3])) for r in rows]
        ),
    ],
    "officers": [
        {
            "officer_id": f"O{n:02}",
            "person_id": f"P{n:02}",
            "rank": "sergeant" if n % 2 else "constable",
            "joined_on": "2022-01-01" if n < 10 else "2001-01-01",
            "left_on": "2020-05-01" if n == 19 else "",
        }
        for n in range(20)
    ],
    "units": [{"unit_id": "U1", "kind": "station"}],
    "postings": [
        {"officer_id": f"O{n:02}", "unit_id": "U1", "role": "desk", "start": "2019-01-01"}
        for n in range(19)
    ],
    "role_rights": [
        {"role": "desk", "system": system} for system in ("person", "household", "vehicle")
    ],
    "duties": [
        {
            "officer_id": "O01",
            "kind": "desk",
            "start": "2024-03-01T22:00:00",
            "end": "2024-03-02T02:00:00",
        },
        {
            "officer_id": "O02",
            "kind": "desk",
            "start": "2024-03-01T10:00:00",
            "end": "2024-03-01T14:00:00",
        },
    ],
    "persons": [{"person_id": f"P{n:02}", "name": "林一"} for n in range(20)]
    + [{"person_id": "A1", "name": "林二"}],
    "associations": [tie("P01", "F1"), tie("F1", "F2")],
    "organisation_roles": [
        {"organisation_id": "ORG1", "person_id": f"H{n}", "role": "staff"} for n in range(3)
    ],
    "vehicle_owners": [{"vehicle_id": "ABC-1234", "person_id": "A5"}],
    "complaints": [{"complaint_id": "CP1", "at": "2024-03-20", "complainant_id": "A5"}],
    "cases": [{"case_id": "C1", "opened_at": "2024-03-01"}],
    "case_subjects": [{"case_id": "C1", "subject_kind": "person", "subject_id": "X1"}],
    "self_reports": [{"officer_id": "O01", "at": "2024-03-07", "lookup_id": "L6"}],
}


@pytest.fixture(scope="module")
def force(tmp_path_factory: pytest.TempPathFactory) -> Screened:
    return screened(tmp_path_factory.mktemp("traces"), TABLES, "off_duty", "generic_purpose")


def test_each_episode_leaves_what_the_records_show_of_it(force: Screened) -> None:
    rows = {
        lookup_id: {"lookup_id": lookup_id, "episode_id": name}
        for name, lookups in MISUSE.items()
        for lookup_id, *_ in lookups
    }
    episodes = {name: {"episode_id": name, "requester_id": ""} for name in MISUSE}
    pairs = pairs_in(force.ledger, force.screening, inquiry())
    found = traces(force.ledger, pairs, Truth(episodes, rows, {}, {}))
    assert {name: set(kinds) for name, kinds in found.items() if name != "rights"} == {
        "silent": set(),
        "friend": {"tie"},
        "house": {"hub"},
        "again": {"repeat"},
        "quarrel": {"complaint"},
        "call": {"proxy", "self_report"},
        "chief": {"colleague"},
        "plates": {"case"},
    }
    assert found["rights"] == ("rights",)


def test_a_force_without_misuse_has_no_traces(force: Screened) -> None:
    pairs = pairs_in(force.ledger, force.screening, inquiry())
    assert traces(force.ledger, pairs, Truth({}, {}, {}, {})) == {}


def test_baselines_order_the_same_open_lookups_by_their_rule(force: Screened) -> None:
    scope = inquiry()
    pairs = pairs_in(force.ledger, force.screening, scope)
    made = baselines(force.ledger, force.screening, pairs, scope, depth=5).ranked
    assert [lead["lookup_ids"] for lead in made["hub"]] == [["L30", "L31", "L32"]]
    assert made["circle"] == []
    kin = made["same surname or address"]
    assert {(lead["officer_id"], *lead["lookup_ids"]) for lead in kin} >= {("O01", "L1")}
    assert len(made["random"]) == len(made["volume"]) == 5
    assert {lead["officer_id"] for lead in made["volume"]} == {"O01"}
    again = baselines(force.ledger, force.screening, pairs, scope, depth=5).ranked
    assert again == made


def test_circle_is_the_rule_of_a_direct_tie(tmp_path: Path) -> None:
    tables = {**TABLES, "associations": [tie("A1", "P01")]}
    force = screened(tmp_path, tables, "off_duty", "generic_purpose")
    pairs = pairs_in(force.ledger, force.screening, inquiry())
    made = baselines(force.ledger, force.screening, pairs, inquiry(), depth=5).ranked
    assert made["circle"] == [{"officer_id": "O01", "score": 1.0, "lookup_ids": ["L1"]}]


@pytest.mark.parametrize(
    ("officer", "group", "value"),
    [
        ("O01", "rank", "sergeant"),
        ("O01", "tenure", "under 5 years"),
        ("O11", "tenure", "15 years and more"),
        ("O01", "shift", "many nights"),
        ("O02", "shift", "days"),
        ("O03", "shift", "unknown"),
        ("O03", "unit", "station"),
    ],
)
def test_officers_are_compared_by_rank_unit_shift_and_tenure(
    force: Screened, officer: str, group: str, value: str
) -> None:
    known = people(force.ledger, END)
    assert known[officer][group] == value
    assert "O19" not in known  # retired years ago
