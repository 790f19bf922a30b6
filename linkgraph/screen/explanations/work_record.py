"""Work record: the officer's work log, body camera or the reception desk names the subject."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.casework import explained, near, noted, with_owned
from linkgraph.screen.tables import ScreenTables

HEADER = Header(
    id="work_record",
    revision=2,
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
    """Look-ups near a record of the same officer that names the subject, alone or with others."""
    hits = tables.asked.join(with_owned(tables, noted(tables)), ["officer_key", "subject_key"])
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
