"""How each number of a waterfall came about: counts, formula with the numbers in it, result.

The terms are made while the waterfall is, from the objects that weighed the lead and from the
figures that `Chance` and `Comparison` kept.  Nothing here weighs anything: a formula is written
beside the number that it led to, and a reader can work it out again.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from linkgraph.leads.assignment import Taken
from linkgraph.leads.chance import FORCE_WEIGHT, LEAST_RATE
from linkgraph.leads.circumstances import CLIP
from linkgraph.leads.context import HABIT_PAIRS, SHARES
from linkgraph.leads.figures import Addend, Figures, Shown
from linkgraph.leads.findings import Finding, FindingPair, Weighed
from linkgraph.leads.hits import DECLARED_ODDS
from linkgraph.leads.lead import Bilingual, Term
from linkgraph.leads.learning import FINDING, PRIOR_WEIGHT, Learned
from linkgraph.leads.locality import Local
from linkgraph.leads.pairs import KINDS
from linkgraph.leads.phrases import joined, phrase
from linkgraph.leads.sets import (
    DIRECT,
    EXTRA,
    OF_ORGANISATION,
    SHARED_CHARGE,
    WHOLE_UNIT,
    Candidate,
    Hit,
    Scored,
    extra_bits,
    penalty,
    stands_out,
    term,
)

NOTHING: Bilingual = {"en": "", "zh_tw": ""}
_RATE_GROUPS = ("why.peers_role", "why.peers_kind", "why.peers_all")
_SHARE_GROUPS = ("why.pairs_district", "why.pairs_role", "why.pairs_kind", "why.pairs_all")


def number(value: float) -> str:
    """A number as a formula holds it: six digits, so that a result to 0.01 can be worked out."""
    if math.isinf(value):
        return "inf"
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else f"{value:.6g}"


def search(candidate: Candidate, figures: Figures) -> tuple[Term, ...]:
    """log2(π / n) of a set."""
    n = max(candidate.searched, 1)
    return (
        _prior("π", candidate.prior, figures.forms.get(candidate.kind), "why.prior_form"),
        Term("n", n, phrase("why.searched")),
        _bits(math.log2(candidate.prior / n), f"log2({number(candidate.prior)} / {n})"),
    )


def search_finding(finding: Finding, figures: Figures) -> tuple[Term, ...]:
    """log2(π / N) of a finding."""
    n = max(finding.pairs_searched, 1)
    bits = math.log2(finding.prior) - math.log2(n)
    return (
        _prior("π", finding.prior, figures.forms.get(FINDING), "why.prior_form"),
        Term("N", n, phrase("why.pairs_all_kinds")),
        _bits(bits, f"log2({number(finding.prior)} / {n})"),
    )


def subject(
    hit: Hit, candidate: Candidate, extra: int, size: int, figures: Figures, *, many: bool
) -> tuple[Term, ...]:
    """From the counts to λ, and from λ to log2(1 + a·d/λ)."""
    asker = figures.requesters.get(candidate.requester_id or "", -1)
    asker = asker if candidate.kind in WHOLE_UNIT else -1
    addends = figures.rates.get((hit.officer_key, hit.person_key, asker), ())
    kind = figures.kinds.get((hit.officer_key, hit.person_key), len(KINDS))
    rate = hit.rate
    terms = [t for addend in addends for t in _addend(addend, kind, whole=asker >= 0)]
    if addends:
        rate = max(math.fsum(addend.rate for addend in addends), LEAST_RATE)
    if len(addends) > 1:
        summed = " + ".join(number(addend.rate) for addend in addends)
        terms.append(Term("λ", rate, phrase("why.rate_unit"), summed))
    if hit.local is not None:
        terms += _place(hit.local, rate)
        rate = hit.rate
    if many and hit.shared is not None:
        more, rate = _among_sharers(hit, candidate, figures)
        terms += more
    direct = DIRECT if hit.direct else 1.0
    text = phrase("why.direct" if hit.direct else "why.not_direct")
    terms.append(Term("w", direct / rate, text, f"{number(direct)} / {number(rate)}"))
    share = min(extra / size, 0.5)
    text = phrase("why.share", extra=extra, size=size)
    terms.append(Term("a", share, text, f"min({extra} / {size}, 0.5)"))
    formula = f"log2(1 + {number(share)} × {number(direct / rate)})"
    return (*terms, _bits(term(direct / rate, extra, size), formula))


def counted_together() -> tuple[Term, ...]:
    """A hit that counts with others, as one."""
    return (_bits(0.0, "0", "why.counted_together"),)


def context(
    hit: Hit, id_: str, extra: int, size: int, figures: Figures, name: str
) -> tuple[tuple[Term, ...], float]:
    """What one indicator adds to one hit, and the terms that lead to it."""
    pair = (hit.officer_key, hit.person_key)
    terms = _worth(id_, hit.context, figures.context.get(pair, {}), name)
    before = hit.plain
    for known, bits in hit.counts:
        after = before * 2.0**bits
        if known == id_:
            break
        before = after
    added = term(after, extra, size) - term(before, extra, size)
    share = number(min(extra / size, 0.5))
    formula = (
        f"log2(1 + {share} × {number(before)} × 2^({number(dict(hit.context)[id_])}))"
        f" - log2(1 + {share} × {number(before)})"
    )
    return (*terms, Term("Δ", added, phrase("why.adds", subject=name), formula)), added


def same_session(name: str) -> Term:
    """A fact of a session that counts for another subject looked up in it."""
    return Term("Δ", 0.0, phrase("why.same_session", subject=name), "0")


def finding(kind: str, pair: FindingPair, known: Shown | None, bits: float) -> tuple[Term, ...]:
    """-log2(u): how rarely the finding fires as strongly on comparable pairs."""
    terms = () if known is None else _measured(kind, known)
    return (*terms, _bits(bits, f"-log2({number(pair.share)})"))


def finding_context(
    pair: FindingPair, id_: str, known: Mapping[str, Shown], name: str
) -> tuple[Term, ...]:
    """What one indicator adds to the strongest pair of a finding."""
    return _worth(id_, pair.context, known, name)


def summed(values: Sequence[float]) -> tuple[Term, ...]:
    """The sum of several, where there are several."""
    if len(values) < 2:
        return ()
    return (_bits(math.fsum(values), " + ".join(f"({number(v)})" for v in values), "why.summed"),)


def shared_work(hits: Sequence[Hit]) -> tuple[Term, ...]:
    """The charge for what looks like shared work."""
    text = phrase("why.shared_charge", n=len(hits))
    return (Term("bits", -SHARED_CHARGE, text, f"-{number(SHARED_CHARGE)}"),)


def total(candidate: Candidate, scored: Scored) -> tuple[Term, ...]:
    """Σ at each K, and the mixture over K, with the charge."""
    size = max(candidate.size, len(scored.counted))
    terms = []
    for extra in EXTRA:
        text = phrase("why.extra_most" if extra == scored.extra else "why.extra", extra=extra)
        value = extra_bits(scored.counted, extra, size)
        terms.append(Term(f"S{extra}", value, text, _extra(scored.counted, extra, size)))
    mean = " + ".join(f"2^({number(t.value)})" for t in terms)
    n = max(candidate.searched, 1)
    formula = f"log2({number(candidate.prior)} / {n}) + log2(({mean}) / {len(EXTRA)})"
    return (*terms, _bits(scored.bits, formula, "why.mixture"))


def total_finding(finding: Finding, weighed: Weighed) -> tuple[Term, ...]:
    """The charge, the finding and its context together."""
    pair = weighed.strongest
    more = "".join(f" + ({number(bits)})" for _, bits in pair.context)
    n = max(finding.pairs_searched, 1)
    formula = f"log2({number(finding.prior)} / {n}) - log2({number(pair.share)}){more}"
    return (_bits(weighed.bits, formula, "why.strongest"),)


def remainder(taken: Taken, bits: float, before: Sequence[float]) -> tuple[Term, ...]:
    """What the steps leave of the lead's bits: of a set the cost of K, the mean over K, rounding.

    Of a finding rounding alone.
    """
    less = "".join(f" - ({number(step)})" for step in before)
    value = bits - math.fsum(before)
    left = f"{number(bits)}{less}"
    if not (isinstance(taken.source, Candidate) and isinstance(taken.result, Scored)):
        return (_bits(value, left, "why.rounding"),)
    scored = taken.result
    size = max(taken.source.size, len(scored.counted))
    cost = penalty(scored.extra, size)
    pairs = f"min({scored.extra}, {size} / 2)"
    text = phrase("why.extra_cost", extra=scored.extra)
    return (
        Term("cost", cost, text, f"{pairs} × {number(math.log2(math.e))}"),
        _bits(value, left, "why.remainder"),
    )


def _addend(known: Addend, kind: int, *, whole: bool) -> list[Term]:
    what = _kind(kind)
    peers = number(known.peers)
    group = phrase(_RATE_GROUPS[known.group], n=peers, kind=what)
    own = phrase("why.own_unit" if whole else "why.own", kind=what)
    share_text = phrase(
        "why.share_of_pairs",
        local_hits=number(known.local_hits),
        local=number(known.local),
        hits=number(known.hits),
        total=number(known.total),
    )
    weighed = f"{number(FORCE_WEIGHT)} × {number(known.total)} / max({peers}, 1)"
    force = f"{number(known.weight)} × {number(known.hits)} / max({number(known.total)}, 1)"
    base = f"{number(known.local)} + {number(known.weight)}"
    if not math.isclose(known.base, known.local + known.weight, rel_tol=1e-12, abs_tol=1e-9):
        base = f"max({base}, {number(known.base)})"
    return [
        Term("N", known.own, own),
        Term("peers", known.peers, group),
        Term("κ", known.weight, phrase("why.force_weight"), weighed),
        Term(
            "f", known.share, share_text, f"({number(known.local_hits)} + {force} + 0.5) / ({base})"
        ),
        Term("λ", known.rate, phrase("why.rate"), f"{number(known.own)} × {number(known.share)}"),
    ]


def _place(local: Local, by_chance: float) -> list[Term]:
    """λ as locality alone gives it, where that is more."""
    hits, people = number(local.hits), number(local.people)
    formula = f"{hits} / {people}"
    if local.ground != "own":
        formula = f"{number(local.own)} × {hits} / {number(local.pairs)} / {people}"
    text = phrase(f"why.place_{local.ground}", hits=hits, people=people)
    larger = f"max({number(by_chance)}, {number(local.rate)})"
    return [
        Term("λ'", local.rate, text, formula),
        Term("λ", local.rate, phrase("why.rate_larger"), larger),
    ]


def _among_sharers(hit: Hit, candidate: Candidate, figures: Figures) -> tuple[list[Term], float]:
    anchor = candidate.anchor[1] if candidate.kind in OF_ORGANISATION else ""
    known = figures.shared.get((anchor, hit.officer_key, hit.person_key))
    rate = hit.among_sharers.rate
    terms = []
    if known is not None and known.people:
        formula = f"{known.own} × ({known.hits} + 0.5) / ({known.pairs} × {known.people})"
        terms.append(Term("λ'", known.rate, phrase("why.rate_sharers"), formula))
    text = phrase("why.rate_larger")
    larger = f"max({number(hit.rate)}, {number(hit.shared or 0.0)})"
    return [*terms, Term("λ", rate, text, larger)], rate


def _worth(
    id_: str,
    counted: Sequence[tuple[str, float]],
    known: Mapping[str, Shown],
    name: str,
) -> tuple[Term, ...]:
    """m, u, and c of one indicator on one pair, clipped as the pair's context was."""
    shown = known.get(id_)
    final = dict(counted)[id_]
    if shown is None:
        return (Term("c", final, phrase("why.worth", subject=name)),)
    formula = f"log2({number(shown.m.value)} / {number(shown.u)})"
    text = "why.worth_share" if id_ in SHARES else "why.worth"
    if shown.weight != 1.0:
        formula = f"{formula} × {number(shown.weight)}"
    if not math.isclose(final, shown.bits, rel_tol=1e-9, abs_tol=1e-9):
        text = "why.worth_clipped"
        raw = math.fsum(known[other].bits for other, _ in counted if other in known)
        if id_ == "declared_contact":
            rest = raw - shown.bits
            formula = f"max({formula}, -{number(CLIP)} - ({number(_clipped(rest))}))"
        else:
            rest = math.fsum(
                known[other].bits
                for other, _ in counted
                if other in known and other != "declared_contact"
            )
            formula = f"{formula} × {number(CLIP)} / {number(abs(rest))}"
    worth = Term("c", final, phrase(text, subject=name), formula)
    if id_ == "declared_contact":
        odds, u = number(DECLARED_ODDS), number(shown.u)
        m = Term(
            "m", shown.m.value, phrase("why.declared_m"), f"{odds} × {u} / (1 - {u} + {odds} × {u})"
        )
        return (*_measured(id_, shown), m, worth)
    return (_prior("m", shown.m.value, shown.m, "why.prior_m"), *_measured(id_, shown), worth)


