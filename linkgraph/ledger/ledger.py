"""The loaded ledger, to read: tables as Ibis expressions over DuckDB."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linkgraph.errors import LedgerError
from linkgraph.ledger import schema
from linkgraph.ledger.folder import GENERATIONS, read_manifest
from linkgraph.model.tables import TABLES
from linkgraph.sources import sql

if TYPE_CHECKING:
    import ibis
    from ibis.backends.duckdb import Backend

_MEMORY = "3GB"


class Ledger:
    """A ledger as it was when opened; a later load does not change it, but removes its files.

    Tables of the contract have their own columns (`time` int64 µs UTC; `start` and `end` of
    an interval never null), a source's extra columns as text, `<name>_key` beside every
    identifier `<name>_id` (int64, see `entities`), `row_id`, and `source_file`,
    `source_sha256`, `source_row`.  `schema.DERIVED` lists the derived tables.
    """

    def __init__(self, path: Path, manifest: Mapping[str, Any]) -> None:
        self.path = path
        self.manifest = manifest

    @staticmethod
    def open(path: Path) -> Ledger:
        """Open the ledger in the folder `path`; LedgerError if nothing was loaded there."""
        manifest = read_manifest(path)
        if manifest is None:
            raise LedgerError(f"{path} holds no ledger.", remedy="Load source files first.")
        return Ledger(path, manifest)

    @property
    def fingerprint(self) -> str:
        """Hash of what the tables say, whatever the order, number and names of the sources."""
        return str(self.manifest["fingerprint"])

    @property
    def timezone(self) -> str:
        """The zone of times without one, and of `at_local`."""
        return str(self.manifest["timezone"])

    @cached_property
    def connection(self) -> Backend:
        """The Ibis backend (DuckDB, in memory) in which this ledger's tables live."""
        import ibis

        # The engine makes this folder when it first spills, but none above it.
        spill = self.path / f"spill-{os.getpid()}"
        return ibis.duckdb.connect(**sql.OFFLINE, temp_directory=str(spill), memory_limit=_MEMORY)

    def has(self, need: str) -> bool:
        """Whether a table has rows, or (`lookups.purpose`) a column of it is filled somewhere.

        `a|b` is met by either.
        """
        if "|" in need:
            return any(self.has(part) for part in need.split("|"))
        table, _, column = need.partition(".")
        self._known(table)
        if not column or not self.rows(table):
            return self.rows(table) > 0
        if need not in self._filled:
            values = self.table(table)[column].count()
            self._filled[need] = bool(values.to_pyarrow().as_py())
        return self._filled[need]

    def rows(self, table: str) -> int:
        """How many rows the table holds."""
        return int(self.manifest["tables"].get(table, {}).get("rows", 0))

    def files(self, table: str) -> list[Path]:
        """The Parquet files of the table, in order; none if it is empty."""
        self._known(table)
        listed = self.manifest["tables"].get(table, {}).get("files", [])
        return [self._generation / name for name in listed]

    def table(self, name: str) -> ibis.Table:
        """The table as an Ibis expression; empty and typed if nothing of it was loaded."""
        self._known(name)
        view = f"ledger_{name}"
        if name not in self._shown:
            paths = self.files(name)
            if any(not path.exists() for path in paths):
                raise LedgerError(
                    f"{self.path} was loaded anew since it was opened.", remedy="Open it again."
                )
            self.connection.raw_sql(
                f"CREATE OR REPLACE VIEW {sql.name(view)} AS {_select(name, paths)}"
            )
            self._shown.add(name)
        return self.connection.table(view)

    def sources(self, table: str, row_id: str) -> list[tuple[str, str, int]]:
        """Every source row behind a ledger row, as (file, SHA-256, row), the first one first."""
        own = self.table(table)
        columns = ["source_file", "source_sha256", "source_row"]
        found = own.filter(own.row_id == row_id).select(columns).execute()
        listed = [tuple(row) for row in found.itertuples(index=False)]
        more = self._generation / "provenance" / f"{table}.parquet"
        if more.exists():
            other = self.connection.read_parquet(str(more))
            frame = other.filter(other.row_id == row_id).select(columns).execute()
            listed += sorted(tuple(row) for row in frame.itertuples(index=False))
        return [(str(f), str(h), int(r)) for f, h, r in dict.fromkeys(listed)]

    def findings(self, kind: str) -> ibis.Table:
        """The ledger's `rejects` or `warnings`: file, sha256, row, table_name, column_name,
        value, reason (and `count`: how many rows a warning stands for)."""
        if kind not in {"rejects", "warnings"}:
            raise LedgerError(f"there are no findings `{kind}`.", remedy="Ask for rejects.")
        return self.connection.read_parquet(str(self._generation / f"{kind}.parquet"))

    def verify(self) -> list[str]:
        """Names of files whose bytes are not those that were written; empty if all is well."""
        wrong = []
        for name, table in sorted(self.manifest["tables"].items()):
            hashes = dict(zip(table["files"], table["sha256"], strict=True))
            wrong += [
                f"{name}: {file}"
                for file, expected in hashes.items()
                if not (self._generation / file).exists()
                or hash_bytes(self._generation / file) != expected
            ]
        return wrong

    @cached_property
    def _shown(self) -> set[str]:
        return set()

    @cached_property
    def _filled(self) -> dict[str, bool]:
        return {}

    @property
    def _generation(self) -> Path:
        return self.path / GENERATIONS / str(self.manifest["generation"])

    def _known(self, table: str) -> None:
        if table not in TABLES and table not in schema.DERIVED:
            raise LedgerError(
                f"there is no table `{table}`.", remedy=f"There are: {', '.join(schema.names())}."
            )


def hash_bytes(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _select(name: str, paths: list[Path]) -> str:
    if paths:
        return f"SELECT * FROM {sql.parquet(paths)}"
    nulls = ", ".join(
        f"CAST(NULL AS {kind}) AS {sql.name(column)}"
        for column, kind in schema.columns(name).items()
    )
    return f"SELECT {nulls} WHERE false"
