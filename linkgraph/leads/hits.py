"""From the graph's hit rows to candidate sets: look-ups in the path's time, λ and context.

A hit row says that a person whom an officer looked up is in a set; the look-ups that count are
those made while every tie of the path held, or after a tie between persons had ended (*former*:
a former partner is whom a stalker looks up).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from linkgraph.leads.chance import FEWEST, Chance
from linkgraph.leads.circumstances import Bits, Sessions
from linkgraph.leads.context import SESSION_GAP
from linkgraph.leads.jeffreys import upper_bound
from linkgraph.leads.locality import Locality
from linkgraph.leads.sets import NAMES_REQUESTER, SET_KEY, WHOLE_UNIT, Candidate, Hit

HUB_SESSIONS = 3
LEAST_WEIGHT = 2.0
"""log2(1 + ½·2) = 1: a hit of less weight is worth less than a bit in any set."""
DECLARED_ODDS = 1 / 4
"""The odds that a contact was declared, in misuse for a direct tie against proper look-ups: an
estimate, and odds since agencies have few contacts declared or many."""

NONE_DECLARED = pd.DataFrame(columns=["officer_key", "person_key", "k", "n", "u", "m", "bits"])

TOGETHER = {"self": "household"}
"""Analyses whose hits belong to the sets of another."""


@dataclass(frozen=True)
class Located:
    """Hit rows whose look-ups fall in the path's time.

    `rows`: one row per set, holder and person, with officer_key, person_key, direct, size,
    searched, path, and `row`.  `lookups`: row, lookup_key, at.
    """

    rows: pd.DataFrame
    lookups: pd.DataFrame


def located(
    hits: Mapping[str, pd.DataFrame], keys: Mapping[tuple[str, str], int], lookups: pd.DataFrame
) -> Located:
    """Hit rows of every set analysis, joined to the open look-ups behind them.

    `keys`: (kind, id) -> entity key of the officers and persons in the rows.
    `lookups`: officer_key, target_key, lookup_key, at of open look-ups of those pairs.
    """
    rows = stacked(hits)
    rows["officer_key"] = _keys(rows["officer_id"], "officer", keys)
    rows["person_key"] = _keys(rows["person_id"], "person", keys)
    rows = rows[(rows["officer_key"] >= 0) & (rows["person_key"] >= 0)]
    rows = rows.assign(row=np.arange(len(rows)))
    times = rows[["row", "officer_key", "person_key", "start", "end", "tie_end"]]
    met = times.merge(
        lookups,
        left_on=["officer_key", "person_key"],
        right_on=["officer_key", "target_key"],
    )
    current = (met["at"] >= met["start"]) & (met["at"] < met["end"])
    former = (met["at"] >= met["tie_end"]) & (met["end"] >= met["tie_end"])
    former &= met["at"] >= met["start"]
    met = met.loc[current | former, ["row", "lookup_key", "at"]]
    rows = rows[rows["row"].isin(met["row"])]
    return _one_row_each(_not_own(rows), met)


def candidates(
    found: Located,
    chance: Chance,
    kinds: pd.DataFrame,
    context: Mapping[tuple[int, int], Bits],
    priors: Mapping[str, float],
    shared: Mapping[tuple[str, int, int], float] | None = None,
    sessions: Mapping[tuple[int, int], Sessions] | None = None,
    locality: Locality | None = None,
) -> tuple[list[Candidate], frozenset[int]]:
    """Candidate sets, and the officers with few comparable ones.

    `kinds`: officer_key, target_key, kind of the open pairs.  `context`: bits by pair.
    `shared`: (organisation id, officer key, person key) of hits that look like shared work -> λ
    among those who share it.  `sessions`: of a pair's facts of a session, where they fired.
    `locality`: raises λ to what the place alone would give.
    """
    rows = found.rows.merge(
        kinds.rename(columns={"target_key": "person_key", "kind": "pair_kind"}),
        on=["officer_key", "person_key"],
    )
    if rows.empty:
        return [], frozenset()
    whole = rows["kind"].isin(WHOLE_UNIT).to_numpy()
    asked = rows.rename(columns={"person_key": "target_key", "pair_kind": "pair"})
    asked = asked[["officer_key", "target_key", "pair", "requester_key"]].rename(
        columns={"pair": "kind"}
    )
    rates = np.zeros(len(rows))
    single = chance.of_officers(asked[~whole])
    rates[~whole] = single.rate
    few = set(asked.loc[~whole, "officer_key"].to_numpy()[single.comparable < FEWEST].tolist())
    if whole.any():
        rates[whole] = chance.of_unit(asked[whole], asked.loc[whole, "requester_key"]).rate
    rows["rate"], rows["local"] = rates, None
    if locality is not None:
        rows = locality.raised(rows)
    pairs = list(zip(rows["officer_key"].tolist(), rows["person_key"].tolist(), strict=True))
    bits = np.array([sum(b for _, b in context.get(pair, ())) for pair in pairs])
    weight = np.where(rows["direct"], 3.0, 1.0) / rows["rate"].to_numpy() * 2.0**bits
    rows["pair"] = pairs
    rows = rows[weight >= LEAST_WEIGHT]
    behind = found.lookups[found.lookups["row"].isin(rows["row"])]
    of_row: dict[Any, frozenset[int]] = {
        row: frozenset(part.tolist()) for row, part in behind.groupby("row")["lookup_key"]
    }
    made = _built(rows, of_row, context, priors, shared or {}, sessions or {})
    return made, frozenset(few)


def stacked(hits: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """All hit rows, with `kind` and `owner_id`.

    `owner_id` is whose set it is: the requester's for sets over a whole unit, else the holder's.
    """
    frames = [
        rows.assign(kind=TOGETHER.get(id_, id_))
        for id_, rows in sorted(hits.items())
        if not rows.empty
    ]
    if not frames:
        return pd.DataFrame(columns=[*_COLUMNS, "kind", "owner_id"]).astype(
            dict.fromkeys(("start", "end", "tie_end", "size", "searched"), "int64")
        )
    rows = pd.concat(frames, ignore_index=True)[[*_COLUMNS, "kind"]]
    rows["requester_id"] = rows["requester_id"].where(rows["requester_id"].notna(), "")
    owner = rows["requester_id"].where(rows["kind"].isin(WHOLE_UNIT), rows["officer_id"])
    rows = rows.assign(owner_id=owner, way=["\x1f".join(map(str, p)) for p in rows["path"]])
    order = [*SET_KEY, "officer_id", "person_id", "distance", "way", "start", "end"]
    rows = rows.sort_values(order, ignore_index=True, kind="stable")
    same = rows[["kind", "anchor_id", "officer_id"]].merge(
        rows.loc[rows["kind"] == "organisation", ["anchor_id", "officer_id"]].drop_duplicates(),
        on=["anchor_id", "officer_id"],
        how="left",
        indicator=True,
    )
    # A hub is any *other* organisation: one that he has a tie to is a set already.
    return rows[~((rows["kind"] == "hub") & (same["_merge"] == "both").to_numpy())]


_COLUMNS = [
    "officer_id",
    "requester_id",
    "anchor_kind",
    "anchor_id",
    "person_id",
    "direct",
    "distance",
    "start",
    "end",
    "tie_end",
    "size",
    "searched",
    "path",
]


def declared_shares(found: Located, declared: pd.DataFrame) -> pd.DataFrame:
    """Pairs that are a direct tie and were declared: officer_key, person_key, k, n, u, m, bits.

    `declared`: officer_key, person_key, at.  u is measured on the direct ties of the other
    officers, k of n of them declared, since only there does one ask whether the contact had
    been declared; m has a quarter of its odds.  `bits`, log2(m/u), is 0 or less.
    """
    direct = found.rows.loc[found.rows["direct"], ["officer_key", "person_key", "row"]]
    if direct.empty or declared.empty:
        return NONE_DECLARED
    last: Any = found.lookups.groupby("row")["at"].max().rename("last")
    direct = direct.merge(last, left_on="row", right_index=True)
    latest: Any = direct.groupby(["officer_key", "person_key"], as_index=False)["last"].max()
    direct = latest
    first = declared.groupby(["officer_key", "person_key"], as_index=False)["at"].min()
    direct = direct.merge(first, on=["officer_key", "person_key"], how="left")
    fired = (direct["at"] <= direct["last"]).to_numpy()
    own_n = direct.groupby("officer_key")["last"].transform("size").to_numpy()
    own_k = pd.Series(fired).groupby(direct["officer_key"].to_numpy()).transform("sum").to_numpy()
    k, n = fired.sum() - own_k, len(direct) - own_n
    u = upper_bound(k, n)
    m = DECLARED_ODDS * u / (1.0 - u + DECLARED_ODDS * u)
    bits = np.minimum(np.log2(m / u), 0.0)
    measured = direct[["officer_key", "person_key"]].assign(k=k, n=n, u=u, m=m, bits=bits)
    shown: pd.DataFrame = measured[fired].reset_index(drop=True)
    return shown


def _keys(ids: pd.Series, kind: str, keys: Mapping[tuple[str, str], int]) -> Any:
    known = {id_: keys.get((kind, id_), -1) for id_ in ids.unique()}
    return ids.map(known).astype("int64")


def _not_own(rows: pd.DataFrame) -> pd.DataFrame:
    """Without persons of the holder's own circle where the set names someone else as asking."""
    own = rows.loc[rows["kind"].isin(("household", "circle")), ["officer_key", "person_key"]]
    marked = rows[["officer_key", "person_key"]].merge(
        own.drop_duplicates(), on=["officer_key", "person_key"], how="left", indicator=True
    )
    own_person = (marked["_merge"] == "both").to_numpy()
    return rows[~(own_person & rows["kind"].isin(NAMES_REQUESTER).to_numpy())]


