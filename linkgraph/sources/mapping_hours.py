"""Rosters laid out as an hour grid: which heading is which hour, and the runs in SQL."""

from __future__ import annotations

import re
from collections.abc import Sequence

from linkgraph.sources import sql

_TIME = "([0-9]{1,2})(?:[:：時點]?([0-9]{2}))?[時點]?"
_HOUR = re.compile(f"{_TIME}(?:\\s*[-~－～–至到]\\s*{_TIME})?", re.ASCII)
_ODD = re.compile("[0-9]{2}(?!00|15|30|45)[0-9]{2}")
"""Four digits that are rather a year or a number than a time of day."""
_MIDNIGHT = 24 * 60
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")


def read_grid(headings: Sequence[str], pattern: str | None = None) -> list[tuple[str, int, int]]:
    """`(heading, start, end)` of the headings that read as hours, in minutes from the day's 0:00.

    Read in the files' order: an hour earlier than the one before it is the next day's, so that
    a grid from 08 to 07 crosses midnight.  An hour without an end lasts until the next one, the
    last one as long as the one before it.  `pattern` finds the hours where headings hold more
    than that: its first group is the start (`8`, `08`, `0830`, `08:30`), its second, if any,
    the end.
    """
    found: list[tuple[str, int, int | None]] = []
    shift, before = 0, -1
    for heading in headings:
        bounds = _bounds(heading.translate(_WIDE), pattern)
        if bounds is None:
            continue
        start, end = bounds
        if start + shift < before:
            shift += _MIDNIGHT
        before = start + shift
        if end is not None:
            end += shift + (_MIDNIGHT if end <= start else 0)
        found.append((heading, before, end))
    grid: list[tuple[str, int, int]] = []
    following = [*(start for _, start, _ in found), None][1:]
    for (heading, start, stated), after in zip(found, following, strict=True):
        before = grid[-1][2] - grid[-1][1] if grid else 60
        end = stated if stated is not None else after
        grid.append((heading, start, start + before if end is None else end))
    return grid


def runs_sql(
    base: str, day: str, date: str, by: Sequence[str], grid: Sequence[tuple[str, int, int]]
) -> str:
    """A query: the rows of the CTE `base`, one for each run of hours with the same entry.

    `day` is the day's text and `date` the DATE read from it, both over `base` as "@".  It adds
    "@start" and "@end" (local ISO text), "@value" and "@others", a list of `{source, row}`: the
    rows besides the first that hold a part of the run.  Where the day is no date, each entry
    stays a row of its own and its start is the day as written, to be rejected with it.
    """
    cells = ", ".join(
        f'struct_pack(a := {start}, z := {end}, v := "@".{sql.name(heading)})'
        for heading, start, end in grid
    )
    keys = [f"k{place}" for place in range(len(by))] or ["_source", "_row"]
    named = "".join(f", {expression} AS k{place}" for place, expression in enumerate(by))
    part = ", ".join([*keys, "v", "undated"])
    iso = "'%Y-%m-%d %H:%M:%S'"
    clock = "printf(' %02d:%02d', {0} // 60, {0} % 60)"
    return f"""
SELECT "@".*, r.started AS "@start", r.ended AS "@end", r.v AS "@value",
  list_filter(r.parts, lambda p: p <> r.lead) AS "@others"
FROM (
  SELECT v, arg_min({{source: _source, "row": _row}}, (a, _source, _row)) AS lead,
    list(DISTINCT {{source: _source, "row": _row}} ORDER BY {{source: _source, "row": _row}})
      AS parts,
    coalesce(strftime(min(a), {iso}), any_value(day_text) || any_value(a_text)) AS started,
    coalesce(strftime(max(z), {iso}), any_value(day_text) || any_value(z_text)) AS ended
  FROM (
    SELECT *, sum(CASE WHEN a <= reach THEN 0 ELSE 1 END)
      OVER (PARTITION BY {part} ORDER BY a, z, _source, _row ROWS UNBOUNDED PRECEDING) AS run
    FROM (
      SELECT *, max(z) OVER (
        PARTITION BY {part} ORDER BY a, z, _source, _row
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reach
      FROM (
        SELECT * EXCLUDE (cell), cell.v AS v, date + to_minutes(cell.a) AS a,
          date + to_minutes(cell.z) AS z, {clock.format("cell.a")} AS a_text,
          {clock.format("cell.z")} AS z_text,
          CASE WHEN date IS NULL THEN [_source, _row, cell.a] END AS undated
        FROM (
          SELECT _source, _row, {day} AS day_text, {date} AS date{named}, unnest([{cells}]) AS cell
          FROM {base} "@"
        ) WHERE cell.v IS NOT NULL
      )
    )
  ) GROUP BY {part}, run
) r JOIN {base} "@" ON "@"._source = r.lead.source AND "@"._row = r.lead."row"
"""


def _bounds(heading: str, pattern: str | None) -> tuple[int, int | None] | None:
    if pattern is None:
        match = _HOUR.fullmatch(heading.strip())
        if match is None or _ODD.fullmatch(heading.strip()):
            return None
        start, end = _minutes(match[1], match[2]), _minutes(match[3], match[4])
    else:
        match = re.search(pattern, heading)
        if match is None:
            return None
        groups = [group for group in (match.groups() or (match[0],)) if group]
        times = [re.fullmatch(_TIME, group.strip()) for group in groups[:2]]
        found = [_minutes(time[1], time[2]) if time else None for time in times]
        start, end = (*found, None, None)[:2]
    if start is None or start >= _MIDNIGHT:
        return None
    return start, end


def _minutes(hour: str | None, minute: str | None) -> int | None:
    if hour is None:
        return None
    total = int(hour) * 60 + int(minute or 0)
    return total if total <= _MIDNIGHT else None
