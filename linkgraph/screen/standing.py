"""The rights that stand at a moment, and what is wrong with each: for worklists and reviews."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import ibis
import pandas as pd

from linkgraph.screen import rights

if TYPE_CHECKING:
    from linkgraph.ledger import Ledger

PARAMETERS: Mapping[str, float] = {
    "dormant_days": rights.DORMANT_DAYS,
    "departed_days": rights.DEPARTED_DAYS,
}


def standing(ledger: Ledger, until: int) -> Any:
    """The accounts open just before `until` (µs UTC), and for each the rights that it then has.

    Columns: place (a number of its own), account_id, account_key, officer_id, officer_key,
    opened and account_row (of the account), system (as `rights.plain`), shown (as written),
    since and right_row (of the right; null where none is on record), at, day.
    """
    accounts = ledger.table("accounts")
    accounts = accounts.filter((accounts.start < until) & (accounts.end >= until))
    accounts = accounts.select(
        "account_id",
        "account_key",
        "officer_id",
        "officer_key",
        opened="start",
        account_row="row_id",
    )
    held = ledger.table("rights")
    held = held.filter((held.start < until) & (held.end >= until))
    held = held.mutate(shown=held.system, system=rights.plain(held.system))
    first = ibis.window(group_by=["account_key", "system"], order_by=["start", "row_id"])
    held = held.mutate(nth=ibis.row_number().over(first)).filter(ibis._.nth == 0)
    held = held.select("account_key", "system", "shown", since="start", right_row="row_id")
    rows = accounts.left_join(held, "account_key", rname="right_{name}")
    order = ibis.window(order_by=["account_id", "officer_id", "account_row", "system"])
    day = pd.Timestamp(until - 1, unit="us", tz="UTC").tz_convert(ZoneInfo(ledger.timezone)).date()
    return rows.mutate(
        place=ibis.row_number().over(order),
        at=ibis.literal(until - 1, "int64"),
        day=ibis.literal(day, "date"),
    ).cache()


def defects(
    ledger: Ledger, held: Any, uses: Any, parameters: Mapping[str, Any] = PARAMETERS
) -> pd.DataFrame:
    """What is wrong with the rights of `held` (see `standing`), a row for each defect.

    `uses`: the look-ups up to that moment: account_key, system (plain), at.  Columns: code (of
    `rights.CODES`), place, left_on, before (the earlier posting that listed the system) and
    last_used (µs UTC), each null where it says nothing; by place and code.  A right is dormant
    when it was held, and the log was kept, for so long without a use.
    """
    with_right = held.filter(held.system.notnull())
    gone = rights.departed(held, ledger.table("officers"), parameters["departed_days"])
    found = [gone.select("place", "left_on", code=ibis.literal("departed"))]
    if ledger.has("role_rights") and ledger.has("postings"):
        staying = with_right.anti_join(gone.select("place"), "place")
        beyond = rights.beyond_role(
            staying, ledger.table("role_rights"), ledger.table("posted"), key="place"
        )
        code = beyond.before.isnull().ifelse("beyond_role", "transferred")
        found.append(beyond.select("place", "before", code=code))
    found.append(_dormant(with_right, uses, parameters["dormant_days"]))
    frames = [rows.to_pandas() for rows in found]
    made = pd.concat([frame for frame in frames if not frame.empty] or frames[:1])
    columns = ["code", "place", "left_on", "before", "last_used"]
    made = made.reindex(columns=columns).astype({"last_used": "Int64"})
    ordered: pd.DataFrame = made.sort_values(["place", "code"], ignore_index=True)
    return ordered


def _dormant(held: Any, uses: Any, dormant_days: float) -> Any:
    uses = uses.select("account_key", "system", "at")
    first = uses.aggregate(first=uses.at.min()).to_pyarrow()["first"][0].as_py()
    last = uses.group_by("account_key", "system").aggregate(last_used=uses.at.max())
    rows = held.left_join(last, ["account_key", "system"], rname="use_{name}")
    known_since = ibis.greatest(
        rows.since,
        rows.opened,
        ibis.literal(first, "int64"),
        ibis.coalesce(rows.last_used, rows.since),
    )
    idle = rows.filter(rights.dormant(rows.at + 1, known_since, dormant_days))
    return idle.select("place", "last_used", code=ibis.literal("dormant"))
