"""Cited, event and unit cases."""

from __future__ import annotations

from pathlib import Path

from tests.support.screen import case, involves, lookup, posting, screened


def test_a_cited_case_explains_when_it_is_the_units_and_involves_the_subject(
    tmp_path: Path,
) -> None:
    result = screened(
        tmp_path,
        {
            "lookups": [
                lookup("cited", "2026-03-02T10:00", case_id="C1"),
                lookup("slipped-in", "2026-03-02T10:01", "person:P9", case_id="C1"),
                lookup("not-cited", "2026-03-02T10:02"),
                lookup("other-units-case", "2026-03-02T10:03", case_id="C2"),
                lookup("closed-long-ago", "2026-09-02T10:03", case_id="C1"),
            ],
            "units": [{"unit_id": "U1"}, {"unit_id": "U2"}],
            "postings": [posting("O1", "U1")],
            "cases": [
                case("C1", "2026-03-01T08:00", "2026-04-01", unit_id="U1"),
                case("C2", "2026-03-01T08:00", unit_id="U2"),
            ],
            "case_subjects": [involves("C1", "person:P1"), involves("C2", "person:P1")],
        },
        "cited_case",
    )
    assert result.records("cited_case") == {"cited": ("full", "cases", "C1")}


def test_a_stop_explains_from_two_hours_before_to_a_day_after(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "lookups": [
                lookup("too-early", "2026-03-02T09:59"),
                lookup("at-the-roadside", "2026-03-02T10:00"),
                lookup("plate", "2026-03-02T11:59", "vehicle:AAA-1"),
                lookup("report-next-day", "2026-03-03T12:29"),
                lookup("too-late", "2026-03-03T12:30"),
                lookup("bystander-officer", "2026-03-02T12:00", officer="O2"),
                lookup("investigation", "2026-03-02T12:00", "person:P2"),
            ],
            "cases": [
                case("S1", "2026-03-02T12:00", "2026-03-02T12:30", kind="stop"),
                case("I1", "2026-03-02T12:00"),
            ],
            "case_officers": [
                {"case_id": "S1", "officer_id": "O1"},
                {"case_id": "I1", "officer_id": "O1"},
            ],
            "case_subjects": [involves("S1", "person:P1"), involves("I1", "person:P2")],
            "vehicle_owners": [{"vehicle_id": "AAA-1", "person_id": "P1"}],
        },
        "event_case",
    )
    assert sorted(result.records("event_case")) == ["at-the-roadside", "plate", "report-next-day"]


def test_a_case_of_the_unit_is_a_partial_explanation(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "lookups": [
                lookup("unit", "2026-03-02T10:00"),
                lookup("transferred", "2026-05-02T10:00"),
                lookup("elsewhere", "2026-03-02T10:00", officer="O2"),
            ],
            "units": [{"unit_id": "U1"}, {"unit_id": "U2"}],
            "postings": [
                posting("O1", "U1", end="2026-04-01"),
                posting("O1", "U2", start="2026-04-01"),
                posting("O2", "U2"),
            ],
            "cases": [case("C1", "2026-03-01", unit_id="U1")],
            "case_subjects": [involves("C1", "person:P1")],
        },
        "unit_case",
    )
    assert result.records("unit_case") == {"unit": ("partial", "cases", "C1")}
    assert result.levels["unit"] == ("partial", "unit_case")


def test_full_beats_partial_and_the_own_case_is_named_first(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "lookups": [lookup("L1", "2026-03-02T10:00", case_id="C2")],
            "units": [{"unit_id": "U1"}],
            "postings": [posting("O1", "U1")],
            "cases": [
                case("C1", "2026-03-01", unit_id="U1"),
                case("C2", "2026-03-01", unit_id="U1"),
            ],
            "case_officers": [{"case_id": "C1", "officer_id": "O1"}],
            "case_subjects": [involves("C1", "person:P1"), involves("C2", "person:P1")],
        },
        "own_case",
        "cited_case",
        "unit_case",
    )
    assert result.levels["L1"] == ("full", "own_case")
    rows = result.screening.explanations.to_pyarrow().to_pylist()
    assert sorted(row["explanation_id"] for row in rows) == ["cited_case", "own_case", "unit_case"]
