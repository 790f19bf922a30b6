"""Mappings: foreign source files as tables of the contract.

The language is described in `docs/mapping.md`.  A mapping is checked whole before any row is
read: first in itself (`load_mapping`), then against the headings of the files it names
(`stage`, or `check` without loading).  Each of its feeds then becomes one query of the table
engine; there is no loop over rows, and every row knows the source rows it was made of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from linkgraph.errors import MappingError
from linkgraph.sources import sql
from linkgraph.sources.mapping_model import Feed, FileSpec, Mapping
from linkgraph.sources.mapping_names import Headings
from linkgraph.sources.mapping_parse import parse
from linkgraph.sources.mapping_sql import feed_sql, view_name
from linkgraph.sources.mapping_yaml import Problem
from linkgraph.sources.places import files_below, must_exist
from linkgraph.sources.readers import kind_of, parquet_headings, read
from linkgraph.sources.staging import ALSO_TYPE, RawTable, StagedTable, Staging

if TYPE_CHECKING:
    import duckdb

__all__ = ["FeedCount", "MappedStaging", "Mapping", "load_mapping", "stage"]

_SHOWN = 20
_SPACES = " \t\r\n　\u00a0"


@dataclass(frozen=True)
class FeedCount:
    """What became of one source file's rows in one feed: `rows` = `used` + `left_out`.

    `made` are the rows for the table that these became: fewer or more where hours are joined,
    pairs are formed or another file has several partners.
    """

    table: str
    line: int
    file: str
    rows: int
    used: int
    made: int

    @property
    def left_out(self) -> int:
        """Rows from which this feed makes nothing: `where`, no partner, nothing filled."""
        return self.rows - self.used


@dataclass(frozen=True)
class MappedStaging(Staging):
    """A `Staging` with the accounts of each feed, the files read, and those that no name fits.

    `dropped` counts, per source file, the rows that no feed used at all.
    """

    raw: tuple[RawTable, ...] = ()
    labels: dict[str, str] = field(default_factory=dict)
    feeds: tuple[FeedCount, ...] = ()
    unnamed: tuple[Path, ...] = ()


def load_mapping(path: Path) -> Mapping:
    """The mapping in `path`.  Raises MappingError, which lists all that is wrong by line."""
    mapping, problems = parse(read_text(path), path)
    if mapping is None:
        raise problems_error(problems)
    return mapping


def stage(
    mapping: Mapping,
    files: Sequence[Path],
    connection: duckdb.DuckDBPyConnection,
    timezone: str,
) -> MappedStaging:
    """Stage every feed of `mapping` from `files` (files, or folders with all below them).

    Relations are made in `connection`.  `timezone` is the workspace's.  Raises MappingError if
    a pattern matches no file or a heading does not exist, SourceError if a file is unreadable.
    """
    matched, unnamed = match_files(mapping, files)
    problems = missing_files(mapping, matched)
    headings = {
        spec.name: read_headings(mapping, spec, matched[spec.name]) for spec in mapping.files
    }
    queries = {feed: feed_sql(mapping, feed, headings, timezone=timezone) for feed in mapping.feeds}
    problems += [problem for query in queries.values() for problem in query.problems]
    if problems:
        raise problems_error(problems)
    raw, labels = _read_all(mapping, matched, connection)
    tables, feeds, relations = [], [], []
    for number, (feed, query) in enumerate(queries.items()):
        if not headings[feed.file].files:
            continue
        relation = f"staged {number} {feed.table}"
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {sql.name(f'{relation} rows')} AS {query.text}"
        )
        _show(connection, relation, raw, labels)
        tables.append(StagedTable(feed.table, relation))
        relations.append(f"{relation} rows")
        feeds += _account(connection, feed, relations[-1], raw, labels)
    return MappedStaging(
        tables=tuple(tables),
        warnings=tuple(w for table in raw for w in table.warnings),
        dropped=_dropped(connection, relations, raw, labels),
        raw=tuple(raw),
        labels=labels,
        feeds=tuple(feeds),
        unnamed=tuple(unnamed),
    )


def match_files(
    mapping: Mapping, files: Sequence[Path]
) -> tuple[dict[str, list[tuple[Path, str]]], list[Path]]:
    """For each file name of the mapping, the paths it fits with their labels; paths left over.

    A pattern is matched from the end of the path: `log_*.csv`, `portal/*.csv`.
    """
    found: dict[Path, Path] = {}
    for given in files:
        if given.is_dir():
            inside = (p for p in files_below(given) if not p.name.startswith("."))
            found.update({p: p.relative_to(given) for p in inside})
        else:
            must_exist(given)
            found.setdefault(given, Path(given.name))
    used: set[Path] = set()
    matched: dict[str, list[tuple[Path, str]]] = {}
    for spec in mapping.files:
        fitting = [p for p in sorted(found) if any(p.match(pattern) for pattern in spec.patterns)]
        used.update(fitting)
        suffix = f" [{spec.sheet}]" if spec.sheet else ""
        matched[spec.name] = [(p, f"{found[p].as_posix()}{suffix}") for p in fitting]
    return matched, [p for p in sorted(found) if p not in used and p != mapping.path]


def missing_files(mapping: Mapping, matched: dict[str, list[tuple[Path, str]]]) -> list[Problem]:
    """A problem for each name whose pattern fits no file, unless the mapping says optional."""
    return [
        Problem(
            mapping.path.name,
            spec.line,
            f"no file matches `{', '.join(spec.patterns)}` ({spec.name}).",
            "Correct `path`, load the folder that holds it, or add `optional: true`.",
        )
        for spec in mapping.files
        if not matched[spec.name] and not spec.optional
    ]


def read_headings(mapping: Mapping, spec: FileSpec, paths: Sequence[tuple[Path, str]]) -> Headings:
    """The headings of the files of one name; no row is read.  Raises SourceError."""
    wanted = _wanted(mapping, spec)
    return Headings(spec, tuple((label, _columns(path, spec, wanted)) for path, label in paths))


def problems_error(problems: Sequence[Problem]) -> MappingError:
    """One error for all problems, each on a line of its own, in the order of the file."""
    ordered = sorted(set(problems), key=lambda p: (p.file, p.line, p.message))
    shown = "\n".join(map(str, ordered[:_SHOWN]))
    rest = f"\nand {len(ordered) - _SHOWN} more." if len(ordered) > _SHOWN else ""
    return MappingError(f"{shown}{rest}", remedy="" if len(ordered) == 1 else "Nothing was loaded.")


# ---- reading --------------------------------------------------------------------------------


def read_text(path: Path) -> str:
    """The text of a mapping file.  Raises MappingError."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as problem:
        raise MappingError(f"{path} does not exist.", remedy="Check the path.") from problem
    except UnicodeDecodeError as problem:
        raise MappingError(f"{path} is no UTF-8 text.", remedy="Save it as UTF-8.") from problem
    except OSError as problem:
        raise MappingError(
            f"{path} cannot be read: {problem.strerror}.", remedy="Name a file that you may read."
        ) from problem


