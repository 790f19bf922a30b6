"""The four cases of the ethics notice, each at the door where it is to be found.

Small forces with each case planted once: the leads are those of each force by itself.
"""

from __future__ import annotations

import numpy as np

from linkgraph.evaluation.figures import OURS, Figures
from linkgraph.evaluation.pooled import Pool
from linkgraph.evaluation.tables import CUT_NAMES, Row, Table, doors

BY_LEADS = (("den", "≥ 0.7"), ("favours", "≥ 0.7"))


def notice(pool: Pool) -> Table:
    """How often each case is found at its door."""
    rows: list[Row] = []
    for scenario, asked in BY_LEADS:
        planted = [
            (number, e, _rank(force, e.id) <= 2 * len(force.episodes))
            for number, force in enumerate(pool.figures)
            for e in force.episodes
            if e.scenario == scenario
        ]
        owner = pool.owners((number, e.officer) for number, e, _ in planted)
        found = np.array([hit for *_, hit in planted], dtype=bool)
        rows.append(
            {
                "what": f"{scenario}: among the leads, {CUT_NAMES['twice']}",
                "episodes": len(planted),
                "asked": asked,
                "reached": pool.share(owner, found),
            }
        )
    rows += doors(pool).rows
    return Table("notice", "The notice's four cases", tuple(rows))


def _rank(force: Figures, episode: str) -> int:
    """The rank of the first lead that finds an episode; far away if none does."""
    ranks = [i for i, lead in enumerate(force.rankings[OURS], 1) if episode in lead.finds]
    return min(ranks, default=10**9)
