"""How well a look-up fits what a complaint or a self-report tells of.

Each fact that fits counts the points of `FITS`, and nothing counts twice.  The points say where
to read first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from linkgraph.leads.askers import Asker
from linkgraph.leads.lead import Fact
from linkgraph.leads.phrases import phrase
from linkgraph.leads.records import Records, text_or_none
from linkgraph.leads.told import Told

MINUTE = 60_000_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR

FITS: Mapping[str, int] = {
    "soon_after_incident": 4,
    "after_incident": 2,
    "before_complaint": 1,
    "purpose_contradicted": 3,
    "generic_purpose": 1,
    "proxy_contradicted": 3,
    "off_duty": 2,
    "about_subject": 1,
    "holder_named": 4,
    "reported": 6,
    "beside_reported": 3,
    "asker_named_and_away": 4,
    "asker_named": 3,
    "asker_party": 3,
    "asker_away_in_contact": 3,
    "asker_logged_away": 2,
}
"""Points by which a look-up fits an incident.  Judgements, not measured: a trace is short, and
is read whole."""

SOON = DAY


def fits(
    row: Any, fired: list[str], told: Told, asking: Sequence[Asker], records: Records
) -> tuple[int, list[Fact]]:
    """Points of the look-up `row`, on which `fired` fire, and the facts behind them."""
    points = 0
    explanation = text_or_none(row.explanation_id)
    state = {"none": "trace.unexplained", "partial": "trace.partial", "full": "trace.full"}
    title = records.title(explanation) if explanation else ""
    reasons = [Fact(f"trace.{row.level}", phrase(state[row.level], title=title))]
    reasons.append(Fact(row.relation, phrase(f"trace.{row.relation}")))
    if row.relation == "subject":
        points += FITS["about_subject"]
    if told.at is not None and not told.lookups:
        found, fact = _timing(int(row.at), told)
        points += found
        reasons += [fact] if fact else []
    if {"claimed_event", "case_mismatch"} & set(fired):
        points += FITS["purpose_contradicted"]
    elif "generic_purpose" in fired:
        points += FITS["generic_purpose"]
    if "proxy_contradicted" in fired:
        points += FITS["proxy_contradicted"]
    if "off_duty" in fired:
        points += FITS["off_duty"]
    told_of = row.lookup_id in told.lookups | told.beside
    reasons += [
        Fact(id_, phrase("trace.indicator", title=records.title(id_)))
        for id_ in fired
        if not (told_of and id_ == "self_report")
    ]
    if told.officer is not None and row.officer_id == told.officer:
        points += FITS["holder_named"]
        reasons.append(Fact("asked.named", phrase("asked.named")))
    for how, ids in (("reported", told.lookups), ("beside_reported", told.beside)):
        if row.lookup_id in ids:
            points += FITS[how]
            text = phrase(f"trace.{how}")
            reasons.append(Fact(how, text, (row.lookup_id,), told.records))
    points += max((FITS[asker.strength] for asker in asking if asker.strength in FITS), default=0)
    return points, reasons


def _timing(at: int, told: Told) -> tuple[int, Fact | None]:
    if told.at is None:
        return 0, None
    days = max(told.at - at, 0) // DAY
    if told.incident is None:
        if at > told.at:
            return 0, None
        text = phrase("trace.before_complaint", days=days)
        return FITS["before_complaint"], Fact("before_complaint", text)
    if at < told.incident - HOUR:
        return 0, Fact("before_incident", phrase("trace.before_incident"))
    fact = _after(at - told.incident)
    if at >= told.at:
        return 0, fact
    return FITS["soon_after_incident" if at - told.incident <= SOON else "after_incident"], fact


def _after(gap: int) -> Fact:
    """How long after the incident, in the unit that a reader takes in; µs, less than 0 before."""
    if gap < 0:
        minutes = -(gap // MINUTE)
        return Fact("after_incident", phrase("trace.just_before_incident", minutes=minutes))
    for name, unit in (("days", DAY), ("hours", HOUR)):
        if gap >= 2 * unit:
            text = phrase(f"trace.after_incident_{name}", n=gap // unit)
            return Fact("after_incident", text)
    return Fact("after_incident", phrase("trace.after_incident", minutes=gap // MINUTE))
