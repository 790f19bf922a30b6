"""Who may have asked for a look-up: each with what speaks for it and what against.

The holder's own account is one answer among others: a colleague on leave may ring the desk, and
a requester in the log may be a name that somebody gave.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from linkgraph.leads.lead import Fact
from linkgraph.leads.phrases import phrase
from linkgraph.leads.records import text_or_none
from linkgraph.leads.surroundings import AWAY, Surroundings

MINUTE = 60_000_000
MOST_NAMED = 10


@dataclass(frozen=True)
class Asker:
    """An officer (or, unknown to the force, a text) who may have asked.

    `strength` is what speaks for it most: `asker_named_and_away`, `asker_named`,
    `asker_party`, `asker_logged_away`, `asker_logged`, `asker_away_in_contact`, `asker_away`,
    `holder` or `text`.
    """

    officer_id: str | None
    text: str
    strength: str
    speaks_for: tuple[Fact, ...]
    speaks_against: tuple[Fact, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "officer_id": self.officer_id,
            "text": self.text,
            "strength": self.strength,
            "for": [_plain(fact) for fact in self.speaks_for],
            "against": [_plain(fact) for fact in self.speaks_against],
        }


STRENGTHS = (
    "asker_named_and_away",
    "asker_party",
    "asker_named",
    "asker_logged_away",
    "asker_logged",
    "text",
    "asker_away_in_contact",
    "holder",
    "asker_away",
)
"""The order in which they are listed."""


def askers(row: Any, around: Surroundings) -> tuple[Asker, ...]:
    """Who may have asked for the look-up `row`, the strongest first."""
    at, unit, holder = int(row.at), int(row.unit_key), str(row.officer_id)
    logged = text_or_none(row.requester_id)
    pointed = set(around.logged.get(int(row.lookup_key), ()))
    candidates = {logged, around.complaint_names, *pointed, *around.parties} - {None, holder}
    away = [mate for mate in around.away_mates(unit, at) if mate != holder]
    text = text_or_none(row.requester_text)
    # The log may say whose call it was; then no colleague is taken for the caller.
    named_in_log = bool(logged or pointed or text)
    calls = around.calls_before(unit, at)
    callers = {
        around.officer_phones[phone]
        for phone in calls["from_phone_id"]
        if phone in around.officer_phones
    }
    caller = text_or_none(row.caller_phone_id)
    if caller in around.officer_phones:
        callers.add(around.officer_phones[str(caller)])
    candidates |= callers - {holder}
    found = [
        _asker(
            str(id_),
            row,
            around,
            logged=logged,
            pointed=pointed,
            called=id_ in callers,
            calls=calls,
        )
        for id_ in sorted(str(c) for c in candidates)
    ]
    found += [
        _asker(
            id_,
            row,
            around,
            logged=logged,
            pointed=pointed,
            called=False,
            calls=calls,
            n=len(away),
            log_names_other=named_in_log,
        )
        for id_ in away
        if id_ not in candidates
    ]
    found.append(_holder(holder, row, around))
    if text and not pointed and not logged:
        fact = Fact("asked.text", phrase("asked.text", text=text))
        unknown = int(row.lookup_key) in around.nobody
        against = Fact("not_asked.no_such_name", phrase("not_asked.no_such_name"))
        found.append(Asker(None, text, "text", (fact,), (against,) if unknown else ()))
    found.sort(
        key=lambda asker: (STRENGTHS.index(asker.strength), asker.officer_id or "", asker.text)
    )
    return tuple(found[:MOST_NAMED])


def _asker(
    id_: str,
    row: Any,
    around: Surroundings,
    *,
    logged: str | None,
    pointed: set[str],
    called: bool,
    calls: pd.DataFrame,
    n: int = 0,
    log_names_other: bool = False,
) -> Asker:
    at, unit = int(row.at), int(row.unit_key)
    speaks: list[Fact] = []
    against: list[Fact] = []
    named, party = id_ == around.complaint_names, id_ in around.parties
    in_log = id_ == logged or id_ in pointed - {around.complaint_names}
    if id_ == logged:
        speaks.append(Fact("asked.logged", phrase("asked.logged")))
    elif in_log and text_or_none(row.requester_text):
        text = phrase("asked.text", text=row.requester_text)
        speaks.append(Fact("asked.text", text))
    if named:
        speaks.append(Fact("asked.named", phrase("asked.named")))
    elif around.complaint_names:
        against.append(Fact("not_asked.not_named", phrase("not_asked.not_named")))
    if party:
        records = (("cases", around.parties[id_]),)
        speaks.append(Fact("asked.party", phrase("asked.party"), (), records))
    mate = unit >= 0 and unit in around.units_at(id_, at)
    if mate:
        speaks.append(Fact("asked.same_unit", phrase("asked.same_unit")))
    elif around.units_at(id_, at):
        against.append(Fact("not_asked.other_unit", phrase("not_asked.other_unit")))
    away = _duty_fact(id_, at, around, speaks, against)
    contact = _contact(row, called, calls, around, speaks, against)
    if log_names_other:
        contact = False
        against.append(Fact("not_asked.log_names", phrase("not_asked.log_names")))
    if n > 1:
        against.append(Fact("not_asked.many_away", phrase("not_asked.many_away", n=n)))
    return Asker(
        id_,
        "",
        _strength(
            named=named,
            party=party,
            in_log=in_log,
            away=away,
            mate=mate,
            contact=contact,
            called=called,
        ),
        tuple(speaks),
        tuple(against),
    )


def _strength(
    *, named: bool, party: bool, in_log: bool, away: bool, mate: bool, contact: bool, called: bool
) -> str:
    if named and away and (mate or in_log):
        return "asker_named_and_away"
    if party:
        return "asker_party"
    if named:
        return "asker_named"
    if in_log or called:
        return "asker_logged_away" if away else "asker_logged"
    return "asker_away_in_contact" if contact else "asker_away"


def _duty_fact(
    id_: str, at: int, around: Surroundings, speaks: list[Fact], against: list[Fact]
) -> bool:
    kind, row_id = around.duty_at(id_, at)
    records = (("duties", row_id),) if row_id else ()
    if kind in AWAY:
        speaks.append(Fact(f"asked.away_{kind}", phrase(f"asked.away_{kind}"), (), records))
        return True
    if kind == "unknown":
        against.append(Fact("not_asked.unknown_duty", phrase("not_asked.unknown_duty")))
    else:
        text = phrase("not_asked.on_duty", kind=kind)
        against.append(Fact("not_asked.on_duty", text, (), records))
    return False


def _contact(
    row: Any,
    called: bool,
    calls: pd.DataFrame,
    around: Surroundings,
    speaks: list[Fact],
    against: list[Fact],
) -> bool:
    """Whether somebody outside rang the holder's unit: it may have been anyone who was away."""
    if len(calls):
        call = calls.iloc[0]
        minutes = (int(row.at) - int(call["at"])) // MINUTE
        text = phrase("asked.call", phone=call["from_phone_id"], minutes=minutes)
        speaks.append(Fact("asked.call", text, (), (("internal_calls", call["row_id"]),)))
        return True
    caller = text_or_none(row.caller_phone_id)
    if caller and called:
        speaks.append(Fact("asked.caller", phrase("asked.caller", phone=caller)))
        return True
    if around.has_exchange:
        against.append(Fact("not_asked.no_call", phrase("not_asked.no_call")))
    return False


def _holder(holder: str, row: Any, around: Surroundings) -> Asker:
    speaks = [Fact("asked.holder", phrase("asked.holder"))]
    against: list[Fact] = []
    strength = "holder"
    if holder == around.complaint_names:
        speaks.append(Fact("asked.named", phrase("asked.named")))
        strength = "asker_named"
    elif around.complaint_names:
        against.append(Fact("not_asked.not_named", phrase("not_asked.not_named")))
    if holder in around.parties:
        records = (("cases", around.parties[holder]),)
        speaks.append(Fact("asked.party", phrase("asked.party"), (), records))
        strength = "asker_party"
    if text_or_none(row.requester_id) not in (None, holder):
        text = phrase("asked.text", text=row.requester_id)
        against.append(Fact("asked.text", text))
    return Asker(holder, "", strength, tuple(speaks), tuple(against))


def _plain(fact: Fact) -> dict[str, Any]:
    return {
        "id": fact.id,
        "text": dict(fact.text),
        "records": [{"table": table, "row_id": row} for table, row in fact.records],
    }
