"""Work leads to a friend whom the officer has declared, or has forgotten to declare."""

from __future__ import annotations

import numpy as np

from linkgraph.simulate import casework as cw
from linkgraph.simulate.force import BEAT, CRIMINAL, DETECTIVE, HOUSEHOLD, PATROL, PERSON
from linkgraph.simulate.lookalikes.parts import (
    an_officer,
    look_up,
    note,
    person_ref,
    purpose,
    tied,
)
from linkgraph.simulate.plan import DAY, HOUR
from linkgraph.simulate.rosters import ACT_DESK, ACT_INVESTIGATION, ACT_PATROL
from linkgraph.simulate.world import LookAlike, World


def declared_friend(world: World, rng: np.random.Generator) -> None:
    """A friend reports something or is a witness: the officer asks what anybody would ask."""
    plan, force = world.plan, world.force
    officer = an_officer(world, rng, BEAT, DETECTIVE, PATROL)
    friend = tied(world, rng, int(force.person[officer]), "friend")
    number = world.begin_look_alike(
        LookAlike("declared_friend", officer, person_ref(world, friend))
    )
    low = plan.begin + int(rng.integers(0, max(1, plan.days - 10))) * DAY
    if rng.random() < 0.65:
        declared = low - int(rng.integers(1, 200)) * DAY + 9 * HOUR
        world.records.add(
            "contact_declarations",
            1,
            officer_id=str(force.officer_id[officer]),
            person_id=str(world.public.person_id[friend]),
            at=np.array([declared]),
            text="與特定對象接觸交往報備",
        )
    for _ in range(int(rng.integers(1, 4))):
        acts = (ACT_DESK, ACT_PATROL, ACT_INVESTIGATION)
        at = world.on_duty(rng, officer, low, low + 9 * DAY, *acts)
        look_up(
            world,
            rng,
            officer,
            friend,
            at,
            system=[PERSON, CRIMINAL, HOUSEHOLD][int(rng.integers(3))],
            words=purpose(world, rng, cw.REPORT),
            look_alike=number,
        )
        if rng.random() < 0.4:
            text = "受理民眾報案查證"
            note(world, officer, at + 600, "reception", text, person_ref(world, friend))
