"""Ranked leads: pairs, sets, chance, context, shared work, findings, assignment, evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis
import pandas as pd

from linkgraph.analyses.header import Header, Role
from linkgraph.analyses.registry import catalogue
from linkgraph.leads import hits as hit_rows
from linkgraph.leads.assignment import Taken, assign
from linkgraph.leads.chance import Chance
from linkgraph.leads.context import (
    CLIP,
    LEVELLED,
    Comparison,
    combined,
    fired_on,
    in_bits,
    reviewed_misuse,
    weights,
)
from linkgraph.leads.findings import (
    WITHOUT_SET,
    Finding,
    fetch_ids,
    finding_lookups,
    findings,
    searched_by,
)
from linkgraph.leads.hubs import check_hubs
from linkgraph.leads.lead import Check, Fact, Lead, Leads, lead_id
from linkgraph.leads.pairs import Pairs, memtable, pairs_in
from linkgraph.leads.phrases import phrase
from linkgraph.leads.records import Records, background, local_day, records_of
from linkgraph.leads.sets import NAMES_REQUESTER, OF_ORGANISATION, PRIORS, Candidate
from linkgraph.leads.settles import settles
from linkgraph.leads.shared_work import shared_work
from linkgraph.leads.waterfall import waterfall

if TYPE_CHECKING:
    from linkgraph.inquiries import Inquiry
    from linkgraph.ledger import Ledger
    from linkgraph.screen import Screening
    from linkgraph.workspace import Settings

LEAST_LISTED = 1000
LISTED_PER_OFFICER = 2
OWN_SETS = frozenset({"household", "circle", "organisation"})
"""Where the holder's own tie is the evidence, whoever the log names as requester."""
Bits = tuple[tuple[str, float], ...]


def find_leads(
    ledger: Ledger,
    screening: Screening,
    hits: Mapping[str, pd.DataFrame],
    inquiry: Inquiry,
    settings: Settings,
    *,
    earlier: Sequence[Mapping[str, Any]] = (),
) -> Leads:
    """The leads of an inquiry, best first.

    `hits`: analysis id -> hit rows of the graph (officer_id, requester_id, anchor_kind,
    anchor_id, person_id, direct, distance, start, end, tie_end, size, searched, path).
    `earlier`: leads of an earlier run, as JSON, for the supersedes map.

    At most 1,000 leads, or two per officer, are made; `left_out` says how many more there
    were.  Cost: a few passes over the look-ups in the table engine, then the pairs that hit.
    """
    headers = {header.id: header for header in catalogue()}
    run = _Run(ledger, screening, inquiry, headers, pairs_in(ledger, screening, inquiry))
    most = max(LEAST_LISTED, LISTED_PER_OFFICER * len(run.pairs.officers))
    candidates, few = run.candidates(hits)
    taken, over = assign(candidates, run.findings(most), most=most)
    leads = run.leads(taken, few)
    left_out: tuple[Fact, ...] = ()
    if over:
        text = phrase("left_out", shown=len(leads), total=len(leads) + over)
        left_out = (Fact("left_out", text),)
    return Leads(
        tuple(leads),
        not_run=_not_run(screening, hits, headers),
        supersedes=_supersedes(earlier, leads),
        left_out=left_out,
    )


