"""Positions: the same for the same graph, nothing on top of anything, the focus in the middle."""

from __future__ import annotations

import random

import pytest

from linkgraph.views.layout import positions
from linkgraph.views.scene import from_subgraph
from tests.support.scenes import crowd


def star(leaves: int) -> tuple[list[str], list[tuple[str, str]]]:
    refs = ["hub", *(f"leaf{i:03d}" for i in range(leaves))]
    return refs, [("hub", leaf) for leaf in refs[1:]]


@pytest.mark.parametrize("leaves", [1, 12, 60, 200])
def test_positions_do_not_depend_on_order_or_on_what_was_laid_out_before(leaves: int) -> None:
    refs, ties = star(leaves)
    first = positions(refs, ties, focus=["hub"])
    random.seed(99)
    positions(*star(17))
    mixed, turned = list(refs), [(b, a) for a, b in ties]
    random.Random(5).shuffle(mixed)
    random.Random(6).shuffle(turned)
    assert positions(mixed, turned, focus=["hub"]) == first


def test_laying_out_leaves_the_program_s_own_chance_alone() -> None:
    random.seed(4)
    expected = random.random()
    random.seed(4)
    positions(*star(120))
    assert random.random() == expected


def test_the_focus_is_in_the_middle() -> None:
    refs, ties = star(30)
    assert positions(refs, ties, focus=["hub"])["hub"] == (0.0, 0.0)


@pytest.mark.parametrize("leaves", [12, 60])
def test_labels_do_not_lie_on_one_another(leaves: int) -> None:
    refs, ties = star(leaves)
    placed = positions(refs, ties, focus=["hub"], widths=dict.fromkeys(refs, 70.0))
    spots = sorted(placed.values())
    for i, (x1, y1) in enumerate(spots):
        for x2, y2 in spots[i + 1 :]:
            assert abs(x1 - x2) > 69 or abs(y1 - y2) > 40


def test_three_hundred_nodes_of_a_real_shape_hardly_overlap() -> None:
    scene = from_subgraph(crowd(300, officers=5))
    spots = [(n.x or 0.0, n.y or 0.0, n.size) for n in scene.nodes]
    clashes = sum(
        abs(x1 - x2) < r1 + r2 and abs(y1 - y2) < r1 + r2
        for i, (x1, y1, r1) in enumerate(spots)
        for x2, y2, r2 in spots[i + 1 :]
    )
    assert clashes <= 6


def test_separate_parts_are_set_apart() -> None:
    refs, ties = star(10)
    alone = [f"alone{i}" for i in range(6)]
    placed = positions([*refs, *alone], ties, focus=["hub"])
    lowest = max(placed[ref][1] for ref in refs)
    assert all(placed[ref][1] > lowest for ref in alone)
    assert len({placed[ref] for ref in alone}) == 6


def test_nothing_and_one_have_positions() -> None:
    assert positions([], []) == {}
    assert positions(["a"], []) == {"a": (0.0, 0.0)}
    assert positions(["a"], [("a", "a")]) == {"a": (0.0, 0.0)}
