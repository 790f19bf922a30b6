"""What the circumstances of a pair are worth: c = Σ log2(m/u) over its indicators.

u is measured: the share of comparable pairs (same district, role and kind of subject) on which
the indicator fires, this officer left out, as the upper 95 % Jeffreys bound; groups of fewer
than 200 pairs widen to the role, to the kind, to all.  m is the analysis's documented prior,
updated by reviews that were chosen at random or begun elsewhere, never by reviews of leads.

An indicator *for* never lowers and one *against* never raises: where more than m of proper
pairs show it, it has nothing to say.  Indicators that see the same thing count once, by the
strongest of them.  `volume` and `burst` take no part: how much an officer looks up is in λ
already; nor does `case_elsewhere`: how often a person is party to cases is the person's,
whoever asks and why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import ibis
import numpy as np
import pandas as pd

from linkgraph.analyses.header import Header, Role
from linkgraph.leads.circumstances import Bits, Sessions, clipped, same_as, strongest_of_each
from linkgraph.leads.jeffreys import upper_bound
from linkgraph.leads.learning import Learned
from linkgraph.leads.pairs import Pairs, memtable

if TYPE_CHECKING:
    from linkgraph.screen import Screening

FEWEST_PAIRS = 200
SESSION_GAP = 3_600_000_000
"""µs: look-ups of an officer further apart than this belong to different sessions."""
NOT_CONTEXT = frozenset({"burst", "case_elsewhere", "volume"})
SHARES = frozenset({"beside_explained"})
"""Indicators whose measure is a share: they count by it, as the mean over the look-ups."""
LEVELLED = frozenset({"repeated", "proxy_contradicted"})
"""Findings whose measure is a number: the more, the rarer."""
MOST_LEVELS = 15
FINDING_M = {
    "celebrity": 0.03,
    "complaint_after": 0.1,
    "proxy_contradicted": 0.1,
    "repeated": 0.25,
    "rights": 0.05,
    "shared_device": 0.1,
}
"""m of a finding where it is context of a set: estimates from the notice's four cases, where
one officer repeated, one was complained of, two looked up for someone with no right and one
used a colleague's device; rights and waves of curiosity are known from elsewhere and rarer."""
DEFAULT_M = 0.1
NO_HABITS = pd.DataFrame({"officer_key": [], "indicator_id": [], "own_k": [], "own_n": []}).astype(
    {"officer_key": "int64", "indicator_id": object, "own_k": "int64", "own_n": "int64"}
)
Nearby = Mapping[str, Any]
"""Context by ties: analysis id -> officer_key, person_key, begun, until, table, row_id."""
SHARE_UNITS = 1000
HABIT_PAIRS = 20.0
"""How many of an officer's explained pairs what comparable officers show is worth."""


@dataclass(frozen=True)
class Fired:
    """On which pairs which indicators fire.

    `rows` (engine): officer_key, target_key, kind, indicator_id, weight (thousandths, of
    `SHARES`; else 1000), level (0, or the finding's measure).
    `counts`: officer_key, kind, indicator_id, level, n, weight, over all pairs of the period.
    `habits`: officer_key, indicator_id, own_k, own_n: of the officer's pairs that records explain
    in full, own_n, those that show it.
    """

    rows: Any
    counts: pd.DataFrame
    habits: pd.DataFrame = field(default_factory=NO_HABITS.copy)

    def of(self, pairs: pd.DataFrame) -> pd.DataFrame:
        """The rows of the given pairs (officer_key, target_key), sorted."""
        wanted = memtable(pairs[["officer_key", "target_key"]].drop_duplicates())
        frame: pd.DataFrame = self.rows.join(wanted, ["officer_key", "target_key"]).to_pandas()
        frame = frame[["officer_key", "target_key", "kind", "indicator_id", "weight", "level"]]
        order = ["officer_key", "target_key", "indicator_id"]
        return frame.sort_values(order, ignore_index=True)

    def findings(self, ids: tuple[str, ...]) -> pd.DataFrame:
        """The rows of these indicators alone, sorted."""
        frame: pd.DataFrame = self.rows.filter(self.rows.indicator_id.isin(ids)).to_pandas()
        order = ["officer_key", "target_key", "indicator_id"]
        return frame.sort_values(order, ignore_index=True)

    def beside(self, ids: Sequence[str], whole: Comparison) -> dict[str, Comparison]:
        """For each of these findings, the comparison among the pairs on which it fires alone.

        What a pair shows besides its finding is to be compared with pairs that show it too: who
        was looked up often is oftener looked up at night.  Where too few show it, with `whole`.
        """
        own = self.rows.filter(self.rows.indicator_id.isin(sorted(ids)))
        own = own.select("officer_key", "target_key", "kind", finding=own.indicator_id)
        sizes = own.group_by("finding", "officer_key", "kind").aggregate(n=own.count()).to_pandas()
        rows = self.rows.join(own.drop("kind"), ["officer_key", "target_key"])
        counts = _counted(rows, "finding")
        return {
            id_: whole.among(
                sizes[sizes["finding"] == id_].drop(columns="finding"),
                counts[counts["finding"] == id_].drop(columns="finding"),
            )
            for id_ in ids
        }


