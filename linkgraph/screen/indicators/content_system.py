"""Content system: one that shows a person's life rather than a vehicle's status."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.tables import ScreenTables, any_of

HEADER = Header(
    id="content_system",
    revision=1,
    role=Role.CONTEXT,
    title=Text("A system that shows content", "內容性系統"),
    statement=Text(
        "The look-up was made in a system that shows criminal records, household or similar "
        "content about a person.",
        "查詢使用可顯示前科、戶籍等個人內容之系統。",
    ),
    needs=("lookups.system",),
    rationale=(
        "What is sold or passed on is content: records and addresses, seldom whether a plate "
        "is reported stolen. Which systems are meant is a setting."
    ),
    source="Cases 1090101 and 1090103 of the police ethics notice; Criminal Code §132",
    innocent=(Text("Investigation needs content every day.", "偵查工作本即經常使用此類系統。"),),
    prior=0.7,
    prior_reason="Three of the four cases of the notice used a record or household system.",
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:  # noqa: ARG001
    """Look-ups in a system whose name holds one of the names in the setting; measure 1."""
    lookups = tables.lookups
    names = lookups.filter(lookups.system.notnull()).select("system").distinct()
    names = names.filter(any_of(names.system, tables.settings.content_systems))
    hits = lookups.semi_join(names, "system")
    return hits.select("lookup_key", measure=ibis.literal(1.0), detail=hits.system)
