"""SQL pieces of our own model's names: quoting, and a DuckDB that never reaches the network."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
"""Configuration of every DuckDB that linkgraph opens: no extension is ever fetched."""


def name(identifier: str) -> str:
    """`identifier` quoted for SQL, whatever characters it holds."""
    return '"' + identifier.replace('"', '""') + '"'


def text(value: str | Path) -> str:
    """`value` as a SQL string literal."""
    return "'" + str(value).replace("'", "''") + "'"


def parquet(paths: Sequence[Path], *, options: str = "") -> str:
    """A table function over Parquet files, columns matched by name, none guessed from paths."""
    # In a pattern, a set of one character stands for that character.
    literal = (re.sub(r"([\[*?])", r"[\1]", str(path)) for path in paths)
    listed = ", ".join(map(text, literal))
    more = f", {options}" if options else ""
    return f"read_parquet([{listed}], union_by_name=true, hive_partitioning=false{more})"


def connect(
    spill: Path, *, memory: str = "2GB", threads: int | None = None
) -> duckdb.DuckDBPyConnection:
    """An in-memory DuckDB that spills into `spill` instead of growing past `memory`.

    `threads` is the number of threads (default: one per core).
    """
    import duckdb

    connection = duckdb.connect(
        config={**OFFLINE, "temp_directory": str(spill), "memory_limit": memory}
    )
    connection.execute("SET TimeZone = 'UTC'")
    if threads is not None:
        connection.execute(f"SET threads = {threads}")
    connection.execute("SET enable_progress_bar = false")
    return connection
