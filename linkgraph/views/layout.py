"""Where each node of a view goes: force-directed by igraph, then moved apart until labels fit.

Each connected part is laid out by itself: small ones by their distances (Kamada & Kawai 1989),
larger ones by forces (Fruchterman & Reingold 1991) in which ties within a community (Louvain:
Blondel et al. 2008) pull harder than ties between two, so that groups stand apart and can be
seen.  The part with the focus is in the middle, the others are packed below it.  The same refs
and ties give the same positions in whatever order they come.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import igraph
import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
"""Shape (n, 2): x to the right, y down, in pixels at scale 1."""
Lengths = npt.NDArray[np.float64]
"""Shape (n,), in pixels at scale 1."""

_SMALL: Final = 70
_LABELLED: Final = 400
"""Up to this many nodes room is kept for every label, beyond it for the signs alone."""
_ROOM: Final = 11000.0
"""Square pixels for each node of a larger part."""
_ACROSS: Final = 0.25
"""Pull of a tie between two communities; within one it is 1."""
_SEED: Final = 20090316


def positions(
    refs: Sequence[str],
    ties: Iterable[tuple[str, str]],
    *,
    focus: Sequence[str] = (),
    widths: Mapping[str, float] | None = None,
    sizes: Mapping[str, int] | None = None,
) -> dict[str, tuple[float, float]]:
    """Pixels at scale 1, rounded to tenths, with the focus (or the largest part) at (0, 0).

    `widths` are the labels' widths and `sizes` the nodes' radii in pixels.  Cost grows with the
    square of the number of nodes in the last step: 0.1 s for 300 nodes, about 2 s for 2,000.
    """
    order = sorted(set(refs))
    index = {ref: i for i, ref in enumerate(order)}
    pairs = sorted({(min(index[a], index[b]), max(index[a], index[b])) for a, b in ties if a != b})
    if not order:
        return {}
    graph = igraph.Graph(n=len(order), edges=pairs)
    centre = [index[ref] for ref in focus if ref in index]
    state = random.Random(_SEED)
    igraph.set_random_number_generator(state)
    try:
        parts = [
            (
                part,
                _part(graph.induced_subgraph(part), [part.index(i) for i in centre if i in part]),
            )
            for part in _parts(graph, centre)
        ]
    finally:
        igraph.set_random_number_generator(random)
    half = np.array([0.5 * (widths or {}).get(ref, 60.0) + 6.0 for ref in order])
    radius = np.array([float((sizes or {}).get(ref, 14)) for ref in order])
    placed = _pack(parts, half, radius, len(order))
    return {
        ref: (round(float(x), 1) + 0.0, round(float(y), 1) + 0.0)
        for ref, (x, y) in zip(order, placed, strict=True)
    }


def _parts(graph: Any, centre: Sequence[int]) -> list[list[int]]:
    """Connected parts: those with a focus first, then the largest."""
    parts = [sorted(part) for part in graph.connected_components()]
    wanted = set(centre)
    return sorted(parts, key=lambda part: (not wanted & set(part), -len(part), part[0]))


def _part(graph: Any, centre: Sequence[int]) -> Points:
    """One connected part, its focus (else its middle) at the origin."""
    count = graph.vcount()
    if count == 1:
        return np.zeros((1, 2))
    if count <= _SMALL:
        laid = graph.layout_kamada_kawai(seed=_spiral(count), maxiter=60 * count)
        points = _lying(np.array(laid.coords, dtype=np.float64))
        points *= (165.0 - 0.5 * count) / float(np.median(_tie_lengths(graph, points)))
    else:
        points = _lying(_grouped(graph))
        # A disc with room enough for all; where it is crowded, `_apart` makes room.
        radius = math.sqrt(count * (_ROOM if count <= _LABELLED else _ROOM / 2) / math.pi)
        spread = points.std(axis=0)
        points *= radius / 2.0 / np.clip(spread, spread.max() * 0.55, None)
    # Pages are wider than high, and so are labels.
    points[:, 0] *= 1.18
    middle = points[list(centre)].mean(axis=0) if centre else points.mean(axis=0)
    return np.asarray(points - middle, dtype=np.float64)


def _lying(points: Points) -> Points:
    """The same picture turned so that its longest side lies."""
    around = points - points.mean(axis=0)
    _, axes = np.linalg.eigh(around.T @ around)
    along = axes[:, 1] if axes[0, 1] >= 0 else -axes[:, 1]
    return np.asarray(around @ np.array([[along[0], -along[1]], [along[1], along[0]]]))


def _grouped(graph: Any) -> Points:
    """Forces under which communities stay together."""
    count = graph.vcount()
    members = graph.community_multilevel().membership
    groups = max(members) + 1
    within = [members[tie.source] == members[tie.target] for tie in graph.es]
    pulls = [1.0 if inside else _ACROSS for inside in within]
    quotient = igraph.Graph(
        n=groups,
        edges=sorted(
            {
                (min(members[a], members[b]), max(members[a], members[b]))
                for a, b in graph.get_edgelist()
                if members[a] != members[b]
            }
        ),
    )
    centres = np.array(
        quotient.layout_fruchterman_reingold(seed=_spiral(groups), niter=500).coords
        if groups > 1
        else [[0.0, 0.0]]
    )
    centres *= 2.2 * math.sqrt(count / groups) / max(_nearest_distance(centres), 1e-6)
    start = np.zeros((count, 2))
    for group in range(groups):
        inside = [i for i in range(count) if members[i] == group]
        start[inside] = centres[group] + 0.5 * _spiral(len(inside))
    laid = graph.layout_fruchterman_reingold(
        seed=start,
        weights=pulls,
        niter=700 if count <= 800 else 350,
        start_temp=math.sqrt(count) / 6,
        grid="nogrid" if count <= 800 else "grid",
    )
    return np.array(laid.coords, dtype=np.float64)


def _spiral(count: int) -> Points:
    """Where to begin: no two nodes at one place, and no chance in it."""
    turn = np.arange(count) * math.pi * (3 - math.sqrt(5))
    far = np.sqrt(np.arange(count) + 0.5)
    return np.column_stack((far * np.cos(turn), far * np.sin(turn)))


def _tie_lengths(graph: Any, points: Points) -> Lengths:
    ends = np.array(graph.get_edgelist())
    gap = points[ends[:, 0]] - points[ends[:, 1]]
    return np.asarray(np.maximum(np.hypot(gap[:, 0], gap[:, 1]), 1e-6))


def _nearest_distance(points: Points) -> float:
    """Median distance from a point to the one nearest to it; 0 for a single point."""
    if len(points) < 2:
        return 0.0
    gaps = np.hypot(
        points[:, 0, None] - points[None, :, 0], points[:, 1, None] - points[None, :, 1]
    )
    np.fill_diagonal(gaps, np.inf)
    return float(np.median(gaps.min(axis=1)))


def _pack(
    parts: Sequence[tuple[list[int], Points]], half: Lengths, radius: Lengths, count: int
) -> Points:
    """All parts in one plane: the first as it is, the others in rows below it."""
    placed = np.zeros((count, 2))
    boxes = [(part, _apart(points, half[part], radius[part])) for part, points in parts]
    first, points = boxes[0]
    placed[first] = points
    (left, _), (right, bottom) = points.min(axis=0), points.max(axis=0)
    width = max(right - left, 900.0)
    x, y, tall = left, bottom + 140.0, 0.0
    for part, at in boxes[1:]:
        low = at.min(axis=0)
        wide, high = at.max(axis=0) - low
        if x > left and x + wide > left + width:
            x, y, tall = left, y + tall + 110.0, 0.0
        placed[part] = at - low + (x, y)
        x += wide + 150.0
        tall = max(tall, high)
    return placed


def _apart(points: Points, half: Lengths, radius: Lengths) -> Points:
    """Push nodes apart until none lies on another; what is at the origin stays there.

    Each node is a box: its sign, and in smaller parts its label below it.  Every round moves
    each pair that overlaps along the shorter way out.
    """
    count = len(points)
    if count < 2:
        return points
    labelled = count <= _LABELLED
    wide = np.maximum(half, radius + 8.0) if labelled else radius + 8.0
    high = radius + 15.0 if labelled else radius + 8.0
    at = points.copy()
    fixed = np.all(np.abs(points) < 1e-9, axis=1)
    for round_ in range(200 if labelled else 60):
        # Pairs that are near enough to matter, looked for afresh every few rounds.
        if round_ % 5 == 0:
            one, two = _near_pairs(at, 2.0 * float(max(wide.max(), high.max())))
        gap = at[one] - at[two]
        over = np.column_stack((wide[one] + wide[two], high[one] + high[two])) - np.abs(gap)
        hit = (over > 0.5).all(axis=1)
        if not hit.any():
            break
        a, b, gap, over = one[hit], two[hit], gap[hit], over[hit]
        way = np.where(gap == 0.0, 1.0, np.sign(gap))
        sideways = over[:, 0] < over[:, 1]
        push = np.where(np.column_stack((sideways, ~sideways)), over * way, 0.0)
        moved, meets = np.zeros_like(at), np.ones(count)
        np.add.at(moved, a, push)
        np.add.at(moved, b, -push)
        np.add.at(meets, np.concatenate((a, b)), 1.0)
        step = np.where(fixed, 0.0, 0.6 / np.sqrt(meets))
        at += moved * step[:, None]
    return at


def _near_pairs(at: Points, reach: float) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Index pairs (i < j) not further apart than `reach` in x and in y."""
    order = np.argsort(at[:, 0], kind="stable")
    x, y = at[order, 0], at[order, 1]
    last = np.searchsorted(x, x + reach, side="right")
    first: list[npt.NDArray[np.int64]] = []
    second: list[npt.NDArray[np.int64]] = []
    for i, stop in enumerate(last):
        close = np.flatnonzero(np.abs(y[i + 1 : stop] - y[i]) <= reach) + i + 1
        first.append(np.full(len(close), i))
        second.append(close)
    one, two = order[np.concatenate(first)], order[np.concatenate(second)]
    return np.minimum(one, two), np.maximum(one, two)
