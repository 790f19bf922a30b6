"""What locality alone would give: people of a place whom a unit, or the officer himself, meets.

λ of `chance` knows persons, districts and the force.  A station serves a few villages of its
district, and an officer his beat: there he meets people whom nobody else has looked up, friends
and their friends among them.  Nor is it a surprise that he meets the members of the temple round
the corner.  For each hit λ is therefore at least

* what he looks up in the person's community apart from the set: k pairs among its m residents,
  k / m (of a set over a whole unit, what the unit looks up there);
* what his unit's other officers look up there: N(o) · k / (n + κ) / m, with k of their n pairs;
* of an organisation's set, the same of the organisation's m members.

All pairs are of the hit's kind of subject, as in `chance`: a patrol that runs the plates of a
village has not looked its people up by name.  κ, five average officers' pairs, keeps a unit of
two from saying much.  Communities are those of residences, and need an inquiry that allows
households.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import ibis
import numpy as np
import pandas as pd

from linkgraph.leads.pairs import Pairs, memtable
from linkgraph.leads.sets import OF_ORGANISATION, SET_KEY, WHOLE_UNIT

if TYPE_CHECKING:
    from linkgraph.inquiries import Inquiry
    from linkgraph.ledger import Ledger

UNIT_WEIGHT = 5.0

Ground = Literal["own", "unit", "organisation"]


@dataclass(frozen=True)
class Local:
    """λ of a hit as locality gives it, and what it was measured on.

    `hits` (k) of `pairs` (n, κ included) fall on the `people` (m) of the place; `own` is N(o).
    On the officer's own ground k is his, and n and N(o) have no part in it.
    """

    ground: Ground
    hits: int
    people: int
    own: int = 0
    pairs: float = 0.0

    @property
    def rate(self) -> float:
        """λ: pairs with one person of the place."""
        share = self.hits / self.people
        return share if self.ground == "own" else self.own * share / self.pairs


class Locality:
    """Measures `Local` for hits.

    `places`: person_key, place of persons with a known community, as an expression of the engine
    (None: communities are not known, or not for this inquiry).  `members`: organisation_id,
    person_key of the organisations that sets are about.
    """

    def __init__(self, pairs: Pairs, places: Any | None, members: pd.DataFrame) -> None:
        self._pairs = pairs
        self._places = places
        self._members = members.rename(columns={"organisation_id": "place"})
        # Officers whose unit is not known have no colleagues.
        placed = pairs.officers[pairs.officers["unit_key"] >= 0]
        self._unit: pd.Series = placed.set_index("officer_key")["unit_key"]
        sizes = pairs.counts.assign(unit=pairs.counts["officer_key"].map(self._unit))
        self._size = sizes.set_index(["officer_key", "kind"])["n"]
        self._unit_size = sizes.groupby(["unit", "kind"])["n"].sum()
        self._weight = UNIT_WEIGHT * sizes.groupby("kind")["n"].mean()

    def raised(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Hit rows with `rate`, λ, where locality expects more: that λ, and `local` the `Local`.

        `rows`: the columns of `SET_KEY`, officer_key, person_key, pair_kind, rate, local.
        """
        rows = rows.copy()
        for ground in [*self._by_place(rows), *self._by_organisation(rows)]:
            more = ground["rate"].to_numpy() > rows["rate"].to_numpy()
            rows.loc[more, "rate"] = ground.loc[more, "rate"]
            rows.loc[more, "local"] = _locals(ground[more])
        return rows

    def _by_place(self, rows: pd.DataFrame) -> list[pd.DataFrame]:
        if self._places is None or rows.empty:
            return []
        wanted = memtable(rows[["person_key"]].drop_duplicates())
        known = self._places.semi_join(wanted, "person_key").to_pandas()
        if known.empty:
            return []
        place = rows["person_key"].map(known.set_index("person_key")["place"])
        whole = rows["kind"].isin(WHOLE_UNIT)
        asked = memtable(pd.DataFrame({"place": sorted(place.dropna().unique())}, dtype=object))
        there = self._places.semi_join(asked, "place")
        counts = self._counted(there)
        side = rows["officer_key"].where(~whole, self._unit_of(rows))
        set_there = rows.assign(place=place, side=side).groupby(
            [*SET_KEY, "side", "place", "pair_kind"]
        )
        within = set_there["person_key"].transform("nunique")
        of_him, of_unit = counts.of(rows, self._unit_of(rows), place)
        own = np.where(whole, of_unit, of_him) - within.fillna(0).to_numpy()
        people = counts.people(place)
        others = np.where(whole, 0, of_unit - of_him)
        return [
            self._ground(rows, "own", own, people),
            self._ground(rows, "unit", others, people),
        ]

    def _by_organisation(self, rows: pd.DataFrame) -> list[pd.DataFrame]:
        about = rows["kind"].isin(OF_ORGANISATION - WHOLE_UNIT)
        if self._members.empty or not about.any():
            return []
        counts = self._counted(memtable(self._members.astype({"place": object})))
        place = rows["anchor_id"].where(about)
        of_him, of_unit = counts.of(rows, self._unit_of(rows), place)
        return [self._ground(rows, "organisation", of_unit - of_him, counts.people(place))]

    def _unit_of(self, rows: pd.DataFrame) -> pd.Series:
        return rows["officer_key"].map(self._unit)

    def _ground(self, rows: pd.DataFrame, ground: Ground, hits: Any, people: Any) -> pd.DataFrame:
        hits, people = np.maximum(hits, 0), np.maximum(people, 1)
        own = _at(self._size, rows["officer_key"], rows["pair_kind"])
        others = _at(self._unit_size, self._unit_of(rows), rows["pair_kind"]) - own
        n = np.maximum(others, 0) + rows["pair_kind"].map(self._weight).fillna(1.0).to_numpy()
        rate = hits / people if ground == "own" else own * hits / people / n
        columns = {"rate": rate, "ground": ground, "hits": hits, "people": people}
        return pd.DataFrame({**columns, "own": own, "pairs": n}, index=rows.index)

    def _counted(self, there: Any) -> _Counts:
        """`there`: person_key, place."""
        people = there.group_by("place").aggregate(n=there.person_key.nunique()).to_pandas()
        met = self._pairs.pairs.join(there, self._pairs.pairs.target_key == there.person_key)
        met = met.group_by("officer_key", "place", "kind").aggregate(n=ibis._.count()).to_pandas()
        unit = met["officer_key"].map(self._unit)
        return _Counts(
            people.set_index("place")["n"],
            met.set_index(["officer_key", "place", "kind"])["n"],
            met["n"].groupby([unit, met["place"], met["kind"]]).sum(),
        )


