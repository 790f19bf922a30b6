"""The case is opened on paper and entered in the system days later, or never."""

from __future__ import annotations

import numpy as np

from linkgraph.simulate import casework as cw
from linkgraph.simulate.drafts import K_PERSON
from linkgraph.simulate.force import CRIMINAL, DETECTIVE, HOUSEHOLD, PERSON, WANTED
from linkgraph.simulate.lookalikes.parts import an_officer, look_up, person_ref, purpose, tied
from linkgraph.simulate.plan import DAY
from linkgraph.simulate.rosters import ACT_INVESTIGATION, ACT_STANDBY
from linkgraph.simulate.world import LookAlike, World


def late_case(world: World, rng: np.random.Generator) -> None:
    """A detective works on a suspect and the suspect's friends before the case has a number."""
    plan, book, force = world.plan, world.book, world.force
    officer = an_officer(world, rng, DETECTIVE)
    district = int(force.unit_district[force.unit[officer]])
    suspect = int(world.public.people(rng, np.array([district]), known=0.4)[0])
    people = {suspect, *(tied(world, rng, suspect, "friend") for _ in range(3))}
    number = world.begin_look_alike(LookAlike("late_case", officer, person_ref(world, suspect)))
    low = plan.begin + int(rng.integers(0, max(1, plan.days - 25))) * DAY
    for person in sorted(people):
        for _ in range(int(rng.integers(1, 4))):
            acts = (ACT_INVESTIGATION, ACT_STANDBY)
            at = world.on_duty(rng, officer, low, low + 12 * DAY, *acts)
            look_up(
                world,
                rng,
                officer,
                person,
                at,
                system=[PERSON, CRIMINAL, HOUSEHOLD, WANTED][int(rng.integers(4))],
                words=purpose(world, rng, cw.INVESTIGATION, 0.55),
                look_alike=number,
            )
    if rng.random() < 0.6:
        opened = low + int(rng.integers(4, 20)) * DAY
        unit, site = int(force.unit[officer]), int(world.public.household[suspect])
        case = book.open_one(cw.INVESTIGATION, "詐欺", opened, opened + 40 * DAY, unit, site)
        book.assign(np.array([case]), np.array([officer]))
        if rng.random() < 0.5:
            book.begun[case] = low
        named = [suspect, *(p for p in sorted(people) if rng.random() < 0.6)]
        book.involve(np.full(len(named), case), K_PERSON, np.array(named), "suspect")
