"""Pool the figures of several forces: precision, recall, average precision, with intervals.

The leads of all forces are put in one order by their score.  Intervals are 90 % percentile
bootstrap over officers, drawn within each force; an officer's leads and the episodes of his
account go with him.

*Average precision* is the mean over all episodes of the precision (right leads among leads) at
the first lead that finds the episode, 0 where none does.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from linkgraph.evaluation.figures import OURS, Episode, Figures
from linkgraph.evaluation.judge import Judged

DRAWS = 400
SEED = 20
OFFICERS_PER_LEAD = 140
"""One lead per 140 officers a month is what a team of the Dutch pilot could work."""
TEAM, TWICE, HUNDRED, FIVE_HUNDRED = "team", "twice", "100", "500"
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Interval:
    """A figure and its 90 % interval; NaN where there is nothing to measure."""

    value: float
    low: float
    high: float

    @classmethod
    def of(cls, draws: Floats) -> Interval:
        """The first draw is the figure itself, the others are bootstrap draws."""
        rest = draws[1:][np.isfinite(draws[1:])]
        low, high = np.percentile(rest, [5, 95]) if len(rest) else (math.nan, math.nan)
        return cls(float(draws[0]), float(low), float(high))


@dataclass(frozen=True)
class Cut:
    """At so many leads: precision, recall of episodes, of those with a trace, and `fresh`, the
    share of leads that find an episode that none above found."""

    leads: int
    precision: Floats
    recall: Floats
    recall_traced: Floats
    fresh: Floats


@dataclass(frozen=True)
class Scores:
    """A method over all forces, a value per draw."""

    average_precision: Floats
    average_precision_traced: Floats
    cuts: Mapping[str, Cut]


@dataclass(frozen=True)
class _Ranking:
    """Leads of all forces by rank: whose, whether right; and (place, episode) of each find."""

    owner: Ints
    right: Floats
    place: Ints
    episode: Ints


class Pool:
    """Figures of several forces together."""

    def __init__(self, figures: Sequence[Figures], *, draws: int = DRAWS, seed: int = SEED) -> None:
        self.figures = list(figures)
        rng = np.random.default_rng(seed)
        self._officer: dict[tuple[int, str], int] = {}
        weights = []
        for number, force in enumerate(self.figures):
            names = sorted(
                set(force.people)
                | {e.officer for e in force.episodes}
                | {lead.officer for leads in force.rankings.values() for lead in leads}
            )
            for name in names:
                self._officer[number, name] = len(self._officer)
            n = len(names)
            drawn = rng.multinomial(n, np.full(n, 1 / n), size=draws) if n else np.zeros((draws, 0))
            weights.append(np.vstack([np.ones((1, n)), drawn]))
        self.weights: Floats = np.hstack(weights) if weights else np.ones((draws + 1, 0))
        self.episodes: list[tuple[int, Episode]] = [
            (number, e) for number, force in enumerate(self.figures) for e in force.episodes
        ]
        self._episode = {(number, e.id): i for i, (number, e) in enumerate(self.episodes)}
        self.episode_owner = self.owners((number, e.officer) for number, e in self.episodes)
        self.traced = np.array([bool(e.traces) for _, e in self.episodes], dtype=bool)

    @property
    def methods(self) -> list[str]:
        """Methods that every force has."""
        if not self.figures:
            return []
        rest = self.figures[1:]
        return [m for m in self.figures[0].rankings if all(m in f.rankings for f in rest)]

    @cached_property
    def cuts(self) -> dict[str, int]:
        """How many leads of the whole pool each cut takes."""
        n = len(self.figures)
        team = sum(round(f.officers * f.months / OFFICERS_PER_LEAD) for f in self.figures)
        return {
            TEAM: team,
            TWICE: 2 * len(self.episodes),
            HUNDRED: 100 * n,
            FIVE_HUNDRED: 500 * n,
        }

    def owners(self, officers: object) -> Ints:
        """Positions of (force, officer) pairs among all officers."""
        return np.array([self._officer[pair] for pair in officers], dtype=np.int64)  # type: ignore[attr-defined]

    def leads(self, method: str) -> list[tuple[int, Judged]]:
        """(force, lead) of a method in the pool's order."""
        rows = [
            (-lead.score, rank, number, lead)
            for number, force in enumerate(self.figures)
            for rank, lead in enumerate(force.rankings[method])
        ]
        rows.sort(key=lambda row: row[:3])
        return [(number, lead) for _, _, number, lead in rows]

    def scores(self, leads: Sequence[tuple[int, Judged]]) -> Scores:
        """Scores of a ranking (as `leads` gives it) in every draw."""
        ranking = self._ranking(leads)
        n = len(self.weights)
        made = {name: np.full(n, math.nan) for name in ("all", "traced")}
        names = ("precision", "recall", "recall_traced", "fresh")
        cuts = {cut: {name: np.full(n, math.nan) for name in names} for cut in self.cuts}
        for draw, weight in enumerate(self.weights):
            own, of_episode = weight[ranking.owner], weight[self.episode_owner]
            whole = np.cumsum(own)
            right = np.cumsum(own * ranking.right)
            there = own[ranking.place] > 0
            found, index = np.unique(ranking.episode[there], return_index=True)
            place = ranking.place[there][index]
            at = right[place] / whole[place]
            traced = self.traced[found]
            total, total_traced = of_episode.sum(), of_episode[self.traced].sum()
            if total:
                made["all"][draw] = (of_episode[found] * at).sum() / total
            if total_traced:
                made["traced"][draw] = (of_episode[found] * at)[traced].sum() / total_traced
            for cut, leads_in in self.cuts.items():
                last = int(np.searchsorted(whole, leads_in, side="right"))
                inside = place < last
                held = cuts[cut]
                if leads_in:
                    held["precision"][draw] = right[last - 1] / leads_in if last else 0.0
                    held["fresh"][draw] = own[np.unique(place[inside])].sum() / leads_in
                if total:
                    held["recall"][draw] = of_episode[found[inside]].sum() / total
                if total_traced:
                    both = found[inside & traced]
                    held["recall_traced"][draw] = of_episode[both].sum() / total_traced
        return Scores(
            made["all"],
            made["traced"],
            {cut: Cut(self.cuts[cut], **values) for cut, values in cuts.items()},
        )

    def perfect(self, cut: str) -> Floats:
        """The precision at a cut of a ranking that puts every traced episode first, once."""
        n = self.cuts[cut]
        if not n:
            return np.full(len(self.weights), math.nan)
        there = self.weights[:, self.episode_owner][:, self.traced].sum(axis=1)
        shares: Floats = np.minimum(there, n) / n
        return shares

    def share(self, owner: Ints, of: npt.NDArray[np.bool_]) -> Interval:
        """Which share of things, each an officer's, has a quality."""
        weight = self.weights[:, owner]
        total = weight.sum(axis=1)
        hits = weight[:, of].sum(axis=1)
        shares = np.divide(hits, total, out=np.full(len(total), math.nan), where=total > 0)
        return Interval.of(shares)

    def found_within(self, method: str, cut: str) -> dict[int, Judged]:
        """Episode -> the first lead within a cut that finds it."""
        first: dict[int, Judged] = {}
        for number, lead in self.leads(method)[: self.cuts[cut]]:
            for id_ in lead.finds:
                first.setdefault(self._episode[number, id_], lead)
        return first

    def _ranking(self, leads: Sequence[tuple[int, Judged]]) -> _Ranking:
        finds = [
            (place, self._episode[number, id_])
            for place, (number, lead) in enumerate(leads)
            for id_ in lead.finds
        ]
        return _Ranking(
            self.owners((number, lead.officer) for number, lead in leads),
            np.array([lead.right for _, lead in leads], dtype=np.float64),
            np.array([place for place, _ in finds], dtype=np.int64),
            np.array([episode for _, episode in finds], dtype=np.int64),
        )


