"""Somebody at a scene without a connection asks whoever is near a terminal."""

from __future__ import annotations

import numpy as np

from linkgraph.simulate import casework as cw
from linkgraph.simulate.drafts import CH_IN_PERSON, CH_INTERNAL, K_PERSON
from linkgraph.simulate.force import PATROL, PERSON, WANTED
from linkgraph.simulate.lookalikes.parts import (
    an_officer,
    look_up,
    note,
    person_ref,
    purpose,
    tied,
)
from linkgraph.simulate.plan import DAY, NOBODY
from linkgraph.simulate.rosters import ACT_PATROL
from linkgraph.simulate.world import LookAlike, World


def relay(world: World, rng: np.random.Generator) -> None:
    """Five to eight people of one gathering, over the accounts of three or four colleagues."""
    plan, force, book = world.plan, world.force, world.book
    asking = an_officer(world, rng, PATROL)
    unit = int(force.unit[asking])
    mates = force.of_unit(unit)
    mates = rng.permutation(mates[mates != asking])[:4]
    if not len(mates):
        return
    district = int(force.unit_district[unit])
    host = int(world.public.people(rng, np.array([district]), known=0.2)[0])
    guests = [host, *(tied(world, rng, host, "friend") for _ in range(int(rng.integers(4, 8))))]
    at = world.on_duty(rng, asking, plan.begin + DAY, plan.end - DAY, ACT_PATROL)
    number = world.begin_look_alike(LookAlike("relay", asking, person_ref(world, host)))
    if rng.random() < 0.6:
        site = int(world.public.household[host])
        case = np.array([book.open_one(cw.DISPATCH, "噪音", at, at + 3600, unit, site)])
        book.assign(case, np.array([asking]))
        seen = np.array([p for p in guests if rng.random() < 0.7], dtype=np.int64)
        book.involve(np.repeat(case, len(seen)), K_PERSON, seen, "party")
    if rng.random() < 0.4:
        first, *others = [person_ref(world, person) for person in guests]
        note(world, asking, at + 900, "body_camera", "現場盤查人員", first, *others)
    for place, person in enumerate(guests):
        written = rng.random() < 0.5
        look_up(
            world,
            rng,
            int(mates[place % len(mates)]),
            person,
            at + 60 * place,
            system=PERSON if rng.random() < 0.6 else WANTED,
            words=purpose(world, rng, cw.DISPATCH),
            look_alike=number,
            requester=asking if written else NOBODY,
            channel=CH_INTERNAL if rng.random() < 0.5 else CH_IN_PERSON,
        )
