"""Lodgers and sellers: who lived with an acquaintance, moved in or sold soon after a look-up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from linkgraph.graph.runner import hits, run
from tests.contract.stores import EACH
from tests.graph.world import Built, built_on, found, inquiry, lookup

TABLES: dict[str, list[dict[str, Any]]] = {
    "officers": [{"officer_id": "O1", "person_id": "P1"}, {"officer_id": "O2", "person_id": "P2"}],
    "associations": [{"person_a_id": "P1", "person_b_id": "F", "kind": "friend"}],
    "addresses": [{"address_id": "A", "text": "Road 1"}, {"address_id": "H", "text": "Road 2"}],
    "residences": [
        {"person_id": "F", "address_id": "A"},
        {"person_id": "HERE", "address_id": "A", "end": "2024-06-01"},
        {"person_id": "SOON", "address_id": "A", "start": "2024-06-10"},
        {"person_id": "LATE", "address_id": "A", "start": "2024-12-01"},
        {"person_id": "P1", "address_id": "H"},
        {"person_id": "WIFE", "address_id": "H"},
        {"person_id": "LODGER", "address_id": "H", "start": "2024-06-10"},
    ],
    "vehicle_owners": [
        {"vehicle_id": "ABC-1234", "person_id": "SELLER", "start": "2020-01-01",
         "end": "2024-06-01"},
        {"vehicle_id": "ABC-1234", "person_id": "F", "start": "2024-06-02"},
        {"vehicle_id": "ABC-9999", "person_id": "BUYER", "start": "2024-06-02"},
        {"vehicle_id": "ABC-9999", "person_id": "F", "start": "2020-01-01", "end": "2024-06-01"},
        {"vehicle_id": "XYZ-1111", "person_id": "DEALER", "end": "2024-05-20"},
        {"vehicle_id": "XYZ-1111", "person_id": "P1", "start": "2024-05-20"},
    ],
    "lookups": [
        lookup(1, "O1", "2024-05-01T10:00:00", "person", "HERE"),
        lookup(2, "O1", "2024-07-01T10:00:00", "person", "HERE"),
        lookup(3, "O1", "2024-05-01T10:10:00", "person", "SOON"),
        lookup(4, "O1", "2024-05-01T10:20:00", "person", "LATE"),
        lookup(5, "O1", "2024-05-02T10:00:00", "vehicle", "ABC-1234"),
        lookup(6, "O1", "2024-01-02T10:00:00", "vehicle", "ABC-1234"),
        lookup(7, "O1", "2024-05-02T10:30:00", "person", "BUYER"),
        lookup(8, "O1", "2024-05-03T10:00:00", "person", "WIFE"),
        lookup(9, "O1", "2024-05-03T10:10:00", "person", "LODGER"),
        lookup(10, "O1", "2024-05-03T10:20:00", "vehicle", "XYZ-1111"),
        lookup(11, "O2", "2024-05-01T10:00:00", "person", "SOON"),
    ],
}  # fmt: skip


@pytest.fixture(scope="module", params=EACH)
def force(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Built]:
    made = built_on(request.param, tmp_path_factory.mktemp("dealings"), TABLES, inquiry())
    yield made
    made[0].close()


def test_lodgers_and_sellers_are_found_from_ninety_days_before(force: Built) -> None:
    rows = run("dealings", *force)
    assert found(rows, "officer_id", "hub_id", "subject_id", "lookup_id") == [
        ("O1", "P1", "DEALER", "L10"),
        ("O1", "F", "HERE", "L1"),
        ("O1", "P1", "LODGER", "L9"),
        ("O1", "F", "SELLER", "L5"),
        ("O1", "F", "SOON", "L3"),
    ]


def test_the_sets_are_those_of_acquaintances_and_his_own(force: Built) -> None:
    rows = hits(*force)["dealings"].set_index("person_id")
    assert (rows.loc["SOON", "size"], rows.loc["SOON", "searched"]) == (5, 1)
    assert not rows["direct"].any()


def test_a_building_is_no_home(force: Built) -> None:
    rows = run("dealings", *force, {"max_residents": 3})
    assert set(rows["subject_id"]) == {"SELLER", "DEALER", "LODGER"}


def test_whom_he_lives_with_is_his_household_and_no_deal(force: Built) -> None:
    assert "WIFE" not in set(hits(*force)["dealings"]["person_id"])
    assert "WIFE" in set(hits(*force)["household"]["person_id"])
