"""Off duty: the account was used while its holder was on leave or off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.tables import AWAY, MINUTE, ScreenTables

HEADER = Header(
    id="off_duty",
    revision=1,
    role=Role.CONTEXT,
    title=Text("Off duty or on leave", "非勤務時間或休假中查詢"),
    statement=Text(
        "The look-up was made while the roster has the officer on leave or off.",
        "查詢時，勤務表顯示員警休假或非服勤中。",
    ),
    needs=("duties",),
    rationale=(
        "Unusual time is one of the three things that spot checks look at; work asks for few "
        "look-ups outside duty. A roster gap is unknown, not off."
    ),
    source="Spot-check practice 異常對象、異常時間、異常數量; case 1090102",
    innocent=(
        Text("The shift ran over, or overtime was not entered.", "勤務延長或加班未登錄。"),
        Text("A call-out from home, or a roster changed by word.", "自家中召回，或口頭調班。"),
        Text(
            "A colleague used the open session, knowingly or not.",
            "同仁使用未登出之帳號，本人未必知情。",
        ),
    ),
    parameters={"grace_minutes": 60},
    prior=0.25,
    prior_reason=(
        "Estimate: in the four cases of the notice one look-up had an absent requester and "
        "none an absent holder; phones made look-ups off business possible since."
    ),
    of_session=True,
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Look-ups within leave, or within off time but for the grace at its ends.

    Measure: hours into the absence.  Record: the duty row.
    """
    away = tables.lookups.filter(tables.lookups.duty_status.isin(AWAY))
    away = away.select("lookup_key", "at", segment=away.duty_segment)
    duty = tables.segments.select("segment", "start", "end", "kind", "row_id")
    hits = away.join(duty, "segment")
    grace = int(parameters["grace_minutes"] * MINUTE)
    settled = (hits.at >= hits.start + grace) & (hits.at < hits.end - grace)
    hits = hits.filter((hits.kind == "leave") | settled)
    return hits.select(
        "lookup_key",
        measure=(hits.at - hits.start) / (60.0 * MINUTE),
        record_table=ibis.literal("duties"),
        record_row_id=hits.row_id,
        detail=hits.kind,
    )
