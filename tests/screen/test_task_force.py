"""Cases that belong to an operation, and its members."""

from __future__ import annotations

from pathlib import Path

from tests.support.screen import case, involves, lookup, screened


def test_members_are_explained_by_every_case_of_their_task_force(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "officers": [{"officer_id": o} for o in ("O1", "O2")],
            "lookups": [
                lookup("member", "2026-03-05T10:00", "person:P1"),
                lookup("not-yet-member", "2026-02-20T10:00", "person:P1"),
                lookup("no-member", "2026-03-05T10:00", "person:P1", officer="O2"),
                lookup("case-of-its-own", "2026-03-05T10:00", "person:P2"),
                lookup("nobody-of-it", "2026-03-05T10:00", "person:P9"),
            ],
            "cases": [
                case("T", "2026-02-01", kind="task_force"),
                case("C1", "2026-02-10", part_of="T"),
                case("C2", "2026-02-10"),
            ],
            "case_officers": [{"case_id": "T", "officer_id": "O1", "start": "2026-03-01"}],
            "case_subjects": [involves("C1", "person:P1"), involves("C2", "person:P2")],
        },
        "task_force",
    )
    assert result.records("task_force") == {"member": ("full", "cases", "C1")}


def test_without_operations_on_record_it_is_not_run(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "lookups": [lookup("L1", "2026-03-05T10:00")],
            "cases": [case("C1", "2026-02-10")],
            "case_officers": [{"case_id": "C1", "officer_id": "O1"}],
            "case_subjects": [involves("C1", "person:P1")],
        },
        "task_force",
    )
    assert result.not_run == {"task_force": ("cases.part_of",)}
