"""A small force with a month of look-ups, planned and audited as a clerk would."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from linkgraph import api
from linkgraph.audit.workbook import AT, REVIEWER
from tests.support.ledger import write_tables

MONTH = "2024-05"
HOSTILE = ('=HYPERLINK("http://x","y")', "+cmd|' /C calc'!A0", "@SUM(1+1)", "-2+3", "\x07bell")


def force() -> dict[str, list[dict[str, Any]]]:
    """Two stations of 120 and 60 look-ups, a desk of 2, and one look-up by nobody's unit."""
    officers = {"O1": "U1", "O2": "U2", "O3": "U3", "O4": ""}
    numbers = {"O1": 120, "O2": 60, "O3": 2, "O4": 1}
    lookups = []
    for officer, many in numbers.items():
        for n in range(many):
            row = {
                "lookup_id": f"{officer}-{n:03d}",
                "at": f"2024-05-{n % 28 + 1:02d}T{n // 28 + 8:02d}:00:00",
                "officer_id": officer,
                "system": "person",
                "subject_kind": "person",
                "subject_id": f"P{n:03d}",
                "purpose": HOSTILE[n] if officer == "O1" and n < len(HOSTILE) else f"theft {n}",
            }
            if n % 10 == 5:
                row |= {"purpose": "公務查詢"}
            if n % 20 == 7:
                row |= {"requester_text": "=Nobody()", "channel": "internal_line"}
            lookups.append(row)
    return {
        "units": [{"unit_id": u, "name": f"Station & {u}"} for u in ("U1", "U2", "U3")],
        "officers": [{"officer_id": o, "name": f"=Name({o})"} for o in officers],
        "postings": [
            {"officer_id": o, "unit_id": u, "role": "patrol", "start": "2024-01-01"}
            for o, u in officers.items()
            if u
        ],
        "lookups": lookups,
    }


def workspace(folder: Path) -> api.Workspace:
    """The force, loaded."""
    made = api.create(folder / "w")
    made.load(write_tables(folder / "files", force()))
    return made


def fill(
    path: Path, *, decision: str = "proper", decisions: dict[str, str] | None = None, **facts: str
) -> Path:
    """Decide every look-up of a workbook in place, some by their id; None leaves one open."""
    book = load_workbook(path)
    guide = book.worksheets[0]
    guide[REVIEWER], guide[AT] = facts.get("reviewer", "Lin"), facts.get("at", today())
    for sheet in book.worksheets[1:-1]:
        for row in range(2, sheet.max_row + 1):
            lookup_id = str(sheet.cell(row, 2).value)
            chosen = (decisions or {}).get(lookup_id, decision)
            sheet.cell(row, sheet.max_column - 1).value = chosen or None
    book.save(path)
    return path


def today() -> str:
    """The day on which the audit is made, in the workspace's zone."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    return f"{datetime.now(ZoneInfo('Asia/Taipei')):%Y-%m-%d}"
