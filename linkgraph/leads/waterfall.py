"""A lead's bits as steps that sum to them exactly, each rounded to 0.01.

For a set: the search charge log2(π/n), each subject without context at the K that carries most,
context by indicator, shared work, and the remainder of the mixture over K.  A hit's context is
what each indicator, in the order of ids, adds to log2(1 + a·2^c/λ).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from linkgraph.leads import derivation
from linkgraph.leads.assignment import Taken
from linkgraph.leads.figures import Figures
from linkgraph.leads.findings import Finding, Weighed
from linkgraph.leads.lead import Step, Term
from linkgraph.leads.sets import (
    SHARED_CHARGE,
    Candidate,
    Scored,
    stands_out,
    term,
)

SEARCH, SHARED = "search_charge", "shared_work"
REMAINDER, ROUNDING = "remainder", "rounding"
"""What the steps leave: of a set the mixture over K, of a finding rounding alone."""

Ids = Callable[[int], tuple[str, str]]
"""Entity key -> (kind, id)."""
LookupIds = Callable[[Iterable[int]], tuple[str, ...]]
"""Look-up keys -> look-up ids, in order of time."""
Fires = Callable[[Iterable[int], str], Iterable[int]]
"""Of look-up keys those on which an indicator fires: one print of five look-ups is one print."""


def everywhere(keys: Iterable[int], _: str) -> Iterable[int]:
    """`Fires` where it is not known on which look-ups an indicator fires."""
    return keys


def waterfall(
    taken: Taken,
    ids: Ids,
    lookup_ids: LookupIds,
    figures: Figures | None = None,
    fires: Fires = everywhere,
) -> tuple[float, tuple[Step, ...]]:
    """The rounded bits of a lead and the steps that sum to them, each with its derivation.

    The look-ups of an indicator's step are those on which it fires; none, where it fires on a
    look-up of the pair that another lead holds.
    """
    figures = figures or Figures()
    if isinstance(taken.source, Candidate) and isinstance(taken.result, Scored):
        steps = _of_set(taken.source, taken.result, ids, lookup_ids, figures, fires)
    elif isinstance(taken.source, Finding) and isinstance(taken.result, Weighed):
        steps = _of_finding(taken.source, taken.result, ids, lookup_ids, figures, fires)
    else:
        raise TypeError(f"{type(taken.source)} weighed as {type(taken.result)}")
    return _rounded(steps, taken)


def total_terms(taken: Taken) -> tuple[Term, ...]:
    """How the bits of the lead as a whole came about."""
    if isinstance(taken.source, Candidate) and isinstance(taken.result, Scored):
        return derivation.total(taken.source, taken.result)
    if isinstance(taken.source, Finding) and isinstance(taken.result, Weighed):
        return derivation.total_finding(taken.source, taken.result)
    raise TypeError(f"{type(taken.source)} weighed as {type(taken.result)}")


def _of_set(
    candidate: Candidate,
    scored: Scored,
    ids: Ids,
    lookup_ids: LookupIds,
    figures: Figures,
    fires: Fires,
) -> list[Step]:
    size = max(candidate.size, len(scored.counted))
    together = [hit for hit in scored.counted if hit.shared is not None]
    many = stands_out(together, scored.extra, size)
    strongest = max(together, key=lambda hit: hit.weight) if together else None
    charge = math.log2(candidate.prior / max(candidate.searched, 1))
    steps = [Step(SEARCH, charge, candidate.searched, terms=derivation.search(candidate, figures))]
    context: dict[str, _Gathered] = {}
    for counted, free in zip(scored.counted, scored.taken, strict=True):
        counts = counted.shared is None or many or counted is strongest
        hit = counted.among_sharers if many else counted
        name = ":".join(ids(hit.person_key))
        steps.append(
            Step(
                f"subject:{name}",
                term(hit.plain, scored.extra, size) if counts else 0.0,
                float(f"{hit.rate:.4g}"),
                lookup_ids(free),
                hit.path,
                derivation.subject(counted, candidate, scored.extra, size, figures, many=many)
                if counts
                else derivation.counted_together(),
            )
        )
        for id_, _ in hit.context if counts else ():
            held = context.setdefault(id_, _Gathered())
            if id_ in hit.spent:
                held.elsewhere.append(derivation.same_session(name))
                continue
            terms, bits = derivation.context(hit, id_, scored.extra, size, figures, name)
            held.add(bits, fires(free, id_), terms)
    steps += _context(context, lookup_ids)
    if together:
        terms = derivation.shared_work(together)
        steps.append(Step(SHARED, -SHARED_CHARGE, len(together), terms=terms))
    steps.append(Step(REMAINDER, 0.0, scored.extra))
    return steps


def _of_finding(
    finding: Finding,
    weighed: Weighed,
    ids: Ids,
    lookup_ids: LookupIds,
    figures: Figures,
    fires: Fires,
) -> list[Step]:
    pair = weighed.strongest
    keys = frozenset().union(*weighed.taken)
    charge = math.log2(finding.prior) - math.log2(max(finding.pairs_searched, 1))
    whose = finding.holder(pair)
    known = figures.beside.get(finding.kind, {}).get((whose, pair.target_key), {})
    shown = figures.findings.get((finding.kind, whose, pair.target_key))
    context: dict[str, _Gathered] = {}
    for id_, bits in pair.context:
        name = ":".join(ids(pair.target_key))
        terms = derivation.finding_context(pair, id_, known, name)
        shows = fires(pair.lookups & keys, id_)
        context.setdefault(id_, _Gathered()).add(bits, shows, terms)
    fired = -math.log2(pair.share)
    return [
        Step(
            SEARCH,
            charge,
            finding.pairs_searched,
            terms=derivation.search_finding(finding, figures),
        ),
        Step(
            finding.kind,
            fired,
            float(f"{pair.share:.4g}"),
            lookup_ids(keys),
            terms=derivation.finding(finding.kind, pair, shown, fired),
        ),
        *_context(context, lookup_ids),
        Step(ROUNDING, 0.0, None),
    ]


@dataclass
class _Gathered:
    """What one indicator adds over the subjects of a lead."""

    bits: list[float] = field(default_factory=list)
    keys: set[int] = field(default_factory=set)
    terms: list[Term] = field(default_factory=list)
    elsewhere: list[Term] = field(default_factory=list)

    def add(self, bits: float, keys: Iterable[int], terms: Sequence[Term]) -> None:
        self.bits.append(bits)
        self.keys |= set(keys)
        # What is the same for every subject, m and u above all, is said once.
        self.terms += [term for term in terms if term not in self.terms]


def _context(found: Mapping[str, _Gathered], lookup_ids: LookupIds) -> list[Step]:
    return [
        Step(
            id_,
            math.fsum(of.bits),
            len(of.bits),
            lookup_ids(of.keys),
            terms=(*of.elsewhere, *of.terms, *derivation.summed(of.bits)),
        )
        for id_, of in sorted(found.items())
    ]


def _rounded(steps: list[Step], taken: Taken) -> tuple[float, tuple[Step, ...]]:
    """Steps in hundredths; the last, the remainder, takes what is left, and goes if nothing is."""
    total = round(taken.result.bits * 100)
    cents = [round(step.bits * 100) for step in steps[:-1]]
    cents.append(total - sum(cents))
    rounded = [replace(s, bits=c / 100) for s, c in zip(steps, cents, strict=True)]
    last = rounded.pop()
    if last.bits:
        terms = derivation.remainder(taken, total / 100, [step.bits for step in rounded])
        rounded.append(replace(last, terms=terms))
    return total / 100, tuple(rounded)
