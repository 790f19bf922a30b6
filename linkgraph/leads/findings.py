"""Findings that can be a lead by themselves, where no set explains the look-ups.

bits = log2 π - log2 N(o) + log2(1/u) + c of the strongest pair: π = 1/64, N the officer's
pairs (the charge for the search), u the measured share of comparable pairs on which the finding
fires as strongly (upper 95 % bound, this officer left out), c the pair's other context, its u
measured among the pairs that show the finding.  What
belongs to one matter (one complaint, one requester, one subject, one account's rights) is one
lead and counts once.  A wave on one person is one matter with every officer in it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from linkgraph.leads.pairs import Pairs, memtable
from linkgraph.leads.sets import FINDING_PRIOR, LEAST_HIT

if TYPE_CHECKING:
    from linkgraph.screen import Screening

WITHOUT_SET = (
    "celebrity",
    "complaint_after",
    "proxy_contradicted",
    "repeated",
    "rights",
    "shared_device",
    "volume",
)
"""Findings in the order in which they are weighed at equal bits."""
REPEATS_LEFT = 3
"""Fewer look-ups than this, after sets took theirs, are no repeat."""
WITH_CONTEXT = tuple(id_ for id_ in WITHOUT_SET if id_ != "volume")
"""Findings beside which other indicators count; how much is looked up is no one pair's."""
OF_ALL_OFFICERS = frozenset({"celebrity"})
"""Findings whose matter is the subject's, whoever looked: one lead with every officer in it."""
NAMES_ASKER = frozenset({"complaint_after", "proxy_contradicted"})
"""Findings whose requester is who may have asked, and not merely whose account lay beside."""


@dataclass(frozen=True)
class FindingPair:
    """One pair on which the finding fires: `share` is u.

    `officer_key` is set where it may differ from the finding's, in a matter of several officers.
    """

    target_key: int
    share: float
    context: tuple[tuple[str, float], ...]
    lookups: frozenset[int]
    officer_key: int | None = None

    @property
    def bits(self) -> float:
        """What the pair shows, before the charges."""
        return -math.log2(self.share) + sum(bits for _, bits in self.context)


@dataclass(frozen=True)
class Finding:
    """Pairs that one finding joins; `pairs_searched` is N(o) of the officer, `prior` π.

    In a matter of several officers he is the one of the strongest pair.
    """

    kind: str
    officer_id: str
    officer_key: int
    requester_key: int | None
    anchor: tuple[str, str]
    pairs_searched: int
    pairs: tuple[FindingPair, ...]
    prior: float = FINDING_PRIOR

    def holder(self, pair: FindingPair) -> int:
        """Key of the officer who looked up a pair of this finding."""
        return self.officer_key if pair.officer_key is None else pair.officer_key

    @property
    def order(self) -> tuple[str, ...]:
        """What findings of equal bits are ordered by."""
        return (self.officer_id, self.kind, *self.anchor, "")


@dataclass(frozen=True)
class Weighed:
    """A finding's bits, the pair that carries them, and what is left of each pair."""

    bits: float
    strongest: FindingPair
    counted: tuple[FindingPair, ...]
    taken: tuple[frozenset[int], ...]


def weigh(finding: Finding, gone: frozenset[int] | set[int] = frozenset()) -> Weighed | None:
    """Bits of a finding from the look-ups not in `gone`; None if too little is left."""
    left = [(pair, pair.lookups - gone) for pair in finding.pairs]
    least = REPEATS_LEFT if finding.kind == "repeated" else 1
    left = [(pair, free) for pair, free in left if len(free) >= least and pair.bits >= LEAST_HIT]
    if not left:
        return None
    strongest = min((pair for pair, _ in left), key=_strongest_first)
    bits = math.log2(finding.prior) - math.log2(max(finding.pairs_searched, 1)) + strongest.bits
    return Weighed(
        bits,
        strongest,
        tuple(pair for pair, _ in left),
        tuple(frozenset(free) for _, free in left),
    )


def _strongest_first(pair: FindingPair) -> tuple[float, int, int]:
    return (-pair.bits, pair.target_key, pair.officer_key or 0)


def finding_lookups(pairs: Pairs, screening: Screening) -> pd.DataFrame:
    """Open look-ups on which a finding fires.

    Columns: officer_key, target_key, lookup_key, at, day (local, text), indicator_id,
    record_row_id, requester_key (-1 none).
    """
    indicators = screening.indicators
    indicators = indicators.filter(indicators.indicator_id.isin(WITHOUT_SET))
    days = screening.lookups.select("lookup_key", "at_local")
    rows = pairs.open.join(
        indicators.select("lookup_key", "indicator_id", "record_row_id", "requester_key"),
        "lookup_key",
    ).join(days, "lookup_key")
    frame: pd.DataFrame = rows.select(
        "officer_key",
        "target_key",
        "lookup_key",
        "at",
        "indicator_id",
        "record_row_id",
        requester_key=rows.requester_key.fill_null(-1),
        day=rows.at_local.date().cast("string"),
    ).to_pandas()
    order = ["indicator_id", "officer_key", "target_key", "at", "lookup_key"]
    return frame.drop_duplicates(["indicator_id", "target_key", "lookup_key"]).sort_values(
        order, ignore_index=True
    )


