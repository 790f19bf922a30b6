"""Persons to be visited, and by whom."""

from __future__ import annotations

from pathlib import Path

from tests.support.screen import lookup, posting, screened


def test_a_person_to_be_visited_every_month(tmp_path: Path) -> None:
    months = [f"2026-{m:02}-10T10:00" for m in range(1, 6)]
    result = screened(
        tmp_path,
        {
            "officers": [{"officer_id": o} for o in ("O1", "O2", "O3")],
            "units": [{"unit_id": "U1"}, {"unit_id": "U2"}],
            "postings": [posting("O1", "U1"), posting("O2", "U1"), posting("O3", "U2")],
            "lookups": [
                *(lookup(f"visit-{i}", at) for i, at in enumerate(months)),
                *(lookup(f"daily-{d}", f"2026-06-{d:02}T10:00") for d in range(1, 8)),
                lookup("struck-off", "2026-08-10T10:00"),
                lookup("colleague", "2026-01-10T10:00", officer="O2"),
                lookup("by-the-unit", "2026-01-10T10:00", "person:P2", officer="O2"),
                lookup("other-unit", "2026-01-10T10:00", "person:P2", officer="O3"),
            ],
            "visit_register": [
                {
                    "subject_kind": "person",
                    "subject_id": "P1",
                    "officer_id": "O1",
                    "start": "2026-01-01",
                    "end": "2026-07-01",
                },
                {"subject_kind": "person", "subject_id": "P2", "unit_id": "U1"},
            ],
        },
        "visit_register",
        "repeated",
    )
    levels = {name: level for name, (level, _) in result.levels.items()}
    assert {levels[f"visit-{i}"] for i in range(5)} == {"full"}
    assert {levels[f"daily-{d}"] for d in range(1, 8)} == {"partial"}
    assert levels["by-the-unit"] == "partial"
    assert {levels[n] for n in ("struck-off", "colleague", "other-unit")} == {"none"}
    assert result.found("repeated") == {}


def test_the_same_rhythm_without_a_register_is_a_repeat(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {"lookups": [lookup(f"L{m}", f"2026-{m:02}-10T10:00") for m in range(1, 6)]},
        "visit_register",
        "repeated",
    )
    assert len(result.found("repeated")) == 5
    assert result.not_run == {"visit_register": ("visit_register",)}
