"""A beat officer enters new tenants: who lives in a landlord's rooms has to be known."""

from __future__ import annotations

import numpy as np

from linkgraph.simulate.establishments import street_address
from linkgraph.simulate.force import BEAT, CRIMINAL, HOUSEHOLD, PERSON
from linkgraph.simulate.lookalikes.parts import an_officer, look_up, note, person_ref
from linkgraph.simulate.plan import DAY
from linkgraph.simulate.purposes import GENERIC, VISIT_PURPOSES
from linkgraph.simulate.rosters import ACT_DESK, ACT_VISIT
from linkgraph.simulate.world import LookAlike, World


def new_tenants(world: World, rng: np.random.Generator) -> None:
    """A landlord on the beat, whom the officer has come to know, and four to eight tenants."""
    plan, force, public = world.plan, world.force, world.public
    officer = an_officer(world, rng, BEAT)
    district = int(force.unit_district[force.unit[officer]])
    landlord, *tenants = world.strangers(rng, district, int(rng.integers(5, 10)))
    rooms = public.add_address(district, street_address(rng, force.districts[district]))
    world.holds.append((landlord, rooms))
    if rng.random() < 0.3:
        world.befriend(rng, int(force.person[officer]), landlord, "friend")
    number = world.begin_look_alike(LookAlike("new_tenants", officer, person_ref(world, landlord)))
    for person in tenants:
        at = world.on_duty(rng, officer, plan.begin, plan.end - DAY, ACT_VISIT, ACT_DESK)
        if rng.random() < 0.6:
            world.records.add(
                "residences",
                1,
                person_id=str(public.person_id[person]),
                address_id=str(public.address_id[rooms]),
                start=np.array([at - int(rng.integers(1, 30)) * DAY]),
            )
        text = VISIT_PURPOSES[0] if rng.random() < 0.65 else GENERIC[int(rng.integers(3))]
        look_up(
            world,
            rng,
            officer,
            person,
            at,
            system=[PERSON, HOUSEHOLD, CRIMINAL][int(rng.integers(3))],
            words=world.drafts.words.code(text),
            look_alike=number,
        )
        if rng.random() < 0.5:
            note(world, officer, at + 900, "work_log", "勤區查察訪問", person_ref(world, person))