def findings(
    fired: pd.DataFrame,
    shares: pd.DataFrame,
    context: Mapping[str, Mapping[tuple[int, int], tuple[tuple[str, float], ...]]],
    searched: Mapping[int, int],
    ids: Mapping[int, tuple[str, str]],
    *,
    most: int,
) -> list[Finding]:
    """The strongest `most` findings, best first.

    `fired`: rows of `finding_lookups`.  `shares`: officer_key, target_key, indicator_id, u.
    `context`: finding -> bits by pair, the finding itself left out.  `searched`: N(o) by
    officer key.  `ids`: entity key -> (kind, id).
    """
    if fired.empty:
        return []
    rows = fired.merge(shares, on=["officer_key", "target_key", "indicator_id"])
    rows["anchor"] = _anchors(rows, ids)
    bits = -np.log2(rows["u"].to_numpy())
    extra = [
        sum(b for _, b in context.get(kind, {}).get((officer, target), ()))
        for kind, officer, target in zip(
            rows["indicator_id"], rows["officer_key"], rows["target_key"], strict=True
        )
    ]
    charge = np.log2([max(searched.get(o, 1), 1) for o in rows["officer_key"]])
    rows["bits"] = bits + np.array(extra) - charge
    of_all = rows["indicator_id"].isin(sorted(OF_ALL_OFFICERS))
    rows["whose"] = rows["officer_key"].where(~of_all, -1)
    by = ["indicator_id", "whose", "anchor"]
    rows = rows.merge(
        rows.groupby(by)["bits"].max().rename("best").reset_index(), on=by
    ).sort_values(
        [
            "best",
            "indicator_id",
            "whose",
            "anchor",
            "bits",
            "officer_key",
            "target_key",
            "at",
            "lookup_key",
        ],
        ascending=[False, True, True, True, False, True, True, True, True],
        kind="stable",
    )
    rows["place"] = rows.groupby(by, sort=False).ngroup()
    made: list[Finding] = []
    row: Any
    held: dict[int, list[Any]] = {}
    for row in rows[rows["place"] < most].itertuples(index=False):
        held.setdefault(row.place, []).append(row)
    for place in sorted(held):
        first = held[place][0]
        kind, officer = str(first.indicator_id), int(first.officer_key)
        known = context.get(kind, {})
        named = held[place] if kind in NAMES_ASKER else []
        asking = [r.requester_key for r in named if r.requester_key >= 0]
        requester = min(asking, key=lambda key: (-asking.count(key), key)) if asking else None
        made.append(
            Finding(
                kind=kind,
                officer_id=ids[officer][1],
                officer_key=officer,
                requester_key=None if requester == officer else requester,
                anchor=first.anchor,
                pairs_searched=searched.get(officer, 1),
                pairs=_pairs(held[place], known, several=kind in OF_ALL_OFFICERS),
            )
        )
    return made


def _pairs(
    rows: list[Any],
    known: Mapping[tuple[int, int], tuple[tuple[str, float], ...]],
    *,
    several: bool,
) -> tuple[FindingPair, ...]:
    lookups: dict[tuple[int, int], set[int]] = {}
    shares: dict[tuple[int, int], float] = {}
    for row in rows:
        pair = (int(row.officer_key), int(row.target_key))
        lookups.setdefault(pair, set()).add(row.lookup_key)
        shares[pair] = row.u
    return tuple(
        FindingPair(
            target,
            shares[officer, target],
            known.get((officer, target), ()),
            frozenset(keys),
            officer if several else None,
        )
        for (officer, target), keys in sorted(lookups.items())
    )


def searched_by(counts: pd.DataFrame) -> dict[int, int]:
    """N(o) over all kinds of subject, from `Pairs.counts`."""
    total = counts.groupby("officer_key")["n"].sum()
    return dict(zip(total.index.tolist(), total.tolist(), strict=True))


def _anchors(rows: pd.DataFrame, ids: Mapping[int, tuple[str, str]]) -> list[tuple[str, str]]:
    """What joins the look-ups of a finding: subject, complaint, requester or day."""
    anchors: list[tuple[str, str]] = []
    for kind, officer, target, record, requester, day in zip(
        rows["indicator_id"],
        rows["officer_key"],
        rows["target_key"],
        rows["record_row_id"],
        rows["requester_key"],
        rows["day"],
        strict=True,
    ):
        if kind == "complaint_after":
            anchors.append(("complaint", str(record)))
        elif kind in ("proxy_contradicted", "shared_device"):
            anchors.append(ids[requester] if requester >= 0 else ("day", str(day)))
        elif kind in ("rights", "volume"):
            anchors.append(ids[officer])
        else:
            anchors.append(ids[target])
    return anchors


def fetch_ids(ledger_entities: object, keys: pd.Series) -> dict[int, tuple[str, str]]:
    """entity key -> (kind, id) for the given keys."""
    entities = ledger_entities
    wanted = memtable(pd.DataFrame({"entity_key": keys.dropna().astype("int64").unique()}))
    frame = entities.join(wanted, "entity_key").to_pandas()  # type: ignore[attr-defined]
    return {
        int(key): (str(kind), str(id_))
        for key, kind, id_ in zip(frame["entity_key"], frame["kind"], frame["id"], strict=True)
    }
