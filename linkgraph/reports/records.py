"""Look-ups as sections: the table with source rows, the time axis, the hours of the day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pandas as pd

from linkgraph.reports import charts
from linkgraph.reports.content import Block, Chart, Heading, Table
from linkgraph.reports.material import Material
from linkgraph.reports.phrasing import MOST_ROWS, each, text
from linkgraph.reports.words import Words

_LEVELS = {"none": 0, "partial": 1, "full": 2}


def lookup_table(material: Material, lookups: pd.DataFrame) -> list[Block]:
    """The look-ups with the row each came from, unexplained first, at most `MOST_ROWS`."""
    words = material.words
    order = lookups["explanation_level"].map(_LEVELS).fillna(0)
    chosen = lookups.assign(_order=order).sort_values(["_order", "at", "lookup_id"])[:MOST_ROWS]
    rows = tuple(
        (
            words.moment(row.at_local),
            material.name("officer", str(row.officer_id)),
            words.system(text(row.system)),
            _subject(material, row),
            text(row.purpose),
            words.value(text(row.duty_status)),
            _explained(material, row),
            words.comma.join(material.title(id_) for id_ in row.indicators),
            f"{text(row.source_file)}:{text(row.source_row)}",
        )
        for row in each(chosen)
    )
    counted = {"shown": len(chosen), "total": len(lookups)}
    return [
        Heading(words("lookups"), 2, "lookups"),
        Table(
            words("caption.lookups"),
            tuple(
                words(f"col.{name}")
                for name in (
                    "at",
                    "officer",
                    "system",
                    "subject",
                    "purpose",
                    "duty",
                    "explained",
                    "indicators",
                    "source",
                )
            ),
            rows,
            words("shown" if len(chosen) < len(lookups) else "all_shown", **counted),
            unbroken=frozenset({0, 3, 5}),
        ),
    ]


def when(material: Material, lookups: pd.DataFrame, lane: str) -> list[Block]:
    """Look-ups on a time axis, one line per value of column `lane` (an entity id)."""
    if lookups.empty:
        return []
    words = material.words
    kind = "officer" if lane == "officer_id" else "person"
    busiest = lookups[lane].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    shown = lookups[lookups[lane].isin(list(busiest.index[:12]))]
    events = [
        charts.Event(
            row.at_local.timestamp(),
            material.name(row.subject_kind if kind == "person" else kind, getattr(row, lane)),
            str(row.explanation_level),
            f"{words.moment(row.at_local)} · {row.system or ''} · {row.purpose or ''}",
        )
        for row in each(shown)
    ]
    return [
        Heading(words("timeline"), 3),
        Chart(
            words("timeline.caption"),
            charts.timeline(events, _ticks(words, shown), title=words("timeline")),
        ),
    ]


def by_hour(material: Material, lookups: pd.DataFrame) -> Block:
    """Look-ups by local hour, fully explained ones apart."""
    full = lookups["explanation_level"] == "full"
    hour = lookups["at_local"].dt.hour

    def counts(part: pd.Series) -> list[int]:
        return [int((hour[part] == h).sum()) for h in range(24)]

    return Chart(
        material.words("hours.caption"),
        charts.hours(counts(full), counts(~full), title=material.words("hours.title")),
    )


def _subject(material: Material, row: Any) -> str:
    if pd.isna(row.subject_id):
        return text(row.query_text)
    return material.name(str(row.subject_kind), str(row.subject_id))


def _explained(material: Material, row: Any) -> str:
    level = text(row.explanation_level) or "none"
    if level == "none" or pd.isna(row.explanation_id):
        return material.words("none")
    return f"{material.words(level)}: {material.title(str(row.explanation_id))}"


def _ticks(words: Words, lookups: pd.DataFrame) -> list[tuple[float, str]]:
    """At most six whole days, or the first and last moment of a shorter time."""
    first, last = lookups["at_local"].min(), lookups["at_local"].max()
    days = (last.normalize() - first.normalize()).days
    if days < 2:
        ends = (first, last) if last > first else (first,)
        return [(at.timestamp(), words.moment(at)) for at in ends]
    step = -(-days // 5)
    starts = [first.normalize() + timedelta(days=n) for n in range(0, days + 2, step)]
    return [(at.timestamp(), words.day(at)) for at in starts]