@dataclass
class _Run:
    """What the steps of one run share."""

    ledger: Ledger
    screening: Screening
    inquiry: Inquiry
    headers: Mapping[str, Header]
    pairs: Pairs

    def __post_init__(self) -> None:
        self.fired = fired_on(self.pairs, self.screening)
        self.comparison = Comparison(self.pairs.officers, self.pairs.counts, self.fired.counts)
        self.weights = weights(
            self.headers,
            reviewed_misuse(self.ledger, self.screening, sorted(self.headers)),
        )

    def candidates(
        self, hits: Mapping[str, pd.DataFrame]
    ) -> tuple[list[Candidate], frozenset[int]]:
        """Candidate sets of the graph's hit rows, and officers with few comparable ones."""
        stacked = hit_rows.stacked(hits)
        if stacked.empty:
            return [], frozenset()
        keys = self._keys(stacked)
        met = (
            pd.DataFrame(
                {
                    "officer_key": stacked["officer_id"].map(
                        {i: k for (kind, i), k in keys.items() if kind == "officer"}
                    ),
                    "target_key": stacked["person_id"].map(
                        {i: k for (kind, i), k in keys.items() if kind == "person"}
                    ),
                }
            )
            .dropna()
            .astype("int64")
            .drop_duplicates()
        )
        located = hit_rows.located(hits, keys, self.pairs.lookups_of(met))
        if located.rows.empty:
            return [], frozenset()
        located.rows["requester_key"] = (
            located.rows["requester_id"]
            .map({i: k for (kind, i), k in keys.items() if kind == "officer"})
            .fillna(-1)
            .astype("int64")
        )
        found = located.rows[["officer_key", "person_key"]].drop_duplicates()
        found = found.rename(columns={"person_key": "target_key"})
        chance = Chance(
            self.pairs.officers,
            self.pairs.counts,
            self.pairs.popularity(found["target_key"]),
        )
        self.members = self._members(located.rows)
        return hit_rows.candidates(
            located,
            chance,
            self.pairs.kinds_of(found),
            self._context(found, located),
            {kind: self._prior(kind) for kind in PRIORS},
            shared_work(self.ledger, self.screening, self.pairs, self.members),
        )

    def findings(self, most: int) -> list[Finding]:
        """The strongest findings of the inquiry's officers, whatever sets there are."""
        fired = finding_lookups(self.pairs, self.screening)
        chosen = officers_of(self.ledger, self.inquiry)
        if chosen is not None:
            fired = fired[fired["officer_key"].isin(chosen)]
        if fired.empty:
            return []
        met = fired[["officer_key", "target_key"]].drop_duplicates()
        rows = self.fired.of(met)
        own = rows[rows["indicator_id"].isin(WITHOUT_SET)].reset_index(drop=True)
        tail = own["indicator_id"].isin(sorted(LEVELLED))
        shares = self.comparison.share(own.assign(level=own["level"].where(tail, 0)), tail=True)
        weighed = in_bits(self.comparison.share(rows), self.weights)
        ids = fetch_ids(
            self.ledger.table("entities"),
            pd.concat(
                [
                    fired["officer_key"],
                    fired["target_key"],
                    fired.loc[fired["requester_key"] >= 0, "requester_key"],
                ]
            ),
        )
        return findings(
            fired,
            shares[["officer_key", "target_key", "indicator_id", "u"]],
            {id_: combined(weighed, without=frozenset({id_})) for id_ in WITHOUT_SET},
            searched_by(self.pairs.counts),
            ids,
            most=most,
        )

    def leads(self, taken: Sequence[Taken], few: frozenset[int]) -> list[Lead]:
        """Leads with their evidence, in rank order."""
        keys = {key for item in taken for key in item.lookups}
        aside = self._set_aside(taken)
        records = records_of(
            self.ledger,
            self.screening,
            self.headers,
            sorted(keys | {key for found in aside.values() for key in found}),
        )
        entities = [key for item in taken for key in _entity_keys(item)]
        names = fetch_ids(self.ledger.table("entities"), pd.Series(entities, dtype="int64"))
        behind = background(
            self.ledger, {(t.source.officer_key, t.source.officer_id) for t in taken}
        )
        declared = self._declared(taken)
        of_force = self._force()
        checks = self._checks(taken)
        found = []
        for rank, item in enumerate(taken, 1):
            found.append(
                self._lead(
                    rank, item, records, names, aside, behind, declared, of_force, checks, few
                )
            )
        return found

    def _lead(
        self,
        rank: int,
        item: Taken,
        records: Records,
        names: Mapping[int, tuple[str, str]],
        aside: Mapping[tuple[int, int], frozenset[int]],
        behind: Mapping[str, tuple[Fact, ...]],
        declared: Mapping[tuple[int, int], tuple[str, str]],
        of_force: frozenset[str],
        checks: Mapping[str, Check],
        few: frozenset[int],
    ) -> Lead:
        source, keys = item.source, item.lookups
        bits, steps = waterfall(item, lambda key: names[key], records.ids)
        pairs = _pairs_of(item)
        set_aside = frozenset().union(*(aside.get(pair, frozenset()) for pair in pairs)) - keys
        tried = records.tried(keys, set_aside)
        requester = _requester(item, records, names)
        times = [records.lookups[key].at for key in keys]
        subjects = dict.fromkeys(names[target] for _, target in pairs)
        contacts = tuple(
            Fact(
                "declared_contact",
                phrase("declared", person=names[pair[1]][1], day=declared[pair][0]),
                (),
                (("contact_declarations", declared[pair][1]),),
            )
            for pair in pairs
            if pair in declared
        )
        is_set = isinstance(source, Candidate)
        id_ = lead_id(
            source.officer_id,
            source.kind,
            _identity(source),
        )
        accounts = {officer for officer, _ in pairs}
        return Lead(
            lead_id=id_,
            rank=rank,
            kind=source.kind,
            officer_id=source.officer_id,
            requester_id=requester,
            officers=(
                source.officer_id,
                *sorted(names[o][1] for o in accounts if names[o][1] != source.officer_id),
            ),
            subjects=tuple(subjects),
            hub=_hub(source, of_force),
            lookup_ids=records.ids(keys),
            first_at=min(times),
            last_at=max(times),
            bits=bits,
            set_path=_set_path(item) if is_set else None,
            anchor=source.anchor if is_set else None,
            waterfall=steps,
            explanations=tried,
            mitigating=(*records.mitigating(keys, set_aside), *contacts),
            background=behind.get(source.officer_id, ()),
            settles=settles(records, keys, tried, officer=source.officer_id, requester=requester),
            notes=_notes(item, self.headers, few),
            check=checks.get(id_),
            timezone=self.ledger.timezone,
        )

    def _prior(self, kind: str) -> float:
        header = self.headers.get(kind)
        if header is not None and header.role is Role.SET and header.prior:
            return header.prior
        return PRIORS[kind]

    def _keys(self, rows: pd.DataFrame) -> dict[tuple[str, str], int]:
        wanted = pd.concat(
            [
                pd.DataFrame({"kind": kind, "id": rows[column].dropna().unique()})
                for kind, column in (
                    ("officer", "officer_id"),
                    ("officer", "requester_id"),
                    ("person", "person_id"),
                )
            ]
        ).drop_duplicates()
        wanted = wanted[wanted["id"] != ""].astype(object)
        entities = self.ledger.table("entities")
        frame = entities.join(memtable(wanted), ["kind", "id"]).to_pandas()
        return {
            (str(kind), str(id_)): int(key)
            for kind, id_, key in zip(frame["kind"], frame["id"], frame["entity_key"], strict=True)
        }

    def _context(
        self, found: pd.DataFrame, located: hit_rows.Located
    ) -> dict[tuple[int, int], Bits]:
        rows = in_bits(self.comparison.share(self.fired.of(found)), self.weights)
        context = combined(rows)
        if self.ledger.has("contact_declarations"):
            declared = self.ledger.table("contact_declarations")
            frame = declared.select("officer_key", "person_key", "at").to_pandas()
            for pair, bits in hit_rows.declared_bits(located, frame).items():
                total = sum(b for _, b in context.get(pair, ()))
                room = min(0.0, max(bits, -CLIP - total))
                if room:
                    kept = (*context.get(pair, ()), ("declared_contact", room))
                    context[pair] = tuple(sorted(kept))
        return context

    def _members(self, rows: pd.DataFrame) -> pd.DataFrame:
        """organisation_id, person_key: everyone of the organisations that a set is about."""
        held = rows.loc[rows["kind"].isin(OF_ORGANISATION), ["anchor_id", "person_key"]]
        held = held.rename(columns={"anchor_id": "organisation_id"}).drop_duplicates()
        if held.empty or not self.ledger.has("organisation_roles"):
            return held
        wanted = memtable(held[["organisation_id"]].drop_duplicates().astype(object))
        roles = self.ledger.table("organisation_roles").semi_join(wanted, "organisation_id")
        more = roles.select("organisation_id", "person_key").distinct().to_pandas()
        both = pd.concat([held, more]).drop_duplicates()
        everyone: pd.DataFrame = both.sort_values(
            ["organisation_id", "person_key"], ignore_index=True
        )
        return everyone

    def _set_aside(self, taken: Sequence[Taken]) -> dict[tuple[int, int], frozenset[int]]:
        pairs = pd.DataFrame(
            sorted({pair for item in taken for pair in _pairs_of(item)}),
            columns=["officer_key", "target_key"],
            dtype="int64",
        )
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
        pairs = pd.DataFrame(
            sorted({pair for item in taken for pair in _pairs_of(item)}),
            columns=["officer_key", "person_key"],
            dtype="int64",
        )
        rows = self.ledger.table("contact_declarations").join(
            memtable(pairs), ["officer_key", "person_key"]
        )
        frame = rows.select("officer_key", "person_key", "at", "row_id").to_pandas()
        from zoneinfo import ZoneInfo

        zone = ZoneInfo(self.ledger.timezone)
        frame = frame.sort_values(["at", "row_id"], ascending=False)
        return {
            (int(row.officer_key), int(row.person_key)): (local_day(row.at, zone), row.row_id)
            for row in frame.itertuples(index=False)
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


def officers_of(ledger: Ledger, inquiry: Inquiry) -> frozenset[int] | None:
    """Keys of the officers that an inquiry is about; None for all."""
    if inquiry.all_officers:
        return None
    entities = ledger.table("entities")
    named = entities.filter((entities.kind == "officer") & entities.id.isin(inquiry.officers))
    found = set(named.select("entity_key").to_pandas()["entity_key"].tolist())
    if inquiry.units:
        units = ledger.table("units").select("unit_id", "parent_unit_id").to_pandas()
        below = set(inquiry.units)
        while True:
            more = set(units.loc[units["parent_unit_id"].isin(below), "unit_id"]) - below
            if not more:
                break
            below |= more
        posts = ledger.table("postings")
        posts = posts.filter(
            posts.unit_id.isin(sorted(below))
            & (posts.start < inquiry.end)
            & (posts.end > inquiry.start)
        )
        found |= set(posts.select("officer_key").to_pandas()["officer_key"].tolist())
    return frozenset(found)


def _pairs_of(item: Taken) -> list[tuple[int, int]]:
    """(officer key, target key) of a lead, the strongest first."""
    if isinstance(item.source, Finding):
        return [(item.source.officer_key, pair.target_key) for pair in item.result.counted]  # type: ignore[union-attr]
    return [(hit.officer_key, hit.person_key) for hit in item.result.counted]  # type: ignore[union-attr]


def _entity_keys(item: Taken) -> Iterable[int]:
    yield item.source.officer_key
    for officer, target in _pairs_of(item):
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


def _notes(item: Taken, headers: Mapping[str, Header], few: frozenset[int]) -> tuple[Fact, ...]:
    facts = []
    if item.source.officer_key in few:
        facts.append(Fact("few_comparable", phrase("few_comparable")))
    if isinstance(item.source, Candidate) and any(h.shared for h in item.result.counted):  # type: ignore[union-attr]
        facts.append(Fact("shared_work", phrase("shared_note")))
    header = headers.get(item.source.kind)
    if header is not None:
        facts += [
            Fact("innocent", {"en": text.en, "zh_tw": text.zh_tw}) for text in header.innocent
        ]
    return tuple(facts)


def _not_run(
    screening: Screening, hits: Mapping[str, pd.DataFrame], headers: Mapping[str, Header]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = {item.analysis_id: tuple(item.needs) for item in screening.not_run}
    for id_, header in headers.items():
        if header.role is Role.SET and id_ not in hits:
            found[id_] = tuple(header.needs)
    return tuple(sorted(found.items()))


def _supersedes(
    earlier: Sequence[Mapping[str, Any]], leads: Sequence[Lead]
) -> dict[str, tuple[str, ...]]:
    now = {lead.lead_id for lead in leads}
    holder = {id_: lead.lead_id for lead in leads for id_ in lead.lookup_ids}
    return {
        str(old["lead_id"]): tuple(
            sorted({holder[id_] for id_ in old["lookup_ids"] if id_ in holder})
        )
        for old in earlier
        if old["lead_id"] not in now
    }
