"""Cases that reach the system after the look-up they account for."""

from __future__ import annotations

from pathlib import Path

from tests.support.screen import case, involves, lookup, screened


def test_a_case_begun_on_paper_explains_what_came_before_its_entry(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "lookups": [
                lookup("on-paper", "2026-03-05T10:00"),
                lookup("before-paper", "2026-03-01T10:00"),
                lookup("long-before", "2026-01-01T10:00"),
                lookup("once-entered", "2026-03-12T10:00"),
                lookup("colleague", "2026-03-05T10:00", officer="O2"),
                lookup("no-day-on-paper", "2026-03-05T10:00", "person:P2"),
                lookup("no-day-owner", "2026-03-05T10:00", "vehicle:AAA-1"),
            ],
            "cases": [
                case("C1", "2026-03-10", begun_at="2026-03-04"),
                case("C2", "2026-03-10"),
            ],
            "case_officers": [
                {"case_id": c, "officer_id": "O1", "start": "2026-03-10"} for c in ("C1", "C2")
            ],
            "case_subjects": [involves("C1", "person:P1"), involves("C2", "person:P2")],
            "vehicle_owners": [{"vehicle_id": "AAA-1", "person_id": "P2"}],
        },
        "late_case",
    )
    assert {name: found[0] for name, found in result.records("late_case").items()} == {
        "on-paper": "full",
        "before-paper": "partial",
        "no-day-on-paper": "partial",
        "no-day-owner": "partial",
    }