def _one_row_each(rows: pd.DataFrame, met: pd.DataFrame) -> Located:
    """One row per set, holder and person: direct first, then the shortest path."""
    by = [*SET_KEY, "officer_key", "person_key"]
    rows = rows.sort_values(
        [*by, "direct", "distance", "way"],
        ascending=[True] * (len(by)) + [False, True, True],
        kind="stable",
    )
    first = rows.groupby(by, sort=False)["row"].transform("first")
    met = met.merge(pd.DataFrame({"row": rows["row"], "first": first}), on="row")
    met = met[["first", "lookup_key", "at"]].rename(columns={"first": "row"}).drop_duplicates()
    rows = rows[rows["row"] == first].copy()
    sizes = rows.groupby(SET_KEY)[["size", "searched"]].transform("max")
    rows[["size", "searched"]] = sizes
    rows = _in_sessions(rows, met)
    return Located(rows, met[met["row"].isin(rows["row"])])


def _in_sessions(rows: pd.DataFrame, met: pd.DataFrame) -> pd.DataFrame:
    """Without the hubs whose hits fall in fewer than three sessions."""
    hubs = rows.loc[rows["kind"] == "hub", ["row", *SET_KEY]]
    if hubs.empty:
        return rows
    times = hubs.merge(met, on="row").sort_values([*SET_KEY, "at"])
    new = times.groupby(SET_KEY, sort=False)["at"].diff().fillna(2 * SESSION_GAP) > SESSION_GAP
    sessions = new.groupby([times[name] for name in SET_KEY]).transform("sum")
    kept = set(times.loc[sessions >= HUB_SESSIONS, "row"])
    return rows[(rows["kind"] != "hub") | rows["row"].isin(kept)]


