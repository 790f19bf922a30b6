"""The evidence of leads: from what was assigned to what an investigator reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import ibis
import pandas as pd

from linkgraph.analyses.header import Header
from linkgraph.leads.assignment import Taken
from linkgraph.leads.context import Nearby, near_lookups
from linkgraph.leads.figures import Figures, Measures
from linkgraph.leads.findings import Finding, FindingPair, fetch_ids
from linkgraph.leads.hubs import check_hubs
from linkgraph.leads.later import Begun, begun, later_ties
from linkgraph.leads.lead import Check, Fact, Lead, Step, Tried, lead_id
from linkgraph.leads.pairs import Pairs, memtable
from linkgraph.leads.phrases import phrase
from linkgraph.leads.records import Records, background, local_day, records_of
from linkgraph.leads.sets import NAMES_REQUESTER, Candidate, Hit
from linkgraph.leads.settles import settles
from linkgraph.leads.waterfall import total_terms, waterfall

if TYPE_CHECKING:
    from linkgraph.inquiries import Inquiry
    from linkgraph.ledger import Ledger
    from linkgraph.screen import Screening

MOST_NAMED = 8
"""Officers named in one sentence; the lead lists them all."""
OWN_SETS = frozenset({"household", "circle", "dealings", "organisation"})
"""Where the holder's own tie is the evidence, whoever the log names as requester."""


@dataclass(frozen=True)
class _Known:
    """What is fetched once for all leads; pairs are (officer key, target key)."""

    records: Records
    names: Mapping[int, tuple[str, str]]
    aside: Mapping[tuple[int, int], frozenset[int]]
    behind: Mapping[str, tuple[Fact, ...]]
    declared: Mapping[tuple[int, int], tuple[str, str]]
    of_force: frozenset[str]
    begins: Begun
    checks: Mapping[str, Check]
    figures: Figures


