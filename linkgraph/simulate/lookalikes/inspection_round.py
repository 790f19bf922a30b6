"""A beat officer goes round the houses of his beat under an order that names them."""

from __future__ import annotations

import numpy as np

from linkgraph.simulate import casework as cw
from linkgraph.simulate.drafts import CH_MOBILE
from linkgraph.simulate.force import BEAT, HOUSEHOLD, MOBILE
from linkgraph.simulate.lookalikes.parts import (
    a_house,
    an_officer,
    house_ref,
    look_up,
    note,
    purpose,
)
from linkgraph.simulate.plan import DAY
from linkgraph.simulate.rosters import ACT_PATROL, ACT_VISIT
from linkgraph.simulate.world import LookAlike, World

_HOUSES = ("night-life", "restaurant", "tea house", "firm")


def inspection_round(world: World, rng: np.random.Generator) -> None:
    """Two to four houses, a few of the staff of each; half of the orders reach the records."""
    plan, force, houses = world.plan, world.force, world.establishments
    officer = an_officer(world, rng, BEAT)
    district = int(force.unit_district[force.unit[officer]])
    for _ in range(int(rng.integers(2, 5))):
        house = a_house(world, rng, district, _HOUSES)
        number = world.begin_look_alike(LookAlike("inspection_round", officer, house_ref(house)))
        at = world.on_duty(rng, officer, plan.begin + DAY, plan.end - DAY, ACT_VISIT, ACT_PATROL)
        if rng.random() < 0.5:
            note(world, officer, at, "inspection", "特定營業場所查察", house_ref(house))
        staff = rng.permutation(houses.staff(house))[: int(rng.integers(3, 9))]
        for place, person in enumerate(staff.tolist()):
            look_up(
                world,
                rng,
                officer,
                person,
                at + place * 150,
                system=MOBILE if rng.random() < 0.5 else HOUSEHOLD,
                words=purpose(world, rng, cw.INSPECTION),
                look_alike=number,
                channel=CH_MOBILE,
            )
