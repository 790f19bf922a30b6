from __future__ import annotations

from pathlib import Path

from tests.support.screen import case, involves, lookup, screened


def test_a_cited_case_that_does_not_involve_the_subject(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "lookups": [
                lookup("slipped-in", "2026-03-02T10:00", "person:P9", case_id="C1"),
                lookup("in-the-case", "2026-03-02T10:00", "person:P1", case_id="C1"),
                lookup("his-plate", "2026-03-02T10:00", "vehicle:AAA-1", case_id="C1"),
                lookup("no-case", "2026-03-02T10:00", "person:P9"),
                lookup("case-of-others", "2026-03-02T10:00", "person:P9", case_id="UNKNOWN"),
                lookup("case-without-list", "2026-03-02T10:00", "person:P9", case_id="C2"),
            ],
            "cases": [case("C1", "2026-03-01"), case("C2", "2026-03-01")],
            "case_subjects": [involves("C1", "person:P1")],
            "vehicle_owners": [{"vehicle_id": "AAA-1", "person_id": "P1"}],
        },
        "case_mismatch",
    )
    found = result.found("case_mismatch")
    assert list(found) == ["slipped-in"]
    row = found["slipped-in"]
    assert (row["measure"], row["record_table"], row["record_row_id"]) == (1.0, "cases", "C1")
