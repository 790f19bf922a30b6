"""Who may have asked for a look-up: each with what speaks for it and what against.

The holder's own account is one answer among others: a colleague on leave may ring the desk, and
a requester in the log may be a name that somebody gave.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from linkgraph.leads.lead import Fact
from linkgraph.leads.pairs import memtable
from linkgraph.leads.phrases import phrase
from linkgraph.leads.records import text_or_none

if TYPE_CHECKING:
    from linkgraph.ledger import Ledger
    from linkgraph.screen import Screening

MINUTE = 60_000_000
HOUR = 60 * MINUTE
CALL_WINDOW = 30 * MINUTE
AWAY = ("leave", "off")
MOST_NAMED = 10
UNKNOWN = "requester_unknown"
"""The code of `proxy_contradicted` for a requester who is none of the officers."""
PARTY_BEFORE, PARTY_AFTER = 2 * HOUR, 48 * HOUR
"""A case opened this close to the incident is about the incident if it shares a subject."""


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


@dataclass(frozen=True)
class Circumstances:
    """Where the officers who matter were, and which calls came in, around the look-ups.

    `duty`: officer_id, start, end, kind, row_id.  `posted`: officer_id, unit_key, start, end.
    `nobody`: look-ups for a requester whom no officer is named like.
    `calls`: unit_key (called), at, from_phone_id, row_id.  `logged`: lookup_key -> officer ids
    that indicators name.  `parties`: officers involved in a case about the incident, with it.
    """

    complaint_names: str | None
    duty: pd.DataFrame
    posted: pd.DataFrame
    calls: pd.DataFrame
    logged: Mapping[int, tuple[str, ...]]
    parties: Mapping[str, str]
    officer_phones: Mapping[str, str]
    has_roster: bool
    has_exchange: bool
    nobody: frozenset[int] = frozenset()

    @classmethod
    def of(
        cls,
        ledger: Ledger,
        screening: Screening,
        rows: pd.DataFrame,
        *,
        told_officer: str | None,
        incident: int | None,
        subjects: Sequence[int],
        officer_phones: Mapping[str, str],
    ) -> Circumstances:
        """What the ledger holds on the units and times of `rows` (look-ups of a trace)."""
        units = sorted({int(key) for key in rows["unit_key"] if key >= 0})
        first = int(rows["at"].min()) if len(rows) else 0
        last = int(rows["at"].max()) if len(rows) else 0
        names = ledger.table("entities").select("entity_key", officer_id="id")
        logged = _logged(ledger, screening, rows)
        parties = _parties(ledger, incident, subjects)
        special = {told_officer, *parties, *(o for found in logged.values() for o in found)}
        special |= set(rows["requester_id"].dropna()) | set(rows["officer_id"].dropna())
        special |= set(officer_phones.values())
        posts = ledger.table("posted")
        posts = posts.join(names, posts.officer_key == names.entity_key)
        chosen = posts.unit_key.isin(units) | posts.officer_id.isin(_texts(special))
        posts = posts.filter(chosen & (posts.start <= last) & (posts.end > first))
        posted = posts.select("officer_id", "officer_key", "unit_key", "start", "end").to_pandas()
        return cls(
            complaint_names=told_officer,
            duty=_duty(ledger, posted, special, first, last),
            posted=posted,
            calls=_calls(ledger, units, first, last),
            logged=logged,
            parties=parties,
            officer_phones=officer_phones,
            has_roster=ledger.has("duties"),
            has_exchange=ledger.has("internal_calls") and ledger.has("unit_phones"),
            nobody=_nobody(screening, rows),
        )

    def units_at(self, officer_id: str, at: int) -> set[int]:
        """Keys of the units an officer was posted to."""
        rows = self.posted[self.posted["officer_id"] == officer_id]
        rows = rows[(rows["start"] <= at) & (rows["end"] > at)]
        return {int(key) for key in rows["unit_key"].dropna()}

    def duty_at(self, officer_id: str, at: int) -> tuple[str, str | None]:
        """Kind of duty (`unknown` without a record) and the record's row id."""
        rows = self.duty[self.duty["officer_id"] == officer_id]
        rows = rows[(rows["start"] <= at) & (rows["end"] > at)]
        if rows.empty:
            return "unknown", None
        row = rows.sort_values("row_id").iloc[0]
        return str(row["kind"]), text_or_none(row["row_id"])

    def away_mates(self, unit: int, at: int) -> list[str]:
        """Officers of a unit who were on leave or off."""
        rows = self.posted[self.posted["unit_key"] == unit]
        rows = rows[(rows["start"] <= at) & (rows["end"] > at)]
        mates = sorted(set(rows["officer_id"]))
        return [mate for mate in mates if self.duty_at(mate, at)[0] in AWAY]

    def calls_before(self, unit: int, at: int) -> pd.DataFrame:
        """Calls to the unit in the half hour before."""
        rows = self.calls[self.calls["unit_key"] == unit]
        rows = rows[(rows["at"] <= at) & (rows["at"] >= at - CALL_WINDOW)]
        return rows.sort_values("at", ascending=False)


