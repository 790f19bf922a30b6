"""A ceiling: gradient boosting that has seen the truth of other officers.

Histogram gradient boosting (Friedman, *Annals of Statistics* 29, 2001; scikit-learn's form) on
the numbers that a lead shows, cross-validated in five folds by officer, so that no lead is scored
by a model that knows its officer.  No agency has such labels: it says how much better an order
of the same leads could be.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from linkgraph.evaluation.baselines import NEEDS_LEARNING
from linkgraph.evaluation.figures import OURS, Figures

NAME = "gradient boosting (ceiling)"
FOLDS = 5
FEWEST_RIGHT = 10
SEED = 1


def with_ceiling(figures: list[Figures]) -> tuple[list[Figures], str]:
    """Figures with the ceiling among their rankings, or as they are and why not."""
    try:
        from sklearn.ensemble import HistGradientBoostingClassifier
        from sklearn.model_selection import GroupKFold
    except ImportError:
        return figures, f"needs {NEEDS_LEARNING}"
    rows = [
        (number, place)
        for number, force in enumerate(figures)
        for place in range(len(force.features))
    ]
    right = np.array([figures[f].rankings[OURS][p].right for f, p in rows], dtype=bool)
    groups = np.array([f"{f}:{figures[f].rankings[OURS][p].officer}" for f, p in rows])
    if right.sum() < FEWEST_RIGHT or len(np.unique(groups)) < FOLDS:
        return figures, f"needs {FEWEST_RIGHT} right leads to learn from"
    names = sorted({name for force in figures for one in force.features for name in one})
    values = np.array([[figures[f].features[p].get(n, 0.0) for n in names] for f, p in rows])
    scores = np.zeros(len(rows))
    for learn, test in GroupKFold(FOLDS).split(values, right, groups):
        model: Any = HistGradientBoostingClassifier(
            max_iter=100, learning_rate=0.05, max_leaf_nodes=8, random_state=SEED
        )
        if right[learn].any():
            model.fit(values[learn], right[learn])
            scores[test] = model.predict_proba(values[test])[:, 1]
    made = []
    for number, force in enumerate(figures):
        own = [(scores[i], p) for i, (f, p) in enumerate(rows) if f == number]
        ranked = sorted(own, key=lambda pair: (-pair[0], pair[1]))
        leads = tuple(replace(force.rankings[OURS][p], score=float(s)) for s, p in ranked)
        made.append(replace(force, rankings={**force.rankings, NAME: leads}))
    return made, ""
