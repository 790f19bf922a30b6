"""What a command writes: listings to stdout as table, JSON or CSV; talk to stderr."""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from linkgraph.cli.text import printable

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

Row = Mapping[str, Any]
_ROWS = 10_000
"""A total from here on counts rows, and has a rate."""
_PIPE_WIDTH = 1000
_NUMBERS = (int, float)


class Format(StrEnum):
    """How a listing is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def show(
    rows: Sequence[Row] | pd.DataFrame,
    format_: Format,
    *,
    columns: Mapping[str, str] | Sequence[str] | None = None,
    empty: str = "",
) -> None:
    """Write a listing to stdout.

    `columns`: the columns of a table in order, as names or name -> heading; JSON and CSV have
    every column.  `empty` is said on stderr when there is no row.
    """
    listed = rows if isinstance(rows, Sequence) else records(rows)
    names = list(rows.columns) if not isinstance(rows, Sequence) else _names(listed)
    if format_ is Format.JSON:
        write_json(listed)
    elif format_ is Format.CSV:
        _write_csv(listed, names)
    elif listed:
        headings = _headings(columns if columns is not None else names)
        _write_table(listed, headings)
    if empty and not listed:
        notice(empty)


def write_json(value: Any) -> None:
    """Write a value as JSON to stdout; dates in ISO 8601, ids and text as they are."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=_plain)
    sys.stdout.write(text + "\n")


def facts(pairs: Sequence[tuple[str, Any]]) -> None:
    """Write names and values under one another, aligned."""
    width = max((len(name) for name, _ in pairs), default=0)
    for name, value in pairs:
        line(f"{name:<{width}}  {cell(value)}")


def line(text: str = "") -> None:
    """Write a line of text to stdout, control characters made visible."""
    sys.stdout.write(printable(text) + "\n")


def notice(text: str) -> None:
    """Say something to the person, on stderr."""
    print(printable(text), file=sys.stderr)


def not_run(analyses: Iterable[tuple[str, Sequence[str]]]) -> None:
    """Say which analyses were not run and what each needs, those with the same needs together."""
    by_needs: dict[str, list[str]] = {}
    for analysis_id, needs in analyses:
        by_needs.setdefault(", ".join(needs), []).append(analysis_id)
    for needs_, ids in sorted(by_needs.items()):
        notice(f"Not run, needs {needs_}: {', '.join(ids)}.")


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as plain values; missing ones are None."""
    names = [str(name) for name in frame.columns]
    columns = [[_plain_cell(value) for value in frame[name].tolist()] for name in frame.columns]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def cell(value: Any) -> str:
    """A value as text for a person, in one line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.2f}".rstrip("0").rstrip(".") if not math.isnan(value) else ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return ", ".join(cell(item) for item in value)
    if isinstance(value, Mapping):
        if set(value) == {"kind", "id"}:
            return f"{value['kind']}:{value['id']}"
        return json.dumps(value, ensure_ascii=False, default=_plain)
    return printable(str(value), line=True)


def defused(value: Any) -> Any:
    """A CSV cell that no spreadsheet takes for a formula.

    A text that begins like one gets an apostrophe before it; signed numbers and telephone
    numbers do nothing and stay as they are.
    """
    if not isinstance(value, str) or not value or value[0] not in "=@+-\t\r":
        return value
    if value[0] in "+-" and all(character in "+-0123456789 ().,eE" for character in value):
        return value
    return f"'{value}"


@contextmanager
def progress(title: str) -> Iterator[Callable[[str, int, int], None] | None]:
    """A bar on the terminal that follows a part's callbacks; nothing when stderr is a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    with Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}", markup=False),
        TextColumn("{task.fields[rate]}", markup=False),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task(title, total=None, rate="")
        began_at: dict[int, tuple[float, int]] = {}

        def tell(what: str, done: int, total: int) -> None:
            shown = printable(f"{title}: {what}", line=True)[:60]
            began, first = began_at.setdefault(total, (time.monotonic(), done))
            passed = time.monotonic() - began
            rate = f"{(done - first) / passed:,.0f} rows/s" if total >= _ROWS and passed > 1 else ""
            bar.update(task, description=shown, completed=done, total=total or None, rate=rate)

        yield tell


def _write_table(rows: Sequence[Row], headings: Mapping[str, str]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for name, heading in headings.items():
        numeric = all(isinstance(r.get(name), _NUMBERS) or r.get(name) is None for r in rows)
        table.add_column(heading, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell(row.get(name))) for name in headings))
    terminal = sys.stdout.isatty()
    console = Console(
        file=sys.stdout,
        width=None if terminal else _PIPE_WIDTH,
        color_system="auto" if terminal else None,
        highlight=False,
        markup=False,
        emoji=False,
    )
    if terminal:
        console.print(table)
        return
    # Into a pipe: no blanks to the right, as wide as the text needs.
    with console.capture() as captured:
        console.print(table)
    sys.stdout.write("\n".join(text.rstrip() for text in captured.get().splitlines()) + "\n")


def _write_csv(rows: Sequence[Row], names: Sequence[str]) -> None:
    import csv

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([defused(_csv_cell(row.get(name))) for name in names])


def _csv_cell(value: Any) -> Any:
    if isinstance(value, list | tuple | Mapping):
        return json.dumps(value, ensure_ascii=False, default=_plain)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def _names(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


def _headings(columns: Mapping[str, str] | Sequence[str]) -> Mapping[str, str]:
    if isinstance(columns, Mapping):
        return columns
    return {name: name.replace("_", " ") for name in columns}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if hasattr(value, "tolist"):
        return value.tolist()
    return str(value)


def _plain_cell(value: Any) -> Any:
    if hasattr(value, "tolist") and not isinstance(value, datetime):
        value = value.tolist()
    if isinstance(value, list | tuple):
        return [_plain_cell(item) for item in value]
    if isinstance(value, Mapping):
        return {str(k): _plain_cell(v) for k, v in value.items()}
    if value is None or str(value) in ("nan", "NaT", "<NA>"):
        return value if isinstance(value, str) else None
    return value
