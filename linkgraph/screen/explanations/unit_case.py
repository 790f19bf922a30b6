"""Unit's case: a case of the officer's unit, not his own, involves the subject."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.casework import cases_of_unit, explained, within
from linkgraph.screen.tables import ScreenTables

HEADER = Header(
    id="unit_case",
    revision=1,
    role=Role.EXPLANATION,
    title=Text("Case of the unit", "單位案件"),
    statement=Text(
        "An open case of the officer's unit involves the subject, its vehicle or that "
        "vehicle's owner, but no record links the officer to it: a partial explanation.",
        "員警所屬單位承辦中之案件涉及該查詢對象、其車輛或該車車主，但無紀錄顯示員警參與該案（部分說明）。",
    ),
    needs=("cases", "case_subjects", "postings"),
    rationale=(
        "Stations share work that rosters and assignments do not show; yet a colleague's case "
        "is also the commonest cover for a look-up asked as a favour."
    ),
    source="Thesis, National Taipei University: asking a colleague under cover of a case",
    parameters={"hours_before": 2, "days_after": 30},
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Look-ups of those in an open case of the unit; partial."""
    links = cases_of_unit(
        tables, hours_before=parameters["hours_before"], days_after=parameters["days_after"]
    )
    hits = within(tables.asked, links, "unit_key")
    return explained(hits, "partial", "cases", hits.case_id)
