"""Dense integer keys: one number for each thing that the tables name.

`entities` is sorted by (kind, id) and numbered from 0, so keys depend on the set of things
alone.  Look-ups are not among them; they are numbered by time, in `lookup_key`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from linkgraph.model.tables import TABLES, Table
from linkgraph.sources import sql
from linkgraph.sources.validate import key_column

if TYPE_CHECKING:
    import duckdb


def make_entities(
    connection: duckdb.DuckDBPyConnection, has: Mapping[str, frozenset[str]], target: Path
) -> int:
    """Number everything that the tables `clean …` name: temp table `entities`, and its file.

    `has` are the columns with values, by table (`filled`).
    """
    named = []
    for name in has:
        table, view = TABLES[name], sql.name(f"clean {name}")
        for column in table.columns:
            if column.entity and column.entity != "lookup" and column.name in has[name]:
                value = sql.name(column.name)
                named.append(
                    f"SELECT DISTINCT {sql.text(column.entity)} AS kind, {value} AS id "
                    f"FROM {view} WHERE {value} IS NOT NULL"
                )
        for pair in table.pairs:
            if pair.id not in has[name]:
                continue
            kind, value = sql.name(pair.kind), sql.name(pair.id)
            named.append(
                f"SELECT DISTINCT {kind} AS kind, {value} AS id FROM {view} "
                f"WHERE {kind} <> 'query' AND {value} IS NOT NULL"
            )
    union = " UNION ".join(named) or "SELECT '' AS kind, '' AS id WHERE false"
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE entities AS SELECT "
        "row_number() OVER (ORDER BY kind, id) - 1 AS entity_key, kind, id "
        f"FROM ({union}) ORDER BY kind, id"
    )
    connection.execute(
        f"COPY (SELECT * FROM entities ORDER BY entity_key) TO {sql.text(target)} "
        "(FORMAT parquet, COMPRESSION zstd)"
    )
    found = connection.execute("SELECT count(*) FROM entities").fetchone()
    return int(found[0]) if found else 0


def filled(connection: duckdb.DuckDBPyConnection, table: Table) -> frozenset[str]:
    """Columns naming entities of which at least one row of `clean <table>` has a value."""
    columns = [c.name for c in table.columns if c.entity]
    columns += [pair.id for pair in table.pairs]
    if not columns:
        return frozenset()
    counts = ", ".join(f"count({sql.name(c)})" for c in columns)
    found = connection.execute(f"SELECT {counts} FROM {sql.name(f'clean {table.name}')}").fetchone()
    return frozenset(c for c, count in zip(columns, found or (), strict=True) if count)


def key_joins(
    table: Table, has: frozenset[str], *, has_lookups: bool
) -> tuple[list[str], list[str]]:
    """Key columns of a table aliased `t`, and the joins that those need which have values.

    A key is NULL where its column is empty, or names a look-up that was not loaded.
    """
    keys, joins = [], []
    for number, column in enumerate(c for c in table.columns if c.entity):
        alias, value = f"k{number}", f"t.{sql.name(column.name)}"
        name = sql.name(key_column(column.name))
        if column.entity == "lookup" and table.name == "lookups":
            continue
        if column.name not in has or (column.entity == "lookup" and not has_lookups):
            keys.append(f"CAST(NULL AS BIGINT) AS {name}")
            continue
        if column.entity == "lookup":
            keys.append(f"{alias}.lookup_key AS {name}")
            joins.append(f"LEFT JOIN lookup_keys {alias} ON {alias}.lookup_id = {value}")
            continue
        keys.append(f"{alias}.entity_key AS {name}")
        joins.append(
            f"LEFT JOIN entities {alias} ON {alias}.id = {value} "
            f"AND {alias}.kind = {sql.text(column.entity or '')}"
        )
    for number, pair in enumerate(table.pairs):
        alias = f"p{number}"
        if pair.id not in has:
            keys.append(f"CAST(NULL AS BIGINT) AS {sql.name(pair.key)}")
            continue
        keys.append(f"{alias}.entity_key AS {sql.name(pair.key)}")
        joins.append(
            f"LEFT JOIN entities {alias} ON {alias}.id = t.{sql.name(pair.id)} "
            f"AND {alias}.kind = t.{sql.name(pair.kind)}"
        )
    return keys, joins
