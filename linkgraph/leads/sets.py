"""Sets of people around an officer, and the bits by which his look-ups fall on one of them.

bits = log2(π / n) + log2 mean over K in {1, 2, 4, 8} of
       2^(Σ log2(1 + a·2^c/λ) - min(K, |S|/2)·log2 e),   a = min(K/|S|, ½), 3a for a direct tie:
the likelihood ratio of a Poisson process with K extra pairs on S, against chance alone, less
the charge for having searched n sets of the kind.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from linkgraph.leads.circumstances import Bits, Counted, Sessions

if TYPE_CHECKING:
    from linkgraph.leads.locality import Local

EXTRA = (1, 2, 4, 8)
"""K: how many of the pairs on S would not be there by chance."""
DIRECT = 3.0
LEAST_HIT = 1.0
"""Bits that a hit must be worth to stay in its lead."""
SHARED_CHARGE = 4.0
"""Bits that shared work costs: an inspection, a task force or a vetting is the likelier."""

FINDING_PRIOR = 1 / 64
"""π of a finding alone; that of a set is its analysis's own."""

NAMES_REQUESTER = frozenset(
    {"mate_accounts", "mate_circle", "mate_organisation", "duty_partner"}
    | {"requester_circle", "caller_circle"}
)
WHOLE_UNIT = frozenset({"mate_accounts", "mate_organisation"})
SET_KEY = ["kind", "owner_id", "requester_id", "anchor_kind", "anchor_id"]
"""Columns of hit rows that say which set a row is of."""
OF_ORGANISATION = frozenset({"organisation", "mate_organisation", "hub"})


@dataclass(frozen=True)
class Hit:
    """One pair whose person is in the set.

    `weight` is 2^c/λ, three times that for a direct tie; `context` the bits by indicator;
    `lookups` the keys of the open look-ups that fall in the time of the path.  `shared` is set
    where the hit looks like shared work: λ as the colleagues who share it meet such people
    (infinite where only a case says that it is shared).  `sessions` are those in which facts of
    a session fired, `spent` the indicators that count for a stronger hit of the same session.
    `local` is set where λ is what locality alone gives.
    """

    officer_key: int
    person_key: int
    rate: float
    direct: bool
    context: Bits
    lookups: frozenset[int]
    path: tuple[str, ...]
    shared: float | None = None
    sessions: Sessions = field(default_factory=dict)
    spent: frozenset[str] = frozenset()
    local: Local | None = None

    @property
    def counts(self) -> Bits:
        """The indicators that count for this hit: c is their sum."""
        return tuple(item for item in self.context if item[0] not in self.spent)

    @property
    def plain(self) -> float:
        """The weight without context: 1/λ, tripled for a direct tie."""
        return (DIRECT if self.direct else 1.0) / self.rate

    @cached_property
    def weight(self) -> float:
        """2^c/λ, tripled for a direct tie."""
        return self.plain * 2.0 ** sum(bits for _, bits in self.counts)

    @property
    def among_sharers(self) -> Hit:
        """The hit with λ as its sharers have it, where that is more."""
        return replace(self, rate=max(self.rate, self.shared or 0.0))


@dataclass(frozen=True)
class Candidate:
    """A set with hits: `size` is |S|, `searched` is n, `prior` is π."""

    kind: str
    officer_id: str
    officer_key: int
    requester_id: str | None
    anchor: tuple[str, str]
    size: int
    searched: int
    prior: float
    hits: tuple[Hit, ...]

    @property
    def order(self) -> tuple[str, ...]:
        """What candidates of equal bits are ordered by."""
        return (self.officer_id, self.kind, *self.anchor, self.requester_id or "")


@dataclass(frozen=True)
class Scored:
    """A candidate's bits, the K that carries most, and the hits that count at that K."""

    bits: float
    extra: int
    counted: tuple[Hit, ...]
    taken: tuple[frozenset[int], ...] = field(default=())
    """Per counted hit, the look-ups that are still free."""


