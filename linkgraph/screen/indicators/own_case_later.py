"""Own case later: the officer got a case about the subject within days."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.casework import days
from linkgraph.screen.tables import ScreenTables

HEADER = Header(
    id="own_case_later",
    revision=1,
    role=Role.CONTEXT,
    title=Text("Own case soon after", "其後承辦案件涉及對象"),
    statement=Text(
        "Within 30 days after the look-up a case was opened that involves the subject and to "
        "which the officer was assigned.",
        "查詢後30日內，員警承辦之案件涉及該查詢對象、其車輛或該車車主。",
    ),
    needs=("cases", "case_officers", "case_subjects"),
    rationale=(
        "Cases are entered days after the work on them began. Private interest leaves no case "
        "of one's own; whoever looks up for a favour does not put his name to the person."
    ),
    source="Prototype on forces with known truth: cases entered late among wrong leads",
    innocent=(
        Text(
            "It speaks for work, but a case may be opened to give a look-up a reason.",
            "此項有利於員警，惟亦可能事後立案以補正查詢事由。",
        ),
    ),
    parameters={"days": 30},
    prior=0.01,
    prior_reason="In none of the four cases of the notice, nor among the ways in the interviews.",
    against=True,
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Measure: days from the look-up to the opening of the first such case; record: the case.

    For look-ups that are not fully explained.
    """
    cases = tables.assigned.select("case_key", "case_id", "officer_key", "opened_at").distinct()
    linked = cases.join(tables.involved, "case_key")
    met = tables.not_explained.select("lookup_key", "subject_key", "officer_key", "at")
    met = met.join(linked, ["officer_key", "subject_key"])
    met = met.filter(
        (met.at < met.opened_at)
        & (met.at >= met.opened_at - days(parameters["days"]))
        & (met.at >= met.start)
        & (met.at < met.end)
    )
    first = ibis.window(group_by="lookup_key", order_by=["opened_at", "case_id"])
    hits = met.mutate(place=ibis.row_number().over(first)).filter(ibis._.place == 0)
    return hits.select(
        "lookup_key",
        measure=(hits.opened_at - hits.at) / float(days(1)),
        record_table=ibis.literal("cases"),
        record_row_id=hits.case_id,
    )
