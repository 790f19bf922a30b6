"""What an explanation or indicator may read: the ledger's work tables, prepared once.

All keys are int64 and point into the ledger's `entities`, except `lookup_key`; all times are
int64 µs UTC; intervals are `[start, end)`.  Only tables of class `work` can be asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis

from linkgraph.errors import AnalysisError
from linkgraph.model.tables import TABLES

if TYPE_CHECKING:
    from linkgraph.ledger import Ledger
    from linkgraph.workspace import Settings

MINUTE = 60 * 1_000_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR

NO_SUBJECT = -1
"""`subject_key` of the one row that stands for a look-up without subject (a text search)."""

AWAY = ("leave", "off")
"""Duty kinds on which an officer does not work; every other kind is on duty."""

_DERIVED = frozenset({"entities", "subjects", "duty_segments", "posted"})


@dataclass
class ScreenTables:
    """The tables handed to every `find`.

    `lookups`: one row per look-up: lookup_key, lookup_id, officer_key, at, at_local, day
    (local date), system, subject_kind, subject_key, purpose, case_key, requester_key,
    requester_text, requester_unit_key, channel, caller_phone_key, approved_by_key, output,
    account_key, device_key, unit_key, role, district (both "" when unknown), duty_status,
    duty_segment.

    `asked`: one row per look-up and subject: lookup_key, subject_key (NO_SUBJECT if none),
    subject_kind, officer_key, unit_key, at, day, system.

    `segments`: the duty segments with a dense `segment`: segment, officer_key, start, end,
    kind, duty_id, unit_key, row_id.  `posts` likewise for postings: post, officer_key,
    unit_key, role, start, end.

    `owned`: vehicle_owners in both directions: subject_key, other_key, start, end.

    `involved`: whom and what a case involves, a vehicle's owner and an owner's vehicles
    included while they own: case_key, subject_key, start, end.

    `assigned`: case_key, case_id, officer_key, start, end (of the assignment), kind, offence,
    unit_key, opened_at, closed_at, begun_at, part_of_key (nullable).  `unit_cases`: the cases
    alike, without officer.

    `about`: `asked` (without text searches) and, for a vehicle, its owner at that time:
    lookup_key, officer_key, unit_key, day, subject_key, about_key.

    `levels`: level and explanation per look-up and subject; there only for indicators.

    `store(name, rows)` writes an intermediate that is read more than once and gives it back.
    """

    ledger: Ledger
    settings: Settings
    lookups: Any
    asked: Any
    segments: Any
    posts: Any
    owned: Any
    involved: Any
    about: Any
    assigned: Any
    unit_cases: Any
    filled: frozenset[str]
    store: Callable[[str, Any], Any]
    _levels: Any = None
    _lookup_levels: Any = None

    def has(self, need: str) -> bool:
        """Whether a table has rows, or (`lookups.purpose`) a column of it is filled somewhere.

        `a|b` is met by either.
        """
        if "|" in need:
            return any(self.has(part) for part in need.split("|"))
        if need.startswith("lookups."):
            return need.removeprefix("lookups.") in self.filled
        return self.ledger.has(need)

    def table(self, name: str) -> Any:
        """A work table of the ledger, with columns as `key_of` names them.

        Raises AnalysisError for a private or special table: screening uses work alone.
        """
        if name not in _DERIVED and (name not in TABLES or TABLES[name].privacy != "work"):
            raise AnalysisError(
                f"Screening may not read {name!r}: it uses work tables alone.",
                remedy="Private ties are joined under an inquiry, in a graph analysis.",
            )
        return self.ledger.table(name)

    @property
    def levels(self) -> Any:
        """lookup_key, subject_key, level (`full`, `partial`, `none`), explanation_id or null."""
        if self._levels is None:
            raise AnalysisError("An explanation may not depend on what other explanations found.")
        return self._levels

    @property
    def lookup_levels(self) -> Any:
        """lookup_key, level of the look-up as a whole, explanation_id or null."""
        if self._lookup_levels is None:
            raise AnalysisError("An explanation may not depend on what other explanations found.")
        return self._lookup_levels

    @property
    def unrecorded(self) -> Any:
        """Of `levels`, those that no record about the subject explains, not even in part.

        A patrol accounts for looking up plates, not for the same plate week after week, so what
        the duty alone explains is among them.
        """
        levels = self.levels
        on_duty = (levels.level == "partial") & (levels.explanation_id == "declared_duty")
        return levels.filter((levels.level == "none") | on_duty.fill_null(False))

    @property
    def not_explained(self) -> Any:
        """`asked` without the look-ups that are fully explained."""
        open_ = self.lookup_levels.filter(self.lookup_levels.level != "full")
        return self.asked.semi_join(open_, "lookup_key")


def any_of(text: Any, words: tuple[str, ...]) -> Any:
    """Whether the text column holds one of the words, in any case; false for null."""
    if not words:
        return ibis.literal(value=False)
    pattern = "(?i)" + "|".join(re.escape(word) for word in words)
    return text.re_search(pattern).fill_null(False)


def one_of(text: Any, words: tuple[str, ...]) -> Any:
    """Whether the text column is one of the words, case and blanks aside; false for null."""
    bare = text.lower().replace(" ", "").replace("\u3000", "").strip()
    listed = sorted({w.casefold().replace(" ", "").replace("\u3000", "").strip() for w in words})
    return bare.isin(listed).fill_null(False)


def words_of(parameter: object) -> tuple[str, ...]:
    """A parameter that lists words, separated by commas."""
    return tuple(w.strip() for w in str(parameter).replace("、", ",").split(",") if w.strip())
