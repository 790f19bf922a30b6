"""Stop, dispatch or traffic case of the officer, around which he looks people up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.casework import event_cases, explained, within
from linkgraph.screen.tables import ScreenTables, words_of

HEADER = Header(
    id="event_case",
    revision=1,
    role=Role.EXPLANATION,
    title=Text("Stop, dispatch or traffic case", "盤查、派案或交通案件"),
    statement=Text(
        "The officer handled a stop, dispatch or traffic case that involves the subject, from "
        "2 hours before it was opened to 24 hours after it was closed.",
        "員警於盤查、派案或交通案件開立前2小時至結案後24小時內，查詢該案所涉對象。",
    ),
    needs=("cases", "case_officers", "case_subjects"),
    rationale=(
        "On the street the look-up comes first and the record later; the report is finished "
        "the day after. Outside that time the event no longer asks for a look-up."
    ),
    source="Police ethics notice on misuse of information systems: purpose entered with the query",
    parameters={"kinds": "stop,dispatch,traffic", "hours_before": 2, "hours_after": 24},
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Look-ups of those in the officer's event, around its time."""
    links = event_cases(
        tables,
        words_of(parameters["kinds"]),
        hours_before=parameters["hours_before"],
        hours_after=parameters["hours_after"],
    )
    hits = within(tables.asked, links, "officer_key")
    return explained(hits, "full", "cases", hits.case_id)
