"""Trace: from a complaint, a self-report, a person, a plate or a phone to who looked and why.

Every look-up of the subject, its household and its vehicles in the window is listed, explained
or not, unexplained first.  Among those, what fits the incident comes first (`fit.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import ibis
import pandas as pd

from linkgraph.analyses.registry import catalogue
from linkgraph.errors import UsageError
from linkgraph.leads.askers import Asker, askers
from linkgraph.leads.fit import fits
from linkgraph.leads.lead import Fact, iso
from linkgraph.leads.pairs import memtable
from linkgraph.leads.phrases import phrase
from linkgraph.leads.records import Records, records_of, text_or_none
from linkgraph.leads.surroundings import Surroundings
from linkgraph.leads.told import Told, told_in_complaint, told_in_report
from linkgraph.model.tables import OPEN_END, OPEN_START

if TYPE_CHECKING:
    from linkgraph.ledger import Ledger
    from linkgraph.screen import Screening

DAY = 24 * 3_600_000_000
TOLD = ("complaint", "self_report")
"""Origins that tell of an event; the others are themselves the subject."""
LEVELS = ("none", "partial", "full")


@dataclass(frozen=True)
class TracedLookup:
    """One look-up of the trace; `relation` is `subject`, `vehicle` or `household`."""

    rank: int
    lookup_id: str
    officer_id: str
    at: int
    subject: tuple[str, str]
    relation: str
    system: str | None
    purpose: str | None
    duty_status: str
    level: str
    explanation_id: str | None
    indicators: tuple[str, ...]
    fit: int
    reasons: tuple[Fact, ...]
    may_have_asked: tuple[Asker, ...]


@dataclass(frozen=True)
class Trace(Sequence[TracedLookup]):
    """The look-ups, best fit first; `since`, `until`, `incident_at` in µs UTC.

    `missing` says which records were not loaded and could not be compared.
    """

    origin: tuple[str, str]
    since: int
    until: int
    incident_at: int | None
    complained_at: int | None
    lookups: tuple[TracedLookup, ...]
    may_have_asked: tuple[Asker, ...]
    missing: tuple[Fact, ...] = ()
    timezone: str = field(default="Asia/Taipei")

    def __len__(self) -> int:
        return len(self.lookups)

    def __getitem__(self, index: Any) -> Any:
        return self.lookups[index]

    def to_json(self) -> dict[str, Any]:
        """Plain data; times ISO 8601 with the offset of the ledger's zone."""
        zone = ZoneInfo(self.timezone)
        return {
            "origin": {"kind": self.origin[0], "id": self.origin[1]},
            "since": _time(self.since, zone),
            "until": _time(self.until, zone),
            "incident_at": _time(self.incident_at, zone),
            "complained_at": _time(self.complained_at, zone),
            "lookups": [_lookup(item, zone) for item in self.lookups],
            "may_have_asked": [asker.to_json() for asker in self.may_have_asked],
            "missing": [{"id": fact.id, "text": dict(fact.text)} for fact in self.missing],
        }


