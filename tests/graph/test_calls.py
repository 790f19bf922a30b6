"""Calls between an officer's side and a place, close to his look-ups of its people."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from linkgraph.graph.calls import HOUR, WEEK, shifted
from linkgraph.graph.embedded import EmbeddedStore
from linkgraph.graph.projection import project
from linkgraph.graph.runner import run
from tests.graph.world import inquiry, lookup, moment, world

DAYS = ["2024-02-06", "2024-03-21", "2024-05-11", "2024-07-03", "2024-09-27", "2024-11-18"]
HOURS = [9, 21, 14, 10, 23, 16]
FORCE: dict[str, list[dict[str, Any]]] = {
    "units": [{"unit_id": "U1"}],
    "officers": [{"officer_id": "O1", "person_id": "P1"}, {"officer_id": "O2"}],
    "postings": [{"officer_id": "O1", "unit_id": "U1", "start": "2020-01-01"}],
    "organisation_roles": [
        {"organisation_id": "DEN", "person_id": "E1", "role": "employee"},
        {"organisation_id": "DEN", "person_id": "E2", "role": "applicant"},
    ],
    "associations": [{"person_a_id": "P1", "person_b_id": "F", "kind": "friend"}],
    "phones": [
        {"phone_id": "T-me", "holder_kind": "person", "holder_id": "P1"},
        {"phone_id": "T-friend", "holder_kind": "person", "holder_id": "F"},
        {"phone_id": "T-den", "holder_kind": "organisation", "holder_id": "DEN"},
    ],
    "unit_phones": [{"phone_id": "T-desk", "unit_id": "U1"}],
    "lookups": [
        lookup(i, "O1", f"{day}T{hour:02}:00", "person", f"E{1 + i % 2}")
        for i, (day, hour) in enumerate(zip(DAYS, HOURS, strict=True))
    ],
}


def rang(source: str, target: str, *, minutes: int = 10, **more: str) -> list[dict[str, Any]]:
    return [
        {
            "from_phone_id": source,
            "to_phone_id": target,
            "at": f"{day}T{hour - 1:02}:{60 - minutes:02}",
            **more,
        }
        for day, hour in zip(DAYS, HOURS, strict=True)
    ]


def found(folder: Path, *, warrants: tuple[str, ...] = ("W1",), **tables: Any) -> pd.DataFrame:
    ledger, screening = world(folder, **FORCE, **tables)
    scope = inquiry(warrants=warrants)
    store = EmbeddedStore(folder / "g.lbdb")
    store.load(project(ledger, screening, scope, folder / "p"))
    try:
        return run("calls_near", store, ledger, screening, scope)
    finally:
        store.close()


@pytest.fixture
def calls() -> list[dict[str, Any]]:
    return rang("T-me", "T-den", warrant_no="W1")


def test_he_is_called_before_each_look_up(tmp_path: Path, calls: list[dict[str, Any]]) -> None:
    rows = found(tmp_path, calls=calls)
    assert set(rows["lookup_id"]) == {f"L{i}" for i in range(6)}
    assert set(rows["level"]) == {"own"}
    assert set(rows["hub_id"]) == {"DEN"}
    assert (rows["measure"] < 0.01).all()
    assert [e["table"] for e in rows["evidence"][0]] == ["calls", "lookups"]


def test_without_the_warrant_private_calls_are_not_read(
    tmp_path: Path, calls: list[dict[str, Any]]
) -> None:
    assert found(tmp_path, warrants=(), calls=calls).empty
    assert found(tmp_path / "other", warrants=("W2",), calls=calls).empty


def test_a_friend_calls_and_the_exchange_rings(tmp_path: Path) -> None:
    rows = found(
        tmp_path,
        calls=rang("T-den", "T-friend", warrant_no="W1")[:3],
        internal_calls=rang("T-den", "T-desk")[3:],
    )
    assert dict(zip(rows["lookup_id"], rows["level"], strict=True)) == {
        **{f"L{i}": "circle" for i in range(3)},
        **{f"L{i}": "unit" for i in range(3, 6)},
    }


def test_a_place_that_calls_every_night_calls_near_anything() -> None:
    start, weeks = moment("2024-01-01"), 26
    nightly = start + np.arange(weeks * 7, dtype=np.int64) * (WEEK // 7) + 22 * HOUR
    lookups = nightly[[3, 40, 77, 120]] + HOUR // 2
    near, p = shifted(
        nightly,
        lookups,
        start=start,
        weeks=weeks,
        width=HOUR,
        zone=ZoneInfo("Asia/Taipei"),
        shifts=199,
        seed=1,
    )
    assert near.all()
    assert p == 1.0


def test_under_the_null_p_is_small_no_more_often_than_it_says() -> None:
    start, weeks = moment("2024-01-01"), 26
    dice = np.random.default_rng(7)
    values = []
    for seed in range(60):
        calls = start + dice.integers(0, weeks * WEEK, 40)
        lookups = start + dice.integers(0, weeks * WEEK, 30)
        _, p = shifted(
            calls,
            lookups,
            start=start,
            weeks=weeks,
            width=HOUR,
            zone=ZoneInfo("Asia/Taipei"),
            shifts=99,
            seed=seed,
        )
        values.append(p)
    assert np.mean(np.array(values) <= 0.1) <= 0.2
