"""The rule scorecard: is an indicator worth its place, and what has it taught?

For each indicator: on how many look-ups it fires, and on how many it would if look-ups that no
record explains were like those that one does (*expected*: the rate among fully explained look-ups
of the same role and kind of subject, times the number of the others); how much of what it fired
on was explained away; what it is worth in context (m with the counts that moved it, u over all
pairs, log2(m/u)); and what reviews confirmed, those that a lead began apart from the others.

A lift near 1 says that the indicator does not tell the two apart.  An indicator that by its
definition spares explained look-ups has nothing to be expected from, and no lift.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import ibis
import numpy as np
import pandas as pd

from linkgraph.analyses.header import Header, Role
from linkgraph.leads.context import weights
from linkgraph.leads.jeffreys import upper_bound
from linkgraph.leads.learning import INDEPENDENT, Learned, reviewed_misuse

if TYPE_CHECKING:
    from linkgraph.ledger import Ledger
    from linkgraph.screen import Screening


@dataclass(frozen=True)
class Score:
    """One indicator.  Shares are of 1; None where there is nothing to compute them from.

    `fired` = `explained` + `partial` + `open` look-ups; `expected` and `lift` are of `open`.
    `pairs` of `of_pairs` pairs of officer and subject without full explanation show it, `u` is
    that share's upper 95 % bound.  `m` is `prior` moved by `taught` of `taught_of` confirmed
    pairs; `bits` = log2(m / u), 0 at least, or at most for what speaks against.  Of its look-ups
    `reviewed` were reviewed independently and `improper` of those found improper; `from_leads`
    and `improper_from_leads` count reviews that a lead began, which teach nothing.
    """

    id: str
    role: str
    against: bool
    fired: int
    explained: int
    partial: int
    open: int
    explained_share: float | None
    expected: float | None
    lift: float | None
    pairs: int
    of_pairs: int
    u: float | None
    prior: float | None
    taught: float
    taught_of: float
    m: float | None
    bits: float | None
    reviewed: int
    improper: int
    yield_: float | None
    from_leads: int
    improper_from_leads: int

    def to_json(self) -> dict[str, Any]:
        """Plain data; `yield` without the underscore."""
        return {("yield" if k == "yield_" else k): v for k, v in asdict(self).items()}


def scorecard(
    ledger: Ledger, screening: Screening, headers: Mapping[str, Header]
) -> tuple[Score, ...]:
    """A score for each indicator that ran, by id; what was not run is in the screening.

    Cost: three hash aggregates of the indicators.
    """
    ran = {item.analysis_id for item in screening.ran}
    chosen = {
        id_: header
        for id_, header in sorted(headers.items())
        if header.role in (Role.CONTEXT, Role.FINDING) and id_ in ran
    }
    lookups = _lookups(screening)
    found = screening.indicators.select("lookup_key", "indicator_id").distinct()
    met = found.join(lookups, "lookup_key")
    levels = met.group_by("indicator_id", "level").aggregate(n=met.count()).to_pandas()
    counted = {
        (str(id_), str(level)): int(n)
        for id_, level, n in zip(levels["indicator_id"], levels["level"], levels["n"], strict=True)
    }
    expected = _expected(met, lookups)
    pairs, of_pairs = _pairs(screening, found)
    reviews = _reviews(ledger, screening, found)
    learned = weights(headers, reviewed_misuse(ledger, screening)).learned
    return tuple(
        _score(header, counted, expected, pairs, of_pairs, reviews, learned.get(id_))
        for id_, header in chosen.items()
    )


def _lookups(screening: Screening) -> Any:
    kinds = screening.subjects_explained.group_by("lookup_key").aggregate(
        kind=lambda rows: rows.subject_kind.min()
    )
    rows = screening.lookups.filter(ibis._.officer_key.notnull()).left_join(kinds, "lookup_key")
    return rows.select(
        "lookup_key",
        "lookup_id",
        level="explanation_level",
        role=rows.role.fill_null(""),
        kind=rows.kind.fill_null(""),
    )


def _expected(met: Any, lookups: Any) -> dict[str, float]:
    """Look-ups not explained in full on which each would fire, were they like the explained."""
    group = ["role", "kind"]
    full = (lookups.level == "full").cast("int64")
    sizes = lookups.group_by(group).aggregate(n=lookups.count(), full=full.sum()).to_pandas()
    hit = met.filter(met.level == "full")
    hits = hit.group_by("indicator_id", *group).aggregate(k=hit.count()).to_pandas()
    rows = hits.merge(sizes, on=group)
    # Where nothing of a group is explained there is no rate: such look-ups are left out.
    rows["expected"] = rows["k"] / rows["full"] * (rows["n"] - rows["full"])
    rows = rows.sort_values(["indicator_id", *group])
    summed: dict[str, float] = rows.groupby("indicator_id")["expected"].sum().to_dict()
    return summed


def _pairs(screening: Screening, found: Any) -> tuple[dict[str, int], int]:
    subjects = screening.subjects_explained.filter(ibis._.level != "full")
    officers = screening.lookups.filter(ibis._.officer_key.notnull())
    officers = officers.select("lookup_key", "officer_key")
    pairs = subjects.join(officers, "lookup_key").select(
        "lookup_key", "officer_key", subject_key=subjects.subject_key.fill_null(-1)
    )
    both = ["officer_key", "subject_key"]
    of = int(pairs.select(*both).distinct().count().to_pyarrow().as_py())
    shown = pairs.join(found, "lookup_key").select("indicator_id", *both).distinct()
    frame = shown.group_by("indicator_id").aggregate(n=shown.count()).to_pandas()
    return dict(zip(frame["indicator_id"], frame["n"].tolist(), strict=True)), of


def _reviews(ledger: Ledger, screening: Screening, found: Any) -> dict[str, tuple[int, ...]]:
    """By indicator: look-ups reviewed, found improper; the same of reviews begun by a lead."""
    if not ledger.has("reviews"):
        return {}
    reviews = ledger.table("reviews").select("lookup_id", "decision", "selected_by")
    keys = screening.lookups.select("lookup_key", "lookup_id")
    rows = reviews.join(keys, "lookup_id").join(found, "lookup_key")
    frame = rows.select("indicator_id", "lookup_key", "decision", "selected_by").to_pandas()
    frame["independent"] = frame["selected_by"].isin(INDEPENDENT)
    frame["lead"] = frame["selected_by"] == "lead"
    frame["improper"] = frame["decision"] == "improper"

    def count(part: pd.DataFrame) -> int:
        return int(part["lookup_key"].nunique())

    return {
        str(id_): tuple(
            count(part[part[by] & (part["improper"] | np.logical_not(only))])
            for by in ("independent", "lead")
            for only in (False, True)
        )
        for id_, part in frame.groupby("indicator_id", sort=True)
    }


def _score(
    header: Header,
    counted: Mapping[tuple[str, str], int],
    expected: Mapping[str, float],
    pairs: Mapping[str, int],
    of_pairs: int,
    reviews: Mapping[str, tuple[int, ...]],
    learned: Learned | None,
) -> Score:
    id_ = header.id
    full, partial, none = (counted.get((id_, level), 0) for level in ("full", "partial", "none"))
    fired, opened = full + partial + none, partial + none
    chance = expected.get(id_)
    hits = pairs.get(id_, 0)
    u = float(upper_bound([hits], [of_pairs])[0]) if of_pairs else None
    reviewed, improper, by_lead, improper_by_lead = reviews.get(id_, (0, 0, 0, 0))
    return Score(
        id=id_,
        role=header.role.value,
        against=header.against,
        fired=fired,
        explained=full,
        partial=partial,
        open=opened,
        explained_share=_rounded(full / fired) if fired else None,
        expected=_rounded(chance, 1),
        lift=_rounded(opened / chance, 2) if chance else None,
        pairs=hits,
        of_pairs=of_pairs,
        u=_rounded(u),
        prior=learned.prior if learned else None,
        taught=learned.fired if learned else 0.0,
        taught_of=learned.of if learned else 0.0,
        m=_rounded(learned.value) if learned else None,
        bits=_bits(learned, u, against=header.against),
        reviewed=reviewed,
        improper=improper,
        yield_=_rounded(improper / reviewed) if reviewed else None,
        from_leads=by_lead,
        improper_from_leads=improper_by_lead,
    )


def _bits(learned: Learned | None, u: float | None, *, against: bool) -> float | None:
    if learned is None or u is None:
        return None
    bits = math.log2(learned.value / u)
    return round(min(bits, 0.0) if against else max(bits, 0.0), 2)


def _rounded(value: float | None, digits: int = 4) -> float | None:
    return None if value is None else round(float(value), digits)
