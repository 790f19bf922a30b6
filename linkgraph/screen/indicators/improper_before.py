"""Improper before: somebody's earlier look-up of this person was reviewed as improper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.tables import ScreenTables

HEADER = Header(
    id="improper_before",
    revision=2,
    role=Role.CONTEXT,
    title=Text("Looked up improperly before", "對象曾遭不當查詢"),
    statement=Text(
        "An earlier look-up of the same person, by whomever, was reviewed as improper.",
        "同一對象先前曾有查詢經審查認定為不當。",
    ),
    needs=("reviews",),
    rationale=(
        "Whoever has been looked up for a private interest is looked up again: the interest "
        "outlasts the look-up, and finds another account. It is the subject's history, not the "
        "officer's, which is never weighed."
    ),
    source="New Zealand IPCA 17-2333: once looked into, 97 look-ups of one relative",
    innocent=(
        Text(
            "The complaint about the earlier look-up asks for new ones.",
            "調查先前之不當查詢，本須再行查詢。",
        ),
        Text("The person is a party to genuine cases as well.", "該對象亦為真實案件之關係人。"),
    ),
    prior=0.15,
    prior_reason="Estimate: repeats are common among known cases, most subjects are new.",
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:  # noqa: ARG001
    """Measure: earlier look-ups so reviewed (the latest decision counts); record: the last one."""
    reviews = tables.table("reviews").filter(ibis._.lookup_key.notnull())
    last = ibis.window(
        group_by="lookup_key",
        order_by=[reviews["at"].isnull(), ibis.desc("at"), "decision", "row_id"],
    )
    reviews = reviews.mutate(back=ibis.row_number().over(last))
    improper = reviews.filter((reviews.back == 0) & (reviews.decision == "improper"))
    at = tables.lookups.select("lookup_key", "at")
    about = tables.about.select("lookup_key", "about_key").distinct().join(at, "lookup_key")
    bad = about.join(improper.select("lookup_key", "row_id"), "lookup_key")
    bad = bad.select("about_key", "row_id", bad_at=bad.at, bad_key=bad.lookup_key)
    met = about.join(bad, "about_key")
    met = met.filter(met.bad_at < met.at)
    counted = met.group_by("lookup_key").aggregate(n=met.bad_key.nunique())
    latest = ibis.window(
        group_by="lookup_key", order_by=[ibis.desc("bad_at"), ibis.desc("bad_key")]
    )
    met = met.mutate(back=ibis.row_number().over(latest)).filter(ibis._.back == 0)
    hits = counted.join(met.select("lookup_key", "row_id"), "lookup_key")
    return hits.select(
        "lookup_key",
        measure=hits.n.cast("float64"),
        record_table=ibis.literal("reviews"),
        record_row_id=hits.row_id,
    )
