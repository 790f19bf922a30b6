"""No cell below five is shown, and none can be worked out again from the margins."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from linkgraph.reports.suppression import Published, protect

MOST = 11
"""The attacker tries every number up to this in every cell."""


def attacked(
    counts: list[list[int]], published: Published, *, column_totals: bool
) -> dict[tuple[int, int], set[int]]:
    """Every value that each cell, totals included, takes in some table that fits: brute force."""
    height, width = len(counts), len(counts[0])
    cells = list(itertools.product(range(height), range(width)))
    grids = np.indices((MOST + 1,) * len(cells), dtype=np.int16).reshape(len(cells), -1)
    tried = {cell: grids[n] for n, cell in enumerate(cells)}
    for r in range(height):
        tried[r, width] = sum(tried[r, c] for c in range(width))  # type: ignore[assignment]
    if column_totals:
        for c in range(width + 1):
            tried[height, c] = sum(tried[r, c] for r in range(height))  # type: ignore[assignment]
    fits = np.ones(grids.shape[1], dtype=bool)
    for (r, c), values in tried.items():
        shown = published.cells[r][c]
        if shown is not None:
            fits &= values == shown
    return {cell: set(values[fits].tolist()) for cell, values in tried.items()}


@pytest.mark.parametrize("column_totals", [True, False])
@pytest.mark.parametrize(("shape", "tables"), [((2, 2), 60), ((2, 3), 12), ((1, 4), 20)])
def test_no_small_cell_can_be_recovered_by_trying_every_table(
    shape: tuple[int, int], tables: int, *, column_totals: bool
) -> None:
    random = np.random.default_rng(7)
    shown = 0
    for _ in range(tables):
        counts = random.integers(0, 7, shape).tolist()
        published = protect(counts, column_totals=column_totals)
        found = attacked(counts, published, column_totals=column_totals)
        for (r, c), values in found.items():
            cell = published.cells[r][c]
            if cell is not None:
                assert cell >= 5
                shown += 1
            else:
                assert len(values) > 1, (counts, published)
                assert max(values) >= 5, (counts, published)
    assert shown > 0


def test_the_attack_would_find_what_primary_suppression_alone_leaves_open() -> None:
    naive = Published(((None, 6, 8), (7, 9, 16), (9, 15, 24)))
    assert attacked([[2, 6], [7, 9]], naive, column_totals=True)[0, 0] == {2}


def test_a_table_of_large_cells_is_shown_whole() -> None:
    published = protect([[5, 10], [20, 30]])
    assert published.cells == ((5, 10, 15), (20, 30, 50), (25, 40, 65))


def test_one_small_cell_takes_the_cheapest_others_with_it() -> None:
    published = protect([[3, 50, 60], [70, 8, 90], [40, 9, 30]])
    assert published.cells[0][0] is None
    assert published.left_out == 4
    assert published.cells[3] == (113, 67, 180, 360)


def test_zeros_are_small_too() -> None:
    published = protect([[0, 0], [0, 0]])
    assert all(cell is None for row in published.cells for cell in row)


def test_larger_tables_hold_under_the_same_rule() -> None:
    """Not every table can be tried, but a cell that rises by five must leave the rest standing."""
    random = np.random.default_rng(3)
    for _ in range(40):
        counts = random.negative_binomial(1, 0.08, (8, 5)).tolist()
        published = protect(counts)
        for r, row in enumerate(published.cells):
            assert sum(cell is None for cell in row) != 1, (r, counts)
            assert all(cell is None or cell >= 5 for cell in row)
        for column in zip(*published.cells, strict=True):
            assert sum(cell is None for cell in column) != 1
