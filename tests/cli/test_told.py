"""Traces as lines: whoever else may have asked, the account's holder is among those named."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from linkgraph.cli.told import trace_lines

NOBODY: Any = SimpleNamespace(names=lambda *_, **__: {})


def asker(officer: str) -> dict[str, Any]:
    return {"officer_id": officer, "text": None, "for": [], "against": []}


def traced(*askers: str) -> list[str]:
    item = {
        "rank": 1,
        "at": "2024-05-01T14:20:00+08:00",
        "officer_id": "O9",
        "subject": {"kind": "person", "id": "P1"},
        "lookup_id": "L1",
        "reasons": [],
        "purpose": None,
        "may_have_asked": [asker(id_) for id_ in askers],
    }
    return list(trace_lines(NOBODY, [item], "en", private=False))


def test_the_holder_is_named_however_many_stand_before_him() -> None:
    lines = traced("O1", "O2", "O3", "O4", "O9")
    assert [line.strip() for line in lines if "may have asked" in line] == [
        "may have asked: O1",
        "may have asked: O2",
        "may have asked: O3",
        "may have asked: O9",
    ]
    assert lines[-1].strip() == "at least 1 more cannot be ruled out"


def test_nothing_is_said_of_others_where_all_are_named() -> None:
    assert "ruled out" not in " ".join(traced("O9", "O1"))