def _columns(path: Path, spec: FileSpec, wanted: frozenset[str]) -> tuple[str, ...]:
    kind = kind_of(path)
    if kind == "parquet":
        return parquet_headings(path)[0]
    if kind == "sheet":
        from linkgraph.sources.sheets import Sheet

        return Sheet(path, sheet=spec.sheet, header_row=spec.header_row, wanted=wanted).columns
    from linkgraph.sources.delimited import open_delimited

    return open_delimited(
        path,
        encoding=spec.encoding,
        header_row=spec.header_row,
        delimiter=spec.delimiter,
        wanted=wanted,
    ).columns


def _wanted(mapping: Mapping, spec: FileSpec) -> frozenset[str]:
    """The headings that the mapping uses of this file: by them the heading row is known."""
    names: set[str] = set()
    for feed in mapping.feeds:
        if feed.file == spec.name:
            cells = [cell for _, cell in (*feed.columns, *feed.extra, *feed.define)]
            cells += [feed.hours.day] if feed.hours else []
            names.update(ref.text for cell in cells for ref in cell.refs)
            names.update(ref.text for ref in feed.keep)
            names.update(condition.ref.text for condition in feed.where)
            sets = feed.unpivot.sets if feed.unpivot else ()
            names.update(ref.text for one in sets for _, ref in one)
        for join in feed.joins:
            if join.file == spec.name:
                names.update(there.text for _, there in join.on)
    return frozenset(name.casefold() for name in names)


