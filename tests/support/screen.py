"""A screening of tables written in the test, and what it says of each look-up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from linkgraph.ledger import Ledger
from linkgraph.screen import Screening, screen
from linkgraph.workspace import Settings
from tests.support.ledger import make_ledger

Tables = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass
class Screened:
    """Results by look-up id, as plain data."""

    ledger: Ledger
    screening: Screening
    status: dict[str, str]
    levels: dict[str, tuple[str, str | None]]

    def found(self, indicator: str) -> dict[str, dict[str, Any]]:
        """The indicator's rows by look-up id, the requester as id."""
        rows = self.screening.indicators
        rows = rows.filter(rows.indicator_id == indicator)
        names = self.screening.lookups.select("lookup_key", "lookup_id")
        entities = self.ledger.table("entities").select("entity_key", requester_id="id")
        rows = rows.join(names, "lookup_key")
        rows = rows.left_join(entities, rows.requester_key == entities.entity_key)
        return {
            row["lookup_id"]: row for row in rows.order_by("lookup_id").to_pyarrow().to_pylist()
        }

    def records(self, explanation: str) -> dict[str, tuple[str, str, str]]:
        """Level, table and row of an explanation by look-up id."""
        rows = self.screening.explanations
        rows = rows.filter(rows.explanation_id == explanation)
        rows = rows.join(self.screening.lookups.select("lookup_key", "lookup_id"), "lookup_key")
        return {
            row["lookup_id"]: (row["level"], row["record_table"], row["record_row_id"])
            for row in rows.to_pyarrow().to_pylist()
        }

    @property
    def not_run(self) -> dict[str, tuple[str, ...]]:
        """What was not run, and the tables it misses."""
        return {item.analysis_id: item.needs for item in self.screening.not_run}


def screened(
    folder: Path, tables: Tables, *only: str, settings: Settings | None = None
) -> Screened:
    """Load and screen, with `only` these analyses (all if none is named).

    Every officer who made a look-up is listed if `officers` is absent.
    """
    given = dict(tables)
    ids = sorted({row["officer_id"] for row in given["lookups"] if row.get("officer_id")})
    given.setdefault("officers", [{"officer_id": i} for i in ids])
    ledger = make_ledger(folder, given)
    screening = screen(ledger, settings or Settings(), folder / "screen", only=only or None)
    rows = screening.lookups.to_pyarrow().to_pylist()
    return Screened(
        ledger,
        screening,
        {row["lookup_id"]: row["duty_status"] for row in rows},
        {row["lookup_id"]: (row["explanation_level"], row["explanation_id"]) for row in rows},
    )


def lookup(
    lookup_id: str, at: str, subject: str = "person:P1", officer: str = "O1", **more: Any
) -> dict[str, Any]:
    """A row of `lookups`; `subject` is `kind:id`."""
    kind, _, subject_id = subject.partition(":")
    return {
        "lookup_id": lookup_id,
        "at": at,
        "officer_id": officer,
        "subject_kind": kind,
        "subject_id": subject_id,
        **more,
    }


def posting(officer: str, unit: str, start: str = "2020-01-01", **more: Any) -> dict[str, Any]:
    """A row of `postings`."""
    return {"officer_id": officer, "unit_id": unit, "role": "patrol", "start": start, **more}


def case(case_id: str, opened: str, closed: str = "", **more: Any) -> dict[str, Any]:
    """A row of `cases`."""
    return {
        "case_id": case_id,
        "kind": "investigation",
        "opened_at": opened,
        "closed_at": closed,
        **more,
    }


def involves(case_id: str, subject: str) -> dict[str, Any]:
    """A row of `case_subjects`; `subject` is `kind:id`."""
    kind, _, subject_id = subject.partition(":")
    return {"case_id": case_id, "subject_kind": kind, "subject_id": subject_id}
