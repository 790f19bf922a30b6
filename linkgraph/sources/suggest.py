"""A first mapping for files nobody has described: from their headings and values.

It recognises headings by the words of `model/headings.py`, and values by what they look like
(national IDs, plates, dates, hours).  What it does not know it writes down as a comment, so that
nothing is lost in silence; what the contract needs and no heading gives, likewise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import yaml
from rapidfuzz import fuzz

from linkgraph.errors import UsageError
from linkgraph.model.headings import bare, column_words, table_words, value_of
from linkgraph.model.tables import TABLES, Column, Table
from linkgraph.sources.mapping_hours import read_grid
from linkgraph.sources.readers import kind_of
from linkgraph.sources.suggest_values import (
    CASE_NUMBER,
    Sample,
    date_format,
    has_clock,
    is_clock,
    side_by_side,
    take_sample,
)

LIKE = 88
"""How like a known word (0 to 100) a heading must be to be taken for it."""


def suggest(paths: Sequence[Path]) -> str:
    """The YAML of a first mapping for `paths`; files with the same headings go by one name.

    Reads headings and some hundred rows of each.  Raises UsageError without files and
    SourceError if one cannot be read.
    """
    if not paths:
        raise UsageError("No file was given.", remedy="Name the files to map.")
    groups: dict[tuple[str, ...], list[Sample]] = {}
    for path in sorted(set(_expanded(paths))):
        sample = take_sample(path)
        groups.setdefault(sample.columns, []).append(sample)
    lines = [
        "# A first mapping, made from headings and values. Read every line before loading:",
        "# `linkgraph map check` says what is missing.",
        "",
        "files:",
    ]
    named: list[tuple[str, list[Sample]]] = []
    for samples in groups.values():
        name = _name(samples[0].path, {name for name, _ in named})
        named.append((name, samples))
        lines.append(f"  {name}: {_file(samples)}")
    lines += ["", "tables:"]
    for name, samples in named:
        lines += _feeds(name, samples)
    return "\n".join(lines) + "\n"


@dataclass
class _Guess:
    """One table as it could be fed from one file."""

    table: Table
    columns: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    score: float = 0.0


def _feeds(name: str, samples: list[Sample]) -> list[str]:
    sample = samples[0]
    guess = _best(sample)
    if guess is None:
        listed = ", ".join(sample.columns)
        return [f"  # {name}: no table of the contract fits its headings ({listed}).", ""]
    lines = [f"  - table: {guess.table.name}", f"    from: {name}"]
    grid = _grid(sample) if guess.table.name == "duties" else ()
    if grid:
        lines += _roster(guess, sample)
        guess.used.update(grid)
    lines += _sides(guess, sample)
    lines.append("    columns:")
    order = [column.name for column in guess.table.columns]
    for column in sorted(guess.columns, key=order.index):
        lines.append(f"      {column}: {guess.columns[column]}")
    missing = [column for column in guess.table.required if column not in guess.columns]
    missing += [
        " or ".join(group) for group in guess.table.one_of if not set(group) & set(guess.columns)
    ]
    lines += [f"      # {column}: needed, and no heading looks like it" for column in missing]
    unused = [heading for heading in sample.columns if heading not in guess.used]
    if unused:
        lines.append(f"    # not used: keep: [{', '.join(map(_scalar, unused))}]")
    return [*lines, ""]


# ---- which table ------------------------------------------------------------------------


def _best(sample: Sample) -> _Guess | None:
    guesses = [_guess(table, sample) for table in TABLES.values()]
    best = max(guesses, key=lambda g: (g.score, -len(g.table.columns), g.table.name))
    return best if best.score > 0 else None


def _guess(table: Table, sample: Sample) -> _Guess:
    guess = _Guess(table)
    grid = _grid(sample) if table.name == "duties" else ()
    scored = sorted(
        (
            (-_likeness(column, heading, sample), place, order, column, heading)
            for order, column in enumerate(table.columns)
            for place, heading in enumerate(sample.columns)
            if heading not in grid
        ),
        key=lambda item: item[:3],
    )
    for likeness, _, _, column, heading in scored:
        if -likeness >= LIKE and column.name not in guess.columns and heading not in guess.used:
            guess.columns[column.name] = _cell(column, heading, sample)
            guess.used.add(heading)
    if grid:
        guess.columns |= {"start": "hour.start", "end": "hour.end", "kind": _entries(sample, grid)}
    _clock(guess, sample)
    _subjects(guess, sample)
    _case_number(guess, sample)
    needed = [*((c,) for c in table.required), *table.one_of]
    met = sum(1 for group in needed if set(group) & set(guess.columns))
    stem = bare(sample.path.name.split(".")[0])
    hinted = any(word in stem for word in table_words(table.name) if len(word) > 1)
    if not guess.used or (met < len(needed) and not hinted and not grid):
        guess.score = 0.0
        return guess
    guess.score = (
        2 * met / len(needed) + len(guess.used) / len(sample.columns) + (0.5 if hinted else 0)
    )
    guess.score += 1.0 if grid else 0.0
    return guess


def _likeness(column: Column, heading: str, sample: Sample) -> float:
    """0 to 100: how much the heading, and the values under it, look like the column."""
    wanted = bare(heading)
    if not wanted:
        return 0.0
    words = column_words(column.name)
    if wanted in words:
        score = 100.0
    else:
        score = max(fuzz.ratio(wanted, word) for word in words)
        inside = [word for word in words if _within(word, wanted)]
        score = max([score, *(85 + 10 * len(word) / len(wanted) for word in inside)])
    values = sample.values(heading) if column.values else []
    if values and not any(value_of(value, column.values) for value in values):
        return 0.0
    seen = sample.looks(heading)
    if column.type in {"time", "date"} and seen not in {"time", None}:
        return 0.0
    if seen == "time" and column.type not in {"time", "date"}:
        return 0.0
    if column.entity in {"person", "vehicle"} and seen in {"person", "vehicle"}:
        score = 0.0 if seen != column.entity else score + 5
    return score


def _within(word: str, heading: str) -> bool:
    """Whether a longer heading says the word: Chinese puts the noun last (車主起日: 起日)."""
    if word.isascii():
        return len(word) > 2 and word in heading
    return len(word) > 1 and (heading.endswith(word) or (len(word) > 2 and word in heading))


# ---- one column -------------------------------------------------------------------------


def _cell(column: Column, heading: str, sample: Sample) -> str:
    if column.type in {"time", "date"}:
        form = date_format(sample.values(heading))
        if form:
            return f"{{heading: {_scalar(heading)}, dates: {_scalar(form)}}}"
    if column.values:
        return _enumerated(heading, column.values, sample)
    return _scalar(heading)


def _enumerated(heading: str, allowed: tuple[str, ...], sample: Sample) -> str:
    seen = sorted(set(sample.values(heading)))
    known = {text: value_of(text, allowed) for text in seen[:40]}
    translated = {text: value for text, value in known.items() if value and value != text}
    unknown = [text for text, value in known.items() if value is None]
    if not translated and not unknown:
        return _scalar(heading)
    pairs = ", ".join(f"{_scalar(text)}: {value}" for text, value in translated.items())
    note = f"  # also seen: {', '.join(unknown[:8])}" if unknown else ""
    return f"{{heading: {_scalar(heading)}, values: {{{pairs}}}}}{note}"


def _subjects(guess: _Guess, sample: Sample) -> None:
    """The subject by the look of its values, and its kind where the file does not say it."""
    if "subject_id" not in guess.table.by_name:
        return
    if "subject_id" not in guess.columns:
        for heading in sample.columns:
            if heading not in guess.used and sample.looks(heading) in {
                "person",
                "vehicle",
            }:
                guess.columns["subject_id"] = _scalar(heading)
                guess.used.add(heading)
                break
    if "subject_id" in guess.columns and "subject_kind" not in guess.columns:
        heading = yaml.safe_load(guess.columns["subject_id"])
        kind = sample.looks(heading) if isinstance(heading, str) else None
        if kind in {"person", "vehicle"}:
            guess.columns["subject_kind"] = f"{{constant: {kind}}}"


def _clock(guess: _Guess, sample: Sample) -> None:
    """Day and time of day in two columns, as one value."""
    for column in guess.table.columns:
        day = guess.columns.get(column.name, "")
        heading = yaml.safe_load(day) if day else None
        if column.type != "time" or not isinstance(heading, str) or heading not in sample.columns:
            continue
        if any(has_clock(value) for value in sample.values(heading)):
            continue
        for other in sample.columns:
            if other not in guess.used and is_clock(sample.values(other)):
                guess.columns[column.name] = f'{{template: "{{{heading}}} {{{other}}}"}}'
                guess.used.add(other)
                break


def _case_number(guess: _Guess, sample: Sample) -> None:
    """A case number inside the purposes, where no column holds it."""
    if guess.table.name != "lookups" or "case_id" in guess.columns:
        return
    heading = yaml.safe_load(guess.columns.get("purpose", "null"))
    if isinstance(heading, str) and any(CASE_NUMBER.search(v) for v in sample.values(heading)):
        pattern = _scalar(f"({CASE_NUMBER.pattern})")
        guess.columns["case_id"] = f"{{heading: {_scalar(heading)}, extract: {pattern}}}"


# ---- rosters and columns side by side ---------------------------------------------------


def _grid(sample: Sample) -> tuple[str, ...]:
    hours = tuple(heading for heading, _, _ in read_grid(sample.columns))
    return hours if len(hours) >= 6 else ()


def _roster(guess: _Guess, sample: Sample) -> list[str]:
    grid = _grid(sample)
    day = next(
        (
            heading
            for heading in sample.columns
            if heading not in grid and sample.looks(heading) == "time"
        ),
        None,
    )
    if day is None:
        return ["    # unpivot_hours: {date: ...}  needed, and no heading looks like the day"]
    guess.used.add(day)
    return [f"    unpivot_hours: {{date: {_scalar(day)}}}"]


def _entries(sample: Sample, grid: tuple[str, ...]) -> str:
    allowed = TABLES["duties"].by_name["kind"].values
    seen = sorted({value for heading in grid for value in sample.values(heading)})
    bared = sorted({value.rstrip("0123456789") or value for value in seen})
    # Entries such as 值班101 name the duty and its number.
    numbered = bared != seen and any(value_of(text, allowed) for text in bared)
    known = {text: value_of(text, allowed) for text in (bared if numbered else seen)[:40]}
    pairs = ", ".join(f"{_scalar(t)}: {v}" for t, v in known.items() if v and v != t)
    unknown = [text for text, value in known.items() if value is None]
    note = f"  # also seen: {', '.join(unknown[:8])}" if unknown else ""
    cut = ', replace: {"[0-9]+$": ""}' if numbered else ""
    return f"{{heading: hour.value{cut}, values: {{{pairs}}}}}{note}"


def _sides(guess: _Guess, sample: Sample) -> list[str]:
    """Columns that are numbered alike (owner 1, owner 2), as one `unpivot`."""
    sides = side_by_side(sample.columns)
    by_heading = {_scalar(first): stem for stem, first in sides.first.items()}
    mapped = {
        column: by_heading[text] for column, text in guess.columns.items() if text in by_heading
    }
    if not mapped:
        return []
    lines = ["    unpivot:", "      as: each", "      sets:"]
    for number in sides.numbers:
        members = {column: sides.headings.get((stem, number)) for column, stem in mapped.items()}
        if all(members.values()):
            pairs = ", ".join(f"{c}: {_scalar(h)}" for c, h in members.items() if h)
            lines.append(f"        - {{{pairs}}}")
            guess.used.update(h for h in members.values() if h)
    if len(lines) < 5:
        return []
    guess.columns |= {column: f"each.{column}" for column in mapped}
    return lines


# ---- names ------------------------------------------------------------------------------


def _file(samples: list[Sample]) -> str:
    names = [_scalar(sample.path.name) for sample in samples]
    path = names[0] if len(names) == 1 else f"[{', '.join(names)}]"
    encoding = samples[0].encoding
    if encoding.lower().replace("_", "-") in {"", "utf-8", "utf-8-sig", "ascii"}:
        return path
    return f"{{path: {path}, encoding: {encoding}}}"


def _name(path: Path, taken: set[str]) -> str:
    words = [w for w in path.name.split(".")[0].replace("-", "_").split() if w]
    stem = "_".join(words).strip("0123456789_") or "file"
    if kind_of(path) != "text" and stem in taken:
        stem = f"{stem}_{path.suffix[1:]}"
    name, again = stem, 2
    while name in taken:
        name, again = f"{stem}_{again}", again + 1
    return name if name == _scalar(name) else f"file_{len(taken) + 1}"


def _scalar(text: str) -> str:
    """`text` as YAML reads it back, also inside `{}` and `[]`."""
    safe = text and all(c.isalnum() or c in "_. " for c in text) and not text[0].isdigit()
    if safe and text == text.strip() and isinstance(yaml.safe_load(text), str):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def _expanded(paths: Sequence[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        found += (
            islice((p for p in sorted(path.rglob("*")) if p.is_file()), 500)
            if path.is_dir()
            else [path]
        )
    return found
