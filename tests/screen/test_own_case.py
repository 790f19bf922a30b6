from __future__ import annotations

from pathlib import Path

from tests.support.screen import case, involves, lookup, screened


def test_a_lookup_in_an_own_case_is_explained_by_it(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "lookups": [
                lookup("by-name", "2026-03-02T10:00"),
                lookup("by-plate", "2026-03-02T10:05", "vehicle:AAA-1"),
                lookup("owner", "2026-03-02T10:06", "person:P2"),
                lookup("stranger", "2026-03-02T10:07", "person:P9"),
                lookup("not-his-case", "2026-03-02T10:08", officer="O2"),
                lookup("before", "2026-02-01T10:00"),
                lookup("long-after", "2026-06-15T10:00"),
                lookup("former-plate", "2026-03-02T11:00", "vehicle:OLD-1"),
            ],
            "cases": [case("C1", "2026-03-01T08:00", "2026-04-01T08:00")],
            "case_officers": [{"case_id": "C1", "officer_id": "O1"}],
            "case_subjects": [involves("C1", "person:P1"), involves("C1", "vehicle:BBB-2")],
            "vehicle_owners": [
                {"vehicle_id": "AAA-1", "person_id": "P1", "start": "2020-01-01"},
                {
                    "vehicle_id": "OLD-1",
                    "person_id": "P1",
                    "start": "2019-01-01",
                    "end": "2025-01-01",
                },
                {"vehicle_id": "BBB-2", "person_id": "P2", "start": "2020-01-01"},
            ],
        },
        "own_case",
    )
    assert result.records("own_case") == dict.fromkeys(
        ("by-name", "by-plate", "owner"), ("full", "cases", "C1")
    )
    assert result.levels["by-name"] == ("full", "own_case")
    assert result.levels["stranger"] == ("none", None)


def test_an_assignment_that_had_ended_explains_nothing(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "lookups": [lookup("then", "2026-03-02T10:00"), lookup("later", "2026-03-20T10:00")],
            "cases": [case("C1", "2026-03-01T08:00")],
            "case_officers": [
                {"case_id": "C1", "officer_id": "O1", "start": "2026-03-01", "end": "2026-03-10"}
            ],
            "case_subjects": [involves("C1", "person:P1")],
        },
        "own_case",
    )
    assert list(result.records("own_case")) == ["then"]
