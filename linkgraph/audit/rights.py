"""Rights to withdraw: those that nobody uses, that the role does not have, whose holder left.

Work tables alone.  What is wrong with a right is defined once, in `screen/rights.py`; here it is
asked as of the end of the log, for the officers of some units.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import ibis
import pandas as pd

from linkgraph.screen.rights import DORMANT_DAYS, plain, with_account
from linkgraph.screen.standing import PARAMETERS, defects, standing

if TYPE_CHECKING:
    from linkgraph.ledger import Ledger

REASONS: Final = ("departed", "transferred", "beyond_role", "dormant")
"""Defects of a right that stands, the first that holds first."""

_DAY = 24 * 60 * 60 * 1_000_000


def to_withdraw(ledger: Ledger, unit_ids: list[str], days: int = DORMANT_DAYS) -> pd.DataFrame:
    """Rights held at the end of the log by officers of the units, with a reason to look again.

    Columns: officer_id, account_id, system, since and last_used (µs UTC; last_used may be
    missing), reason (of `REASONS`, the first that holds); by officer and system.  Whoever holds
    no posting at that moment counts with his last one.  Empty without `rights` or `accounts`.
    """
    columns = ["officer_id", "account_id", "system", "since", "last_used", "reason"]
    if not (ledger.has("rights") and ledger.has("accounts") and ledger.has("lookups")):
        return pd.DataFrame(columns=columns)
    lookups = ledger.table("lookups")
    lookups = lookups.select("officer_key", "account_key", "at", system=plain(lookups.system))
    uses = with_account(lookups, ledger.table("accounts"))
    end = int(lookups.aggregate(last=lookups.at.max()).to_pyarrow()["last"][0].as_py()) + 1
    held = standing(ledger, end)
    found = defects(ledger, held, uses, {**PARAMETERS, "dormant_days": days})
    rank = {reason: place for place, reason in enumerate(REASONS)}
    found = found.assign(rank=found["code"].map(rank)).sort_values(["place", "rank"])
    found = found.drop_duplicates("place").rename(columns={"code": "reason"})
    used = uses.group_by("account_key", "system").aggregate(used=uses.at.max()).to_pandas()
    rows = held.to_pandas().dropna(subset=["system"]).merge(found, on="place")
    rows = rows.merge(used, on=["account_key", "system"], how="left")
    rows = rows.merge(_units(ledger, end), on="officer_id")
    rows = rows[rows["unit_id"].isin(unit_ids)]
    rows = rows.assign(system=rows["shown"], last_used=rows["used"])
    chosen: pd.DataFrame = rows.sort_values(
        ["officer_id", "system", "account_id"], ignore_index=True
    )[columns]
    return chosen


def _units(ledger: Ledger, end: int) -> pd.DataFrame:
    """officer_id, unit_id of the last posting that began by `end`."""
    posted = ledger.table("posted")
    units = ledger.table("entities").select(unit_key="entity_key", unit_id="id")
    officers = ledger.table("officers").select("officer_key", "officer_id").distinct()
    rows = posted.filter(posted.start <= end).join(units, "unit_key").join(officers, "officer_key")
    frame: pd.DataFrame = rows.select("officer_id", "unit_id", "start").to_pandas()
    frame = frame.sort_values(["officer_id", "start", "unit_id"])
    return frame.drop_duplicates("officer_id", keep="last")[["officer_id", "unit_id"]]


def covers(ledger: Ledger, days: int = DORMANT_DAYS) -> bool:
    """Whether the log is long enough to tell a right that nobody uses."""
    lookups = ledger.table("lookups")
    span = lookups.aggregate(days=(ibis._.at.max() - ibis._.at.min()) // _DAY)
    found = span.to_pyarrow().to_pylist()[0]["days"]
    return found is not None and int(found) >= days
