"""Legend, search and time: what is drawn, what is found, what held when."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.pages import ADDRESS, FRIEND, LOOKED_UP, OFFICER, ViewPage, cut_den

pytestmark = pytest.mark.browser
View = Callable[..., ViewPage]


def test_the_legend_counts_kinds_and_switches_them(view: View) -> None:
    page = view()
    entry = page.page.locator('[data-switch="kind:person"]')
    assert entry.inner_text().split() == ["Persons", "4"]
    assert entry.get_attribute("aria-checked") == "true"
    entry.click()
    assert entry.get_attribute("aria-checked") == "false"
    assert not any(id_.startswith("person:") for id_ in page.drawn())
    assert page.text("#sentence") == "4 of 2,140 shown"
    entry.focus()
    page.key("Enter")
    assert page.text("#sentence") == "8 of 2,140 shown"
    assert page.page.evaluate("document.activeElement.dataset.switch") == "kind:person"


def test_the_legend_switches_types_of_tie(view: View) -> None:
    page = view()
    page.page.click('[data-switch="type:LOOKED_UP"]')
    types = set(page.state("v.canvas.shown.edges.map(e => e.type)"))
    assert "LOOKED_UP" not in types
    assert "IS" in types


def test_search_jumps_to_a_name_and_enter_goes_on_to_the_next(view: View) -> None:
    page = view()
    page.key("/")
    page.page.keyboard.type("趙守義")
    assert page.text("#hits") == "2 found"
    seen = []
    for at in (1, 2, 1):
        page.key("Enter")
        assert page.text("#hits") == f"{at} of 2"
        seen.append(page.state("v.canvas.chosen().id"))
    assert seen == [OFFICER, "person:A123456789", OFFICER]
    assert page.text("#panel h2") == "趙守義"


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("f127", LOOKED_UP),
        ("Ｆ１２７００", LOOKED_UP),
        ("台中市西屯", ADDRESS),
        ("0912", "phone:0912345678"),
    ],
)
def test_search_reads_numbers_widths_and_variants_alike(view: View, text: str, id_: str) -> None:
    page = view(cut_den(limit=12))
    page.key("/")
    page.page.keyboard.type(text)
    page.key("Enter")
    assert page.state("v.canvas.chosen().id") == id_


def test_search_brings_in_what_is_not_drawn(view: View) -> None:
    page = view()
    page.key("/")
    page.page.keyboard.type("錢進財")
    assert "not drawn" in page.text("#found")
    page.page.click("#found li")
    assert FRIEND in page.drawn()
    page.key("Escape", "Escape", "Escape", "u")
    assert FRIEND not in page.drawn()


def test_search_that_finds_nothing_says_so(view: View) -> None:
    page = view()
    page.key("/")
    page.page.keyboard.type("nobody")
    assert page.text("#hits") == "Nothing found"
    assert page.page.is_hidden("#found")


def test_the_time_slider_greys_what_does_not_hold_then(view: View) -> None:
    page = view(cut_den(limit=12))
    tie = "TIE:person:A123456789>person:B120863155:t12"
    edge = "v.network.body.edges[a].options.color.color"
    assert page.text("#date") == "2019-03-01 – 2024-08-01"
    assert page.state(edge, tie) == "#a34a28"
    bright = page.pixel("phone:0912345678")
    page.page.locator("#instant").fill("0")
    page.settle()
    assert page.text("#date") == "2019-03-01"
    assert page.state(edge, tie) == "#d3d8de"
    assert page.pixel("case:113-0456") == [0xD3, 0xD8, 0xDE]
    assert page.pixel("phone:0912345678") == bright  # a tie without dates holds at all times
    page.page.click("#all-times")
    page.settle()
    assert page.state(edge, tie) == "#a34a28"
    assert page.page.get_attribute("#all-times", "aria-pressed") == "true"


def test_the_time_steps_from_change_to_change(view: View) -> None:
    page = view(cut_den(limit=12))
    dates = []
    for _ in range(3):
        page.page.click("#change-after")
        dates.append(page.text("#date"))
    page.page.click("#change-before")
    assert dates == ["2019-03-01", "2020-01-01", "2021-06-01"]
    assert page.text("#date") == "2020-01-01"
    assert page.page.get_attribute("#instant", "aria-valuetext") == "2020-01-01"


def test_the_panel_says_when_the_chosen_does_not_hold(view: View) -> None:
    page = view(cut_den(limit=12))
    page.click_tie("person:A123456789", FRIEND)
    page.page.click("#change-after")
    page.settle()
    assert "Does not hold on 2019-03-01" in page.text("#panel")
