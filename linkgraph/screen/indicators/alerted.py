"""Alerted: the subject was reported stolen, wanted or missing at the time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.casework import with_owned
from linkgraph.screen.tables import HOUR, ScreenTables

HEADER = Header(
    id="alerted",
    revision=1,
    role=Role.CONTEXT,
    title=Text("Reported stolen, wanted or missing", "失竊、通緝或協尋中"),
    statement=Text(
        "At the time of the look-up the subject, its vehicle or owner was reported stolen, "
        "wanted or missing.",
        "查詢時，該對象、其車輛或車主業經通報失竊、通緝或協尋。",
    ),
    needs=("alerts",),
    rationale=(
        "Every officer is asked to look for what is under an alert, so one who meets it has a "
        "reason to look. An alert names no officer, and explains nothing by itself."
    ),
    source="Prototype on forces with known truth: friends who were genuine suspects",
    innocent=(
        Text(
            "It speaks for work, but whoever is wanted may want to be told so.",
            "此項有利於員警，惟遭通緝者亦可能欲探知通緝情形。",
        ),
    ),
    parameters={"hours_after": 24},
    prior=0.04,
    prior_reason="Estimate: to be told that one is wanted is one favour among many.",
    against=True,
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Measure 1; detail the kind of alert; record: the alert."""
    alerts = tables.table("alerts").select(
        "subject_key", "kind", "row_id", since=ibis._.start, until=ibis._.end
    )
    rows = tables.asked.select("lookup_key", "subject_key", "at")
    met = rows.join(with_owned(tables, alerts), "subject_key")
    met = met.filter(
        (met.at >= met.since)
        & (met.at < met.until + int(parameters["hours_after"] * HOUR))
        & (met.at >= met.start)
        & (met.at < met.end)
    )
    first = ibis.window(group_by="lookup_key", order_by=["kind", "row_id"])
    hits = met.mutate(place=ibis.row_number().over(first)).filter(ibis._.place == 0)
    return hits.select(
        "lookup_key",
        measure=ibis.literal(1.0),
        record_table=ibis.literal("alerts"),
        record_row_id=hits.row_id,
        detail=hits.kind,
    )
