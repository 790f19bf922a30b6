"""Rights: an account that should not have been able to, or had not been used for months."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen import rights
from linkgraph.screen.tables import ScreenTables

HEADER = Header(
    id="rights",
    revision=2,
    role=Role.FINDING,
    title=Text("Rights beyond the task", "查詢權限逾越職務"),
    statement=Text(
        "The look-up was made after the officer had left, with an account that had ended, in a "
        "system that his role does not use or no longer uses since a transfer, without a right "
        "on record, or with a right unused for 180 days.",
        "查詢時員警已離職、帳號已停用、系統非其職務所需或調職後不再需要、查無授權，"
        "或該權限已逾180日未使用。",
    ),
    needs=("rights|role_rights|accounts.end|officers.left_on|lookups.system",),
    rationale=(
        "Rights are to be reviewed on application and periodically; what is not withdrawn is "
        "used by those who should not, or by others who know the password."
    ),
    source="Police ethics notice: review of rights before, cross-matching of logs after",
    innocent=(
        Text("The new right was granted and not yet entered.", "新權限已核准但尚未登錄。"),
        Text("A secondment or a temporary task asked for it.", "支援或臨時任務所需。"),
        Text("The system is seldom needed, as for one kind of case.", "該系統本即少用。"),
        Text("The day of departure is the last day paid, not worked.", "離職日期登載與實際不符。"),
    ),
    parameters={
        "dormant_days": rights.DORMANT_DAYS,
        "departed_days": rights.DEPARTED_DAYS,
    },
    prior=1 / 64,
    prior_reason="Documented share of known misuse that comes to light by a review of rights.",
    of_session=True,
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Measure: how many of `screen.rights.CODES` hold; detail: those codes, joined by `;`."""
    rows = _rows(tables)
    in_system = rows.filter(rows.system.notnull())
    holdings = tables.table("accounts")
    spare = parameters["departed_days"]
    found = {"departed": rights.departed(rows, tables.table("officers"), spare)}
    if tables.has("lookups.account_id") and tables.has("accounts"):
        named = tables.lookups.filter(tables.lookups.account_key.notnull())
        found["account_ended"] = rights.account_ended(named, holdings)
    if tables.has("lookups.system"):
        found["dormant"] = _dormant(in_system, parameters)
        if tables.has("role_rights"):
            beyond = rights.beyond_role(
                in_system, tables.table("role_rights"), tables.table("posted"), key="lookup_key"
            )
            found["transferred"] = beyond.filter(beyond.before.notnull())
            found["beyond_role"] = beyond.filter(beyond.before.isnull())
        if tables.has("rights"):
            held = in_system.filter(in_system.account_key.notnull())
            found["no_right"] = rights.no_right(held, tables.table("rights"))
    coded = [
        hits.select("lookup_key", code=ibis.literal(code)).distinct()
        for code, hits in found.items()
    ]
    hits = ibis.union(*coded)
    signs = {code: (hits.code == code).any() for code in rights.CODES}
    hits = hits.group_by("lookup_key").aggregate(**signs)
    number, detail = ibis.literal(0), ibis.literal("")
    for code in rights.CODES:
        number = number + hits[code].cast("int64")
        detail = detail + hits[code].ifelse(f";{code}", "")
    return hits.select("lookup_key", measure=number.cast("float64"), detail=detail.substr(1))


def _rows(tables: ScreenTables) -> Any:
    rows = tables.lookups
    rows = rows.select(
        "lookup_key", "officer_key", "account_key", "at", "day", system=rights.plain(rows.system)
    )
    return rights.with_account(rows, tables.table("accounts")) if tables.has("accounts") else rows


def _dormant(rows: Any, parameters: Mapping[str, Any]) -> Any:
    """The first look-up in a system that the account had left alone for so long.

    By the log alone, which tells nothing of the time before it.
    """
    rows = rows.mutate(who=ibis.coalesce(rows.account_key, rows.officer_key))
    order = ibis.window(group_by=["officer_key", "who", "system"], order_by=["at", "lookup_key"])
    rows = rows.mutate(before=rows.at.lag().over(order))
    return rows.filter(rights.dormant(rows.at, rows.before, parameters["dormant_days"]))
