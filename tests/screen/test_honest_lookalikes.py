"""Context that speaks for work where a friend, a relative or a round is what it looks like."""

from __future__ import annotations

from pathlib import Path

from tests.support.screen import case, involves, lookup, posting, screened


def test_a_friend_who_is_party_to_a_case_of_another_unit(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "units": [{"unit_id": "U1"}, {"unit_id": "U2"}],
            "postings": [posting("O1", "U1")],
            "lookups": [
                lookup("suspect", "2026-03-05T10:00", "person:P1"),
                lookup("his-car", "2026-03-05T10:00", "vehicle:AAA-1"),
                lookup("own-unit", "2026-03-05T10:00", "person:P2"),
                lookup("open-for-months", "2026-03-05T10:00", "person:P3"),
                lookup("opened-days-later", "2026-03-05T10:00", "person:P4"),
                lookup("in-no-case", "2026-03-05T10:00", "person:P5"),
            ],
            "cases": [
                case("C1", "2026-03-01", unit_id="U2"),
                case("C2", "2026-03-01", unit_id="U1"),
                case("C3", "2025-09-01", unit_id="U2"),
                case("C4", "2026-03-07", unit_id="U2"),
            ],
            "case_subjects": [involves(f"C{i}", f"person:P{i}") for i in (1, 2, 3, 4)],
            "vehicle_owners": [{"vehicle_id": "AAA-1", "person_id": "P1"}],
        },
        "case_elsewhere",
    )
    found = result.found("case_elsewhere")
    assert {n: r["record_row_id"] for n, r in found.items()} == {
        "suspect": "C1",
        "his-car": "C1",
        "opened-days-later": "C4",
    }


def test_what_is_reported_stolen_wanted_or_missing(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "lookups": [
                lookup("wanted", "2026-03-05T10:00", "person:P1"),
                lookup("car-of-the-wanted", "2026-03-05T10:00", "vehicle:AAA-1"),
                lookup("sold-since", "2026-03-09T10:00", "vehicle:AAA-1"),
                lookup("no-more", "2026-04-05T10:00", "person:P1"),
                lookup("nobody-asks", "2026-03-05T10:00", "person:P2"),
            ],
            "alerts": [
                {
                    "subject_kind": "person",
                    "subject_id": "P1",
                    "kind": "wanted",
                    "start": "2026-03-01",
                    "end": "2026-04-01",
                }
            ],
            "vehicle_owners": [{"vehicle_id": "AAA-1", "person_id": "P1", "end": "2026-03-08"}],
        },
        "alerted",
    )
    found = result.found("alerted")
    assert {n: r["detail"] for n, r in found.items()} == {
        "wanted": "wanted",
        "car-of-the-wanted": "wanted",
    }


def test_an_own_case_within_days_of_the_look_up(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "officers": [{"officer_id": o} for o in ("O1", "O2")],
            "lookups": [
                lookup("before-it", "2026-03-05T10:00"),
                lookup("long-before", "2026-01-05T10:00"),
                lookup("colleague", "2026-03-05T10:00", officer="O2"),
                lookup("another-person", "2026-03-05T10:00", "person:P2"),
            ],
            "cases": [case("C1", "2026-03-15T10:00")],
            "case_officers": [{"case_id": "C1", "officer_id": "O1"}],
            "case_subjects": [involves("C1", "person:P1")],
        },
        "own_case_later",
        "own_case",
    )
    found = result.found("own_case_later")
    assert {n: (r["measure"], r["record_row_id"]) for n, r in found.items()} == {
        "before-it": (10.0, "C1")
    }


def test_a_notice_of_a_conflict_of_interest(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "officers": [{"officer_id": o} for o in ("O1", "O2")],
            "lookups": [
                lookup("after-notice", "2026-03-05T10:00", "person:P1"),
                lookup("told-days-later", "2026-02-27T10:00", "person:P1"),
                lookup("told-too-late", "2026-01-05T10:00", "person:P1"),
                lookup("of-the-case", "2026-03-05T10:00", "person:P2"),
                lookup("colleague", "2026-03-05T10:00", "person:P1", officer="O2"),
                lookup("another-person", "2026-03-05T10:00", "person:P3"),
            ],
            "cases": [case("C1", "2026-03-01")],
            "case_subjects": [involves("C1", "person:P2")],
            "conflict_notices": [
                {
                    "officer_id": "O1",
                    "at": "2026-03-02",
                    "subject_kind": "person",
                    "subject_id": "P1",
                },
                {"officer_id": "O1", "at": "2026-03-02", "case_id": "C1"},
            ],
        },
        "conflict_notice",
    )
    found = result.found("conflict_notice")
    assert {n: r["detail"] for n, r in found.items()} == {
        "after-notice": "subject",
        "told-days-later": "subject",
        "of-the-case": "case",
    }


def test_a_round_of_visits_is_even_and_private_interest_is_not(tmp_path: Path) -> None:
    months = [f"2026-0{m}-1{m}T10:00" for m in range(1, 6)]
    uneven = ["2026-01-03", "2026-01-05", "2026-02-20", "2026-05-01"]
    days_off = [f"2026-0{m}-20" for m in range(1, 5)]
    result = screened(
        tmp_path,
        {
            "units": [{"unit_id": "U1"}],
            "postings": [posting("O1", "U1")],
            "lookups": [
                *(lookup(f"round-{i}", at, "person:P1") for i, at in enumerate(months)),
                *(lookup(f"uneven-{i}", f"{d}T10:00", "person:P2") for i, d in enumerate(uneven)),
                *(lookup(f"away-{i}", f"{d}T10:00", "person:P3") for i, d in enumerate(days_off)),
                lookup("once", "2026-01-03T10:00", "person:P4"),
                lookup("registered", "2026-01-03T10:00", "person:P5"),
            ],
            "duties": [
                {"officer_id": "O1", "start": f"{d}T00:00", "end": f"{d}T23:00", "kind": "off"}
                for d in days_off
            ],
            "visit_register": [{"subject_kind": "person", "subject_id": "P5", "unit_id": "U1"}],
        },
        "regular_visit",
    )
    assert sorted(result.found("regular_visit")) == [
        "registered",
        *(f"round-{i}" for i in range(5)),
    ]


def test_members_of_an_operation_are_on_it_wherever_they_are_posted(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "officers": [{"officer_id": o} for o in ("O1", "O2")],
            "units": [{"unit_id": "U1"}, {"unit_id": "U2"}],
            "postings": [posting("O1", "U1"), posting("O2", "U1")],
            "lookups": [
                lookup("member", "2026-03-05T10:00"),
                lookup("no-member", "2026-03-05T10:00", officer="O2"),
                lookup("before-joining", "2026-02-05T10:00"),
            ],
            "cases": [case("T", "2026-01-01", kind="task_force", unit_id="U2")],
            "case_officers": [{"case_id": "T", "officer_id": "O1", "start": "2026-03-01"}],
        },
        "declared_programme",
    )
    assert list(result.found("declared_programme")) == ["member"]
