"""What the records say of a lead's look-ups: explanations tried, what speaks for the officer.

Fetched once for all leads of a run: rows of the look-ups that leads hold, nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import ibis
import pandas as pd

from linkgraph.analyses.header import Header, Role
from linkgraph.leads.lead import Bilingual, Fact, Tried
from linkgraph.leads.pairs import memtable
from linkgraph.leads.phrases import PHRASES, joined, phrase

if TYPE_CHECKING:
    from linkgraph.ledger import Ledger
    from linkgraph.screen import Screening

Record = tuple[str, str]
OF_TIE = "declared_contact"
"""Context that is of officer and person, and on no look-up by itself."""
MOST_RECORDS = 20
"""Records listed per explanation or fact; the look-ups are all named."""


@dataclass(frozen=True)
class LookupFacts:
    """One look-up as leads need it; `at` µs UTC, `day` local ISO date, ids as text or None."""

    key: int
    id: str
    at: int
    day: str
    case_id: str | None
    requester_id: str | None
    requester_text: str | None
    duty_status: str
    decisions: tuple[str, ...]


@dataclass(frozen=True)
class Records:
    """What is on record about a set of look-ups."""

    lookups: Mapping[int, LookupFacts]
    explanations: Mapping[int, tuple[tuple[str, str, Record | None], ...]]
    """Look-up key -> (explanation id, level, record)."""
    indicators: Mapping[int, tuple[tuple[str, Record | None], ...]]
    headers: Mapping[str, Header]
    not_run: Mapping[str, tuple[str, ...]]
    zone: ZoneInfo

    def ids(self, keys: Iterable[int]) -> tuple[str, ...]:
        """Look-up ids in order of time."""
        found = [self.lookups[key] for key in set(keys)]
        return tuple(f.id for f in sorted(found, key=lambda f: (f.at, f.id)))

    def days(self, keys: Iterable[int]) -> str:
        """The local days of look-ups: the one, the two, or first and last."""
        found = sorted({self.lookups[key].day for key in keys})
        if len(found) > 2:
            return f"{found[0]} – {found[-1]}"
        return ", ".join(found)

    def tried(self, keys: frozenset[int], set_aside: frozenset[int]) -> tuple[Tried, ...]:
        """Every explanation, what came of it, over the lead's look-ups and those set aside.

        A look-up of several subjects may be in the lead for one of them and explained in full
        for another: it is then explained in part.
        """
        found: list[Tried] = []
        for id_ in sorted(i for i, h in self.headers.items() if h.role is Role.EXPLANATION):
            if id_ in self.not_run:
                found.append(Tried(id_, "not_run"))
                continue
            met: dict[str, dict[int, list[Record]]] = {"full": {}, "partial": {}}
            for key in sorted(keys | set_aside):
                for explanation, level, record in self.explanations.get(key, ()):
                    if explanation == id_:
                        held = met["partial" if key in keys else level].setdefault(key, [])
                        held += [record] if record else []
            for level in ("full", "partial"):
                if met[level]:
                    records = sorted({r for rs in met[level].values() for r in rs})
                    found.append(
                        Tried(id_, level, self.ids(met[level]), tuple(records[:MOST_RECORDS]))
                    )
            none = keys - met["full"].keys() - met["partial"].keys()
            if none:
                found.append(Tried(id_, "none", self.ids(none)))
        return tuple(found)

    def mitigating(self, keys: frozenset[int], set_aside: frozenset[int]) -> tuple[Fact, ...]:
        """Records that speak for the officer; what private tables add is the caller's."""
        facts: list[Fact] = []
        against = sorted(id_ for id_, h in self.headers.items() if h.against)
        for id_ in against:
            fired = [key for key in keys if self._fires(key, id_)]
            if fired:
                facts.append(
                    Fact(
                        id_,
                        phrase(
                            "indicator_count",
                            title=self.title(id_),
                            n=len(fired),
                            of=len(keys),
                        ),
                        self.ids(fired),
                        self._indicator_records(fired, id_),
                    )
                )
        for tried in self.tried(keys, frozenset()):
            if tried.outcome == "partial":
                facts += self._partly(tried, keys)
        if set_aside:
            text = phrase("explained_fully", n=len(set_aside))
            facts.append(Fact("explained_fully", text, self.ids(set_aside)))
        proper = [key for key in keys if "proper" in self.lookups[key].decisions]
        if proper:
            text = phrase("reviewed_proper", n=len(proper))
            facts.append(Fact("reviewed_proper", text, self.ids(proper)))
        return tuple(facts)

    def title(self, id_: str) -> dict[str, str]:
        """An analysis's title in two languages; its id if it is unknown."""
        header = self.headers.get(id_)
        return {"en": header.title.en, "zh_tw": header.title.zh_tw} if header else _same(id_)

    def fired(self, keys: Iterable[int], id_: str) -> list[int]:
        """The look-ups on which an indicator fires; all, where it is of the tie (declared)."""
        return [key for key in keys if id_ == OF_TIE or self._fires(key, id_)]

    def _partly(self, tried: Tried, keys: frozenset[int]) -> list[Fact]:
        """Look-ups that it explains in part, and those of which it explains another subject."""
        beside = {
            self.lookups[key].id
            for key in keys
            for id_, level, _ in self.explanations.get(key, ())
            if id_ == tried.id and level == "full"
        }
        facts = []
        for words, lookups in (
            ("explained_partly", tuple(id_ for id_ in tried.lookup_ids if id_ not in beside)),
            ("explained_beside", tuple(id_ for id_ in tried.lookup_ids if id_ in beside)),
        ):
            if lookups:
                text = phrase(words, title=self.title(tried.id), n=len(lookups), of=len(keys))
                facts.append(Fact(tried.id, text, lookups, tried.records))
        return facts

    def _fires(self, key: int, id_: str) -> bool:
        return any(found == id_ for found, _ in self.indicators.get(key, ()))

    def _indicator_records(self, keys: Iterable[int], id_: str) -> tuple[Record, ...]:
        records = {
            record
            for key in keys
            for found, record in self.indicators.get(key, ())
            if found == id_ and record
        }
        return tuple(sorted(records)[:MOST_RECORDS])


