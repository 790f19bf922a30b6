"""Declared programme: the unit was on an operation that is on record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.casework import span
from linkgraph.screen.tables import AWAY, HOUR, ScreenTables, words_of

HEADER = Header(
    id="declared_programme",
    revision=2,
    role=Role.CONTEXT,
    title=Text("During a declared programme", "專案勤務期間"),
    statement=Text(
        "The look-up was made on duty while the officer's unit, or the unit above it, had a "
        "programme or operation on record, or he was assigned to one of any unit, or his work "
        "log of the day names one.",
        "員警於服勤中查詢，且其單位或上級單位當時有登錄在案之專案勤務、其本人為專案成員，"
        "或其當日工作紀錄載明專案。",
    ),
    needs=("cases|work_records",),
    rationale=(
        "Inspections, screening of a trade and vetting look up many people whom no case names. "
        "It does not link officer and subject, so it explains nothing by itself."
    ),
    source="Prototype on forces with known truth: what shared work looks like",
    innocent=(
        Text(
            "It speaks for work, but a programme lasts for days and covers other look-ups too.",
            "此項有利於員警，惟專案期間較長，亦可能涵蓋其他查詢。",
        ),
    ),
    parameters={
        "kinds": "programme,program,operation,inspection,vetting,task_force,task force,"
        "專案,專案小組,臨檢,擴大臨檢,清查,安全查核",
        "hours": 12,
        "days": 31,
    },
    prior=0.1,
    prior_reason="Share of duty time under programmes; misuse is not tied to them.",
    against=True,
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Measure 1; record: the case or work record that declares the programme.

    A programme recorded without end, or for more than `days`, counts for `days` alone.
    """
    kinds = words_of(parameters["kinds"])
    lookups = tables.lookups.select("lookup_key", "officer_key", "unit_key", "at", "duty_status")
    lookups = lookups.filter(~lookups.duty_status.isin(AWAY))
    found = []
    if tables.has("cases"):
        found.append(_by_unit(tables, lookups, kinds, int(parameters["days"] * 24 * HOUR)))
    if tables.has("cases") and tables.has("case_officers"):
        found.append(_by_member(tables, lookups, kinds))
    if tables.has("work_records"):
        found.append(_by_log(tables, lookups, kinds, int(parameters["hours"] * HOUR)))
    hits = ibis.union(*found) if len(found) > 1 else found[0]
    hits = hits.mutate(record=hits.record_table + "=" + hits.row_id)
    hits = hits.group_by("lookup_key").aggregate(record=hits.record.min())
    cut = hits.record.find("=")
    return hits.select(
        "lookup_key",
        measure=ibis.literal(1.0),
        record_table=hits.record.substr(0, cut),
        record_row_id=hits.record.substr(cut + 1),
    )


def _by_unit(tables: ScreenTables, lookups: Any, kinds: tuple[str, ...], longest: int) -> Any:
    cases = tables.unit_cases.filter(tables.unit_cases.kind.strip().lower().isin(kinds))
    cases = span(cases, hours_before=0, hours_after=0)
    cases = cases.select(
        "case_id",
        "since",
        unit_key=cases.unit_key,
        until=ibis.least(cases.until, cases.since + longest),
    )
    units = tables.table("units").select("unit_key", "parent_unit_key")
    below = cases.join(units, cases.unit_key == units.parent_unit_key)
    below = below.select("case_id", "since", "until", unit_key=below.unit_key_right)
    own = cases.select("case_id", "since", "until", "unit_key")
    met = lookups.join(ibis.union(own, below), "unit_key")
    met = met.filter((met.at >= met.since) & (met.at < met.until))
    return met.select("lookup_key", row_id=met.case_id, record_table=ibis.literal("cases"))


def _by_member(tables: ScreenTables, lookups: Any, kinds: tuple[str, ...]) -> Any:
    """Members of a task force: the assignment ends with it, however long it lasts."""
    cases = tables.assigned.filter(tables.assigned.kind.strip().lower().isin(kinds))
    cases = span(cases, hours_before=0, hours_after=0)
    cases = cases.select("case_id", "officer_key", "since", "until", "start", "end")
    met = lookups.join(cases, "officer_key")
    met = met.filter(
        (met.at >= met.since) & (met.at < met.until) & (met.at >= met.start) & (met.at < met.end)
    )
    return met.select("lookup_key", row_id=met.case_id, record_table=ibis.literal("cases"))


def _by_log(tables: ScreenTables, lookups: Any, kinds: tuple[str, ...], width: int) -> Any:
    records = tables.table("work_records")
    records = records.filter(records.kind.strip().lower().isin(kinds))
    records = records.select("officer_key", "row_id", noted_at=records.at)
    met = lookups.join(records, "officer_key")
    met = met.filter((met.at >= met.noted_at - width) & (met.at < met.noted_at + width))
    return met.select("lookup_key", "row_id", record_table=ibis.literal("work_records"))
