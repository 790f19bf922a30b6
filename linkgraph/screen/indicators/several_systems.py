"""Several systems: one subject in several systems within the hour."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.tables import MINUTE, NO_SUBJECT, ScreenTables

HEADER = Header(
    id="several_systems",
    revision=1,
    role=Role.CONTEXT,
    title=Text("Several systems on one subject", "短時間以多系統查詢同一對象"),
    statement=Text(
        "The officer looked the same subject up in several systems within the hour.",
        "員警於一小時內以多個系統查詢同一對象。",
    ),
    needs=("lookups.system",),
    rationale=(
        "Whoever wants to know all about a person goes through record, household and vehicle "
        "one after the other, as in case 1090101."
    ),
    source="Case 1090101 of the police ethics notice",
    innocent=(
        Text(
            "An arrest, an inquest or a missing person asks for every system.",
            "逮捕、相驗或失蹤協尋本須多系統查詢。",
        ),
        Text("A portal logs one search once per system.", "入口網一次查詢於各系統各留一筆紀錄。"),
    ),
    parameters={"systems": 2, "minutes": 60},
    prior=0.35,
    prior_reason="One of the four cases of the notice, and the habit of full background checks.",
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Measure: systems within the time on either side of the look-up, its own included."""
    asked = tables.asked
    rows = asked.filter((asked.subject_key != NO_SUBJECT) & asked.system.notnull())
    rows = rows.select("lookup_key", "officer_key", "subject_key", "at", "system")
    several = rows.group_by("officer_key", "subject_key").aggregate(
        one=rows.system.min(), other=rows.system.max()
    )
    several = several.filter(several.one != several.other)
    rows = rows.semi_join(several, ["officer_key", "subject_key"])
    others = rows.select("officer_key", "subject_key", other_at=rows.at, other=rows.system)
    near = rows.join(others.distinct(), ["officer_key", "subject_key"])
    width = int(parameters["minutes"] * MINUTE)
    near = near.filter((near.other_at - near.at).abs() <= width)
    counted = near.group_by("lookup_key", "subject_key").aggregate(n=near.other.nunique())
    counted = counted.group_by("lookup_key").aggregate(n=ibis._.n.max())
    hits = counted.filter(counted.n >= parameters["systems"])
    return hits.select("lookup_key", measure=hits.n.cast("float64"))
