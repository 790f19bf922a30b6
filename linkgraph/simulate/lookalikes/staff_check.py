"""An office vets the people of a contractor, or those who apply for a post, under an order."""

from __future__ import annotations

import numpy as np

from linkgraph.simulate.force import ADMIN, CHIEF, PERSON
from linkgraph.simulate.lookalikes.parts import a_house, an_officer, house_ref, look_up, note
from linkgraph.simulate.plan import DAY
from linkgraph.simulate.purposes import GENERIC
from linkgraph.simulate.rosters import ACT_STANDBY
from linkgraph.simulate.world import LookAlike, World


def staff_check(world: World, rng: np.random.Generator) -> None:
    """All people of a firm within a day or two; the order is on record two times in three."""
    plan, force, houses = world.plan, world.force, world.establishments
    officer = an_officer(world, rng, ADMIN, CHIEF)
    district = int(force.unit_district[force.unit[officer]])
    house = a_house(world, rng, district, ("firm",))
    number = world.begin_look_alike(LookAlike("staff_check", officer, house_ref(house)))
    begins = plan.begin + int(rng.integers(1, max(2, plan.days - 5))) * DAY
    at = world.on_duty(rng, officer, begins, begins + 3 * DAY, ACT_STANDBY)
    if rng.random() < 0.65:
        note(world, officer, at - 3600, "vetting", "委外廠商人員素行查核", house_ref(house))
    text = "素行查核" if rng.random() < 0.5 else GENERIC[int(rng.integers(3))]
    for place, person in enumerate(rng.permutation(houses.staff(house))[:12].tolist()):
        look_up(
            world,
            rng,
            officer,
            person,
            at + place * 100,
            system=PERSON,
            words=world.drafts.words.code(text),
            look_alike=number,
        )
