"""Generic purpose: none, one that says nothing, or one for nearly everything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.tables import ScreenTables, one_of

HEADER = Header(
    id="generic_purpose",
    revision=1,
    role=Role.CONTEXT,
    title=Text("Generic purpose", "查詢用途空泛"),
    statement=Text(
        "The purpose is empty, says nothing that could be checked, or is the one that the "
        "officer enters for nearly every look-up.",
        "查詢用途未填、內容空泛無從查核，或員警幾乎每筆查詢均填相同用途。",
    ),
    needs=("lookups.purpose",),
    rationale=(
        "Superiors' audits missed case 1090101 behind generic purposes; the notice orders "
        "their active clearing. Which purposes are generic is a setting."
    ),
    source="Police ethics notice: clearing of 偵辦刑案, 公務查詢; case 1090101",
    innocent=(
        Text(
            "The system offers only a list, or the station's habit is to enter this.",
            "系統僅提供選單，或單位慣用此填法。",
        ),
        Text("A desk with a single task enters one purpose.", "專責櫃台業務單一，用途自然相同。"),
    ),
    parameters={"same_share": 0.9, "same_at_least": 100},
    prior=0.6,
    prior_reason="Two of the four cases of the notice; improper look-ups need some purpose.",
    of_session=True,
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Measure: 1 if the purpose is empty or listed, else the share of the one purpose.

    Detail: `empty`, `listed` or `same`.
    """
    lookups = tables.lookups
    how = ibis.cases(
        (lookups.purpose.strip().nullif("").isnull(), "empty"),
        (one_of(lookups.purpose, tables.settings.generic_purposes), "listed"),
        else_=ibis.null("string"),
    )
    lookups = lookups.select("lookup_key", "officer_key", "purpose", how=how)
    lookups = tables.store("purposes", lookups)
    plain = lookups.filter(lookups.how.notnull())
    plain = plain.select("lookup_key", measure=ibis.literal(1.0), detail="how")
    rest = lookups.filter(lookups.how.isnull())
    counts = rest.group_by("officer_key", "purpose").aggregate(n=rest.count())
    totals = lookups.group_by("officer_key").aggregate(total=lookups.count())
    counts = counts.filter(counts.n >= parameters["same_at_least"])
    same = counts.join(totals, "officer_key")
    same = same.mutate(share=same.n / same.total)
    same = same.filter(same.share >= parameters["same_share"])
    rest = rest.join(same.select("officer_key", "purpose", "share"), ["officer_key", "purpose"])
    rest = rest.select("lookup_key", measure=rest.share, detail=ibis.literal("same"))
    return ibis.union(plain, rest)
