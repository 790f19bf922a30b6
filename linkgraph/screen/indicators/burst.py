"""Burst: far more different persons within the hour than the role or the officer is used to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.tables import HOUR, NO_SUBJECT, ScreenTables

HEADER = Header(
    id="burst",
    revision=1,
    role=Role.CONTEXT,
    title=Text("A burst within the hour", "一小時內密集查詢"),
    statement=Text(
        "Within this hour the officer looked up more different subjects than in nearly all "
        "hours of the same role, and than in nearly all of his own.",
        "員警於該小時內查詢之不同對象數，高於同職務絕大多數工時，亦高於其本人絕大多數工時。",
    ),
    needs=("lookups",),
    rationale=(
        "Unusual volume is one of the three things that spot checks look at, and a list typed "
        "in one go shows by the hour before it shows by the day. Shown, not weighed: how much "
        "an officer looks up is in the expected number already."
    ),
    source="Spot-check practice 異常對象、異常時間、異常數量",
    innocent=(
        Text("A checkpoint, a raid or a list from another agency.", "路檢、臨檢或他機關函查名冊。"),
        Text("A backlog entered after the system was down.", "系統中斷後補登積案。"),
    ),
    parameters={"peer_quantile": 0.999, "own_quantile": 0.99, "at_least": 10, "peer_hours": 500},
    prior=0.1,
    prior_reason="Known cases are few look-ups each; applicants may come as a list.",
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Measure: different subjects in that hour (of the clock, UTC).

    A role with fewer than `peer_hours` officer-hours is measured against the whole force.
    """
    roles = tables.lookups.select("lookup_key", "role")
    rows = tables.asked.filter(tables.asked.subject_key != NO_SUBJECT)
    rows = rows.select("lookup_key", "officer_key", "subject_key", hour=rows["at"] // HOUR)
    rows = rows.join(roles, "lookup_key")
    hours = rows.group_by("officer_key", "hour", "role").aggregate(n=rows.subject_key.nunique())
    share = float(parameters["peer_quantile"])
    force = hours.aggregate(force=hours.n.quantile(share))
    peers = hours.group_by("role").aggregate(hours=hours.count(), peers=hours.n.quantile(share))
    own = hours.group_by("officer_key").aggregate(
        own=hours.n.quantile(float(parameters["own_quantile"]))
    )
    met = hours.join(peers, "role").join(own, "officer_key").cross_join(force)
    limit = (met.hours >= parameters["peer_hours"]).ifelse(met.peers, met.force)
    unusual = met.filter((met.n > limit) & (met.n > met.own) & (met.n >= parameters["at_least"]))
    hits = rows.join(unusual.select("officer_key", "hour", "role", "n"), [*_WHO])
    hits = hits.group_by("lookup_key").aggregate(n=hits.n.max())
    return hits.select("lookup_key", measure=hits.n.cast("float64"))


_WHO = ("officer_key", "hour", "role")
