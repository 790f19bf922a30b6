"""Both languages, every size, and a source other than the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from linkgraph.views.scene import from_subgraph
from tests.support.pages import LOOKED_UP, OFFICER, ViewPage, cut_den
from tests.support.scenes import crowd

pytestmark = pytest.mark.browser
View = Callable[..., ViewPage]


def test_a_chinese_view_speaks_chinese_and_counts_years_as_the_republic_does(
    view: View, screenshots: Path
) -> None:
    page = view(cut_den("zh-TW"))
    assert page.text("#sentence") == "顯示 8 / 2,140"
    assert page.page.get_attribute("html", "lang") == "zh-TW"
    page.page.click("#change-after")
    assert page.text("#date") == "民國108年3月1日"
    page.page.click("#all-times")
    page.click(OFFICER)
    page.page.screenshot(path=screenshots / "view-zh-TW.png")
    shown = page.text("body")
    for english in ("Officer", "looked", "Ties", "Evidence", "Undo"):
        assert english not in shown


def test_both_languages_say_the_same_things(view: View) -> None:
    page = view()
    said = page.page.evaluate(
        """() => {
            const holes = (text) => (text.match(/\\{\\w+\\}/g) || []).sort();
            const shape = (text) => typeof text === 'string' ? holes(text) : text.map(e => e[0]);
            return Object.values(linkgraph.languages).map(words => JSON.stringify(
                Object.entries(words).map(([key, text]) => [key, shape(text)]).sort()));
        }"""
    )
    assert said[0] == said[1]


@pytest.mark.parametrize(
    ("name", "size", "limit", "width", "height"),
    [("30", 60, 30, 1280, 800), ("300", 700, 300, 1920, 1080), ("2000", 2000, 2000, 1280, 800)],
)
def test_larger_views_open_and_are_pictured(
    view: View, screenshots: Path, name: str, size: int, limit: int, width: int, height: int
) -> None:
    scene = from_subgraph(
        crowd(size, officers=max(1, size // 100)),
        focus=["officer:P0000"],
        limit=limit,
        title=f"{limit:,} nodes",
        truncated_total=2140,
    )
    page = view(scene, width=width, height=height)
    page.settle()
    assert page.text("#sentence") == f"{limit:,} of 2,140 shown"
    page.page.screenshot(path=screenshots / f"view-{name}.png")
    assert page.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_den_is_pictured_whole_and_in_time(view: View, screenshots: Path) -> None:
    page = view(cut_den(limit=12))
    page.page.screenshot(path=screenshots / "view-12.png")
    page.click_tie(OFFICER, LOOKED_UP)
    page.page.screenshot(path=screenshots / "view-tie.png")
    page.key("Escape")
    for _ in range(4):
        page.page.click("#change-after")
    page.settle()
    page.page.screenshot(path=screenshots / "view-time.png")


def test_a_view_of_nothing_says_so(view: View) -> None:
    from linkgraph.graph.store import Subgraph

    page = view(from_subgraph(Subgraph((), (), {})))
    assert page.text("#sentence") == "0 of 0 shown"
    assert "There is nothing to draw." in page.text("#panel")
    assert page.page.is_hidden("#time")
    page.key("f", "t", "u")


def test_a_source_with_a_server_behind_it_can_take_the_page_s_place(view: View) -> None:
    page = view()
    drawn = page.page.evaluate(
        """async () => {
            const first = {id: 'person:1', kind: 'person', label: 'One', x: 0, y: 0,
                neighbours: 2, focus: true, pinned: false};
            const scene = {nodes: [first], edges: [], limit: 2000, total: 3, reserve: null};
            const source = {
                scene, held: () => Infinity,
                expand: (id) => Promise.resolve({
                    nodes: [{...first, id: 'person:2', neighbours: 1, focus: false}],
                    edges: [{id: 't', from: id, to: 'person:2', type: 'TIE'}],
                }),
            };
            const model = linkgraph.model(scene, source);
            const before = model.hidden('person:1').here;
            await model.expand('person:1');
            return [before, model.drawnIds(), model.hidden('person:1').here];
        }"""
    )
    assert drawn == [2, ["person:1", "person:2"], 1]
