"""Pictures say what the numbers say, and hostile text stays text."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from linkgraph.reports import charts

HOSTILE = """<script>alert(1)</script>"'&{{7*7}}"""


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)


def test_each_bar_starts_where_the_one_before_ended() -> None:
    bars = [charts.Bar("search", -3.0), charts.Bar("person", 8.0), charts.Bar("rest", -1.0)]
    svg = charts.waterfall(bars, 4.0, total_label="sum", title="t")
    boxes = [
        (float(x), float(w))
        for x, w in re.findall(
            r'<rect class="(?:plus|minus|sum)" x="([\d.]+)".*?width="([\d.]+)"', svg
        )
    ]
    search, person, rest, total = boxes
    assert abs(search[0] - person[0]) < 0.2
    assert abs(rest[0] + rest[1] - (person[0] + person[1])) < 0.2
    assert abs(total[0] - (search[0] + search[1])) < 0.2
    assert abs(total[0] + total[1] - rest[0]) < 0.2


def test_a_waterfall_prints_the_sum_with_a_true_minus_sign() -> None:
    svg = charts.waterfall([charts.Bar("a", -2.5)], -2.5, total_label="sum", title="t")
    assert "−2.50" in svg
    assert "-2.50" not in svg


def test_a_long_path_wraps_and_keeps_every_step() -> None:
    steps = [charts.Step("person", f"某某某某某 {n}", "friend", "P1") for n in range(12)]
    svg = charts.path(steps, title="t")
    assert svg.count('class="node person"') == 12
    rights = [
        float(x) + float(w)
        for x, w in re.findall(r'<rect class="node person" x="([\d.]+)".*?width="([\d.]+)"', svg)
    ]
    assert max(rights) <= charts.WIDTH


def test_a_fan_draws_its_trunk_once_and_every_branch() -> None:
    trunk = [charts.Step("officer", "甲"), charts.Step("organisation", "某茶坊", "owner")]
    branches = [charts.Step("person", f"某{n}", "employee") for n in range(7)]
    svg = charts.fan(trunk, branches, title="t")
    assert svg.count('class="node officer"') == 1
    assert svg.count('class="node person"') == 7
    assert svg.count("employee") == 7


def test_hostile_text_is_text_in_every_picture() -> None:
    pictures = [
        charts.waterfall([charts.Bar(HOSTILE, 1)], 1, total_label=HOSTILE, title=HOSTILE),
        charts.path([charts.Step("person", HOSTILE, "", HOSTILE)] * 2, title=HOSTILE),
        charts.timeline([charts.Event(0, HOSTILE, "none", HOSTILE)], [(0, HOSTILE)], title=HOSTILE),
        charts.hours([1] * 24, [2] * 24, title=HOSTILE),
    ]
    for svg in pictures:
        assert "<script" not in svg
        assert parsed(svg).find("{http://www.w3.org/2000/svg}title").text == HOSTILE  # type: ignore[union-attr]


def test_hours_stack_unexplained_on_explained() -> None:
    svg = charts.hours([2] + [0] * 23, [1] + [0] * 23, title="t")
    heights = [float(h) for h in re.findall(r'class="(?:full|none)".*?height="([\d.]+)"', svg)]
    assert abs(heights[0] - 2 * heights[1]) < 0.11


def test_a_timeline_without_events_is_no_picture() -> None:
    assert charts.timeline([], [], title="t") == ""
