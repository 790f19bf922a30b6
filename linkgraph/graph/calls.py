"""Calls near look-ups: does the telephone ring between an officer's side and a place's when he
looks its people up?

The statistic is the number of his open look-ups of the place's people with a call between the
two sides close by.  Under the null the calls of one weekday and hour are moved by whole weeks,
round the period, every such stratum by its own number of weeks: habits of the week stay, what
the call has to do with the look-up goes (a circular-shift test).  p = (1 + as many or more) /
(1 + shifts).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

import ibis
import numpy as np
import numpy.typing as npt
import pandas as pd

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.graph.lookups import attributed

if TYPE_CHECKING:
    from linkgraph.graph.store import GraphStore
    from linkgraph.inquiries import Inquiry
    from linkgraph.ledger import Ledger
    from linkgraph.screen import Screening

HEADER = Header(
    id="calls_near",
    revision=1,
    role=Role.VIEW,
    title=Text("Calls near the look-ups", "查詢前後之通聯"),
    statement=Text(
        "Calls between the officer, someone tied to him or his unit and a person or place lie "
        "close to his look-ups of that person's or place's people more often than the habits "
        "of the week would give.",
        "員警本人、其關係人或其單位與某人或某場所之通聯，密集出現於查詢該人或該場所人員之前後，"
        "且高於每週作息所預期。",
    ),
    needs=("phones", "calls|internal_calls"),
    rationale=(
        "Whoever asks, or is told, uses a telephone. Who calls often calls near anything, so "
        "the same calls moved by whole weeks are the comparison. Private calls only under a "
        "warrant of the inquiry; the exchange's log is the agency's own."
    ),
    source="Case 1090102 and 1090104 of the police ethics notice; circular shifts as in tests of "
    "synchrony between two series of events",
    innocent=(
        Text(
            "A complainant or a witness calls, and is looked up for that very reason.",
            "陳情人或證人來電，員警因而查詢。",
        ),
        Text("A number on record has passed to another holder.", "登錄之號碼已易主。"),
        Text("A place that calls the station every night.", "經常報案之場所。"),
    ),
    parameters={"minutes": 60, "min_lookups": 3, "shifts": 999},
)

MINUTE: Final = 60_000_000
HOUR: Final = 60 * MINUTE
WEEK: Final = 7 * 24 * HOUR
_TALK: Final = ["officer_id", "hub_kind", "hub_id"]
"""The two that talk."""
Ints = npt.NDArray[np.int64]


def find(
    store: GraphStore,
    ledger: Ledger,
    screening: Screening,
    inquiry: Inquiry,
    parameters: Mapping[str, Any],
) -> pd.DataFrame:
    """Look-ups with such a call near, in the result schema; `measure` is p of officer and hub.

    `level`: `own` (his own phone), `circle` (of someone tied to him) or `unit` (the exchange's
    log).  `evidence`: the call and the look-up.  Cost: shifts times the calls of each officer
    and hub that talk and whose people he looked up often enough.
    """
    calls = _between(ledger, inquiry, store)
    if calls.empty:
        return pd.DataFrame()
    met = _met(ledger, screening, inquiry, calls, int(parameters["min_lookups"]))
    both = calls.merge(met[_TALK].drop_duplicates(), on=_TALK)
    looked_up = dict(list(met.groupby(_TALK, sort=True)))
    zone = ZoneInfo(ledger.timezone)
    weeks = max(2, -(-(inquiry.end - inquiry.start) // WEEK))
    found: list[dict[str, Any]] = []
    key: Any
    for key, part in both.groupby(_TALK, sort=True):
        officer, hub_kind, hub_id = map(str, key)
        lookups = looked_up[key]
        width = int(parameters["minutes"] * MINUTE)
        seed = int(
            hashlib.sha256("\x1f".join((officer, hub_kind, hub_id)).encode()).hexdigest(), 16
        )
        near, p = shifted(
            part["at"].to_numpy(dtype=np.int64),
            lookups["at"].to_numpy(dtype=np.int64),
            start=inquiry.start,
            weeks=int(weeks),
            width=width,
            zone=zone,
            shifts=int(parameters["shifts"]),
            seed=seed % 2**32,
        )
        by_time = part.sort_values(["at", "row_id"])
        times = by_time["at"].to_numpy(dtype=np.int64)
        row: Any
        for row, close in zip(lookups.itertuples(index=False), near, strict=True):
            if close:
                nearest = by_time.iloc[int(np.abs(times - row.at).argmin())]
                found.append(_row(row, nearest, officer, hub_kind, hub_id, p))
    return pd.DataFrame(found)


def shifted(
    calls: Ints,
    lookups: Ints,
    *,
    start: int,
    weeks: int,
    width: int,
    zone: ZoneInfo,
    shifts: int,
    seed: int,
) -> tuple[npt.NDArray[np.bool_], float]:
    """Which look-ups have a call within `width` µs, and p of so many or more.

    `calls`, `lookups`: µs UTC within `weeks` weeks from `start`.
    """
    near = _near(np.sort(calls), lookups, width)
    local = pd.DatetimeIndex(calls.astype("datetime64[us]"), tz="UTC").tz_convert(zone)
    strata = np.asarray(local.day_of_week * 24 + local.hour, dtype=np.int64)
    _, codes = np.unique(strata, return_inverse=True)
    week, within = np.divmod(calls - start, WEEK)
    random = np.random.default_rng(seed)
    seen = int(near.sum())
    as_many = 0
    for _ in range(shifts):
        moved = (week + random.integers(0, weeks, codes.max() + 1)[codes]) % weeks
        times = np.sort(start + moved * WEEK + within)
        as_many += int(_near(times, lookups, width).sum()) >= seen
    return near, (1 + as_many) / (1 + shifts)


def _near(calls: Ints, lookups: Ints, width: int) -> npt.NDArray[np.bool_]:
    """Whether each look-up has one of the (sorted) calls within the width."""
    first = np.searchsorted(calls, lookups - width, side="left")
    last = np.searchsorted(calls, lookups + width, side="right")
    return np.asarray(last > first)


def _between(ledger: Ledger, inquiry: Inquiry, store: GraphStore) -> pd.DataFrame:
    """Calls between an officer's side and a held phone.

    Columns: officer_id, side (`own`, `circle`, `unit`), hub_kind, hub_id, at, table, row_id.
    """
    calls = _calls(ledger, inquiry)
    held = _held(ledger)
    ours = pd.concat([_own(held, store), _of_units(ledger)], ignore_index=True)
    columns = ["officer_id", "side", "hub_kind", "hub_id", "at", "table", "row_id"]
    parts = []
    for here, there in (("from_phone_id", "to_phone_id"), ("to_phone_id", "from_phone_id")):
        met = calls.merge(ours, left_on=here, right_on="phone_id")
        met = met[(met["at"] >= met["since"]) & (met["at"] < met["until"])]
        # A unit's line is in the exchange's log, a private one under a warrant.
        met = met[(met["side"] == "unit") == (met["table"] == "internal_calls")]
        met = met.drop(columns=["phone_id", "since", "until"])
        met = met.merge(held, left_on=there, right_on="phone_id")
        met = met[(met["at"] >= met["since"]) & (met["at"] < met["until"])]
        parts.append(met)
    both = pd.concat(parts, ignore_index=True)
    own_person = both["hub_id"] == both["person_id"]
    both = both[~((both["hub_kind"] == "person") & own_person)]
    order = ["officer_id", "hub_kind", "hub_id", "at", "row_id", "side"]
    both = both.sort_values(order, ignore_index=True)
    result: pd.DataFrame = both.drop_duplicates(order[:-1])[columns]
    return result


def _calls(ledger: Ledger, inquiry: Inquiry) -> pd.DataFrame:
    parts: list[pd.DataFrame] = []
    for name in ("calls", "internal_calls"):
        rows = ledger.table(name)
        rows = rows.filter((rows["at"] >= inquiry.start) & (rows["at"] < inquiry.end))
        if name == "calls":
            rows = rows.filter(rows.warrant_no.isin(sorted(inquiry.warrants) or [""]))
        rows = rows.select("from_phone_id", "to_phone_id", "at", "row_id", table=ibis.literal(name))
        parts.append(rows.to_pandas())
    return pd.concat(parts, ignore_index=True)


def _held(ledger: Ledger) -> pd.DataFrame:
    """phone_id, hub_kind, hub_id, since, until: who holds each phone that anybody holds."""
    rows = ledger.table("phones")
    frame: pd.DataFrame = rows.select(
        "phone_id", hub_kind="holder_kind", hub_id="holder_id", since="start", until="end"
    ).to_pandas()
    return frame


_OWN_SIDE: Final = """
MATCH (o:Officer)-[i:`IS`]->(me:Person)
RETURN
  o.officer_id AS officer_id, me.person_id AS person_id, 'own' AS side,
  i.`start` AS `start`, i.`end` AS `end`
