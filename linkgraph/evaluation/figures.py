"""What an evaluation keeps of one force: enough to pool, after the force itself is gone."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from linkgraph.errors import UsageError
from linkgraph.evaluation.judge import Judged

VERSION = 1
FILE = "figures.json"
OURS = "linkgraph"
"""The name of the method itself among the rankings."""


@dataclass(frozen=True)
class Episode:
    """One misuse: whose account, who asked if another did, which traces the records have."""

    id: str
    scenario: str
    officer: str
    asked_by: str
    lookups: int
    traces: tuple[str, ...]


@dataclass(frozen=True)
class Figures:
    """What is known of one force.

    `rankings`: method -> its judged leads, best first.  `features`: one mapping of numbers per
    lead of the method itself.  `hubs`: p and q of each hub among the leads;
    `drawn`: p of houses drawn at random (`drawn_hubs`).  `explained`:
    counts of look-ups by level (`all`, `first`, `misuse`).  `traced`, `listed`: how episodes
    came out at the doors of complaint and worklist.  `people`: officer -> rank, unit kind,
    shift, tenure.  `not_run`: methods that could not run, with what they need.
    """

    force: str
    officers: int
    months: float
    rate: float | None
    lookups: int
    misuse: int
    episodes: tuple[Episode, ...]
    rankings: Mapping[str, tuple[Judged, ...]]
    features: tuple[Mapping[str, float], ...] = ()
    hubs: tuple[tuple[float, float], ...] = ()
    drawn: tuple[float, ...] = ()
    explained: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    traced: tuple[Mapping[str, Any], ...] = ()
    listed: tuple[Mapping[str, Any], ...] = ()
    people: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    not_run: Mapping[str, str] = field(default_factory=dict)

    def save(self, path: Path) -> None:
        """Write the figures as JSON."""
        made = {"version": VERSION} | asdict(self)
        text = json.dumps(made, ensure_ascii=False, sort_keys=True) + "\n"
        path.write_text(text, encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Figures:
        """Read what `save` wrote; UsageError if it is of another kind."""
        try:
            made = json.loads(path.read_text(encoding="utf-8"))
            if made.pop("version") != VERSION:
                raise ValueError("figures of another version")
            made["episodes"] = tuple(_episode(row) for row in made["episodes"])
            made["rankings"] = {
                name: tuple(_judged(row) for row in rows) for name, rows in made["rankings"].items()
            }
            for name in ("features", "hubs", "drawn", "traced", "listed"):
                made[name] = tuple(made[name])
            made["hubs"] = tuple((p, q) for p, q in made["hubs"])
            return cls(**made)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
            raise UsageError(
                f"{path} holds no figures of an evaluation: {problem}.",
                remedy="Evaluate the force again with `linkgraph evaluate DIR`.",
            ) from problem


def read_all(paths: Sequence[Path]) -> list[Figures]:
    """Figures of several forces, in the order of the paths."""
    return [Figures.read(path) for path in paths]


def _episode(row: Mapping[str, Any]) -> Episode:
    return Episode(**{**row, "traces": tuple(row["traces"])})


def _judged(row: Mapping[str, Any]) -> Judged:
    return Judged(**{**row, "finds": tuple(row["finds"])})
