"""Shared device: accounts interleaved on one, or a session that outlives its holder's duty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.tables import AWAY, MINUTE, ScreenTables

HEADER = Header(
    id="shared_device",
    revision=1,
    role=Role.FINDING,
    title=Text("A device or session shared", "裝置或登入階段共用"),
    statement=Text(
        "On one device a look-up of this account lies between two of another within ten "
        "minutes; or the session in which it was made began on duty and went on after its "
        "holder's duty had ended.",
        "同一裝置十分鐘內，該帳號之查詢夾於另一帳號之查詢間；或該登入階段始於服勤中，"
        "於持有人勤務結束後仍持續使用。",
    ),
    needs=("lookups.device_id",),
    rationale=(
        "In case 1090103 a colleague's logged-in M-Police device was used. Sessions are rarely "
        "on record: without them a run of look-ups with no gap of half an hour is taken for "
        "one, and said to be inferred."
    ),
    source="Case 1090103 of the police ethics notice; handing the terminal to others",
    innocent=(
        Text("Colleagues take turns at the one terminal of a counter.", "櫃台共用終端機輪流登入。"),
        Text("The shift ran over and was not entered.", "勤務延長未登錄。"),
        Text("Clocks of two systems differ by minutes.", "不同系統時間略有誤差。"),
    ),
    parameters={"between_minutes": 10, "gap_minutes": 30, "grace_minutes": 60},
    prior=1 / 64,
    prior_reason="Documented share of known misuse that comes to light by a shared session.",
    of_session=True,
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Measure: minutes past the duty, or between the two look-ups of the other account.

    Detail: `interleaved`, `outlived` (a session on record) or `outlived_inferred` (from gaps in
    the log).  requester_key: the holder of the other account.  Record: the session, or the
    absence after the duty.
    """
    rows = tables.lookups.filter(tables.lookups.device_key.notnull())
    rows = rows.select(
        "lookup_key",
        "officer_key",
        "account_key",
        "device_key",
        "at",
        "duty_status",
        segment="duty_segment",
    )
    rows = tables.store("on_devices", rows)
    absent = _absent(tables, rows, int(parameters["grace_minutes"] * MINUTE))
    found = [
        _interleaved(rows, int(parameters["between_minutes"] * MINUTE)),
        _inferred(rows, absent, int(parameters["gap_minutes"] * MINUTE)),
    ]
    if tables.has("device_sessions"):
        found.append(_given(tables, absent))
    hits = ibis.union(*found)
    # What is on record comes before what is inferred, and both before a mere interleaving.
    first = ibis.window(group_by="lookup_key", order_by=["rank", "record_row_id"])
    hits = hits.mutate(place=ibis.row_number().over(first)).filter(ibis._.place == 0)
    return hits.drop("rank", "place")


def _interleaved(rows: Any, width: int) -> Any:
    order = ibis.window(group_by="device_key", order_by=["at", "lookup_key"])
    around = rows.mutate(
        before=rows.officer_key.lag().over(order),
        after=rows.officer_key.lead().over(order),
        since=rows.at.lag().over(order),
        until=rows.at.lead().over(order),
    )
    hits = around.filter(
        (around.before == around.after)
        & (around.before != around.officer_key)
        & (around.until - around.since <= width)
    )
    return _shown(
        hits,
        "interleaved",
        2,
        minutes=(hits.until - hits.since) / float(MINUTE),
        requester=hits.before,
    )


def _absent(tables: ScreenTables, rows: Any, grace: int) -> Any:
    """Look-ups made while the holder was away, with when the absence began and its record."""
    duty = tables.segments.filter(tables.segments.kind.isin(AWAY))
    duty = duty.select("segment", duty_row="row_id", away_since="start")
    away = rows.join(duty, "segment")
    return away.filter(away.at >= away.away_since + grace)


def _inferred(rows: Any, absent: Any, gap: int) -> Any:
    who = ["device_key", "officer_key"]
    order = ibis.window(group_by=who, order_by=["at", "lookup_key"])
    apart = (rows.at - rows.at.lag().over(order) > gap).fill_null(True)
    runs = rows.mutate(new=apart.cast("int64"))
    so_far = ibis.window(group_by=who, order_by=["at", "lookup_key"], preceding=None, following=0)
    runs = runs.mutate(run=runs.new.sum().over(so_far))
    begun = runs.group_by(*who, "run").aggregate(begun=runs.at.min())
    runs = runs.select("lookup_key", *who, "run").join(begun, [*who, "run"])
    hits = absent.join(runs.select("lookup_key", "begun"), "lookup_key")
    hits = hits.filter(hits.begun < hits.away_since)
    return _shown(
        hits,
        "outlived_inferred",
        1,
        minutes=(hits.at - hits.away_since) / float(MINUTE),
        table="duties",
        row=hits.duty_row,
    )


def _given(tables: ScreenTables, absent: Any) -> Any:
    sessions = tables.table("device_sessions").select(
        "account_key", "device_key", "row_id", "start", "end"
    )
    hits = absent.join(sessions, ["account_key", "device_key"])
    hits = hits.filter(
        (hits.at >= hits.start) & (hits.at < hits.end) & (hits.start < hits.away_since)
    )
    return _shown(
        hits,
        "outlived",
        0,
        minutes=(hits.at - hits.away_since) / float(MINUTE),
        table="device_sessions",
        row=hits.row_id,
    )


def _shown(
    hits: Any,
    detail: str,
    rank: int,
    *,
    minutes: Any,
    requester: Any = None,
    table: str | None = None,
    row: Any = None,
) -> Any:
    return hits.select(
        "lookup_key",
        measure=minutes,
        detail=ibis.literal(detail),
        requester_key=ibis.null("int64") if requester is None else requester,
        record_table=ibis.null("string") if table is None else ibis.literal(table),
        record_row_id=ibis.null("string") if row is None else row,
        rank=ibis.literal(rank),
    )