"""
_CIRCLE: Final = """
MATCH (o:Officer)-[i:`IS`]->(me:Person)-[t:TIE]-(f:Person)
RETURN
  o.officer_id AS officer_id, f.person_id AS person_id, 'circle' AS side,
  t.`start` AS `start`, t.`end` AS `end`
"""


def _own(held: pd.DataFrame, store: GraphStore) -> pd.DataFrame:
    """Phones of each officer and of those tied to him: officer_id, person_id, side, phone, time."""
    sides = pd.concat([store.rows(_OWN_SIDE, {}), store.rows(_CIRCLE, {})], ignore_index=True)
    persons = held[held["hub_kind"] == "person"].rename(columns={"hub_id": "person_id"})
    met = (
        sides.merge(persons, on="person_id")
        if not sides.empty
        else persons.assign(officer_id="", side="", start=0, end=0).iloc[:0]
    )
    met["since"] = met[["since", "start"]].max(axis=1)
    met["until"] = met[["until", "end"]].min(axis=1)
    own: pd.DataFrame = met[["officer_id", "person_id", "side", "phone_id", "since", "until"]]
    return own


def _of_units(ledger: Ledger) -> pd.DataFrame:
    """Lines of the unit that an officer was posted to, while he was."""
    phones = ledger.table("unit_phones").select("phone_id", "unit_key")
    posts = ledger.table("posted").select("officer_key", "unit_key", since="start", until="end")
    officers = ledger.table("entities").filter(ibis._.kind == "officer")
    officers = officers.select(officer_key="entity_key", officer_id="id")
    rows = phones.join(posts, "unit_key").join(officers, "officer_key")
    frame: pd.DataFrame = rows.select("officer_id", "phone_id", "since", "until").to_pandas()
    return frame.assign(person_id="", side="unit")


def _asked(ledger: Ledger, screening: Screening, inquiry: Inquiry) -> pd.DataFrame:
    """officer_id, person_id, lookup_id, at of the open look-ups of the inquiry's officers."""
    rows = attributed(ledger, screening, inquiry)
    rows = rows.filter(rows.level != "full")
    entities = ledger.table("entities")
    officers = entities.filter(entities.kind == "officer")
    officers = officers.select(officer_key="entity_key", officer_id="id")
    if inquiry.officers and not inquiry.units:
        officers = officers.filter(officers.officer_id.isin(inquiry.officers))
    persons = entities.filter(entities.kind == "person")
    persons = persons.select(person_key="entity_key", person_id="id")
    rows = rows.join(officers, "officer_key").join(persons, "person_key")
    frame: pd.DataFrame = (
        rows.select("officer_id", "person_id", "lookup_id", "at").distinct().to_pandas()
    )
    return frame