def trace(
    ledger: Ledger,
    screening: Screening,
    *,
    complaint: str | None = None,
    self_report: str | None = None,
    person: str | None = None,
    vehicle: str | None = None,
    phone: str | None = None,
    household: frozenset[str] = frozenset(),
    officer_phones: Mapping[str, str] | None = None,
    since: int | None = None,
    until: int | None = None,
    days: float = 60,
) -> Trace:
    """Who looked at one subject, what explains it, and who may have asked.

    Exactly one of `complaint`, `self_report`, `person`, `vehicle`, `phone` is an id; a self-report
    goes by its look-up, by its row in the table, or by its officer if there is one report alone.
    `household` (person ids) and `officer_phones` (phone id -> officer id) are private: a caller
    gives them only under an inquiry.  The window is `[since, until)` in µs UTC; for a complaint
    or a self-report it reaches by default from `days` before it, or an earlier incident, to a
    week after; else over everything.

    Raises UsageError if not one origin is given, or it is unknown.
    """
    origin = _origin(
        complaint=complaint,
        self_report=self_report,
        person=person,
        vehicle=vehicle,
        phone=phone,
    )
    told = _told(ledger, origin)
    about = _about(ledger, origin, told, household)
    if told.at is not None:
        early = min(told.at - int(days * DAY), (told.incident or told.at) - DAY)
        since = early if since is None else since
        until = told.at + 7 * DAY if until is None else until
    since = OPEN_START if since is None else since
    until = OPEN_END if until is None else until
    rows = _rows(ledger, screening, about, since, until)
    headers = {header.id: header for header in catalogue()}
    records = records_of(ledger, screening, headers, rows["lookup_key"].tolist())
    around = Surroundings.of(
        ledger,
        screening,
        rows,
        told_officer=told.officer,
        incident=told.incident,
        subjects=_ints(about),
        officer_phones=officer_phones or {},
    )
    found = [_traced(row, records, told, around) for row in rows.itertuples(index=False)]
    found.sort(key=lambda item: _order(item, told))
    ranked = tuple(replace(item, rank=rank) for rank, item in enumerate(found, 1))
    return Trace(
        origin=origin,
        since=since,
        until=until,
        incident_at=told.incident,
        complained_at=told.at,
        lookups=ranked,
        may_have_asked=_foremost(ranked),
        missing=_missing(ledger),
        timezone=ledger.timezone,
    )


def _origin(**given: str | None) -> tuple[str, str]:
    named = [(kind, id_) for kind, id_ in given.items() if id_]
    if len(named) != 1:
        raise UsageError(
            f"A trace starts from one thing; {len(named)} were given.",
            remedy="Give a complaint, a self-report, a person, a vehicle or a phone.",
        )
    return named[0]


def _told(ledger: Ledger, origin: tuple[str, str]) -> Told:
    if origin[0] == "complaint":
        return told_in_complaint(ledger, origin[1])
    if origin[0] == "self_report":
        return told_in_report(ledger, origin[1])
    return Told()


def _about(
    ledger: Ledger, origin: tuple[str, str], told: Told, household: frozenset[str]
) -> pd.DataFrame:
    """What look-ups may be about: subject_key, relation, start, end."""
    first = [(kind, id_, "subject") for kind, id_ in told.subjects]
    if origin[0] not in TOLD:
        first = [(*origin, "subject")]
    first += [("person", id_, "household") for id_ in sorted(household)]
    entities = ledger.table("entities")
    wanted = pd.DataFrame(first, columns=["kind", "id", "relation"], dtype=object)
    keyed = entities.join(memtable(wanted), ["kind", "id"]).to_pandas()
    if origin[0] not in TOLD and keyed.empty:
        raise UsageError(
            f"Nothing is known of {origin[0]} {origin[1]!r}.",
            remedy="`linkgraph search` finds ids by part of an id or name.",
        )
    direct = keyed.rename(columns={"entity_key": "subject_key"})[["subject_key", "relation"]]
    direct = direct.assign(start=OPEN_START, end=OPEN_END)
    owners = ledger.table("vehicle_owners").select("vehicle_key", "person_key", "start", "end")
    keys = memtable(direct[["subject_key"]].astype("int64").drop_duplicates())
    owned = owners.join(keys, owners.person_key == keys.subject_key).to_pandas()
    owning = owners.join(keys, owners.vehicle_key == keys.subject_key).to_pandas()
    parts = [
        direct,
        owned.assign(subject_key=owned["vehicle_key"], relation="vehicle"),
        owning.assign(subject_key=owning["person_key"], relation="subject"),
    ]
    columns = ["subject_key", "relation", "start", "end"]
    about = pd.concat([part[columns] for part in parts if len(part)] or [direct[columns]])
    about = about.astype({"subject_key": "int64", "start": "int64", "end": "int64"})
    rows: pd.DataFrame = about.drop_duplicates().sort_values(columns, ignore_index=True)
    return rows


