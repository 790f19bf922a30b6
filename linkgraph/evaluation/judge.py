"""What a right lead is, and what each lead finds.

A lead is right if its officer held the account or asked, at least 30 % of its look-ups (those
that no record explains in full) are misuse, and one of these was in no lead above it.  It finds
the episodes of those look-ups.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LEAST_SHARE = 0.3
NO_LOOK_ALIKE = "other proper work"


@dataclass(frozen=True)
class Truth:
    """The truth's folder of a simulation: rows by id.

    `alike`: look-up -> kind of look-alike it belongs to; `alike_officers`: officer -> kind of
    those that are about an officer's work as a whole.
    """

    episodes: Mapping[str, Mapping[str, str]]
    misuse: Mapping[str, Mapping[str, str]]
    alike: Mapping[str, str]
    alike_officers: Mapping[str, str]

    @classmethod
    def read(cls, folder: Path) -> Truth:
        """Read `episodes.csv`, `misuse_lookups.csv` and, where there are, the look-alikes."""
        kinds = {row["look_alike_id"]: row for row in _rows(folder / "look_alikes.csv")}
        alike = {
            row["lookup_id"]: kinds[row["look_alike_id"]]["kind"]
            for row in _rows(folder / "look_alike_lookups.csv")
        }
        whole = {"busy_desk", "generic_proper"}
        return cls(
            {row["episode_id"]: row for row in _rows(folder / "episodes.csv")},
            {row["lookup_id"]: row for row in _rows(folder / "misuse_lookups.csv")},
            alike,
            {row["officer_id"]: row["kind"] for row in kinds.values() if row["kind"] in whole},
        )

    def asked_by_another(self, episode: str) -> str:
        """Who asked the account's holder, an officer; empty if nobody on the force did."""
        row = self.episodes[episode]
        return row["requester_id"] if row["requester_id"] != row["officer_id"] else ""


@dataclass(frozen=True)
class Judged:
    """A lead in its place: `finds` are the episodes it rightly finds, none if it is wrong.

    `score` orders leads of several forces; `look_alike` is what a wrong lead mistook; `asked`
    is who the lead says may really have asked.
    """

    officer: str
    score: float
    finds: tuple[str, ...]
    look_alike: str
    asked: str

    @property
    def right(self) -> bool:
        """Whether the lead finds anything."""
        return bool(self.finds)


def judge(truth: Truth, leads: Sequence[Mapping[str, Any]]) -> list[Judged]:
    """Judge leads, JSON objects in rank order; `score` is their bits, or their `score`."""
    seen: set[str] = set()
    made = []
    for lead in leads:
        finds = _finds(lead, truth, seen)
        seen |= {id_ for id_ in lead["lookup_ids"] if id_ in truth.misuse}
        made.append(
            Judged(
                str(lead["officer_id"]),
                float(lead.get("bits", lead.get("score", 0.0))),
                tuple(sorted(finds)),
                "" if finds else _look_alike(lead, truth),
                str(lead.get("requester_id") or ""),
            )
        )
    return made


def _finds(lead: Mapping[str, Any], truth: Truth, seen: set[str]) -> set[str]:
    ids = lead["lookup_ids"]
    bad = [id_ for id_ in ids if id_ in truth.misuse]
    if not ids or len(bad) < LEAST_SHARE * len(ids) or all(id_ in seen for id_ in bad):
        return set()
    people = {lead["officer_id"], lead.get("requester_id"), *lead.get("officers", ())}
    found = set()
    for id_ in bad:
        row = truth.misuse[id_]
        episode = truth.episodes[row["episode_id"]]
        held = row.get("held_by") or episode["officer_id"]
        if people & {held, episode["requester_id"], row["wanted_by"]} - {""}:
            found.add(row["episode_id"])
    return found


def _look_alike(lead: Mapping[str, Any], truth: Truth) -> str:
    """The look-alike that most of the look-ups belong to, else what the officer's work is."""
    kinds = Counter(truth.alike[id_] for id_ in lead["lookup_ids"] if id_ in truth.alike)
    if kinds:
        return min(kinds, key=lambda kind: (-kinds[kind], kind))
    if any(id_ in truth.misuse for id_ in lead["lookup_ids"]):
        return "misuse among more proper work"
    return truth.alike_officers.get(str(lead["officer_id"]), NO_LOOK_ALIKE)


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
