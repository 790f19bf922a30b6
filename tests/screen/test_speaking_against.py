"""Context that is more common in proper use."""

from __future__ import annotations

from pathlib import Path

from tests.support.screen import case, involves, lookup, posting, screened


def test_a_plate_on_patrol(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "lookups": [
                lookup("plate", "2026-03-02T09:00", "vehicle:AAA-1"),
                lookup("person", "2026-03-02T09:00"),
                lookup("plate-at-desk", "2026-03-02T13:00", "vehicle:AAA-1"),
            ],
            "duties": [
                {
                    "officer_id": "O1",
                    "start": "2026-03-02T08:00",
                    "end": "2026-03-02T12:00",
                    "kind": "patrol",
                },
                {
                    "officer_id": "O1",
                    "start": "2026-03-02T12:00",
                    "end": "2026-03-02T16:00",
                    "kind": "desk",
                },
            ],
        },
        "patrol_plate",
    )
    assert list(result.found("patrol_plate")) == ["plate"]


def test_cases_near_speak_for_work_without_explaining(tmp_path: Path) -> None:
    shift = {"start": "2026-03-02T08:00", "end": "2026-03-02T16:00", "duty_id": "D1"}
    result = screened(
        tmp_path,
        {
            "officers": [{"officer_id": o} for o in ("O1", "O2", "O3")],
            "lookups": [
                lookup("unit-closed-case", "2026-03-02T10:00", "person:P1"),
                lookup("partners-case", "2026-03-02T10:00", "person:P2"),
                lookup("opened-later", "2026-03-02T10:00", "person:P3"),
                lookup("opened-much-later", "2026-03-02T10:00", "person:P4"),
                lookup("no-partner", "2026-03-02T18:00", "person:P2"),
                lookup("explained", "2026-03-25T10:00", "person:P3"),
            ],
            "units": [{"unit_id": "U1"}, {"unit_id": "U2"}],
            "postings": [posting("O1", "U1"), posting("O2", "U2")],
            "duties": [
                {"officer_id": "O1", "kind": "patrol", **shift},
                {"officer_id": "O2", "kind": "patrol", **shift},
            ],
            "cases": [
                case("C1", "2025-12-01", "2026-01-15", unit_id="U1"),
                case("C2", "2026-03-01", unit_id="U2"),
                case("C3", "2026-03-20", unit_id="U2"),
                case("C4", "2026-08-01", unit_id="U1"),
            ],
            "case_officers": [
                {"case_id": "C2", "officer_id": "O2"},
                {"case_id": "C3", "officer_id": "O1"},
            ],
            "case_subjects": [involves(f"C{n}", f"person:P{n}") for n in range(1, 5)],
        },
        "own_case",
        "unit_case_near",
    )
    found = result.found("unit_case_near")
    assert {n: (r["detail"], r["record_row_id"]) for n, r in found.items()} == {
        "unit-closed-case": ("unit", "C1"),
        "partners-case": ("partner", "C2"),
        "opened-later": ("own", "C3"),
    }


def test_colleagues_on_the_same_person_that_day(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "lookups": [
                lookup("by-name", "2026-03-02T10:00"),
                lookup("by-plate", "2026-03-02T23:00", "vehicle:AAA-1", officer="O2"),
                lookup("next-day", "2026-03-03T10:00"),
                lookup("other-unit", "2026-03-02T10:00", officer="O3"),
                lookup("alone-twice", "2026-03-02T10:00", "person:P2"),
                lookup("alone-again", "2026-03-02T11:00", "person:P2"),
            ],
            "units": [{"unit_id": "U1"}, {"unit_id": "U2"}],
            "postings": [posting("O1", "U1"), posting("O2", "U1"), posting("O3", "U2")],
            "vehicle_owners": [{"vehicle_id": "AAA-1", "person_id": "P1"}],
        },
        "colleagues_same_day",
    )
    found = result.found("colleagues_same_day")
    assert {n: r["measure"] for n, r in found.items()} == {"by-name": 1.0, "by-plate": 1.0}


def test_a_self_report_names_the_lookup_or_the_days_before(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "lookups": [
                lookup("named", "2026-01-02T10:00"),
                lookup("second-plate", "2026-01-02T10:02", "vehicle:AAA-1"),
                lookup("that-evening", "2026-01-02T20:00", "vehicle:AAA-1"),
                lookup("day-before", "2026-03-01T10:00"),
                lookup("week-before", "2026-02-20T10:00"),
                lookup("after", "2026-03-02T11:00"),
                lookup("colleague", "2026-03-01T10:00", officer="O2"),
                lookup("told-by-another", "2026-01-05T10:00", officer="O2"),
            ],
            "self_reports": [
                {"officer_id": "O1", "at": "2026-03-02T10:00", "lookup_id": "told-by-another"},
                {"officer_id": "O1", "at": "2026-03-02T10:00"},
                {"officer_id": "O1", "at": "2026-03-02T10:00", "lookup_id": "named"},
            ],
        },
        "self_report",
    )
    found = result.found("self_report")
    assert {n: r["detail"] for n, r in found.items()} == {
        "named": "named",
        "second-plate": "beside",
        "day-before": "before",
    }
    assert found["named"]["record_table"] == "self_reports"


def test_a_declared_programme_of_the_unit_or_the_one_above(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "lookups": [
                lookup("station", "2026-03-02T10:00"),
                lookup("over", "2026-03-12T10:00"),
                lookup("other-precinct", "2026-03-02T10:00", officer="O2"),
                lookup("in-his-log", "2026-05-02T10:00", officer="O2"),
            ],
            "units": [
                {"unit_id": "U1", "parent_unit_id": "P1"},
                {"unit_id": "P1"},
                {"unit_id": "U2"},
            ],
            "postings": [posting("O1", "U1"), posting("O2", "U2")],
            "cases": [
                case("PROGRAMME", "2026-03-01", "2026-03-08", kind="programme", unit_id="P1")
            ],
            "work_records": [
                {
                    "record_id": "W1",
                    "at": "2026-05-02T09:00",
                    "officer_id": "O2",
                    "kind": "專案",
                }
            ],
        },
        "declared_programme",
    )
    found = result.found("declared_programme")
    assert {n: (r["record_table"], r["record_row_id"]) for n, r in found.items()} == {
        "station": ("cases", "PROGRAMME"),
        "in-his-log": ("work_records", "W1"),
    }
