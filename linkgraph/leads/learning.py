"""What reviews teach: m of an indicator and π of a form, from misuse found without the tool.

Only reviews that were chosen at random or begun elsewhere (a complaint, another authority) teach.
A review of a lead found what the weights pointed at; learning from it would confirm whatever they
say already.  A review that does not say how it was chosen teaches nothing.

Beta-Binomial: the documented prior is worth twenty cases, all reviews together at most forty, and
one officer's at most five, since one matter with forty subjects is not forty matters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import ibis

from linkgraph.leads.pairs import memtable
from linkgraph.leads.sets import FINDING_PRIOR, Candidate, score

if TYPE_CHECKING:
    from linkgraph.ledger import Ledger
    from linkgraph.screen import Screening

PRIOR_WEIGHT = 20.0
"""How many reviewed cases the documented prior is worth."""
MOST_REVIEWED = 40.0
"""Reviews count for at most this many, however many there are."""
MOST_OF_ONE = 5.0
"""One officer's reviewed pairs count for at most this many."""
INDEPENDENT = ("random", "complaint", "other")
"""How a review was chosen for it to teach: not because a lead pointed there."""
FINDING = "finding"
"""The form of misuse that no set holds."""


@dataclass(frozen=True)
class Learned:
    """A share, the prior that it started from, and the reviews that moved it.

    `fired` of `of` confirmed cases show it; both are already weighed by officer.
    """

    prior: float
    fired: float = 0.0
    of: float = 0.0

    @property
    def scale(self) -> float:
        """What one reviewed case counts for: less than 1 beyond `MOST_REVIEWED`."""
        return min(1.0, MOST_REVIEWED / self.of) if self.of else 0.0

    @property
    def value(self) -> float:
        """The share as it is used."""
        scale = self.scale
        return (PRIOR_WEIGHT * self.prior + scale * self.fired) / (PRIOR_WEIGHT + scale * self.of)


def reviewed_misuse(ledger: Ledger, screening: Screening) -> dict[str, tuple[float, float]]:
    """By indicator that ran: on how many confirmed pairs it fires, and how many there are.

    A pair is an officer and a subject of which a look-up was reviewed as improper; an indicator
    whose measure is a share counts by it.  Empty where no review teaches.
    """
    found = _confirmed(ledger, screening)
    if found is None:
        return {}
    pairs = found.join(screening.subjects_explained.select("lookup_key", "subject_key"),
                       "lookup_key")  # fmt: skip
    pairs = pairs.mutate(subject_key=pairs.subject_key.fill_null(-1))
    frame = pairs.select("officer_key", "subject_key", "lookup_key").distinct().to_pandas()
    if frame.empty:
        return {}
    pair = ["officer_key", "subject_key"]
    weight = frame[pair].drop_duplicates().sort_values(pair, ignore_index=True)
    size = weight.groupby("officer_key")["subject_key"].transform("size")
    weight["weight"] = (MOST_OF_ONE / size).clip(upper=1.0)
    fired = screening.indicators.semi_join(
        memtable(frame[["lookup_key"]].drop_duplicates()), "lookup_key"
    )
    rows = fired.select("lookup_key", "indicator_id").distinct().to_pandas()
    shown = frame.merge(rows, on="lookup_key")[[*pair, "indicator_id"]].drop_duplicates()
    shown = shown.merge(weight, on=pair).sort_values(["indicator_id", *pair])
    hits = shown.groupby("indicator_id")["weight"].sum().to_dict()
    total = float(weight["weight"].sum())
    ran = sorted(item.analysis_id for item in screening.ran if item.role != "explanation")
    return {id_: (float(hits.get(id_, 0.0)), total) for id_ in ran}


def confirmed_lookups(ledger: Ledger, screening: Screening) -> dict[int, frozenset[int]]:
    """By officer key, the look-ups that reviews begun elsewhere found improper."""
    found = _confirmed(ledger, screening)
    if found is None:
        return {}
    frame = found.select("officer_key", "lookup_key").distinct().to_pandas()
    held: dict[int, set[int]] = {}
    for officer, key in zip(
        frame["officer_key"].tolist(), frame["lookup_key"].tolist(), strict=True
    ):
        held.setdefault(int(officer), set()).add(int(key))
    return {officer: frozenset(keys) for officer, keys in sorted(held.items())}


def forms(
    candidates: Sequence[Candidate],
    confirmed: Mapping[int, frozenset[int]],
    priors: Mapping[str, float],
) -> dict[str, Learned]:
    """π by kind of set, and of a finding alone, moved by the forms that confirmed misuse took.

    An officer with confirmed look-ups is one case; its form is the kind of the set that weighs
    most among those that hold one of these look-ups, or a finding alone where none reaches 0
    bits.  `priors`: π by kind as documented.
    """
    start = {kind: Learned(prior) for kind, prior in priors.items()}
    start[FINDING] = Learned(FINDING_PRIOR)
    if not confirmed:
        return start
    by_lookup: dict[int, list[Candidate]] = {}
    wanted = frozenset().union(*confirmed.values())
    for candidate in candidates:
        for key in frozenset().union(*(hit.lookups for hit in candidate.hits)) & wanted:
            by_lookup.setdefault(key, []).append(candidate)
    counts: dict[str, int] = {}
    for keys in confirmed.values():
        near = {id(c): c for key in keys for c in by_lookup.get(key, ())}
        weighed = [(score(c), c) for c in near.values()]
        held = [
            (-scored.bits, c.order, c.kind)
            for scored, c in weighed
            if scored is not None
            and scored.bits >= 0
            and not keys.isdisjoint(frozenset().union(*scored.taken))
        ]
        kind = min(held)[2] if held else FINDING
        counts[kind] = counts.get(kind, 0) + 1
    return {
        kind: replace(known, fired=float(counts.get(kind, 0)), of=float(len(confirmed)))
        for kind, known in start.items()
    }


def _confirmed(ledger: Ledger, screening: Screening) -> Any | None:
    """Look-ups that a review not begun from a lead found improper: lookup_key, officer_key."""
    if not ledger.has("reviews"):
        return None
    reviews = ledger.table("reviews")
    chosen = reviews.filter(
        (reviews.decision == "improper") & reviews.selected_by.isin(INDEPENDENT)
    )
    lookups = screening.lookups.filter(ibis._.officer_key.notnull())
    return lookups.semi_join(chosen.select("lookup_id"), "lookup_id").select(
        "lookup_key", "officer_key"
    )
