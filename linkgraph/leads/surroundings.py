"""What surrounds the look-ups of a trace: duty, postings, calls, who is named, who was a party."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from linkgraph.leads.pairs import memtable
from linkgraph.leads.records import text_or_none

if TYPE_CHECKING:
    from linkgraph.ledger import Ledger
    from linkgraph.screen import Screening

MINUTE = 60_000_000
HOUR = 60 * MINUTE
CALL_WINDOW = 30 * MINUTE
AWAY = ("leave", "off")
UNKNOWN = "requester_unknown"
"""The code of `proxy_contradicted` for a requester who is none of the officers."""
PARTY_BEFORE, PARTY_AFTER = 2 * HOUR, 48 * HOUR
"""A case opened this close to the incident is about the incident if it shares a subject."""


@dataclass(frozen=True)
class Surroundings:
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
    ) -> Surroundings:
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
