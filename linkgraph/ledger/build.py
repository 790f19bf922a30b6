"""The ledger's tables out of the extracts: rows merged, conflicts set apart, keys given.

The result depends on the set of extracts alone.  A row is known by where it lies,
(`_part`, `_line`); what is left out (copies of another row, conflicts, look-ups without
officer) is a short list of such places, so that the long tables are read in a stream and
never rewritten.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from linkgraph.ledger import content, derived, findings, lookups
from linkgraph.ledger.extracts import Extract
from linkgraph.ledger.keys import filled, key_joins, make_entities
from linkgraph.model.tables import TABLES, Table
from linkgraph.sources import sql
from linkgraph.sources.validate import duck_type, key_column

if TYPE_CHECKING:
    import duckdb

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


@dataclass
class Counts:
    """What became of the rows that this load's sources hold for one table.

    `rows` = `loaded` + `merged` + `rejected`.  `loaded` rows are new in the ledger; `merged`
    ones say what a row of the ledger, or an earlier one of the same load, says already;
    `rejected` ones cannot be loaded or contradict another.  `warned` counts the loaded and
    merged ones about which there is a doubt (a row may be counted once per doubt).
    """

    rows: int = 0
    loaded: int = 0
    merged: int = 0
    rejected: int = 0
    warned: int = 0


@dataclass
class Built:
    """A built generation: rows per table, content hashes, counts of this load, findings.

    `left_out` counts, per extract and table, rows rejected because of what other rows say.
    """

    rows: dict[str, int] = field(default_factory=dict)
    content: dict[str, str] = field(default_factory=dict)
    counts: dict[str, Counts] = field(default_factory=dict)
    left_out: dict[str, dict[str, int]] = field(default_factory=dict)
    rejects: int = 0
    warnings: int = 0


def build(
    connection: duckdb.DuckDBPyConnection,
    extracts: Sequence[tuple[Extract, Path]],
    folder: Path,
    *,
    timezone: str,
    fresh: frozenset[str],
    current: frozenset[str],
    progress: Progress,
) -> Built:
    """Build all tables of the extracts (each with its folder) into `folder`.

    `current` are the ids of this load's extracts, `fresh` those of them that the ledger did
    not hold before; they matter for the counts only.
    """
    built = Built()
    present = [name for name in TABLES if _has_parts(name, extracts)]
    steps = 2 * len(present) + 4
    findings.prepare(connection)
    for step, name in enumerate(present):
        progress(f"sorting out {name}", step, steps)
        table = TABLES[name]
        _show(connection, table, extracts)
        content.set_apart(connection, table)
    if "lookups" in present:
        lookups.resolve_officers(connection, has_accounts="accounts" in present, timezone=timezone)
    has: dict[str, frozenset[str]] = {}
    for name in present:
        connection.execute(
            f"CREATE OR REPLACE TEMP VIEW {sql.name(f'clean {name}')} AS SELECT * FROM "
            f"{sql.name(f'full {name}')} ANTI JOIN {sql.name(f'out {name}')} USING (_part, _line)"
        )
        has[name] = filled(connection, TABLES[name])
        built.counts[name] = content.count(connection, TABLES[name], fresh, current, Counts)
        for extract, rows in content.left_out(connection, TABLES[name]).items():
            built.left_out.setdefault(extract, {})[name] = rows
        built.content[name] = content.fingerprint(connection, TABLES[name])
    progress("numbering entities", len(present), steps)
    built.rows["entities"] = make_entities(connection, has, folder / "entities.parquet")
    # Other tables point to look-ups by key, so these come first.
    ordered = sorted(present, key=lambda name: (name != "lookups", list(TABLES).index(name)))
    for step, name in enumerate(ordered, start=len(present) + 1):
        progress(f"writing {name}", step, steps)
        if name == "lookups":
            built.rows[name] = lookups.write(connection, folder, has[name], timezone=timezone)
        else:
            built.rows[name] = _write(
                connection, TABLES[name], folder, has[name], has_lookups="lookups" in present
            )
        content.write_provenance(connection, TABLES[name], folder)
    progress("deriving subjects, duties, postings and holders", steps - 3, steps)
    built.rows |= derived.write(connection, folder, present, timezone=timezone)
    progress("gathering findings", steps - 1, steps)
    built.rejects, built.warnings, warned = findings.write(
        connection, folder, extracts, has, current
    )
    for name, count in warned.items():
        if name in built.counts:
            built.counts[name].warned = count
    progress("done", steps, steps)
    return built


def _has_parts(name: str, extracts: Sequence[tuple[Extract, Path]]) -> bool:
    return any(part.table == name for extract, _ in extracts for part in extract.parts)


def _show(
    connection: duckdb.DuckDBPyConnection, table: Table, extracts: Sequence[tuple[Extract, Path]]
) -> None:
    """The views `all <table>` (every typed row, with its place) and `full <table>` (the good).

    Parts are ordered by extract id, so that places do not depend on the order of loads.
    """
    files = sorted(
        (extract.id, part.file, folder / part.file)
        for extract, folder in extracts
        for part in extract.parts
        if part.table == table.name
    )
    union = " UNION ALL BY NAME ".join(
        f"SELECT *, {number} AS _part, file_row_number AS _line "
        f"FROM {sql.parquet([path], options='file_row_number=true')}"
        for number, (_, _, path) in enumerate(files)
    )
    known = ", ".join(f"CAST(NULL AS {duck_type(c)}) AS {sql.name(c.name)}" for c in table.columns)
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW {sql.name(f'all {table.name}')} AS "
        f"SELECT * EXCLUDE (file_row_number) FROM (SELECT {known} WHERE false "
        f"UNION ALL BY NAME {union})"
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW {sql.name(f'full {table.name}')} AS "
        f"SELECT * FROM {sql.name(f'all {table.name}')} WHERE _bad = 0"
    )


def _write(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    folder: Path,
    has: frozenset[str],
    *,
    has_lookups: bool,
) -> int:
    """One table, with keys, sorted; returns its number of rows."""
    chosen = content.columns(connection, table)
    names = ", ".join(f"t.{sql.name(c)}" for c in chosen)
    keys, joins = key_joins(table, has, has_lookups=has_lookups)
    # Keys sort as their identifiers do, and integers faster.
    sorted_by = (key_column(c.name) if c.entity else c.name for c in table.columns)
    order = ", ".join(map(sql.name, sorted_by))
    query = (
        f"SELECT * FROM (SELECT {names}, "
        f"{', '.join([*keys, content.row_id(connection, table)])}, "
        "t._file AS source_file, t._sha256 AS source_sha256, t._row AS source_row "
        f"FROM {sql.name(f'clean {table.name}')} t {' '.join(joins)}) "
        f"ORDER BY {order}, row_id"
    )
    target = folder / f"{table.name}.parquet"
    connection.execute(f"COPY ({query}) TO {sql.text(target)} (FORMAT parquet, COMPRESSION zstd)")
    found = connection.execute(f"SELECT count(*) FROM {sql.parquet([target])}").fetchone()
    return int(found[0]) if found else 0
