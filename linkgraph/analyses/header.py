"""The header that every analysis carries: what it is, what it needs, why it exists.

A screen analysis (Python) assigns one to `HEADER`; a graph analysis (Cypher) writes the same
fields in the comment at the top of its file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What an analysis contributes to a lead."""

    EXPLANATION = "explanation"
    """Links officer and subject through work at the time; `full` sets a look-up aside."""
    CONTEXT = "context"
    """A fact about look-ups that raises or lowers the bits of a hit by log2(m/u)."""
    SET = "set"
    """People around an officer on whom his look-ups may fall more often than chance."""
    FINDING = "finding"
    """A fact that can be a lead by itself, where no set explains the look-ups."""
    VIEW = "view"
    """Shown for exploration; takes no part in the ranking."""


@dataclass(frozen=True)
class Text:
    """A sentence in English and in Traditional Chinese."""

    en: str
    zh_tw: str

    def __getitem__(self, language: str) -> str:
        return self.zh_tw if language == "zh-TW" else self.en


@dataclass(frozen=True)
class Header:
    """Identity, purpose and limits of one analysis.

    `needs`: the tables without which it is *not run*; `lookups.purpose` stands for a column that
    must be filled somewhere, `a|b` for either of two.  `prior` is m (context: the share of
    misuse on which it fires) or π (set, finding: the documented share of known misuse that
    takes this form), with its reason; explanations have none.  `innocent` lists the known
    innocent explanations of a hit, shown wherever a hit is shown.  `against` marks context
    that is more common in proper use: it lowers the bits of a hit and is named as mitigating.
    `of_session` marks what is true of the officer's session (his duty, his desk, the words that
    he typed) and not of the one looked up: it counts once for the people of one session.
    """

    id: str
    revision: int
    role: Role
    title: Text
    statement: Text
    needs: tuple[str, ...]
    rationale: str
    source: str
    innocent: tuple[Text, ...] = ()
    parameters: Mapping[str, int | float | str] = field(default_factory=dict)
    prior: float | None = None
    prior_reason: str = ""
    against: bool = False
    of_session: bool = False
