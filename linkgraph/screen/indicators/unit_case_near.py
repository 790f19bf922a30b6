"""A case near: the unit's, a duty partner's, or one opened soon after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.casework import cases_of_unit, own_cases, within
from linkgraph.screen.tables import ScreenTables

HEADER = Header(
    id="unit_case_near",
    revision=1,
    role=Role.CONTEXT,
    title=Text("A unit's, partner's or later case", "單位、同勤夥伴或其後案件涉及對象"),
    statement=Text(
        "A case of the unit before, during or soon after, a case of a duty partner, or an own "
        "case opened later involves the subject.",
        "單位前後期間之案件、同勤夥伴承辦之案件，或員警其後開立之案件，涉及該查詢對象。",
    ),
    needs=("cases", "case_subjects"),
    rationale=(
        "Work is shared within a unit and a shift, and records are entered late. Such a case "
        "does not explain the look-up, but makes a work reason likelier."
    ),
    source="Prototype on forces with known truth: context that speaks against misuse",
    innocent=(
        Text(
            "It speaks for work, but a colleague's case is also cover for a favour.",
            "此項有利於員警，惟同仁案件亦可能成為人情查詢之掩護。",
        ),
    ),
    parameters={"days_before": 30, "days_after": 90},
    prior=0.08,
    prior_reason="Asking under cover of a colleague's case occurs among the interviewed cases.",
    against=True,
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Measure 1; detail `unit`, `own` or `partner`; record: the case.

    For look-ups that are not fully explained.
    """
    margins = {
        "hours_before": parameters["days_before"] * 24,
        "days_after": parameters["days_after"],
    }
    open_ = tables.not_explained
    found = []
    if tables.has("postings"):
        of_unit = within(open_, cases_of_unit(tables, **margins), "unit_key")
        found.append(of_unit.select("lookup_key", "case_id", how=ibis.literal("2unit")))
    if tables.has("case_officers"):
        own = own_cases(tables, **margins)
        met = within(open_, own, "officer_key")
        found.append(met.select("lookup_key", "case_id", how=ibis.literal("0own")))
        if tables.has("duties"):
            found.append(_partners(tables, open_, own))
    if not found:
        found.append(
            open_.filter(ibis.literal(value=False)).select(
                "lookup_key", case_id=ibis.literal(""), how=ibis.literal("")
            )
        )
    hits = ibis.union(*found) if len(found) > 1 else found[0]
    hits = hits.mutate(first=hits.how + "=" + hits.case_id)
    hits = hits.group_by("lookup_key").aggregate(first=hits.first.min())
    cut = hits.first.find("=")
    return hits.select(
        "lookup_key",
        measure=ibis.literal(1.0),
        record_table=ibis.literal("cases"),
        record_row_id=hits.first.substr(cut + 1),
        detail=hits.first.substr(1, cut - 1),
    )


def _partners(tables: ScreenTables, open_: Any, own: Any) -> Any:
    """Cases of those who share the duty (duty_id) on which the look-up was made."""
    duty = tables.segments.filter(tables.segments.duty_id.notnull())
    placed = tables.lookups.select("lookup_key", segment=tables.lookups.duty_segment)
    placed = placed.join(duty.select("segment", "duty_id"), "segment")
    mates = duty.select(
        "duty_id", mate_key=duty.officer_key, mate_start=duty.start, mate_end=duty.end
    )
    rows = open_.join(placed.select("lookup_key", "duty_id"), "lookup_key").join(mates, "duty_id")
    rows = rows.filter(
        (rows.mate_key != rows.officer_key)
        & (rows.at >= rows.mate_start)
        & (rows.at < rows.mate_end)
    ).select("lookup_key", "subject_key", "at", "mate_key")
    theirs = own.select("subject_key", "case_id", "since", "until", mate_key=own.officer_key)
    met = within(rows, theirs, "mate_key")
    return met.select("lookup_key", "case_id", how=ibis.literal("1partner"))
