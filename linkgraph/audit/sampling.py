"""How many look-ups each unit gives to the audit, and which.

Two draws follow one another.  The first is stratified by unit: its share of the rate, at least
one look-up each.  The second is free of units: a simple random draw from all that is left, so
that no unit can know that its own number is reached.

Within each, look-ups come in the order of SHA-256(seed, mark of the month, look-up id): an order
that anybody can compute again from the plan with any tool (permanent random numbers; Ohlsson in
*Business Survey Methods*, 1995, ch. 9), and that nobody can foresee.  The seed is the system's
randomness; the *mark* is made of all the month's look-ups, so that not even the holder of a seed
that was committed beforehand can foresee the draw before the month is over.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

import ibis
import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

SEED_BYTES = 32


def new_seed() -> str:
    """A seed from the system's randomness, in hex."""
    return secrets.token_hex(SEED_BYTES)


def commitment(seed: str) -> str:
    """What may be published of a seed before it is used: its SHA-256, in hex."""
    return hashlib.sha256(seed.encode()).hexdigest()


def shares(population: npt.ArrayLike, rate: float, free: float) -> tuple[Ints, Ints]:
    """How many to draw from each unit, and how many more from all that is left.

    `population`: look-ups, the last axis is the units; `free` is the part of the sample that is
    drawn without regard to units.  Every unit with a look-up gives one at least.
    """
    sizes = np.asarray(population, dtype=np.int64)
    by_unit = np.ceil(np.round(sizes * rate * (1 - free), 9)).astype(np.int64)
    by_unit = np.minimum(np.where(sizes > 0, np.maximum(by_unit, 1), 0), sizes)
    more = np.ceil(np.round(sizes.sum(axis=-1) * rate * free, 9)).astype(np.int64)
    return by_unit, np.minimum(more, (sizes - by_unit).sum(axis=-1))


def probability(size: int, by_unit: int, more: int, left: int) -> float:
    """The chance of one look-up to be drawn: in its unit's draw, or else in the free one.

    `left`: the look-ups of all units that the first draws did not take.
    """
    first = by_unit / size
    return first + (1 - first) * (more / left if left else 0.0)


def mark(lookups: Any) -> str:
    """A text that stands for all look-ups of `lookups` (lookup_id, at): count, times, ends."""
    facts = lookups.aggregate(
        n=lookups.count(),
        times=(lookups.at % 1_000_000_007).sum(),
        seconds=((lookups.at // 1_000_000) % 998_244_353).sum(),
        first=lookups.lookup_id.min(),
        last=lookups.lookup_id.max(),
    )
    (row,) = facts.to_pyarrow().to_pylist()
    text = "|".join(str(row[name]) for name in ("n", "times", "seconds", "first", "last"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def drawn(lookups: Any, unit_sizes: dict[str, int], more: int, seed: str, marked: str) -> Any:
    """The look-ups drawn: `lookups` (lookup_id, unit_id) with `part`, `unit` or `free`.

    `unit_sizes`: how many each unit gives.
    """
    first = f"{seed}|{marked}|unit|"
    second = f"{seed}|{marked}|free|"
    wanted = ibis.memtable(
        {"unit_id": list(unit_sizes), "wanted": list(unit_sizes.values())},
        schema={"unit_id": "string", "wanted": "int64"},
    )
    rows = lookups.join(wanted, "unit_id").mutate(
        order=(ibis.literal(first) + lookups.lookup_id).hexdigest("sha256")
    )
    place = ibis.window(group_by="unit_id", order_by=["order", "lookup_id"])
    rows = rows.mutate(place=ibis.row_number().over(place))
    by_unit = rows.filter(rows.place < rows.wanted)
    left = rows.filter(rows.place >= rows.wanted)
    left = left.mutate(order=(ibis.literal(second) + left.lookup_id).hexdigest("sha256"))
    free = left.order_by("order", "lookup_id").limit(more)
    names = ("lookup_id", "unit_id")
    return ibis.union(
        by_unit.select(*names, part=ibis.literal("unit")),
        free.select(*names, part=ibis.literal("free")),
    )
