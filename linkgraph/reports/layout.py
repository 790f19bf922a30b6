"""What the paper formats share: text made visible, column widths, places where a line may break."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from linkgraph.reports import characters, pictures
from linkgraph.reports.charts import text_width
from linkgraph.reports.content import Bullets, Chart, Heading, Paragraph, Report, Table, rewritten
from linkgraph.reports.fonts import Typefaces, typefaces
from linkgraph.reports.words import Words

WIDE = 7
"""Tables of so many columns lie across the page."""
SHORT = 12
"""Tables of so many rows at most stay on one page."""
_NARROW, _BROAD = 26.0, 190.0
_LINE, _LINE_ACROSS = 482.0, 757.0
"""How many points a line has on A4 between its margins, upright and across."""


@dataclass(frozen=True)
class Paper:
    """A report ready to be set: every character has a glyph or is written out."""

    report: Report
    typefaces: Typefaces
    words: Words


def prepared(report: Report, fonts: Sequence[str] = ()) -> Paper:
    """The report for paper, with a section on the characters that no font here has.

    Raises DocumentError where a font is missing altogether; see `fonts.typefaces`.
    """
    words = Words(report.language)
    shown = rewritten(report, characters.visible, characters.visible)
    fixed = [words(key) for key in ("contents", "table", "figure", "glyphs", "glyphs.text")]
    faces = typefaces([*_texts(shown), *fixed, words("page", page="0123456789", pages="")], fonts)
    lacking = {one.character for one in faces.lacking}
    if lacking:

        def drawable(text: str) -> str:
            return characters.without(text, lacking)

        shown = rewritten(shown, drawable, drawable)
        said = Bullets(tuple(drawable(str(one)) for one in faces.lacking))
        more = (
            Heading(words("glyphs"), 2, "glyphs"),
            Paragraph(words("glyphs.text"), "note"),
            said,
        )
        shown = replace(shown, blocks=(*shown.blocks, *more))
    return Paper(shown, faces, words)


def widths(table: Table) -> tuple[float, ...]:
    """The share of the line that each column takes, by what its cells hold; sums to 1.

    Columns whose cells stay on one line have the room for it, as long as the others keep a third
    of the line; then all are narrowed alike.
    """
    firm = table.unbroken | table.numeric
    found = [_width(table, number) for number in range(len(table.columns))]
    line = _LINE_ACROSS if wide(table) else _LINE
    held = sum(width for number, width in enumerate(found) if number in firm)
    loose = sum(found) - held
    if held + loose > line and loose and line - held > line / 3:
        part = (line - held) / loose
        found = [w if number in firm else w * part for number, w in enumerate(found)]
    total = sum(found)
    return tuple(width / total for width in found)


def _width(table: Table, number: int) -> float:
    """About how many points wide a column would like to be."""
    cells = [text_width(row[number], 8) for row in table.rows] or [0.0]
    longest = max(cells)
    typical = sum(cells) / len(cells)
    kept = longest if number in table.unbroken or number in table.numeric else typical * 1.4
    words = [text_width(word, 8) for word in table.columns[number].split()] or [0.0]
    # Other fonts are a little broader; what must not break needs room for that.
    room = 1.12 if number in table.unbroken else 1.0
    return min(_BROAD, max(_NARROW, kept * room, *words) + 10)


def wide(table: Table) -> bool:
    """Whether the table lies across the page."""
    return len(table.columns) >= WIDE


def whole(table: Table) -> bool:
    """Whether the table stays on one page."""
    return len(table.rows) <= SHORT and sum(len(c) for row in table.rows for c in row) < 1500


def _texts(report: Report) -> Iterator[str]:
    yield report.title
    yield report.subtitle
    for block in report.blocks:
        for one in fields(block):
            value = getattr(block, one.name)
            if isinstance(block, Chart) and one.name == "svg":
                yield from pictures.texts(value)
            else:
                yield from _strings(value)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _strings(item)
