"""Colleagues the same day: others of the unit looked the same person up that day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.tables import ScreenTables

HEADER = Header(
    id="colleagues_same_day",
    revision=1,
    role=Role.CONTEXT,
    title=Text("Colleagues on the same person that day", "同日同仁亦查詢同一人"),
    statement=Text(
        "Another officer of the unit looked up the same person, or the same person's vehicle, "
        "on the same day.",
        "同單位其他員警於同日查詢同一人或其車輛。",
    ),
    needs=("postings",),
    rationale=(
        "What occupies a station occupies several of its officers; private interest is mostly "
        "one officer's."
    ),
    source="Prototype on forces with known truth: context that speaks against misuse",
    innocent=(
        Text(
            "It speaks for work, but curiosity spreads: 68 officers looked up one woman in the "
            "news in 2009.",
            "此項有利於員警，惟好奇心亦會蔓延：2009年曾有68名員警查詢同一新聞人物。",
        ),
    ),
    parameters={"colleagues": 1},
    prior=0.08,
    prior_reason="In none of the four cases of the notice did colleagues act independently.",
    against=True,
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Measure: colleagues of the unit on the same person that local day.

    For look-ups that are not fully explained; colleagues' look-ups count explained or not.
    """
    rows = tables.about.filter(tables.about.unit_key.notnull())
    groups = rows.group_by("unit_key", "day", "about_key").aggregate(
        least=rows.officer_key.min(), most=rows.officer_key.max()
    )
    groups = groups.filter(groups.least != groups.most)
    shared = rows.semi_join(groups, ["unit_key", "day", "about_key"])
    counts = shared.group_by("unit_key", "day", "about_key").aggregate(
        officers=shared.officer_key.nunique()
    )
    open_ = tables.lookup_levels.filter(tables.lookup_levels.level != "full")
    hits = shared.semi_join(open_, "lookup_key").join(counts, ["unit_key", "day", "about_key"])
    hits = hits.group_by("lookup_key").aggregate(n=hits.officers.max() - 1)
    hits = hits.filter(hits.n >= parameters["colleagues"])
    return hits.select("lookup_key", measure=hits.n.cast("float64"))
