"""Rights: an account that should not have been able to, or had not been used for months."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.model.tables import OPEN_END
from linkgraph.screen.casework import days
from linkgraph.screen.tables import ScreenTables

HEADER = Header(
    id="rights",
    revision=1,
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
    parameters={"dormant_days": 180, "departed_days": 1},
    prior=1 / 64,
    prior_reason="Documented share of known misuse that comes to light by a review of rights.",
)

CODES: tuple[str, ...] = (
    "departed",
    "account_ended",
    "transferred",
    "beyond_role",
    "no_right",
    "dormant",
)
"""The codes of `detail`, in its order."""


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Measure: how many of these hold; detail: their codes, joined by `;`."""
    found = [_departed(tables, parameters)]
    if tables.has("lookups.account_id") and tables.has("accounts"):
        found.append(_ended(tables))
    if tables.has("lookups.system"):
        found.append(_dormant(tables, parameters))
        if tables.has("role_rights"):
            found += [_beyond_role(tables)]
        if tables.has("rights") and tables.has("lookups.account_id"):
            found.append(_no_right(tables))
    rows = ibis.union(*found, distinct=True)
    signs = {code: (rows.code == code).any() for code in CODES}
    hits = rows.group_by("lookup_key").aggregate(**signs)
    number, detail = ibis.literal(0), ibis.literal("")
    for code in CODES:
        number = number + hits[code].cast("int64")
        detail = detail + hits[code].ifelse(f";{code}", "")
    return hits.select("lookup_key", measure=number.cast("float64"), detail=detail.substr(1))


def _departed(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Look-ups after the officer's last day, with days to spare."""
    left = tables.table("officers").filter(ibis._.left_on.notnull())
    left = left.select("officer_key", "left_on")
    rows = tables.lookups.select("lookup_key", "officer_key", "day").join(left, "officer_key")
    spare = ibis.interval(days=int(parameters["departed_days"]))
    hits = rows.filter(rows.day > (rows.left_on + spare).cast("date"))
    return hits.select("lookup_key", code=ibis.literal("departed"))


def _ended(tables: ScreenTables) -> Any:
    """Look-ups by an account that nobody held then, although it once was held."""
    holdings = tables.table("accounts").select("account_key", "start", "end")
    rows = tables.lookups.filter(tables.lookups.account_key.notnull())
    rows = rows.select("lookup_key", "account_key", "at")
    known = rows.join(holdings, "account_key")
    held = known.filter((known.at >= known.start) & (known.at < known.end))
    closed = known.filter((known.end <= known.at) & (known.end < OPEN_END))
    hits = closed.anti_join(held, "lookup_key").select("lookup_key").distinct()
    return hits.mutate(code=ibis.literal("account_ended"))


def _dormant(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """The first look-up in a system that the account had left alone for so long."""
    rows = tables.lookups.filter(tables.lookups.system.notnull())
    rows = rows.mutate(who=ibis.coalesce(rows.account_key, rows.officer_key))
    order = ibis.window(group_by=["officer_key", "who", "system"], order_by=["at", "lookup_key"])
    rows = rows.mutate(before=rows.at.lag().over(order))
    hits = rows.filter(rows.at - rows.before >= days(parameters["dormant_days"]))
    return hits.select("lookup_key", code=ibis.literal("dormant"))


def _beyond_role(tables: ScreenTables) -> Any:
    """Systems that the role of the day does not use; `transferred` if an earlier one did."""
    allowed = tables.table("role_rights")
    allowed = allowed.select(role=_plain(allowed.role), system=_plain(allowed.system)).distinct()
    rows = tables.lookups.filter(tables.lookups.system.notnull())
    rows = rows.select(
        "lookup_key", "officer_key", "at", role=_plain(rows.role), system=_plain(rows.system)
    )
    # A role or a system that the table does not speak of is not beyond anything.
    rows = rows.semi_join(allowed, "role").semi_join(allowed, "system")
    beyond = rows.anti_join(allowed, ["role", "system"])
    posts = tables.posts.select("officer_key", "end", role=_plain(tables.posts.role))
    earlier = beyond.drop("role").join(posts, "officer_key")
    earlier = earlier.filter(earlier.end <= earlier.at).join(allowed, ["role", "system"])
    moved = earlier.select("lookup_key").distinct()
    rest = beyond.anti_join(moved, "lookup_key").select("lookup_key")
    return ibis.union(
        moved.mutate(code=ibis.literal("transferred")),
        rest.mutate(code=ibis.literal("beyond_role")),
    )


def _no_right(tables: ScreenTables) -> Any:
    """Systems for which the account, though listed, holds no right at the time."""
    rights = tables.table("rights")
    rights = rights.select("account_key", "start", "end", system=_plain(rights.system))
    rows = tables.lookups.filter(
        tables.lookups.system.notnull() & tables.lookups.account_key.notnull()
    )
    rows = rows.select("lookup_key", "account_key", "at", system=_plain(rows.system))
    rows = rows.semi_join(rights, "account_key").semi_join(rights, "system")
    held = rows.join(rights, ["account_key", "system"])
    held = held.filter((held.at >= held.start) & (held.at < held.end))
    hits = rows.anti_join(held, "lookup_key").select("lookup_key")
    return hits.mutate(code=ibis.literal("no_right"))


def _plain(text: Any) -> Any:
    return text.strip().lower()
