"""Near a party to his own case: family and lodgers of a party, while he handled it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from linkgraph.graph.runner import run
from tests.graph.world import Built, built_on, found, inquiry, lookup

TABLES: dict[str, list[dict[str, Any]]] = {
    "officers": [{"officer_id": "O1", "person_id": "P1"}, {"officer_id": "O2", "person_id": "P2"}],
    "cases": [{"case_id": "C1", "opened_at": "2024-03-01", "closed_at": "2024-05-01"}],
    "case_officers": [{"case_id": "C1", "officer_id": "O1", "start": "2024-03-01"}],
    "case_subjects": [{"case_id": "C1", "subject_kind": "person", "subject_id": "PARTY"}],
    "associations": [
        {"person_a_id": "PARTY", "person_b_id": "BROTHER", "kind": "family"},
        {"person_a_id": "BROTHER", "person_b_id": "FAR", "kind": "friend"},
    ],
    "residences": [
        {"person_id": "PARTY", "address_id": "A"},
        {"person_id": "LODGER", "address_id": "A"},
    ],
    "lookups": [
        lookup(1, "O1", "2024-03-10T10:00:00", "person", "BROTHER"),
        lookup(2, "O1", "2024-03-11T10:00:00", "person", "LODGER"),
        lookup(3, "O1", "2024-03-12T10:00:00", "person", "FAR"),
        lookup(4, "O1", "2024-08-12T10:00:00", "person", "BROTHER"),
        lookup(5, "O1", "2024-02-26T10:00:00", "person", "BROTHER"),
        lookup(6, "O1", "2024-02-10T10:00:00", "person", "BROTHER"),
        lookup(7, "O2", "2024-03-10T10:00:00", "person", "BROTHER"),
        lookup(8, "O1", "2024-03-10T10:00:00", "person", "PARTY"),
    ],
}


@pytest.fixture(scope="module")
def force(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    made = built_on("embedded", tmp_path_factory.mktemp("near"), TABLES, inquiry())
    yield made
    made[0].close()


def test_who_is_near_a_party_counts_while_the_case_was_his(force: Built) -> None:
    rows = run("case_circle", *force)
    assert found(rows, "officer_id", "subject_id", "hub_kind", "hub_id", "lookup_id") == [
        ("O1", "BROTHER", "case", "C1", "L1"),
        ("O1", "BROTHER", "case", "C1", "L5"),
        ("O1", "LODGER", "case", "C1", "L2"),
    ]
    assert rows["evidence"][0] == [
        {"table": "cases", "row_id": "C1"},
        {"table": "lookups", "row_id": "L1"},
    ]


def test_only_ties_that_the_inquiry_names_lead_anywhere(force: Built) -> None:
    rows = run("case_circle", *force[:3], inquiry(ties=("family",)))
    assert set(rows["subject_id"]) == {"BROTHER"}
