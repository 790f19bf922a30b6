"""Followed: one person again and again over months, whom hardly anybody else looks up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.casework import days
from linkgraph.screen.tables import ScreenTables

HEADER = Header(
    id="followed",
    revision=1,
    role=Role.CONTEXT,
    title=Text("Followed for months", "長期持續查詢同一人"),
    statement=Text(
        "The officer looked the same person or vehicle up on four days or more over two months "
        "or more, with no case, and at most two other officers did so at all.",
        "員警於二個月以上期間之四日以上查詢同一人或車輛，無案件可資說明，且查詢該對象之其他員警不逾二人。",
    ),
    needs=("lookups",),
    rationale=(
        "A former partner is followed for months, a little each time: repeats within a week are "
        "mostly one piece of work. Whom others look up as well is known to the police."
    ),
    source="New Zealand IPCA 17-2333: a two-year look-back found 97 look-ups of one relative",
    innocent=(
        Text("A person or place to be visited: see the register.", "列管查訪對象，應查閱登記。"),
        Text("A long investigation that has no case number yet.", "尚未分案之長期偵查。"),
        Text("The neighbour of the station, or a habitual caller.", "駐地鄰居或慣常報案人。"),
    ),
    parameters={"days": 4, "span_days": 60, "others": 2},
    prior=0.15,
    prior_reason="Estimate: one of the documented forms, a former partner; most are single.",
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Measure: days between the first and the last of them.

    A patrol's plate without a record of a stop counts, as in `repeated`.
    """
    rows = tables.about.semi_join(tables.unrecorded, ["lookup_key", "subject_key"])
    rows = rows.select("lookup_key", "officer_key", "about_key", "day")
    at = tables.lookups.select("lookup_key", "at")
    rows = rows.join(at, "lookup_key")
    pair = ("officer_key", "about_key")
    met = rows.group_by(*pair).aggregate(
        days=rows.day.nunique(), first=rows["at"].min(), last=rows["at"].max()
    )
    met = met.filter(
        (met.days >= parameters["days"])
        & (met["last"] - met["first"] >= days(parameters["span_days"]))
    )
    everyone = tables.about.semi_join(met, "about_key")
    everyone = everyone.group_by("about_key").aggregate(officers=everyone.officer_key.nunique())
    met = met.semi_join(everyone.filter(everyone.officers <= parameters["others"] + 1), "about_key")
    hits = rows.join(met.select(*pair, "first", "last"), list(pair))
    hits = hits.group_by("lookup_key").aggregate(span=(hits["last"] - hits["first"]).max())
    return hits.select("lookup_key", measure=hits.span / float(days(1)))
