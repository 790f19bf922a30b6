"""What a screening leaves behind: Parquet tables in one folder, and what was not run."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from linkgraph.errors import WorkspaceError

if TYPE_CHECKING:
    from linkgraph.ledger import Ledger

RECORD = "screening.json"


@dataclass(frozen=True)
class NotRun:
    """An analysis that could not run, and the tables or columns that it misses."""

    analysis_id: str
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Ran:
    """An analysis that ran: its revision and how many look-ups it found, 0 included."""

    analysis_id: str
    revision: int
    role: str
    found: int


class Screening:
    """The results of one screening, as tables on the ledger's connection.

    `lookups`: lookup_key, lookup_id, officer_key, at, at_local, duty_status (a kind of duty,
    `leave`, `off` or `unknown`), explanation_level (`full`, `partial`, `none`), explanation_id
    (null if none), role and district ("" if unknown), unit_key (null if unknown); by lookup_key.

    `subjects_explained`: lookup_key, subject_key (null for a search by text), subject_kind,
    level, explanation_id.

    `explanations`: lookup_key, subject_key, explanation_id, level, record_table, record_row_id.

    `indicators`: lookup_key, indicator_id, measure (float64), record_table, record_row_id,
    requester_key (an officer who may have asked, or null), detail (`;`-joined codes, or null);
    one row per look-up and indicator.

    `pairs`: officer_key, person_key, n, n_unexplained, first_at, last_at, role, unit_key,
    district, subject_kind, over persons named and owners of vehicles (work tables alone).
    """

    def __init__(self, path: Path, ledger: Ledger) -> None:
        self.path = path
        self.ledger = ledger
        try:
            record = json.loads((path / RECORD).read_text(encoding="utf-8"))
        except (OSError, ValueError) as problem:
            raise WorkspaceError(
                f"{path} holds no complete screening: {problem}",
                remedy="Run `linkgraph screen` again.",
            ) from problem
        self.fingerprint: str = record["fingerprint"]
        self.ran: list[Ran] = [Ran(**item) for item in record["ran"]]
        self.not_run: list[NotRun] = [
            NotRun(item["analysis_id"], tuple(item["needs"])) for item in record["not_run"]
        ]

    @classmethod
    def open(cls, path: Path, ledger: Ledger) -> Self:
        """The screening in `path`; raises WorkspaceError if it is missing or incomplete."""
        return cls(path, ledger)

    @cached_property
    def lookups(self) -> Any:
        """One row per look-up."""
        return self._read("lookups")

    @cached_property
    def subjects_explained(self) -> Any:
        """One row per look-up and subject."""
        return self._read("subjects_explained")

    @cached_property
    def explanations(self) -> Any:
        """One row per look-up, subject and explanation that holds."""
        return self._read("explanations")

    @cached_property
    def indicators(self) -> Any:
        """One row per look-up and indicator that holds."""
        return self._read("indicators")

    @cached_property
    def pairs(self) -> Any:
        """One row per officer and person."""
        return self._read("pairs")

    def _read(self, name: str) -> Any:
        return self.ledger.connection.read_parquet(
            str(self.path / f"{name}.parquet"), table_name=f"screen_{self.fingerprint}_{name}"
        )
