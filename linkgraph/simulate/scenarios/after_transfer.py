"""An officer has been in an office for a while; his old rights still work, and a friend asks."""

from __future__ import annotations

import numpy as np

from linkgraph.simulate.force import ADMIN, CRIMINAL, HOUSEHOLD, RIGHTS, SYSTEMS, WANTED
from linkgraph.simulate.plan import DAY
from linkgraph.simulate.scenarios.parts import look_up, moment, purpose
from linkgraph.simulate.world import Episode, World


def plant(world: World, rng: np.random.Generator) -> None:
    """Leave somebody the rights of an earlier post, and let him oblige a friend with them."""
    force, plan, public = world.force, world.plan, world.public
    officer = world.choose(rng, np.flatnonzero(force.role == ADMIN))
    me = int(force.person[officer])
    world.kept_rights += [(officer, s) for s in SYSTEMS if s not in RIGHTS["admin"]]
    friend, *people = world.strangers(rng, int(public.district[me]), int(rng.integers(4, 9)))
    world.befriend(rng, me, friend, "friend")
    kinds = ("business", "creditor", "friend")
    for person in people:
        if rng.random() < 0.8:
            world.befriend(rng, friend, person, kinds[int(rng.integers(3))])
    number = world.begin_episode(
        Episode(
            "after_transfer",
            "",
            officer,
            officer,
            hub=("person", str(public.person_id[friend])),
        )
    )
    for person in people:
        at = moment(world, rng, officer, plan.begin + DAY, plan.end - DAY, on_duty=0.85)
        shares = ((CRIMINAL, 0.7), (HOUSEHOLD, 0.5), (WANTED, 0.2))
        words = purpose(world, rng, generic=0.7)
        look_up(world, rng, officer, person, at, shares, episode=number, words=words)