def _locals(rows: pd.DataFrame) -> Any:
    fields = ["ground", "hits", "people", "own", "pairs"]
    made = [
        Local(ground, int(hits), int(people), int(own), float(pairs))
        for ground, hits, people, own, pairs in rows[fields].itertuples(index=False, name=None)
    ]
    return pd.Series(made, index=rows.index, dtype=object)


def _at(series: pd.Series, *keys: pd.Series) -> Any:
    """The values of a series at these keys of its index, 0 where there is none."""
    return series.reindex(pd.MultiIndex.from_arrays(keys)).fillna(0).to_numpy()


@dataclass(frozen=True)
class _Counts:
    """Of places: how many people; by kind, how many pairs of each officer and unit."""

    size: pd.Series
    officer: pd.Series
    unit: pd.Series

    def of(self, rows: pd.DataFrame, units: pd.Series, places: pd.Series) -> tuple[Any, Any]:
        """The pairs of each row's officer, and of his unit, of its kind and place; 0 where none."""
        kind = rows["pair_kind"]
        return _at(self.officer, rows["officer_key"], places, kind), _at(
            self.unit, units, places, kind
        )

    def people(self, places: pd.Series) -> Any:
        """How many people the place of each row has; 0 where it is not known."""
        return places.map(self.size).fillna(0).to_numpy()


def communities(ledger: Ledger, inquiry: Inquiry) -> Any | None:
    """person_key, place: each person's community in the inquiry's period, the latest if several."""
    if not (inquiry.allows("household") and ledger.has("residences")):
        return None
    if not ledger.has("addresses.community"):
        return None
    homes = ledger.table("residences").select("person_key", "address_key", "start", "end")
    homes = homes.filter((homes.start < inquiry.end) & (homes.end > inquiry.start))
    addresses = ledger.table("addresses").select("address_key", place="community")
    homes = homes.join(addresses.filter(addresses.place.notnull()), "address_key")
    latest = ibis.window(group_by="person_key", order_by=[ibis.desc("start"), "place"])
    homes = homes.mutate(order=ibis.row_number().over(latest)).filter(ibis._.order == 0)
    return homes.select("person_key", "place").cache()
