"""A case elsewhere: another unit's case about the subject is fresh at that time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.casework import days
from linkgraph.screen.tables import ScreenTables

HEADER = Header(
    id="case_elsewhere",
    revision=1,
    role=Role.CONTEXT,
    title=Text("A fresh case of another unit", "他單位新立案件涉及對象"),
    statement=Text(
        "A case of another unit, or of none, that involves the subject, its vehicle or that "
        "vehicle's owner was opened within a week before the look-up or three days after.",
        "查詢前一週內或後三日內，他單位或未載明單位開立之案件涉及該查詢對象、其車輛或該車車主。",
    ),
    needs=("cases", "case_subjects"),
    rationale=(
        "A friend or neighbour may be a genuine party to a case: units ask one another, "
        "witnesses and complainants come to the nearest station. It does not link the officer. "
        "Only while it is fresh: whom officers know from the night life is often party to some "
        "case that stays open for months, which says nothing about this look-up. Shown, not "
        "weighed: the people of a den are party to cases as often as those looked up for work."
    ),
    source="Prototype on forces with known truth: friends who were genuine suspects",
    innocent=(
        Text(
            "It speaks for work, but a friend whom the case is about may also want to know how it "
            "stands.",
            "此項有利於員警，惟案件當事人之友人亦可能欲探知案情。",
        ),
    ),
    parameters={"days_before": 3, "days_after": 7},
    prior=0.05,
    prior_reason=(
        "Estimate: in the four cases of the notice no subject was party to a case of another "
        "unit; above nought, since suspects do ask friends in the force."
    ),
    against=True,
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Measure 1; record: the case.  For look-ups that are not fully explained.

    A case of the officer's own unit is `unit_case_near`, his own too.
    """
    cases = tables.unit_cases
    cases = cases.mutate(
        since=cases.opened_at - days(parameters["days_before"]),
        until=cases.opened_at + days(parameters["days_after"]),
    )
    linked = cases.join(tables.involved, "case_key")
    linked = linked.select(
        "case_key",
        "case_id",
        "subject_key",
        since=ibis.greatest(linked.since, linked.start),
        until=ibis.least(linked.until, linked.end),
        of_unit=linked.unit_key,
    )
    rows = tables.not_explained.select("lookup_key", "subject_key", "officer_key", "unit_key", "at")
    met = rows.join(linked, "subject_key")
    met = met.filter(
        (met.at >= met.since)
        & (met.at < met.until)
        & (met.of_unit.isnull() | met.unit_key.isnull() | (met.of_unit != met.unit_key))
    )
    met = met.anti_join(tables.assigned, ["case_key", "officer_key"])
    hits = met.group_by("lookup_key").aggregate(case_id=met.case_id.min())
    return hits.select(
        "lookup_key",
        measure=ibis.literal(1.0),
        record_table=ibis.literal("cases"),
        record_row_id=hits.case_id,
    )
