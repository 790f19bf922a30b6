"""The look-ups as one table for other tools: what each was, and what screening says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibis

if TYPE_CHECKING:
    from linkgraph.ledger import Ledger
    from linkgraph.screen.results import Screening


def lookup_table(ledger: Ledger, screening: Screening) -> Any:
    """One row per look-up, ordered by time and id.

    Columns, all text: lookup_id, officer_id, subject_kind, subject_id (as the log has them),
    at (local time, ISO 8601 without zone, to the second), duty_status, explanation_level,
    explanation_id (null if none), indicators (ids, sorted, joined by `;`; empty if none).
    """
    ids = [item.analysis_id for item in screening.ran if item.role != "explanation"]
    lookups = screening.lookups
    raw = ledger.table("lookups").select("lookup_key", "officer_id", "subject_kind", "subject_id")
    rows = lookups.join(raw, "lookup_key")
    rows = rows.left_join(_flags(screening.indicators, ids), "lookup_key")
    listed = ibis.literal("")
    for name in sorted(ids):
        listed = listed + rows[name].fill_null(False).ifelse(f";{name}", "")
    return (
        rows.order_by("lookup_key")
        .select(
            "lookup_id",
            "officer_id",
            "subject_kind",
            "subject_id",
            "duty_status",
            "explanation_level",
            "explanation_id",
            at=rows.at_local.strftime("%Y-%m-%dT%H:%M:%S"),
            indicators=listed.substr(1),
        )
        .relocate("at", after="subject_id")
    )


def _flags(indicators: Any, ids: list[str]) -> Any:
    """lookup_key and one boolean per indicator: an ordered list is not portable to Spark."""
    flags = {name: (indicators.indicator_id == name).any() for name in ids}
    return indicators.group_by("lookup_key").aggregate(**flags)
