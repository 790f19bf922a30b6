"""Late case: the officer's own case, begun on paper or opened only after the look-up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.casework import days, explained
from linkgraph.screen.tables import HOUR, ScreenTables

HEADER = Header(
    id="late_case",
    revision=2,
    role=Role.EXPLANATION,
    title=Text("Case entered late", "補登案件"),
    statement=Text(
        "A case of the officer that involves the subject had begun on paper by then, and was "
        "entered after the look-up. Where the day on paper is later or not on record, a case "
        "opened within 30 days after is a partial explanation.",
        "涉及該查詢對象之員警承辦案件，於查詢時已紙本受理，惟嗣後始登錄；紙本日期較查詢為晚"
        "或無紙本日期者，查詢後30日內開立之案件為部分說明。",
    ),
    needs=("cases", "case_officers", "case_subjects"),
    rationale=(
        "Cases are received on paper and entered days later, by whoever then gets them. The day "
        "on paper links officer and subject at the time; a later day alone does not say what "
        "came first."
    ),
    source="Prototype on forces with known truth: cases entered late among wrong leads",
    innocent=(
        Text(
            "The day on paper may have been written afterwards: compare it with the receipt.",
            "紙本日期可能事後補填，應與收件紀錄核對。",
        ),
    ),
    parameters={"hours_before": 2, "days_after": 30},
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Full between the beginning on paper and the opening; partial up to days before opening."""
    cases = tables.assigned.select(
        "case_key", "case_id", "officer_key", "opened_at", "begun_at"
    ).distinct()
    linked = cases.join(tables.involved, "case_key")
    hits = tables.asked.join(linked, ["officer_key", "subject_key"])
    hits = hits.filter((hits.at < hits.opened_at) & (hits.at >= hits.start) & (hits.at < hits.end))
    begun = (hits.at >= hits.begun_at - int(parameters["hours_before"] * HOUR)).fill_null(False)
    on_paper = hits.filter(begun)
    before = hits.filter(hits.at >= hits.opened_at - days(parameters["days_after"]))
    return ibis.union(
        explained(on_paper, "full", "cases", on_paper.case_id),
        explained(before, "partial", "cases", before.case_id),
    )
