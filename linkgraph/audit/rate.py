"""The true rate in a stratified sample, with an interval that holds when few are found.

**Rate.**  Horvitz & Thompson (*JASA* 47, 1952): each answered look-up stands for the look-ups of
its stratum per answer, so what is found is weighted by N_h / r_h.  Given how many each stratum
gave, the draw is a simple random one within the stratum, so these are its inverse inclusion
probabilities, non-response within the stratum included.

**Interval.**  Improper look-ups are so rare that a month's sample holds none or a few: a
bootstrap of no finds is a point, and exact limits (Clopper & Pearson) cover far more often than
they say.  The limits are those of Jeffreys' prior, carried over to strata: half a find, spread
over the strata as a find of unknown place would be, is added to what was found in the part that
was not drawn; mean and variance of the weighted sum (Fay & Feuer, *Statistics in Medicine* 16,
1997, for weighted counts; the prior as Brown, Cai & DasGupta, *Statistical Science* 16, 2001,
recommend, and Franco, Little, Louis & Slud, *Journal of Survey Statistics and Methodology* 7,
2019, for weighted samples) are matched by a Beta distribution, whose quantiles are the limits.
What was found is certain, so no limit lies below it.  With equal weights and a small sampling
fraction this is Jeffreys' interval itself.  `benchmarks/audit.py` measures how often it covers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from linkgraph.leads.jeffreys import beta_quantile

Floats = npt.NDArray[np.float64]
LEVEL = 0.9


@dataclass(frozen=True)
class Rate:
    """Shares of look-ups: the estimate and its limits, arrays of one shape."""

    rate: Floats
    low: Floats
    high: Floats


def rate(
    population: npt.ArrayLike, answered: npt.ArrayLike, found: npt.ArrayLike, level: float = LEVEL
) -> Rate:
    """The share found in the population; the last axis of each array is the strata.

    `population`: look-ups of the stratum; `answered`: those drawn that were decided; `found`:
    those of them that count.  A stratum without an answer is taken to be like the others
    together.  Without any answer the rate is NaN and the limits are 0 and 1.
    """
    whole, seen, hits = np.broadcast_arrays(
        np.asarray(population, dtype=np.float64),
        np.asarray(answered, dtype=np.float64),
        np.asarray(found, dtype=np.float64),
    )
    total = whole.sum(axis=-1)
    reached = np.where(seen > 0, whole, 0.0).sum(axis=-1)
    known = reached > 0
    spread = np.divide(total, reached, out=np.ones_like(total), where=known)[..., None]
    weight = np.divide(whole, seen, out=np.zeros_like(whole), where=seen > 0) * spread
    unseen = np.clip(1 - np.divide(1.0, weight, out=np.ones_like(weight), where=weight > 0), 0, 1)

    answers = np.maximum(seen.sum(axis=-1, keepdims=True), 1)
    half = 0.5 * seen / answers
    certain = hits.sum(axis=-1)
    size = np.maximum(total, 1)
    estimate = (weight * hits).sum(axis=-1) / size
    mean = (weight * (hits + half * unseen)).sum(axis=-1) / size
    spread_of = (weight**2 * (hits + half) * unseen).sum(axis=-1) / size**2
    variance = spread_of * np.clip(1 - mean, 1e-12, 1)

    low, high = _limits(mean, variance, level)
    low = np.maximum(low, certain / size)
    high = np.maximum(high, estimate)
    return Rate(
        np.where(known, estimate, np.nan),
        np.where(known, np.minimum(low, estimate), 0.0),
        np.where(known, high, 1.0),
    )


def _limits(mean: Floats, variance: Floats, level: float) -> tuple[Floats, Floats]:
    """Quantiles of the Beta distribution with this mean and variance; a point has no width."""
    flat_mean, flat_variance = np.atleast_1d(mean).ravel(), np.atleast_1d(variance).ravel()
    low, high = flat_mean.copy(), flat_mean.copy()
    open_ = (flat_variance > 0) & (flat_mean > 0) & (flat_mean < 1)
    m, v = flat_mean[open_], flat_variance[open_]
    size = np.maximum(m * (1 - m) / v - 1, 1e-6)
    tail = (1 - level) / 2
    low[open_] = beta_quantile(m * size, (1 - m) * size, tail)
    high[open_] = beta_quantile(m * size, (1 - m) * size, 1 - tail)
    return low.reshape(np.shape(mean)), high.reshape(np.shape(mean))
