"""A former partner is followed for months: she, her car, her telephone, the man she sees now."""

from __future__ import annotations

import numpy as np

from linkgraph.simulate.drafts import K_PHONE
from linkgraph.simulate.force import BEAT, DETECTIVE, HOUSEHOLD, PATROL, PERSON, TRAFFIC, WANTED
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
    """End a relation before the period, and let the officer not leave it at that."""
    force, plan, public = world.force, world.plan, world.public
    eligible = np.flatnonzero(np.isin(force.role, [PATROL, BEAT, DETECTIVE, TRAFFIC]))
    officer = world.choose(rng, eligible)
    me = int(force.person[officer])
    former, new, parent = world.strangers(rng, int(public.district[me]), 3)
    ended = int(rng.integers(15, 500))
    kind = "family" if rng.random() < 0.45 else "friend"
    world.part(me, former, kind, days_ago=ended, years=int(rng.integers(1, 9)))
    world.befriend(rng, former, new, "friend")
    world.befriend(rng, former, parent, "family")
    number = world.begin_episode(
        Episode(
            "former_partner",
            "",
            officer,
            officer,
            hub=("person", str(public.person_id[former])),
            other_hub=("person", str(public.person_id[new])),
        )
    )
    low = plan.begin + int(rng.integers(0, max(1, plan.days // 3))) * DAY
    for _ in range(int(rng.integers(5, 15))):
        at = moment(world, rng, officer, low, plan.end - DAY, on_duty=0.75)
        words = purpose(world, rng, generic=0.45)
        draw = rng.random()
        person = former if draw < 0.65 else new if draw < 0.9 else parent
        vehicle, phone = vehicle_kept_by(world, person), int(public.phone_of[person])
        if vehicle != NOBODY and rng.random() < 0.4:
            look_up_plate(world, rng, officer, vehicle, at, episode=number, words=words)
        elif phone != NOBODY and rng.random() < 0.15:
            world.drafts.add(
                1,
                at=at,
                officer=officer,
                system=PERSON,
                kind=K_PHONE,
                subject=phone,
                purpose=words,
                episode=number,
            )
        else:
            shares = ((HOUSEHOLD, 0.6), (PERSON, 0.4), (WANTED, 0.1))
            look_up(world, rng, officer, person, at, shares, episode=number, words=words)
