"""Complaint after: the subject, or a vehicle's owner, complained within weeks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.model.tables import OPEN_END, OPEN_START
from linkgraph.screen.asof import covering
from linkgraph.screen.tables import DAY, HOUR, NO_SUBJECT, ScreenTables

HEADER = Header(
    id="complaint_after",
    revision=1,
    role=Role.FINDING,
    title=Text("A complaint soon after", "查詢後不久遭陳情"),
    statement=Text(
        "Within 60 days after the look-up the subject, the owner of the vehicle, or the driver "
        "of the owner's vehicle made a complaint.",
        "查詢後60日內，該查詢對象、其車輛之車主或相關車輛之當事人提出陳情。",
    ),
    needs=("complaints",),
    rationale=(
        "A quarrel in traffic leaves one look-up, and the citizen's complaint is what finds it. "
        "When it names officer X and one of X's unit made the look-up, X may have asked. "
        "Matched by key and then by time, never by time alone."
    ),
    source="Case 1090102 of the police ethics notice",
    innocent=(
        Text(
            "The complaint is about the very stop or case that asked for the look-up.",
            "陳情內容即為該次盤查或案件本身。",
        ),
        Text("A habitual complainant.", "慣常陳情人。"),
        Text(
            "The complaint was about to come and the station prepared for it.",
            "單位已預知陳情而預作準備。",
        ),
    ),
    parameters={"days": 60},
    prior=1 / 64,
    prior_reason="Documented share of known misuse that comes to light by a complaint alone.",
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Measure: hours from look-up to complaint (the nearest one, one that names an asker first).

    requester_key: the officer complained of, where he is not the holder and was posted to the
    holder's unit at the look-up's time.  Detail: `holder`, `unit_mate`, `other_unit` or
    `unnamed`, by whom the complaint names.
    """
    linked = _linked(tables)
    asked = tables.asked.filter(tables.asked.subject_key != NO_SUBJECT)
    met = asked.join(linked, "subject_key")
    met = met.filter(
        (met.at < met.complained_at)
        & (met.at >= met.complained_at - int(parameters["days"] * DAY))
        & (met.at >= met.start)
        & (met.at < met.end)
    )
    met = met.select(
        "lookup_key", "officer_key", "unit_key", "at", "complained_at", "row_id", "against_key"
    ).distinct()
    met = tables.store("complaints_met", met)
    met = met.left_join(_units_of(tables, met), ["lookup_key", "against_key"])
    who = ibis.cases(
        (met.against_key.isnull(), "unnamed"),
        (met.against_key == met.officer_key, "holder"),
        (met.against_unit == met.unit_key, "unit_mate"),
        else_="other_unit",
    )
    met = met.select(
        "lookup_key",
        "row_id",
        "against_key",
        detail=who,
        wait=met.complained_at - met.at,
        asker_last=(who == "unit_mate").ifelse(0, 1),
    )
    nearest = ibis.window(group_by="lookup_key", order_by=["asker_last", "wait", "row_id"])
    met = met.mutate(place=ibis.row_number().over(nearest))
    hits = met.filter(met.place == 0)
    return hits.select(
        "lookup_key",
        "detail",
        measure=hits.wait / float(HOUR),
        record_table=ibis.literal("complaints"),
        record_row_id=hits.row_id,
        requester_key=(hits.detail == "unit_mate").ifelse(hits.against_key, ibis.null("int64")),
    )


def _linked(tables: ScreenTables) -> Any:
    """What each complaint is about: complainant and vehicle, with owners and vehicles owned."""
    complaints = tables.table("complaints")
    base = complaints.select(
        "row_id",
        "complainant_key",
        "vehicle_key",
        complained_at=complaints.at,
        against_key=complaints.officer_key,
    )
    columns = ("row_id", "complained_at", "against_key")
    named = ibis.union(
        base.select(*columns, subject_key=base.complainant_key),
        base.select(*columns, subject_key=base.vehicle_key),
    )
    named = named.filter(named.subject_key.notnull())
    direct = named.mutate(
        start=ibis.literal(OPEN_START, "int64"), end=ibis.literal(OPEN_END, "int64")
    )
    through = named.join(tables.owned, "subject_key")
    through = through.select(*columns, "start", "end", subject_key=through.other_key)
    return ibis.union(direct.select(*columns, "start", "end", "subject_key"), through)


def _units_of(tables: ScreenTables, met: Any) -> Any:
    """The unit, at each look-up, of the officer complained of."""
    points = met.filter(met.against_key.notnull())
    points = points.select("lookup_key", "against_key", "at").distinct()
    order = ibis.window(order_by=["lookup_key", "against_key"])
    points = points.mutate(point=ibis.row_number().over(order).cast("int64"))
    located = covering(
        points.select("point", "at", officer_key=points.against_key), {"post": tables.posts}
    )
    posts = tables.posts.select("post", against_unit=tables.posts.unit_key)
    rows = points.join(located, "point").join(posts, "post")
    return rows.select("lookup_key", "against_key", "against_unit")