def _rows(
    ledger: Ledger, screening: Screening, about: pd.DataFrame, since: int, until: int
) -> pd.DataFrame:
    levels = screening.subjects_explained.select(
        "lookup_key", "subject_key", "level", "explanation_id"
    )
    met = levels.join(memtable(about.astype({"relation": object})), "subject_key")
    lookups = screening.lookups.select(
        "lookup_key", "lookup_id", "officer_key", "at", "duty_status", "unit_key"
    )
    met = met.join(lookups, "lookup_key")
    met = met.filter(
        (met.at >= since) & (met.at < until) & (met.at >= met.start) & (met.at < met.end)
    )
    raw = ledger.table("lookups").select(
        "lookup_key",
        "officer_id",
        "system",
        "purpose",
        "requester_id",
        "requester_text",
        "caller_phone_id",
    )
    entities = ledger.table("entities").select(
        subject_key=ibis._.entity_key, kind=ibis._.kind, subject_id=ibis._.id
    )
    frame: pd.DataFrame = met.join(raw, "lookup_key").join(entities, "subject_key").to_pandas()
    order = {"subject": 0, "household": 1, "vehicle": 2}
    frame["nearness"] = frame["relation"].map(order)
    frame["openness"] = frame["level"].map({level: i for i, level in enumerate(LEVELS)})
    # A look-up of several subjects of the trace is listed once, by the least explained.
    frame = frame.sort_values(["lookup_key", "openness", "nearness", "kind", "subject_id"])
    frame = frame.drop_duplicates("lookup_key")
    frame["unit_key"] = frame["unit_key"].fillna(-1).astype("int64")
    rows: pd.DataFrame = frame.reset_index(drop=True)
    return rows


def _ints(about: pd.DataFrame) -> list[int]:
    return sorted({int(key) for key in about["subject_key"]})


def _traced(row: Any, records: Records, told: Told, around: Surroundings) -> TracedLookup:
    key = int(row.lookup_key)
    fired = sorted({id_ for id_, _ in records.indicators.get(key, ())})
    asking = askers(row, around) if row.level != "full" else ()
    points, reasons = fits(row, fired, told, asking, records)
    return TracedLookup(
        rank=0,
        lookup_id=row.lookup_id,
        officer_id=row.officer_id,
        at=int(row.at),
        subject=(row.kind, row.subject_id),
        relation=row.relation,
        system=text_or_none(row.system),
        purpose=text_or_none(row.purpose),
        duty_status=row.duty_status,
        level=row.level,
        explanation_id=text_or_none(row.explanation_id),
        indicators=tuple(fired),
        fit=points,
        reasons=tuple(reasons),
        may_have_asked=asking,
    )


def _order(item: TracedLookup, told: Told) -> tuple[Any, ...]:
    anchor = told.incident if told.incident is not None else told.at
    distance = abs(item.at - anchor) if anchor is not None else -item.at
    # Explained in part is not explained; it yields to nothing but a better fit.
    return (item.level == "full", -item.fit, LEVELS.index(item.level), distance, item.lookup_id)


def _foremost(lookups: Sequence[TracedLookup]) -> tuple[Asker, ...]:
    """Everyone who may have asked, in the order of the look-ups and of strength in each."""
    found: dict[str, Asker] = {}
    for item in lookups:
        for asker in item.may_have_asked:
            found.setdefault(asker.officer_id or asker.text, asker)
    return tuple(found.values())


def _missing(ledger: Ledger) -> tuple[Fact, ...]:
    wanted = ("duties", "postings", "internal_calls", "unit_phones", "vehicle_owners")
    return tuple(
        Fact(f"missing.{name}", phrase("proxy.missing", table=name))
        for name in wanted
        if not ledger.has(name)
    )


def _time(at: int | None, zone: ZoneInfo) -> str | None:
    return None if at is None or at in (OPEN_START, OPEN_END) else iso(at, zone)


def _lookup(item: TracedLookup, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "rank": item.rank,
        "lookup_id": item.lookup_id,
        "officer_id": item.officer_id,
        "at": iso(item.at, zone),
        "subject": {"kind": item.subject[0], "id": item.subject[1]},
        "relation": item.relation,
        "system": item.system,
        "purpose": item.purpose,
        "duty_status": item.duty_status,
        "level": item.level,
        "explanation_id": item.explanation_id,
        "indicators": list(item.indicators),
        "fit": item.fit,
        "reasons": [{"id": fact.id, "text": dict(fact.text)} for fact in item.reasons],
        "may_have_asked": [asker.to_json() for asker in item.may_have_asked],
    }
