"""Visit register: the officer is to visit this person or place, and did so with measure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.casework import explained, with_owned
from linkgraph.screen.tables import ScreenTables

HEADER = Header(
    id="visit_register",
    revision=1,
    role=Role.EXPLANATION,
    title=Text("To be visited by the officer", "員警列管查訪對象"),
    statement=Text(
        "The register of persons and places to be visited names the officer for this subject at "
        "the time, and he looked it up no more than four times that month. More often, or "
        "where the register names his unit alone, it is a partial explanation.",
        "查訪登記載明該對象當時由該員警查訪，且當月查詢未逾四次；逾四次或僅登記其單位者為部分說明。",
    ),
    needs=("visit_register",),
    rationale=(
        "Persons under watch are visited every month by the officer of the beat, who looks them "
        "up each time: repeats without a case that are a duty. The register is the record; a "
        "visit a month does not account for a look-up a day."
    ),
    source="Prototype on forces with known truth: monthly visits among wrong leads",
    innocent=(
        Text(
            "The officer may know the person he is to visit: see the declared contacts.",
            "員警可能與查訪對象相識，應併同交往申報查核。",
        ),
    ),
    parameters={"per_month": 4},
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Full for the officer named, up to `per_month`; partial beyond, and for his unit."""
    register = tables.table("visit_register").select(
        "subject_key", "officer_key", "unit_key", "row_id", since=ibis._.start, until=ibis._.end
    )
    named = with_owned(tables, register.filter(register.officer_key.notnull()).drop("unit_key"))
    own = tables.asked.join(named, ["officer_key", "subject_key"])
    own = _then(own)
    month = own.day.year() * 12 + own.day.month()
    counted = own.mutate(month=month)
    often = counted.group_by("officer_key", "row_id", "month").aggregate(
        n=counted.lookup_key.nunique()
    )
    counted = counted.join(often, ["officer_key", "row_id", "month"])
    measured = counted.filter(counted.n <= parameters["per_month"])
    of_unit = register.filter(register.officer_key.isnull()).drop("officer_key")
    shared = _then(tables.asked.join(with_owned(tables, of_unit), ["unit_key", "subject_key"]))
    return ibis.union(
        explained(measured, "full", "visit_register", measured.row_id),
        explained(own, "partial", "visit_register", own.row_id),
        explained(shared, "partial", "visit_register", shared.row_id),
    )


def _then(hits: Any) -> Any:
    """Those at whose time the register holds, and the vehicle was the subject's."""
    return hits.filter(
        (hits.at >= hits.since)
        & (hits.at < hits.until)
        & (hits.at >= hits.start)
        & (hits.at < hits.end)
    )
