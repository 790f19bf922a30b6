"""The best explanation of each subject of a look-up, and of the look-up as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis

from linkgraph.screen.tables import NO_SUBJECT

ORDER = (
    "own_case",
    "event_case",
    "cited_case",
    "task_force",
    "registered_proxy",
    "work_record",
    "partner_record",
    "visit_register",
    "late_case",
    "reviewed_proper",
    "unit_case",
    "unit_offence",
    "declared_duty",
)
"""Which explanation is named first where several hold; an agency's own come after, by id."""

_PARTIAL = 1000


def subject_levels(asked: Any, explanations: Any, ids: Sequence[str]) -> Any:
    """Level and explanation per look-up and subject; every row of `asked` once.

    Columns: lookup_key, subject_key, subject_kind, code (int16, null if none), level,
    explanation_id (null if none).
    """
    ranked = _ranked(ids)
    if ranked:
        number = explanations.explanation_id.cases(
            *((name, code) for code, name in enumerate(ranked)), else_=len(ranked)
        )
        code = number + (explanations.level == "full").ifelse(0, _PARTIAL)
        best = explanations.mutate(code=code).group_by("lookup_key", "subject_key")
        best = best.aggregate(code=ibis._.code.min().cast("int16"))
        rows = asked.left_join(best, ["lookup_key", "subject_key"])
    else:
        rows = asked.mutate(code=ibis.null("int16"))
    return rows.select(
        "lookup_key",
        "subject_key",
        "subject_kind",
        "code",
        level=_level(rows.code),
        explanation_id=_named(rows.code, ranked),
    )


def lookup_levels(subjects: Any, ids: Sequence[str]) -> Any:
    """Level per look-up: full if every subject is, none if no subject has any, else partial."""
    per_lookup = subjects.group_by("lookup_key").aggregate(
        best=subjects.code.min(),
        worst=subjects.code.max(),
        none=subjects.code.isnull().any(),
    )
    full = ~per_lookup.none & (per_lookup.worst < _PARTIAL)
    level = ibis.cases((per_lookup.best.isnull(), "none"), (full, "full"), else_="partial")
    return per_lookup.select(
        "lookup_key", level=level, explanation_id=_named(per_lookup.best, _ranked(ids))
    )


def without_marker(subject_key: Any) -> Any:
    """NO_SUBJECT back to null, as results show it."""
    return subject_key.nullif(NO_SUBJECT)


def _ranked(ids: Sequence[str]) -> list[str]:
    return sorted(ids, key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name))


def _level(code: Any) -> Any:
    return ibis.cases((code.isnull(), "none"), (code < _PARTIAL, "full"), else_="partial")


def _named(code: Any, ranked: Sequence[str]) -> Any:
    if not ranked:
        return ibis.null("string")
    number = (code >= _PARTIAL).ifelse(code - _PARTIAL, code)
    return number.cases(*enumerate(ranked), else_=ibis.null("string"))
