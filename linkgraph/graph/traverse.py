"""Paths and neighbourhoods, walked hop by hop over whatever store answers one hop.

Engines differ in what a variable-length match means (walks here, trails there), so no store
is asked for one: it answers *the edges at these nodes*, and the walk is done once, here.
Every result is sorted; the same graph gives the same answer whatever order rows come in.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from linkgraph.graph.store import Edge

EdgesAt = Callable[[tuple[str, ...]], list[Edge]]
"""The edges at the given node refs, both directions; may hold an edge twice."""


@dataclass(frozen=True)
class Chain:
    """A path: `refs` from source to target and the edge between each two of them."""

    refs: tuple[str, ...]
    edges: tuple[Edge, ...]


def edge_order(edge: Edge) -> tuple[str, str, str, str, int]:
    """Sorts edges: by type, ends and tie."""
    return (edge.type, edge.source, edge.target, edge.tie_id, edge.start)


def distinct(edges: Iterable[Edge]) -> list[Edge]:
    """Each edge once, in order."""
    return sorted({edge_order(edge): edge for edge in edges}.values(), key=edge_order)


def shortest_chains(
    edges_at: EdgesAt, source: str, target: str, *, max_hops: int, limit: int
) -> list[Chain]:
    """All shortest paths, at most `limit`, in the order of their refs and ties.

    Searches from both ends and widens the smaller front, so cost grows with the neighbours
    of half the hops on either side.  Empty when there is none within `max_hops`.
    """
    if source == target:
        return [Chain((source,), ())]
    fronts = (_Front(source), _Front(target))
    for _ in range(max_hops):
        near, far = sorted(fronts, key=lambda front: len(front.edge))
        if not near.edge:
            return []
        near.widen(edges_at)
        if near.depth.keys() & far.depth.keys():
            break
    met = fronts[0].depth.keys() & fronts[1].depth.keys()
    if not met:
        return []
    shortest = min(fronts[0].depth[ref] + fronts[1].depth[ref] for ref in met)
    if shortest > max_hops:
        return []
    before = _join(fronts, met, shortest)
    return _unwind(before, source, target, limit)


def within(edges_at: EdgesAt, refs: Collection[str], *, hops: int, limit: int) -> dict[str, int]:
    """Refs within `hops`, with their distance: nearest first, then by ref, at most `limit`."""
    found = dict.fromkeys(sorted(set(refs))[:limit], 0)
    front: tuple[str, ...] = tuple(found)
    for hop in range(1, hops + 1):
        if not front or len(found) >= limit:
            break
        here = set(front)
        beyond: set[str] = set()
        for edge in edges_at(front):
            if edge.source in here:
                beyond.add(edge.target)
            if edge.target in here:
                beyond.add(edge.source)
        front = tuple(sorted(beyond - found.keys())[: limit - len(found)])
        found.update(dict.fromkeys(front, hop))
    return found


class _Front:
    """What one end of the search has reached: refs with their depth, and how."""

    def __init__(self, origin: str) -> None:
        self.depth: dict[str, int] = {origin: 0}
        self.edge: set[str] = {origin}
        self.steps: dict[str, list[tuple[str, Edge]]] = {}

    def widen(self, edges_at: EdgesAt) -> None:
        here, reached = self.edge, set()
        hop = max(self.depth.values()) + 1
        for edge in distinct(edges_at(tuple(sorted(here)))):
            for one, other in ((edge.source, edge.target), (edge.target, edge.source)):
                if one in here and self.depth.get(other, hop) == hop:
                    reached.add(other)
                    self.depth[other] = hop
                    self.steps.setdefault(other, []).append((one, edge))
        self.edge = reached


def _join(
    fronts: tuple[_Front, _Front], met: Collection[str], shortest: int
) -> dict[str, list[tuple[str, Edge]]]:
    """For each ref on a shortest path, the steps that lead to it from the source."""
    forth, back = fronts
    before: dict[str, list[tuple[str, Edge]]] = {}
    middles = {ref for ref in met if forth.depth[ref] + back.depth[ref] == shortest}
    waiting, seen = sorted(middles), set(middles)
    while waiting:
        ref = waiting.pop()
        before.setdefault(ref, []).extend(forth.steps.get(ref, []))
        for one, _ in forth.steps.get(ref, []):
            if one not in seen:
                seen.add(one)
                waiting.append(one)
    waiting, seen = sorted(middles), set(middles)
    while waiting:
        ref = waiting.pop()
        for one, edge in back.steps.get(ref, []):
            before.setdefault(one, []).append((ref, edge))
            if one not in seen:
                seen.add(one)
                waiting.append(one)
    return before


def _unwind(
    before: dict[str, list[tuple[str, Edge]]], source: str, target: str, limit: int
) -> list[Chain]:
    after: dict[str, list[tuple[str, Edge]]] = {}
    for ref, steps in before.items():
        for one, edge in steps:
            after.setdefault(one, []).append((ref, edge))
    for steps in after.values():
        steps.sort(key=lambda step: (step[0], edge_order(step[1])))
    chains: list[Chain] = []
    waiting = [Chain((source,), ())]
    while waiting and len(chains) < limit:
        chain = waiting.pop()
        if chain.refs[-1] == target:
            chains.append(chain)
            continue
        waiting.extend(
            Chain((*chain.refs, ref), (*chain.edges, edge))
            for ref, edge in reversed(after.get(chain.refs[-1], []))
        )
    return chains
