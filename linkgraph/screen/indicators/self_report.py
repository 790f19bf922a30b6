"""Self-report: the officer reported the look-up himself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.tables import HOUR, MINUTE, ScreenTables

HEADER = Header(
    id="self_report",
    revision=2,
    role=Role.CONTEXT,
    title=Text("Reported by the officer", "員警自行報告"),
    statement=Text(
        "The officer reported this look-up, or one made within minutes of it, or made a report "
        "within two days that names none.",
        "員警就該筆或數分鐘內之查詢自行報告，或於查詢後二日內提出未指明查詢之報告。",
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
    parameters={"hours": 48, "minutes": 15},
    prior=0.02,
    prior_reason="Whoever means to misuse does not report it; a few do when found out.",
    against=True,
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Measure 1; record: the report.

    Detail: `named` by the report, `beside` it within minutes (one call, two plates), or
    `before` a report that names no look-up, within hours.
    """
    reports = tables.table("self_reports")
    lookups = tables.lookups.select("lookup_key", "officer_key", "at")
    # Who reports another's look-up, as its requester may, speaks for himself alone.
    exact = reports.filter(reports.lookup_key.notnull())
    exact = exact.select("lookup_key", "officer_key", "row_id")
    exact = lookups.join(exact, ["lookup_key", "officer_key"])
    named = exact.select("officer_key", "row_id", named_at=exact.at)
    beside = lookups.join(named, "officer_key")
    width = int(parameters["minutes"] * MINUTE)
    beside = beside.filter((beside.at - beside.named_at).abs() <= width)
    loose = reports.filter(reports.lookup_id.isnull())
    loose = loose.select("officer_key", "row_id", reported_at=loose.at)
    before = lookups.join(loose, "officer_key")
    before = before.filter(
        (before.at <= before.reported_at)
        & (before.at > before.reported_at - int(parameters["hours"] * HOUR))
    )
    found = [
        rows.select("lookup_key", record=ibis.literal(how) + rows.row_id)
        for rows, how in ((exact, "0"), (beside, "1"), (before, "2"))
    ]
    hits = ibis.union(*found)
    hits = hits.group_by("lookup_key").aggregate(record=hits.record.min())
    hits = hits.select(
        "lookup_key",
        row_id=hits.record.substr(1),
        detail=hits.record.substr(0, 1).cases(("0", "named"), ("1", "beside"), else_="before"),
    )
    return hits.select(
        "lookup_key",
        measure=ibis.literal(1.0),
        record_table=ibis.literal("self_reports"),
        record_row_id=hits.row_id,
        detail=hits.detail,
    )
