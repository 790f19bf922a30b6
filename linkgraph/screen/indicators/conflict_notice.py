"""Notice of a conflict: the officer told that he is personally concerned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.casework import days, with_owned
from linkgraph.screen.tables import ScreenTables

HEADER = Header(
    id="conflict_notice",
    revision=1,
    role=Role.CONTEXT,
    title=Text("Notice of a conflict of interest", "已通報利益衝突或迴避"),
    statement=Text(
        "Before the look-up, or within a week after it, the officer gave notice that he is "
        "personally concerned with the subject, or with a case that involves it.",
        "員警於查詢前或查詢後一週內，已就該對象或涉及該對象之案件通報利益衝突或申請迴避。",
    ),
    needs=("conflict_notices",),
    rationale=(
        "Who tells his superiors of a tie does not hide it. The notice does not allow further "
        "look-ups, so it speaks for the officer and explains nothing."
    ),
    source="Administrative Procedure Act on withdrawal; supervisors assess officers' associations",
    innocent=(
        Text(
            "It speaks for the officer, but after a notice others should make the look-up.",
            "此項有利於員警，惟通報後宜由他人查詢。",
        ),
    ),
    parameters={"days_after": 7},
    prior=0.02,
    prior_reason="Whoever means to misuse has no reason to announce the tie.",
    against=True,
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Measure 1; record: the notice.  Detail: `subject` or `case`, by what it names."""
    notices = tables.table("conflict_notices").select(
        "officer_key", "subject_key", "case_key", "row_id", told_at=ibis._.at
    )
    named = notices.filter(notices.subject_key.notnull()).drop("case_key")
    named = with_owned(tables, named).mutate(how=ibis.literal("subject"))
    cases = notices.filter(notices.case_key.notnull()).drop("subject_key")
    involved = cases.join(tables.involved, "case_key").mutate(how=ibis.literal("case"))
    columns = ("officer_key", "subject_key", "row_id", "told_at", "start", "end", "how")
    told = ibis.union(named.select(*columns), involved.select(*columns))
    rows = tables.asked.select("lookup_key", "officer_key", "subject_key", "at")
    met = rows.join(told, ["officer_key", "subject_key"])
    met = met.filter(
        (met.at >= met.told_at - days(parameters["days_after"]))
        & (met.at >= met.start)
        & (met.at < met.end)
    )
    first = ibis.window(group_by="lookup_key", order_by=["told_at", ibis.desc("how"), "row_id"])
    hits = met.mutate(place=ibis.row_number().over(first)).filter(ibis._.place == 0)
    return hits.select(
        "lookup_key",
        measure=ibis.literal(1.0),
        record_table=ibis.literal("conflict_notices"),
        record_row_id=hits.row_id,
        detail=hits.how,
    )
