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

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

FORCE_WEIGHT = 20.0
FEWEST = 10
"""With fewer comparable officers than this in the role, all roles are compared."""

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Rates:
    """λ per row, and how many other officers it was measured on."""

    rate: Floats
    comparable: Ints


class Chance:
    """λ from `Pairs.officers`, `Pairs.counts` and `Pairs.popularity`."""

    def __init__(
        self, officers: pd.DataFrame, counts: pd.DataFrame, popularity: pd.DataFrame
    ) -> None:
        self._officers = officers.set_index("officer_key")
        placed = counts.merge(officers, on="officer_key")
        self._own = counts.set_index(["officer_key", "kind"])["n"]
        self._placed = placed
        self._popularity = popularity

    def of_officers(self, pairs: pd.DataFrame) -> Rates:
        """λ for rows of officer_key, target_key, kind, each an open pair of that officer."""
        place = self._officers.reindex(pairs["officer_key"])
        keys = {
            "target_key": pairs["target_key"].to_numpy(),
            "kind": pairs["kind"].to_numpy(),
            "role": place["role"].to_numpy(),
            "district": place["district"].to_numpy(),
        }
        own = _lookup(self._own, [pairs["officer_key"].to_numpy(), keys["kind"]])
        peers = self._size(["role", "kind"], keys) - 1
        wide = peers < FEWEST
        narrow = self._share(keys, ["role"], own, np.ones(len(pairs)), peers)
        broad_peers = self._size(["kind"], keys) - 1
        broad = self._share(keys, [], own, np.ones(len(pairs)), broad_peers)
        share = np.where(wide, broad, narrow)
        return Rates(own * share, np.where(wide, broad_peers, peers).astype(np.int64))

    def of_unit(self, pairs: pd.DataFrame, without: pd.Series) -> Rates:
        """λ of a whole unit for rows of officer_key (a holder in it), target_key, kind.

        `without` is the requester, whose own pairs are not the unit's.  Each role of the unit
        adds its pairs times the share of that role outside the unit.
        """
        place = self._officers.reindex(pairs["officer_key"])
        unit = place["unit_key"].to_numpy()
        rows = pd.DataFrame(
            {
                "row": np.arange(len(pairs)),
                "unit_key": unit,
                "target_key": pairs["target_key"].to_numpy(),
                "kind": pairs["kind"].to_numpy(),
                "district": place["district"].to_numpy(),
                "without": without.to_numpy(),
            }
        )
        inside = self._placed.groupby(["unit_key", "kind", "role"], as_index=False).agg(
            n=("n", "sum"), members=("n", "size")
        )
        rows = rows.merge(inside, on=["unit_key", "kind"], how="left")
        absent = _lookup(self._own, [rows["without"].to_numpy(), rows["kind"].to_numpy()])
        role_of = self._officers["role"].reindex(rows["without"]).to_numpy()
        unit_of = self._officers["unit_key"].reindex(rows["without"]).to_numpy()
        is_in = (role_of == rows["role"].to_numpy()) & (unit_of == rows["unit_key"].to_numpy())
        n_in = rows["n"].fillna(0).to_numpy(dtype=np.float64)
        own = np.maximum(n_in - np.where(is_in, absent, 0), 0)
        keys = {name: rows[name].to_numpy() for name in ("target_key", "kind", "role", "district")}
        hit = self._popularity.groupby(["unit_key", "target_key", "kind", "role"], as_index=True)[
            "n"
        ].sum()
        unit_hits = _lookup(
            hit, [rows["unit_key"].to_numpy(), keys["target_key"], keys["kind"], keys["role"]]
        )
        members = rows["members"].fillna(0).to_numpy(dtype=np.float64)
        peers = self._size(["role", "kind"], keys) - members
        narrow = self._share(keys, ["role"], n_in, unit_hits, peers)
        any_role = hit.groupby(["unit_key", "target_key", "kind"]).sum()
        all_hits = _lookup(
            any_role, [rows["unit_key"].to_numpy(), keys["target_key"], keys["kind"]]
        )
        whole = inside.groupby(["unit_key", "kind"])[["n", "members"]].sum()
        at = [rows["unit_key"].to_numpy(), keys["kind"]]
        broad_peers = self._size(["kind"], keys) - _lookup(whole["members"], at)
        broad = self._share(keys, [], _lookup(whole["n"], at), all_hits, broad_peers)
        wide = peers < FEWEST
        rows["rate"] = own * np.where(wide, broad, narrow)
        rows["peers"] = np.where(wide, broad_peers, peers)
        summed = rows.groupby("row").agg(rate=("rate", "sum"), peers=("peers", "max"))
        rate = np.maximum(summed["rate"].to_numpy(), 1e-9)
        return Rates(rate, summed["peers"].to_numpy().astype(np.int64))

    def _share(
        self,
        keys: dict[str, npt.NDArray[np.generic]],
        role: list[str],
        left_out: Floats,
        left_hits: Floats,
        peers: Floats,
    ) -> Floats:
        """f(p) among officers of the same role (or of any, with no `role`), some left out."""
        force, district = [*role, "kind"], [*role, "district", "kind"]
        total = np.maximum(self._pairs(force, keys) - left_out, 0)
        local = np.maximum(self._pairs(district, keys) - left_out, 0)
        hits = np.maximum(self._hits(force, keys) - left_hits, 0)
        local_hits = np.maximum(self._hits(district, keys) - left_hits, 0)
        weight = FORCE_WEIGHT * total / np.maximum(peers, 1)
        with np.errstate(divide="ignore", invalid="ignore"):
            force_share = np.where(total > 0, hits / total, 0.0)
        # Without anyone to compare with, nothing is rarer than the officer's own experience.
        base = np.maximum(local + weight, np.maximum(left_out, 1))
        share: Floats = (local_hits + weight * force_share + 0.5) / base
        return share

    def _size(self, by: list[str], keys: dict[str, npt.NDArray[np.generic]]) -> Floats:
        return _lookup(self._placed.groupby(by).size(), [keys[name] for name in by])

    def _pairs(self, by: list[str], keys: dict[str, npt.NDArray[np.generic]]) -> Floats:
        return _lookup(self._placed.groupby(by)["n"].sum(), [keys[name] for name in by])

    def _hits(self, by: list[str], keys: dict[str, npt.NDArray[np.generic]]) -> Floats:
        by = ["target_key", *by]
        return _lookup(self._popularity.groupby(by)["n"].sum(), [keys[name] for name in by])


def _lookup(series: pd.Series, keys: list[npt.NDArray[np.generic]]) -> Floats:
    """Values of a series at the keys of its index, 0 where there is none."""
    index: Any = pd.Index(keys[0]) if len(keys) == 1 else pd.MultiIndex.from_arrays(keys)
    return series.reindex(index).fillna(0).to_numpy(dtype=np.float64)
