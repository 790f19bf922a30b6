"""From the YAML tree to what a mapping says; everything wrong is told at once, with its line."""

from __future__ import annotations

from pathlib import Path

from linkgraph.errors import UsageError
from linkgraph.model import dates
from linkgraph.model.tables import TABLES, Table
from linkgraph.sources.mapping_cells import ValueParser, nearest
from linkgraph.sources.mapping_model import (
    Cell,
    Condition,
    Feed,
    FileSpec,
    Hours,
    Join,
    Mapping,
    Pairs,
    Ref,
    Unpivot,
)
from linkgraph.sources.mapping_yaml import Field, Fields, Items, Problem, Text, Value, read_tree

FEED_KEYS = (
    *("table", "from", "columns", "extra", "keep", "define", "where"),
    *("join", "pairs", "unpivot", "unpivot_hours", "note"),
)


def parse(text: str, path: Path) -> tuple[Mapping | None, list[Problem]]:
    """The mapping in `text` and all that is wrong with it; None if any problem was found."""
    parser = _Parser(path.name)
    tree = read_tree(text, path.name, parser.problems)
    mapping = parser.mapping(tree, path)
    problems = sorted(set(parser.problems), key=lambda p: (p.line, p.message))
    return (None if problems else mapping), problems


class _Parser(ValueParser):
    # ---- the whole --------------------------------------------------------------------

    def mapping(self, tree: Value | None, path: Path) -> Mapping | None:
        if not isinstance(tree, Fields):
            if not self.problems:
                self.wrong(1, "holds no mapping.", "It needs `files` and `tables`.")
            return None
        self.known(tree, ("files", "tables", "timezone", "title", "note"))
        zone = self.text(tree, "timezone")
        if zone:
            try:
                dates.time_sql("x", timezone=zone)
            except UsageError:
                self.wrong(self.line(tree, "timezone"), f"`{zone}` is no time zone.")
        files = self.files(tree)
        feeds: list[Feed] = []
        tables = tree.get("tables")
        if tables is None or not isinstance(tables.value, Items) or not tables.value.items:
            self.wrong(tree.line, "feeds no table.", "Give a list under `tables`.")
        else:
            for item in tables.value.items:
                feed = self.feed(item, {spec.name: spec for spec in files})
                if feed:
                    feeds.append(feed)
        return Mapping(path, tuple(files), tuple(feeds), zone)

    def files(self, tree: Fields) -> list[FileSpec]:
        given = tree.get("files")
        if given is None or not isinstance(given.value, Fields) or not given.value.fields:
            self.wrong(
                given.line if given else tree.line,
                "names no file.",
                "Give each file a name under `files`, such as `log: {path: log_*.csv}`.",
            )
            return []
        return [self.file_spec(field) for field in given.value]

    def file_spec(self, field: Field) -> FileSpec:
        if not isinstance(field.value, Fields):
            return FileSpec(field.key, self.texts(field), field.line)
        options = field.value
        self.known(
            options,
            ("path", "encoding", "sheet", "header_row", "delimiter", "empty", "optional", "note"),
        )
        path = options.get("path")
        patterns = self.texts(path) if path else ()
        if not patterns:
            self.wrong(field.line, f"`{field.key}` names no file.", "Give `path: NAME.csv`.")
        row = self.text(options, "header_row")
        if row is not None and not (row.isdigit() and int(row) > 0):
            self.wrong(
                self.line(options, "header_row"), f"`{row}` is no row.", "Rows count from 1."
            )
            row = None
        empty = options.get("empty")
        return FileSpec(
            field.key,
            patterns,
            field.line,
            self.text(options, "encoding"),
            self.text(options, "sheet"),
            int(row) if row else None,
            self.text(options, "delimiter"),
            self.texts(empty) if empty else (),
            self.flag(options, "optional") or False,
        )

    # ---- one feed ---------------------------------------------------------------------

    def feed(self, item: Value, files: dict[str, FileSpec]) -> Feed | None:
        if not isinstance(item, Fields):
            self.wrong(item.line, "is no table.", "Begin with `- table: NAME`.")
            return None
        self.known(
            item,
            FEED_KEYS,
        )
        name = self.text(item, "table") or ""
        table = TABLES.get(name)
        if table is None:
            line = self.line(item, "table")
            self.wrong(line, f"`{name}` is no table of the contract.", nearest(name, TABLES))
        source = self.text(item, "from") or ""
        if source not in files:
            line = self.line(item, "from")
            self.wrong(line, f"`{source}` is not among `files`.", nearest(source, files))
        columns = self.named(item, "columns", lambda f: self.column(f, table))
        if not columns:
            self.wrong(item.line, f"fills no column of `{name}`.", "Give `columns`.")
        elif table is not None:
            self.complete(item, table, dict(columns))
        keep, keep_all = self.keep(item)
        shapes = [k for k in ("pairs", "unpivot", "unpivot_hours") if item.get(k)]
        if len(shapes) > 1:
            self.wrong(item.line, f"has {' and '.join(shapes)}.", "Use one; feed the table twice.")
        return Feed(
            name,
            source,
            item.line,
            columns,
            self.named(item, "extra", lambda f: self.extra_column(f, table)),
            keep,
            keep_all,
            self.named(item, "define", self.cell),
            self.conditions(item.get("where")),
            self.named_joins(item, files),
            self.pairs(item.get("pairs")),
            self.unpivot(item.get("unpivot")),
            self.hours(item.get("unpivot_hours")),
        )

    def column(self, field: Field, table: Table | None) -> Cell | None:
        cell = self.cell(field)
        if table is None or cell is None:
            return cell
        column = table.by_name.get(field.key)
        if column is None:
            self.wrong(
                field.line,
                f"`{table.name}` has no column `{field.key}`.",
                nearest(field.key, table.by_name) + " Other columns go under `extra`.",
            )
            return None
        if cell.dates and column.type not in {"time", "date"}:
            self.wrong(field.line, f"`{field.key}` is no date.", "Remove `dates`.")
        if column.values:
            given = [cell.constant] if cell.constant is not None else [v for _, v in cell.values]
            for value in given:
                if value is not None and value not in column.values:
                    self.wrong(
                        field.line,
                        f"`{value}` is no value of `{field.key}`.",
                        nearest(value, column.values),
                    )
        return cell

    def extra_column(self, field: Field, table: Table | None) -> Cell | None:
        if table is not None and field.key.casefold() in table.by_name:
            self.wrong(
                field.line, f"`{field.key}` is a column of `{table.name}`.", "Move it there."
            )
        if field.key.startswith("_"):
            self.wrong(field.line, f"`{field.key}` begins with an underscore.", "Rename it.")
        return self.cell(field)

    def complete(self, item: Fields, table: Table, given: dict[str, Cell]) -> None:
        missing = [column for column in table.required if column not in given]
        if missing:
            listed = ", ".join(f"`{column}`" for column in missing)
            self.wrong(item.line, f"`{table.name}` needs {listed}.", "Add it under `columns`.")
        for group in table.one_of:
            if not set(group) & set(given):
                listed = " or ".join(f"`{column}`" for column in group)
                self.wrong(item.line, f"`{table.name}` needs {listed}.", "Add one of them.")

    def keep(self, item: Fields) -> tuple[tuple[Ref, ...], bool]:
        field = item.get("keep")
        if field is None:
            return (), False
        if isinstance(field.value, Text) and field.value.text == "all":
            return (), True
        return self.refs(field), False

    # ---- rows: where, join, pairs, unpivot --------------------------------------------

    def conditions(self, field: Field | None) -> tuple[Condition, ...]:
        if field is None:
            return ()
        if not isinstance(field.value, Fields):
            self.wrong(field.line, "`where` is no list of `heading: value`.")
            return ()
        return tuple(self.condition(entry) for entry in field.value)

    def condition(self, entry: Field) -> Condition:
        ref = Ref(entry.key, entry.line)
        if not isinstance(entry.value, Fields):
            return Condition(ref, among=self.texts(entry))
        options = entry.value
        self.known(options, ("is", "is_not", "matches", "matches_not", "filled"))
        among, not_among = options.get("is"), options.get("is_not")
        return Condition(
            ref,
            self.texts(among) if among else (),
            self.texts(not_among) if not_among else (),
            self.regex(options, "matches"),
            self.regex(options, "matches_not"),
            self.flag(options, "filled"),
        )

    def named_joins(self, item: Fields, files: dict[str, FileSpec]) -> tuple[Join, ...]:
        found = self.named(item, "join", lambda f: self.join(f, files))
        return tuple(join for _, join in found)

    def join(self, field: Field, files: dict[str, FileSpec]) -> Join | None:
        options = field.value
        if not isinstance(options, Fields):
            self.wrong(field.line, f"join `{field.key}` has no `file` and `on`.")
            return None
        self.known(options, ("file", "on", "unmatched", "where", "note"))
        source = self.text(options, "file") or field.key
        if source not in files:
            line = self.line(options, "file")
            self.wrong(line, f"`{source}` is not among `files`.", nearest(source, files))
        on = options.get("on")
        keys: list[tuple[Ref, Ref]] = []
        if on is not None and isinstance(on.value, Fields):
            for entry in on.value:
                other = self.refs(entry)
                keys.extend((Ref(entry.key, entry.line), ref) for ref in other)
        elif on is not None:
            keys.extend((ref, ref) for ref in self.refs(on))
        if not keys:
            self.wrong(field.line, f"join `{field.key}` has no key.", "Give `on: {here: there}`.")
        unmatched = self.text(options, "unmatched") or "keep"
        if unmatched not in {"keep", "leave_out"}:
            line = self.line(options, "unmatched")
            self.wrong(line, f"`{unmatched}` is neither keep nor leave_out.")
        return Join(
            field.key,
            source,
            tuple(keys),
            unmatched == "leave_out",
            self.conditions(options.get("where")),
            field.line,
        )

    def pairs(self, field: Field | None) -> Pairs | None:
        if field is None:
            return None
        if not isinstance(field.value, Fields):
            self.wrong(field.line, "`pairs` needs `by` and `of`.")
            return None
        self.known(field.value, ("by", "of", "as"))
        by, of, names = (field.value.get(key) for key in ("by", "of", "as"))
        aliases = self.texts(names) if names else ("a", "b")
        of_refs = self.refs(of) if of else ()
        if by is None or len(of_refs) != 1:
            self.wrong(field.line, "`pairs` needs `by` and one `of`.")
            return None
        if len(set(aliases)) != 2:
            self.wrong(field.line, "`as` names two rows.", "Such as `as: [a, b]`.")
            return None
        return Pairs(self.refs(by), of_refs[0], aliases[0], aliases[1], field.line)

    def unpivot(self, field: Field | None) -> Unpivot | None:
        if field is None:
            return None
        if not isinstance(field.value, Fields):
            self.wrong(field.line, "`unpivot` needs `as` and `sets`.")
            return None
        self.known(field.value, ("as", "sets"))
        sets = field.value.get("sets")
        items = sets.value.items if sets and isinstance(sets.value, Items) else ()
        found = tuple(
            tuple(
                (entry.key, ref)
                for entry in (item if isinstance(item, Fields) else ())
                for ref in self.refs(entry)
            )
            for item in items
        )
        names = {tuple(sorted(name for name, _ in one)) for one in found}
        if len(names) != 1 or not all(found):
            self.wrong(field.line, "the sets of `unpivot` do not name the same columns.")
        return Unpivot(self.text(field.value, "as") or "each", found, field.line)

    def hours(self, field: Field | None) -> Hours | None:
        if field is None:
            return None
        if not isinstance(field.value, Fields):
            self.wrong(field.line, "`unpivot_hours` needs `date`.")
            return None
        options = field.value
        self.known(options, ("date", "hours", "pattern", "by"))
        date_field, hours, by = (options.get(key) for key in ("date", "hours", "by"))
        day = self.cell(date_field) if date_field else None
        if day is None:
            self.wrong(field.line, "`unpivot_hours` needs `date`.", "Name the day's heading.")
            return None
        return Hours(
            day,
            self.refs(hours) if hours else (),
            self.regex(options, "pattern"),
            self.refs(by) if by else (),
            field.line,
        )
