"""Own case: the officer was assigned to a case that involves the subject."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.casework import explained, own_cases, within
from linkgraph.screen.tables import ScreenTables

HEADER = Header(
    id="own_case",
    revision=1,
    role=Role.EXPLANATION,
    title=Text("Own case", "承辦案件"),
    statement=Text(
        "The officer was assigned to an open case that involves the subject, its vehicle or "
        "that vehicle's owner.",
        "員警查詢時承辦之案件，涉及該查詢對象、其車輛或該車車主。",
    ),
    needs=("cases", "case_officers", "case_subjects"),
    rationale=(
        "Most look-ups are explained by the force's own records: who works on a case looks up "
        "the people in it. The assignment must hold at the look-up's time, or an old case "
        "would excuse every later look-up."
    ),
    source="Fabbri & LeFevre 2011-2013: 94 % of accesses explained by paths in own records",
    innocent=(
        Text(
            "The case may be a friend's or relative's: an explanation is not yet a clearance.",
            "案件當事人可能是親友；有案件可說明，不等於已排除利益衝突。",
        ),
    ),
    parameters={"hours_before": 2, "days_after": 30},
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Look-ups within assignment and case, with the margins that paperwork takes."""
    links = own_cases(
        tables, hours_before=parameters["hours_before"], days_after=parameters["days_after"]
    )
    hits = within(tables.asked, links, "officer_key")
    return explained(hits, "full", "cases", hits.case_id)