@dataclass(frozen=True)
class Evidence:
    """What leads are described from.

    `members`: organisation_id, person_key of the organisations that sets are about.  `few`:
    keys of officers with few comparable ones.  `measures`: what λ and u were measured by.
    """

    ledger: Ledger
    screening: Screening
    inquiry: Inquiry
    pairs: Pairs
    headers: Mapping[str, Header]
    members: pd.DataFrame
    few: frozenset[int]
    measures: Measures
    near: Nearby

    def leads(self, taken: Sequence[Taken]) -> list[Lead]:
        """Leads with their evidence, in rank order."""
        keys = {key for item in taken for key in item.lookups}
        aside = self._set_aside(taken)
        records = records_of(
            self.ledger,
            self.screening,
            self.headers,
            sorted(keys | {key for found in aside.values() for key in found}),
            self._led_to(taken),
        )
        entities = [key for item in taken for key in _entity_keys(item)]
        names = fetch_ids(self.ledger.table("entities"), pd.Series(entities, dtype="int64"))
        behind = background(
            self.ledger, {(key, names[key][1]) for item in taken for key in _accounts(item)}
        )
        known = _Known(
            records,
            names,
            aside,
            behind,
            self._declared(taken),
            self._force(),
            begun(self.ledger, taken),
            self._checks(taken),
            self.measures.figures(taken, self._requesters(taken)),
        )
        return [self._lead(rank, item, known) for rank, item in enumerate(taken, 1)]

    def _lead(self, rank: int, item: Taken, known: _Known) -> Lead:
        records, names = known.records, known.names
        source, keys = item.source, item.lookups
        bits, steps = waterfall(
            item, lambda key: names[key], records.ids, known.figures, records.fired
        )
        pairs = item.pairs
        set_aside = (
            frozenset().union(*(known.aside.get(pair, frozenset()) for pair in pairs)) - keys
        )
        tried = records.tried(keys, set_aside)
        requester = _requester(item, records, names)
        times = [records.lookups[key].at for key in keys]
        subjects = dict.fromkeys(names[target] for _, target in pairs)
        is_set = isinstance(source, Candidate)
        id_ = lead_id(source.officer_id, source.kind, _identity(source))
        officers = (
            source.officer_id,
            *sorted(names[o][1] for o in _accounts(item) if names[o][1] != source.officer_id),
        )
        return Lead(
            lead_id=id_,
            rank=rank,
            kind=source.kind,
            officer_id=source.officer_id,
            requester_id=requester,
            officers=officers,
            subjects=tuple(subjects),
            hub=_hub(source, known.of_force),
            lookup_ids=records.ids(keys),
            first_at=min(times),
            last_at=max(times),
            bits=bits,
            set_path=_set_path(item) if is_set else None,
            anchor=source.anchor if is_set else None,
            waterfall=steps,
            explanations=tried,
            mitigating=(*records.mitigating(keys, set_aside), *_contacts(pairs, known)),
            background=_behind(officers, known.behind),
            settles=settles(records, keys, tried, officer=_few(officers), requester=requester),
            notes=(
                *later_ties(item, records, names, known.begins),
                *_notes(item, steps, tried, self.headers, self.few),
            ),
            check=known.checks.get(id_),
            total=total_terms(item),
            timezone=self.ledger.timezone,
        )

    def _led_to(self, taken: Sequence[Taken]) -> pd.DataFrame:
        """lookup_key, indicator_id, record_table, record_row_id of context by ties."""
        pairs = _pairs_of(taken)
        found = [pd.DataFrame(columns=["lookup_key", "indicator_id", "record_table"])]
        for id_ in sorted(self.near) if len(pairs) else ():
            own = self.pairs.open.semi_join(memtable(pairs), ["officer_key", "target_key"])
            met = near_lookups(own, self.near, id_)
            met = met.select(
                "lookup_key",
                indicator_id=ibis.literal(id_),
                record_table=met.table,
                record_row_id=met.row_id,
            )
            found.append(met.distinct().to_pandas())
        return pd.concat(found, ignore_index=True)

    def _set_aside(self, taken: Sequence[Taken]) -> dict[tuple[int, int], frozenset[int]]:
        pairs = _pairs_of(taken)
        if pairs.empty:
            return {}
        rows = self.pairs.lookups_of(pairs, explained=True)
        officer: Any
        target: Any
        found: dict[tuple[int, int], frozenset[int]] = {}
        for (officer, target), part in rows.groupby(["officer_key", "target_key"]):
            found[int(officer), int(target)] = frozenset(part["lookup_key"].tolist())
        return found

    def _declared(self, taken: Sequence[Taken]) -> dict[tuple[int, int], tuple[str, str]]:
        if not self.ledger.has("contact_declarations"):
            return {}
        pairs = _pairs_of(taken).rename(columns={"target_key": "person_key"})
        rows = self.ledger.table("contact_declarations").join(
            memtable(pairs), ["officer_key", "person_key"]
        )
        frame = rows.select("officer_key", "person_key", "at", "row_id").to_pandas()

        zone = ZoneInfo(self.ledger.timezone)
        frame = frame.sort_values(["at", "row_id"], ascending=False)
        return {
            (int(row.officer_key), int(row.person_key)): (local_day(row.at, zone), row.row_id)
            for row in frame.itertuples(index=False)
        }

    def _requesters(self, taken: Sequence[Taken]) -> dict[str, int]:
        asked = {
            item.source.requester_id
            for item in taken
            if isinstance(item.source, Candidate) and item.source.requester_id
        }
        entities = self.ledger.table("entities")
        rows = entities.filter((entities.kind == "officer") & entities.id.isin(sorted(asked)))
        frame = rows.select("id", "entity_key").to_pandas()
        return {
            str(id_): int(key) for id_, key in zip(frame["id"], frame["entity_key"], strict=True)
        }

    def _force(self) -> frozenset[str]:
        """Persons who are officers: a hub lies outside the force."""
        officers = self.ledger.table("officers").filter(ibis._.person_id.notnull())
        return frozenset(officers.select("person_id").to_pandas()["person_id"])

    def _checks(self, taken: Sequence[Taken]) -> dict[str, Check]:
        hubs = pd.DataFrame(
            [
                (lead_id(s.officer_id, s.kind, s.anchor), s.officer_key, s.anchor[1])
                for s in (item.source for item in taken)
                if isinstance(s, Candidate) and s.kind in ("hub", "organisation")
            ],
            columns=["lead_id", "officer_key", "organisation_id"],
        )
        if hubs.empty:
            return {}
        return check_hubs(self.ledger, self.screening, self.pairs, self.inquiry, hubs, self.members)


def _pairs_of(taken: Sequence[Taken]) -> pd.DataFrame:
    """officer_key, target_key of all pairs that leads hold."""
    return pd.DataFrame(
        sorted({pair for item in taken for pair in item.pairs}),
        columns=["officer_key", "target_key"],
        dtype="int64",
    )


def _contacts(pairs: Sequence[tuple[int, int]], known: _Known) -> tuple[Fact, ...]:
    """Contacts that the officer had declared: the day and the record."""
    return tuple(
        Fact(
            "declared_contact",
            phrase("declared", person=known.names[pair[1]][1], day=known.declared[pair][0]),
            (),
            (("contact_declarations", known.declared[pair][1]),),
        )
        for pair in pairs
        if pair in known.declared
    )


