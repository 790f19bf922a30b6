"""Parquet sources: every type as text, rows counted from 1."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from linkgraph.errors import SourceError
from linkgraph.sources import sql
from linkgraph.sources.readers import read


def test_values_of_every_type_come_as_text(tmp_path: Path) -> None:
    taipei = dt.timezone(dt.timedelta(hours=8))
    table = pa.table(
        {
            "id": [1, 2],
            "at": [dt.datetime.fromisoformat("2024-07-15T14:05"), None],
            "zoned": pa.array(
                [dt.datetime(2024, 7, 15, 14, 5, tzinfo=taipei), None], pa.timestamp("us", "UTC")
            ),
            "day": [dt.date(2024, 7, 15), None],
            "name": ["王", ""],
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    connection = sql.connect(tmp_path / "spill")
    raw = read(connection, tmp_path / "a.parquet", "raw")
    assert raw.columns == ("id", "at", "zoned", "day", "name")
    assert connection.execute("SELECT * FROM raw").fetchall() == [
        ("1", "2024-07-15 14:05:00", "2024-07-15 06:05:00+00", "2024-07-15", "王", 1),
        ("2", None, None, None, "", 2),
    ]


def test_what_is_no_parquet_is_refused(tmp_path: Path) -> None:
    connection = sql.connect(tmp_path / "spill")
    (tmp_path / "a.parquet").write_bytes(b"PAR1 but nothing else")
    with pytest.raises(SourceError, match=r"cannot be read as Parquet"):
        read(connection, tmp_path / "a.parquet", "raw")
    (tmp_path / "b.parquet").write_bytes(b"")
    with pytest.raises(SourceError, match=r"is empty"):
        read(connection, tmp_path / "b.parquet", "raw")
