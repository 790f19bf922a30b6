"""What a lead is, and its JSON: plain data that reports, views and case files read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from linkgraph.leads.learning import Learned

Path = tuple[str, ...]
"""Alternately a node `kind:id` and a tie `TYPE:tie_id`."""
Bilingual = dict[str, str]
"""`{"en": ..., "zh_tw": ...}`."""
LEFT_OVER = frozenset({"remainder", "rounding"})
"""Steps of a waterfall that are what the others leave: no evidence, whatever their sign."""


@dataclass(frozen=True)
class Term:
    """One line of a derivation: a symbol, what it comes to, and what it stands for.

    `formula` holds numbers, brackets, + - × / ^, and the functions log2, min, max and
    quantile(level, a, b) (of a Beta distribution); it is empty for a count or a setting.
    """

    symbol: str
    value: float
    text: Bilingual
    formula: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "symbol": self.symbol,
            "value": self.value,
            "formula": self.formula,
            "text": dict(self.text),
        }


@dataclass(frozen=True)
class Step:
    """One step of a waterfall.

    `id` is an analysis id, a phrase id, or `subject:<kind>:<id>`; `measure` is what the step
    counts: sets searched, expected pairs (λ), subjects on which an indicator fires, or K.
    `terms` lead from counts to `bits`.
    """

    id: str
    bits: float
    measure: float | None = None
    lookup_ids: tuple[str, ...] = ()
    path: Path = ()
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Tried:
    """An explanation, what came of it, for which look-ups, and the records that explain."""

    id: str
    outcome: str
    lookup_ids: tuple[str, ...] = ()
    records: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Fact:
    """A fact in two languages, with the look-ups and records it rests on."""

    id: str
    text: Bilingual
    lookup_ids: tuple[str, ...] = ()
    records: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Check:
    """A hub's permutation test, beside the bits: distinct households against chance."""

    households: int
    p_value: float
    q_value: float
    permutations: int


@dataclass(frozen=True)
class Lead:
    """An officer and the look-ups that belong together; `first_at`, `last_at` in µs UTC.

    `kind` is the kind of set, or the finding.  `requester_id` is who may really have asked.
    `lookup_ids` are the look-ups that no record explains in full; each is in one lead only.
    `notes` say what limits the figures (few comparable officers, shared work).  `total` is how
    `bits` came about; each step of the waterfall says so of its own.
    """

    lead_id: str
    rank: int
    kind: str
    officer_id: str
    requester_id: str | None
    subjects: tuple[tuple[str, str], ...]
    hub: tuple[str, str] | None
    lookup_ids: tuple[str, ...]
    first_at: int
    last_at: int
    bits: float
    set_path: Path | None
    anchor: tuple[str, str] | None
    waterfall: tuple[Step, ...]
    explanations: tuple[Tried, ...] = ()
    mitigating: tuple[Fact, ...] = ()
    background: tuple[Fact, ...] = ()
    settles: tuple[Fact, ...] = ()
    notes: tuple[Fact, ...] = ()
    check: Check | None = None
    officers: tuple[str, ...] = ()
    total: tuple[Term, ...] = ()
    timezone: str = "Asia/Taipei"

    def derivation(self) -> dict[str, Any]:
        """How each number of the waterfall came about, as plain data; see `Term`."""
        steps = [(step.id, step.bits, step.terms) for step in self.waterfall]
        return {
            "steps": [
                {"id": id_, "bits": bits, "terms": [term.to_json() for term in terms]}
                for id_, bits, terms in [*steps, ("total", self.bits, self.total)]
            ]
        }

    def to_json(self) -> dict[str, Any]:
        """The lead as plain data; times ISO 8601 with the offset of the ledger's zone."""
        zone = ZoneInfo(self.timezone)
        described = None
        if self.set_path is not None and self.anchor is not None:
            described = {
                "kind": self.kind,
                "anchor": _entity(self.anchor),
                "path": list(self.set_path),
            }
        return {
            "lead_id": self.lead_id,
            "rank": self.rank,
            "kind": self.kind,
            "officer_id": self.officer_id,
            "requester_id": self.requester_id,
            "officers": list(self.officers or (self.officer_id,)),
            "subjects": [_entity(subject) for subject in self.subjects],
            "hub": None if self.hub is None else _entity(self.hub),
            "lookup_ids": list(self.lookup_ids),
            "first_at": iso(self.first_at, zone),
            "last_at": iso(self.last_at, zone),
            "bits": self.bits,
            "set": described,
            "waterfall": [
                {
                    "id": step.id,
                    "bits": step.bits,
                    "measure": step.measure,
                    "lookup_ids": list(step.lookup_ids),
                    "path": list(step.path),
                }
                for step in self.waterfall
            ],
            "explanations": [
                {
                    "id": tried.id,
                    "outcome": tried.outcome,
                    "lookup_ids": list(tried.lookup_ids),
                    "records": _records(tried.records),
                }
                for tried in self.explanations
            ],
            "mitigating": [_fact(fact) for fact in self.mitigating],
            "background": [_fact(fact) for fact in self.background],
            "settles": [_fact(fact) for fact in self.settles],
            "notes": [_fact(fact) for fact in self.notes],
            "check": None
            if self.check is None
            else {
                "households": self.check.households,
                "p_value": self.check.p_value,
                "q_value": self.check.q_value,
                "permutations": self.check.permutations,
            },
        }


@dataclass(frozen=True)
class Leads(Sequence[Lead]):
    """Leads in rank order, what could not run, and what became of earlier leads.

    `not_run`: analysis id and the tables it needs.  `supersedes`: the id of an earlier lead
    that is no more -> ids of the leads that now hold its look-ups (none: nothing holds them).
    `left_out` says in two languages what the list does not show.  `forms`: π by kind of set.
    """

    leads: tuple[Lead, ...]
    not_run: tuple[tuple[str, tuple[str, ...]], ...] = ()
    supersedes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    left_out: tuple[Fact, ...] = ()
    forms: Mapping[str, Learned] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.leads)

    def __getitem__(self, index: Any) -> Any:
        return self.leads[index]

    def to_json(self) -> dict[str, Any]:
        """Leads, not_run, supersedes and left_out as plain data."""
        return {
            "leads": [lead.to_json() for lead in self.leads],
            "not_run": [{"id": id_, "needs": list(needs)} for id_, needs in self.not_run],
            "supersedes": {old: list(new) for old, new in sorted(self.supersedes.items())},
            "left_out": [_fact(fact) for fact in self.left_out],
        }


def lead_id(officer_id: str, kind: str, anchor: tuple[str, str]) -> str:
    """Twelve hex digits of the officer, the kind of set and its anchor: survives reruns."""
    text = "\x1f".join((officer_id, kind, *anchor))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def iso(at: int, zone: ZoneInfo) -> str:
    """µs UTC as ISO 8601 with the zone's offset; microseconds only where there are any."""
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(at))
    return moment.astimezone(zone).isoformat()


def _entity(entity: tuple[str, str]) -> dict[str, str]:
    return {"kind": entity[0], "id": entity[1]}


def _records(records: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"table": table, "row_id": row} for table, row in records]


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "id": fact.id,
        "text": dict(fact.text),
        "lookup_ids": list(fact.lookup_ids),
        "records": _records(fact.records),
    }
