"""A view is opened by people who hold secrets, and is full of names that strangers chose."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from linkgraph.views.html import write
from linkgraph.views.notebook import View
from linkgraph.views.scene import Evidence, from_subgraph
from tests.support.scenes import den, hostile

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
READY = "window.linkgraph && linkgraph.view"
NAMES = "() => linkgraph.view.canvas.shown.order"


@pytest.mark.parametrize("language", ["en", "zh-TW"])
def test_hostile_names_never_run_and_never_become_html(
    open_page: Callable[..., Page], tmp_path: Path, language: str, screenshots: Path
) -> None:
    graph = hostile()
    bad = "</script><script>window.hacked=1</script><img src=x onerror=window.hacked=1>"
    rows = {node.ref: [Evidence(bad, bad, bad, 1, bad, bad)] for node in graph.nodes}
    scene = from_subgraph(
        graph, title=bad, language=language, evidence=rows, notes=[(bad, bad)],
        extra={node.ref: {bad: bad} for node in graph.nodes},
    )  # fmt: skip
    page = open_page(write(scene, tmp_path / "hostile.html"))
    page.wait_for_function(READY)
    for id_ in page.evaluate(NAMES):
        page.evaluate("id => linkgraph.view.act.choose('node', id)", id_)
    for id_ in page.evaluate("() => linkgraph.view.canvas.shown.edges.map(e => e.id)"):
        page.evaluate("id => linkgraph.view.act.choose('edge', id)", id_)
    page.fill("#find", "<img")
    page.keyboard.press("Enter")
    page.mouse.move(600, 400)
    page.wait_for_timeout(50)
    page.screenshot(path=screenshots / f"view-hostile-{language}.png")
    assert page.evaluate("window.hacked") is None
    strange = "body img:not(#picture), body b, body iframe, body svg[onload]"
    assert page.locator(strange).count() == 0
    assert page.locator("#panel h2").inner_text().startswith("<img src=x")
    assert page.title() == bad


def test_tooltips_are_text(open_page: Callable[..., Page], tmp_path: Path) -> None:
    page = open_page(write(from_subgraph(hostile()), tmp_path / "hostile.html"))
    page.wait_for_function(READY)
    box = page.locator("#network").bounding_box()
    assert box is not None
    spot = page.evaluate(
        "() => { const v = linkgraph.view;"
        " return v.network.canvasToDOM(v.model.place('person:X1')); }"
    )
    page.mouse.move(box["x"] + spot["x"], box["y"] + spot["y"])
    page.wait_for_selector(".vis-tooltip", state="visible")
    assert page.inner_text(".vis-tooltip").startswith("<img src=x")
    assert page.locator(".vis-tooltip *").count() == 0


def test_the_policy_refuses_what_is_not_the_page_s_own(
    open_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = open_page(write(from_subgraph(den()), tmp_path / "view.html"), errors=True)
    page.wait_for_function(READY)
    page.evaluate(
        """() => {
            const script = document.createElement('script');
            script.textContent = 'window.hacked = 1';
            document.body.append(script);
            const button = document.createElement('div');
            button.setAttribute('onclick', 'window.hacked = 1');
            document.body.append(button);
            button.click();
        }"""
    )
    # Evaluated in the page's own world and under its policy.
    refused = page.evaluate("fetch('data:text/plain,x').then(() => 'connected', () => 'refused')")
    assert refused == "refused"
    assert page.evaluate("window.hacked") is None


def test_a_notebook_shows_the_view_in_a_sandbox(
    open_page: Callable[..., Page], tmp_path: Path
) -> None:
    cell = View(from_subgraph(hostile(), title='"><script>window.hacked=1</script>'))._repr_html_()
    notebook = tmp_path / "notebook.html"
    notebook.write_text(f"<!doctype html><meta charset=utf-8>{cell}", encoding="utf-8")
    page = open_page(notebook)
    frame = page.wait_for_selector("iframe").content_frame()
    assert frame is not None
    frame.wait_for_function(READY)
    assert frame.inner_text("#sentence") == "10 of 10 shown"
    assert frame.evaluate("window.origin") == "null"
    assert page.evaluate("window.hacked") is None
