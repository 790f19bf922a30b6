"""Work record: the officer's work log, body camera or the reception desk names the subject."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.model.tables import OPEN_END, OPEN_START
from linkgraph.screen.casework import explained, near
from linkgraph.screen.tables import ScreenTables

HEADER = Header(
    id="work_record",
    revision=1,
    role=Role.EXPLANATION,
    title=Text("Work record or reception", "工作紀錄或受理紀錄"),
    statement=Text(
        "A work record or reception entry of the officer, within a day of the look-up, names "
        "the subject, its vehicle or that vehicle's owner.",
        "員警之工作紀錄或受理紀錄於查詢前後一日內，載有該查詢對象、其車輛或該車車主。",
    ),
    needs=("work_records",),
    rationale=(
        "Where no case is opened, the work log or the reception book is where requester and "
        "reason must be recorded."
    ),
    source="Countermeasures of the police ethics notice: system or work log",
    innocent=(
        Text(
            "An entry written later by the officer himself weighs less than a third party's.",
            "員警事後自行補登之紀錄，證明力低於第三人之紀錄。",
        ),
    ),
    parameters={"hours_before": 24, "hours_after": 24},
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Look-ups near a record of the same officer that names the subject."""
    records = tables.table("work_records").select(
        "officer_key", "subject_key", "row_id", noted_at=ibis._.at
    )
    records = records.filter(records.subject_key.notnull())
    direct = records.mutate(
        start=ibis.literal(OPEN_START, "int64"), end=ibis.literal(OPEN_END, "int64")
    )
    through = records.join(tables.owned, "subject_key").select(
        "officer_key", "row_id", "noted_at", "start", "end", subject_key=ibis._.other_key
    )
    columns = ("officer_key", "subject_key", "row_id", "noted_at", "start", "end")
    named = ibis.union(direct.select(*columns), through.select(*columns))
    hits = tables.asked.join(named, ["officer_key", "subject_key"])
    hits = hits.filter(
        near(
            hits.at,
            hits.noted_at,
            hours_before=parameters["hours_before"],
            hours_after=parameters["hours_after"],
        )
        & (hits.at >= hits.start)
        & (hits.at < hits.end)
    )
    return explained(hits, "full", "work_records", hits.row_id)
