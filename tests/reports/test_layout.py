"""How columns share a line of paper."""

from __future__ import annotations

import pytest

from linkgraph.reports import layout
from linkgraph.reports.charts import text_width
from linkgraph.reports.content import Table

LINE = 482


def table(*, unbroken: frozenset[int]) -> Table:
    row = (
        "2024-07-19 10:05",
        "吳怡君 (KH21332)",
        "民生派出所巡佐胡文正",
        "D101851238",
        "the requester's unit is not the agent's",
        "explained in part",
    )
    names = ("Time", "Made by", "Asked for by", "Subject", "Contradiction", "Speaks against misuse")
    return Table("Calls to clear", names, (row,) * 3, unbroken=unbroken)


def test_cells_that_stay_on_one_line_keep_their_room_in_a_full_table() -> None:
    calls = table(unbroken=frozenset({0, 3}))
    shares = layout.widths(calls)
    assert sum(shares) == pytest.approx(1)
    for number in (0, 3):
        assert shares[number] * LINE > text_width(calls.rows[0][number], 8.5)


def test_when_they_would_take_the_whole_line_all_are_narrowed_alike() -> None:
    shares = layout.widths(table(unbroken=frozenset({0, 1, 2, 3, 4})))
    assert sum(shares) == pytest.approx(1)
    assert shares[0] * LINE < text_width("2024-07-19 10:05", 8.5)
