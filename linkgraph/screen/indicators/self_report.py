"""Self-report: the officer reported the look-up himself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.tables import HOUR, ScreenTables

HEADER = Header(
    id="self_report",
    revision=1,
    role=Role.CONTEXT,
    title=Text("Reported by the officer", "員警自行報告"),
    statement=Text(
        "The officer reported this look-up himself, or reported one within two days of it.",
        "員警就該筆查詢自行報告，或於查詢後二日內提出報告。",
    ),
    needs=("self_reports",),
    rationale="Officer 丁 of case 1090104, deceived by a call, reported it and was not prosecuted.",
    source="Case 1090104 of the police ethics notice",
    innocent=(
        Text(
            "It speaks for the officer; it does not say that the caller was entitled.",
            "此項有利於員警，惟不代表請託人有權查詢。",
        ),
    ),
    parameters={"hours": 48},
    prior=0.02,
    prior_reason="Whoever means to misuse does not report it; a few do when found out.",
    against=True,
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Measure 1; record: the report. A report without lookup_id covers the hours before it."""
    reports = tables.table("self_reports")
    lookups = tables.lookups.select("lookup_key", "officer_key", "at")
    exact = lookups.join(
        reports.filter(reports.lookup_key.notnull()).select("lookup_key", "row_id"), "lookup_key"
    )
    loose = reports.filter(reports.lookup_id.isnull())
    loose = loose.select("officer_key", "row_id", reported_at=loose.at)
    around = lookups.join(loose, "officer_key")
    around = around.filter(
        (around.at <= around.reported_at)
        & (around.at > around.reported_at - int(parameters["hours"] * HOUR))
    )
    hits = ibis.union(exact.select("lookup_key", "row_id"), around.select("lookup_key", "row_id"))
    hits = hits.group_by("lookup_key").aggregate(row_id=hits.row_id.min())
    return hits.select(
        "lookup_key",
        measure=ibis.literal(1.0),
        record_table=ibis.literal("self_reports"),
        record_row_id=hits.row_id,
    )
