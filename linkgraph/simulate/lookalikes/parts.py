"""What the stories share: an officer for one, a house, a purpose, references for the truth."""

from __future__ import annotations

import numpy as np

from linkgraph.simulate.establishments import organisation_id
from linkgraph.simulate.purposes import GENERIC, PURPOSES
from linkgraph.simulate.world import World


def an_officer(world: World, rng: np.random.Generator, *roles: int) -> int:
    chosen = np.flatnonzero(np.isin(world.force.role, list(roles)))
    return int(chosen[int(rng.integers(len(chosen)))])


def a_house(world: World, rng: np.random.Generator, district: int, kinds: tuple[str, ...]) -> int:
    houses = world.establishments
    fits = [
        i
        for i, (kind, where) in enumerate(zip(houses.kind, houses.district, strict=True))
        if kind in kinds and where == district
    ]
    pool = fits or [i for i, kind in enumerate(houses.kind) if kind in kinds]
    return pool[int(rng.integers(len(pool)))]


def house_ref(house: int) -> tuple[str, str]:
    return "organisation", organisation_id(house)


def person_ref(world: World, person: int) -> tuple[str, str]:
    return "person", str(world.public.person_id[person])


def purpose(world: World, rng: np.random.Generator, kind: int, generic: float = 0.35) -> int:
    words = GENERIC[:3] if rng.random() < generic else PURPOSES[kind]
    return world.drafts.words.code(words[int(rng.integers(len(words)))])
