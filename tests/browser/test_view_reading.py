"""The panel, the keys, the saved picture and the printed page."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.pages import FRIEND, LOOKED_UP, OFFICER, ORG, ViewPage, cut_den

pytestmark = pytest.mark.browser
View = Callable[..., ViewPage]


def test_a_click_on_a_node_shows_facts_ties_and_source_rows(view: View) -> None:
    page = view()
    page.click(OFFICER)
    panel = page.text("#panel")
    for words in ("Officer", "趙守義", "P1024", "Rank", "小隊長", "looked up ×5"):
        assert words in panel
    for source in ("officers.csv · row 25", "record P1024", "SHA-256 9f86d081884c…"):
        assert source in panel


def test_a_click_on_a_tie_shows_its_evidence(view: View) -> None:
    page = view()
    page.click_tie(OFFICER, LOOKED_UP)
    panel = page.text("#panel")
    assert "looked up ×5" in panel
    assert "lookups-2024-03.csv · row 1001" in panel
    assert "Without full explanation" in panel
    assert page.page.locator("#panel .evidence li").count() == 5


def test_from_a_node_one_walks_to_its_ties_and_neighbours(view: View) -> None:
    page = view()
    page.click(OFFICER)
    page.page.locator("#panel .ties .to", has_text="孫大同").click()
    assert page.text("#panel h2") == "孫大同"
    page.page.locator("#panel .ties .tie", has_text="employee").click()
    assert page.text("#panel h2") == "employee"
    assert "from 2023-02-01 until 2024-06-30" in page.text("#panel")
    page.page.locator("#panel .end").last.click()
    assert page.text("#panel h2") == "金鑽娛樂企業社"


def test_an_item_without_source_rows_says_so(view: View) -> None:
    page = view()
    page.click("unit:TC06")
    assert "No source rows were put into this view." in page.text("#panel")


def test_nothing_chosen_shows_what_the_view_is_and_that_it_proves_nothing(view: View) -> None:
    page = view()
    page.click(OFFICER)
    page.key("Escape")
    panel = page.text("#panel")
    assert "About this view" in panel
    assert "Q1" in panel
    assert "proves nothing by itself" in panel


def test_every_key_of_the_help_does_what_it_says(view: View) -> None:
    page = view()
    page.key("?")
    assert page.page.is_visible("#help")
    listed = page.page.locator("#help dt").count()
    assert listed == len(page.page.evaluate("linkgraph.languages.en.keys"))
    page.key("Escape")
    assert page.page.is_hidden("#help")
    scale = page.state("v.network.getScale()")
    page.key("+")
    assert page.state("v.network.getScale()") > scale
    page.key("-", "-")
    assert page.state("v.network.getScale()") < scale
    page.key("f")
    assert page.state("v.network.getScale()") == pytest.approx(scale)
    at = page.state("v.network.getViewPosition()")
    page.key("ArrowRight", "ArrowDown")
    now = page.state("v.network.getViewPosition()")
    assert now["x"] > at["x"]
    assert now["y"] > at["y"]
    page.key("l")
    assert page.page.get_attribute("#do-labels", "aria-pressed") == "false"
    page.key("t")
    assert page.page.get_attribute("#all-times", "aria-pressed") == "false"
    page.key("t", "p")
    assert page.text("#notice") == "Choose a node first"
    page.key("f")
    page.click(ORG)
    page.key("e")
    assert FRIEND in page.drawn()
    page.key("c")
    assert FRIEND not in page.drawn()


def test_saving_makes_a_png_that_says_what_it_shows(view: View, screenshots: Path) -> None:
    page = view(cut_den(limit=12))
    with page.page.expect_download() as started:
        page.page.click("#do-save")
    download = started.value
    assert download.suggested_filename == "linkgraph-Officer-P1024.png"
    saved = screenshots / "view-saved.png"
    download.save_as(saved)
    picture = saved.read_bytes()
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    wide, high = struct.unpack(">II", picture[16:24])
    assert wide > 600
    assert high > 600
    assert page.text("#notice") == "Saved as linkgraph-Officer-P1024.png"


def test_print_shows_the_graph_its_legend_and_the_panel_without_the_tools(
    view: View, screenshots: Path
) -> None:
    page = view(cut_den(limit=12))
    page.click(OFFICER)
    page.page.emulate_media(media="print")
    for tool in ("#tools", "#search", "#time", "#do-expand"):
        assert page.page.is_hidden(tool)
    for part in ("#picture", "#kinds", "#panel", "#printed"):
        assert page.page.is_visible(part)
    page.page.wait_for_function("document.getElementById('picture').naturalWidth > 500")
    assert "12 of 2,140 shown" in page.text("#printed")
    page.page.screenshot(path=screenshots / "view-print.png", full_page=True)


def test_every_control_has_a_name_and_shows_its_focus(view: View) -> None:
    page = view()
    page.click(OFFICER)
    nameless = page.page.evaluate(
        """() => [...document.querySelectorAll('button, input')].filter(e =>
            !(e.getAttribute('aria-label') || e.innerText || '').trim()).map(e => e.outerHTML)"""
    )
    assert nameless == []
    page.page.focus("#find")
    for _ in range(12):
        page.key("Tab")
        outline = page.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"
