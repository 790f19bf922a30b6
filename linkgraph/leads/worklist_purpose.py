"""Worklist: purposes to clear, worst first, one line why each.

Two kinds.  *Contradicted by a record*: the purpose claims a theft, a warrant, an accident that no
case or alert bears out, or cites a case that does not involve the subject; every one is listed.
*Saying nothing*: left empty, generic, or the one purpose that the officer enters for nearly
everything; listed where the officer does so more than comparable officers do, since a habit of
the whole force is a matter for its head and not for one officer.

Weight is the likelihood ratio, in bits, of the officer's own rate against that of comparable
officers: k·log2(k / E) - (k - E)·log2 e, E = N·u, k of N look-ups that no record explains in full
and u the share of those of other officers of the role (upper 95 % Jeffreys bound).  It orders
work and says nothing of why.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import ibis
import pandas as pd

from linkgraph.leads.jeffreys import upper_bound
from linkgraph.leads.lead import Bilingual
from linkgraph.leads.pairs import memtable
from linkgraph.leads.phrases import phrase
from linkgraph.leads.records import text_or_none
from linkgraph.leads.workitem import (
    MOST_NAMED,
    WorkItem,
    WorkItems,
    explained_fact,
    missing,
    month_of,
)

if TYPE_CHECKING:
    from linkgraph.ledger import Ledger
    from linkgraph.screen import Screening

CONTRADICTED = ("claimed_event", "case_mismatch")
SAYS_NOTHING = ("empty", "listed", "same")
COMPARED = ("cases", "case_subjects", "alerts")
FEWEST = 10
"""With fewer officers of the role to compare with, those of every role are."""
_CASES_TOLD = 3
_KEY = ["officer_key", "kind", "what"]


def worklist_purpose(
    ledger: Ledger, screening: Screening, *, month: str | None = None
) -> WorkItems:
    """Purposes that a record contradicts or that say nothing, of one local month or of all.

    u is measured over all look-ups loaded, whatever the month.  An empty list with nothing missing
    means that no purpose contradicts a record and no officer stands out.  Cost: a hash aggregate
    of the indicators.  Raises UsageError for a bad month.
    """
    start, end = month_of(month)
    rows = _rows(ledger, screening)
    lookups = screening.lookups.filter(ibis._.officer_key.notnull())
    lookups = lookups.select("lookup_key", "lookup_id", "officer_key", "at", "at_local", "role",
                             level="explanation_level")  # fmt: skip
    in_month = lookups
    if month is not None:
        in_month = lookups.filter((lookups.at_local >= start) & (lookups.at_local < end))
    met = rows.join(in_month, "lookup_key")
    met = met.select(*_KEY, "case_id", "lookup_id", "at", "level").cache()
    shown = _counts(met)
    opened = (in_month.level != "full").cast("int64")
    made = in_month.group_by("officer_key").aggregate(of=in_month.count(), open_of=opened.sum())
    made = made.to_pandas()
    weighed = _weighed(shown, made, _comparable(rows, lookups.filter(lookups.level != "full")))
    kept = weighed[weighed["kind"].isin(CONTRADICTED) | (weighed["weight"] > 0)]
    named, cases = _named(met, kept), _cases(met, kept)
    officers = _officers(ledger)
    items = [
        _item(row, named, cases, officers, ledger.timezone) for row in kept.itertuples(index=False)
    ]
    items.sort(key=lambda i: (-i.weight, i.officer_id, i.kind, i.purpose or "", i.records))
    return WorkItems(
        "purpose",
        tuple(replace(item, rank=rank) for rank, item in enumerate(items, 1)),
        int(in_month.count().to_pyarrow().as_py()),
        missing(ledger, COMPARED),
    )


def _rows(ledger: Ledger, screening: Screening) -> Any:
    """lookup_key, kind, what (the event claimed, or the one purpose), case_id that is cited."""
    found = screening.indicators
    found = found.filter(found.indicator_id.isin(["generic_purpose", *CONTRADICTED]))
    purposes = ledger.table("lookups").select("lookup_key", "purpose")
    rows = found.join(purposes, "lookup_key")
    kind = (rows.indicator_id == "generic_purpose").ifelse(rows.detail, rows.indicator_id)
    purpose = rows.purpose.strip().fill_null("")
    what = ibis.cases(
        (rows.indicator_id == "claimed_event", rows.detail),
        (kind == "same", purpose),
        else_=ibis.literal(""),
    )
    return rows.select("lookup_key", kind=kind, what=what.fill_null(""), case_id=rows.record_row_id)


def _counts(rows: Any) -> pd.DataFrame:
    full = (rows.level == "full").cast("int64")
    counted = rows.group_by(_KEY).aggregate(
        k=rows.count(), explained=full.sum(), first=rows.at.min(), last=rows.at.max()
    )
    frame: pd.DataFrame = counted.to_pandas().sort_values(_KEY, ignore_index=True)
    return frame


def _comparable(rows: Any, lookups: Any) -> pd.DataFrame:
    """officer_key, group, u: the share of others' look-ups, of the role if there are ten."""
    role = lookups.group_by("officer_key", "role").aggregate(n=lookups.count()).to_pandas()
    role = role.sort_values(["officer_key", "n", "role"], ascending=[True, False, True])
    total = role.groupby("officer_key")["n"].sum()
    main = role.drop_duplicates("officer_key").set_index("officer_key")["role"].fillna("")
    officers = pd.DataFrame({"role": main, "n": total}).reset_index()
    met = rows.join(lookups.select("lookup_key", "officer_key"), "lookup_key")
    found = met.group_by(_KEY).aggregate(k=met.count()).to_pandas()
    hits = found.assign(group=_groups(found)).groupby(["officer_key", "group"])["k"].sum()
    names = sorted(set(hits.index.get_level_values("group")))
    groups = pd.DataFrame({"group": pd.Series(names, dtype=object)})
    each = officers.merge(groups, how="cross").merge(
        hits.reset_index(), on=["officer_key", "group"], how="left"
    )
    each["k"] = each["k"].fillna(0)
    peers = officers.groupby("role")["officer_key"].size()
    enough = (each["role"].map(peers) > FEWEST).to_numpy()
    k, n = [
        (each.groupby(["role", "group"])[name].transform("sum")).where(
            enough, each.groupby("group")[name].transform("sum")
        )
        - each[name]
        for name in ("k", "n")
    ]
    return each[["officer_key", "group"]].assign(u=upper_bound(k, n), peers_n=n, peers_k=k)


