"""What a worklist of purposes or of rights lists, and the month that it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pandas as pd

from linkgraph.errors import UsageError
from linkgraph.leads.lead import Bilingual, Fact, iso
from linkgraph.leads.phrases import phrase

if TYPE_CHECKING:
    from linkgraph.ledger import Ledger

MOST_NAMED = 50
"""Look-ups that an item names by id; `lookups` says how many there are."""


@dataclass(frozen=True)
class WorkItem:
    """One thing to clear: whose it is, what contradicts what, and what speaks for the officer.

    `lookups` look-ups are concerned, `explained` of them in full by a record; `lookup_ids` names
    the first of them.  `weight` orders the work, no more.  `line` says why in one line.
    """

    rank: int
    kind: str
    officer_id: str
    account_id: str | None
    system: str | None
    purpose: str | None
    lookups: int
    explained: int
    lookup_ids: tuple[str, ...]
    first_at: int | None
    last_at: int | None
    weight: float
    line: Bilingual
    records: tuple[tuple[str, str], ...]
    mitigating: tuple[Fact, ...]
    timezone: str

    def to_json(self) -> dict[str, Any]:
        """Plain data; times ISO 8601 with the offset of the ledger's zone."""
        zone = ZoneInfo(self.timezone)
        return {
            "rank": self.rank,
            "kind": self.kind,
            "officer_id": self.officer_id,
            "account_id": self.account_id,
            "system": self.system,
            "purpose": self.purpose,
            "lookups": self.lookups,
            "explained": self.explained,
            "lookup_ids": list(self.lookup_ids),
            "first_at": None if self.first_at is None else iso(self.first_at, zone),
            "last_at": None if self.last_at is None else iso(self.last_at, zone),
            "weight": self.weight,
            "line": dict(self.line),
            "records": [{"table": table, "row_id": row} for table, row in self.records],
            "mitigating": [_plain(fact) for fact in self.mitigating],
        }


@dataclass(frozen=True)
class WorkItems(Sequence[WorkItem]):
    """Items, worst first; `of` is how many look-ups, or rights, there were in all.

    `missing` says which records were not loaded and could not be compared.
    """

    kind: str
    items: tuple[WorkItem, ...]
    of: int
    missing: tuple[Fact, ...]

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, index: Any) -> Any:
        return self.items[index]

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "kind": self.kind,
            "items": [item.to_json() for item in self.items],
            "of": self.of,
            "missing": [_plain(fact) for fact in self.missing],
        }


def month_of(month: str | None) -> tuple[pd.Timestamp, pd.Timestamp]:
    """`[start, end)` of a local month `YYYY-MM`, or of all time; UsageError for a bad month."""
    if month is None:
        return pd.Timestamp.min, pd.Timestamp.max
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        raise UsageError(
            f"{month!r} is no month.", remedy="Write it as 2024-07, in the workspace's zone."
        )
    start = pd.Timestamp(f"{month}-01")
    return start, start + pd.offsets.MonthBegin(1)


def missing(ledger: Ledger, tables: Sequence[str]) -> tuple[Fact, ...]:
    """Which of the tables were not loaded and could not be compared."""
    return tuple(
        Fact(f"missing.{name}", phrase("proxy.missing", table=name))
        for name in tables
        if not ledger.has(name)
    )


def explained_fact(explained: int, of: int) -> tuple[Fact, ...]:
    """That a record explains some of the look-ups, where it does."""
    if not explained:
        return ()
    return (Fact("explained", phrase("work.explained", n=explained, of=of)),)


def _plain(fact: Fact) -> dict[str, Any]:
    return {
        "id": fact.id,
        "text": dict(fact.text),
        "lookup_ids": list(fact.lookup_ids),
        "records": [{"table": table, "row_id": row} for table, row in fact.records],
    }
