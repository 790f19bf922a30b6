"""Regular visit: the same subject about once a month, on duty, like a round."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.casework import days
from linkgraph.screen.tables import AWAY, ScreenTables

HEADER = Header(
    id="regular_visit",
    revision=1,
    role=Role.CONTEXT,
    title=Text("Regular, as in a round of visits", "規律性查詢（如定期查訪）"),
    statement=Text(
        "The officer looked the subject up three times or more at even distances of about a "
        "month and always on duty; or the visit register of his unit names it.",
        "員警於服勤中約每月一次、間隔規律地查詢同一對象達三次以上；或其單位查訪登記載有該對象。",
    ),
    needs=("lookups",),
    rationale=(
        "Persons and places to be visited are looked up in the rhythm of the round, and "
        "registers are often on paper. Private interest follows events, not the calendar."
    ),
    source="Prototype on forces with known truth: monthly visits among wrong leads",
    innocent=(
        Text(
            "It speaks for work, but a standing favour can be regular as well: ask for the "
            "visit register.",
            "此項有利於員警，惟固定之人情請託亦可能規律，應調閱查訪登記。",
        ),
    ),
    parameters={"visits": 3, "least_days": 20, "most_days": 45, "uneven_days": 10},
    prior=0.03,
    prior_reason="In none of the four cases of the notice; New Zealand's 97 look-ups were uneven.",
    against=True,
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Measure: mean distance in days (0 where the register alone says so).

    Even: the longest and the shortest distance differ by no more than `uneven_days`, and all
    lie between `least_days` and `most_days`; several look-ups of one day are one visit.
    """
    rows = tables.about.select("lookup_key", "officer_key", "about_key")
    status = tables.lookups.select("lookup_key", "at", "day", "duty_status")
    rows = rows.join(status, "lookup_key")
    visits = rows.group_by("officer_key", "about_key", "day").aggregate(
        at=rows.at.min(), away=rows.duty_status.isin(AWAY).any()
    )
    few = visits.group_by("officer_key", "about_key").aggregate(n=visits.count())
    visits = visits.semi_join(few.filter(few.n >= parameters["visits"]), _PAIR)
    order = ibis.window(group_by=_PAIR, order_by="at")
    visits = visits.mutate(gap=visits.at - visits.at.lag().over(order))
    even = visits.group_by(*_PAIR).aggregate(
        least=visits.gap.min(),
        most=visits.gap.max(),
        mean=visits.gap.mean(),
        away=ibis._.away.any(),
    )
    even = even.filter(
        ~even.away
        & (even.least >= days(parameters["least_days"]))
        & (even.most <= days(parameters["most_days"]))
        & (even.most - even.least <= days(parameters["uneven_days"]))
    )
    found = rows.join(even.select(*_PAIR, "mean"), list(_PAIR))
    found = found.select("lookup_key", measure=found.mean / float(days(1)))
    if tables.has("visit_register"):
        found = ibis.union(found, _registered(tables))
    return found.group_by("lookup_key").aggregate(measure=found.measure.max())


_PAIR = ("officer_key", "about_key")


def _registered(tables: ScreenTables) -> Any:
    register = tables.table("visit_register").filter(ibis._.unit_key.notnull())
    register = register.select("unit_key", "start", "end", about_key=register.subject_key)
    at = tables.lookups.select("lookup_key", "at")
    rows = tables.about.select("lookup_key", "unit_key", "about_key").join(at, "lookup_key")
    met = rows.join(register, ["unit_key", "about_key"])
    met = met.filter((met.at >= met.start) & (met.at < met.end))
    return met.select("lookup_key", measure=ibis.literal(0.0, "float64"))
