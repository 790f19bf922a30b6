"""A report in a real browser: it opens alone, in both languages, and nothing is cut off."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkgraph.reports import charts, html
from linkgraph.reports.content import Chart, Heading, Paragraph, Report, Sides, Table
from linkgraph.reports.words import Words
from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=alert(1)> 堃喆犇峯 '\"&"


def report(language: str) -> Report:
    words = Words(language)
    trunk = [
        charts.Step("officer", "林明宗", "", "KH88929"),
        charts.Step("person", "陳文章", words.value("friend"), "S195845726"),
        charts.Step("organisation", HOSTILE, words.value("owner"), "ORG647206"),
    ]
    branches = [charts.Step("person", f"何志偉{n}", words.value("customer")) for n in range(8)]
    bars = [charts.Bar(words("waterfall"), -2.0), charts.Bar(HOSTILE, 6.5)]
    return Report(
        kind="lead",
        id="x",
        title=words("report.lead", label=HOSTILE),
        subtitle=HOSTILE,
        language=language,
        blocks=(
            Heading(words("summary"), 2, "summary"),
            Paragraph(words("neutral"), "lead"),
            Chart(words("path.caption"), charts.fan(trunk, branches, title=words("path.title"))),
            Sides(words("speaks_for"), (HOSTILE,), words("speaks_against"), (), words("nothing")),
            Chart(
                words("waterfall.caption"),
                charts.waterfall(bars, 4.5, total_label=words("total"), title=words("waterfall")),
            ),
            Table(
                words("caption.lookups"), ("a", "b"), ((HOSTILE, "1"),) * 5, unbroken=frozenset({1})
            ),
        ),
    )


@pytest.mark.parametrize("language", ["en", "zh-TW"])
def test_a_report_opens_alone_and_fits_the_page(
    language: str, tmp_path: Path, open_page: OpenPage, screenshots: Path
) -> None:
    file = tmp_path / "report.html"
    file.write_text(html.render(report(language)), encoding="utf-8")
    page = open_page(file, width=1120, height=1400)
    page.screenshot(path=str(screenshots / f"report-{language}.png"), full_page=True)
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("img").count() == 0
    assert page.locator("svg.chart").count() == 2
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    outside = page.evaluate(
        """() => [...document.querySelectorAll('svg.chart')].flatMap(svg => {
            const frame = svg.getBoundingClientRect();
            return [...svg.querySelectorAll('rect')].filter(r => {
                const box = r.getBoundingClientRect();
                return box.right > frame.right + 1 || box.bottom > frame.bottom + 1;
            });
        }).length"""
    )
    assert outside == 0


def test_identifiers_are_read_whole_and_long_contents_wrap(
    tmp_path: Path, open_page: OpenPage
) -> None:
    columns = ("Time", "Officer", "System", "Subject", "Indicators", "Source row")
    cells = ("2024-07-16 09:37", "盧志誠 (KH61677)", "criminal_record", "x" * 200)
    row = (*cells, "A system that shows content, " * 9, "lookups.csv:1027958")
    leads = [Heading(f"Lead {i}: 盧志誠 (KH61677) → {'長' * 40}", 2, f"l{i}") for i in range(12)]
    table = Table("c", columns, (row,), unbroken=frozenset({0}))
    made = Report("officer", "x", "T", "s", "en", (*leads, table))
    file = tmp_path / "report.html"
    file.write_text(html.render(made), encoding="utf-8")
    page = open_page(file, width=1280, height=900)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    lines = page.evaluate(
        """() => [...document.querySelectorAll('td')].map(cell => {
            const text = document.createRange();
            text.selectNodeContents(cell.querySelector('div') ?? cell);
            const tops = [...text.getClientRects()].filter(box => box.width && box.height < 40);
            return new Set(tops.map(box => Math.round(box.top))).size;
        })"""
    )
    assert lines[2] == lines[5] == 1
    assert lines[3] > 1
