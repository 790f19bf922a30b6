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
            **{f"{name}_end": ibis.null("int64") for name in names},
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
                **{f"{n}_end": table.end if n == name else ibis.null("int64") for n in names},
            )
        )
    # Disjoint intervals end in the order in which they start, so the running maximum of
    # the end belongs to the same interval as the running maximum of the number.
    timeline = ibis.union(*parts) if len(parts) > 1 else parts[0]
    so_far = ibis.window(
        group_by="officer_key", order_by=["t", "later"], preceding=None, following=0
    )
    columns = [*names, *(f"{name}_end" for name in names)]
    timeline = timeline.mutate(**{c: timeline[c].max().over(so_far) for c in columns})
    timeline = timeline.filter(timeline.point.notnull())
    return timeline.select(
        "point",
        **{
            name: (timeline.t < timeline[f"{name}_end"]).ifelse(timeline[name], ibis.null("int64"))
            for name in names
        },
    )
