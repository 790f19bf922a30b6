"""Rows on their way into the tables of the input contract, and the files they end in."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from linkgraph.model.tables import TABLES
from linkgraph.simulate.plan import NEVER, Flags, Ints, Texts

ROWS_IN_CSV = 200_000
"""Longer tables are written as Parquet."""

Values = Ints | Texts | str | int | None


class Records:
    """Columns collected by table; a row's position says nothing about where it came from."""

    def __init__(self) -> None:
        self._chunks: dict[str, list[pa.Table]] = {}

    def add(self, table: str, n: int, *, recorded: Flags | None = None, **columns: Values) -> None:
        """Add `n` rows; times are local seconds, `NEVER` and empty texts become empty cells.

        `recorded` keeps only some of the rows: the others happened, but no table knows of them.
        """
        declared = TABLES[table].by_name
        unknown = set(columns) - set(declared)
        if unknown:
            raise KeyError(f"{table} has no columns {sorted(unknown)}")
        made = {
            name: _cells(columns.get(name), column.type, n) for name, column in declared.items()
        }
        chunk = pa.table(made)
        self._chunks.setdefault(table, []).append(
            chunk if recorded is None else chunk.filter(pa.array(recorded))
        )

    def tables(self) -> dict[str, pa.Table]:
        """All tables, each sorted by its columns from left to right, doubled rows once."""
        out = {}
        for name in sorted(self._chunks):
            table = pa.concat_tables(self._chunks[name])
            order = [(column, "ascending") for column in table.column_names]
            if name != "lookups":
                table = table.group_by(table.column_names).aggregate([]).sort_by(order)
            out[name] = table
        return out


def _cells(values: Values, kind: str, n: int) -> pa.Array:
    if values is None:
        return pa.nulls(n, pa.string())
    if isinstance(values, (str, int)):
        values = np.full(n, values, dtype=object if isinstance(values, str) else np.int64)
    if kind == "time":
        return iso(values.astype(np.int64))
    if kind == "date":
        days = pa.array(values.astype(np.int64).astype("datetime64[D]"), pa.date32())
        return pc.cast(days, pa.string())
    if values.dtype == object:
        cells = pa.array(values, pa.string(), from_pandas=True)
        return pc.if_else(pc.equal(cells, ""), pa.scalar(None, pa.string()), cells)
    return pc.cast(pa.array(values), pa.string())


def iso(seconds: Ints) -> pa.Array:
    """Local seconds as `2024-07-01T08:30:00`; `NEVER` is empty."""
    moment = pa.array(seconds, mask=seconds == NEVER).cast(pa.timestamp("s"))
    return pc.utf8_replace_slice(pc.cast(moment, pa.string()), 10, 11, "T")


def write(table: pa.Table, folder: Path, name: str) -> Path:
    """Write one table, short ones as CSV (UTF-8), long ones as Parquet; the file."""
    if table.num_rows > ROWS_IN_CSV:
        path = folder / f"{name}.parquet"
        pq.write_table(table, path, compression="zstd")
        return path
    path = folder / f"{name}.csv"
    pacsv.write_csv(table, path, pacsv.WriteOptions(quoting_style="needed"))
    return path
