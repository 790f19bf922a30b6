"""What a complaint or an officer's own report tells: when, of whom, and who is named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from linkgraph.errors import UsageError
from linkgraph.leads.pairs import memtable
from linkgraph.leads.records import text_or_none

if TYPE_CHECKING:
    from linkgraph.ledger import Ledger

DAY = 24 * 3_600_000_000
BESIDE = 15 * 60_000_000
"""Look-ups this close to the one reported belong to the same call: two plates, one report."""
LOOSE = 2 * DAY
"""A report that names no look-up is about those of the two days before it."""


@dataclass(frozen=True)
class Told:
    """What is told; all empty where a trace starts from the subject itself.

    `at` and `incident` in µs UTC.  `officer` is whom a complaint names; an officer who reports
    is not named by anyone.  `lookups` are the ids that a self-report is about, `beside` those
    that the officer made within minutes of the one that it names.
    """

    at: int | None = None
    incident: int | None = None
    subjects: tuple[tuple[str, str], ...] = ()
    officer: str | None = None
    lookups: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    records: tuple[tuple[str, str], ...] = ()


def told_in_complaint(ledger: Ledger, id_: str) -> Told:
    """What a complaint says; UsageError if there is none of that id."""
    rows = ledger.table("complaints")
    frame = rows.filter(rows.complaint_id == id_).to_pandas()
    if frame.empty:
        raise UsageError(
            f"There is no complaint {id_!r}.",
            remedy="See the table `complaints` for the ids that are loaded.",
        )
    row = frame.sort_values("row_id").iloc[0]
    named = (("person", row["complainant_id"]), ("vehicle", row["vehicle_id"]))
    return Told(
        at=int(row["at"]),
        incident=None if pd.isna(row["incident_at"]) else int(row["incident_at"]),
        subjects=tuple((kind, text) for kind, id_ in named if (text := text_or_none(id_))),
        officer=text_or_none(row["officer_id"]),
        records=(("complaints", str(row["row_id"])),),
    )


def told_in_report(ledger: Ledger, id_: str) -> Told:
    """What an officer reported of his own accord: the look-ups, and whom they were about.

    `id_`: the look-up that the report names, the report's row, or an officer with one report.
    Raises UsageError if there is none, or more than one.
    """
    reports = ledger.table("self_reports")
    found = reports.filter(
        (reports.lookup_id == id_) | (reports.row_id == id_) | (reports.officer_id == id_)
    ).to_pandas()
    found = found.sort_values(["at", "row_id"])
    if found.empty:
        raise UsageError(
            f"There is no self-report {id_!r}.",
            remedy="Name its look-up, its officer, or its row in the table `self_reports`.",
        )
    if len(found) > 1:
        ids = [text_or_none(row.lookup_id) or row.row_id for row in found.itertuples()]
        raise UsageError(
            f"{id_!r} made {len(found)} self-reports.",
            remedy=f"Name one of them: {', '.join(map(str, ids))}.",
        )
    report = found.iloc[0]
    lookups = _reported(ledger, report)
    named = text_or_none(report["lookup_id"])
    known = named in set(lookups["lookup_id"])
    beside = frozenset(lookups["lookup_id"]) - {named} if known else frozenset()
    # A call is the event: it came when the first of its look-ups was made, or the report.
    first = int(lookups["at"].min()) if len(lookups) else int(report["at"])
    subjects = ledger.table("subjects").join(
        memtable(lookups[["lookup_key"]].astype("int64")), "lookup_key"
    )
    entities = ledger.table("entities")
    keyed = subjects.join(entities, subjects.subject_key == entities.entity_key)
    asked = keyed.select("kind", "id").distinct().to_pandas().sort_values(["kind", "id"])
    return Told(
        at=int(report["at"]),
        incident=first,
        subjects=tuple(zip(asked["kind"].tolist(), asked["id"].tolist(), strict=True)),
        lookups=frozenset(lookups["lookup_id"]) - beside,
        beside=beside,
        records=(("self_reports", str(report["row_id"])),),
    )


def _reported(ledger: Ledger, report: Any) -> pd.DataFrame:
    """lookup_key, lookup_id, at: the look-up named and those beside it, or those shortly before."""
    own = ledger.table("lookups")
    own = own.filter(own.officer_id == report["officer_id"])
    frame: pd.DataFrame = own.select("lookup_key", "lookup_id", "at").to_pandas()
    named = frame[frame["lookup_id"] == text_or_none(report["lookup_id"])]
    if len(named):
        at = int(named["at"].iloc[0])
        return frame[(frame["at"] - at).abs() <= BESIDE]
    told = int(report["at"])
    return frame[(frame["at"] <= told) & (frame["at"] > told - LOOSE)]
