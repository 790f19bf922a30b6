"""A detective keeps an eye on an informant and on those of whom the informant speaks."""

from __future__ import annotations

import numpy as np

from linkgraph.simulate import casework as cw
from linkgraph.simulate.force import CRIMINAL, DETECTIVE, HOUSEHOLD, PERSON, WANTED
from linkgraph.simulate.lookalikes.parts import (
    an_officer,
    look_up,
    note,
    person_ref,
    purpose,
    tied,
)
from linkgraph.simulate.plan import DAY
from linkgraph.simulate.rosters import ACT_INVESTIGATION
from linkgraph.simulate.world import LookAlike, World


def informant(world: World, rng: np.random.Generator) -> None:
    """The same few people over months, with no case; the work log says so now and then."""
    plan, force = world.plan, world.force
    officer = an_officer(world, rng, DETECTIVE)
    district = int(force.unit_district[force.unit[officer]])
    source = int(world.public.people(rng, np.array([district]), known=0.7)[0])
    people = [source, *(tied(world, rng, source, "friend") for _ in range(4))]
    number = world.begin_look_alike(LookAlike("informant", officer, person_ref(world, source)))
    written = rng.random() < 0.6
    for _ in range(int(rng.integers(3, 4 + 2 * plan.months))):
        person = people[int(rng.integers(len(people)))]
        at = world.on_duty(rng, officer, plan.begin, plan.end - DAY, ACT_INVESTIGATION)
        look_up(
            world,
            rng,
            officer,
            person,
            at,
            system=[PERSON, CRIMINAL, HOUSEHOLD, WANTED][int(rng.integers(4))],
            words=purpose(world, rng, cw.INVESTIGATION, 0.6),
            look_alike=number,
        )
        if written and rng.random() < 0.6:
            note(world, officer, at + 900, "work_log", "諮詢布置訪談", person_ref(world, person))