def _accounts(item: Taken) -> frozenset[int]:
    """Keys of the officers whose look-ups the lead holds."""
    return frozenset({item.source.officer_key, *(officer for officer, _ in item.pairs)})


def _few(officers: Sequence[str]) -> str:
    return ", ".join(officers[:MOST_NAMED]) + (" …" if len(officers) > MOST_NAMED else "")


def _behind(officers: Sequence[str], behind: Mapping[str, tuple[Fact, ...]]) -> tuple[Fact, ...]:
    """The background of the officer, or of each where several made the look-ups."""
    if len(officers) == 1:
        return behind.get(officers[0], ())
    return tuple(
        replace(fact, text={name: f"{id_}: {text}" for name, text in fact.text.items()})
        for id_ in officers
        for fact in behind.get(id_, ())
    )


def _entity_keys(item: Taken) -> Iterable[int]:
    yield item.source.officer_key
    for officer, target in item.pairs:
        yield officer
        yield target
    if isinstance(item.source, Finding) and item.source.requester_key is not None:
        yield item.source.requester_key


def _identity(source: Candidate | Finding) -> tuple[str, str]:
    """The anchor, and for a set that names a requester the requester as well."""
    if isinstance(source, Candidate) and source.requester_id:
        kind, id_ = source.anchor
        return (kind, f"{id_}\x1f{source.requester_id}")
    return source.anchor


def _requester(item: Taken, records: Records, names: Mapping[int, tuple[str, str]]) -> str | None:
    """Who really asked: the set's requester, the finding's, or whom most of the log names."""
    source = item.source
    if isinstance(source, Finding):
        if source.requester_key is not None:
            return names[source.requester_key][1]
    elif source.kind in NAMES_REQUESTER:
        return source.requester_id
    elif source.kind in OWN_SETS:
        return None
    named: dict[str, int] = {}
    for key in item.lookups:
        asked = records.lookups[key].requester_id
        if asked and asked != source.officer_id:
            named[asked] = named.get(asked, 0) + 1
    if not named:
        return None
    best = min(named, key=lambda id_: (-named[id_], id_))
    return best if 2 * named[best] > len(item.lookups) else None


def _hub(source: Candidate | Finding, of_force: frozenset[str]) -> tuple[str, str] | None:
    if not isinstance(source, Candidate) or source.kind in ("household", "colleague"):
        return None
    kind, id_ = source.anchor
    if kind in ("organisation", "address") or (kind == "person" and id_ not in of_force):
        return source.anchor
    return None


def _set_path(item: Taken) -> tuple[str, ...]:
    """The path from the officer to the anchor: the strongest hit's, as far as the anchor."""
    if not isinstance(item.source, Candidate):
        return ()
    path: tuple[str, ...] = item.result.counted[0].path  # type: ignore[union-attr]
    anchor = ":".join(item.source.anchor)
    return path[: path.index(anchor) + 1] if anchor in path else path


def _shared(counted: Hit | FindingPair) -> float | None:
    return counted.shared if isinstance(counted, Hit) else None


def _notes(
    item: Taken,
    steps: Sequence[Step],
    tried: Sequence[Tried],
    headers: Mapping[str, Header],
    few: frozenset[int],
) -> tuple[Fact, ...]:
    """What limits the figures, and the innocent readings of whatever raises the bits."""
    facts = []
    if all(one.outcome == "not_run" for one in tried):
        facts.append(Fact("nothing_tried", phrase("nothing_tried")))
    if item.source.officer_key in few:
        facts.append(Fact("few_comparable", phrase("few_comparable")))
    if any(_shared(counted) is not None for counted in item.result.counted):
        facts.append(Fact("shared_work", phrase("shared_note")))
    header = headers.get(item.source.kind)
    if header is not None:
        facts += [
            Fact("innocent", {"en": text.en, "zh_tw": text.zh_tw}) for text in header.innocent
        ]
    for step in steps:
        header = headers.get(step.id)
        if header is not None and step.bits > 0 and step.id != item.source.kind:
            title = {"en": header.title.en, "zh_tw": header.title.zh_tw}
            facts += [
                Fact(
                    "innocent",
                    phrase(
                        "innocent_reading", title=title, text={"en": text.en, "zh_tw": text.zh_tw}
                    ),
                )
                for text in header.innocent
            ]
    return tuple(facts)
