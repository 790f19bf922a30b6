"""What the fairness tables compare: each officer's rank, kind of unit, shift and tenure.

Never a name, a sex or an origin: those are not asked for, and not kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from linkgraph.ledger import Ledger

US_PER_HOUR = 3_600_000_000
US_PER_YEAR = 365.25 * 24 * US_PER_HOUR
NIGHT = (22, 6)
UNKNOWN = "unknown"
NO_DUTY = ("leave", "off", "training")
TENURES = ((5, "under 5 years"), (15, "5 to 15 years"), (200, "15 years and more"))
SHIFTS = ((0.05, "days"), (0.35, "some nights"), (1.1, "many nights"))


def people(ledger: Ledger, at: int) -> dict[str, dict[str, str]]:
    """Officer id -> rank, unit (kind), shift, tenure, at a time in µs UTC, of those who serve.

    Shift is the share of the hours on duty from 22:00 to 06:00: up to 5 % days, up to 35 % some
    nights.
    """
    officers: pd.DataFrame = ledger.table("officers").to_pandas()
    kinds, nights = _unit_kinds(ledger, at), _nights(ledger)
    made = {}
    for row in officers.sort_values("officer_id").to_dict("records"):
        id_ = str(row["officer_id"])
        if not pd.isna(row["left_on"]) and pd.Timestamp(row["left_on"]).timestamp() * 1e6 < at:
            continue
        made[id_] = {
            "rank": _text(row["rank"]),
            "unit": kinds.get(id_, UNKNOWN),
            "shift": UNKNOWN if id_ not in nights else _band(nights[id_], SHIFTS),
            "tenure": _tenure(row["joined_on"], at),
        }
    return made


def _unit_kinds(ledger: Ledger, at: int) -> dict[str, str]:
    posts, units = ledger.table("postings"), ledger.table("units").select("unit_id", "kind")
    rows = posts.filter((posts.start <= at) & (posts.end > at)).join(units, "unit_id")
    frame = rows.select("officer_id", "kind").to_pandas().sort_values(["officer_id", "kind"])
    return {str(o): _text(k) for o, k in frame.itertuples(index=False, name=None)}


def _nights(ledger: Ledger) -> dict[str, float]:
    duties = ledger.table("duties")
    on = duties.filter(~duties.kind.isin(NO_DUTY))
    frame = on.select("officer_id", "start", "end").to_pandas()
    if frame.empty:
        return {}
    # Every duty counts by its middle: duties are a few hours long.
    middle = (frame["start"] + frame["end"]) // 2
    local = pd.to_datetime(middle, unit="us", utc=True).dt.tz_convert(ledger.timezone).dt.hour
    night = (local >= NIGHT[0]) | (local < NIGHT[1])
    hours = (frame["end"] - frame["start"]) / US_PER_HOUR
    by = frame["officer_id"]
    share = (hours * night).groupby(by).sum() / hours.groupby(by).sum()
    return {str(id_): float(value) for id_, value in share.items()}


def _tenure(joined: Any, at: int) -> str:
    if joined is None or pd.isna(joined):
        return UNKNOWN
    years = (at / 1_000_000 - pd.Timestamp(joined).timestamp()) / (US_PER_YEAR / 1_000_000)
    return _band(years, TENURES)


def _band(value: float, bands: tuple[tuple[float, str], ...]) -> str:
    return next((name for below, name in bands if value < below), bands[-1][1])


def _text(value: Any) -> str:
    return UNKNOWN if value is None or pd.isna(value) else str(value)
