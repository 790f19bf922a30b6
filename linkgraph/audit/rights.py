"""Rights to withdraw: those that nobody uses, that the role does not have, whose holder left.

Work tables alone.  A right is looked at as it stands at the end of the log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
import pandas as pd

if TYPE_CHECKING:
    from linkgraph.ledger import Ledger

DORMANT_DAYS = 180
_DAY = 24 * 60 * 60 * 1_000_000
REASONS = ("left", "beyond_role", "dormant")


def to_withdraw(ledger: Ledger, unit_ids: list[str], days: int = DORMANT_DAYS) -> pd.DataFrame:
    """Rights held at the end of the log by officers of the units, with a reason to look again.

    Columns: officer_id, account_id, system, since and last_used (µs UTC; last_used may be
    missing), reason (of `REASONS`, the first that holds); by officer and system.  A right counts
    as dormant when the log covers `days` and it was held and not used for them.  Whoever holds
    no posting at that moment counts with his last one.  Empty without `rights` or `accounts`.
    """
    columns = ["officer_id", "account_id", "system", "since", "last_used", "reason"]
    if not (ledger.has("rights") and ledger.has("accounts") and ledger.has("lookups")):
        return pd.DataFrame(columns=columns)
    lookups = ledger.table("lookups")
    (span,) = (
        lookups.aggregate(first=lookups.at.min(), last=lookups.at.max()).to_pyarrow().to_pylist()
    )
    end = int(span["last"])
    rights = ledger.table("rights")
    held = rights.filter((rights.start <= end) & (rights.end > end))
    held = held.group_by("account_id", "system").aggregate(since=held.start.min())
    accounts = ledger.table("accounts")
    accounts = accounts.filter((accounts.start <= end) & (accounts.end > end))
    accounts = accounts.group_by("account_id").aggregate(officer_id=accounts.officer_id.max())
    used = lookups.group_by("account_id", "system").aggregate(last_used=lookups.at.max())
    rows = held.join(accounts, "account_id").left_join(used, ["account_id", "system"])
    frame: pd.DataFrame = rows.select(
        "officer_id", "account_id", "system", "since", "last_used"
    ).to_pandas()
    frame = frame.merge(_places(ledger, end), on="officer_id", how="left")
    frame = frame[frame["unit_id"].isin(unit_ids)]
    allowed = ledger.table("role_rights").select("role", "system").to_pandas()
    known_roles = set(allowed["role"])
    pairs = set(zip(allowed["role"], allowed["system"], strict=True))
    beyond = [
        role in known_roles and (role, system) not in pairs
        for role, system in zip(frame["role"], frame["system"], strict=True)
    ]
    oldest = end - days * _DAY
    covered = int(span["first"]) <= oldest
    dormant = covered & (frame["since"] <= oldest) & ~(frame["last_used"] > oldest)
    frame["reason"] = ""
    for reason, holds in (("dormant", dormant), ("beyond_role", beyond), ("left", frame["gone"])):
        frame.loc[pd.Series(holds, index=frame.index).astype(bool), "reason"] = reason
    chosen = frame[frame["reason"] != ""]
    return chosen.sort_values(["officer_id", "system", "account_id"], ignore_index=True)[columns]


def _places(ledger: Ledger, end: int) -> pd.DataFrame:
    """officer_id, unit_id, role of the last posting by `end`, and whether the officer is gone."""
    posted = ledger.table("posted")
    units = ledger.table("entities").select(unit_key="entity_key", unit_id="id")
    officers = ledger.table("officers").select("officer_key", "officer_id", "left_on")
    rows = posted.filter(posted.start <= end).join(units, "unit_key").join(officers, "officer_key")
    rows = rows.select("officer_id", "unit_id", "role", "start", "end", "left_on")
    frame: pd.DataFrame = rows.to_pandas().sort_values(["officer_id", "start", "unit_id"])
    frame = frame.drop_duplicates("officer_id", keep="last")
    day = pd.to_datetime(end, unit="us")
    left = pd.to_datetime(frame["left_on"]) < day
    frame["gone"] = left | (frame["end"] <= end)
    return frame[["officer_id", "unit_id", "role", "gone"]]


def covers(ledger: Ledger, days: int = DORMANT_DAYS) -> bool:
    """Whether the log is long enough to tell a right that nobody uses."""
    lookups = ledger.table("lookups")
    span = lookups.aggregate(days=(ibis._.at.max() - ibis._.at.min()) // _DAY)
    found = span.to_pyarrow().to_pylist()[0]["days"]
    return found is not None and int(found) >= days
