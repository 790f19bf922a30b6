"""The upper bound of a measured share: Jeffreys' interval, without a statistics library.

The bound is the quantile of Beta(k + ½, n - k + ½).  The incomplete beta function is the
continued fraction of Lentz's method (Numerical Recipes §6.4); the quantile is found by
Newton's steps inside a shrinking bracket.  Arrays in, arrays out; equal pairs are solved once.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def upper_bound(k: npt.ArrayLike, n: npt.ArrayLike, level: float = 0.95) -> Floats:
    """The `level` upper bound of the share behind `k` of `n`; 1 where k = n."""
    ks = np.asarray(k, dtype=np.float64).ravel()
    ns = np.asarray(n, dtype=np.float64).ravel()
    both, back = np.unique(np.stack([ks, ns], axis=1), axis=0, return_inverse=True)
    if not len(both):
        return np.zeros(0)
    found = beta_quantile(both[:, 0] + 0.5, both[:, 1] - both[:, 0] + 0.5, level)
    found = np.where(both[:, 0] >= both[:, 1], np.where(both[:, 1] > 0, 1.0, found), found)
    return np.asarray(found[back.ravel()], dtype=np.float64)


def incomplete_beta(a: Floats, b: Floats, x: Floats) -> Floats:
    """The regularised incomplete beta function I_x(a, b), 0 < x < 1."""
    front = np.exp(_log_scale(a, b) + a * np.log(x) + b * np.log1p(-x))
    swap = x > (a + 1) / (a + b + 2)
    fraction = _fraction(np.where(swap, b, a), np.where(swap, a, b), np.where(swap, 1 - x, x))
    value = front * fraction / np.where(swap, b, a)
    return np.where(swap, 1 - value, value)


def beta_quantile(a: Floats, b: Floats, level: float) -> Floats:
    """Where the share below is `level`, for each pair of a Beta distribution's parameters."""
    low, high = np.zeros_like(a), np.ones_like(a)
    mean = a / (a + b)
    spread = np.sqrt(mean * (1 - mean) / (a + b + 1))
    x = np.clip(mean + 1.6 * spread, 1e-12, 1 - 1e-12)
    scale = _log_scale(a, b)
    todo = np.arange(len(a))
    for _ in range(100):
        at, aa, bb = x[todo], a[todo], b[todo]
        gap = incomplete_beta(aa, bb, at) - level
        high[todo] = np.where(gap > 0, at, high[todo])
        low[todo] = np.where(gap > 0, low[todo], at)
        slope = np.exp(scale[todo] + (aa - 1) * np.log(at) + (bb - 1) * np.log1p(-at))
        step = at - gap / np.maximum(slope, 1e-300)
        middle = (low[todo] + high[todo]) / 2
        inside = (step >= low[todo]) & (step <= high[todo])
        x[todo] = np.where(inside, step, middle)
        todo = todo[(np.abs(x[todo] - at) > 1e-13 * np.maximum(at, 1e-3)) & (np.abs(gap) > 1e-13)]
        if not len(todo):
            break
    return x


def _log_scale(a: Floats, b: Floats) -> Floats:
    values = [
        math.lgamma(p + q) - math.lgamma(p) - math.lgamma(q) for p, q in zip(a, b, strict=True)
    ]
    return np.array(values, dtype=np.float64)


def _fraction(a: Floats, b: Floats, x: Floats) -> Floats:
    tiny = 1e-300
    result = np.ones_like(a)
    todo = np.arange(len(a))
    c = np.ones_like(a)
    d = 1 - (a + b) * x / (a + 1)
    d = 1 / np.where(np.abs(d) < tiny, tiny, d)
    h = d.copy()
    for m in range(1, 20_000):
        m2 = 2 * m
        step = m * (b - m) * x / ((a + m2 - 1) * (a + m2))
        d = 1 + step * d
        d = 1 / np.where(np.abs(d) < tiny, tiny, d)
        c = 1 + step / c
        c = np.where(np.abs(c) < tiny, tiny, c)
        h = h * d * c
        step = -(a + m) * (a + b + m) * x / ((a + m2) * (a + m2 + 1))
        d = 1 + step * d
        d = 1 / np.where(np.abs(d) < tiny, tiny, d)
        c = 1 + step / c
        c = np.where(np.abs(c) < tiny, tiny, c)
        delta = d * c
        h = h * delta
        result[todo] = h
        going = np.abs(delta - 1) > 1e-14
        if not going.any():
            break
        if not going.all():
            todo = todo[going]
            a, b, x, c, d, h = (v[going] for v in (a, b, x, c, d, h))
    return result
