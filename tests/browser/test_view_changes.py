"""Bringing in, collapsing, pinning, undoing: each driven in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from linkgraph.views.scene import from_subgraph
from tests.support.pages import ADDRESS, FRIEND, OFFICER, ORG, ViewPage, cut_den
from tests.support.scenes import crowd

pytestmark = pytest.mark.browser
View = Callable[..., ViewPage]


def test_the_page_says_how_much_of_the_whole_it_shows(view: View) -> None:
    page = view()
    assert page.text("#sentence") == "8 of 2,140 shown"
    assert page.text("h1") == "Officer P1024"
    assert len(page.drawn()) == 8


def test_double_click_brings_in_the_hidden_neighbours_that_the_badge_counted(view: View) -> None:
    page = view()
    assert page.badge(ORG) == 5  # two in the reserve, three beyond the file
    page.double_click(ORG)
    assert page.drawn() >= {FRIEND, ADDRESS}
    assert page.badge(ORG) == 3
    assert page.text("#sentence") == "10 of 2,140 shown"
    assert page.text("#notice") == "2 brought in"


def test_what_is_not_in_the_file_is_said_to_be_elsewhere(view: View) -> None:
    page = view()
    page.click(ORG)
    assert "2 neighbours are not drawn" in page.text("#panel")
    assert "3 more are not in this file" in page.text("#panel")
    page.key("e", "e")
    assert "No hidden neighbour of 金鑽娛樂企業社 is in this file" in page.text("#notice")
    assert page.page.is_disabled("#do-expand")


def test_new_nodes_are_put_where_nothing_is(view: View) -> None:
    page = view()
    page.double_click(ORG)
    spots = [page.state("v.model.place(a)", ref) for ref in page.drawn()]
    for i, one in enumerate(spots):
        for two in spots[i + 1 :]:
            assert abs(one["x"] - two["x"]) > 40 or abs(one["y"] - two["y"]) > 40


def test_collapse_takes_away_what_was_brought_and_what_that_brought(view: View) -> None:
    page = view()
    before = page.drawn()
    page.double_click(ORG)
    page.page.click("#do-fit")
    page.double_click(FRIEND)
    assert "phone:0912345678" in page.drawn()
    page.click(ORG)
    page.page.click("#do-collapse")
    assert page.drawn() == before


def test_a_pinned_node_stays_when_the_rest_is_collapsed(view: View) -> None:
    page = view()
    page.double_click(ORG)
    page.page.click("#do-fit")
    page.click(FRIEND)
    page.key("p")
    assert page.page.get_attribute("#do-pin", "aria-pressed") == "true"
    page.click(ORG)
    page.key("c")
    assert FRIEND in page.drawn()
    assert ADDRESS not in page.drawn()


def test_collapse_folds_loose_ends_where_nothing_was_brought_in(view: View) -> None:
    page = view(cut_den(limit=12))
    page.click(OFFICER)
    page.key("c")
    assert "unit:TC06" not in page.drawn()
    assert page.badge(OFFICER) == 1


def test_a_node_is_dragged_and_undo_puts_it_back(view: View) -> None:
    page = view()
    start = page.state("v.model.place(a)", ORG)
    x, y = page.spot(ORG)
    page.page.mouse.move(x, y)
    page.page.mouse.down()
    page.page.mouse.move(x + 60, y + 40, steps=6)
    page.page.mouse.up()
    page.settle()
    moved = page.state("v.model.place(a)", ORG)
    assert (moved["x"], moved["y"]) != (start["x"], start["y"])
    page.key("u")
    back = page.state("v.model.place(a)", ORG)
    assert (back["x"], back["y"]) == (start["x"], start["y"])
    assert page.state("v.network.getPositions([a])[a]", ORG)["x"] == pytest.approx(
        start["x"], abs=1
    )


def test_a_pinned_node_keeps_its_place_when_dragged(view: View) -> None:
    page = view()
    page.click(ORG)
    page.key("p")
    start = page.state("v.network.getPositions([a])[a]", ORG)
    x, y = page.spot(ORG)
    page.page.mouse.move(x, y)
    page.page.mouse.down()
    page.page.mouse.move(x + 60, y + 40, steps=6)
    page.page.mouse.up()
    assert page.state("v.network.getPositions([a])[a]", ORG) == start


def test_undo_and_redo_go_through_every_change(view: View) -> None:
    page = view()
    first = page.drawn()
    assert page.page.is_disabled("#do-undo")
    page.double_click(ORG)
    grown = page.drawn()
    page.page.click('[data-switch="kind:address"]')
    assert page.drawn() == grown - {ADDRESS}
    page.key("Control+z")
    assert page.drawn() == grown
    page.page.click("#do-undo")
    assert page.drawn() == first
    assert page.page.is_disabled("#do-undo")
    page.page.click("#do-redo")
    page.key("Control+y")
    assert page.drawn() == grown - {ADDRESS}
    page.key("u", "Shift+U")
    assert page.drawn() == grown - {ADDRESS}


def test_no_more_than_two_thousand_nodes_are_ever_drawn(view: View) -> None:
    page = view(from_subgraph(crowd(2040), limit=5000))
    assert page.text("#sentence") == "2,000 of 2,040 shown"
    id_ = page.state("[...v.model.nodes.keys()].find(id => v.model.hidden(id).here > 0)")
    page.state("v.act.expand(a)", id_)
    page.page.wait_for_selector("#notice.on")
    assert "At most 2,000 nodes are drawn" in page.text("#notice")
    assert len(page.drawn()) == 2000


def test_a_node_with_many_hidden_neighbours_brings_them_in_by_fifties(view: View) -> None:
    graph = crowd(300, officers=1)
    page = view(from_subgraph(graph, focus=["officer:P0000"], limit=1))
    hidden = page.badge("officer:P0000")
    page.double_click("officer:P0000")
    assert len(page.drawn()) == 51
    assert page.text("#notice") == f"50 brought in, {hidden - 50} left"
