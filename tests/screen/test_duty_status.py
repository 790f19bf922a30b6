from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.support.screen import lookup, posting, screened


def duty(kind: str, start: str, end: str, officer: str = "O1") -> dict[str, Any]:
    return {"officer_id": officer, "start": start, "end": end, "kind": kind}


def test_duty_status_is_what_the_roster_says_at_that_time(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "lookups": [
                lookup("before", "2026-03-01T07:59"),
                lookup("start", "2026-03-01T08:00"),
                lookup("desk", "2026-03-01T12:00"),
                lookup("gap", "2026-03-01T17:00"),
                lookup("leave", "2026-03-02T12:00"),
                lookup("other-officer", "2026-03-01T12:00", officer="O2"),
            ],
            "duties": [
                duty("patrol", "2026-03-01T08:00", "2026-03-01T12:00"),
                duty("desk", "2026-03-01T12:00", "2026-03-01T16:00"),
                duty("leave", "2026-03-02T00:00", "2026-03-03T00:00"),
                duty("patrol", "2026-03-02T08:00", "2026-03-02T16:00"),
            ],
        },
        "off_duty",
    )
    assert result.status == {
        "before": "unknown",
        "start": "patrol",
        "desk": "desk",
        "gap": "unknown",
        "leave": "leave",
        "other-officer": "unknown",
    }
    assert list(result.found("off_duty")) == ["leave"]


def test_the_first_and_last_hour_off_duty_are_overtime(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "lookups": [
                lookup("report-after-shift", "2026-03-01T16:30"),
                lookup("evening", "2026-03-01T20:00"),
                lookup("early-for-shift", "2026-03-02T07:30"),
            ],
            "duties": [
                duty("patrol", "2026-03-01T08:00", "2026-03-01T16:00"),
                duty("off", "2026-03-01T16:00", "2026-03-02T08:00"),
            ],
        },
        "off_duty",
    )
    found = result.found("off_duty")
    assert list(found) == ["evening"]
    assert (found["evening"]["measure"], found["evening"]["detail"]) == (4.0, "off")
    assert found["evening"]["record_table"] == "duties"


def test_a_secondment_interrupts_a_posting_that_goes_on_after(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "lookups": [
                lookup("before", "2026-01-15T10:00"),
                lookup("seconded", "2026-02-15T10:00"),
                lookup("back", "2026-03-15T10:00"),
                lookup("gone", "2026-06-15T10:00"),
            ],
            "units": [
                {"unit_id": "U1", "district": "north"},
                {"unit_id": "U2", "district": "south"},
            ],
            "postings": [
                posting("O1", "U1", end="2026-06-01"),
                posting("O1", "U2", start="2026-02-01", end="2026-03-01", role="detective"),
            ],
        },
        "batch",
    )
    rows = result.screening.lookups.to_pyarrow().to_pylist()
    assert {r["lookup_id"]: (r["role"], r["district"]) for r in rows} == {
        "before": ("patrol", "north"),
        "seconded": ("detective", "south"),
        "back": ("patrol", "north"),
        "gone": ("", ""),
    }
