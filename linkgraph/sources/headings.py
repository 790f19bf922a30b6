"""The heading row of a table: where it is, and its names made distinct."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from linkgraph.errors import SourceError
from linkgraph.sources.staging import Finding

SEARCHED = 30
"""How many rows from the top may come before the headings."""

MOST_COLUMNS = 500
"""More columns than this are no table of records, and cost memory for every one of them."""

_OURS = frozenset({"_row", "_file", "_sha256", "_also", "_source", "_others"})
"""Names of the columns that linkgraph puts beside those of a source."""


def choose_row(path: Path, top: Sequence[Sequence[str]], wanted: frozenset[str]) -> int:
    """The row (from 1) of `top` that holds the headings.

    With `wanted` headings, the first row that holds most of those any row holds; without,
    the first row as wide as the table below it, so that a title above it is passed over.
    Raises SourceError when no row will do.
    """
    rows = [[cell.strip() for cell in row] for row in top[:SEARCHED]]
    if not any(any(row) for row in rows):
        raise SourceError(f"{path} holds no headings.", remedy="Remove it or export it again.")
    if wanted:
        scores = [len({cell.casefold() for cell in row} & wanted) for row in rows]
        if max(scores) > 0:
            return scores.index(max(scores)) + 1
    filled = [sum(map(bool, row)) for row in rows]
    widest = max(filled)
    for number, (row, count) in enumerate(zip(rows, filled, strict=True), start=1):
        names = [cell for cell in row if cell]
        if count and 2 * count > widest and len(set(names)) == len(names):
            return number
    return filled.index(next(count for count in filled if count)) + 1


def distinct(path: Path, cells: Sequence[str], row: int) -> tuple[tuple[str, ...], list[Finding]]:
    """Headings trimmed and told apart (`name`, `name (2)`), blank ones named `column N`.

    Raises SourceError if there are more than `MOST_COLUMNS`.
    """
    if len(cells) > MOST_COLUMNS:
        raise SourceError(
            f"{path}, row {row}: {len(cells):,} columns; at most {MOST_COLUMNS:,} are read.",
            remedy="Export the columns that are needed, or state the delimiter in a mapping.",
        )
    names: list[str] = []
    findings: list[Finding] = []
    taken: set[str] = set()
    for number, cell in enumerate(cells, start=1):
        plain = cell.replace("\ufeff", "").replace("\0", "⟨00⟩")
        wished = " ".join(plain.split()) or f"column {number}"
        given, again = wished, 2
        while given.casefold() in taken | _OURS:
            given, again = f"{wished} ({again})", again + 1
        if given != wished:
            why = "heading of our own use" if wished.casefold() in _OURS else "heading met again"
            findings.append(Finding(path.name, row, wished, "", f"{why}; read as `{given}`"))
        taken.add(given.casefold())
        names.append(given)
    return tuple(names), findings