def score(candidate: Candidate, gone: frozenset[int] | set[int] = frozenset()) -> Scored | None:
    """Bits of a set from the look-ups not in `gone`; None if no hit is worth a bit.

    A look-up counts for one person of the set, the strongest: an address with four residents
    is one look-up.  A fact of a session counts once for the people looked up in it.  A hit
    worth less than a bit at the K that carries most leaves, and the rest is weighed again.
    """
    hits = sorted(candidate.hits, key=lambda hit: (-hit.weight, hit.officer_key, hit.person_key))
    while hits:
        whole, free = _separate(hits, gone)
        if not whole:
            return None
        counted = _once_a_session(whole)
        size = max(candidate.size, len({hit.person_key for hit in counted}))
        sums = [extra_bits(counted, extra, size) for extra in EXTRA]
        best = max(range(len(EXTRA)), key=lambda i: (sums[i], -i))
        weak = _weak(counted, EXTRA[best], size)
        if not weak:
            bits = math.log2(candidate.prior / max(candidate.searched, 1)) + _log2_mean(sums)
            return Scored(bits, EXTRA[best], tuple(counted), tuple(free))
        hits = [hit for hit, one in zip(whole, counted, strict=True) if id(one) not in weak]
    return None


def term(weight: float, extra: int, size: int) -> float:
    """log2(1 + a·weight) with a = min(K/|S|, ½)."""
    return math.log2(1.0 + min(extra / size, 0.5) * weight)


def penalty(extra: int, size: int) -> float:
    """Bits that K extra pairs on |S| people cost whether or not they occur."""
    return min(extra, size / 2) * math.log2(math.e)


def shared_bits(hits: Sequence[Hit], extra: int, size: int) -> float:
    """What hits that look like shared work count together, less four bits.

    As one, the strongest; or, where the officer stands out among the very colleagues who share
    the work, as many, with λ as those colleagues have it.
    """
    if not hits:
        return 0.0
    one = max(term(hit.weight, extra, size) for hit in hits)
    return max(one, _among_sharers(hits, extra, size)) - SHARED_CHARGE


def stands_out(hits: Sequence[Hit], extra: int, size: int) -> bool:
    """Whether shared hits count as many rather than as one."""
    one = max((term(hit.weight, extra, size) for hit in hits), default=0.0)
    return _among_sharers(hits, extra, size) > one


def extra_bits(hits: Sequence[Hit], extra: int, size: int) -> float:
    """Bits of K extra pairs on the set, against chance alone."""
    own = math.fsum(term(hit.weight, extra, size) for hit in hits if hit.shared is None)
    shared = shared_bits([hit for hit in hits if hit.shared is not None], extra, size)
    return own + shared - penalty(extra, size)


def _among_sharers(hits: Sequence[Hit], extra: int, size: int) -> float:
    return math.fsum(term(hit.among_sharers.weight, extra, size) for hit in hits)


def _separate(
    hits: list[Hit], gone: frozenset[int] | set[int]
) -> tuple[list[Hit], list[frozenset[int]]]:
    covered: set[int] = set()
    place: dict[int, int] = {}
    counted: list[Hit] = []
    free: list[set[int]] = []
    for hit in hits:
        left = hit.lookups - gone if gone else hit.lookups
        if not left or left <= covered:
            continue
        covered |= left
        if hit.person_key in place:  # the same person through another account of the unit
            free[place[hit.person_key]] |= left
            continue
        place[hit.person_key] = len(counted)
        counted.append(hit)
        free.append(set(left))
    return counted, [frozenset(left) for left in free]


def _once_a_session(hits: Sequence[Hit]) -> list[Hit]:
    """The hits, strongest first, each without the facts that count for a stronger one."""
    seen = Counted()
    found = []
    for hit in hits:
        spent = seen.spent(hit.context, hit.sessions) if hit.sessions else frozenset()
        found.append(replace(hit, spent=spent) if spent else hit)
    return found


def _weak(hits: list[Hit], extra: int, size: int) -> set[int]:
    weak = {
        id(hit) for hit in hits if hit.shared is None and term(hit.weight, extra, size) < LEAST_HIT
    }
    together = [hit for hit in hits if hit.shared is not None]
    if together and shared_bits(together, extra, size) < LEAST_HIT:
        return weak | {id(hit) for hit in together}
    if stands_out(together, extra, size):
        return weak | {
            id(hit) for hit in together if term(hit.among_sharers.weight, extra, size) < LEAST_HIT
        }
    return weak


def _log2_mean(exponents: list[float]) -> float:
    top = max(exponents)
    return top + math.log2(math.fsum(2.0 ** (e - top) for e in exponents) / len(exponents))
