"""From the answers to a month's sample to the true rate in all its look-ups.

The random sample alone counts: what was picked for the worklist, or came from a lead or a
complaint, says nothing of the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from linkgraph.audit.plan import Plan, strata_of
from linkgraph.audit.rate import LEVEL, rate
from linkgraph.audit.words import Words
from linkgraph.errors import AuditError

if TYPE_CHECKING:
    from linkgraph.ledger import Ledger

GROUPS: dict[str, frozenset[str]] = {
    "improper": frozenset({"improper"}),
    "misuse": frozenset({"improper", "negligent"}),
    "faulty": frozenset({"improper", "negligent", "procedural"}),
}
"""Decisions that are counted together."""


def reviews(ledger: Ledger, plan: Plan, *, selected_by: str = "random") -> pd.DataFrame:
    """The latest review of each look-up of the plan's part: lookup_id, decision, at (µs UTC).

    Reviews of earlier than the day of the plan do not answer it.
    """
    zone = ZoneInfo(ledger.timezone)
    day = pd.Timestamp(plan.made_at).tz_convert(zone).normalize()
    wanted = plan.sample if selected_by == "random" else plan.rows[plan.rows["part"] == "worklist"]
    table = ledger.table("reviews")
    table = table.filter((table.selected_by == selected_by) & (table.at >= int(day.value // 1_000)))
    frame: pd.DataFrame = table.select("lookup_id", "decision", "at", "row_id").to_pandas()
    frame = frame[frame["lookup_id"].isin(wanted["lookup_id"])]
    frame = frame.sort_values(["lookup_id", "at", "row_id"])
    return frame.drop_duplicates("lookup_id", keep="last")[["lookup_id", "decision", "at"]]


def estimate(
    ledger: Ledger, plans: Sequence[Plan], words: Words, level: float = LEVEL
) -> dict[str, Any]:
    """The rates of several months together, with what they cover, as plain data.

    `rates`: group, decisions, found, rate, low, high, and the look-ups that these shares stand
    for.  `told`: sentences that belong to the figures.  Raises AuditError before any answer.
    """
    strata = strata_of(plans)
    answered = pd.concat(
        [
            reviews(ledger, plan)
            .merge(plan.sample[["lookup_id", "unit_id"]], on="lookup_id")
            .assign(month=plan.month)
            for plan in plans
        ]
    )
    months = [plan.month for plan in plans]
    decided = answered[answered["decision"] != "undetermined"]
    if decided.empty:
        raise AuditError(
            f"No look-up drawn for {', '.join(months)} is decided yet.",
            remedy="Issue workbooks with `linkgraph audit sheet`, read them with `audit import`.",
        )
    sizes = _column(strata, "lookups")
    drawn = _column(strata, "drawn")
    seen = _counts(decided, strata)
    rates, bounds = [], (0.0, 1.0)
    for group, decisions in GROUPS.items():
        hits = _counts(decided[decided["decision"].isin(decisions)], strata)
        made = rate(sizes, seen, hits, level)
        total = sizes.sum()
        if group == "improper":
            weight = np.divide(sizes, drawn, out=np.zeros_like(sizes), where=drawn > 0)
            bounds = (
                float((weight * hits).sum() / total),
                float((weight * (hits + drawn - seen)).sum() / total),
            )
        rates.append(
            {
                "group": group,
                "decisions": sorted(decisions),
                "found": int(hits.sum()),
                "rate": _rounded(made.rate),
                "low": _rounded(made.low),
                "high": _rounded(made.high),
                "lookups": round(float(made.rate) * total),
                "lookups_low": int(np.floor(float(made.low) * total)),
                "lookups_high": int(np.ceil(float(made.high) * total)),
            }
        )
    facts = {
        "months": months,
        "plans": [plan.id for plan in plans],
        "level": level,
        "lookups": int(sizes.sum()),
        "drawn": int(drawn.sum()),
        "decided": int(seen.sum()),
        "undetermined": len(answered) - len(decided),
        "silent": int(drawn.sum()) - len(answered),
        "bounds": {"low": _rounded(bounds[0]), "high": _rounded(bounds[1])},
        "units_silent": sorted(
            str(unit)
            for unit, n in strata.assign(seen=seen).groupby("unit_id")["seen"].sum().items()
            if n == 0
        ),
        "rates": rates,
    }
    return facts | {"told": _told(facts, words)}


def _told(facts: dict[str, Any], words: Words) -> list[str]:
    told = [
        words(
            "told.sample",
            answered=f"{facts['decided']:,}",
            drawn=f"{facts['drawn']:,}",
            lookups=f"{facts['lookups']:,}",
            months=words.comma.join(words.month(month) for month in facts["months"]),
        )
    ]
    if facts["silent"] or facts["undetermined"]:
        told.append(
            words(
                "told.silent",
                silent=f"{facts['silent']:,}",
                undetermined=f"{facts['undetermined']:,}",
                least=share(facts["bounds"]["low"]),
                most=share(facts["bounds"]["high"]),
            )
        )
    else:
        told.append(words("told.none_silent"))
    if facts["units_silent"]:
        units = words.comma.join(unit or words("unit.none") for unit in facts["units_silent"])
        told.append(words("told.unanswered_units", units=units))
    return [*told, words("told.covers"), words("told.method", level=f"{facts['level']:.0%}")]


def share(value: float) -> str:
    """A share as people write it: per cent, with as many digits as a rare event needs."""
    if value == 0:
        return "0 %"
    digits = min(max(0, int(np.floor(-np.log10(value)))), 5)
    return f"{value * 100:.{digits}f} %"


def _column(strata: pd.DataFrame, name: str) -> Any:
    return strata[name].to_numpy(dtype=np.float64)


def _counts(rows: pd.DataFrame, strata: pd.DataFrame) -> Any:
    """How many of the rows each stratum has."""
    counted = rows.groupby(["month", "unit_id"]).size()
    keys = pd.MultiIndex.from_frame(strata[["month", "unit_id"]])
    return counted.reindex(keys, fill_value=0).to_numpy(dtype=np.float64)


def _rounded(value: Any) -> float:
    return round(float(value), 8)
