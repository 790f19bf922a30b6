"""The look-ups with what screening says of them, as one CSV or Parquet file."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from linkgraph.errors import UsageError, WorkspaceError
from linkgraph.workspace.folder import refuse_device


def write_lookups(rows: Any, path: Path) -> Path:
    """Write an Ibis table to `path`, `.csv` or `.parquet`, whole or not at all.

    In CSV, text that a spreadsheet would take for a formula gets an apostrophe before it.
    Streams: memory does not grow with the rows.  Raises UsageError for another ending.
    """
    import duckdb

    suffix = path.suffix.lower()
    if suffix not in (".csv", ".parquet"):
        raise UsageError(
            f"{path} ends in neither .csv nor .parquet.", remedy="Name a file that does."
        )
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    umask = os.umask(0o077)
    try:
        refuse_device(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        if suffix == ".csv":
            defused(rows).to_csv(str(aside))
        else:
            rows.to_parquet(str(aside))
        aside.replace(path)
    except (OSError, duckdb.IOException) as problem:
        said = getattr(problem, "strerror", None) or str(problem).splitlines()[0]
        raise WorkspaceError(
            f"{path} cannot be written: {said}.",
            remedy="Name a file in a folder that you may write to, on a disk with room.",
        ) from problem
    finally:
        os.umask(umask)
        with suppress(OSError):
            aside.unlink(missing_ok=True)
    return path


def defused_text(text: str) -> str:
    """One text as `defused` writes it."""
    formula = text[:1] in ("=", "@", "\t", "\r") or (
        text[:1] in ("+", "-") and not set(text) <= set("0123456789 ().,eE+-")
    )
    return f"'{text}" if formula else text


def defused(rows: Any) -> Any:
    """The table with every text that begins like a formula behind an apostrophe.

    Signed numbers and telephone numbers (`+886...`) do nothing in a spreadsheet and stay.
    """
    columns = {}
    for name, kind in rows.schema().items():
        if kind.is_string():
            text = rows[name]
            formula = text.re_search(r"^[=@\t\r]") | text.re_search(r"^[+-].*[^0-9 ().,eE+-]")
            columns[name] = formula.fill_null(False).ifelse("'" + text, text)
    return rows.mutate(**columns) if columns else rows
