from __future__ import annotations

from pathlib import Path

from tests.support.screen import lookup, posting, screened


def test_a_complaint_names_who_may_have_asked(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "officers": [{"officer_id": "O1"}, {"officer_id": "X"}, {"officer_id": "FAR"}],
            "lookups": [
                lookup("plate", "2026-03-02T10:00", "vehicle:AAA-1"),
                lookup("driver", "2026-03-02T10:05", "person:P1"),
                lookup("far-away", "2026-03-02T10:00", "vehicle:AAA-1", officer="FAR"),
                lookup("by-x-himself", "2026-03-02T10:00", "vehicle:AAA-1", officer="X"),
                lookup("too-long-ago", "2025-12-02T10:00", "vehicle:AAA-1"),
                lookup("after-it", "2026-03-05T10:00", "vehicle:AAA-1"),
                lookup("stranger", "2026-03-02T10:00", "vehicle:ZZZ-9"),
            ],
            "units": [{"unit_id": "U1"}, {"unit_id": "U2"}],
            "postings": [posting("O1", "U1"), posting("X", "U1"), posting("FAR", "U2")],
            "vehicle_owners": [{"vehicle_id": "AAA-1", "person_id": "P1"}],
            "complaints": [
                {
                    "complaint_id": "K1",
                    "at": "2026-03-04T10:00",
                    "complainant_id": "P1",
                    "officer_id": "X",
                    "kind": "threat",
                }
            ],
        },
        "complaint_after",
    )
    found = result.found("complaint_after")
    assert {n: (r["detail"], r["requester_id"]) for n, r in found.items()} == {
        "plate": ("unit_mate", "X"),
        "driver": ("unit_mate", "X"),
        "far-away": ("other_unit", None),
        "by-x-himself": ("holder", None),
    }
    plate = found["plate"]
    assert (plate["measure"], plate["record_table"], plate["record_row_id"]) == (
        48.0,
        "complaints",
        "K1",
    )


def test_a_former_owners_complaint_is_not_about_the_plate(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "lookups": [lookup("plate", "2026-03-02T10:00", "vehicle:AAA-1")],
            "vehicle_owners": [
                {"vehicle_id": "AAA-1", "person_id": "P1", "end": "2026-01-01"},
                {"vehicle_id": "AAA-1", "person_id": "P2", "start": "2026-01-01"},
            ],
            "complaints": [
                {"complaint_id": "K1", "at": "2026-03-04T10:00", "complainant_id": "P1"},
                {"complaint_id": "K2", "at": "2026-03-14T10:00", "complainant_id": "P2"},
            ],
        },
        "complaint_after",
    )
    assert result.found("complaint_after")["plate"]["record_row_id"] == "K2"
