"""What readers, mappings and validation hand to one another.

A *raw table* is a source file as it stands, inside DuckDB, every value text.  A *staged
table* is what a mapping made of raw tables for one table of the contract, still text, with
every row traceable to the source rows it came from.  Validation turns staged tables into
typed ones.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

ROW_COLUMN = "_row"
PROVENANCE_COLUMNS = ("_file", "_sha256", "_row", "_also")
ALSO_TYPE = 'STRUCT("file" VARCHAR, "sha256" VARCHAR, "row" BIGINT)[]'


@dataclass(frozen=True)
class RawTable:
    """One source file (or one sheet of one) as a DuckDB table.

    `relation` is a temp table or view whose columns are `columns`, all VARCHAR (an empty cell is
    NULL), and `_row` BIGINT: the number of the row as a spreadsheet shows it, so that the
    header of a CSV is row 1 and its first record row 2.  A record that spans several lines
    counts as one row; the rows of a Parquet file count from 1.  `rows` counts `rejected` ones
    (records that do not fit the heading) too.  `sha256` is of the file's bytes before any
    decoding.
    """

    name: str
    path: Path
    sha256: str
    columns: tuple[str, ...]
    rows: int
    encoding: str = ""
    relation: str = ""
    warnings: tuple[Finding, ...] = ()
    rejected: tuple[Finding, ...] = ()

    def __post_init__(self) -> None:
        if not self.relation:
            object.__setattr__(self, "relation", self.name)


@dataclass(frozen=True)
class StagedTable:
    """Rows for one table of the contract, still as text.

    `relation` names a DuckDB temp table or view.  Its VARCHAR columns are columns of the
    contract plus extra ones that are kept as text; provenance columns come on top: `_file`
    VARCHAR (the source file's name), `_sha256` VARCHAR, `_row` BIGINT (the driving row) and
    `_also`, a list of `{file, sha256, row}`: the other rows that a join used, or NULL.
    `_also` may be absent.
    """

    table: str
    relation: str


@dataclass(frozen=True)
class Finding:
    """One thing worth saying about a source row: why it was rejected, or what is doubtful.

    `row` is 0 where the finding concerns the file as a whole.
    """

    file: str
    row: int
    column: str
    value: str
    reason: str
    table: str = ""
    sha256: str = ""


@dataclass(frozen=True)
class Staging:
    """All that one set of source files yields: staged tables, and findings made on the way.

    `dropped` counts, per source file, rows that a mapping's `where` left out on purpose.
    """

    tables: tuple[StagedTable, ...]
    warnings: tuple[Finding, ...] = ()
    dropped: dict[str, int] = field(default_factory=dict)
