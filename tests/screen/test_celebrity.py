"""A wave of officers on one person."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.support.screen import lookup, posting, screened

OFFICERS = [f"O{i:02}" for i in range(12)]
FORCE: dict[str, list[dict[str, Any]]] = {
    "officers": [{"officer_id": o} for o in OFFICERS],
    "units": [{"unit_id": f"U{i}"} for i in range(4)],
    "postings": [posting(o, f"U{i % 4}") for i, o in enumerate(OFFICERS)],
}
QUIET = [lookup(f"q-{m}", f"2026-0{m}-01T10:00", "person:Q", "O00") for m in range(1, 7)]
ALERT = {
    "alerts": [
        {
            "subject_kind": "person",
            "subject_id": "WANTED",
            "kind": "wanted",
            "start": "2026-04-01",
            "end": "2026-05-01",
        }
    ]
}


def wave(person: str, month: str = "2026-04", officers: list[str] = OFFICERS) -> list[Any]:
    return [
        lookup(f"{person}-{month}-{o}", f"{month}-{10 + i % 6}T10:00", f"person:{person}", o)
        for i, o in enumerate(officers)
    ]


def test_a_person_in_the_news(tmp_path: Path) -> None:
    rows = [*QUIET, *wave("STAR"), *wave("FEW", officers=OFFICERS[:9])]
    rows.append(lookup("long-before", "2026-01-10T10:00", "person:STAR", "O00"))
    result = screened(tmp_path, {**FORCE, "lookups": rows}, "celebrity")
    found = result.found("celebrity")
    assert set(found) == {f"STAR-2026-04-{o}" for o in OFFICERS}
    assert {row["measure"] for row in found.values()} == {12.0}


def test_whom_everybody_checks_all_the_time_makes_no_wave(tmp_path: Path) -> None:
    rows = [*QUIET]
    for month in range(1, 7):
        for week in (1, 8, 15, 22):
            rows += [
                lookup(f"{month}-{week}-{o}", f"2026-0{month}-{week:02}T10:00", "person:LOCAL", o)
                for o in OFFICERS
            ]
    assert screened(tmp_path, {**FORCE, "lookups": rows}, "celebrity").found("celebrity") == {}


def test_one_station_is_no_wave_and_a_wanted_person_neither(tmp_path: Path) -> None:
    rows = [*QUIET, *wave("WANTED")]
    assert (
        screened(tmp_path, {**FORCE, "lookups": rows, **ALERT}, "celebrity").found("celebrity")
        == {}
    )
    station = [posting(o, "U0") for o in OFFICERS]
    alone = screened(
        tmp_path / "station",
        {**FORCE, "postings": station, "lookups": [*QUIET, *wave("STAR")]},
        "celebrity",
    )
    assert alone.found("celebrity") == {}


def test_a_wanted_person_in_the_same_answer_does_not_excuse_the_wave(tmp_path: Path) -> None:
    rows = wave("STAR")
    also = [
        {"lookup_id": row["lookup_id"], "subject_kind": "person", "subject_id": "WANTED"}
        for row in rows
    ]
    result = screened(
        tmp_path,
        {**FORCE, "lookups": [*QUIET, *rows], "lookup_subjects": also, **ALERT},
        "celebrity",
    )
    assert set(result.found("celebrity")) == {row["lookup_id"] for row in rows}
