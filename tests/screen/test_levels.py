from __future__ import annotations

from pathlib import Path

from tests.support.screen import case, involves, lookup, screened


def test_a_lookup_of_several_subjects_is_full_only_if_every_subject_is(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "lookups": [
                lookup("one-slipped-in", "2026-03-02T10:00"),
                lookup("both-in-the-case", "2026-03-02T10:01"),
                lookup("by-text", "2026-03-02T10:02", "query:", query_text="red car"),
            ],
            "lookup_subjects": [
                {"lookup_id": "one-slipped-in", "subject_kind": "person", "subject_id": "P9"},
                {"lookup_id": "both-in-the-case", "subject_kind": "person", "subject_id": "P2"},
            ],
            "cases": [case("C1", "2026-03-01")],
            "case_officers": [{"case_id": "C1", "officer_id": "O1"}],
            "case_subjects": [involves("C1", "person:P1"), involves("C1", "person:P2")],
        },
        "own_case",
    )
    assert result.levels == {
        "one-slipped-in": ("partial", "own_case"),
        "both-in-the-case": ("full", "own_case"),
        "by-text": ("none", None),
    }
    rows = result.screening.subjects_explained.to_pyarrow().to_pylist()
    assert sorted((r["lookup_key"], r["level"]) for r in rows) == [
        (0, "full"),
        (0, "none"),
        (1, "full"),
        (1, "full"),
        (2, "none"),
    ]
    assert [r["subject_key"] for r in rows if r["lookup_key"] == 2] == [None]


def test_a_review_explains_a_search_by_text_as_well(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "lookups": [lookup("by-text", "2026-03-02T10:02", "query:", query_text="red car")],
            "reviews": [{"lookup_id": "by-text", "decision": "proper"}],
        },
        "reviewed_proper",
    )
    assert result.levels["by-text"] == ("full", "reviewed_proper")
