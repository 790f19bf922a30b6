"""A small force written by hand: two officers of one station, a den, a friend, a household."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from linkgraph.graph.projection import project
from linkgraph.graph.store import GraphStore
from linkgraph.inquiries import Inquiry
from linkgraph.ledger import Ledger
from linkgraph.screen import Screening, screen
from linkgraph.workspace import Settings
from tests.contract.stores import STORES
from tests.support.ledger import make_ledger

ZONE = "Asia/Taipei"


def moment(text: str) -> int:
    """µs UTC of a local time."""
    at = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE))
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def inquiry(**changed: Any) -> Inquiry:
    """An inquiry into everyone, in 2024, with all ties and k = 2, unless `changed`."""
    facts: dict[str, Any] = {
        "id": "Q1",
        "opened_by": "A",
        "authorised_by": "B",
        "ground": "test",
        "document": "1",
        "officers": (),
        "all_officers": True,
        "units": (),
        "start": moment("2024-01-01"),
        "end": moment("2025-01-01"),
        "ties": ("all",),
        "k": 2,
        "until": moment("2030-01-01"),
        "opened_at": moment("2024-01-01"),
    }
    if {"officers", "units"} & set(changed):
        facts["all_officers"] = False
    return Inquiry(**(facts | changed))


def world(folder: Path, **tables: list[dict[str, Any]]) -> tuple[Ledger, Screening]:
    """Load and screen the tables."""
    ledger = make_ledger(folder, tables)
    return ledger, screen(ledger, Settings(), folder / "screen")


def lookup(
    number: int, officer: str, at: str, kind: str, subject: str, **more: Any
) -> dict[str, Any]:
    """One look-up."""
    return {
        "lookup_id": f"L{number}",
        "officer_id": officer,
        "at": at,
        "subject_kind": kind,
        "subject_id": subject,
        **more,
    }


Built = tuple[GraphStore, Ledger, Screening, Inquiry]


def built_on(
    store: str, folder: Path, tables: dict[str, list[dict[str, Any]]], scope: Inquiry
) -> Built:
    """The tables loaded, screened and in a graph of that store (`tests/contract/stores.py`)."""
    ledger, screening = world(folder, **tables)
    graph = STORES[store](folder)
    graph.load(project(ledger, screening, scope, folder / "p"))
    return graph, ledger, screening, scope


def found(frame: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    """The columns of a frame as tuples."""
    return [tuple(row) for row in frame[list(columns)].itertuples(index=False)]


FORCE: dict[str, list[dict[str, Any]]] = {
    "units": [{"unit_id": "U1", "name": "First"}, {"unit_id": "U2", "parent_unit_id": "U1"}],
    "officers": [
        {"officer_id": "O1", "person_id": "P1", "name": "甲"},
        {"officer_id": "O2", "person_id": "P2", "name": "乙"},
        {"officer_id": "O3"},
    ],
    "postings": [
        {"officer_id": "O1", "unit_id": "U2", "start": "2020-01-01"},
        {"officer_id": "O2", "unit_id": "U2", "start": "2020-01-01"},
        {"officer_id": "O3", "unit_id": "U1", "start": "2020-01-01"},
    ],
    "persons": [{"person_id": "P1", "name": "甲"}, {"person_id": "F", "name": "Friend"}],
    "associations": [
        {"person_a_id": "P1", "person_b_id": "F", "kind": "friend", "start": "2023-01-01"},
        {"person_a_id": "F", "person_b_id": "G", "kind": "business", "start": "2024-03-01"},
        {"person_a_id": "X", "person_b_id": "P1", "kind": "family", "end": "2024-02-01"},
        {"person_a_id": "P2", "person_b_id": "H", "kind": "friend"},
    ],
    "addresses": [{"address_id": "A1", "text": "Road 1", "community": "C"}],
    "residences": [
        {"person_id": "P1", "address_id": "A1"},
        {"person_id": "W", "address_id": "A1", "end": "2024-06-01"},
    ],
    "organisations": [{"organisation_id": "D", "name": "Den"}],
    "organisation_roles": [
        {"organisation_id": "D", "person_id": "F", "role": "owner"},
        {"organisation_id": "D", "person_id": "E1", "role": "employee"},
        {"organisation_id": "D", "person_id": "E2", "role": "applicant"},
        {"organisation_id": "D", "person_id": "E3", "role": "applicant"},
    ],
    "phones": [{"phone_id": "T1", "holder_kind": "person", "holder_id": "E3"}],
    "vehicle_owners": [
        {"vehicle_id": "ABC-1234", "person_id": "G", "start": "2024-01-01", "end": "2024-07-01"},
        {"vehicle_id": "ABC-1234", "person_id": "Z", "start": "2024-07-01"},
    ],
    "lookups": [
        lookup(1, "O1", "2024-05-01T10:00:00", "person", "F"),
        lookup(2, "O1", "2024-05-02T10:00:00", "vehicle", "ABC-1234"),
        lookup(3, "O1", "2024-08-02T10:00:00", "vehicle", "ABC-1234"),
        lookup(4, "O1", "2024-05-03T10:00:00", "person", "X"),
        lookup(5, "O1", "2024-05-04T10:00:00", "person", "W"),
        lookup(6, "O1", "2024-07-04T10:00:00", "person", "W"),
        lookup(7, "O1", "2024-05-05T10:00:00", "person", "E1"),
        lookup(8, "O1", "2024-05-06T10:00:00", "phone", "T1"),
        lookup(9, "O1", "2024-05-07T10:00:00", "person", "P1"),
        lookup(10, "O1", "2024-05-08T10:00:00", "person", "H"),
        lookup(11, "O2", "2024-05-09T10:00:00", "person", "P1"),
        lookup(12, "O2", "2024-05-10T10:00:00", "person", "E1"),
        lookup(13, "O3", "2024-05-10T10:00:00", "person", "E1"),
        lookup(14, "O3", "2024-05-11T10:00:00", "person", "E2"),
        lookup(15, "O3", "2024-05-12T10:00:00", "person", "F"),
        lookup(16, "O1", "2024-02-15T10:00:00", "person", "G"),
    ],
}
