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
    revision=2,
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
    """Measure: colleagues asked in the best of the spans of so many days (UTC) that hold it.

    A span begins on a day of a request; requester_key: who asked.  Cost: linear in the requests
    but for those of one day to one colleague, which are one.
    """
    width = int(parameters["days"])
    open_ = tables.lookup_levels.filter(tables.lookup_levels.level != "full")
    rows = proxies(tables).semi_join(open_, "lookup_key")
    rows = rows.filter(rows.asked_key.notnull())
    rows = rows.select("lookup_key", "officer_key", "asked_key", date=rows.at // DAY)
    met = rows.select("asked_key", "officer_key", "date").distinct()
    starts = met.select("asked_key", first="date").distinct()
    # Joined by slice of time: a span of so many days touches two slices.
    slots = ibis.union(
        starts.mutate(slot=starts["first"] // width),
        starts.mutate(slot=starts["first"] // width + 1),
    )
    inside = slots.join(met.mutate(slot=met.date // width), ["asked_key", "slot"])
    inside = inside.filter(
        (inside.date >= inside["first"]) & (inside.date < inside["first"] + width)
    )
    spread = inside.group_by("asked_key", "first").aggregate(n=inside.officer_key.nunique())
    spread = spread.filter(spread.n >= parameters["colleagues"])
    hits = rows.join(spread, "asked_key")
    hits = hits.filter((hits.date >= hits["first"]) & (hits.date < hits["first"] + width))
    hits = hits.group_by("lookup_key").aggregate(n=hits.n.max(), requester_key=hits.asked_key.min())
    return hits.select("lookup_key", "requester_key", measure=hits.n.cast("float64"))
