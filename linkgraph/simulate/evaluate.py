"""How well leads point at the misuse of a simulated force, against its truth.

A lead is right if its officer held the account or asked, at least 30 % of its look-ups (those
that no record explains in full) are misuse, and one of these was in no lead above it.  It finds
the episodes of those look-ups.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LEAST_SHARE = 0.3
OFFICERS_PER_LEAD = 140
"""One lead per 140 officers a month is what a team of the Dutch pilot could work."""
CUTS = (100, 500)


@dataclass(frozen=True)
class Cut:
    """The first `leads` leads: how many are right, which share, which share of episodes found."""

    leads: int
    right: int
    precision: float
    recall: float


@dataclass(frozen=True)
class Evaluation:
    """Figures of one force.

    `average_precision` counts the leads that find an episode first, against all episodes.
    `ranks`: episode -> rank of the first right lead that finds it, 0 if none does.
    Of the found episodes that somebody else asked for (`proxies_found`), in how many he was
    named, and in how many another was.
    """

    episodes: int
    average_precision: float
    cuts: Mapping[str, Cut]
    scenarios: Mapping[str, tuple[int, int]]
    ranks: Mapping[str, int]
    proxies_found: int
    requesters_named: int
    requesters_wrong: int


def evaluate(
    truth: Path, leads: Sequence[Mapping[str, Any]], *, officers: int, months: float
) -> Evaluation:
    """Compare leads (JSON objects, in rank order) with the truth's folder of a simulation.

    `scenarios`: scenario -> (episodes found at twice as many leads as episodes, episodes).
    """
    episodes = {row["episode_id"]: row for row in _rows(truth / "episodes.csv")}
    misuse = {row["lookup_id"]: row for row in _rows(truth / "misuse_lookups.csv")}
    seen: set[str] = set()
    right: list[bool] = []
    ranks = dict.fromkeys(episodes, 0)
    named: dict[str, str | None] = {}
    for rank, lead in enumerate(leads, 1):
        found = _found(lead, misuse, episodes, seen)
        seen |= {id_ for id_ in lead["lookup_ids"] if id_ in misuse}
        right.append(bool(found))
        for episode in found:
            if not ranks[episode]:
                ranks[episode] = rank
                named[episode] = lead.get("requester_id")
    asked = {
        id_: row["requester_id"]
        for id_, row in episodes.items()
        if row["requester_id"] and row["requester_id"] != row["officer_id"] and ranks[id_]
    }
    budget = 2 * len(episodes)
    cuts = {
        "per_140_officers_a_month": round(officers * months / OFFICERS_PER_LEAD),
        "twice_the_episodes": budget,
        **{str(n): n for n in CUTS},
    }
    kinds = sorted({row["scenario"] for row in episodes.values()})
    return Evaluation(
        episodes=len(episodes),
        average_precision=_average_precision(ranks),
        cuts={name: _cut(n, right, ranks) for name, n in cuts.items()},
        scenarios={
            kind: (
                sum(0 < ranks[i] <= budget for i, r in episodes.items() if r["scenario"] == kind),
                sum(r["scenario"] == kind for r in episodes.values()),
            )
            for kind in kinds
        },
        ranks=ranks,
        proxies_found=len(asked),
        requesters_named=sum(named[id_] == who for id_, who in asked.items()),
        requesters_wrong=sum(named[id_] not in (None, who) for id_, who in asked.items()),
    )


def _found(
    lead: Mapping[str, Any],
    misuse: Mapping[str, Mapping[str, str]],
    episodes: Mapping[str, Mapping[str, str]],
    seen: set[str],
) -> set[str]:
    """Episodes that the lead rightly finds; none if it is wrong."""
    ids = lead["lookup_ids"]
    bad = [id_ for id_ in ids if id_ in misuse]
    if not ids or len(bad) < LEAST_SHARE * len(ids) or all(id_ in seen for id_ in bad):
        return set()
    people = {lead["officer_id"], lead.get("requester_id"), *lead.get("officers", ())}
    found = set()
    for id_ in bad:
        row = misuse[id_]
        episode = episodes[row["episode_id"]]
        if people & {episode["officer_id"], episode["requester_id"], row["wanted_by"]} - {""}:
            found.add(row["episode_id"])
    return found


def _cut(n: int, right: Sequence[bool], ranks: Mapping[str, int]) -> Cut:
    hits = sum(right[:n])
    found = sum(0 < rank <= n for rank in ranks.values())
    return Cut(n, hits, hits / n if n else 0.0, found / len(ranks) if ranks else 0.0)


def _average_precision(ranks: Mapping[str, int]) -> float:
    first = sorted({rank for rank in ranks.values() if rank})
    total = sum(found / rank for found, rank in enumerate(first, 1))
    return total / len(ranks) if ranks else 0.0


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
