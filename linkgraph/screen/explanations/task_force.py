"""Task force: the officer served in it, and one of its cases involves the subject."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.casework import explained, span, within
from linkgraph.screen.tables import ScreenTables

HEADER = Header(
    id="task_force",
    revision=1,
    role=Role.EXPLANATION,
    title=Text("Case of the officer's task force", "所屬專案小組案件"),
    statement=Text(
        "The officer was assigned to a task force or operation of which a case is part that "
        "involves the subject, its vehicle or that vehicle's owner.",
        "員警查詢時為專案小組成員，該專案所屬案件涉及該查詢對象、其車輛或該車車主。",
    ),
    needs=("cases.part_of", "case_officers", "case_subjects"),
    rationale=(
        "Members of a task force come from several units and work on one another's cases; "
        "assignment is on record for the force as a whole. `cases.part_of` says which cases "
        "belong to it."
    ),
    source="Prototype on forces with known truth: what shared work looks like",
    innocent=(
        Text(
            "A large operation names many: membership says less about any one of them.",
            "大型專案涉及人數眾多，成員身分對個別對象之說明力較低。",
        ),
    ),
    parameters={"hours_before": 2, "days_after": 30},
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Look-ups while assigned to the whole, of those in an open case that is part of it."""
    margins = {
        "hours_before": parameters["hours_before"],
        "hours_after": parameters["days_after"] * 24,
    }
    parts = tables.unit_cases.filter(tables.unit_cases.part_of_key.notnull())
    parts = span(parts, **margins).join(tables.involved, "case_key")
    parts = parts.select(
        "subject_key",
        "case_id",
        "since",
        "until",
        "start",
        "end",
        whole_key=parts.part_of_key,
    )
    members = span(tables.assigned, **margins)
    members = members.select(
        "officer_key",
        whole_key=members.case_key,
        member_since=ibis.greatest(members.since, members.start),
        member_until=ibis.least(members.until, members.end),
    )
    linked = parts.join(members, "whole_key")
    linked = linked.select(
        "officer_key",
        "subject_key",
        "case_id",
        since=ibis.greatest(linked.since, linked.start, linked.member_since),
        until=ibis.least(linked.until, linked.end, linked.member_until),
    ).filter(ibis._.since < ibis._.until)
    hits = within(tables.asked, linked, "officer_key")
    return explained(hits, "full", "cases", hits.case_id)
