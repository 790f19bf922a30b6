"""The figures behind leads: what λ and u were measured on, asked again of those that measured.

`Chance` and `Comparison` measure all pairs that hit a set and keep results alone.  For the pairs
that leads hold, the same objects are asked once more and keep the counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from linkgraph.leads.assignment import Taken
from linkgraph.leads.chance import Chance
from linkgraph.leads.context import LEVELLED, Comparison, Fired, Weights, in_bits, showing
from linkgraph.leads.findings import Finding
from linkgraph.leads.learning import Learned
from linkgraph.leads.pairs import Pairs
from linkgraph.leads.sets import WHOLE_UNIT, Candidate
from linkgraph.leads.shared_work import Shared

Pair = tuple[int, int]
"""Officer key, target key."""


@dataclass(frozen=True)
class Addend:
    """λ, or one role's part of a unit's; as `chance.Measured`, `group` an index of its groups."""

    group: int
    own: float
    peers: float
    hits: float
    total: float
    local_hits: float
    local: float
    weight: float
    base: float
    share: float
    rate: float


@dataclass(frozen=True)
class Shown:
    """An indicator on a pair: k of n comparable pairs show it, u the upper bound of that share.

    Where of the officer's own_n explained pairs more show it, own_k, u is that share and `peers`
    the bound.  `group` is an index of `Comparison.GROUPS` (-1: the direct ties of other
    officers), `weight` the share of the pair's look-ups, `bits` what it is worth before anything
    is clipped, `level` the least measure that counts as firing (0 any).  `beside`: the pairs
    compared show the
    finding that it stands beside.
    """

    m: Learned
    k: float
    n: float
    u: float
    group: int
    weight: float
    bits: float
    level: int = 0
    beside: bool = False
    peers: float | None = None
    own_k: float = 0.0
    own_n: float = 0.0


@dataclass(frozen=True)
class Figures:
    """By officer, target and requester (-1 none) λ; by pair the indicators; what was learned.

    `beside`: the same by finding, for the context that findings have.
    """

    rates: Mapping[tuple[int, int, int], tuple[Addend, ...]] = field(default_factory=dict)
    kinds: Mapping[Pair, int] = field(default_factory=dict)
    context: Mapping[Pair, Mapping[str, Shown]] = field(default_factory=dict)
    beside: Mapping[str, Mapping[Pair, Mapping[str, Shown]]] = field(default_factory=dict)
    findings: Mapping[tuple[str, int, int], Shown] = field(default_factory=dict)
    forms: Mapping[str, Learned] = field(default_factory=dict)
    shared: Shared = field(default_factory=dict)
    requesters: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Measures:
    """What measured: the objects of one run that `Figures` are asked of."""

    pairs: Pairs
    fired: Fired
    comparison: Comparison
    beside: Mapping[str, Comparison]
    weights: Weights
    forms: Mapping[str, Learned]
    chance: Chance | None
    shared: Shared
    declared: pd.DataFrame

    def figures(self, taken: Sequence[Taken], requesters: Mapping[str, int]) -> Figures:
        """The figures of what these leads count.  `requesters`: officer id -> key."""
        held = [(t.source, pair) for t in taken for pair in t.pairs]
        pairs = pd.DataFrame(
            sorted({pair for _, pair in held}), columns=["officer_key", "target_key"], dtype="int64"
        )
        if pairs.empty:
            return Figures(forms=self.forms)
        kinds = self.pairs.kinds_of(pairs)
        kind_of = {
            (int(o), int(t)): int(k)
            for o, t, k in kinds[["officer_key", "target_key", "kind"]].itertuples(index=False)
        }
        rows = self.fired.of(pairs)
        whole = self._context(rows, self.comparison)
        found = {s.kind for s, _ in held if isinstance(s, Finding)}
        return Figures(
            rates=self._rates(held, kind_of, requesters),
            kinds=kind_of,
            context=self._with_declared(whole),
            beside={
                id_: self._context(showing(rows, id_), comparison)
                for id_, comparison in self.beside.items()
                if id_ in found
            },
            findings=self._findings(rows, found),
            forms=self.forms,
            shared=self.shared,
            requesters=requesters,
        )

    def _rates(
        self,
        held: Sequence[tuple[Candidate | Finding, Pair]],
        kinds: Mapping[Pair, int],
        requesters: Mapping[str, int],
    ) -> dict[tuple[int, int, int], tuple[Addend, ...]]:
        asked: dict[bool, set[tuple[int, int, int]]] = {False: set(), True: set()}
        for source, pair in held:
            if isinstance(source, Candidate):
                whole = source.kind in WHOLE_UNIT
                asker = requesters.get(source.requester_id or "", -1) if whole else -1
                asked[whole].add((*pair, asker))
        found: dict[tuple[int, int, int], tuple[Addend, ...]] = {}
        for whole, keys in asked.items():
            if not keys or self.chance is None:
                continue
            order = sorted(keys)
            rows = pd.DataFrame(order, columns=["officer_key", "target_key", "asker"])
            rows["kind"] = [kinds[o, t] for o, t, _ in order]
            measured = (
                self.chance.of_unit(rows, rows["asker"], keep=True)
                if whole
                else self.chance.of_officers(rows, keep=True)
            )
            parts: dict[int, list[Addend]] = {}
            row: Any
            terms = measured.terms if measured.terms is not None else pd.DataFrame()
            for row in terms.itertuples(index=False):
                parts.setdefault(int(row.row), []).append(Addend(*row[1:]))
            found |= {order[place]: tuple(made) for place, made in parts.items()}
        return found

    def _context(self, rows: pd.DataFrame, comparison: Comparison) -> dict[Pair, dict[str, Shown]]:
        found: dict[Pair, dict[str, Shown]] = {}
        row: Any
        for row in in_bits(comparison.share(rows), self.weights).itertuples(index=False):
            found.setdefault((row.officer_key, row.target_key), {})[row.indicator_id] = Shown(
                m=self._m(row.indicator_id),
                k=float(row.k),
                n=float(row.n),
                u=float(row.u),
                group=int(row.group),
                weight=float(row.weight) / 1000,
                bits=float(row.bits),
                beside=bool(row.some),
                peers=float(row.peers),
                own_k=float(row.own_k),
                own_n=float(row.own_n),
            )
        return found

    def _with_declared(self, found: dict[Pair, dict[str, Shown]]) -> dict[Pair, dict[str, Shown]]:
        row: Any
        for row in self.declared.itertuples(index=False):
            found.setdefault((int(row.officer_key), int(row.person_key)), {})[
                "declared_contact"
            ] = Shown(
                Learned(float(row.m)), float(row.k), float(row.n), float(row.u), -1, 1.0,
                float(row.bits),
            )  # fmt: skip
        return found

    def _findings(self, rows: pd.DataFrame, kinds: set[str]) -> dict[tuple[str, int, int], Shown]:
        own = rows[rows["indicator_id"].isin(sorted(kinds))].reset_index(drop=True)
        if own.empty:
            return {}
        levelled = own["indicator_id"].isin(sorted(LEVELLED))
        own["level"] = own["level"].where(levelled, 0)
        found: dict[tuple[str, int, int], Shown] = {}
        row: Any
        for row in self.comparison.share(own, tail=True).itertuples(index=False):
            found[row.indicator_id, int(row.officer_key), int(row.target_key)] = Shown(
                m=self._m(row.indicator_id),
                k=float(row.k),
                n=float(row.n),
                u=float(row.u),
                group=int(row.group),
                weight=1.0,
                bits=0.0,
                level=int(row.level),
            )
        return found

    def _m(self, id_: str) -> Learned:
        return self.weights.learned.get(id_) or Learned(self.weights.m.get(id_, 0.0))