def _built(
    rows: pd.DataFrame,
    of_row: Mapping[int, frozenset[int]],
    context: Mapping[tuple[int, int], Bits],
    priors: Mapping[str, float],
    shared: Mapping[tuple[str, int, int], float],
    sessions: Mapping[tuple[int, int], Sessions],
) -> list[Candidate]:
    grouped: dict[tuple[Any, ...], list[Any]] = {}
    row: Any
    key: tuple[Any, ...]
    for row in rows.itertuples(index=False):
        key = (row.kind, row.owner_id, row.requester_id, row.anchor_kind, row.anchor_id)
        grouped.setdefault(key, []).append(row)
    result = []
    for key in sorted(grouped):
        kind, _, requester, anchor_kind, anchor_id = key
        members = grouped[key]
        made = tuple(
            Hit(
                officer_key=row.officer_key,
                person_key=row.person_key,
                rate=row.rate,
                direct=bool(row.direct),
                context=context.get(row.pair, ()),
                lookups=of_row[row.row],
                path=tuple(row.path),
                local=row.local,
                shared=shared.get((anchor_id, row.officer_key, row.person_key)),
                sessions=sessions.get(row.pair, {}),
            )
            for row in members
        )
        holder = _holder(members, of_row)
        result.append(
            Candidate(
                kind=kind,
                officer_id=holder.officer_id,
                officer_key=holder.officer_key,
                requester_id=requester or None,
                anchor=(anchor_kind, anchor_id),
                size=int(members[0].size),
                searched=int(members[0].searched),
                prior=priors[kind],
                hits=made,
            )
        )
    return result


def _holder(members: list[Any], of_row: Mapping[int, frozenset[int]]) -> Any:
    """The account with most of the look-ups: the lead's officer where a set spans a unit."""
    held: dict[int, set[int]] = {}
    for row in members:
        held.setdefault(row.officer_key, set()).update(of_row[row.row])
    return min(members, key=lambda row: (-len(held[row.officer_key]), row.officer_id))
