"""Circles of whoever asked, by the log, and of whoever rang; on every store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from linkgraph.errors import AnalysisError
from linkgraph.graph.runner import hits, run
from tests.contract.stores import EACH
from tests.graph.world import Built, built_on, found, inquiry, lookup

TABLES: dict[str, list[dict[str, Any]]] = {
    "officers": [
        {"officer_id": "O1", "person_id": "P1"},
        {"officer_id": "O2", "person_id": "P2"},
        {"officer_id": "O3", "person_id": "P3"},
    ],
    "associations": [
        {"person_a_id": "P2", "person_b_id": "F", "kind": "friend"},
        {"person_a_id": "F", "person_b_id": "G", "kind": "business", "start": "2024-06-01"},
        {"person_a_id": "P2", "person_b_id": "X", "kind": "family", "end": "2024-02-01"},
        {"person_a_id": "P2", "person_b_id": "B", "kind": "friend"},
        {"person_a_id": "P1", "person_b_id": "B", "kind": "friend"},
        {"person_a_id": "R", "person_b_id": "C", "kind": "friend"},
        {"person_a_id": "C", "person_b_id": "D", "kind": "creditor"},
    ],
    "phones": [
        {"phone_id": "07-1", "holder_kind": "person", "holder_id": "R", "end": "2024-09-01"},
        {"phone_id": "07-2", "holder_kind": "person", "holder_id": "P2"},
    ],
    "lookups": [
        lookup(1, "O1", "2024-05-01T10:00:00", "person", "F", requester_id="O2"),
        lookup(2, "O1", "2024-05-01T11:00:00", "person", "F"),
        lookup(3, "O1", "2024-05-02T10:00:00", "person", "F", requester_id="O3"),
        lookup(4, "O1", "2024-05-03T10:00:00", "person", "X", requester_id="O2"),
        lookup(5, "O1", "2024-05-04T10:00:00", "person", "G", requester_id="O2"),
        lookup(6, "O1", "2024-06-04T10:00:00", "person", "G", requester_id="O2"),
        lookup(7, "O1", "2024-05-05T10:00:00", "person", "B", requester_id="O2"),
        lookup(8, "O2", "2024-05-06T10:00:00", "person", "F", requester_id="O2"),
        lookup(11, "O3", "2024-05-11T10:00:00", "person", "C", caller_phone_id="07-1"),
        lookup(12, "O3", "2024-05-12T10:00:00", "person", "D", caller_phone_id="07-1"),
        lookup(13, "O3", "2024-05-13T10:00:00", "person", "D"),
        lookup(14, "O3", "2024-05-14T10:00:00", "person", "R", caller_phone_id="07-1"),
        lookup(15, "O3", "2024-10-14T10:00:00", "person", "C", caller_phone_id="07-1"),
        lookup(16, "O3", "2024-05-16T10:00:00", "person", "F", caller_phone_id="07-2"),
    ],
}


@pytest.fixture(scope="module", params=EACH)
def force(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Built]:
    made = built_on(request.param, tmp_path_factory.mktemp("asked"), TABLES, inquiry())
    yield made
    made[0].close()


def test_what_the_log_says_he_asked_for_lies_in_the_requesters_circle(force: Built) -> None:
    rows = run("requester_circle", *force)
    assert found(rows, "officer_id", "requester_id", "subject_id", "lookup_id") == [
        ("O1", "O2", "F", "L1"),
        ("O1", "O2", "G", "L6"),
    ]


def test_his_own_look_ups_and_those_of_the_holders_circle_are_no_hits(force: Built) -> None:
    rows = hits(*force)["requester_circle"]
    assert set(rows["officer_id"]) == {"O1"}
    assert "B" not in set(rows["person_id"])
    assert set(rows["searched"]) == {2}


def test_a_requesters_own_ties_alone_where_the_inquiry_reaches_no_further(force: Built) -> None:
    rows = run("requester_circle", *force[:3], inquiry(k=1))
    assert set(rows["subject_id"]) == {"F"}


def test_people_of_whoever_rang_are_hits_while_he_held_the_telephone(force: Built) -> None:
    rows = run("caller_circle", *force)
    assert found(rows, "officer_id", "requester_id", "hub_id", "subject_id", "lookup_id") == [
        ("O3", "O2", "P2", "F", "L16"),
        ("O3", None, "R", "C", "L11"),
        ("O3", None, "R", "D", "L12"),
    ]
    assert rows["path"][1][::2] == ["officer:O3", "phone:07-1", "person:R", "person:C"]


def test_telephones_are_private_and_need_the_inquirys_word(force: Built) -> None:
    narrow = inquiry(ties=("friend", "creditor"))
    with pytest.raises(AnalysisError, match="needs ties of kind phone"):
        run("caller_circle", *force[:3], narrow)


def test_a_log_that_names_no_requester_is_said_to_lack_it(tmp_path: Any) -> None:
    tables = TABLES | {"lookups": [lookup(1, "O1", "2024-05-01T10:00:00", "person", "F")]}
    made = built_on("embedded", tmp_path, tables, inquiry())
    with pytest.raises(AnalysisError, match=r"needs lookups\.requester_id"):
        run("requester_circle", *made)
    made[0].close()
