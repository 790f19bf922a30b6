"""A report as PDF: real text in an embedded font, headings, captions, page numbers, contents."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.resources import files
from typing import Any, Literal

from linkgraph.errors import DocumentError
from linkgraph.reports import layout, pictures
from linkgraph.reports.content import Block, Chart, Report, Table, numbered

Format = Literal["pdf", "png"]
_DOTS = 220
"""Pixels to the inch of a bitmap."""
_UNBROKEN = 18
_BREAK = "\u200b"


def render(report: Report, fonts: tuple[str, ...] = ()) -> tuple[bytes, tuple[str, ...]]:
    """The PDF and what is to be said about it: each character that no font here has.

    The same report and fonts give the same bytes: the document carries no date.  Raises
    DocumentError where a font is missing.
    """
    paper = layout.prepared(report, fonts)
    words, faces = paper.words, paper.typefaces
    given = {
        "title": paper.report.title,
        "subtitle": paper.report.subtitle,
        "author": "linkgraph",
        "lang": "zh" if report.language == "zh-TW" else "en",
        "region": "TW" if report.language == "zh-TW" else "GB",
        "fonts": list(faces.families),
        "contents": words("contents"),
        "page": words("page", page="{page}", pages="{pages}"),
        "blocks": _blocks(paper),
    }
    page = files("linkgraph.reports") / "page" / "report.typ"
    data = compiled(page.read_bytes(), faces.source, {"report": json.dumps(given)}, "pdf")
    return data, tuple(str(one) for one in faces.lacking)


def compiled(source: bytes, fonts: Any, inputs: dict[str, str], format_: Format) -> bytes:
    """What the typesetter makes of a source that reads its inputs and no file."""
    import typst

    try:
        data = typst.compile(source, font_paths=fonts, sys_inputs=inputs, format=format_, ppi=_DOTS)
    except typst.TypstError as problem:
        raise DocumentError(f"The document could not be set: {problem}.") from problem
    return data


def _blocks(paper: layout.Paper) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for block, number in numbered(paper.report.blocks):
        made = _block(paper, block, number)
        if made.get("wide"):
            while found and found[-1]["block"] == "heading":
                made["before"].insert(0, found.pop())
        found.append(made)
    return found


def _block(paper: layout.Paper, block: Block, number: int) -> dict[str, Any]:
    fields = {k: v for k, v in asdict(block).items() if not isinstance(v, frozenset)}
    name = type(block).__name__.lower()
    if isinstance(block, Chart):
        drawn = pictures.standalone(block.svg, paper.typefaces.families)
        width, _ = pictures.size(block.svg)
        return fields | {
            "block": name,
            "svg": drawn,
            "label": _label(paper, "figure", number),
            "width": min(1.0, width / 860),
        }
    if isinstance(block, Table):
        return fields | {
            "block": name,
            "label": _label(paper, "table", number),
            "numeric": sorted(block.numeric),
            "wide": layout.wide(block),
            "before": [],
            "whole": layout.whole(block),
            "widths": layout.widths(block),
            "rows": [[_breaking(cell) for cell in row] for row in block.rows],
        }
    if "rows" in fields:
        fields["rows"] = [[label, _breaking(value)] for label, value in fields["rows"]]
    return fields | {"block": name}


def _label(paper: layout.Paper, key: str, number: int) -> str:
    return f"{paper.words(key)} {number}"


def _breaking(text: str) -> str:
    """The text with places to break in words too long for a line: hashes, paths, ids."""
    return " ".join(
        word if len(word) <= _UNBROKEN or not word.isascii() else _pieces(word)
        for word in text.split(" ")
    )


def _pieces(word: str) -> str:
    return _BREAK.join(word[at : at + 8] for at in range(0, len(word), 8))