def _clipped(bits: float) -> float:
    return max(-CLIP, min(CLIP, bits))


def _measured(id_: str, shown: Shown) -> tuple[Term, ...]:
    group = "why.declared" if shown.group < 0 else _SHARE_GROUPS[shown.group]
    at_least = phrase(f"why.at_least_{id_}", level=shown.level) if shown.level > 1 else NOTHING
    among = phrase("why.beside") if shown.beside else NOTHING
    text = phrase(group, k=number(shown.k), n=number(shown.n), level=at_least, among=among)
    if id_ in SHARES:
        text = joined([text, phrase("why.by_share")], chinese="；")
    k, n = number(shown.k), number(shown.n)
    peers = shown.u if shown.peers is None else shown.peers
    formula = "1" if peers >= 1 else f"quantile(0.95, {k} + 0.5, {n} - {k} + 0.5)"
    measured = Term("u", peers, text, formula)
    if shown.u <= peers:
        return (measured,)
    text = phrase("why.habit", k=number(shown.own_k), n=number(shown.own_n))
    weight, bound = number(HABIT_PAIRS), number(peers)
    habit = f"({number(shown.own_k)} + {weight} × {bound}) / ({number(shown.own_n)} + {weight})"
    return (measured, Term("u", shown.u, text, habit))


