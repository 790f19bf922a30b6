"""What a load did, in numbers that add up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from linkgraph.ledger.build import Counts
from linkgraph.ledger.extracts import Feed
from linkgraph.ledger.withdrawn import Withdrawn

__all__ = ["Counts", "Feed", "FileReport", "LoadReport", "Withdrawn"]


@dataclass(frozen=True)
class FileReport:
    """One source file: `rows` without headings and blank rows; `status` is `read` or `known`.

    A `known` file was loaded before and was not read again.  `dropped` counts rows that a
    mapping left out on purpose; `unfit` those with too few or too many cells, which no table
    could take (they are in the rejects).
    """

    name: str
    path: Path
    sha256: str
    rows: int
    status: str
    encoding: str = ""
    dropped: int = 0
    unfit: int = 0


@dataclass(frozen=True)
class LoadReport:
    """What one load did.

    For each of `tables`: rows = loaded + merged + rejected.  `rejects_file` lists the rejects
    of the whole ledger and is None if there are none; likewise `warnings_file`.
    `ignored` files lay in a given folder but are named after no table, or by no pattern of the
    mapping.  `feeds` say, for a mapping, what each made of each file.  `totals` are the rows of
    every table of the ledger after the load.  `withdrawn` are rows that stood before and that
    this load's rows speak against: the ledger holds them no longer, the rejects list them.
    They come on top of `tables`, which count this load's rows alone.
    """

    tables: Mapping[str, Counts]
    files: tuple[FileReport, ...]
    ignored: tuple[Path, ...] = ()
    rejects_file: Path | None = None
    warnings_file: Path | None = None
    fingerprint: str = ""
    totals: Mapping[str, int] = field(default_factory=dict)
    feeds: tuple[Feed, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()

    @property
    def rejected(self) -> int:
        """Rows of this load's sources that were rejected."""
        return sum(c.rejected for c in self.tables.values()) + sum(f.unfit for f in self.files)

    @property
    def loaded(self) -> int:
        """Rows that are new in the ledger."""
        return sum(c.loaded for c in self.tables.values())

    @property
    def changed(self) -> bool:
        """Whether any source was read that the ledger did not know."""
        return any(file.status == "read" for file in self.files)