def fired_on(pairs: Pairs, screening: Screening, near: Nearby = MappingProxyType({})) -> Fired:
    """Join indicators to open look-ups and count them by pair; one hash aggregate.

    `near`: context by ties (`graph.runner.nearby`).
    """
    indicators = screening.indicators.select("lookup_key", "indicator_id", "measure")
    rows = pairs.open.join(indicators, "lookup_key")
    columns = ("lookup_key", "officer_key", "target_key", "indicator_id", "measure")
    rows = rows.select(*columns)
    for id_ in sorted(near):
        met = near_lookups(pairs.open, near, id_).select(*columns[:3]).distinct()
        met = met.mutate(indicator_id=ibis.literal(id_), measure=ibis.literal(1.0))
        rows = rows.union(met.select(*columns))
    share = rows.indicator_id.isin(sorted(SHARES))
    levelled = rows.indicator_id.isin(sorted(LEVELLED))
    weight = (rows.measure.fill_null(1.0).clip(0.0, 1.0) * SHARE_UNITS).round().cast("int64")
    level = rows.measure.fill_null(0.0).clip(0.0, float(MOST_LEVELS)).floor().cast("int64")
    rows = rows.mutate(
        weight=share.ifelse(weight, ibis.literal(SHARE_UNITS, "int64")),
        level=levelled.ifelse(level, ibis.literal(0, "int64")),
    )
    found = rows.group_by("officer_key", "target_key", "indicator_id").aggregate(
        weight=rows.weight.sum(), n=rows.count(), level=rows.level.max()
    )
    found = found.mutate(weight=(found.weight // found.n).cast("int64")).drop("n")
    found = found.join(pairs.pairs, ["officer_key", "target_key"]).select(
        "officer_key", "target_key", "kind", "indicator_id", "weight", "level"
    )
    found = found.cache()
    return Fired(found, _counted(found), _habits(pairs, indicators))


def _habits(pairs: Pairs, indicators: Any) -> pd.DataFrame:
    """`Fired.habits`: how each officer works, where his work is explained."""
    asked = pairs.asked
    done = asked.filter((asked.level == "full") & asked.officer_key.notnull())
    done = done.select("lookup_key", "officer_key", "target_key")
    whole = done.select("officer_key", "target_key").distinct()
    whole = whole.group_by("officer_key").aggregate(own_n=whole.count())
    shown = done.join(indicators.select("lookup_key", "indicator_id"), "lookup_key")
    shown = shown.select("officer_key", "target_key", "indicator_id").distinct()
    shown = shown.group_by("officer_key", "indicator_id").aggregate(own_k=shown.count())
    frame: pd.DataFrame = shown.join(whole, "officer_key").to_pandas()
    frame = frame[["officer_key", "indicator_id", "own_k", "own_n"]]
    return frame.sort_values(["officer_key", "indicator_id"], ignore_index=True)


def near_lookups(asked: Any, near: Nearby, id_: str) -> Any:
    """Of look-ups (officer_key, target_key, at ...) those that a context by ties leads to.

    Adds table and row_id: the record of the work that leads there.
    """
    met = asked.join(
        near[id_],
        [asked.officer_key == near[id_].officer_key, asked.target_key == near[id_].person_key],
    )
    return met.filter((met.at >= met.begun) & (met.at < met.until))


def _counted(rows: Any, *more: str) -> pd.DataFrame:
    """`Fired.counts` of rows, by further columns if any."""
    by = [*more, "officer_key", "kind", "indicator_id", "level"]
    counts = rows.group_by(by).aggregate(n=rows.count(), weight=rows.weight.sum())
    frame: pd.DataFrame = counts.to_pandas()
    frame["weight"] = frame["weight"].astype("int64")
    return frame.sort_values(by, ignore_index=True)


class Comparison:
    """Measures u: how often an indicator fires on comparable pairs, an officer left out."""

    GROUPS = (("district", "role", "kind"), ("role", "kind"), ("kind",), ())

    def __init__(
        self,
        officers: pd.DataFrame,
        counts: pd.DataFrame,
        fired: pd.DataFrame,
        habits: pd.DataFrame = NO_HABITS,
        wider: Comparison | None = None,
    ) -> None:
        self._officers = officers
        self._habits = habits
        self._wider = wider
        self._counts = counts.merge(officers, on="officer_key").assign(all=0)
        self._fired = fired.merge(officers, on="officer_key").assign(all=0)

    def among(self, counts: pd.DataFrame, fired: pd.DataFrame) -> Comparison:
        """The comparison among some of the pairs, and this one where they are too few."""
        return Comparison(self._officers, counts, fired, self._habits, wider=self)

    def share(self, wanted: pd.DataFrame, *, tail: bool = False) -> pd.DataFrame:
        """`wanted` (officer_key, kind, indicator_id, and level with `tail`) with u, n, k, group.

        `group` is an index of `GROUPS`: k of the n pairs of the group show it; `some` says that
        these are some of the pairs (`among`) and not all; of the officer's own_n explained pairs
        own_k show it.  With `tail`, u is the share on which it fires at this level or above.
        """
        by = ["officer_key", "kind", "indicator_id", *(["level"] if tail else [])]
        cases = wanted[by].drop_duplicates(ignore_index=True)
        rows = cases.merge(self._officers, on="officer_key", how="left").assign(all=0)
        n = np.zeros(len(rows))
        k = np.zeros(len(rows))
        place = np.zeros(len(rows), dtype=np.int64)
        chosen = np.zeros(len(rows), dtype=bool)
        for index, names in enumerate(self.GROUPS):
            group = list(names) or ["all"]
            size = self._left_out(self._counts, rows, group, "n")
            hits = self._hits(rows, group, tail=tail)
            # The widest group of all pairs is taken however small it is.
            last = names == () and self._wider is None
            take = ~chosen & ((size >= FEWEST_PAIRS) | last)
            n[take], k[take], place[take] = size[take], hits[take], index
            chosen |= take
        k = np.minimum(k, n)
        some = self._wider is not None
        measured = cases[chosen].assign(
            n=n[chosen],
            k=k[chosen],
            u=upper_bound(k[chosen], n[chosen]),
            group=place[chosen],
            some=some,
        )
        measured = measured.merge(self._habits, on=["officer_key", "indicator_id"], how="left")
        measured = measured.fillna({"own_k": 0, "own_n": 0})
        if self._wider is not None and not chosen.all():
            measured = pd.concat([measured, self._wider.share(cases[~chosen], tail=tail)])
        return wanted.merge(measured, on=by, how="left")

    def _hits(self, rows: pd.DataFrame, group: list[str], *, tail: bool) -> Any:
        column = "n" if tail else "weight"
        if not tail:
            by = [*group, "indicator_id"]
            return self._left_out(self._fired, rows, by, column) / SHARE_UNITS
        hits = np.zeros(len(rows))
        levels = rows["level"].to_numpy()
        for level in np.unique(levels):
            part = self._fired[self._fired["level"] >= level]
            at = levels == level
            hits[at] = self._left_out(part, rows[at], [*group, "indicator_id"], column)
        return hits

    @staticmethod
    def _left_out(source: pd.DataFrame, rows: pd.DataFrame, by: list[str], column: str) -> Any:
        whole = source.groupby(by, as_index=False)[column].sum()
        # What the officer himself contributes to the group of this row.
        own_by = sorted({*by, "officer_key"} - {"district", "role", "all"})
        own = source.groupby(own_by, as_index=False)[column].sum()
        total = (
            rows[by].merge(whole, on=by, how="left")[column].fillna(0).to_numpy(dtype=np.float64)
        )
        mine = (
            rows[own_by]
            .merge(own, on=own_by, how="left")[column]
            .fillna(0)
            .to_numpy(dtype=np.float64)
        )
        return np.maximum(total - mine, 0)


@dataclass(frozen=True)
class Weights:
    """m of each indicator, which of them speak against, and what moved each m."""

    m: Mapping[str, float]
    against: frozenset[str]
    learned: Mapping[str, Learned] = field(default_factory=dict)


def fired_sessions(
    pairs: Pairs, screening: Screening, met: pd.DataFrame, ids: Sequence[str]
) -> dict[tuple[int, int], Sessions]:
    """Of pairs (officer_key, target_key), the sessions in which each of these indicators fired.

    An officer's look-ups that lie within an hour of one another are of one session; sessions
    are numbered over all officers.
    """
    fired = screening.indicators.filter(screening.indicators.indicator_id.isin(sorted(ids)))
    fired = fired.select("lookup_key", "indicator_id").distinct()
    wanted = memtable(met[["officer_key", "target_key"]].drop_duplicates())
    rows = pairs.open.join(wanted, ["officer_key", "target_key"]).join(fired, "lookup_key")
    columns = ["officer_key", "target_key", "indicator_id", "at"]
    frame: pd.DataFrame = rows.select(*columns).distinct().to_pandas()
    frame = frame.sort_values(["officer_key", "at", "target_key", "indicator_id"])
    apart = frame.groupby("officer_key", sort=False)["at"].diff().fillna(2 * SESSION_GAP)
    frame = frame.assign(session=(apart > SESSION_GAP).cumsum())
    found: dict[tuple[int, int], dict[str, frozenset[int]]] = {}
    key: Any
    for key, part in frame.groupby(["officer_key", "target_key", "indicator_id"]):
        officer, target, id_ = key
        found.setdefault((int(officer), int(target)), {})[id_] = frozenset(part["session"].tolist())
    return dict(found)


def weights(headers: Mapping[str, Header], reviewed: Mapping[str, tuple[float, float]]) -> Weights:
    """m by indicator: the header's prior, updated by (fired, all) of `reviewed_misuse`."""
    found: dict[str, Learned] = {}
    for id_, header in headers.items():
        if header.role is Role.CONTEXT and id_ not in NOT_CONTEXT:
            prior = header.prior if header.prior is not None else DEFAULT_M
        elif header.role is Role.FINDING:
            prior = FINDING_M.get(id_, DEFAULT_M)
        else:
            continue
        found[id_] = Learned(prior, *reviewed.get(id_, (0.0, 0.0)))
    return Weights(
        {id_: learned.value for id_, learned in found.items()},
        frozenset(id_ for id_, h in headers.items() if h.against),
        found,
    )


def in_bits(rows: pd.DataFrame, given: Weights) -> pd.DataFrame:
    """Rows of `Comparison.share` with `weight`, and their bits: signed, floored or capped at 0.

    Of an indicator *for*, u is at least what the officer's own explained pairs show: who types
    the same words whatever he does says nothing by typing them here.  Columns added: peers (u
    without that), bits.  Rows of indicators that are not context are dropped.
    """
    rows = rows[rows["indicator_id"].isin(list(given.m))].copy()
    m = rows["indicator_id"].map(dict(given.m)).to_numpy(dtype=np.float64)
    against = rows["indicator_id"].isin(given.against).to_numpy()
    peers = rows["u"].to_numpy(dtype=np.float64)
    habit = (rows["own_k"] + HABIT_PAIRS * peers) / (rows["own_n"] + HABIT_PAIRS)
    rows["peers"] = peers
    rows["u"] = np.where(against, peers, np.maximum(peers, habit.to_numpy()))
    bits = np.log2(m / rows["u"].to_numpy()) * rows["weight"].to_numpy() / SHARE_UNITS
    rows["bits"] = np.where(against, np.minimum(bits, 0.0), np.maximum(bits, 0.0))
    return rows


def showing(rows: pd.DataFrame, finding: str) -> pd.DataFrame:
    """Of rows of `Fired`, those of the pairs on which a finding fires."""
    pair = ["officer_key", "target_key"]
    return rows.merge(rows.loc[rows["indicator_id"] == finding, pair], on=pair)


def combined(
    rows: pd.DataFrame, *, without: frozenset[str] = frozenset()
) -> dict[tuple[int, int], Bits]:
    """Each pair's indicators with their bits, the sum within ±5, in the order of their ids.

    `rows`: officer_key, target_key, indicator_id, bits.  `without`: indicators left out, with
    whatever sees the same thing.
    """
    dropped = same_as(without)
    found: dict[tuple[int, int], list[tuple[str, float]]] = {}
    for officer, target, id_, bits in zip(
        rows["officer_key"].tolist(),
        rows["target_key"].tolist(),
        rows["indicator_id"].tolist(),
        rows["bits"].tolist(),
        strict=True,
    ):
        if id_ not in dropped and bits:
            found.setdefault((officer, target), []).append((id_, bits))
    return {pair: clipped(strongest_of_each(items)) for pair, items in found.items()}