def _read_all(
    mapping: Mapping,
    matched: dict[str, list[tuple[Path, str]]],
    connection: duckdb.DuckDBPyConnection,
) -> tuple[list[RawTable], dict[str, str]]:
    """Read each file once per name, and show all of one name as one view with `_source`."""
    raw: list[RawTable] = []
    labels: dict[str, str] = {}
    for spec in mapping.files:
        wanted = _wanted(mapping, spec)
        parts = []
        for path, label in matched[spec.name]:
            table = read(
                connection,
                path,
                f"raw {len(raw)} {spec.name}",
                encoding=spec.encoding,
                sheet=spec.sheet,
                header_row=spec.header_row,
                delimiter=spec.delimiter,
                wanted=wanted,
                label=label,
            )
            labels[table.name] = label
            columns = "".join(
                f"{_clean(name, spec)} AS {sql.name(name)}, " for name in table.columns
            )
            source = f"{len(raw)}::BIGINT AS _source FROM {sql.name(table.relation)}"
            parts.append(f"SELECT {columns}_row, {source}")
            raw.append(table)
        if parts:
            union = " UNION ALL BY NAME ".join(parts)
            view = sql.name(view_name(spec.name))
            connection.execute(f"CREATE OR REPLACE TEMP VIEW {view} AS {union}")
    return raw, labels


def _clean(column: str, spec: FileSpec) -> str:
    trimmed = f"nullif(trim({sql.name(column)}, {sql.text(_SPACES)}), '')"
    if not spec.empty:
        return trimmed
    listed = ", ".join(map(sql.text, spec.empty))
    return f"CASE WHEN {trimmed} IN ({listed}) THEN NULL ELSE {trimmed} END"


# ---- provenance and accounts ----------------------------------------------------------------


def _show(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    raw: Sequence[RawTable],
    labels: dict[str, str],
) -> None:
    """The staged relation: a view that puts file and hash in place of the file's number."""
    files = f"([{', '.join(sql.text(labels[t.name]) for t in raw)}])"
    hashes = f"([{', '.join(sql.text(t.sha256) for t in raw)}])"
    also = (
        f"struct_pack(file := {files}[o.source + 1], sha256 := {hashes}[o.source + 1], "
        '"row" := o."row")'
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW {sql.name(relation)} AS "
        f"SELECT * EXCLUDE (_source, _others, _row), {files}[_source + 1] AS _file, "
        f"{hashes}[_source + 1] AS _sha256, _row, CAST(CASE WHEN len(_others) > 0 THEN "
        f"list_transform(_others, lambda o: {also}) END AS {ALSO_TYPE}) AS _also "
        f"FROM {sql.name(f'{relation} rows')}"
    )


def _account(
    connection: duckdb.DuckDBPyConnection,
    feed: Feed,
    rows: str,
    raw: Sequence[RawTable],
    labels: dict[str, str],
) -> list[FeedCount]:
    """One FeedCount for each file that drives the feed."""
    made = dict(_pairs(connection, f"SELECT _source, count(*) FROM {sql.name(rows)} GROUP BY 1"))
    used = dict(_pairs(connection, _used([rows])))
    return [
        FeedCount(
            feed.table,
            feed.line,
            labels[table.name],
            table.rows - len(table.rejected),
            used.get(number, 0),
            made.get(number, 0),
        )
        for number, table in enumerate(raw)
        if table.name.split(" ", 2)[2] == feed.file
    ]


def _dropped(
    connection: duckdb.DuckDBPyConnection,
    relations: Sequence[str],
    raw: Sequence[RawTable],
    labels: dict[str, str],
) -> dict[str, int]:
    """Rows that no feed used, by label; a file that goes by two names is counted once."""
    first: dict[str, int] = {}
    for number, table in enumerate(raw):
        first.setdefault(labels[table.name], number)
    same = [first[labels[table.name]] for table in raw]
    used = dict(_pairs(connection, _used(relations, same))) if relations else {}
    left = {
        label: raw[number].rows - len(raw[number].rejected) - used.get(number, 0)
        for label, number in first.items()
    }
    return {label: count for label, count in sorted(left.items()) if count}


def _used(relations: Sequence[str], same: Sequence[int] = ()) -> str:
    rows = " UNION ALL ".join(
        f"SELECT _source, _row FROM {sql.name(name)} UNION ALL "
        f'SELECT o.source, o."row" FROM (SELECT unnest(_others) AS o FROM {sql.name(name)})'
        for name in relations
    )
    source = f"({list(same)})[_source + 1]" if same else "_source"
    return (
        "SELECT source, count(*) FROM "
        f"(SELECT DISTINCT {source} AS source, _row FROM ({rows})) GROUP BY 1"
    )


def _pairs(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[int, int]]:
    return [(int(a), int(b)) for a, b in connection.execute(query).fetchall()]
