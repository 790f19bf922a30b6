"""A feed of a mapping as one DuckDB query over its source files."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass

from linkgraph.model import dates
from linkgraph.model.tables import TABLES
from linkgraph.sources import sql
from linkgraph.sources.mapping_hours import read_grid, runs_sql
from linkgraph.sources.mapping_model import Cell, Condition, Feed, Hours, Mapping, Ref
from linkgraph.sources.mapping_names import Headings, Names
from linkgraph.sources.mapping_values import condition_sql, value_sql
from linkgraph.sources.mapping_yaml import Problem

_OTHER = '{{source: {0}._source, "row": {0}._row}}'


@dataclass(frozen=True)
class Query:
    """`text` yields the staged columns, `_row`, `_source` (number of the file that drives the
    row) and `_others` (list of `{source, row}`); `problems` say which headings do not exist."""

    text: str
    problems: tuple[Problem, ...]


def view_name(file: str) -> str:
    """The view that holds every source file of one name in the mapping."""
    return f"mapped {file}"


def feed_sql(
    mapping: Mapping, feed: Feed, headings: MappingOf[str, Headings], *, timezone: str
) -> Query:
    """The query of one feed; `headings` are those of every file name of the mapping.

    `timezone` is the workspace's, for times without a zone; the mapping's own goes before it.
    """
    return _Builder(mapping, feed, headings, mapping.timezone or timezone).query()


class _Builder:
    def __init__(
        self, mapping: Mapping, feed: Feed, headings: MappingOf[str, Headings], timezone: str
    ) -> None:
        self.feed = feed
        self.headings = headings
        self.zone = timezone
        self.zoned = mapping.timezone is not None
        self.names = Names(mapping.path.name, headings[feed.file])
        self.others: list[str] = []

    def query(self) -> Query:
        base = self.base()
        source = self.shape()
        joins = self.joins()
        kept = [c for c in self.feed.where if not self.names.is_own(c.ref)]
        columns = [*self.columns(), f"{self.provenance()} AS _others"]
        text = (
            f'WITH base AS ({base}) SELECT {", ".join(columns)}, "@"._row, "@"._source '
            f"FROM {source}{joins} WHERE {self.conditions(kept)}"
        )
        return Query(text, tuple(self.names.problems))

    # ---- rows -------------------------------------------------------------------------

    def base(self) -> str:
        """The driving rows: defined values beside the headings, own conditions applied."""
        view = sql.name(view_name(self.feed.file))
        defined = [f", {self.value(cell)} AS {sql.name(name)}" for name, cell in self.feed.define]
        self.names.defined.update(name for name, _ in self.feed.define)
        self.reserve_aliases()
        own = [c for c in self.feed.where if self.names.is_own(c.ref)]
        inner = f'(SELECT "@".*{"".join(defined)} FROM {view} "@")'
        return f'SELECT "@".* FROM {inner} "@" WHERE {self.conditions(own)}'

    def reserve_aliases(self) -> None:
        feed, names = self.feed, self.names
        for join in feed.joins:
            names.others[join.alias] = (sql.name(f"@{join.alias}"), self.headings[join.file])
        if feed.pairs:
            names.others[feed.pairs.first] = ('"@"', names.own)
            names.others[feed.pairs.second] = (sql.name(f"@{feed.pairs.second}"), names.own)
        if feed.unpivot:
            made = {name for one in feed.unpivot.sets for name, _ in one}
            names.made[feed.unpivot.alias] = {
                name: f'"@"."@set".{sql.name(name)}' for name in sorted(made)
            }
        if feed.hours:
            names.made["hour"] = {name: f'"@"."@{name}"' for name in ("start", "end", "value")}

    def shape(self) -> str:
        feed = self.feed
        if feed.pairs:
            second = sql.name(f"@{feed.pairs.second}")
            self.others.append(f"[{_OTHER.format(second)}]")
            here = [self.names.expression(ref) for ref in (*feed.pairs.by, feed.pairs.of)]
            there = [h.replace('"@".', f"{second}.", 1) for h in here]
            same = [f"{h} = {t}" for h, t in zip(here[:-1], there[:-1], strict=True)]
            return (
                f'base "@" JOIN base {second} ON {" AND ".join(same)} AND {here[-1]} < {there[-1]}'
            )
        if feed.unpivot:
            return self.unpivoted()
        if feed.hours:
            return self.hours(feed.hours)
        return 'base "@"'

    def unpivoted(self) -> str:
        assert self.feed.unpivot
        sets = [
            ", ".join(f"{sql.name(name)} := {self.names.expression(ref)}" for name, ref in one)
            for one in self.feed.unpivot.sets
        ]
        each = ", ".join(f"struct_pack({one})" for one in sets)
        filled = " OR ".join(
            f'"@set".{sql.name(name)} IS NOT NULL' for name, _ in self.feed.unpivot.sets[0]
        )
        return (
            f'(SELECT * FROM (SELECT "@".*, unnest([{each}]) AS "@set" FROM base "@")'
            f' WHERE {filled}) "@"'
        )

    def hours(self, hours: Hours) -> str:
        named = [self.names.own.find(ref.text) or ref.text for ref in hours.hours]
        for ref in hours.hours:
            self.names.expression(ref)
        headings = named or self.names.own.columns
        grid = read_grid(headings, hours.pattern)
        if not grid and self.names.own.files:
            self.names.wrong(hours.line, "no heading reads as an hour.", "Name them under `hours`.")
        if named and len(grid) < len(named):
            lost = next(name for name in named if name not in {g[0] for g in grid})
            self.names.wrong(hours.line, f"`{lost}` does not read as an hour.", "Give a `pattern`.")
        if not grid:
            return 'base "@"'
        self.others.append('"@"."@others"')
        written = self.value(_undated(hours.day))
        day = dates.date_sql("d", formats=hours.day.dates or dates.AUTO)
        date = f"list_transform([{written}], lambda d: {day})[1]"
        by = [self.names.expression(ref) for ref in hours.by]
        return f'({runs_sql("base", written, date, by, grid)}) "@"'

    def joins(self) -> str:
        parts = []
        for join in self.feed.joins:
            there = self.headings[join.file]
            alias = sql.name(f"@{join.alias}")
            keys = [
                f"{self.names.expression(here)} = {self.names.of(there, other, alias)}"
                for here, other in join.on
            ]
            if not there.files:
                parts.append(" JOIN (SELECT 1) ON false" if join.required else "")
                continue
            rows = self.partners(there, view_name(join.file), join.where)
            kind = "JOIN" if join.required else "LEFT JOIN"
            parts.append(f" {kind} {rows} {alias} ON {' AND '.join(keys)}")
            self.others.append(f"[{_OTHER.format(alias)}]")
        return "".join(parts)

    def partners(self, there: Headings, view: str, where: tuple[Condition, ...]) -> str:
        def resolve(ref: Ref) -> str:
            return self.names.of(there, ref, '"@there"')

        tests = " AND ".join(f"({condition_sql(condition, resolve)})" for condition in where)
        return f'(SELECT * FROM {sql.name(view)} "@there" WHERE {tests or "true"})'

    # ---- columns ----------------------------------------------------------------------

    def columns(self) -> list[str]:
        table = TABLES[self.feed.table]
        made = [
            f"CAST({self.value(cell, table.by_name[name].type)} AS VARCHAR) AS {sql.name(name)}"
            for name, cell in self.feed.columns
        ]
        made += [
            f"CAST({self.value(cell)} AS VARCHAR) AS {sql.name(name)}"
            for name, cell in self.feed.extra
        ]
        taken = set(table.by_name) | {name.casefold() for name, _ in self.feed.extra}
        for ref in self.feed.keep:
            made.append(f"{self.names.expression(ref)} AS {sql.name(_free(ref.text, taken))}")
        if self.feed.keep_all:
            for name in self.names.own.columns:
                made.append(f'"@".{sql.name(name)} AS {sql.name(_free(name, taken))}')
        return made

    def provenance(self) -> str:
        if not self.others:
            return 'NULL::STRUCT(source BIGINT, "row" BIGINT)[]'
        listed = (
            f"list_concat({', '.join(self.others)})" if len(self.others) > 1 else self.others[0]
        )
        return f'list_filter({listed}, lambda o: o."row" IS NOT NULL)'

    def value(self, cell: Cell, kind: str = "text") -> str:
        return value_sql(
            cell, self.names.expression, timezone=self.zone, kind=kind, zoned=self.zoned
        )

    def conditions(self, conditions: list[Condition]) -> str:
        tests = [f"({condition_sql(c, self.names.expression)})" for c in conditions]
        return " AND ".join(tests) or "true"


def _undated(cell: Cell) -> Cell:
    from dataclasses import replace

    return replace(cell, dates=())


def _free(name: str, taken: set[str]) -> str:
    """A kept heading's column: its own name, unless the contract or another one has it."""
    free, again = name, 2
    while free.casefold() in taken or free.startswith("_"):
        free, again = f"{name.lstrip('_')} ({again})", again + 1
    taken.add(free.casefold())
    return free
