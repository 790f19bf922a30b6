"""Text into types: what a staged table's rows become, and which of them cannot be loaded.

All of it is SQL over columns.  One pass types every row and marks in `_bad`, one bit per
check, what is wrong with it; only the checks that found something are run again, to name
row, column and value.

A typed table has every column of the contract (`time` BIGINT µs UTC, `date` DATE, `int`
BIGINT, `float` DOUBLE, the others VARCHAR), extra columns as VARCHAR, and `_file`, `_sha256`,
`_row`, `_also`, `_bad`.  The open ends of an interval are filled.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from linkgraph.model import dates, identifiers
from linkgraph.model.tables import (
    LOOKUP_SUBJECT_KINDS,
    OPEN_END,
    OPEN_START,
    TABLES,
    Column,
    Table,
)
from linkgraph.sources import sql
from linkgraph.sources.staging import ALSO_TYPE, PROVENANCE_COLUMNS, StagedTable

if TYPE_CHECKING:
    import duckdb

RESERVED = (
    *("row_id", "source_file", "source_sha256", "source_row", "at_local"),
    *("file_row_number", "filename", "rowid", "lookup_key"),  # the engine's, and the ledger's
)
FINDING_COLUMNS = (
    "file VARCHAR, sha256 VARCHAR, row BIGINT, table_name VARCHAR, column_name VARCHAR, "
    "value VARCHAR, reason VARCHAR"
)
"""Columns of rejects and warnings; warnings have `count` BIGINT on top: rows like this one."""

_DUCK = {"time": "BIGINT", "date": "DATE", "int": "BIGINT", "float": "DOUBLE"}
_NO_SUCH = {
    "time": "is no time that can be read",
    "date": "is no date that can be read",
    "int": "is no whole number",
    "float": "is no number",
}
_SPACE = "' \t\r\n\u00a0\u3000'"


@dataclass(frozen=True)
class Check:
    """One reason to reject a row: the column it concerns, its condition, how to say it."""

    column: str
    condition: str
    reason: str


@dataclass(frozen=True)
class Typed:
    """A typed table in a Parquet file: how many rows it holds, how many of them are bad."""

    table: str
    path: Path
    rows: int
    bad: int


def type_table(
    connection: duckdb.DuckDBPyConnection,
    staged: StagedTable,
    target: Path,
    *,
    timezone: str,
    extract: str,
    now: int,
) -> Typed:
    """Write the typed rows of `staged` to `target`; collect rejects and warnings.

    They go into the temp tables `found_rejects` and `found_warnings` (`prepare`).  `now` is
    the present in µs UTC: a time after it is doubtful.  `extract` goes into `_extract`.
    Cost: two scans of the rows, one more per check that failed.
    """
    table = TABLES[staged.table]
    given = _columns(connection, staged.relation)
    checks = _checks(table, given)
    typed = _typed(table, given, staged.relation, timezone)
    bad = " + ".join(f"({c.condition})::BIGINT * {1 << i}" for i, c in enumerate(checks)) or "0"
    kept = ", ".join(sql.name(c) for c in _output(table, given))
    connection.execute(
        f"COPY (SELECT {kept}, _file, _sha256, _row, _also, {sql.text(extract)} AS _extract, "
        f"{bad} AS _bad FROM ({typed})) TO {sql.text(target)} (FORMAT parquet, COMPRESSION zstd)"
    )
    rows, wrong, failed = _one(
        connection,
        "SELECT count(*), count(*) FILTER (_bad <> 0), coalesce(bit_or(_bad), 0) "
        f"FROM {sql.parquet([target])}",
    )
    for bit, check in enumerate(checks):
        if failed >> bit & 1:
            value = sql.name(f"_raw {check.column}") if check.column in given else "NULL"
            connection.execute(
                "INSERT INTO found_rejects "
                f"SELECT _file, _sha256, _row, {sql.text(table.name)}, {sql.text(check.column)}, "
                f"{value}, {sql.text(check.reason)} FROM ({typed}) WHERE {check.condition}"
            )
    _doubts(connection, table, given, target, now)
    return Typed(table.name, target, rows, wrong)


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the empty temp tables that findings are collected in."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE found_rejects ({FINDING_COLUMNS})")
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE found_warnings ({FINDING_COLUMNS}, count BIGINT)"
    )


def extras(table: Table, columns: list[str]) -> dict[str, str]:
    """Source columns beyond the contract, and the name each is kept under."""
    kept: dict[str, str] = {}
    reserved = {*RESERVED, *(key_column(c.name) for c in table.columns if c.entity)}
    reserved |= {pair.key for pair in table.pairs} | {c.name for c in table.columns}
    for column in columns:
        if column in table.by_name or column in PROVENANCE_COLUMNS:
            continue
        name = column
        while name.casefold() in reserved or name.startswith("_"):
            name = f"{name.lstrip('_')}_given"
        reserved.add(name.casefold())
        kept[column] = name
    return kept


def key_column(column: str) -> str:
    """The name of the dense key beside an identifier: `officer_key` beside `officer_id`."""
    return f"{column.removesuffix('_id')}_key"


def duck_type(column: Column) -> str:
    """The DuckDB type of a contract column once typed."""
    return _DUCK.get(column.type, "VARCHAR")


def _output(table: Table, given: list[str]) -> list[str]:
    return [*table.by_name, *sorted(extras(table, given).values())]


def _typed(table: Table, given: list[str], relation: str, timezone: str) -> str:
    """A query of the typed columns beside the text they came from (`_raw <column>`)."""
    chosen = []
    for column in table.columns:
        if column.name not in given:
            chosen.append(f"{_absent(table, column)} AS {sql.name(column.name)}")
            continue
        raw = sql.name(column.name)
        chosen.append(f"{raw} AS {sql.name(f'_raw {column.name}')}")
        chosen.append(f"{_value(table, column, timezone)} AS {sql.name(column.name)}")
    chosen += [f"{sql.name(c)} AS {sql.name(n)}" for c, n in extras(table, given).items()]
    also = "_also" if "_also" in given else f"CAST(NULL AS {ALSO_TYPE}) AS _also"
    return f"SELECT {', '.join(chosen)}, _file, _sha256, _row, {also} FROM {sql.name(relation)}"


def _value(table: Table, column: Column, timezone: str) -> str:
    raw = sql.name(column.name)
    if column.type == "time":
        value = dates.time_sql(raw, timezone=timezone)
        return _filled(table, column, raw, value)
    if column.type == "date":
        return dates.date_sql(raw)
    if column.type == "int":
        # Spreadsheets and Parquet may hand over 3 as "3.0".
        number = f"TRY_CAST(trim({raw}, {_SPACE}) AS DOUBLE)"
        return (
            f"coalesce(TRY_CAST(CASE WHEN regexp_full_match(trim({raw}, {_SPACE}), '[-+]?[0-9]+') "
            f"THEN trim({raw}, {_SPACE}) END AS BIGINT), "
            f"CASE WHEN {number} = trunc({number}) AND abs({number}) < 9e15 "
            f"THEN CAST({number} AS BIGINT) END)"
        )
    if column.type == "float":
        return f"TRY_CAST(trim({raw}, {_SPACE}) AS DOUBLE)"
    if column.type == "enum":
        plain = f"trim({raw}, {_SPACE})"
        known = ", ".join(map(sql.text, column.values))
        lowered = f"WHEN lower({plain}) IN ({known}) THEN lower({plain}) ELSE {plain}"
        return f"nullif(CASE WHEN {raw} IN ({known}) THEN {raw} {lowered} END, '')"
    if column.type == "id":
        return f"nullif({_identifier(table, column, raw)}, '')"
    return f"CASE WHEN {raw} IS NULL OR {_blank(raw)} THEN NULL ELSE {raw} END"


def _blank(raw: str) -> str:
    """Whether the text is nothing but spaces; what begins visibly is told without a search."""
    visible = f"({raw} >= '!' AND {raw} < chr(127)) OR {raw} >= chr(13312)"
    return f"(CASE WHEN {visible} THEN false ELSE trim({raw}, {_SPACE}) = '' END)"


def _identifier(table: Table, column: Column, raw: str) -> str:
    for pair in table.pairs:
        if pair.id == column.name:
            kinds = [k for k in _kinds(table, pair.kind) if k != "query"]
            whens = " ".join(
                f"WHEN {sql.text(k)} THEN {identifiers.normal_sql(k, raw)}" for k in kinds
            )
            kind = f"lower(trim({sql.name(pair.kind)}, {_SPACE}))"
            return f"CASE {kind} {whens} ELSE {identifiers.normal_sql('id', raw)} END"
    return identifiers.normal_sql(column.entity or "id", raw)


def _kinds(table: Table, kind_column: str) -> tuple[str, ...]:
    return table.by_name[kind_column].values or LOOKUP_SUBJECT_KINDS


def _filled(table: Table, column: Column, raw: str, value: str) -> str:
    if not table.interval or column.name not in {"start", "end"}:
        return value
    blank = f"{raw} IS NULL OR {_blank(raw)}"
    return f"CASE WHEN {blank} THEN {_absent(table, column)} ELSE {value} END"


def _absent(table: Table, column: Column) -> str:
    if table.interval and not column.required:
        if column.name == "start":
            return f"{OPEN_START}::BIGINT"
        if column.name == "end":
            return f"{OPEN_END}::BIGINT"
    return f"CAST(NULL AS {duck_type(column)})"


def _checks(table: Table, given: list[str]) -> list[Check]:
    checks = []
    for column in table.columns:
        value, raw = sql.name(column.name), sql.name(f"_raw {column.name}")
        if column.name not in given:
            if column.required:
                checks.append(Check(column.name, "true", "is missing"))
            continue
        blank = f"({raw} IS NULL OR {_blank(raw)})"
        if column.required:
            checks.append(Check(column.name, blank, "is missing"))
        if column.type in _NO_SUCH:
            checks.append(
                Check(column.name, f"{value} IS NULL AND NOT ({blank})", _NO_SUCH[column.type])
            )
    for group in table.one_of:
        empty = " AND ".join(f"{sql.name(c)} IS NULL" for c in group)
        checks.append(Check(group[-1], empty, f"is missing: one of {', '.join(group)} is needed"))
    if table.interval and "start" in table.by_name and "end" in given:
        checks.append(Check("end", 'coalesce("end" < "start", false)', "is before start"))
    return checks


def _doubts(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    given: list[str],
    target: Path,
    now: int,
) -> None:
    """Warn of unknown words, failed check digits and times to come: one line per value."""
    for column in table.columns:
        if column.name not in given:
            continue
        value = sql.name(column.name)
        if column.type == "enum":
            known = ", ".join(map(sql.text, column.values))
            reason = f"is none of {', '.join(column.values)}"
            _warn(connection, table, target, column.name, f"{value} NOT IN ({known})", reason)
        elif column.type == "time" and column.name not in {"start", "end"}:
            # One line for all, the first row named: such times are rarely the same twice.
            shown = f"strftime(make_timestamp(min({value})), '%Y-%m-%dT%H:%M:%SZ')"
            connection.execute(
                "INSERT INTO found_warnings "
                f"SELECT _file, _sha256, min(_row), {sql.text(table.name)}, "
                f"{sql.text(column.name)}, {shown}, 'lies in the future', count(*) "
                f"FROM {sql.parquet([target])} WHERE _bad = 0 AND {value} > {now} "
                "GROUP BY _file, _sha256"
            )
        elif column.entity:
            doubt = identifiers.doubt_sql(column.entity, value)
            _warn_of(connection, table, target, column.name, doubt, "true")
    for pair in table.pairs:
        if pair.id not in given:
            continue
        for kind in _kinds(table, pair.kind):
            if kind != "query":
                doubt = identifiers.doubt_sql(kind, sql.name(pair.id))
                where = f"{sql.name(pair.kind)} = {sql.text(kind)}"
                _warn_of(connection, table, target, pair.id, doubt, where)
        if table.by_name[pair.kind].required:
            continue
        lone = f"{sql.name(pair.id)} IS NOT NULL AND {sql.name(pair.kind)} IS NULL"
        _warn(connection, table, target, pair.id, lone, f"is of no kind: {pair.kind} is empty")
    if table.interval and "start" in table.by_name and "end" in given:
        _warn(connection, table, target, "end", '"end" = "start"', "is start: holds for no time")


def _warn(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    target: Path,
    column: str,
    condition: str,
    reason: str,
) -> None:
    doubt = f"CASE WHEN {condition} THEN {sql.text(reason)} END"
    _warn_of(connection, table, target, column, doubt, condition)


def _warn_of(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    target: Path,
    column: str,
    doubt: str,
    where: str,
) -> None:
    if doubt.upper().startswith("CAST(NULL"):
        return
    value = sql.name(column)
    shown = f"strftime(make_timestamp({value}), '%Y-%m-%dT%H:%M:%SZ')" if column == "end" else value
    # Distinct values first: a check digit is dear, and the same person is looked up often.
    connection.execute(
        "INSERT INTO found_warnings SELECT _file, _sha256, row, table_name, column_name, value, "
        f"reason, n FROM (SELECT *, {shown} AS value, {doubt} AS reason FROM "
        f"(SELECT _file, _sha256, min(_row) AS row, {sql.text(table.name)} AS table_name, "
        f"{sql.text(column)} AS column_name, {_group(table, column)}, count(*) AS n "
        f"FROM {sql.parquet([target])} WHERE _bad = 0 AND ({where}) GROUP BY ALL)) "
        "WHERE reason IS NOT NULL"
    )


def _group(table: Table, column: str) -> str:
    names = [column]
    if column == "end":
        names.append("start")
    names += [pair.kind for pair in table.pairs if pair.id == column]
    return ", ".join(map(sql.name, names))


def _columns(connection: duckdb.DuckDBPyConnection, relation: str) -> list[str]:
    described = connection.execute(f"SELECT * FROM {sql.name(relation)} LIMIT 0").description
    return [str(column[0]) for column in described or []]


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[int, ...]:
    found = connection.execute(query).fetchone()
    return tuple(int(value) for value in found or ())
