"""Beside explained look-ups: what the officer did just before and after was work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.tables import MINUTE, ScreenTables

HEADER = Header(
    id="beside_explained",
    revision=1,
    role=Role.CONTEXT,
    title=Text("Beside explained look-ups", "鄰近查詢均有公務說明"),
    statement=Text(
        "Within 15 minutes of this look-up the officer made look-ups that work fully explains.",
        "該筆查詢前後15分鐘內，員警另有經公務紀錄完全說明之查詢。",
    ),
    needs=("lookups",),
    rationale=(
        "Persons checked along with a case are often left out of its records; what lies beside "
        "explained look-ups is likelier to belong to them. Counted as a share, since one stray "
        "explained look-up says little."
    ),
    source="Fabbri & LeFevre 2011-2013; prototype on forces with known truth",
    innocent=(
        Text(
            "It speaks for work, but others' data are slipped in under a genuine case (夾帶).",
            "此項有利於員警，惟亦可能於真實案件中夾帶查詢他人資料。",
        ),
    ),
    parameters={"minutes": 15},
    prior=0.2,
    prior_reason="Slipping in under a genuine case is one of the known ways that leaks happen.",
    against=True,
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Measure: the fully explained share of the officer's other look-ups within the time.

    For look-ups that are not fully explained themselves.
    """
    levels = tables.lookup_levels.select("lookup_key", "level")
    rows = tables.lookups.select("lookup_key", "officer_key", "at").join(levels, "lookup_key")
    rows = rows.mutate(full=(rows.level == "full").cast("int64"))
    width = int(parameters["minutes"] * MINUTE)
    around = ibis.range_window(
        group_by="officer_key", order_by="at", preceding=width, following=width
    )
    rows = rows.mutate(beside=rows.full.sum().over(around), n=rows.count().over(around))
    hits = rows.filter((rows.level != "full") & (rows.beside > 0))
    return hits.select("lookup_key", measure=hits.beside / (hits.n - 1))
