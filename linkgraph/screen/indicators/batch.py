"""Batch: one of many look-ups within minutes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.tables import MINUTE, ScreenTables

HEADER = Header(
    id="batch",
    revision=1,
    role=Role.CONTEXT,
    title=Text("One of a batch", "整批查詢"),
    statement=Text(
        "The look-up is one of six or more by the officer within 15 minutes.",
        "該筆查詢為員警15分鐘內六筆以上查詢之一。",
    ),
    needs=("lookups",),
    rationale=(
        "Checkpoints, inspections and list work come in batches; a look-up out of private "
        "interest mostly stands alone or in twos and threes."
    ),
    source="Prototype on forces with known truth: context that speaks against misuse",
    innocent=(
        Text(
            "It speaks for work, but a private list can be typed in one go as well.",
            "此項有利於員警，惟私人名單亦可能一次輸入。",
        ),
    ),
    parameters={"lookups": 6, "minutes": 15},
    prior=0.08,
    prior_reason="Two plates in minutes in case 1090104; job applicants may come as a list.",
    against=True,
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Measure: minutes that the shortest run of so many look-ups around this one took."""
    further = int(parameters["lookups"]) - 1
    order = {"group_by": "officer_key", "order_by": ["at", "lookup_key"]}
    rows = tables.lookups.select("lookup_key", "officer_key", "at")
    rows = rows.mutate(took=rows.at.lead(further).over(ibis.window(**order)) - rows.at)
    around = ibis.window(**order, preceding=further, following=0)
    rows = rows.mutate(shortest=rows.took.min().over(around))
    hits = rows.filter(rows.shortest <= int(parameters["minutes"] * MINUTE))
    return hits.select("lookup_key", measure=hits.shortest / float(MINUTE))
