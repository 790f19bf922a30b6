"""Worklist: rights to withdraw or to look into, worst first, one line why each.

From accounts, rights, the rights that each role needs, postings and the log: a right that outlived
the officer's departure; look-ups in a system to which the account had no right; a right of an
earlier posting that the present role does not list; a right beyond the role; a right that nobody
used for 180 days.  A right that is used comes before one that lies idle, and look-ups that no
record explains before those that one does.

All is as of the end of the month, or of the log.  Two things are not concluded from silence: a
right is dormant only if the log reaches back 180 days, and a role for which no rights are listed
is not taken for a role that needs none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import ibis
import numpy as np
import pandas as pd

from linkgraph.leads.lead import Bilingual, Fact
from linkgraph.leads.pairs import memtable
from linkgraph.leads.phrases import phrase
from linkgraph.leads.records import local_day, text_or_none
from linkgraph.leads.workitem import (
    MOST_NAMED,
    WorkItem,
    WorkItems,
    explained_fact,
    missing,
    month_of,
)
from linkgraph.model.tables import OPEN_END

if TYPE_CHECKING:
    from linkgraph.ledger import Ledger
    from linkgraph.screen import Screening

DAY = 24 * 3_600_000_000
DORMANT_DAYS = 180
WEIGHTS: Mapping[str, float] = {
    "account_departed": 6.0,
    "departed": 5.0,
    "without": 4.0,
    "transferred": 3.0,
    "beyond": 2.0,
    "dormant": 1.0,
}
"""The order of kinds: a judgement.  Ten more where look-ups under it have no full explanation."""
USED = 10.0
COMPARED = ("accounts", "rights", "role_rights", "postings")
_ITEM = ["kind", "account_id", "system"]


def worklist_rights(ledger: Ledger, screening: Screening, *, month: str | None = None) -> WorkItems:
    """Rights that contradict a record, as of the end of a local month or of the log.

    Look-ups are counted within the month, if one is given.  Cost: one pass over the look-ups for
    each account's use of each system.  Raises UsageError for a bad month.
    """
    lookups = _lookups(ledger, screening)
    since, until, log_start = _period(ledger, lookups, month)
    held = _held(ledger, until)
    found = pd.concat(
        [
            _departed(held),
            _by_role(ledger, held, until),
            _dormant(held, lookups, until, log_start),
        ],
        ignore_index=True,
    )
    within = _covered(ledger, lookups.filter((lookups.at >= since) & (lookups.at < until)))
    found = pd.concat([found, _without(within)], ignore_index=True)
    items = _items(found, within, ledger.timezone)
    items.sort(key=lambda i: (-i.weight, i.explained - i.lookups, i.officer_id, i.system or "",
                              i.account_id or "", i.kind))  # fmt: skip
    ranked = tuple(replace(item, rank=rank) for rank, item in enumerate(items, 1))
    facts = (*missing(ledger, COMPARED), *_limits(ledger, held, until, log_start))
    return WorkItems("rights", ranked, len(held), facts)


def _lookups(ledger: Ledger, screening: Screening) -> Any:
    """Look-ups with account_id (an officer's only account where the log names none), level."""
    accounts = ledger.table("accounts").select("account_id", "officer_id").distinct()
    single = accounts.group_by("officer_id").aggregate(
        n=accounts.account_id.nunique(), own=accounts.account_id.min()
    )
    single = single.filter(single.n == 1).select("officer_id", "own")
    raw = ledger.table("lookups").select("lookup_key", "account_id", "officer_id", "system")
    raw = raw.left_join(single, "officer_id")
    raw = raw.select(
        "lookup_key",
        "officer_id",
        "system",
        account_id=ibis.coalesce(raw.account_id.nullif(""), raw.own),
    )
    times = screening.lookups.select("lookup_key", "lookup_id", "at", level="explanation_level")
    rows = raw.join(times, "lookup_key")
    return rows.filter(rows.account_id.notnull() & rows.system.notnull())


def _period(ledger: Ledger, lookups: Any, month: str | None) -> tuple[int, int, int]:
    """`[since, until)` of the month (or the log), and where the log starts; µs UTC."""
    (row,) = (
        lookups.aggregate(first=lookups.at.min(), last=lookups.at.max()).to_pyarrow().to_pylist()
    )
    first, last = int(row["first"] or 0), int(row["last"] or 0) + 1
    if month is None:
        return first, last, first
    zone = ZoneInfo(ledger.timezone)
    start, end = (int(m.tz_localize(zone).timestamp()) * 1_000_000 for m in month_of(month))
    return start, min(end, max(last, start)), first


def _held(ledger: Ledger, until: int) -> pd.DataFrame:
    """Rights open at the end: account_id, system, officer_id, since, row_id, left_at, left_on."""
    accounts = ledger.table("accounts").to_pandas()
    rights = ledger.table("rights").to_pandas()
    officers = ledger.table("officers").select("officer_id", "left_on").to_pandas()
    accounts = accounts[(accounts["start"] < until) & (accounts["end"] >= until)]
    accounts = accounts[["account_id", "officer_id", "row_id", "start"]].rename(
        columns={"row_id": "account_row", "start": "opened"}
    )
    rights = rights[(rights["start"] < until) & (rights["end"] >= until)]
    rights = rights.sort_values(["account_id", "system", "start", "row_id"])
    rights = rights.drop_duplicates(["account_id", "system"])
    rights = rights[["account_id", "system", "start", "row_id"]].rename(columns={"start": "since"})
    held = accounts.merge(rights, on="account_id", how="left").merge(
        officers.drop_duplicates("officer_id"), on="officer_id", how="left"
    )
    zone = ZoneInfo(ledger.timezone)
    day_after = pd.to_datetime(held["left_on"]) + pd.Timedelta(days=1)
    left = day_after.dt.tz_localize(zone).dt.tz_convert("UTC")
    held["left_at"] = [
        OPEN_END if pd.isna(moment) else int(moment.timestamp()) * 1_000_000 for moment in left
    ]
    held.loc[held["left_at"] >= until, "left_at"] = OPEN_END
    ordered: pd.DataFrame = held.sort_values(["account_id", "system"], ignore_index=True)
    return ordered


def _departed(held: pd.DataFrame) -> pd.DataFrame:
    """Accounts open after the holder left, and each right of such an account."""
    gone = held[held["left_at"] < OPEN_END]
    accounts = gone.drop_duplicates("account_id")
    return pd.concat(
        [
            _found(accounts.assign(system=None), "account_departed", accounts["left_at"],
                   day=accounts["left_on"].astype(str), record=_records(accounts, "account")),
            _found(gone.dropna(subset=["system"]), "departed", gone["left_at"],
                   day=gone["left_on"].astype(str), record=_records(gone, "right")),
        ],
        ignore_index=True,
    )  # fmt: skip


def _by_role(ledger: Ledger, held: pd.DataFrame, until: int) -> pd.DataFrame:
    """Rights that no present role lists: of an earlier posting (`transferred`) or `beyond`."""
    if not (ledger.has("role_rights") and ledger.has("postings")):
        return _nothing()
    listed = ledger.table("role_rights").select("role", "system").distinct().to_pandas()
    posts = _postings(ledger, until)
    known = posts[posts["role"].isin(listed["role"])]
    now = known[known["present"]]
    # An officer with a present role of which nothing is listed may need anything.
    unknown = set(posts.loc[posts["present"] & ~posts["role"].isin(listed["role"]), "officer_id"])
    rights = held.dropna(subset=["system"])
    rights = rights[rights["officer_id"].isin(now["officer_id"])]
    rights = rights[~rights["officer_id"].isin(unknown) & (rights["left_at"] == OPEN_END)]
    allowed = now.merge(listed, on="role")[["officer_id", "system"]].drop_duplicates()
    rest = rights.merge(allowed, on=["officer_id", "system"], how="left", indicator=True)
    rest = rest[rest["_merge"] == "left_only"].drop(columns="_merge")
    ordered = now.sort_values(["officer_id", "start", "row_id"])
    present = ordered.groupby("officer_id", as_index=False).agg(
        role=("role", lambda roles: ", ".join(sorted(set(roles)))),
        began=("start", "max"),
        post=("row_id", "last"),
    )
    earlier = known[~known["present"]].merge(listed, on="role")
    earlier = earlier.sort_values(["officer_id", "system", "end", "row_id"])
    earlier = earlier.drop_duplicates(["officer_id", "system"], keep="last")
    earlier = earlier[["officer_id", "system", "role", "row_id"]].rename(
        columns={"role": "before", "row_id": "before_post"}
    )
    rest = rest.merge(present, on="officer_id")
    rest = rest.merge(earlier, on=["officer_id", "system"], how="left")
    moved = rest["before"].notna()
    zone = ZoneInfo(ledger.timezone)
    begins = np.maximum(rest["began"].astype("int64"), rest["since"].astype("int64"))
    records = [
        tuple(
            record
            for record in (
                ("rights", text_or_none(row.row_id)),
                ("postings", text_or_none(row.post)),
                ("postings", text_or_none(row.before_post)),
            )
            if record[1]
        )
        for row in rest.itertuples(index=False)
    ]
    return _found(
        rest,
        moved.map({True: "transferred", False: "beyond"}),
        pd.Series(begins, index=rest.index),
        day=pd.Series([local_day(at, zone) for at in rest["began"]], index=rest.index),
        role=rest["role"],
        before=rest["before"].fillna(""),
        record=pd.Series(records, index=rest.index, dtype=object),
    )


def _postings(ledger: Ledger, until: int) -> pd.DataFrame:
    names = ledger.table("entities").filter(ibis._.kind == "officer")
    posted = ledger.table("posted")
    posts = posted.join(names, posted.officer_key == names.entity_key)
    posts = posts.filter((posts.start < until) & posts.role.notnull())
    frame: pd.DataFrame = posts.select("role", "start", "end", "row_id",
                                       officer_id=posts.id).to_pandas()  # fmt: skip
    return frame.assign(present=frame["end"] >= until)


def _dormant(held: pd.DataFrame, lookups: Any, until: int, log_start: int) -> pd.DataFrame:
    """Rights that the log, reaching back far enough, never saw used in 180 days."""
    since = until - DORMANT_DAYS * DAY
    if log_start > since:
        return _nothing()
    rights = held.dropna(subset=["system"])
    rights = rights[(rights["since"] <= since) & (rights["opened"] <= since)]
    before = lookups.filter(lookups.at < until)
    used = before.group_by("account_id", "system").aggregate(last=before.at.max()).to_pandas()
    rights = rights.merge(used, on=["account_id", "system"], how="left")
    idle = rights[rights["last"].isna() | (rights["last"] < since)]
    zone = ZoneInfo("UTC")
    days = ["" if pd.isna(at) else local_day(int(at), zone) for at in idle["last"]]
    return _found(
        idle,
        "dormant",
        pd.Series(until, index=idle.index),
        day=pd.Series(days, index=idle.index, dtype=object),
        record=_records(idle, "right"),
    )


def _covered(ledger: Ledger, within: Any) -> Any:
    """The look-ups with `without`: 1 where the account had no right to the system at that time.

    Asked only of accounts and systems for which rights are kept at all.
    """
    rights = ledger.table("rights").select("account_id", "system", "start", "end")
    managed = within.semi_join(rights.select("account_id").distinct(), "account_id")
    managed = managed.semi_join(rights.select("system").distinct(), "system")
    met = managed.join(rights, ["account_id", "system"])
    met = met.filter((met.at >= met.start) & (met.at < met.end)).select("lookup_key")
    outside = managed.anti_join(met, "lookup_key").select("lookup_key", without=ibis.literal(1))
    rows = within.left_join(outside, "lookup_key")
    return rows.select(within, without=rows.without.fill_null(0)).cache()


def _without(within: Any) -> pd.DataFrame:
    rest = within.filter(within.without == 1)
    rows = rest.group_by("account_id", "system").aggregate(
        officer_id=rest.officer_id.min(), first=rest.at.min()
    )
    frame = rows.to_pandas().sort_values(["account_id", "system"], ignore_index=True)
    return _found(frame, "without", frame["first"])


def _found(rows: pd.DataFrame, kind: Any, since: Any, **facts: Any) -> pd.DataFrame:
    """Rows as kind, officer_id, account_id, system, since, day, role, before, record."""
    made = pd.DataFrame(
        {
            "kind": kind,
            "officer_id": rows["officer_id"],
            "account_id": rows["account_id"],
            "system": rows["system"],
            "since": since,
        },
        index=rows.index,
    )
    for name in ("day", "role", "before"):
        made[name] = facts.get(name, "")
    empty = pd.Series([()] * len(rows), index=rows.index, dtype=object)
    made["record"] = facts.get("record", empty)
    return made


def _nothing() -> pd.DataFrame:
    return _found(pd.DataFrame(columns=["officer_id", "account_id", "system"]), "", 0)


def _records(rows: pd.DataFrame, what: str) -> pd.Series:
    table, column = ("accounts", "account_row") if what == "account" else ("rights", "row_id")
    return pd.Series([((table, str(id_)),) for id_ in rows[column]], index=rows.index, dtype=object)


def _items(found: pd.DataFrame, within: Any, timezone: str) -> list[WorkItem]:
    if found.empty:
        return []
    asked = found[[*_ITEM, "since"]].copy()
    asked["place"] = np.arange(len(asked), dtype="int64")
    asked = asked.astype({"since": "int64"})
    asked["only_without"] = (asked["kind"] == "without").astype("int64")
    asked["any_system"] = asked["system"].isna().astype("int64")
    asked["system"] = asked["system"].fillna("")
    asked = asked.astype({"kind": object, "account_id": object, "system": object})
    wanted = memtable(asked)
    met = within.join(wanted, "account_id", rname="asked_{name}")
    met = met.filter(
        ((met.asked_system == met.system) | (met.any_system == 1))
        & (met.at >= met.since)
        & ((met.only_without == 0) | (met.without == 1))
    )
    frame = met.select("place", "lookup_id", "at", "level").to_pandas()
    frame["full"] = (frame["level"] == "full").astype("int64")
    frame = frame.sort_values(["place", "full", "at", "lookup_id"])
    parts = {int(place): part for place, part in frame.groupby("place")}
    none = frame.iloc[:0]
    return [
        _item(row, parts.get(place, none), timezone)
        for place, row in enumerate(found.itertuples(index=False))
    ]


def _item(row: Any, used: pd.DataFrame, timezone: str) -> WorkItem:
    n, explained = len(used), int(used["full"].sum())
    weight = WEIGHTS[row.kind] + (USED if n > explained else 0.0)
    return WorkItem(
        rank=0,
        kind=row.kind,
        officer_id=str(row.officer_id),
        account_id=str(row.account_id),
        system=text_or_none(row.system),
        purpose=None,
        lookups=n,
        explained=explained,
        lookup_ids=tuple(used["lookup_id"].iloc[:MOST_NAMED]),
        first_at=int(used["at"].min()) if n else None,
        last_at=int(used["at"].max()) if n else None,
        weight=weight,
        line=_line(row, n, n - explained),
        records=tuple(row.record),
        mitigating=explained_fact(explained, n),
        timezone=timezone,
    )


def _line(row: Any, n: int, unexplained: int) -> Bilingual:
    kind = "never" if row.kind == "dormant" and not row.day else row.kind
    line = phrase(
        f"rights.{kind}",
        system=text_or_none(row.system) or "",
        day=row.day,
        role=row.role,
        before=row.before,
        days=DORMANT_DAYS,
        n=n,
        open=unexplained,
    )
    if row.kind in ("dormant", "without"):
        return line
    if not n:
        return phrase("rights.unused", line=line)
    return phrase("rights.used", line=line, n=n, open=unexplained)


def _limits(ledger: Ledger, held: pd.DataFrame, until: int, log_start: int) -> list[Fact]:
    """What the tables are too short or too silent to tell."""
    facts = []
    if ledger.has("rights") and log_start > until - DORMANT_DAYS * DAY:
        days = (until - log_start) // DAY
        facts.append(Fact("short_log", phrase("rights.short_log", days=days, least=DORMANT_DAYS)))
    if ledger.has("role_rights") and ledger.has("postings"):
        listed = set(ledger.table("role_rights").select("role").distinct().to_pandas()["role"])
        posts = _postings(ledger, until)
        own = posts[posts["present"] & posts["officer_id"].isin(held["officer_id"])]
        roles = sorted(set(own["role"]) - listed)
        if roles:
            facts.append(Fact("no_role", phrase("rights.no_role", roles=", ".join(roles))))
    return facts
