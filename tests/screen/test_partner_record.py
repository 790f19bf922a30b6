"""What a partner wrote down of a duty that both served."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.support.screen import case, involves, lookup, screened

SHIFT = {"start": "2026-03-02T08:00", "end": "2026-03-02T16:00", "duty_id": "D1"}
DUTIES = [{"officer_id": o, "kind": "patrol", **SHIFT} for o in ("O1", "O2")]


def test_a_relative_met_in_a_stop_that_the_partner_recorded(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "officers": [{"officer_id": o} for o in ("O1", "O2", "O3")],
            "lookups": [
                lookup("first-named", "2026-03-02T10:00", "person:P1"),
                lookup("passenger", "2026-03-02T10:05", "person:P2"),
                lookup("his-car", "2026-03-02T10:06", "vehicle:AAA-1"),
                lookup("in-the-stop", "2026-03-02T14:05", "person:P3"),
                lookup("hours-later", "2026-03-02T15:00", "person:P2"),
                lookup("another-day", "2026-03-03T10:00", "person:P2"),
                lookup("nobody-named", "2026-03-02T10:05", "person:P9"),
                lookup("of-no-duty", "2026-03-02T10:05", "person:P2", officer="O3"),
            ],
            "duties": DUTIES,
            "work_records": [
                {
                    "record_id": "W1",
                    "at": "2026-03-02T10:10",
                    "officer_id": "O2",
                    "kind": "body_camera",
                    "subject_kind": "person",
                    "subject_id": "P1",
                }
            ],
            "work_record_subjects": [
                {"record_id": "W1", "subject_kind": "person", "subject_id": "P2"}
            ],
            "vehicle_owners": [{"vehicle_id": "AAA-1", "person_id": "P1"}],
            "cases": [case("C1", "2026-03-02T14:00", kind="stop")],
            "case_officers": [{"case_id": "C1", "officer_id": "O2"}],
            "case_subjects": [involves("C1", "person:P3")],
        },
        "partner_record",
    )
    assert result.records("partner_record") == {
        "first-named": ("full", "work_records", "W1"),
        "passenger": ("full", "work_records", "W1"),
        "his-car": ("full", "work_records", "W1"),
        "in-the-stop": ("full", "cases", "C1"),
    }


def test_an_assembly_is_no_partnership(tmp_path: Path) -> None:
    everyone: list[dict[str, Any]] = [
        {"officer_id": f"O{i}", "kind": "training", **SHIFT} for i in range(1, 12)
    ]
    result = screened(
        tmp_path,
        {
            "officers": [{"officer_id": f"O{i}"} for i in range(1, 12)],
            "lookups": [lookup("L1", "2026-03-02T10:00")],
            "duties": everyone,
            "work_records": [
                {
                    "record_id": "W1",
                    "at": "2026-03-02T10:10",
                    "officer_id": "O2",
                    "subject_kind": "person",
                    "subject_id": "P1",
                }
            ],
        },
        "partner_record",
    )
    assert result.levels["L1"] == ("none", None)
