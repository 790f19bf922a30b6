"""Registered proxy: asked for by a colleague, registered, checked, approved and explained."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.asof import covering
from linkgraph.screen.casework import cases_of_unit, event_cases, explained, near, own_cases
from linkgraph.screen.tables import ScreenTables, one_of, words_of

HEADER = Header(
    id="registered_proxy",
    revision=1,
    role=Role.EXPLANATION,
    title=Text("Registered proxy look-up", "已登記之代查"),
    statement=Text(
        "The look-up was made for a colleague of the same unit whose request is registered, "
        "with identity checked and approval by a third person, and who has a case on the "
        "subject himself.",
        "查詢係受同單位同仁請託，已登記、已查證身分、經第三人核准，且請託人就該對象有承辦案件。",
    ),
    needs=("proxy_register", "postings"),
    rationale=(
        "No proxy look-ups across units; in urgency within the unit only, with a supervisor's "
        "consent, identity established, requester and reason recorded. A proxy explains the "
        "agent; it explains the look-up only if the requester is explained."
    ),
    source="Countermeasures of the police ethics notice; corrections agency rules on registers",
    innocent=(
        Text(
            "Without a case of the requester it is partial: the agent acted by the rules, the "
            "reason is still to be shown.",
            "請託人無承辦案件者僅為部分說明：代查人依規定辦理，惟查詢事由仍待釐清。",
        ),
    ),
    parameters={
        "hours": 24,
        "unchecked": "no,none,not checked,否,無,未查證,未確認",
        "hours_before": 2,
        "days_after": 30,
        "event_kinds": "stop,dispatch,traffic",
        "event_hours_after": 24,
    },
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Full when the requester's own or unit's case involves the subject, else partial."""
    proper = _proper_requests(tables, parameters)
    hits = proper.filter(proper.requester_unit == proper.unit_key)
    reasons = _reasons(tables, parameters)
    known = hits.join(
        reasons, [hits.subject_key == reasons.subject_key, hits.requester_key == reasons.who]
    )
    known = known.filter((known.at >= known.since) & (known.at < known.until))
    units = cases_of_unit(
        tables, hours_before=parameters["hours_before"], days_after=parameters["days_after"]
    ).select("subject_key", "unit_key", "since", "until")
    of_unit = hits.join(units, ["subject_key", "unit_key"])
    of_unit = of_unit.filter((of_unit.at >= of_unit.since) & (of_unit.at < of_unit.until))
    return ibis.union(
        explained(known, "full", "proxy_register", known.row_id),
        explained(of_unit, "full", "proxy_register", of_unit.row_id),
        explained(hits, "partial", "proxy_register", hits.row_id),
    )


def _proper_requests(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Look-ups with a request that keeps the rules, and the requester's unit at the time."""
    register = tables.table("proxy_register")
    checked = register.identity_check
    register = register.filter(
        checked.notnull()
        & (checked.strip() != "")
        & ~one_of(checked, words_of(parameters["unchecked"]))
        & register.approved_by_key.notnull()
        & (register.approved_by_key != register.agent_key)
        & (register.approved_by_key != register.requester_key)
        & (register.requester_key != register.agent_key)
    ).select(
        "requester_key",
        "subject_key",
        "row_id",
        officer_key=register.agent_key,
        registered_at=register.at,
    )
    named = tables.lookups.select("lookup_key", asked_by=tables.lookups.requester_key)
    hits = tables.asked.join(register, ["officer_key", "subject_key"])
    hours = parameters["hours"]
    hits = hits.filter(near(hits.at, hits.registered_at, hours_before=hours, hours_after=hours))
    hits = hits.join(named, "lookup_key")
    hits = hits.filter(hits.asked_by.isnull() | (hits.asked_by == hits.requester_key))
    points = hits.select("at", officer_key=hits.requester_key, point=hits.lookup_key).distinct()
    # One look-up may meet requests of two colleagues: number the pairs, not the look-ups.
    order = ibis.window(order_by=["point", "officer_key"])
    points = points.mutate(lookup_key=points.point)
    points = points.mutate(point=ibis.row_number().over(order).cast("int64"))
    located = covering(points.select("point", "officer_key", "at"), {"post": tables.posts})
    posts = tables.posts.select("post", requester_unit=tables.posts.unit_key)
    unit = points.join(located, "point").join(posts, "post")
    unit = unit.select("lookup_key", "requester_unit", requester_key=unit.officer_key)
    return hits.join(unit, ["lookup_key", "requester_key"])


def _reasons(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    columns = ("subject_key", "since", "until")
    own = own_cases(
        tables, hours_before=parameters["hours_before"], days_after=parameters["days_after"]
    )
    events = event_cases(
        tables,
        words_of(parameters["event_kinds"]),
        hours_before=parameters["hours_before"],
        hours_after=parameters["event_hours_after"],
    )
    return ibis.union(
        own.select(*columns, who=own.officer_key), events.select(*columns, who=events.officer_key)
    )
