"""Answers as rows of `reviews`: those that the ledger does not hold, timed so that they count."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from linkgraph.audit.answers import Answer

if TYPE_CHECKING:
    from linkgraph.ledger import Ledger

COLUMNS = (
    "lookup_id",
    "decision",
    "selected_by",
    "reviewer",
    "at",
    "note",
    "audit_plan",
    "audit_file",
    "audit_sheet",
    "audit_row",
)
"""Columns of the rows; the last four say where an answer came from and are kept by the ledger."""


def fresh(found: Sequence[Answer], ledger: Ledger) -> list[tuple[Answer, datetime]]:
    """The answers that the ledger does not hold, by look-up, each with the time of its review.

    An answer counts from the first moment of its day; one that differs from another of the same
    day comes a minute after it, so that the later import holds.  The same answer of the same
    day is held, whatever came after it.
    """
    zone = ZoneInfo(ledger.timezone)
    held = _held(ledger, [answer.lookup_id for answer in found])
    made = []
    for answer in sorted(found, key=lambda one: one.lookup_id):
        day = datetime(answer.day.year, answer.day.month, answer.day.day, tzinfo=zone)
        same_day = [
            row
            for row in held.get(answer.lookup_id, [])
            if row["at"] is not None and _moment(row["at"]).astimezone(zone).date() == answer.day
        ]
        if any(_says(row) == _facts(answer) for row in same_day):
            continue
        last = [_moment(row["at"]) + timedelta(minutes=1) for row in same_day]
        made.append((answer, max([day, *last]).astimezone(zone)))
    return made


def as_csv(rows: Sequence[tuple[Answer, datetime]]) -> bytes:
    """The file that the ledger loads: one row per answer, in UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for answer, at in rows:
        origin = (answer.plan, answer.file, answer.sheet, answer.row)
        writer.writerow(
            (answer.lookup_id, *_facts(answer)[:3], at.isoformat(), answer.note, *origin)
        )
    return text.getvalue().encode("utf-8", "backslashreplace")


def _facts(answer: Answer) -> tuple[str, str, str, str]:
    return answer.decision, answer.selected_by, answer.reviewer, answer.note


def _says(row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(row[name] or "" for name in ("decision", "selected_by", "reviewer", "note"))


def _held(ledger: Ledger, lookup_ids: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    table = ledger.table("reviews")
    table = table.filter(table.lookup_id.isin(sorted(set(lookup_ids))))
    rows = table.select("lookup_id", "decision", "selected_by", "reviewer", "note", "at")
    held: dict[str, list[dict[str, Any]]] = {}
    for row in rows.to_pyarrow().to_pylist():
        held.setdefault(row["lookup_id"], []).append(row)
    return held


def _moment(at: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at)
