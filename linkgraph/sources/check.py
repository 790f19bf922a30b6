"""Checking a mapping without loading anything: in itself, then against the files it names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from linkgraph.errors import LinkgraphError
from linkgraph.sources.mapping import (
    match_files,
    missing_files,
    read_headings,
    read_text,
)
from linkgraph.sources.mapping_names import Headings
from linkgraph.sources.mapping_parse import parse
from linkgraph.sources.mapping_sql import feed_sql
from linkgraph.sources.mapping_yaml import Problem

__all__ = ["Problem", "check", "notices"]


def check(mapping_path: Path, base: Path | Sequence[Path] | None = None) -> list[Problem]:
    """All that is wrong with a mapping, in the order of its lines; an empty list if nothing is.

    `base` is the folder, or the files and folders, that the mapping is for; without it, the
    mapping is checked in itself alone.  Of the source files only headings are read.  Raises
    MappingError if the mapping itself cannot be read.
    """
    mapping, problems = parse(read_text(mapping_path), mapping_path)
    if mapping is None or base is None:
        return problems
    sources = [base] if isinstance(base, Path) else list(base)
    try:
        matched, _ = match_files(mapping, sources)
    except LinkgraphError as problem:
        return [*problems, Problem(mapping_path.name, 0, problem.message, problem.remedy)]
    problems += missing_files(mapping, matched)
    headings: dict[str, Headings] = {}
    for spec in mapping.files:
        try:
            headings[spec.name] = read_headings(mapping, spec, matched[spec.name])
        except LinkgraphError as problem:
            problems.append(Problem(mapping_path.name, spec.line, problem.message, problem.remedy))
            headings[spec.name] = Headings(spec, ())
    for feed in mapping.feeds:
        problems += feed_sql(mapping, feed, headings, timezone="UTC").problems
    return sorted(set(problems), key=lambda p: (p.line, p.message))


def notices(mapping_path: Path, base: Path | Sequence[Path] | None = None) -> list[Problem]:
    """What is not wrong but worth knowing: files that no name fits, tables that are not fed."""
    mapping, _ = parse(read_text(mapping_path), mapping_path)
    if mapping is None:
        return []
    fed = {feed.table for feed in mapping.feeds}
    found = [
        Problem(
            mapping_path.name,
            0,
            f"feeds no `{table}`.",
            f"Without {table} nothing is screened; the rest can be looked at.",
        )
        for table in ("officers", "lookups")
        if table not in fed
    ]
    if base is not None:
        sources = [base] if isinstance(base, Path) else list(base)
        _, unnamed = match_files(mapping, sources)
        found += [
            Problem(mapping_path.name, 0, f"names no use for {path.name}.") for path in unnamed
        ]
    return found
