"""What the values of a column look like, from a sample of its rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from linkgraph.errors import SourceError
from linkgraph.model import dates, identifiers
from linkgraph.sources.readers import kind_of

ROWS = 300
"""How many rows of a file are looked at."""

LOOKED_AT = 60
"""How many of a column's values are read to tell what they look like."""

MOST = 0.8
"""The share of filled values that must look alike."""

CASE_NUMBER = re.compile("[0-9]{2,3}[^0-9 　，。、（）()]{0,8}字第[0-9]+號")

_NATIONAL_ID = re.compile("[A-Z][1289A-D][0-9]{8}")
_PLATE = re.compile("(?=.*[A-Z])(?=.*[0-9])[A-Z0-9]{2,4}-[A-Z0-9]{2,4}")
_CLOCK = re.compile("([01]?[0-9]|2[0-3])[:：時]?[0-5][0-9]([:：分]?[0-5][0-9]秒?)?分?")
_NUMBERED = re.compile("^(.*?)[ _]?([0-9１-９一二三四])(.*)$")


@dataclass(frozen=True)
class Sample:
    """The headings of a file and its first rows; `encoding` is empty unless it is text."""

    path: Path
    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    encoding: str = ""
    seen: dict[str, str | None] = field(default_factory=dict, repr=False, compare=False)

    def looks(self, heading: str) -> str | None:
        """What the values under a heading look like; each heading is looked at once."""
        if heading not in self.seen:
            self.seen[heading] = looks_like(self.values(heading))
        return self.seen[heading]

    def values(self, heading: str) -> list[str]:
        """The filled values under a heading."""
        place = self.columns.index(heading)
        return [value for row in self.rows if (value := row[place])]


@dataclass(frozen=True)
class Sides:
    """Headings that are numbered alike: by stem and number, and the first of each stem."""

    numbers: tuple[str, ...] = ()
    headings: dict[tuple[str, str], str] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)


def take_sample(path: Path) -> Sample:
    """Headings and first rows of a source file.  Raises SourceError."""
    if not path.exists():
        raise SourceError(f"{path} does not exist.", remedy="Check the path.")
    kind = kind_of(path)
    if kind == "parquet":
        import pyarrow.parquet as pq

        batches = pq.ParquetFile(path).iter_batches(batch_size=ROWS)
        columns, encoding = tuple(pq.read_schema(path).names), ""
    elif kind == "sheet":
        from linkgraph.sources.sheets import Sheet

        sheet = Sheet(path)
        columns, batches, encoding = sheet.columns, sheet.batches(), ""
    else:
        from linkgraph.sources.delimited import open_delimited

        file = open_delimited(path)
        columns, batches, encoding = file.columns, file.batches(), file.text.encoding
    rows: list[tuple[str | None, ...]] = []
    for batch in islice(batches, 1):
        lists = [batch.column(name).to_pylist()[:ROWS] for name in columns]
        rows = [
            tuple(None if v is None else str(v).strip() for v in row)
            for row in zip(*lists, strict=True)
        ]
    return Sample(path, columns, tuple(rows), encoding)


def looks_like(values: Sequence[str]) -> str | None:
    """`person`, `vehicle` or `time` if most values are one; None if they are none of these."""
    if not values:
        return None
    values = values[:LOOKED_AT]
    needed = MOST * len(values)
    if _count(values, "person", _NATIONAL_ID) >= needed:
        return "person"
    if _count(values, "vehicle", _PLATE) >= needed and _share(values, "auto") < MOST:
        return "vehicle"
    separated = [
        v
        for v in values
        if re.search("[-/.年]", v) or re.fullmatch("[01]?[0-9]{6}", v) or len(v) == 8
    ]
    if len(separated) >= needed and (date_format(values) or _share(values, "auto") >= MOST):
        return "time"
    return None


def _count(values: Sequence[str], kind: str, form: re.Pattern[str]) -> int:
    return sum(bool(form.fullmatch(identifiers.normal(kind, value))) for value in values)


def has_clock(value: str) -> bool:
    """Whether a day is written with a time of day other than midnight."""
    found = dates.parse_time(value, timezone="UTC")
    return found is None or found % 86_400_000_000 != 0


def is_clock(values: Sequence[str]) -> bool:
    """Whether all values are times of day, such as `14:05` or `1405`."""
    return bool(values) and all(_CLOCK.fullmatch(value) for value in values[:LOOKED_AT])


def date_format(values: Sequence[str]) -> str:
    """The format that a mapping must state for these values; empty if none is needed."""
    if not values or _share(values, "auto") >= MOST:
        return ""
    times = [f"{day} %H:%M{second}" for day in _DAYS for second in ("", ":%S")]
    best = max((*_DAYS, *times), key=lambda name: _share(values, name))
    return best if _share(values, best) >= MOST else ""


_DAYS = ("%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%m/%d/%y")


def side_by_side(headings: Sequence[str]) -> Sides:
    """Headings that differ in one number alone: `owner 1`, `owner 2`."""
    found: dict[tuple[str, str], str] = {}
    for heading in headings:
        match = _NUMBERED.match(heading)
        if match:
            found.setdefault((f"{match[1]}{match[3]}", match[2]), heading)
    stems = {stem for stem, _ in found}
    several = {s for s in stems if s and sum(1 for stem, _ in found if stem == s) > 1}
    kept = {key: heading for key, heading in found.items() if key[0] in several}
    numbers = tuple(dict.fromkeys(number for _, number in kept))
    first = {
        stem: kept[stem, number]
        for number in reversed(numbers)
        for stem in several
        if (stem, number) in kept
    }
    return Sides(numbers, kept, first)


def _share(values: Sequence[str], name: str) -> float:
    read = sum(
        dates.parse_time(value, timezone="UTC", formats=(name,)) is not None for value in values
    )
    return read / len(values)
