"""Each look-up in one lead: the best first, what it takes is gone for the others.

Sets come first: a finding takes only look-ups that sets have left.  A set of less than no bits
(its look-ups fall on it as chance would have it) has no such claim, and competes with findings
by bits alone.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

from linkgraph.leads.findings import Finding, Weighed, weigh
from linkgraph.leads.sets import Candidate, Scored, score


@dataclass(frozen=True)
class Taken:
    """A candidate or finding with the look-ups it got, in order of assignment."""

    source: Candidate | Finding
    result: Scored | Weighed

    @property
    def lookups(self) -> frozenset[int]:
        return frozenset().union(*self.result.taken)

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """(officer key, target key) of what counts, in the order in which it is shown."""
        if isinstance(self.source, Finding) and isinstance(self.result, Weighed):
            return [(self.source.holder(pair), pair.target_key) for pair in self.result.counted]
        if isinstance(self.source, Candidate) and isinstance(self.result, Scored):
            return [(hit.officer_key, hit.person_key) for hit in self.result.counted]
        raise TypeError(f"{type(self.source)} weighed as {type(self.result)}")


def assign(
    candidates: Sequence[Candidate], findings: Sequence[Finding], *, most: int
) -> tuple[list[Taken], int]:
    """At most `most` leads, best first, with disjoint look-ups; and how many were left over.

    Greedy, recomputed lazily: a candidate that lost look-ups since it was weighed is weighed
    again and put back.  Cost: O(n log n) weighings of the candidates' hits.
    """
    gone: set[int] = set()
    taken = _greedy(list(candidates), gone, floor=0.0, most=most)
    done = {id(t.source) for t in taken}
    rest: list[Candidate | Finding] = [c for c in candidates if id(c) not in done]
    rest += findings
    left = most - len(taken)
    more = _greedy(rest, gone, floor=None, most=len(rest))
    taken += more[:left]
    ranked = sorted(taken, key=lambda t: (-round(t.result.bits, 2), t.source.order))
    return ranked, max(len(more) - left, 0)


def _greedy(
    sources: Sequence[Candidate | Finding], gone: set[int], *, floor: float | None, most: int
) -> list[Taken]:
    heap: list[tuple[float, tuple[str, ...], int, int]] = []
    results: list[Scored | Weighed | None] = []
    for index, source in enumerate(sources):
        result = _weighed(source, gone)
        results.append(result)
        if result is not None and (floor is None or result.bits >= floor):
            heapq.heappush(heap, (-result.bits, source.order, index, len(gone)))
    taken: list[Taken] = []
    while heap and len(taken) < most:
        _, order, index, seen = heapq.heappop(heap)
        source = sources[index]
        known = results[index]
        if known is None:
            continue
        if seen != len(gone) and any(not free.isdisjoint(gone) for free in known.taken):
            again = _weighed(source, gone)
            results[index] = again
            if again is not None and (floor is None or again.bits >= floor):
                heapq.heappush(heap, (-again.bits, order, index, len(gone)))
            continue
        item = Taken(source, known)
        gone |= item.lookups
        taken.append(item)
    return taken


def _weighed(source: Candidate | Finding, gone: set[int]) -> Scored | Weighed | None:
    return score(source, gone) if isinstance(source, Candidate) else weigh(source, gone)
