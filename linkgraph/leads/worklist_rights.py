"""Worklist: rights to withdraw or to look into, worst first, one line why each.

What is wrong with a right is defined once, in `screen.rights`; the finding of that name asks at
each look-up, this list as of the end of the month, or of the log.  Look-ups in a system to which
the account had no right, or by an account that had ended, are listed by account and system.  A
right that is used comes before one that lies idle, and look-ups that no record explains before
those that one does.

Two things are not concluded from silence: a right is dormant only if the log reaches back so far,
and a role for which no rights are listed is not taken for a role that needs none.
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
from linkgraph.screen import rights
from linkgraph.screen.standing import PARAMETERS, defects, standing
from linkgraph.screen.tables import DAY

if TYPE_CHECKING:
    from linkgraph.ledger import Ledger
    from linkgraph.screen import Screening

WEIGHTS: Mapping[str, float] = {
    "account_departed": 6.0,
    "departed": 5.0,
    "account_ended": 4.5,
    "no_right": 4.0,
    "transferred": 3.0,
    "beyond_role": 2.0,
    "dormant": 1.0,
}
"""The order of kinds: a judgement.  Ten more where look-ups under it have no full explanation."""
USED = 10.0
COMPARED = ("accounts", "rights", "role_rights", "postings")
OF_LOOKUPS = ("account_ended", "no_right")
"""Defects of look-ups rather than of a right that stands."""


def worklist_rights(
    ledger: Ledger,
    screening: Screening,
    *,
    month: str | None = None,
    parameters: Mapping[str, Any] = PARAMETERS,
) -> WorkItems:
    """Rights that contradict a record, as of the end of a local month or of the log.

    Look-ups are counted within the month, if one is given.  `parameters`: those of the finding
    `rights`.  Cost: one pass over the look-ups for each account's use of each system.  Raises
    UsageError for a bad month.
    """
    lookups = _lookups(ledger, screening)
    since, until, log_start = _period(ledger, lookups, month)
    held = standing(ledger, until)
    rows = held.to_pandas()
    before = lookups.filter(lookups.at < until)
    within = _judged(ledger, before.filter(before.at >= since))
    found = pd.concat(
        [
            _of_rights(defects(ledger, held, before, parameters), rows, ledger, until, parameters),
            _of_lookups(within),
        ],
        ignore_index=True,
    )
    dormant_days = int(parameters["dormant_days"])
    items = _items(found, within, ledger.timezone, dormant_days)
    items.sort(key=lambda i: (-i.weight, i.explained - i.lookups, i.officer_id, i.system or "",
                              i.account_id or "", i.kind))  # fmt: skip
    ranked = tuple(replace(item, rank=rank) for rank, item in enumerate(items, 1))
    facts = (*missing(ledger, COMPARED), *_limits(ledger, rows, until, log_start, dormant_days))
    return WorkItems("rights", ranked, len(rows), facts)


def _lookups(ledger: Ledger, screening: Screening) -> Any:
    """Look-ups by their accounts: lookup_key, lookup_id, account_key, account_id, officer_id,
    officer_key, system (plain), shown, at, level; `named` whether the log names the account."""
    raw = ledger.table("lookups").select("lookup_key", "account_key", "officer_key", "system")
    accounts = ledger.table("accounts")
    raw = raw.mutate(named=raw.account_key.notnull(), shown=raw.system,
                     system=rights.plain(raw.system))  # fmt: skip
    rows = rights.with_account(raw, accounts)
    rows = rows.filter(rows.account_key.notnull() & rows.system.notnull())
    ids = ledger.table("entities").select("entity_key", "id")
    for name in ("account", "officer"):
        known = ids.select(**{f"{name}_id": ids.id, f"{name}_key": ids.entity_key})
        rows = rows.join(known, f"{name}_key")
    times = screening.lookups.select("lookup_key", "lookup_id", "at", level="explanation_level")
    return rows.join(times, "lookup_key")


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


def _of_rights(
    found: pd.DataFrame,
    held: pd.DataFrame,
    ledger: Ledger,
    until: int,
    parameters: Mapping[str, Any],
) -> pd.DataFrame:
    """Rows of `defects` as kind, officer_id, account_id, system, shown, since, day, role, before,
    record: from when look-ups under the right count, and what the line says."""
    rows = found.merge(held, on="place").rename(columns={"code": "kind"})
    gone = rows[rows["kind"] == "departed"]
    accounts = gone.drop_duplicates("account_id").assign(
        kind="account_departed", system=None, shown=None
    )
    rows = rows[(rows["kind"] != "departed") | rows["system"].notna()]
    rows = pd.concat([accounts, rows], ignore_index=True)
    posts = _postings(ledger, until)
    now = _present(posts)
    roles = dict(zip(posts["row_id"], posts["role"], strict=True))
    made = [
        _told(
            row, now.get(str(row.officer_id)), roles, until, ZoneInfo(ledger.timezone), parameters
        )
        for row in rows.itertuples(index=False)
    ]
    return pd.DataFrame(made, columns=_COLUMNS)


_COLUMNS = ["kind", "officer_id", "account_id", "system", "shown", "since", "day", "role",
            "before", "record"]  # fmt: skip


def _told(
    row: Any,
    now: tuple[str, int, str] | None,
    roles: Mapping[str, str],
    until: int,
    zone: ZoneInfo,
    parameters: Mapping[str, Any],
) -> tuple[Any, ...]:
    records = [("rights", row.right_row)]
    since, day, role, before = until, "", "", ""
    if row.kind in ("account_departed", "departed"):
        day = str(row.left_on)[:10]
        last = pd.Timestamp(day) + pd.Timedelta(days=int(parameters["departed_days"]) + 1)
        since = int(last.tz_localize(zone).timestamp()) * 1_000_000
        records = [("accounts", row.account_row)] if row.kind == "account_departed" else records
    elif row.kind == "dormant":
        day = "" if pd.isna(row.last_used) else local_day(int(row.last_used), zone)
    elif now is not None:
        role, began, post = now
        since, day = max(began, int(row.since)), local_day(began, zone)
        records.append(("postings", post))
        if text_or_none(row.before):
            before = roles[row.before]
            records.append(("postings", row.before))
    return (row.kind, row.officer_id, row.account_id, text_or_none(row.system),
            text_or_none(row.shown), since, day, role, before, tuple(records))  # fmt: skip


def _postings(ledger: Ledger, until: int) -> pd.DataFrame:
    """officer_id, role, start, row_id, present: postings that began before `until`."""
    names = ledger.table("entities").filter(ibis._.kind == "officer")
    posted = ledger.table("posted")
    posts = posted.join(names, posted.officer_key == names.entity_key)
    posts = posts.filter((posts.start < until) & posts.role.notnull())
    frame: pd.DataFrame = posts.select("role", "start", "end", "row_id",
                                       officer_id=posts.id).to_pandas()  # fmt: skip
    return frame.assign(present=frame["end"] >= until)


def _present(posts: pd.DataFrame) -> dict[str, tuple[str, int, str]]:
    """By officer his present roles, since when the latest, and its row."""
    now = posts[posts["present"]].sort_values(["officer_id", "start", "row_id"])
    grouped = now.groupby("officer_id").agg(
        role=("role", lambda roles: ", ".join(sorted(set(roles)))),
        began=("start", "max"),
        post=("row_id", "last"),
    )
    return {
        officer: (role, int(began), post)
        for officer, role, began, post in grouped.reset_index().to_numpy(dtype=object).tolist()
    }


def _judged(ledger: Ledger, within: Any) -> Any:
    """The look-ups with a column (0, 1) for each of `OF_LOOKUPS`."""
    held = within.select("lookup_key", "account_key", "system", "at", "named")
    ended = rights.account_ended(held.filter(held.named), ledger.table("accounts"))
    outside = rights.no_right(held, ledger.table("rights"))
    rows = within
    for code, hits in (("account_ended", ended), ("no_right", outside)):
        marked = hits.select("lookup_key", mark=ibis.literal(1)).distinct()
        rows = rows.left_join(marked, "lookup_key", rname=f"{code}_{{name}}")
        rows = rows.mutate(**{code: rows.mark.fill_null(0)}).drop("mark", f"{code}_lookup_key")
    return rows.cache()


def _of_lookups(within: Any) -> pd.DataFrame:
    frames = []
    for code in OF_LOOKUPS:
        rest = within.filter(within[code] == 1)
        rows = rest.group_by("account_id", "system").aggregate(
            officer_id=rest.officer_id.min(), shown=rest.shown.min(), since=rest.at.min()
        )
        frames.append(rows.to_pandas().assign(kind=code))
    made = pd.concat(frames, ignore_index=True)
    made = made.sort_values(["kind", "account_id", "system"], ignore_index=True)
    made = made.assign(day="", role="", before="")
    made["record"] = pd.Series([()] * len(made), index=made.index, dtype=object)
    chosen: pd.DataFrame = made[_COLUMNS]
    return chosen


def _items(found: pd.DataFrame, within: Any, timezone: str, dormant_days: int) -> list[WorkItem]:
    if found.empty:
        return []
    asked = found[["kind", "account_id", "system", "since"]].copy()
    asked["place"] = np.arange(len(asked), dtype="int64")
    asked = asked.astype({"since": "int64"})
    asked["any_system"] = asked["system"].isna().astype("int64")
    asked["system"] = asked["system"].fillna("")
    asked = asked.astype({"kind": object, "account_id": object, "system": object})
    wanted = memtable(asked)
    met = within.join(wanted, "account_id", rname="asked_{name}")
    met = met.filter(
        ((met.asked_system == met.system) | (met.any_system == 1)) & (met.at >= met.since)
    )
    for code in OF_LOOKUPS:
        met = met.filter((met.kind != code) | (met[code] == 1))
    frame = met.select("place", "lookup_id", "at", "level").to_pandas()
    frame["full"] = (frame["level"] == "full").astype("int64")
    frame = frame.sort_values(["place", "full", "at", "lookup_id"])
    parts = {int(place): part for place, part in frame.groupby("place")}
    none = frame.iloc[:0]
    return [
        _item(row, parts.get(place, none), timezone, dormant_days)
        for place, row in enumerate(found.itertuples(index=False))
    ]


def _item(row: Any, used: pd.DataFrame, timezone: str, dormant_days: int) -> WorkItem:
    n, explained = len(used), int(used["full"].sum())
    weight = WEIGHTS[row.kind] + (USED if n > explained else 0.0)
    return WorkItem(
        rank=0,
        kind=row.kind,
        officer_id=str(row.officer_id),
        account_id=str(row.account_id),
        system=text_or_none(row.shown),
        purpose=None,
        lookups=n,
        explained=explained,
        lookup_ids=tuple(used["lookup_id"].iloc[:MOST_NAMED]),
        first_at=int(used["at"].min()) if n else None,
        last_at=int(used["at"].max()) if n else None,
        weight=weight,
        line=_line(row, n, n - explained, dormant_days),
        records=tuple(row.record),
        mitigating=explained_fact(explained, n),
        timezone=timezone,
    )


def _line(row: Any, n: int, unexplained: int, dormant_days: int) -> Bilingual:
    kind = "never" if row.kind == "dormant" and not row.day else row.kind
    line = phrase(
        f"rights.{kind}",
        system=text_or_none(row.shown) or "",
        day=row.day,
        role=row.role,
        before=row.before,
        days=dormant_days,
        n=n,
        open=unexplained,
    )
    if row.kind == "dormant" or row.kind in OF_LOOKUPS:
        return line
    if not n:
        return phrase("rights.unused", line=line)
    return phrase("rights.used", line=line, n=n, open=unexplained)


def _limits(
    ledger: Ledger, held: pd.DataFrame, until: int, log_start: int, dormant_days: int
) -> list[Fact]:
    """What the tables are too short or too silent to tell."""
    facts = []
    if ledger.has("rights") and log_start > until - dormant_days * DAY:
        reached = (until - log_start) // DAY
        facts.append(
            Fact("short_log", phrase("rights.short_log", days=reached, least=dormant_days))
        )
    if ledger.has("role_rights") and ledger.has("postings"):
        listed = ledger.table("role_rights").select("role").distinct().to_pandas()["role"]
        known = {role.strip().lower() for role in listed}
        posts = _postings(ledger, until)
        own = posts[posts["present"] & posts["officer_id"].isin(held["officer_id"])]
        roles = sorted(role for role in set(own["role"]) if role.strip().lower() not in known)
        if roles:
            facts.append(Fact("no_role", phrase("rights.no_role", roles=", ".join(roles))))
    return facts
