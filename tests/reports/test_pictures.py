"""A chart drawn outside its page looks as it does in it."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from linkgraph.reports import charts, pictures


def test_every_shape_has_the_colour_that_the_page_gives_it() -> None:
    bars = [charts.Bar("甲", 2.0), charts.Bar("乙", -1.0)]
    svg = charts.waterfall(bars, 1.0, total_label="sum", title="t")
    root = ET.fromstring(pictures.standalone(svg, ["Noto Sans CJK TC"]))
    fills = [e.get("fill") for e in root.iter() if e.tag.endswith("rect")]
    assert fills == ["#b5541c", "#1f6f78", "#33475b"]


def test_explained_marks_are_hollow_and_others_filled() -> None:
    events = [charts.Event(0, "a", kind, "x") for kind in ("full", "partial", "none")]
    svg = pictures.standalone(charts.timeline(events, [(0, "0")], title="t"), [])
    root = ET.fromstring(svg)
    fills = [e.get("fill") for e in root.iter() if e.tag.endswith("circle")]
    assert fills == ["#ffffff", "#a9b8c6", "#33475b"]
    assert "class=" not in svg


def test_lines_have_a_stroke() -> None:
    svg = charts.path([charts.Step("officer", "甲"), charts.Step("person", "乙", "友")], title="t")
    root = ET.fromstring(pictures.standalone(svg, []))
    drawn = [e for e in root.iter() if e.tag.endswith(("line", "rect"))]
    assert all(e.get("stroke") for e in drawn if e.get("fill") != "#ffffff")


def test_words_have_no_outline_that_could_hide_them() -> None:
    svg = charts.path([charts.Step("officer", "甲"), charts.Step("person", "乙", "友")], title="t")
    root = ET.fromstring(pictures.standalone(svg, []))
    assert not [e for e in root.iter() if e.tag.endswith("text") and e.get("stroke")]
