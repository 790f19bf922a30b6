"""The HTML of a report stands alone: no script, no request, no markup from data."""

from __future__ import annotations

import base64
import hashlib
import re

from linkgraph.reports import as_json, html
from linkgraph.reports.content import (
    Bullets,
    Chart,
    Facts,
    Heading,
    Paragraph,
    Report,
    Sides,
    Table,
)

HOSTILE = '</title><script>alert("x")</script>{{ 7*7 }}=HYPERLINK("http://x")'


def hostile_report() -> Report:
    return Report(
        kind="lead",
        id="x",
        title=HOSTILE,
        subtitle=HOSTILE,
        language="zh-TW",
        blocks=(
            Heading(HOSTILE, 2, "a"),
            Paragraph(HOSTILE, "note"),
            Facts(((HOSTILE, HOSTILE),)),
            Bullets((HOSTILE,)),
            Table(HOSTILE, (HOSTILE,), ((HOSTILE,),), HOSTILE),
            Sides(HOSTILE, (HOSTILE,), HOSTILE, (), HOSTILE),
            Chart(HOSTILE, "<svg></svg>"),
        ),
    )


def test_hostile_text_never_becomes_markup() -> None:
    page = html.render(hostile_report())
    assert "<script" not in page
    assert "{{ 7*7 }}" in page


def test_the_page_allows_only_its_own_style() -> None:
    page = html.render(hostile_report())
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in page
    assert "default-src 'none'" in page
    assert not re.search(r"""(src|href)=["'](?!#)""", page)
    assert " style=" not in page


def test_both_sides_stand_in_the_same_frame() -> None:
    page = html.render(hostile_report())
    sides = re.search(r'<div class="sides">(.*?)</div>', page, re.DOTALL)
    assert sides is not None
    assert sides[1].count("<section>") == 2


def test_json_has_the_blocks_but_no_pictures() -> None:
    text = as_json.render(hostile_report())
    assert "svg" not in text
    assert '"block": "table"' in text
    assert as_json.render(hostile_report()) == text
