"""Offence of the unit: a case anywhere, of an offence that the unit is responsible for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.casework import explained, span, within
from linkgraph.screen.tables import ScreenTables

HEADER = Header(
    id="unit_offence",
    revision=1,
    role=Role.EXPLANATION,
    title=Text("Offence of the unit's responsibility", "單位主管案類"),
    statement=Text(
        "An open case of whatever unit involves the subject, and its offence is one that the "
        "officer's unit is responsible for: a partial explanation.",
        "他單位承辦中之案件涉及該查詢對象，且其案類屬員警所屬單位主管業務（部分說明）。",
    ),
    needs=("cases", "case_subjects", "unit_offences", "postings"),
    rationale=(
        "Units that follow one kind of offence through the whole force look up people in the "
        "cases of others. No record links the officer to the case."
    ),
    source="Fabbri & LeFevre 2011-2013: explanation by department, weaker than by person",
    parameters={"hours_before": 2, "days_after": 30},
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Look-ups of those in such a case while it is open; partial."""
    offences = tables.table("unit_offences").select("offence", by_unit=ibis._.unit_key)
    cases = tables.unit_cases.select("case_key", "case_id", "offence", "opened_at", "closed_at")
    cases = span(
        cases,
        hours_before=parameters["hours_before"],
        hours_after=parameters["days_after"] * 24,
    )
    named = offences.mutate(named=_plain(offences.offence)).drop("offence").distinct()
    cases = cases.mutate(named=_plain(cases.offence)).join(named, "named")
    linked = cases.join(tables.involved, "case_key")
    linked = linked.select(
        "subject_key",
        "case_id",
        unit_key=linked.by_unit,
        since=ibis.greatest(linked.since, linked.start),
        until=ibis.least(linked.until, linked.end),
    ).filter(ibis._.since < ibis._.until)
    hits = within(tables.asked, linked, "unit_key")
    return explained(hits, "partial", "cases", hits.case_id)


def _plain(text: Any) -> Any:
    return text.strip().lower().nullif("")
