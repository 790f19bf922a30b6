"""Which cells of a published table must be left out so that none below five can be known.

Primary suppression leaves out every count below the threshold, zero included.  A reader who has
the totals could work some of them out again, so other cells must go too: complementary
suppression (Cox, *JASA* 75, 1980; Castro, *European Journal of Operational Research* 216, 2012).

The sums of a table with margins are the balances of a flow: each cell, total or not, is an arc
between its row and its column.  Raising a cell by the threshold needs a cycle of cells that may
rise with it or fall by as much; if every cell of that cycle is left out, a reader must reckon
with a table in which the small cell is not small.  The cheapest such cycle is the shortest path
back, found for each small cell in turn.  The result is safe, not the smallest possible.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx

THRESHOLD = 5

Cell = tuple[int, int]
"""Row and column from 0; the row after the last is the column totals, likewise the column."""


@dataclass(frozen=True)
class Published:
    """A table with its margins, None where nothing may be shown.

    `cells`: rows and columns, the last of each being totals; without column totals the last row
    is absent.
    """

    cells: tuple[tuple[int | None, ...], ...]

    @property
    def left_out(self) -> int:
        """How many cells are not shown."""
        return sum(cell is None for row in self.cells for cell in row)


@dataclass(frozen=True)
class _Arc:
    """A cell with the balances that it stands between."""

    cell: Cell
    tail: str
    head: str
    value: int


def protect(
    counts: Sequence[Sequence[int]], *, column_totals: bool = True, threshold: int = THRESHOLD
) -> Published:
    """The table with its totals, so that no cell below `threshold` is shown or can be known.

    `counts` are whole numbers from 0, every row as long.  For each small cell there is another
    table of whole numbers from 0 with the same published cells in which it is `threshold` larger.
    Cost: one shortest path per small cell.
    """
    arcs = list(_arcs(counts, column_totals=column_totals))
    hidden = {arc.cell for arc in arcs if arc.value < threshold}
    for arc in [one for one in arcs if one.value < threshold]:
        cycle = _cycle(arc, arcs, hidden, threshold)
        hidden |= {one.cell for one in arcs} if cycle is None else cycle
    values = {arc.cell: arc.value for arc in arcs}
    rows, columns = len(counts) + column_totals, len(counts[0]) + 1 if counts else 0
    return Published(
        tuple(
            tuple(None if (r, c) in hidden else values[r, c] for c in range(columns))
            for r in range(rows)
        )
    )


def _arcs(counts: Sequence[Sequence[int]], *, column_totals: bool) -> Iterator[_Arc]:
    """Every cell as an arc whose flow is its count: row, column, totals, and round again."""
    if not counts:
        return
    width = len(counts[0])
    for r, row in enumerate(counts):
        for c, value in enumerate(row):
            yield _Arc((r, c), f"row {r}", f"column {c}" if column_totals else "all", value)
        # A row's total closes its balance; without column totals nothing else binds the columns.
        yield _Arc((r, width), "rows" if column_totals else "all", f"row {r}", sum(row))
    if column_totals:
        last = len(counts)
        for c in range(width):
            yield _Arc((last, c), f"column {c}", "columns", sum(row[c] for row in counts))
        yield _Arc((last, width), "columns", "rows", sum(map(sum, counts)))


def _cycle(
    small: _Arc, arcs: Sequence[_Arc], hidden: set[Cell], threshold: int
) -> set[Cell] | None:
    """The cells that let `small` rise by the threshold at least cost; None if nothing does."""
    graph: Any = nx.DiGraph()
    graph.add_nodes_from((small.tail, small.head))
    for arc in arcs:
        if arc.cell == small.cell:
            continue
        # A cell that is left out already costs next to nothing, a large one more than a small.
        cost = 1 if arc.cell in hidden else 1_000 + 10 * arc.value
        steps = [(arc.tail, arc.head)]
        if arc.value >= threshold:
            steps.append((arc.head, arc.tail))
        for step in steps:
            known = graph.get_edge_data(*step)
            if known is None or cost < known["cost"]:
                graph.add_edge(*step, cost=cost, cell=arc.cell)
    try:
        path = nx.shortest_path(graph, small.head, small.tail, weight="cost")
    except nx.NetworkXNoPath:
        return None
    return {graph.edges[step]["cell"] for step in itertools.pairwise(path)}
