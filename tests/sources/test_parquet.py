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


def read_table(tmp_path: Path, table: pa.Table) -> tuple[object, list[tuple[object, ...]]]:
    pq.write_table(table, tmp_path / "a.parquet")
    connection = sql.connect(tmp_path / "spill")
    raw = read(connection, tmp_path / "a.parquet", "raw")
    return raw, connection.execute("SELECT * FROM raw").fetchall()


def test_an_identifier_that_pandas_made_a_float_is_a_whole_number(tmp_path: Path) -> None:
    table = pa.table({"id": [7.0, None, 2.5, float("nan"), 1e300]})
    _, rows = read_table(tmp_path, table)
    assert [row[0] for row in rows] == ["7", None, "2.5", "nan", "1e+300"]


def test_bytes_that_are_text_are_read_as_text(tmp_path: Path) -> None:
    _, rows = read_table(tmp_path, pa.table({"name": ["王".encode(), b"\xff\xfe", None]}))
    assert [row[0] for row in rows] == ["王", "\\xFF\\xFE", None]


def test_a_zero_byte_is_made_visible(tmp_path: Path) -> None:
    _, rows = read_table(tmp_path, pa.table({"id": ["P\0x"]}))
    assert rows[0][0] == "P⟨00⟩x"


def test_columns_of_one_name_are_told_apart_and_warned_of(tmp_path: Path) -> None:
    columns = [pa.array([text]) for text in "abcd"]
    table = pa.Table.from_arrays(columns, names=["id", "id", "ID", "_row"])
    raw, rows = read_table(tmp_path, table)
    assert raw.columns == ("id", "id (2)", "ID (3)", "_row (2)")  # type: ignore[attr-defined]
    assert rows == [("a", "b", "c", "d", 1)]
    assert len(raw.warnings) == 3  # type: ignore[attr-defined]


def test_damage_inside_a_file_names_it_and_leaves_the_ledger(tmp_path: Path) -> None:
    from linkgraph.ledger.load import load

    folder = tmp_path / "sources"
    folder.mkdir()
    table = pa.table({"officer_id": [f"O{i}" for i in range(5000)], "name": ["x" * 9] * 5000})
    path = folder / "officers.parquet"
    pq.write_table(table, path, compression="zstd", use_dictionary=False)
    whole = path.read_bytes()
    path.write_bytes(whole[:60] + b"\xff" * 200 + whole[260:])
    with pytest.raises(SourceError, match=r"officers\.parquet cannot be read as Parquet"):
        load(tmp_path / "ledger", [folder])
    assert not (tmp_path / "ledger" / "manifest.json").exists()
