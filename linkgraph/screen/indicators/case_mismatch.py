"""Case mismatch: the cited case does not involve the subject."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.tables import NO_SUBJECT, ScreenTables

HEADER = Header(
    id="case_mismatch",
    revision=1,
    role=Role.CONTEXT,
    title=Text("Cited case does not involve the subject", "引用案號與查詢對象不符"),
    statement=Text(
        "The look-up cites a case whose recorded subjects include neither the subject nor its "
        "vehicle or owner.",
        "查詢填載之案號所列關係人，不包含該查詢對象、其車輛或該車車主。",
    ),
    needs=("cases", "case_subjects", "lookups.case_id"),
    rationale=(
        "Slipping others' data in under a genuine case (夾帶) is one of the known ways that "
        "leaks happen, and a case number looks like an explanation."
    ),
    source="Thesis, National Taipei University: 20 court cases and interviews",
    innocent=(
        Text(
            "The subject was checked and ruled out, and never entered in the case.",
            "對象經查證後排除，未列入案件關係人。",
        ),
        Text("The case's list of persons lags behind the work.", "案件關係人登錄較實際偵辦落後。"),
        Text("A digit of the case number is wrong.", "案號誤植。"),
    ),
    prior=0.3,
    prior_reason="Estimate: one of the eight ways in the interviews, and simple to do.",
    of_session=True,
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:  # noqa: ARG001
    """Only where the case is known and has subjects; measure: subjects not in it."""
    cases = tables.unit_cases.select("case_key", "case_id").semi_join(tables.involved, "case_key")
    cited = tables.lookups.filter(tables.lookups.case_key.notnull())
    cited = cited.select("lookup_key", "case_key").join(cases, "case_key")
    asked = tables.asked.filter(tables.asked.subject_key != NO_SUBJECT)
    asked = asked.select("lookup_key", "subject_key", "at")
    rows = asked.join(cited, "lookup_key")
    met = rows.join(tables.involved, ["case_key", "subject_key"])
    met = met.filter((met.at >= met.start) & (met.at < met.end))
    outside = rows.anti_join(met, ["lookup_key", "subject_key"])
    hits = outside.group_by("lookup_key", "case_id").aggregate(n=outside.count())
    return hits.select(
        "lookup_key",
        measure=hits.n.cast("float64"),
        record_table=ibis.literal("cases"),
        record_row_id=hits.case_id,
    )
