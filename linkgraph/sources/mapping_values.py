"""One value of a mapping as a DuckDB expression, and one condition."""

from __future__ import annotations

import re
from collections.abc import Callable

from linkgraph.model import dates
from linkgraph.sources import sql
from linkgraph.sources.mapping_model import KEEP_OTHERS, Cell, Condition, Ref

Resolve = Callable[[Ref], str]


def value_sql(
    cell: Cell, resolve: Resolve, *, timezone: str, kind: str = "text", zoned: bool = False
) -> str:
    """VARCHAR of the cell, NULL where it is empty.

    With `dates`, a column of kind `time` becomes ISO text in UTC (so it does without, if the
    mapping states its own zone: `zoned`), any other an ISO day.  What does not fit the format
    keeps its text and says so, so that the row is rejected with the value that the file has
    rather than read as some other day.
    """
    value = _origin(cell, resolve)
    if cell.empty:
        value = f"CASE WHEN trim({value}) IN ({_list(cell.empty)}) THEN NULL ELSE {value} END"
    if cell.extract is not None:
        group = 1 if _groups(cell.extract) else 0
        value = f"nullif(regexp_extract({value}, {sql.text(cell.extract)}, {group}), '')"
    for pattern, text in cell.replace:
        value = f"regexp_replace({value}, {sql.text(pattern)}, {sql.text(text)}, 'g')"
    if cell.replace:
        value = f"nullif(trim({value}), '')"
    if cell.values:
        value = _translated(cell, value)
    if cell.dates or (zoned and kind == "time"):
        value = _dated(value, kind, cell.dates or dates.AUTO, timezone)
    return value


def condition_sql(condition: Condition, resolve: Resolve) -> str:
    """BOOLEAN, never NULL: whether the row is taken."""
    value = resolve(condition.ref)
    tests = []
    if condition.among:
        tests.append(f"coalesce({value} IN ({_list(condition.among)}), false)")
    if condition.not_among:
        tests.append(f"coalesce({value} NOT IN ({_list(condition.not_among)}), true)")
    if condition.matches is not None:
        tests.append(f"coalesce(regexp_matches({value}, {sql.text(condition.matches)}), false)")
    if condition.not_matches is not None:
        pattern = sql.text(condition.not_matches)
        tests.append(f"NOT coalesce(regexp_matches({value}, {pattern}), false)")
    if condition.filled is not None:
        tests.append(f"{value} IS {'NOT ' if condition.filled else ''}NULL")
    return " AND ".join(tests) or "true"


def _origin(cell: Cell, resolve: Resolve) -> str:
    if cell.heading is not None:
        return resolve(cell.heading)
    if cell.first_of:
        return f"coalesce({', '.join(map(resolve, cell.first_of))}, NULL)"
    if cell.template is None:
        return sql.text(cell.constant) if cell.constant else "CAST(NULL AS VARCHAR)"
    literals = re.split(r"\{[^{}]+\}", cell.template)
    pieces = [sql.text(literals[0])] if literals[0] else []
    for (ref, optional), literal in zip(cell.parts, literals[1:], strict=True):
        part = resolve(ref)
        pieces.append(f"coalesce({part}, '')" if optional else part)
        if literal:
            pieces.append(sql.text(literal))
    return f"nullif(trim({' || '.join(pieces)}), '')"


def _translated(cell: Cell, value: str) -> str:
    def literal(text: str | None) -> str:
        return "NULL" if text is None else sql.text(text)

    cases = " ".join(f"WHEN {sql.text(old)} THEN {literal(new)}" for old, new in cell.values)
    if cell.otherwise is KEEP_OTHERS:
        return f"(CASE {value} {cases} ELSE {value} END)"
    other = literal(cell.otherwise if isinstance(cell.otherwise, str) else None)
    empty = f"WHEN {value} IS NULL THEN NULL"
    return f"(CASE {empty} ELSE CASE {value} {cases} ELSE {other} END END)"


def _dated(value: str, kind: str, formats: tuple[str, ...], timezone: str) -> str:
    if kind == "time":
        moment = f"make_timestamp({dates.time_sql('v', timezone=timezone, formats=formats)})"
        text = f"strftime({moment}, '%Y-%m-%dT%H:%M:%S.%fZ')"
    else:
        text = f"strftime({dates.date_sql('v', formats=formats)}, '%Y-%m-%d')"
    unread = sql.text(f" (not {' or '.join(formats)})")
    return f"list_transform([{value}], lambda v: coalesce({text}, v || {unread}))[1]"


def _groups(pattern: str) -> int:
    try:
        return re.compile(pattern).groups
    except re.error:
        # RE2 reads it, Python does not: count what opens a group that captures.
        return len(re.findall(r"(?<!\\)\((?!\?)|\(\?P?<", pattern))


def _list(texts: tuple[str, ...]) -> str:
    return ", ".join(map(sql.text, texts))