def _groups(rows: pd.DataFrame) -> pd.Series:
    """What is compared with what: a claim with claims of the same event."""
    event: pd.Series = (rows["kind"] + ":" + rows["what"]).where(
        rows["kind"] == "claimed_event", rows["kind"]
    )
    return event


def _weighed(shown: pd.DataFrame, made: pd.DataFrame, comparable: pd.DataFrame) -> pd.DataFrame:
    rows = (
        shown.assign(group=_groups(shown))
        .merge(made, on="officer_key")
        .merge(comparable, on=["officer_key", "group"], how="left")
    )
    # Where every look-up is explained in full there is nothing to compare.
    rows["u"] = rows["u"].fillna(1.0)
    rows[["peers_n", "peers_k"]] = rows[["peers_n", "peers_k"]].fillna(0)
    rows["weight"] = [
        _weight(int(k), int(of) * float(u))
        for k, of, u in zip(rows["k"] - rows["explained"], rows["open_of"], rows["u"], strict=True)
    ]
    return rows


def _weight(k: int, expected: float) -> float:
    """Bits by which the officer's own rate fits k better than the expected number."""
    if k <= expected or expected <= 0:
        return 0.0
    return round(k * math.log2(k / expected) - (k - expected) * math.log2(math.e), 2)


def _named(rows: Any, kept: pd.DataFrame) -> dict[tuple[int, str, str], list[str]]:
    """The first look-ups of each item, those not explained before the others."""
    if kept.empty:
        return {}
    wanted = memtable(kept[_KEY].astype({"kind": object, "what": object}))
    rows = rows.semi_join(wanted, _KEY)
    order = [(rows.level == "full").cast("int64"), rows.at, rows.lookup_id]
    rows = rows.mutate(place=ibis.row_number().over(group_by=_KEY, order_by=order))
    frame = rows.filter(rows.place < MOST_NAMED).select(*_KEY, "place", "lookup_id").to_pandas()
    found: dict[tuple[int, str, str], list[str]] = {}
    for row in frame.sort_values([*_KEY, "place"]).itertuples(index=False):
        found.setdefault((int(row.officer_key), row.kind, row.what), []).append(row.lookup_id)
    return found


def _cases(met: Any, kept: pd.DataFrame) -> dict[int, list[str]]:
    """The cases that each officer cites for other subjects, those cited most first."""
    if not (kept["kind"] == "case_mismatch").any():
        return {}
    cited = met.filter(met.kind == "case_mismatch")
    frame = cited.group_by("officer_key", "case_id").aggregate(n=cited.count()).to_pandas()
    frame = frame.sort_values(["officer_key", "n", "case_id"], ascending=[True, False, True])
    found: dict[int, list[str]] = {}
    for officer, case in zip(frame["officer_key"].tolist(), frame["case_id"], strict=True):
        found.setdefault(int(officer), []).append(str(case))
    return found


def _officers(ledger: Ledger) -> dict[int, str]:
    officers = ledger.table("officers").select("officer_key", "officer_id").to_pandas()
    return dict(zip(officers["officer_key"].tolist(), officers["officer_id"], strict=True))


def _item(
    row: Any,
    named: dict[tuple[int, str, str], list[str]],
    cited: dict[int, list[str]],
    officers: dict[int, str],
    timezone: str,
) -> WorkItem:
    key = int(row.officer_key)
    cases = cited.get(key, [])
    return WorkItem(
        rank=0,
        kind=row.kind,
        officer_id=officers.get(key, ""),
        account_id=None,
        system=None,
        purpose=text_or_none(row.what) if row.kind == "same" else None,
        lookups=int(row.k),
        explained=int(row.explained),
        lookup_ids=tuple(named.get((key, row.kind, row.what), ())),
        first_at=int(row.first),
        last_at=int(row.last),
        weight=float(row.weight),
        line=_line(row, cases),
        records=tuple(("cases", case) for case in cases[:MOST_NAMED])
        if row.kind == "case_mismatch"
        else (),
        mitigating=explained_fact(int(row.explained), int(row.k)),
        timezone=timezone,
    )


def _line(row: Any, cases: list[str]) -> Bilingual:
    k, of = int(row.k), int(row.of)
    if row.kind == "claimed_event":
        return phrase("purpose.claimed_event", n=k, event=phrase(f"purpose.event_{row.what}"))
    if row.kind == "case_mismatch":
        more = f" … ({len(cases)})" if len(cases) > _CASES_TOLD else ""
        return phrase("purpose.case_mismatch", n=k, case=", ".join(cases[:_CASES_TOLD]) + more)
    share = row.peers_k / row.peers_n if row.peers_n else 0.0
    return phrase(
        f"purpose.{row.kind}",
        n=k,
        of=of,
        purpose=row.what,
        rest=phrase("purpose.rest", open=k - int(row.explained), share=f"{100 * share:.1f}"),
    )
