from __future__ import annotations

from pathlib import Path

from tests.support.screen import lookup, screened


def test_a_work_record_of_the_day_that_names_the_subject_explains(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "lookups": [
                lookup("named", "2026-03-02T10:00"),
                lookup("plate-of-the-named", "2026-03-02T10:00", "vehicle:AAA-1"),
                lookup("days-later", "2026-03-05T10:00"),
                lookup("not-named", "2026-03-02T10:00", "person:P9"),
                lookup("colleague", "2026-03-02T10:00", officer="O2"),
            ],
            "work_records": [
                {
                    "record_id": "W1",
                    "at": "2026-03-02T12:00",
                    "officer_id": "O1",
                    "kind": "reception",
                    "subject_kind": "person",
                    "subject_id": "P1",
                },
                {
                    "record_id": "W2",
                    "at": "2026-03-02T12:00",
                    "officer_id": "O2",
                    "kind": "work_log",
                },
            ],
            "vehicle_owners": [{"vehicle_id": "AAA-1", "person_id": "P1"}],
        },
        "work_record",
    )
    assert result.records("work_record") == {
        "named": ("full", "work_records", "W1"),
        "plate-of-the-named": ("full", "work_records", "W1"),
    }
