"""Purpose contradicted: a stop on the street, entered from a desk, and no stop on record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.proxies import proxies, requesters
from linkgraph.screen.tables import HOUR, ScreenTables, any_of, words_of

HEADER = Header(
    id="purpose_contradicted",
    revision=1,
    role=Role.CONTEXT,
    title=Text("Purpose contradicted by the duty", "查詢用途與勤務不符"),
    statement=Text(
        "The purpose claims a stop or a check on the street, but the officer was on desk duty "
        "or in training, nobody on patrol had asked him, and no stop on record involves the "
        "subject.",
        "查詢用途稱盤查、攔檢或巡邏，惟員警當時擔服值班、內勤或訓練，無外勤人員請託，"
        "且查無涉及該對象之盤查紀錄。",
    ),
    needs=("lookups.purpose", "duties"),
    rationale=(
        "A purpose must be entered, so a false one is. It can be compared with where the roster "
        "has the officer; a colleague on the street may have asked by radio."
    ),
    source="Cases 1090102 and 1090104: false reasons entered from a desk",
    innocent=(
        Text("The patrol asked by radio and nobody noted it.", "巡邏人員以無線電請託而未登載。"),
        Text("The shift was swapped by word.", "口頭調班。"),
        Text("The last purpose entered was left standing.", "沿用前次輸入之用途。"),
    ),
    parameters={
        "claims": "盤查,攔查,攔檢,路檢,臨檢,巡邏,stop and check,traffic stop,checkpoint,patrol",
        "duties": "desk,training",
        "events": "stop,dispatch,traffic",
        "hours": 6,
    },
    prior=0.2,
    prior_reason="Two of the four cases of the notice had a false reason entered from a desk.",
    of_session=True,
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Measure 1; detail: the kind of duty; record: the duty row."""
    rows = tables.lookups.filter(
        tables.lookups.duty_status.isin(list(words_of(parameters["duties"])))
        & any_of(tables.lookups.purpose, words_of(parameters["claims"]))
    ).select("lookup_key", "at", "duty_status", segment="duty_segment")
    rows = tables.store("claimed_stops", rows)
    asked = requesters(tables, proxies(tables).semi_join(rows, "lookup_key"))
    by_patrol = asked.filter(asked.requester_duty == "patrol").select("lookup_key")
    hits = rows.anti_join(by_patrol, "lookup_key")
    if tables.has("cases") and tables.has("case_subjects"):
        hits = hits.anti_join(_stopped(tables, rows, parameters), "lookup_key")
    duty = tables.segments.select("segment", "row_id")
    hits = hits.join(duty, "segment")
    return hits.select(
        "lookup_key",
        measure=ibis.literal(1.0),
        record_table=ibis.literal("duties"),
        record_row_id=hits.row_id,
        detail=hits.duty_status,
    )


def _stopped(tables: ScreenTables, rows: Any, parameters: Mapping[str, Any]) -> Any:
    """Look-ups of those whom anybody's event of these hours involves."""
    width = int(parameters["hours"] * HOUR)
    events = tables.unit_cases
    events = events.filter(events.kind.strip().lower().isin(words_of(parameters["events"])))
    events = events.select("case_key", "opened_at").join(tables.involved, "case_key")
    subjects = tables.asked.semi_join(rows, "lookup_key").select("lookup_key", "subject_key", "at")
    met = subjects.join(events, "subject_key")
    met = met.filter(
        ((met.at - met.opened_at).abs() <= width) & (met.at >= met.start) & (met.at < met.end)
    )
    return met.select("lookup_key")
