"""What can be wrong with a right, at a moment: one definition for all who ask.

The finding `rights` asks at each look-up, the worklist of rights at the end of a month: both give
rows with a moment (`at`, µs UTC; `day`, its local date) and take back those on which a defect
holds.  `system` is as `plain` makes it, in the rows and in the tables.

Silence concludes nothing: an account of which no rights are kept, a role of which none are listed
and a system of which the tables do not speak are not judged.
"""

from __future__ import annotations

from typing import Any, Final

import ibis

from linkgraph.model.tables import OPEN_END
from linkgraph.screen.casework import days

DORMANT_DAYS: Final = 180
DEPARTED_DAYS: Final = 1
"""The last day paid is not always the last day worked."""

CODES: Final[tuple[str, ...]] = (
    "departed",
    "account_ended",
    "transferred",
    "beyond_role",
    "no_right",
    "dormant",
)
"""The defects: the holder had left; nobody held the account any more; the system belongs to an
earlier posting; it belongs to no posting of his; the account has no right to it; nobody had used
the right for months."""


def plain(text: Any) -> Any:
    """A role or system without what two tables may write differently."""
    return text.strip().lower()


def with_account(lookups: Any, accounts: Any) -> Any:
    """Look-ups with the officer's account where the log names none and he ever had but one."""
    own = accounts.select("officer_key", "account_key").distinct()
    own = own.group_by("officer_key").aggregate(
        n=own.account_key.nunique(), only_key=own.account_key.min()
    )
    own = own.filter(own.n == 1).select("officer_key", "only_key")
    rows = lookups.left_join(own, "officer_key", rname="own_{name}")
    account = ibis.coalesce(rows.account_key, rows.only_key)
    others = [name for name in lookups.columns if name != "account_key"]
    return rows.select(*others, account_key=account)


def departed(rows: Any, officers: Any, spare: float) -> Any:
    """Rows (officer_key, day) more than `spare` days after the officer's last; adds left_on."""
    left = officers.filter(officers.left_on.notnull()).select("officer_key", "left_on").distinct()
    met = rows.join(left, "officer_key")
    return met.filter(met.day > (met.left_on + ibis.interval(days=int(spare))).cast("date"))


def account_ended(rows: Any, accounts: Any) -> Any:
    """Rows (account_key, at) whose account somebody had held, and nobody held any more."""
    holdings = accounts.select("account_key", "start", "end")
    ended = holdings.filter(holdings.end < OPEN_END)
    closed = rows.semi_join(ended, [rows.account_key == ended.account_key, rows.at >= ended.end])
    return _not_then(closed, holdings, "account_key")


def no_right(rows: Any, rights: Any) -> Any:
    """Rows (account_key, system, at) without a right that then held."""
    kept = rights.select("account_key", "start", "end", system=plain(rights.system))
    managed = rows.semi_join(kept, "account_key").semi_join(kept, "system")
    return _not_then(managed, kept, "account_key", "system")


def beyond_role(rows: Any, role_rights: Any, posted: Any, *, key: str) -> Any:
    """Rows (`key`, officer_key, system, at) whose system no role that he then had lists.

    Adds before: the posting (row_id) that last listed it, null if none ever did.  An officer
    with several postings at once may need the rights of all of them.
    """
    listed = role_rights.select(role=plain(role_rights.role), system=plain(role_rights.system))
    listed = listed.distinct()
    posts = posted.filter(posted.role.notnull())
    posts = posts.select("officer_key", "start", "end", "row_id", role=plain(posts.role))
    known, unlisted = posts.semi_join(listed, "role"), posts.anti_join(listed, "role")
    may = known.join(listed, "role").select("officer_key", "system", "start", "end", "row_id")
    judged = rows.semi_join(listed, "system")
    judged = _then(judged, known, "officer_key")
    judged = _not_then(judged, unlisted, "officer_key")
    beyond = _not_then(judged, may, "officer_key", "system")
    earlier = beyond.select(key, "officer_key", "system", "at")
    earlier = earlier.join(may, ["officer_key", "system"]).filter(ibis._.end <= ibis._.at)
    last = ibis.window(group_by=key, order_by=[ibis.desc("end"), "row_id"])
    earlier = earlier.mutate(nth=ibis.row_number().over(last)).filter(ibis._.nth == 0)
    earlier = earlier.select(key, before="row_id")
    return beyond.left_join(earlier, key, rname="earlier_{name}").select(beyond, "before")


def dormant(at: Any, since: Any, dormant_days: float) -> Any:
    """Whether nobody used a right since `since` (false for null), for so many days."""
    return (at - since >= days(dormant_days)).fill_null(False)


def _then(rows: Any, intervals: Any, *keys: str) -> Any:
    """Rows whose moment lies in an interval of the same keys."""
    intervals = intervals.view()
    return rows.semi_join(intervals, _inside(rows, intervals, keys))


def _not_then(rows: Any, intervals: Any, *keys: str) -> Any:
    """Rows whose moment lies in none."""
    intervals = intervals.view()
    return rows.anti_join(intervals, _inside(rows, intervals, keys))


def _inside(rows: Any, intervals: Any, keys: tuple[str, ...]) -> list[Any]:
    same = [rows[key] == intervals[key] for key in keys]
    return [*same, rows.at >= intervals.start, rows.at < intervals.end]
