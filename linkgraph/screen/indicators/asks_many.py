"""Asks many: one requester spreads his requests over several colleagues' accounts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.proxies import proxies
from linkgraph.screen.tables import DAY, ScreenTables

HEADER = Header(
    id="asks_many",
    revision=1,
    role=Role.CONTEXT,
    title=Text("Requests spread over colleagues", "分散請託多名同仁代查"),
    statement=Text(
        "Within 30 days the one who asked for this look-up had four colleagues or more look "
        "people up for him without full explanation.",
        "請託人於30日內分散請託四名以上同仁代查，且均無完整公務說明。",
    ),
    needs=("lookups.requester_id",),
    rationale=(
        "Whoever asks often asks a different colleague each time, so that no account stands "
        "out. Each look-up is small; the requester is what they share."
    ),
    source="Thesis, National Taipei University: asking a colleague is the second of the ways",
    innocent=(
        Text(
            "A post without a terminal asks whoever is at the desk.",
            "無終端設備之勤務，本即請託值班同仁代查。",
        ),
        Text("A patrol that asks by radio all month.", "巡邏人員以無線電請託。"),
    ),
    parameters={"colleagues": 4, "days": 30},
    prior=0.1,
    prior_reason="Estimate: of requested look-ups few are spread; one of the eight ways.",
    of_session=True,
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Measure: colleagues asked in the calendar slice of so many days; requester_key: who asked.

    Two tilings of time, half a slice apart, so that no month is cut where it matters.
    """
    asked = proxies(tables)
    asked = asked.filter(asked.asked_key.notnull())
    open_ = tables.lookup_levels.filter(tables.lookup_levels.level != "full")
    rows = asked.semi_join(open_, "lookup_key").select(
        "lookup_key", "officer_key", "at", "asked_key"
    )
    width = int(parameters["days"] * DAY)
    tiled = ibis.union(
        rows.mutate(slot=(rows.at // width) * 2),
        rows.mutate(slot=((rows.at + width // 2) // width) * 2 + 1),
    )
    spread = tiled.group_by("asked_key", "slot").aggregate(n=tiled.officer_key.nunique())
    spread = spread.filter(spread.n >= parameters["colleagues"])
    hits = tiled.join(spread, ["asked_key", "slot"])
    hits = hits.group_by("lookup_key").aggregate(n=hits.n.max(), requester_key=hits.asked_key.min())
    return hits.select("lookup_key", "requester_key", measure=hits.n.cast("float64"))
