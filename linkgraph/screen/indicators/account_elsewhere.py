"""Account elsewhere: used at a place where its holder was not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.tables import MINUTE, ScreenTables

HEADER = Header(
    id="account_elsewhere",
    revision=1,
    role=Role.CONTEXT,
    title=Text("Account used elsewhere", "帳號於他處使用"),
    statement=Text(
        "The look-up was made at a desk of another unit than the one the holder was posted to "
        "or on duty for, or within minutes at desks of two units.",
        "查詢係於非員警所屬或服勤單位之桌上設備為之，或數分鐘內於二單位之設備使用同一帳號。",
    ),
    needs=("devices", "lookups.device_id"),
    rationale=(
        "A desk stands where it stands: an account at another unit's desk was lent, or its "
        "holder was there for a reason that the roster does not show."
    ),
    source="Thesis, National Taipei University: “my account is locked”, terminals handed over",
    innocent=(
        Text("The officer was there on an errand or in support.", "員警因公前往或支援該單位。"),
        Text("The device was moved and the list is out of date.", "設備移置而清冊未更新。"),
    ),
    parameters={"minutes": 15},
    prior=0.1,
    prior_reason="Lending of accounts is one of the eight ways in the interviews.",
    of_session=True,
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Measure 1; detail `other_unit` or `two_places`; record: the device."""
    devices = tables.table("devices")
    desks = devices.filter((devices.kind == "desktop") & devices.unit_key.notnull())
    desks = desks.select("device_key", desk_unit=desks.unit_key, desk=desks.row_id)
    rows = tables.lookups.select(
        "lookup_key", "officer_key", "device_key", "unit_key", "at", segment="duty_segment"
    ).join(desks, "device_key")
    duty = tables.segments.select("segment", duty_unit="unit_key")
    rows = rows.left_join(duty, "segment").drop("segment_right")
    order = ibis.window(group_by="officer_key", order_by=["at", "lookup_key"])
    rows = rows.mutate(
        last_unit=rows.desk_unit.lag().over(order), last_at=rows.at.lag().over(order)
    )
    two = (rows.last_unit != rows.desk_unit) & (
        rows.at - rows.last_at <= int(parameters["minutes"] * MINUTE)
    )
    elsewhere = (
        rows.unit_key.notnull()
        & (rows.desk_unit != rows.unit_key)
        & (rows.duty_unit.isnull() | (rows.desk_unit != rows.duty_unit))
    )
    hits = rows.mutate(two=two.fill_null(False), elsewhere=elsewhere.fill_null(False))
    hits = hits.filter(hits.two | hits.elsewhere)
    return hits.select(
        "lookup_key",
        measure=ibis.literal(1.0),
        record_table=ibis.literal("devices"),
        record_row_id=hits.desk,
        detail=hits.elsewhere.ifelse("other_unit", "two_places"),
    )
