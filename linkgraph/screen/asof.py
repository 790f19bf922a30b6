"""Which interval holds at a point in time: a union and a running maximum.

Spark has no as-of join, and joining raw intervals costs six times as much as this.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis


def covering(points: Any, intervals: Mapping[str, Any]) -> Any:
    """For each point the interval of each kind that covers it.

    `points`: point (int64, unique), officer_key, at.  `intervals`: name -> table with a column
    of that name (int64, increasing with officer_key and start), officer_key, start, end;
    disjoint within an officer.

    Returns point and one nullable column per name.  Cost: one sort of points and intervals
    together, whatever the number of kinds.
    """
    names = list(intervals)
    parts = [
        points.select(
            "officer_key",
            t=points.at,
            later=ibis.literal(1, "int8"),
            point=points.point,
            **{name: ibis.null("int64") for name in names},
        )
    ]
    for name, table in intervals.items():
        parts.append(
            table.select(
                "officer_key",
                t=table.start,
                later=ibis.literal(0, "int8"),
                point=ibis.null("int64"),
                **{n: table[n] if n == name else ibis.null("int64") for n in names},
            )
        )
    timeline = ibis.union(*parts) if len(parts) > 1 else parts[0]
    so_far = ibis.window(
        group_by="officer_key", order_by=["t", "later"], preceding=None, following=0
    )
    timeline = timeline.mutate(**{name: timeline[name].max().over(so_far) for name in names})
    begun = timeline.filter(timeline.point.notnull()).select("point", "t", *names)
    # Disjoint intervals end in the order in which they start, so only the last begun may cover.
    # Its end comes by a join: a running maximum of the ends would cost as much again.
    for name, table in intervals.items():
        ends = table.select(last=table[name], **{f"{name}_end": table.end})
        begun = begun.left_join(ends, begun[name] == ends.last).drop("last")
    return begun.select(
        "point",
        **{
            name: (begun.t < begun[f"{name}_end"]).ifelse(begun[name], ibis.null("int64"))
            for name in names
        },
    )
