"""Ranked leads: pairs, sets, chance, context, shared work, findings, assignment, evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from linkgraph.analyses.header import Header, Role
from linkgraph.analyses.registry import catalogue
from linkgraph.leads import hits as hit_rows
from linkgraph.leads.assignment import assign
from linkgraph.leads.chance import Chance
from linkgraph.leads.circumstances import CLIP, Bits
from linkgraph.leads.context import (
    LEVELLED,
    Comparison,
    Nearby,
    combined,
    fired_on,
    fired_sessions,
    in_bits,
    showing,
    weights,
)
from linkgraph.leads.evidence import Evidence
from linkgraph.leads.figures import Measures
from linkgraph.leads.findings import (
    WITH_CONTEXT,
    WITHOUT_SET,
    Finding,
    fetch_ids,
    finding_lookups,
    findings,
    searched_by,
)
from linkgraph.leads.lead import Fact, Lead, Leads
from linkgraph.leads.learning import FINDING, Learned, confirmed_lookups, forms, reviewed_misuse
from linkgraph.leads.locality import Locality, communities
from linkgraph.leads.method import WHOLE, Method
from linkgraph.leads.pairs import Pairs, memtable, pairs_in
from linkgraph.leads.phrases import phrase
from linkgraph.leads.sets import FINDING_PRIOR, OF_ORGANISATION, Candidate
from linkgraph.leads.shared_work import Shared, shared_work

if TYPE_CHECKING:
    from linkgraph.inquiries import Inquiry
    from linkgraph.ledger import Ledger
    from linkgraph.screen import Screening
    from linkgraph.workspace import Settings

LEAST_LISTED = 1000
LISTED_PER_OFFICER = 1
NOBODY = pd.DataFrame({"organisation_id": [], "person_key": []}).astype(
    {"organisation_id": object, "person_key": "int64"}
)


def find_leads(
    ledger: Ledger,
    screening: Screening,
    hits: Mapping[str, pd.DataFrame],
    inquiry: Inquiry,
    settings: Settings,
    *,
    earlier: Sequence[Mapping[str, Any]] = (),
    near: Nearby | None = None,
    method: Method = WHOLE,
    folder: Path | None = None,
) -> Leads:
    """The leads of an inquiry, best first.

    `hits`: analysis id -> hit rows of the graph (officer_id, requester_id, anchor_kind,
    anchor_id, person_id, direct, distance, start, end, tie_end, size, searched, path).
    `earlier`: leads of an earlier run, as JSON, for the supersedes map.
    `near`: context by ties (`graph.runner.nearby`), weighed like any other.
    `method`: which parts take part; an evaluation leaves one out to see what it brings.
    `folder`: the workspace's own analyses, whose explanations and context count like any other.

    At most 1,000 leads, or one per officer, are made (or `most` of the settings' parameters for
    `leads`); `left_out` says how many more there
    were.  Cost: a few passes over the look-ups in the table engine, then the pairs that hit.
    """
    headers = {header.id: header for header in catalogue(folder)}
    pairs = pairs_in(ledger, screening, inquiry)
    run = _Run(ledger, screening, inquiry, headers, pairs, method, near or {})
    given = settings.parameters.get("leads", {}).get("most")
    most = int(given or max(LEAST_LISTED, LISTED_PER_OFFICER * len(run.pairs.officers)))
    candidates, few = run.candidates(hits)
    taken, over = assign(method.sets(candidates), method.findings(run.findings(most)), most=most)
    taken = method.kept(taken)
    found = Evidence(
        ledger, screening, inquiry, pairs, headers, run.members, few, run.measures, near or {}
    )
    leads = found.leads(taken)
    left_out: tuple[Fact, ...] = ()
    if over:
        text = phrase("left_out", shown=len(leads), more=over)
        left_out = (Fact("left_out", text),)
    return Leads(
        tuple(leads),
        not_run=_not_run(screening, hits, headers),
        supersedes=_supersedes(earlier, leads),
        left_out=left_out,
        forms=run.forms,
    )


@dataclass
class _Run:
    """What the steps of one run share."""

    ledger: Ledger
    screening: Screening
    inquiry: Inquiry
    headers: Mapping[str, Header]
    pairs: Pairs
    method: Method
    near: Nearby

    def __post_init__(self) -> None:
        self.members = NOBODY.copy()
        self.fired = fired_on(self.pairs, self.screening, self.near)
        self.comparison = Comparison(
            self.pairs.officers, self.pairs.counts, self.fired.counts, self.fired.habits
        )
        self.beside = self.fired.beside(WITH_CONTEXT, self.comparison)
        self.weights = weights(
            self.headers,
            reviewed_misuse(self.ledger, self.screening),
        )
        self.forms = self._forms([])
        self.chance: Chance | None = None
        self.shared: Shared = {}
        self.declared = hit_rows.NONE_DECLARED

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
        self.members = self._members(located.rows)
        chance = Chance(
            self.pairs.officers,
            self.pairs.counts,
            self.pairs.popularity(pd.concat([found["target_key"], self.members["person_key"]])),
        )
        self.chance = chance
        if self.method.shared_work:
            self.shared = shared_work(self.ledger, self.screening, self.pairs, self.members, chance)
        made, few = hit_rows.candidates(
            located,
            chance,
            self.pairs.kinds_of(found),
            self._context(found, located),
            self._priors(),
            {hit: sharing.rate for hit, sharing in self.shared.items()},
            fired_sessions(self.pairs, self.screening, found, self._of_session()),
            Locality(self.pairs, communities(self.ledger, self.inquiry), self.members),
        )
        self.forms = self._forms(made)
        return [replace(set_, prior=self.forms[set_.kind].value) for set_ in made], few

    @property
    def measures(self) -> Measures:
        """What measured, to be asked for the figures behind leads."""
        return Measures(
            self.pairs,
            self.fired,
            self.comparison,
            self.beside,
            self.weights,
            self.forms,
            self.chance,
            self.shared,
            self.declared,
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
        shares = self.method.shares(shares)
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
        made = findings(
            fired,
            shares[["officer_key", "target_key", "indicator_id", "u"]],
            {
                id_: combined(
                    self._in_bits(showing(rows, id_), self.beside[id_]), without=frozenset({id_})
                )
                for id_ in WITH_CONTEXT
            },
            searched_by(self.pairs.counts),
            ids,
            most=most,
        )
        return [replace(finding, prior=self.forms[FINDING].value) for finding in made]

    def _forms(self, made: Sequence[Candidate]) -> dict[str, Learned]:
        """π by kind of set, moved by confirmed misuse where sets were looked for."""
        confirmed = confirmed_lookups(self.ledger, self.screening) if made else {}
        return forms(made, confirmed, self._priors())

    def _in_bits(self, fired: pd.DataFrame, comparison: Comparison) -> pd.DataFrame:
        """What indicators are worth; nothing is left of them where context takes no part."""
        rows = in_bits(self.method.shares(comparison.share(fired)), self.weights)
        return rows if self.method.context else rows.iloc[:0]

    def _of_session(self) -> list[str]:
        """Indicators that are facts of a session and not of the one looked up."""
        return [id_ for id_ in self.weights.m if self.headers[id_].of_session]

    def _priors(self) -> dict[str, float]:
        """π of each kind of set, as its analysis documents it."""
        return {
            id_: header.prior or FINDING_PRIOR
            for id_, header in self.headers.items()
            if header.role is Role.SET and id_ not in hit_rows.TOGETHER
        }

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
        if not self.method.context:
            return {}
        context = combined(self._in_bits(self.fired.of(found), self.comparison))
        if self.ledger.has("contact_declarations"):
            declared = self.ledger.table("contact_declarations")
            frame = declared.select("officer_key", "person_key", "at").to_pandas()
            self.declared = hit_rows.declared_shares(located, frame)
            for officer, person, bits in self.declared[
                ["officer_key", "person_key", "bits"]
            ].itertuples(index=False):
                pair = (int(officer), int(person))
                total = sum(b for _, b in context.get(pair, ()))
                room = min(0.0, max(float(bits), -CLIP - total))
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
