from __future__ import annotations

from pathlib import Path

from tests.support.screen import lookup, screened


def test_only_the_latest_review_counts(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "lookups": [
                lookup(name, "2026-03-02T10:00")
                for name in ("proper", "overturned", "cleared", "negligent", "open")
            ],
            "reviews": [
                {"lookup_id": "proper", "decision": "proper", "at": "2026-04-01"},
                {"lookup_id": "overturned", "decision": "proper", "at": "2026-04-01"},
                {"lookup_id": "overturned", "decision": "improper", "at": "2026-05-01"},
                {"lookup_id": "cleared", "decision": "undetermined", "at": "2026-04-01"},
                {"lookup_id": "cleared", "decision": "proper", "at": "2026-05-01"},
                {"lookup_id": "negligent", "decision": "negligent", "at": "2026-04-01"},
            ],
        },
        "reviewed_proper",
    )
    assert sorted(result.records("reviewed_proper")) == ["cleared", "proper"]
