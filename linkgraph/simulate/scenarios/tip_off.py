"""A friend asks whether he is wanted, and is told."""

from __future__ import annotations

import numpy as np

from linkgraph.simulate.force import BEAT, CRIMINAL, DESK, DETECTIVE, PATROL, PERSON, WANTED
from linkgraph.simulate.plan import DAY
from linkgraph.simulate.scenarios.parts import look_up, moment, purpose
from linkgraph.simulate.world import Episode, World


def plant(world: World, rng: np.random.Generator) -> None:
    """Give an officer a friend in trouble, or a friend's friend, and let him look."""
    force, plan, public = world.force, world.plan, world.public
    officer = world.choose(
        rng, np.flatnonzero(np.isin(force.role, [PATROL, BEAT, DESK, DETECTIVE]))
    )
    me = int(force.person[officer])
    friend, other = world.strangers(rng, int(public.district[me]), 2)
    world.befriend(rng, me, friend, "friend")
    world.befriend(rng, friend, other, "business")
    suspect = friend if rng.random() < 0.6 else other
    begins = plan.begin + int(rng.integers(-60, max(1, plan.days - 10))) * DAY
    if rng.random() < 0.7:
        world.records.add(
            "alerts",
            1,
            subject_kind="person",
            subject_id=str(public.person_id[suspect]),
            kind="wanted",
            start=np.array([begins]),
        )
    number = world.begin_episode(
        Episode(
            "tip_off",
            "",
            officer,
            officer,
            hub=("person", str(public.person_id[suspect])),
            other_hub=("person", str(public.person_id[friend])),
        )
    )
    for _ in range(int(rng.integers(1, 5))):
        at = moment(world, rng, officer, max(begins, plan.begin), plan.end - DAY, on_duty=0.85)
        shares = ((WANTED, 0.9), (CRIMINAL, 0.25), (PERSON, 0.2))
        words = purpose(world, rng, generic=0.5)
        look_up(world, rng, officer, suspect, at, shares, episode=number, words=words)