def records_of(
    ledger: Ledger,
    screening: Screening,
    headers: Mapping[str, Header],
    keys: Sequence[int],
    led_to: pd.DataFrame | None = None,
) -> Records:
    """Everything on record about these look-ups: four semi-joins, no pass over all of them.

    `led_to`: what context by ties adds to the indicators, by look-up.
    """
    wanted = memtable(pd.DataFrame({"lookup_key": sorted(set(keys))}, dtype="int64"))
    explanations: dict[int, list[tuple[str, str, Record | None]]] = {}
    rows = screening.explanations.semi_join(wanted, "lookup_key").to_pandas()
    for row in _sorted(rows, ["lookup_key", "explanation_id", "level", "record_row_id"]):
        explanations.setdefault(int(row.lookup_key), []).append(
            (row.explanation_id, row.level, _record(row.record_table, row.record_row_id))
        )
    indicators: dict[int, list[tuple[str, Record | None]]] = {}
    rows = screening.indicators.semi_join(wanted, "lookup_key").to_pandas()
    if led_to is not None and len(led_to):
        rows = pd.concat([rows, led_to], ignore_index=True)
    for row in _sorted(rows, ["lookup_key", "indicator_id"]):
        indicators.setdefault(int(row.lookup_key), []).append(
            (row.indicator_id, _record(row.record_table, row.record_row_id))
        )
    zone = ZoneInfo(ledger.timezone)
    return Records(
        lookups={f.key: f for f in _lookups(ledger, screening, wanted, zone)},
        explanations={key: tuple(found) for key, found in explanations.items()},
        indicators={key: tuple(found) for key, found in indicators.items()},
        headers=headers,
        not_run={item.analysis_id: tuple(item.needs) for item in screening.not_run},
        zone=zone,
    )


