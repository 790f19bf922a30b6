"""Cited case: the look-up names a case of the officer's unit that involves the subject."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.casework import cases_of_unit, explained, within
from linkgraph.screen.tables import ScreenTables

HEADER = Header(
    id="cited_case",
    revision=1,
    role=Role.EXPLANATION,
    title=Text("Cited case", "引用案號"),
    statement=Text(
        "The look-up cites a case that is assigned to the officer's unit and involves the "
        "subject, its vehicle or that vehicle's owner.",
        "查詢時填載之案號屬員警所屬單位承辦，且案件涉及該查詢對象、其車輛或該車車主。",
    ),
    needs=("cases", "case_subjects", "postings", "lookups.case_id"),
    rationale=(
        "A case number alone explains nothing: others' data are slipped in under a genuine "
        "case. It explains when the case is the unit's and the subject is in it."
    ),
    source="Thesis, National Taipei University: 夾帶 among the ways that leaks happen",
    parameters={"hours_before": 2, "days_after": 30},
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Look-ups whose cited case is the unit's, open then, and about the subject."""
    cited = tables.lookups.filter(tables.lookups.case_key.notnull())
    cited = cited.select("lookup_key", "case_key")
    links = cases_of_unit(
        tables, hours_before=parameters["hours_before"], days_after=parameters["days_after"]
    )
    hits = within(tables.asked.join(cited, "lookup_key"), links, "case_key", "unit_key")
    return explained(hits, "full", "cases", hits.case_id)
