"""Small words that every section needs: times, counts and numbers as a reader writes them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from linkgraph.model.tables import OPEN_END, OPEN_START
from linkgraph.reports.material import Material
from linkgraph.reports.words import Words

MOST_ROWS = 200


def each(frame: pd.DataFrame) -> Iterable[Any]:
    """The rows of a small frame as named tuples."""
    return frame.itertuples(index=False)


def sentence(item: object, words: Words) -> str:
    """A bilingual item of a lead (`{en, zh_tw}`, perhaps under `text`) in the report's words."""
    if isinstance(item, Mapping):
        inner = item.get("text", item)
        if isinstance(inner, Mapping):
            return words.dated(str(inner["zh_tw" if words.language == "zh-TW" else "en"]))
        return str(inner)
    return str(item)


def local(material: Material, at: int) -> datetime:
    """µs UTC as a local time of the ledger's zone."""
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(at))
    return moment.astimezone(ZoneInfo(material.ledger.timezone))


def day(material: Material, at: int) -> str:
    """A local day, or the word for an end that is open."""
    if at <= OPEN_START or at >= OPEN_END:
        return material.words("open")
    return material.words.day(local(material, at))


def span(material: Material, lookups: pd.DataFrame) -> dict[str, str]:
    """`first` and `last` of look-ups in words; dashes where there are none."""
    if lookups.empty:
        return {"first": "–", "last": "–"}
    return {
        "first": material.words.day(lookups["at_local"].min()),
        "last": material.words.day(lookups["at_local"].max()),
    }


def levels(lookups: pd.DataFrame) -> dict[str, int]:
    """How many look-ups are explained in full, in part, not."""
    counts = lookups["explanation_level"].fillna("none").value_counts()
    return {level: int(counts.get(level, 0)) for level in ("full", "partial", "none")}


def how_many(material: Material, shown: int, total: int) -> str:
    """The note under a table: how many of its rows are shown."""
    return material.words("all_shown" if shown == total else "shown_some", shown=shown, total=total)


def number(value: object) -> str:
    """A number as a reader writes it: two decimals, of a small share two digits; a true minus."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, (int, float)):
        places = 2
        if 0 < abs(value) < 0.01:
            places = 1 - math.floor(math.log10(abs(value)))
        text = str(value)
        if isinstance(value, float):
            text = f"{value:.{places}f}".rstrip("0").rstrip(".")
        return text.replace("-", "−")
    return str(value)


def signed(bits: float) -> str:
    """Bits with their sign, two decimals."""
    return f"{bits:+.2f}".replace("-", "−")


def text(value: object) -> str:
    return "" if value is None or value is pd.NA or value != value else str(value)  # noqa: PLR0124


def named(material: Material, ref: str) -> str:
    """`kind:id` as name and id; several joined by `,`; anything else as it stands."""
    parts = []
    for part in ref.split(","):
        kind, colon, id_ = part.partition(":")
        name = material.name(kind, id_) if colon else part
        parts.append(f"{material.words.value(kind)} {id_}" if colon and name == id_ else name)
    return material.words.comma.join(parts)


def moment(material: Material, at: str) -> str:
    """A moment in ISO 8601 as a local time to the minute."""
    stamp = pd.Timestamp(at).tz_convert(material.ledger.timezone)
    return material.words.moment(stamp.to_pydatetime())