def background(ledger: Ledger, officers: Iterable[tuple[int, str]]) -> dict[str, tuple[Fact, ...]]:
    """Tenure and earlier reviews by officer id: shown, never weighed."""
    wanted = pd.DataFrame(sorted(set(officers)), columns=["officer_key", "officer_id"])
    if wanted.empty:
        return {}
    found: dict[str, list[Fact]] = {}
    keys = memtable(wanted[["officer_key"]].astype("int64"))
    listed = ledger.table("officers").semi_join(keys, "officer_key")
    frame = listed.select("officer_id", "row_id", joined=ibis._.joined_on.cast("string"))
    for row in _sorted(frame.to_pandas(), ["officer_id", "row_id"]):
        if text_or_none(row.joined):
            record = (("officers", row.row_id),)
            fact = Fact("tenure", phrase("tenure", day=row.joined), (), record)
            found.setdefault(row.officer_id, []).append(fact)
    if ledger.has("reviews"):
        own = ledger.table("lookups").select("lookup_id", "officer_key")
        own = own.semi_join(keys, "officer_key")
        rows = ledger.table("reviews").select("lookup_id", "decision").join(own, "lookup_id")
        counted = rows.group_by("officer_key", "decision").aggregate(n=rows.count()).to_pandas()
        names = dict(zip(wanted["officer_key"], wanted["officer_id"], strict=True))
        for officer, part in counted.groupby("officer_key", sort=True):
            counts = joined(
                [_counted(row.decision, row.n) for row in _sorted(part, ["decision"])],
                english=", ",
            )
            fact = Fact("earlier_reviews", phrase("earlier_reviews", counts=counts))
            found.setdefault(names[officer], []).append(fact)
    return {officer: tuple(facts) for officer, facts in found.items()}


def _counted(decision: str, n: int) -> Bilingual:
    key = f"decision.{decision}"
    said = phrase(key) if key in PHRASES else _same(decision)
    return {language: f"{text} {n}" for language, text in said.items()}


def text_or_none(value: Any) -> str | None:
    """A text of a frame, None for any kind of null."""
    return None if value is None or pd.isna(value) or value == "" else str(value)


def local_day(at: int, zone: ZoneInfo) -> str:
    """µs UTC as a local ISO date."""
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(at))
    return moment.astimezone(zone).date().isoformat()


def _lookups(
    ledger: Ledger, screening: Screening, wanted: Any, zone: ZoneInfo
) -> Iterable[LookupFacts]:
    raw = ledger.table("lookups").semi_join(wanted, "lookup_key")
    raw = raw.select("lookup_key", "lookup_id", "at", "case_id", "requester_id", "requester_text")
    duty = screening.lookups.semi_join(wanted, "lookup_key").select("lookup_key", "duty_status")
    frame = raw.join(duty, "lookup_key").to_pandas()
    decisions: dict[str, list[str]] = {}
    if ledger.has("reviews"):
        rows = ledger.table("reviews").select("lookup_id", "decision")
        rows = rows.semi_join(raw, "lookup_id").distinct().to_pandas()
        for row in _sorted(rows, ["lookup_id", "decision"]):
            decisions.setdefault(row.lookup_id, []).append(row.decision)
    for row in _sorted(frame, ["lookup_key"]):
        yield LookupFacts(
            key=int(row.lookup_key),
            id=row.lookup_id,
            at=int(row.at),
            day=local_day(row.at, zone),
            case_id=text_or_none(row.case_id),
            requester_id=text_or_none(row.requester_id),
            requester_text=text_or_none(row.requester_text),
            duty_status=row.duty_status,
            decisions=tuple(decisions.get(row.lookup_id, ())),
        )


def _record(table: Any, row_id: Any) -> Record | None:
    name, row = text_or_none(table), text_or_none(row_id)
    return (name, row) if name and row else None


def _sorted(frame: pd.DataFrame, by: list[str]) -> Iterable[Any]:
    return frame.sort_values(by, kind="stable").itertuples(index=False)


def _same(text: str) -> dict[str, str]:
    return {"en": text, "zh_tw": text}
