"""Rejects and warnings of the whole ledger, each with source file, row, column and value.

Besides what typing found in each source, some things show only when all sources lie side by
side: conflicts, look-ups whose account nobody held, and references to nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from linkgraph.ledger.extracts import Extract
from linkgraph.model.tables import TABLES, Table
from linkgraph.sources import sql
from linkgraph.sources.validate import FINDING_COLUMNS

if TYPE_CHECKING:
    import duckdb

HOMES = {
    "officer": "officers",
    "unit": "units",
    "case": "cases",
    "account": "accounts",
    "device": "devices",
    "lookup": "lookups",
}
"""Where each kind of thing is listed; the lists of persons and vehicles are never complete."""

_SHOWN = "table_name, column_name, value, reason"


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the empty temp tables that findings across sources are collected in."""
    for name, more in (("all_rejects", ""), ("all_warnings", ", count BIGINT")):
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({FINDING_COLUMNS}{more})")


def write(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    extracts: Sequence[tuple[Extract, Path]],
    has: Mapping[str, frozenset[str]],
    current: frozenset[str],
) -> tuple[int, int, dict[str, int]]:
    """Write `rejects` and `warnings` (.csv to read, .parquet to compute with) into `folder`.

    `has` are the columns with values, by table (`keys.filled`).

    Returns the number of rejects, of warnings, and how many values of this load's sources
    (`current`) were doubtful, by table.
    """
    for kind in ("rejects", "warnings"):
        paths = sorted(place / f"{kind}.parquet" for _, place in extracts)
        paths = [path for path in paths if path.exists()]
        if paths:
            connection.execute(f"INSERT INTO all_{kind} SELECT * FROM {sql.parquet(paths)}")
    for name in has:
        table = TABLES[name]
        if table.key:
            _conflicts(connection, table)
        if name == "lookups":
            _without_officer(connection)
        for column in table.columns:
            home = HOMES.get(column.entity or "", "")
            if home in has and home != name and column.name in has[name]:
                _unknown(connection, table, column.name, home)
    if "parent_unit_id" in has.get("units", ()):
        _unknown(connection, TABLES["units"], "parent_unit_id", "units")
    for kind in ("rejects", "warnings"):
        query = f"SELECT * FROM all_{kind} ORDER BY file, sha256, row, {_SHOWN}"
        target = folder / f"{kind}.parquet"
        connection.execute(f"COPY ({query}) TO {sql.text(target)} (FORMAT parquet)")
        _readable(connection, kind, folder / f"{kind}.csv")
    ours = {file.sha256 for e, _ in extracts if e.id in current for file in e.files}
    listed = ", ".join(map(sql.text, sorted(ours))) or "''"
    warned = connection.execute(
        f"SELECT table_name, sum(count) FROM all_warnings WHERE sha256 IN ({listed}) GROUP BY 1"
    ).fetchall()
    rejects, warnings = (
        int((connection.execute(f"SELECT count(*) FROM all_{k}").fetchone() or (0,))[0])
        for k in ("rejects", "warnings")
    )
    return rejects, warnings, {str(name): int(count) for name, count in warned}


def _conflicts(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    name = table.name
    key = ", ".join(map(sql.name, table.key))
    seen, out, full = (sql.name(f"{part} {name}") for part in ("seen", "out", "full"))
    connection.execute(
        f"INSERT INTO all_rejects WITH rows AS (SELECT s.* EXCLUDE (_part, _line), f._file, "
        f"f._sha256, f._row FROM {seen} s SEMI JOIN "
        f"(SELECT * FROM {out} WHERE why = 'conflict') USING (_part, _line) "
        f"JOIN (SELECT _part, _line, _file, _sha256, _row FROM {full}) f USING (_part, _line)), "
        f"firsts AS (SELECT {key}, _content, min((_file, _row, _sha256)) AS place "
        "FROM rows GROUP BY ALL), "
        f"others AS (SELECT {key}, list((_content, place) ORDER BY place) AS places "
        "FROM firsts GROUP BY ALL) "
        f"SELECT _file, _sha256, _row, {sql.text(name)}, {sql.text(', '.join(table.key))}, "
        f"concat_ws(', ', {key}), 'conflict: the same identifier with other content in ' || "
        "list_aggregate(list_transform(list_filter(places, lambda p: p[1] <> _content)[:3], "
        # Files of one name in two folders are told apart by their hash.
        "lambda p: p[2][1] || CASE WHEN p[2][1] = _file AND p[2][3] <> _sha256 THEN "
        "' of SHA-256 ' || left(p[2][3], 12) || '…' ELSE '' END || ' row ' || p[2][2]), "
        "'string_agg', ', ') "
        f"FROM rows JOIN others USING ({key})"
    )


def _without_officer(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "INSERT INTO all_rejects SELECT _file, _sha256, _row, 'lookups', 'account_id', account_id, "
        f"'nobody is known to have held this account at that time' FROM {sql.name('full lookups')} "
        f"SEMI JOIN (SELECT * FROM {sql.name('out lookups')} WHERE why = 'no officer') "
        "USING (_part, _line)"
    )


def _unknown(connection: duckdb.DuckDBPyConnection, table: Table, column: str, home: str) -> None:
    value, key = sql.name(column), sql.name(TABLES[home].columns[0].name)
    connection.execute(
        f"INSERT INTO all_warnings SELECT _file, _sha256, min(_row), {sql.text(table.name)}, "
        f"{sql.text(column)}, value, {sql.text(f'is not listed in {home}')}, count(*) "
        f"FROM (SELECT _file, _sha256, _row, {value} AS value FROM "
        f"{sql.name(f'clean {table.name}')} WHERE {value} IS NOT NULL) ANTI JOIN "
        f"(SELECT DISTINCT {key} AS value FROM {sql.name(f'clean {home}')}) USING (value) "
        "GROUP BY ALL"
    )


def _readable(connection: duckdb.DuckDBPyConnection, kind: str, target: Path) -> None:
    """The findings as a CSV that a spreadsheet opens without running anything in it."""
    count = ", count" if kind == "warnings" else ""
    # A spreadsheet takes what begins with these for a formula; an apostrophe makes it text.
    defused = "CASE WHEN regexp_matches({0}, '^[-=+@\\t\\r]') THEN '''' || {0} ELSE {0} END"
    connection.execute(
        f"COPY (SELECT {defused.format('file')} AS source_file, row AS source_row, "
        f'table_name AS "table", {defused.format("column_name")} AS "column", '
        f"{defused.format('value')} AS value, reason{count}, sha256 AS source_sha256 "
        f"FROM all_{kind} ORDER BY file, sha256, row, {_SHOWN}) "
        f"TO {sql.text(target)} (FORMAT csv, HEADER)"
    )
