"""The celebrity: a wave of officers of several units on one person, with no case in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.casework import with_owned
from linkgraph.screen.tables import DAY, ScreenTables

HEADER = Header(
    id="celebrity",
    revision=2,
    role=Role.FINDING,
    title=Text("A wave of officers on one person", "多數員警短期內查詢同一人"),
    statement=Text(
        "Ten officers or more, of three units or more, looked up one person within seven days "
        "with no case of their own or of their units, three times as often as at other times.",
        "七日內有三個以上單位、十名以上員警查詢同一人，均無本人或單位案件，且達平時三倍以上。",
    ),
    needs=("postings",),
    rationale=(
        "A person in the news draws the curiosity of a whole force. The wave is one matter, with "
        "every officer in it, and is for a talk with all rather than a case against one. Whoever "
        "is checked all the time, or is under an alert, makes no wave."
    ),
    source="2009: 68 officers of 16 units looked up one woman in the news more than 70 times",
    innocent=(
        Text(
            "A search, a manhunt or an order by word that no alert records.",
            "未登錄通報之協尋、圍捕或口頭指示。",
        ),
        Text("A visit or an event at which several units served.", "多單位支援之活動或勤務。"),
        Text(
            "A training or a test of the system on one record.",
            "教育訓練或系統測試使用同一筆資料。",
        ),
    ),
    parameters={"officers": 10, "units": 3, "days": 7, "times": 3},
    prior=1 / 64,
    prior_reason="Documented share of known misuse that is curiosity about one person by many.",
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Measure: officers of the largest wave that the look-up belongs to.

    Cost: linear in the look-ups of persons whom enough officers and units looked up at all.
    """
    width = int(parameters["days"])
    rows = _unexplained(tables)
    often = rows.group_by("about_key").aggregate(
        officers=rows.officer_key.nunique(), units=rows.unit_key.nunique()
    )
    often = often.filter(
        (often.officers >= parameters["officers"]) & (often.units >= parameters["units"])
    )
    rows = tables.store("waves", rows.semi_join(often, "about_key"))
    met = rows.select("about_key", "officer_key", "unit_key", "date").distinct()
    starts = met.select("about_key", first="date").distinct()
    # Joined by slice of time: a window of so many days touches two slices.
    slots = ibis.union(
        starts.mutate(slot=starts["first"] // width),
        starts.mutate(slot=starts["first"] // width + 1),
    )
    inside = slots.join(met.mutate(slot=met.date // width), ["about_key", "slot"])
    inside = inside.filter(
        (inside.date >= inside["first"]) & (inside.date < inside["first"] + width)
    )
    waves = inside.group_by("about_key", "first").aggregate(
        officers=inside.officer_key.nunique(),
        units=inside.unit_key.nunique(),
        within=inside.count(),
    )
    totals = met.group_by("about_key").aggregate(total=met.count())
    waves = waves.join(totals, "about_key").cross_join(_span(tables))
    weeks = (waves.span / float(width) - 1).fill_null(0.0)
    usual = (waves.total - waves.within) / ibis.greatest(weeks, ibis.literal(1.0))
    waves = waves.filter(
        (waves.officers >= parameters["officers"])
        & (waves.units >= parameters["units"])
        & (waves.within >= parameters["times"] * usual)
    ).select("about_key", "first", "officers")
    hits = rows.join(waves, "about_key")
    hits = hits.filter((hits.date >= hits["first"]) & (hits.date < hits["first"] + width))
    hits = hits.group_by("lookup_key").aggregate(n=hits.officers.max())
    return hits.select("lookup_key", measure=hits.n.cast("float64"))


def _unexplained(tables: ScreenTables) -> Any:
    """Look-ups of whom neither a case nor an alert accounts for; `date` in days since 1970.

    An alert for one of several whom a look-up returned says nothing of the others.
    """
    at = tables.lookups.select("lookup_key", "at")
    rows = tables.about.semi_join(tables.unrecorded, ["lookup_key", "subject_key"]).join(
        at, "lookup_key"
    )
    rows = rows.filter(rows.unit_key.notnull())
    if tables.has("alerts"):
        alerts = tables.table("alerts").select(
            "subject_key", since=ibis._.start - DAY, until=ibis._.end + DAY
        )
        alerts = with_owned(tables, alerts)
        under = rows.join(alerts, rows.about_key == alerts.subject_key)
        under = under.filter(
            (under.at >= under.since)
            & (under.at < under.until)
            & (under.at >= under.start)
            & (under.at < under.end)
        )
        rows = rows.anti_join(under.select("lookup_key", "about_key"), ["lookup_key", "about_key"])
    return rows.select(
        "lookup_key", "officer_key", "unit_key", "about_key", date=(rows.at // DAY).cast("int64")
    )


def _span(tables: ScreenTables) -> Any:
    at = tables.lookups.at
    return tables.lookups.aggregate(span=(at.max() - at.min()) / float(DAY))
