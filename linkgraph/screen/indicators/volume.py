"""Volume: more look-ups on the day than peers of the role and own history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.tables import ScreenTables

HEADER = Header(
    id="volume",
    revision=1,
    role=Role.CONTEXT,
    title=Text("Volume beyond peers and own history", "查詢量異常"),
    statement=Text(
        "On this day the officer made more look-ups than nearly all officer-days of the same "
        "role, and more than on nearly all of his own days.",
        "員警當日查詢量高於同職務絕大多數員警日，亦高於其本人絕大多數工作日。",
    ),
    needs=("lookups",),
    rationale=(
        "Unusual volume is one of the three things that spot checks look at. Quantiles of "
        "days, against the role and against himself, since a busy desk is busy every day."
    ),
    source="Spot-check practice 異常對象、異常時間、異常數量",
    innocent=(
        Text(
            "A large operation, a screening programme or a backlog worked off.",
            "專案勤務、清查作業或積案處理。",
        ),
        Text("One officer types for the whole shift.", "由一人代全班輸入。"),
    ),
    parameters={"peer_quantile": 0.99, "own_quantile": 0.9, "at_least": 20, "peer_days": 200},
    prior=0.1,
    prior_reason="Known cases are few look-ups each; volume found almost none of them.",
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Measure: look-ups of the officer on that local day.

    A role with fewer than `peer_days` officer-days is measured against the whole force.
    """
    lookups = tables.lookups.select("lookup_key", "officer_key", "day", "role")
    per_day = lookups.group_by("officer_key", "day", "role").aggregate(n=lookups.count())
    share = float(parameters["peer_quantile"])
    force = per_day.aggregate(force=per_day.n.quantile(share))
    roles = per_day.group_by("role").aggregate(
        days=per_day.count(), peers=per_day.n.quantile(share)
    )
    own = per_day.group_by("officer_key").aggregate(
        own=per_day.n.quantile(float(parameters["own_quantile"]))
    )
    days = per_day.join(roles, "role").join(own, "officer_key").cross_join(force)
    limit = (days.days >= parameters["peer_days"]).ifelse(days.peers, days.force)
    unusual = days.filter(
        (days.n > limit) & (days.n > days.own) & (days.n >= parameters["at_least"])
    ).select("officer_key", "day", "role", "n")
    hits = lookups.join(unusual, ["officer_key", "day", "role"])
    return hits.select("lookup_key", measure=hits.n.cast("float64"))
