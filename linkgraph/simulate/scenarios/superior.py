"""An officer looks up his superior's file, and the superior's family, out of a grudge."""

from __future__ import annotations

import numpy as np

from linkgraph.simulate.force import BEAT, CHIEF, CRIMINAL, DESK, HOUSEHOLD, PATROL, PERSON
from linkgraph.simulate.plan import DAY, NOBODY
from linkgraph.simulate.scenarios.parts import (
    look_up,
    look_up_plate,
    moment,
    purpose,
    vehicle_kept_by,
)
from linkgraph.simulate.world import Episode, World


def plant(world: World, rng: np.random.Generator) -> None:
    """Choose an officer with a chief, and let him look once or a few times."""
    force, plan, public = world.force, world.plan, world.public
    led = np.isin(force.unit, force.unit[force.role == CHIEF])
    eligible = np.flatnonzero(np.isin(force.role, [PATROL, BEAT, DESK]) & led)
    officer = world.choose(rng, eligible)
    chief = int(force.chief_of(force.unit[[officer]])[0])
    superior = int(force.person[chief])
    number = world.begin_episode(
        Episode("superior", "", officer, officer, hub=("person", str(public.person_id[superior])))
    )
    home = np.flatnonzero(public.household == public.household[superior])
    family = [int(p) for p in home.tolist() if p != superior and public.age[p] >= 18]
    vehicle = vehicle_kept_by(world, superior)
    for _ in range(int(rng.integers(1, 4))):
        at = moment(world, rng, officer, plan.begin + DAY, plan.end - DAY, on_duty=0.9)
        words = purpose(world, rng, generic=0.7)
        shares = ((HOUSEHOLD, 0.7), (PERSON, 0.4), (CRIMINAL, 0.4))
        at = look_up(world, rng, officer, superior, at, shares, episode=number, words=words)
        if family and rng.random() < 0.4:
            at = look_up(
                world, rng, officer, family[0], at, shares[:1], episode=number, words=words
            )
        if vehicle != NOBODY and rng.random() < 0.3:
            look_up_plate(world, rng, officer, vehicle, at, episode=number, words=words)
