"""Partner's record: one on the same duty wrote down whom the two of them checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.casework import event_cases, explained, near, noted, with_owned
from linkgraph.screen.tables import AWAY, ScreenTables, words_of

HEADER = Header(
    id="partner_record",
    revision=1,
    role=Role.EXPLANATION,
    title=Text("Record of a duty partner", "同勤夥伴之紀錄"),
    statement=Text(
        "On the duty that they shared, and within two hours of the look-up, a partner's stop "
        "record, body camera or work log names the subject, its vehicle or owner.",
        "員警與同勤夥伴共同勤務期間，夥伴於查詢前後二小時內之盤查、密錄器或工作紀錄，"
        "載有該查詢對象、其車輛或該車車主。",
    ),
    needs=("duties", "work_records|case_officers"),
    rationale=(
        "Of two on patrol one asks and the other writes. A record of the persons checked is one "
        "of both, or a relative met in a stop looks like a relative looked up."
    ),
    source="Prototype on forces with known truth: relatives met in stops among wrong leads",
    innocent=(
        Text(
            "The partner's record may have been made at the officer's own request.",
            "夥伴之紀錄亦可能係應員警本人要求而作。",
        ),
    ),
    parameters={"kinds": "stop,dispatch,traffic", "hours": 2, "most_partners": 8},
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Full where both were on one duty_id at the look-up's time; assemblies do not count."""
    met = _with_partners(tables, int(parameters["most_partners"]))
    hours = parameters["hours"]
    found = []
    if tables.has("work_records"):
        named = with_owned(tables, noted(tables).rename(mate_key="officer_key"))
        hits = met.join(named, ["mate_key", "subject_key"])
        hits = hits.filter(
            near(hits.at, hits.noted_at, hours_before=hours, hours_after=hours)
            & (hits.at >= hits.start)
            & (hits.at < hits.end)
        )
        found.append(explained(hits, "full", "work_records", hits.row_id))
    if tables.has("case_officers"):
        events = event_cases(
            tables, words_of(parameters["kinds"]), hours_before=hours, hours_after=hours
        )
        events = events.select("subject_key", "case_id", "since", "until", mate_key="officer_key")
        hits = met.join(events, ["mate_key", "subject_key"])
        hits = hits.filter((hits.at >= hits.since) & (hits.at < hits.until))
        found.append(explained(hits, "full", "cases", hits.case_id))
    return ibis.union(*found) if len(found) > 1 else found[0]


def _with_partners(tables: ScreenTables, most: int) -> Any:
    """lookup_key, subject_key, at, mate_key: who was on the same duty at that time."""
    duty = tables.segments.filter(tables.segments.duty_id.notnull())
    duty = duty.filter(~duty.kind.isin(AWAY))
    sizes = duty.group_by("duty_id").aggregate(n=duty.officer_key.nunique())
    duty = duty.semi_join(sizes.filter((sizes.n > 1) & (sizes.n <= most + 1)), "duty_id")
    placed = tables.lookups.select("lookup_key", segment=tables.lookups.duty_segment)
    placed = placed.join(duty.select("segment", "duty_id"), "segment")
    mates = duty.select(
        "duty_id", mate_key=duty.officer_key, mate_start=duty.start, mate_end=duty.end
    )
    rows = tables.asked.join(placed.select("lookup_key", "duty_id"), "lookup_key")
    rows = rows.join(mates, "duty_id")
    rows = rows.filter(
        (rows.mate_key != rows.officer_key)
        & (rows.at >= rows.mate_start)
        & (rows.at < rows.mate_end)
    )
    return rows.select("lookup_key", "subject_key", "at", "mate_key")
