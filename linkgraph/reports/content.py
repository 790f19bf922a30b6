"""What a report consists of, whatever format it is rendered to.

A report is a sequence of blocks.  Text is plain (no markup); a format escapes it.  Charts are
SVG elements made by `charts.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal


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
