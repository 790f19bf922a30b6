"""What a mapping says, as data; every part keeps the line it was written on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

KEEP_OTHERS = object()
"""`values` without `otherwise`: a value that is not listed stays as it is."""


@dataclass(frozen=True)
class Ref:
    """A heading as written, `alias.heading` for one of a join, a pair or an unpivot."""

    text: str
    line: int


@dataclass(frozen=True)
class Cell:
    """How one value is made: an origin, then steps in the order of the fields below.

    Exactly one of `heading`, `constant`, `template` and `first_of` is set.
    """

    line: int
    heading: Ref | None = None
    constant: str | None = None
    template: str | None = None
    parts: tuple[tuple[Ref, bool], ...] = ()
    first_of: tuple[Ref, ...] = ()
    empty: tuple[str, ...] = ()
    extract: str | None = None
    replace: tuple[tuple[str, str], ...] = ()
    values: tuple[tuple[str, str | None], ...] = ()
    otherwise: object = KEEP_OTHERS
    dates: tuple[str, ...] = ()

    @property
    def refs(self) -> tuple[Ref, ...]:
        """Every heading that this value is made of."""
        own = (self.heading,) if self.heading else ()
        return (*own, *(ref for ref, _ in self.parts), *self.first_of)


@dataclass(frozen=True)
class Condition:
    """What must hold of one heading for a row to be taken."""

    ref: Ref
    among: tuple[str, ...] = ()
    not_among: tuple[str, ...] = ()
    matches: str | None = None
    not_matches: str | None = None
    filled: bool | None = None


@dataclass(frozen=True)
class Join:
    """Columns of another file by key; one row becomes as many as there are partners."""

    alias: str
    file: str
    on: tuple[tuple[Ref, Ref], ...]
    required: bool
    where: tuple[Condition, ...]
    line: int


@dataclass(frozen=True)
class Pairs:
    """Every two rows of one file that agree in `by` and differ in `of`, once."""

    by: tuple[Ref, ...]
    of: Ref
    first: str
    second: str
    line: int


@dataclass(frozen=True)
class Unpivot:
    """Columns side by side, such as owner 1 and owner 2, one row for each set that is filled."""

    alias: str
    sets: tuple[tuple[tuple[str, Ref], ...], ...]
    line: int


@dataclass(frozen=True)
class Hours:
    """A roster laid out as an hour grid: one row for each run of hours with the same entry.

    `hours` are the headings of the grid, or empty for every heading that reads as an hour.
    `by` are headings that name whose hours they are: given, runs go on across rows.
    """

    day: Cell
    hours: tuple[Ref, ...]
    pattern: str | None
    by: tuple[Ref, ...]
    line: int


@dataclass(frozen=True)
class FileSpec:
    """One kind of source file: which names it goes by and how it is read."""

    name: str
    patterns: tuple[str, ...]
    line: int
    encoding: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    delimiter: str | None = None
    empty: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True)
class Feed:
    """One kind of file feeding one table."""

    table: str
    file: str
    line: int
    columns: tuple[tuple[str, Cell], ...]
    extra: tuple[tuple[str, Cell], ...] = ()
    keep: tuple[Ref, ...] = ()
    keep_all: bool = False
    define: tuple[tuple[str, Cell], ...] = ()
    where: tuple[Condition, ...] = ()
    joins: tuple[Join, ...] = ()
    pairs: Pairs | None = None
    unpivot: Unpivot | None = None
    hours: Hours | None = None


@dataclass(frozen=True)
class Mapping:
    """A whole mapping, checked in itself; whether the files have its headings is not yet known."""

    path: Path
    files: tuple[FileSpec, ...]
    feeds: tuple[Feed, ...]
    timezone: str | None = None