def askers(row: Any, around: Circumstances) -> tuple[Asker, ...]:
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
    around: Circumstances,
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
    id_: str, at: int, around: Circumstances, speaks: list[Fact], against: list[Fact]
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
    around: Circumstances,
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


def _holder(holder: str, row: Any, around: Circumstances) -> Asker:
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


def _logged(ledger: Ledger, screening: Screening, rows: pd.DataFrame) -> dict[int, tuple[str, ...]]:
    keys = memtable(rows[["lookup_key"]].astype("int64"))
    named = screening.indicators.semi_join(keys, "lookup_key")
    named = named.filter(named.requester_key.notnull()).select("lookup_key", "requester_key")
    entities = ledger.table("entities")
    frame = named.join(entities, named.requester_key == entities.entity_key).to_pandas()
    found: dict[int, set[str]] = {}
    for key, id_ in zip(frame["lookup_key"].tolist(), frame["id"].tolist(), strict=True):
        found.setdefault(key, set()).add(id_)
    return {key: tuple(sorted(ids)) for key, ids in found.items()}


def _nobody(screening: Screening, rows: pd.DataFrame) -> frozenset[int]:
    """Look-ups whose requester, as written in the log, is none of the force's officers."""
    keys = memtable(rows[["lookup_key"]].astype("int64"))
    found = screening.indicators.semi_join(keys, "lookup_key")
    found = found.filter(found.detail.contains(UNKNOWN).fill_null(False))
    return frozenset(int(key) for key in found.to_pandas()["lookup_key"])


def _parties(ledger: Ledger, incident: int | None, subjects: Sequence[int]) -> dict[str, str]:
    """Officers who, or whose vehicle, share a case of the incident with the trace's subjects."""
    if incident is None or not ledger.has("case_subjects"):
        return {}
    cases = ledger.table("cases").select("case_key", "case_id", "opened_at")
    near = cases.filter(
        (cases.opened_at >= incident - PARTY_BEFORE) & (cases.opened_at < incident + PARTY_AFTER)
    )
    named = ledger.table("case_subjects").select("case_key", "subject_key").distinct()
    about = named.filter(named.subject_key.isin(list(subjects))).select("case_key").distinct()
    named = named.semi_join(about, "case_key").join(near, "case_key")
    officers = ledger.table("officers").select("officer_id", "person_key")
    officers = officers.filter(officers.person_key.notnull())
    themselves = named.join(officers, named.subject_key == officers.person_key)
    owners = ledger.table("vehicle_owners").select(
        "vehicle_key", "person_key", owned_from="start", owned_to="end"
    )
    theirs = named.join(owners, named.subject_key == owners.vehicle_key)
    theirs = theirs.filter(
        (theirs.opened_at >= theirs.owned_from) & (theirs.opened_at < theirs.owned_to)
    )
    theirs = theirs.join(officers, "person_key")
    found: dict[str, str] = {}
    for table in (themselves, theirs):
        frame = table.select("officer_id", "case_id").distinct().to_pandas()
        for row in frame.sort_values(["officer_id", "case_id"]).itertuples(index=False):
            found.setdefault(str(row.officer_id), str(row.case_id))
    return found


def _duty(
    ledger: Ledger, posted: pd.DataFrame, special: set[str | None], first: int, last: int
) -> pd.DataFrame:
    ids = sorted(set(posted["officer_id"]) | set(_texts(special)))
    names = ledger.table("entities").filter(lambda e: e.kind == "officer")
    names = names.filter(names.id.isin(ids)).select("entity_key", officer_id="id")
    segments = ledger.table("duty_segments")
    segments = segments.filter((segments.start <= last) & (segments.end > first))
    rows = segments.join(names, segments.officer_key == names.entity_key)
    frame: pd.DataFrame = rows.select("officer_id", "start", "end", "kind", "row_id").to_pandas()
    return frame


def _calls(ledger: Ledger, units: list[int], first: int, last: int) -> pd.DataFrame:
    calls, phones = ledger.table("internal_calls"), ledger.table("unit_phones")
    ours = phones.filter(phones.unit_key.isin(units)).select("phone_key", "unit_key")
    calls = calls.filter((calls.at >= first - CALL_WINDOW) & (calls.at <= last))
    rows = calls.join(ours, calls.to_phone_key == ours.phone_key)
    frame: pd.DataFrame = rows.select("unit_key", "at", "from_phone_id", "row_id").to_pandas()
    return frame.sort_values(["at", "row_id"], ignore_index=True)


def _texts(values: set[str | None]) -> list[str]:
    return sorted(v for v in values if isinstance(v, str))


def _plain(fact: Fact) -> dict[str, Any]:
    return {
        "id": fact.id,
        "text": dict(fact.text),
        "records": [{"table": table, "row_id": row} for table, row in fact.records],
    }
