"""Small forces and inquiries for the tests of leads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from linkgraph.inquiries.inquiry import Inquiry
from linkgraph.model.tables import OPEN_END, OPEN_START
from tests.support.screen import lookup

START = 1_704_038_400_000_000
"""2024-01-01 in Taipei."""
END = START + 366 * 24 * 3_600_000_000


def inquiry(**more: Any) -> Inquiry:
    """All officers, all ties, the year 2024."""
    given: dict[str, Any] = {
        "id": "Q1",
        "opened_by": "A",
        "authorised_by": "B",
        "ground": "ground",
        "document": "1",
        "officers": (),
        "all_officers": True,
        "units": (),
        "start": START,
        "end": END,
        "ties": ("all",),
        "k": 2,
        "until": END * 2,
        "opened_at": END,
    }
    return Inquiry(**(given | more))


def hit_row(
    officer: str,
    person: str,
    *,
    anchor: tuple[str, str] = ("person", "F1"),
    requester: str | None = None,
    direct: bool = False,
    distance: int = 2,
    start: int = OPEN_START,
    end: int = OPEN_END,
    tie_end: int | None = None,
    size: int = 6,
    searched: int = 3,
    path: Sequence[str] | None = None,
) -> dict[str, Any]:
    """One hit row as the graph gives it."""
    way = [f"officer:{officer}", "IS:i", f"person:me-{officer}", "TIE:t", ":".join(anchor)]
    if person != anchor[1]:
        way += ["TIE:u", f"person:{person}"]
    return {
        "officer_id": officer,
        "requester_id": requester,
        "anchor_kind": anchor[0],
        "anchor_id": anchor[1],
        "person_id": person,
        "direct": direct,
        "distance": distance,
        "start": start,
        "end": end,
        "tie_end": end if tie_end is None else tie_end,
        "size": size,
        "searched": searched,
        "path": list(path or way),
    }


def hits(**rows: Sequence[dict[str, Any]]) -> dict[str, pd.DataFrame]:
    """Hit frames by analysis."""
    return {id_: pd.DataFrame(list(found)) for id_, found in rows.items()}


def routine(officers: int = 20, each: int = 15) -> list[dict[str, Any]]:
    """Ordinary look-ups: every officer looks up his own strangers, and one that all share."""
    rows = []
    for o in range(officers):
        for i in range(each):
            day = f"2024-{1 + i % 12:02}-{1 + o % 28:02}T{8 + i % 12:02}:00:00"
            rows.append(lookup(f"R{o:02}-{i:02}", day, f"person:S{o:02}-{i:02}", f"O{o:02}"))
        rows.append(lookup(f"R{o:02}-X", "2024-02-02T10:00:00", "person:LOCAL", f"O{o:02}"))
    return rows
