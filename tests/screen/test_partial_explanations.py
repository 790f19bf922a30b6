"""Duties and responsibilities that account for looking up, not for whom."""

from __future__ import annotations

from pathlib import Path

from tests.support.screen import case, involves, lookup, posting, screened

PATROL = {
    "officer_id": "O1",
    "start": "2026-03-02T08:00",
    "end": "2026-03-02T16:00",
    "kind": "patrol",
}


def test_a_patrol_explains_plates_in_part(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "lookups": [
                lookup("plate", "2026-03-02T10:00", "vehicle:AAA-1"),
                lookup("person", "2026-03-02T10:00", "person:P1"),
                lookup("after-hours", "2026-03-02T18:00", "vehicle:AAA-1"),
            ],
            "duties": [PATROL],
        },
        "declared_duty",
    )
    assert result.levels == {
        "plate": ("partial", "declared_duty"),
        "person": ("none", None),
        "after-hours": ("none", None),
    }


def test_the_same_plate_patrol_after_patrol_is_still_a_repeat(tmp_path: Path) -> None:
    days = [f"2026-03-0{d}" for d in (2, 3, 4)]
    result = screened(
        tmp_path,
        {
            "lookups": [lookup(f"L{d}", f"{d}T10:00", "vehicle:AAA-1") for d in days],
            "duties": [{**PATROL, "start": f"{d}T08:00", "end": f"{d}T16:00"} for d in days],
        },
        "declared_duty",
        "repeated",
    )
    assert {level for level, _ in result.levels.values()} == {"partial"}
    assert len(result.found("repeated")) == 3


def test_an_offence_that_the_unit_is_responsible_for(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "officers": [{"officer_id": o} for o in ("O1", "O2")],
            "units": [{"unit_id": "FRAUD"}, {"unit_id": "TRAFFIC"}],
            "postings": [posting("O1", "FRAUD"), posting("O2", "TRAFFIC")],
            "unit_offences": [{"unit_id": "FRAUD", "offence": "詐欺"}],
            "lookups": [
                lookup("of-the-unit", "2026-03-05T10:00"),
                lookup("other-unit", "2026-03-05T10:00", officer="O2"),
                lookup("other-offence", "2026-03-05T10:00", "person:P2"),
                lookup("long-closed", "2026-03-05T10:00", "person:P3"),
            ],
            "cases": [
                case("C1", "2026-03-01", offence="詐欺 ", unit_id="STATION"),
                case("C2", "2026-03-01", offence="竊盜", unit_id="STATION"),
                case("C3", "2025-03-01", "2025-04-01", offence="詐欺", unit_id="STATION"),
            ],
            "case_subjects": [involves(f"C{i}", f"person:P{i}") for i in (1, 2, 3)],
        },
        "unit_offence",
    )
    assert result.records("unit_offence") == {"of-the-unit": ("partial", "cases", "C1")}
