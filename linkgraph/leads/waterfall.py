"""A lead's bits as steps that sum to them exactly, each rounded to 0.01.

For a set: the search charge log2(π/n), each subject without context at the K that carries most,
context by indicator, shared work, and the remainder of the mixture over K.  A hit's context is
what each indicator, in the order of ids, adds to log2(1 + a·2^c/λ).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from linkgraph.leads.assignment import Taken
from linkgraph.leads.findings import Finding, Weighed
from linkgraph.leads.lead import Step
from linkgraph.leads.sets import (
    SHARED_CHARGE,
    Candidate,
    Hit,
    Scored,
    stands_out,
    term,
)

SEARCH, REMAINDER, SHARED = "search_charge", "remainder", "shared_work"

Ids = Callable[[int], tuple[str, str]]
"""Entity key -> (kind, id)."""
LookupIds = Callable[[Iterable[int]], tuple[str, ...]]
"""Look-up keys -> look-up ids, in order of time."""


def waterfall(taken: Taken, ids: Ids, lookup_ids: LookupIds) -> tuple[float, tuple[Step, ...]]:
    """The rounded bits of a lead and the steps that sum to them."""
    if isinstance(taken.source, Candidate) and isinstance(taken.result, Scored):
        steps = _of_set(taken.source, taken.result, ids, lookup_ids)
    elif isinstance(taken.source, Finding) and isinstance(taken.result, Weighed):
        steps = _of_finding(taken.source, taken.result, lookup_ids)
    else:
        raise TypeError(f"{type(taken.source)} weighed as {type(taken.result)}")
    return _rounded(steps, taken.result.bits)


def context_steps(hit: Hit, extra: int, size: int) -> list[tuple[str, float]]:
    """What each indicator adds to the hit's bits at this K."""
    weight = hit.plain
    before = term(weight, extra, size)
    found = []
    for id_, bits in hit.context:
        weight *= 2.0**bits
        after = term(weight, extra, size)
        found.append((id_, after - before))
        before = after
    return found


def _of_set(candidate: Candidate, scored: Scored, ids: Ids, lookup_ids: LookupIds) -> list[Step]:
    size = max(candidate.size, len(scored.counted))
    together = [hit for hit in scored.counted if hit.shared is not None]
    many = stands_out(together, scored.extra, size)
    strongest = max(together, key=lambda hit: hit.weight) if together else None
    steps = [
        Step(SEARCH, math.log2(candidate.prior / max(candidate.searched, 1)), candidate.searched)
    ]
    context: dict[str, tuple[float, int, set[int]]] = {}
    for counted, free in zip(scored.counted, scored.taken, strict=True):
        counts = counted.shared is None or many or counted is strongest
        hit = counted.among_sharers if many else counted
        steps.append(
            Step(
                "subject:" + ":".join(ids(hit.person_key)),
                term(hit.plain, scored.extra, size) if counts else 0.0,
                float(f"{hit.rate:.4g}"),
                lookup_ids(free),
                hit.path,
            )
        )
        for id_, bits in context_steps(hit, scored.extra, size) if counts else ():
            total, n, keys = context.get(id_, (0.0, 0, set()))
            context[id_] = (total + bits, n + 1, keys | free)
    steps += _context(context, lookup_ids)
    if together:
        steps.append(Step(SHARED, -SHARED_CHARGE, len(together)))
    steps.append(Step(REMAINDER, 0.0, scored.extra))
    return steps


def _of_finding(finding: Finding, weighed: Weighed, lookup_ids: LookupIds) -> list[Step]:
    pair = weighed.strongest
    keys = frozenset().union(*weighed.taken)
    charge = math.log2(finding.prior) - math.log2(max(finding.pairs_searched, 1))
    context = {id_: (bits, 1, set(pair.lookups & keys)) for id_, bits in pair.context}
    return [
        Step(SEARCH, charge, finding.pairs_searched),
        Step(finding.kind, -math.log2(pair.share), float(f"{pair.share:.4g}"), lookup_ids(keys)),
        *_context(context, lookup_ids),
        Step(REMAINDER, 0.0, None),
    ]


def _context(found: dict[str, tuple[float, int, set[int]]], lookup_ids: LookupIds) -> list[Step]:
    return [Step(id_, bits, n, lookup_ids(keys)) for id_, (bits, n, keys) in sorted(found.items())]


def _rounded(steps: list[Step], bits: float) -> tuple[float, tuple[Step, ...]]:
    """Steps in hundredths; the last, the remainder, takes what is left, and goes if nothing is."""
    total = round(bits * 100)
    cents = [round(step.bits * 100) for step in steps[:-1]]
    cents.append(total - sum(cents))
    rounded = [
        Step(s.id, c / 100, s.measure, s.lookup_ids, s.path)
        for s, c in zip(steps, cents, strict=True)
    ]
    if not rounded[-1].bits:
        rounded.pop()
    return total / 100, tuple(rounded)
