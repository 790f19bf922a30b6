"""A ledger from tables written in the test."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

from linkgraph.ledger import Ledger
from linkgraph.ledger import folder as place
from linkgraph.ledger.load import load

NOW = 1_800_000_000_000_000
"""The present for tests: 2027-01-15T08:00:00Z."""


def write_tables(folder: Path, tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> Path:
    """Write each table as `<table>.csv` into `folder`; None and absent values are empty."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, columns, restval="")
            writer.writeheader()
            writer.writerows({c: "" if v is None else v for c, v in row.items()} for row in rows)
    return folder


def make_ledger(
    folder: Path,
    tables: Mapping[str, Sequence[Mapping[str, Any]]],
    *,
    timezone: str = "Asia/Taipei",
) -> Ledger:
    """Load the tables, those that have rows, through the real loader into `folder`/ledger.

    Raises AssertionError if a row was rejected, since a test that loses rows proves nothing.
    """
    sources = write_tables(folder / "sources", {n: rows for n, rows in tables.items() if rows})
    with mock.patch.object(place, "_sync"):  # a test need not outlive a power cut
        report = load(folder / "ledger", [sources], timezone=timezone, now=NOW)
    assert not report.rejected, report.rejects_file and report.rejects_file.read_text()
    return Ledger.open(folder / "ledger")