def ratio(over: Floats, under: Floats) -> Interval:
    """How many times one is the other."""
    none = np.full(len(over), math.nan)
    return Interval.of(np.divide(over, under, out=none, where=under > 0))


def requesters(pool: Pool, cut: str | None = TWICE) -> dict[str, Interval | int]:
    """Of the episodes found that another officer asked for: named, wrongly named, how many."""
    method = OURS
    found = pool.found_within(method, cut) if cut else _found_at_all(pool, method)
    asked = [(i, lead) for i, lead in sorted(found.items()) if pool.episodes[i][1].asked_by]
    owner = pool.episode_owner[[i for i, _ in asked]] if asked else np.zeros(0, dtype=np.int64)

    def share(test: Callable[[str, str], bool]) -> Interval:
        quality = np.array(
            [test(lead.asked, pool.episodes[i][1].asked_by) for i, lead in asked], dtype=bool
        )
        return pool.share(owner, quality)

    return {
        "found": len(asked),
        "named": share(lambda said, true: said == true),
        "wrongly named": share(lambda said, true: said not in ("", true)),
    }


def _found_at_all(pool: Pool, method: str) -> dict[int, Judged]:
    first: dict[int, Judged] = {}
    for number, lead in pool.leads(method):
        for id_ in lead.finds:
            first.setdefault(pool._episode[number, id_], lead)
    return first
