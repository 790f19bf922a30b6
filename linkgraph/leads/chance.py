"""How often an officer would have looked a person up by chance: λ(o, p) = N(o) · f(p).

N is the officer's number of pairs without full explanation; f the share of comparable
officers' pairs (same role, same kind of subject) that fall on p, this officer left out, shrunk
from his district to the force, plus one half.  N and f are of one kind of subject: a patrol
that runs three hundred plates a night has not looked up three hundred people by name.

With c comparable officers of the district who have the pair, M their pairs, and the same for
the force (C, T), f = (c + κ·C/T + ½) / (M + κ).  The weight κ of the force is twenty average
officers' pairs: it counts in a district of five officers and yields to one of two hundred.
Sets over a whole unit leave the unit out and take the unit's N.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

FORCE_WEIGHT = 20.0
FEWEST = 10
"""With fewer comparable officers than this, wider groups are compared, and the lead says so."""

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Keys = Mapping[str, npt.NDArray[Any]]
LEAST_RATE = 1e-9
"""Of a unit whose accounts have nothing of a kind."""


@dataclass(frozen=True)
class Measured:
    """What λ of each row is made of in one group: an array each, what is left out gone.

    `own` is N; of the group's pairs `hits` of `total` fall on the person, `local_hits` of `local`
    in the district; `peers` officers have them; `weight` is κ and `base` what f is divided by.
    """

    own: Floats
    peers: Floats
    hits: Floats
    total: Floats
    local_hits: Floats
    local: Floats
    weight: Floats
    base: Floats

    @property
    def share(self) -> Floats:
        """f(p)."""
        force_share = np.divide(
            self.hits, self.total, out=np.zeros_like(self.hits), where=self.total > 0
        )
        share: Floats = (self.local_hits + self.weight * force_share + 0.5) / self.base
        return share

    @property
    def rate(self) -> Floats:
        """λ."""
        return self.own * self.share


@dataclass(frozen=True)
class Rates:
    """λ per row, and how many other officers it was measured on.

    `terms`, where they are kept: one row per addend of λ (one, or of a whole unit one per role),
    with `row`, `group` (an index of `Chance.GROUPS`), the fields of `Measured`, share and rate.
    """

    rate: Floats
    comparable: Ints
    terms: pd.DataFrame | None = None


class Chance:
    """λ from `Pairs.officers`, `Pairs.counts` and `Pairs.popularity`.

    Comparable are officers of the same role who look up that kind of subject; where they are
    fewer than ten, those of any role; where even they are, all pairs of any kind.
    """

    GROUPS = (("role", "kind"), ("kind",), ("all",))

    def __init__(
        self, officers: pd.DataFrame, counts: pd.DataFrame, popularity: pd.DataFrame
    ) -> None:
        self._officers = officers.set_index("officer_key")
        self._placed = counts.merge(officers, on="officer_key").assign(all=0)
        self._popularity = popularity.assign(all=0)

    def of_officers(self, pairs: pd.DataFrame, *, keep: bool = False) -> Rates:
        """λ for rows of officer_key, target_key, kind, each an open pair of that officer."""
        place = self._officers.reindex(pairs["officer_key"])
        keys = {
            "officer_key": pairs["officer_key"].to_numpy(),
            "target_key": pairs["target_key"].to_numpy(),
            "kind": pairs["kind"].to_numpy(),
            "role": place["role"].to_numpy(),
            "district": place["district"].to_numpy(),
            "all": np.zeros(len(pairs), dtype=np.int64),
        }
        one = np.ones(len(pairs))
        found = []
        for group in self.GROUPS:
            own = self._pairs(["officer_key", *_kind(group)], keys)
            peers = self._members(group, keys) - 1
            found.append(self._measured(group, keys, own, own, one, peers))
        place_of = _first_with_enough(found)
        rate = _chosen([measured.rate for measured in found], place_of)
        peers = _chosen([measured.peers for measured in found], place_of)
        terms = _terms(np.arange(len(pairs)), place_of, found) if keep else None
        return Rates(rate, peers.astype(np.int64), terms)

    def of_unit(self, pairs: pd.DataFrame, without: pd.Series, *, keep: bool = False) -> Rates:
        """λ of a whole unit for rows of officer_key (a holder in it), target_key, kind.

        `without` is the requester, whose own pairs are not the unit's.  Each role of the unit
        adds its pairs times the share of that role outside the unit.
        """
        place = self._officers.reindex(pairs["officer_key"])
        asker = self._officers.reindex(without)
        rows = pd.DataFrame(
            {
                "row": np.arange(len(pairs)),
                "unit_key": place["unit_key"].to_numpy(),
                "target_key": pairs["target_key"].to_numpy(),
                "kind": pairs["kind"].to_numpy(),
                "district": place["district"].to_numpy(),
                "officer_key": without.to_numpy(),
                "asker_role": asker["role"].to_numpy(),
                "asker_unit": asker["unit_key"].to_numpy(),
                "all": 0,
            }
        )
        roles = self._placed[["unit_key", "role"]].drop_duplicates()
        rows = rows.merge(roles, on="unit_key")
        keys = {name: rows[name].to_numpy() for name in rows.columns}
        of_role = (rows["role"] == rows["asker_role"]).to_numpy()
        in_unit = of_role & (rows["unit_key"] == rows["asker_unit"]).to_numpy()
        found = []
        for group in self.GROUPS:
            kind = _kind(group)
            whole = self._pairs(["unit_key", "role", *kind], keys)
            own = np.maximum(
                whole - np.where(in_unit, self._pairs(["officer_key", *kind], keys), 0), 0
            )
            left_out = self._pairs(["unit_key", *group], keys)
            hits = self._hits(["unit_key", *group], keys)
            peers = self._members(group, keys) - self._members(("unit_key", *group), keys)
            found.append(self._measured(group, keys, own, left_out, hits, peers))
        place_of = _first_with_enough(found)
        rows = rows.assign(
            rate=_chosen([measured.rate for measured in found], place_of),
            comparable=_chosen([measured.peers for measured in found], place_of).astype(np.int64),
        )
        summed = rows.groupby("row").agg(rate=("rate", "sum"), comparable=("comparable", "max"))
        return Rates(
            np.maximum(summed["rate"].to_numpy(), LEAST_RATE),
            summed["comparable"].to_numpy().astype(np.int64),
            _terms(rows["row"].to_numpy(), place_of, found) if keep else None,
        )

    def outside(self, rows: pd.DataFrame) -> Floats:
        """f(p) for rows of unit_key, target_key, of all roles and kinds, the unit left out."""
        district = self._officers.groupby("unit_key")["district"].min()
        keys = {
            "unit_key": rows["unit_key"].to_numpy(),
            "target_key": rows["target_key"].to_numpy(),
            "district": district.reindex(rows["unit_key"]).to_numpy(),
            "all": np.zeros(len(rows), dtype=np.int64),
        }
        group = ("all",)
        inside = self._pairs(["unit_key"], keys)
        peers = self._members(group, keys) - self._members(["unit_key"], keys)
        hits = self._hits(["unit_key"], keys)
        return self._measured(group, keys, inside, inside, hits, peers).share

    def _measured(
        self,
        group: tuple[str, ...],
        keys: Keys,
        own: Floats,
        left_out: Floats,
        left_hits: Floats,
        peers: Floats,
    ) -> Measured:
        """N and f(p) in the group, with some pairs and hits left out."""
        total = np.maximum(self._pairs(group, keys) - left_out, 0)
        local = np.maximum(self._pairs(("district", *group), keys) - left_out, 0)
        hits = np.maximum(self._hits(group, keys) - left_hits, 0)
        local_hits = np.maximum(self._hits(("district", *group), keys) - left_hits, 0)
        weight = FORCE_WEIGHT * total / np.maximum(peers, 1)
        # Without anyone to compare with, nothing is rarer than the officer's own experience.
        base = np.maximum(local + weight, np.maximum(left_out, 1))
        return Measured(own, peers, hits, total, local_hits, local, weight, base)

    def _members(self, by: Sequence[str], keys: Keys) -> Floats:
        return _lookup(self._placed.groupby(list(by))["officer_key"].nunique(), by, keys)

    def _pairs(self, by: Sequence[str], keys: Keys) -> Floats:
        return _lookup(self._placed.groupby(list(by))["n"].sum(), by, keys)

    def _hits(self, by: Sequence[str], keys: Keys) -> Floats:
        by = ["target_key", *by]
        return _lookup(self._popularity.groupby(by)["n"].sum(), by, keys)


def _kind(group: tuple[str, ...]) -> tuple[str, ...]:
    return ("kind",) if "kind" in group else ()


def _first_with_enough(found: Sequence[Measured]) -> Ints:
    """The narrowest group with ten comparable officers, else the widest, as indices."""
    place = np.full(len(found[-1].peers), len(found) - 1, dtype=np.int64)
    for index in reversed(range(len(found) - 1)):
        place[found[index].peers >= FEWEST] = index
    return place


def _chosen(found: Sequence[Floats], place: Ints) -> Floats:
    return np.choose(place, found) if len(place) else np.zeros(0)


def _terms(rows: Ints, place: Ints, found: Sequence[Measured]) -> pd.DataFrame:
    names = [*(field.name for field in fields(Measured)), "share", "rate"]
    columns = {name: _chosen([getattr(m, name) for m in found], place) for name in names}
    return pd.DataFrame({"row": rows, "group": place, **columns})


def _lookup(series: pd.Series, by: Sequence[str], keys: Keys) -> Floats:
    """Values of a series at the keys of its index, 0 where there is none."""
    given = [keys[name] for name in by]
    index: Any = pd.Index(given[0]) if len(given) == 1 else pd.MultiIndex.from_arrays(given)
    return series.reindex(index).fillna(0).to_numpy(dtype=np.float64)
