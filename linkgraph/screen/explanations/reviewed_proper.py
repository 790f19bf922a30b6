"""Reviewed as proper: somebody looked into this look-up and found it proper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.model.tables import OPEN_START
from linkgraph.screen.casework import explained
from linkgraph.screen.tables import ScreenTables

HEADER = Header(
    id="reviewed_proper",
    revision=1,
    role=Role.EXPLANATION,
    title=Text("Reviewed as proper", "經審查為公務查詢"),
    statement=Text(
        "The latest review of the look-up decided that it was proper.",
        "該筆查詢最近一次審查之結論為正當公務查詢。",
    ),
    needs=("reviews",),
    rationale=(
        "What was examined and settled should not come up again. Only the latest decision "
        "counts: a later one may have overturned it."
    ),
    source="Sample audits of the police ethics notice; 1 % rules of neighbouring offices",
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:  # noqa: ARG001
    """Look-ups (every subject, or the text search as a whole) whose last review says proper."""
    reviews = tables.table("reviews")
    reviews = reviews.filter(reviews.lookup_key.notnull())
    reviews = reviews.mutate(at=reviews.at.fill_null(OPEN_START))
    last_first = ibis.window(
        group_by="lookup_key", order_by=[ibis.desc("at"), "decision", "row_id"]
    )
    reviews = reviews.mutate(back=ibis.row_number().over(last_first))
    proper = reviews.filter((reviews.back == 0) & (reviews.decision == "proper"))
    hits = tables.asked.join(proper.select("lookup_key", "row_id"), "lookup_key")
    return explained(hits, "full", "reviews", hits.row_id)
