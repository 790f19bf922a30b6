"""What a report consists of, whatever format it is rendered to.

A report is a sequence of blocks.  Text is plain (no markup); a format escapes it.  Charts are
SVG elements made by `charts.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal, TypeVar


@dataclass(frozen=True)
class Heading:
    """A section (level 2) or sub-section (level 3); `anchor` is unique within the report."""

    text: str
    level: Literal[2, 3] = 2
    anchor: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Sentences; `tone` is `plain`, `lead` (larger) or `note` (smaller)."""

    text: str
    tone: Literal["plain", "lead", "note"] = "plain"


@dataclass(frozen=True)
class Facts:
    """Short label and value pairs."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """Rows of text under a caption; `note` says what was left out.

    `numeric` names the columns set to the right, `unbroken` those whose cells stay on one line.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    numeric: frozenset[int] = frozenset()
    unbroken: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Chart:
    """A vector picture and the sentence under it."""

    caption: str
    svg: str


@dataclass(frozen=True)
class Sides:
    """Two lists of equal weight, side by side: what speaks for misuse and what against it."""

    left_title: str
    left: tuple[str, ...]
    right_title: str
    right: tuple[str, ...]
    empty: str = ""


@dataclass(frozen=True)
class Bullets:
    """A list of sentences."""

    items: tuple[str, ...]


Block = Heading | Paragraph | Facts | Table | Chart | Sides | Bullets


@dataclass(frozen=True)
class Report:
    """A whole report: `data` holds the same facts for machines and is what JSON adds."""

    kind: str
    id: str
    title: str
    subtitle: str
    language: str
    blocks: tuple[Block, ...]
    data: Mapping[str, Any] = field(default_factory=dict)


T = TypeVar("T")


def numbered(blocks: tuple[Block, ...]) -> Iterator[tuple[Block, int]]:
    """Each block with its number among tables or among pictures; 0 for what has no caption."""
    counts: dict[type, int] = {Table: 0, Chart: 0}
    for block in blocks:
        if type(block) in counts:
            counts[type(block)] += 1
        yield block, counts.get(type(block), 0)


def rewritten(report: Report, text: Callable[[str], str], svg: Callable[[str], str]) -> Report:
    """The report with `text` applied to every text that a reader or a machine sees.

    `svg` is applied to pictures, which are markup.  Anchors, kinds and the language stay.
    """
    blocks = tuple(_block(block, text, svg) for block in report.blocks)
    return replace(
        report,
        id=text(report.id),
        title=text(report.title),
        subtitle=text(report.subtitle),
        blocks=blocks,
        data=deep(report.data, text),
    )


def deep(value: T, text: Callable[[str], str]) -> T:
    """A copy of nested values with `text` applied to every text, keys of mappings included."""
    found: Any = value
    if isinstance(value, str):
        found = text(value)
    elif isinstance(value, Mapping):
        found = {text(k) if isinstance(k, str) else k: deep(v, text) for k, v in value.items()}
    elif isinstance(value, list | tuple):
        items = [deep(item, text) for item in value]
        found = tuple(items) if isinstance(value, tuple) else items
    copied: T = found
    return copied


def _block(block: Block, text: Callable[[str], str], svg: Callable[[str], str]) -> Block:
    kept = {"level", "anchor", "tone", "numeric", "unbroken", "svg"}
    changed = {
        one.name: deep(getattr(block, one.name), text)
        for one in fields(block)
        if one.name not in kept
    }
    if isinstance(block, Chart):
        changed["svg"] = svg(block.svg)
    return replace(block, **changed)