def _met(
    ledger: Ledger, screening: Screening, inquiry: Inquiry, calls: pd.DataFrame, least: int
) -> pd.DataFrame:
    """Open look-ups by officers of the people of hubs that they talk with, `least` or more.

    Columns: officer_id, hub_kind, hub_id, person_id, lookup_id, at; in order of time.
    """
    talk = calls[_TALK].drop_duplicates()
    people = _people(ledger, inquiry, talk[["hub_kind", "hub_id"]].drop_duplicates())
    met = _asked(ledger, screening, inquiry).merge(talk.merge(people), how="inner")
    order = [*_TALK, "at", "lookup_id", "person_id"]
    met = met.sort_values(order, ignore_index=True)
    met = met.drop_duplicates([*_TALK, "lookup_id"])
    often: pd.DataFrame = met[met.groupby(_TALK)["lookup_id"].transform("size") >= least]
    return often


def _people(ledger: Ledger, inquiry: Inquiry, hubs: pd.DataFrame) -> pd.DataFrame:
    """hub_kind, hub_id, person_id: the person himself; who has a role, as far as authorised."""
    himself = hubs[hubs["hub_kind"] == "person"]
    parts = [himself.assign(person_id=himself["hub_id"])]
    if inquiry.allows("role"):
        roles = ledger.table("organisation_roles").select("organisation_id", "person_id")
        held = roles.distinct().to_pandas().rename(columns={"organisation_id": "hub_id"})
        parts.append(hubs[hubs["hub_kind"] == "organisation"].merge(held, on="hub_id"))
    return pd.concat(parts, ignore_index=True)


def _row(
    lookup: Any, call: Any, officer: str, hub_kind: str, hub_id: str, p: float
) -> dict[str, Any]:
    return {
        "analysis_id": HEADER.id,
        "officer_id": officer,
        "requester_id": None,
        "subject_kind": "person",
        "subject_id": lookup.person_id,
        "hub_kind": hub_kind,
        "hub_id": hub_id,
        "lookup_id": lookup.lookup_id,
        "level": call["side"],
        "measure": round(p, 4),
        "evidence": [
            {"table": call["table"], "row_id": call["row_id"]},
            {"table": "lookups", "row_id": lookup.lookup_id},
        ],
        "path": [],
    }