def _prior(symbol: str, value: float, learned: Learned | None, text: str) -> Term:
    if learned is None or not learned.of:
        return Term(symbol, value, phrase(text))
    scale = number(learned.scale)
    weight = number(PRIOR_WEIGHT)
    formula = (
        f"({weight} × {number(learned.prior)} + {scale} × {number(learned.fired)})"
        f" / ({weight} + {scale} × {number(learned.of)})"
    )
    told = phrase(
        f"{text}_learned",
        prior=number(learned.prior),
        fired=number(learned.fired),
        of=number(learned.of),
    )
    return Term(symbol, value, told, formula)


def _extra(hits: Sequence[Hit], extra: int, size: int) -> str:
    share = number(min(extra / size, 0.5))

    def one(hit: Hit) -> str:
        return f"log2(1 + {share} × {number(hit.weight)})"

    own = " + ".join(one(hit) for hit in hits if hit.shared is None)
    together = [hit for hit in hits if hit.shared is not None]
    parts = [own] if own else []
    if together:
        joint = max(together, key=lambda hit: hit.weight)
        told = one(joint)
        if stands_out(together, extra, size):
            told = " + ".join(one(hit.among_sharers) for hit in together)
        parts.append(f"{told} - {number(SHARED_CHARGE)}")
    cost = f"{number(min(extra, size / 2))} × {number(math.log2(math.e))}"
    return f"{' + '.join(parts)} - {cost}"


def _bits(value: float, formula: str, text: str = "why.bits") -> Term:
    return Term("bits", value, phrase(text), formula)


def _kind(kind: int) -> Bilingual:
    return phrase(f"why.kind_{KINDS[kind]}" if kind < len(KINDS) else "why.kind_query")
