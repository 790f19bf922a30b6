"""A summons or a warrant is to be served on somebody whom the officer happens to know of."""

from __future__ import annotations

import numpy as np

from linkgraph.simulate import casework as cw
from linkgraph.simulate.force import BEAT, HOUSEHOLD, PATROL, WANTED
from linkgraph.simulate.lookalikes.parts import (
    an_officer,
    look_up,
    note,
    person_ref,
    purpose,
    tied,
)
from linkgraph.simulate.plan import DAY
from linkgraph.simulate.rosters import ACT_DESK, ACT_PATROL, ACT_VISIT
from linkgraph.simulate.world import LookAlike, World


def summons(world: World, rng: np.random.Generator) -> None:
    """A friend's friend is wanted; whoever has the beat serves the paper and looks before."""
    plan, force = world.plan, world.force
    officer = an_officer(world, rng, BEAT, PATROL)
    friend = tied(world, rng, int(force.person[officer]), "friend")
    wanted = friend if rng.random() < 0.3 else tied(world, rng, friend, "business")
    begins = plan.begin + int(rng.integers(0, max(1, plan.days - 15))) * DAY
    number = world.begin_look_alike(LookAlike("summons", officer, person_ref(world, wanted)))
    world.records.add(
        "alerts",
        1,
        subject_kind="person",
        subject_id=str(world.public.person_id[wanted]),
        kind="wanted",
        start=np.array([begins]),
    )
    for _ in range(int(rng.integers(1, 4))):
        at = world.on_duty(rng, officer, begins, begins + 12 * DAY, ACT_VISIT, ACT_PATROL, ACT_DESK)
        look_up(
            world,
            rng,
            officer,
            wanted,
            at,
            system=WANTED if rng.random() < 0.7 else HOUSEHOLD,
            words=purpose(world, rng, cw.REPORT),
            look_alike=number,
        )
        if rng.random() < 0.5:
            note(world, officer, at + 1800, "work_log", "文書送達", person_ref(world, wanted))
