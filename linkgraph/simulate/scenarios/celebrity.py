"""Somebody is in the news, and within days many look her up for no better reason."""

from __future__ import annotations

import numpy as np

from linkgraph.simulate.force import CRIMINAL, HOUSEHOLD, PERSON, WANTED
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
    """Let the news break and the curious look."""
    force, plan, public = world.force, world.plan, world.public
    star = world.strangers(rng, int(rng.integers(len(force.districts))), 1)[0]
    most = min(30, len(force.officer_id) // 4)
    curious = rng.permutation(len(force.officer_id))[: int(rng.integers(min(8, most), most + 1))]
    breaks = plan.begin + int(rng.integers(1, max(2, plan.days - 8))) * DAY
    number = world.begin_episode(
        Episode(
            "celebrity",
            "",
            int(curious[0]),
            hub=("person", str(public.person_id[star])),
            each=True,
        )
    )
    vehicle = vehicle_kept_by(world, star)
    for officer in curious.tolist():
        days = 1 + int(rng.geometric(0.5))
        at = moment(world, rng, officer, breaks, breaks + days * DAY, on_duty=0.95)
        words = purpose(world, rng, generic=0.6)
        shares = ((PERSON, 0.5), (HOUSEHOLD, 0.5), (CRIMINAL, 0.15), (WANTED, 0.1))
        at = look_up(world, rng, officer, star, at, shares, episode=number, words=words)
        if vehicle != NOBODY and rng.random() < 0.15:
            look_up_plate(world, rng, officer, vehicle, at, episode=number, words=words)
