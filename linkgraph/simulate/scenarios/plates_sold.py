"""Plates are sold in small batches: strangers' cars, slipped in under a genuine case.

The buyer collects debts.  Who owes him is on some lists and not on others; the officer and the
buyer are seldom known to know each other.
"""

from __future__ import annotations

import numpy as np

from linkgraph.simulate.establishments import organisation_id, shop_name, street_address
from linkgraph.simulate.force import DETECTIVE, PATROL, PERSON, TRAFFIC
from linkgraph.simulate.plan import DAY, NOBODY
from linkgraph.simulate.purposes import PURPOSES
from linkgraph.simulate.rosters import ACT_DESK, ACT_INVESTIGATION, ACT_STANDBY
from linkgraph.simulate.scenarios.parts import look_up, look_up_plate, vehicle_kept_by
from linkgraph.simulate.world import Episode, World


def plant(world: World, rng: np.random.Generator) -> None:
    """Find a buyer, his debtors and genuine cases to hide among, and sell."""
    force, plan, houses, public = world.force, world.plan, world.establishments, world.public
    officer = world.choose(rng, np.flatnonzero(np.isin(force.role, [DETECTIVE, PATROL, TRAFFIC])))
    district = int(force.unit_district[force.unit[officer]])
    buyer, *people = world.strangers(rng, district, 45)
    debtors = [p for p in people if public.vehicle_of[p] != NOBODY][: int(rng.integers(9, 22))]
    address = public.add_address(district, street_address(rng, force.districts[district]))
    firm = houses.found(shop_name(rng, "firm"), "firm", address, district)
    houses.give_role(firm, buyer, "owner", plan.begin - 900 * DAY, certain=True)
    if rng.random() < 0.6:
        world.befriend(rng, int(force.person[officer]), buyer, "friend")
    for debtor in debtors:
        draw = rng.random()
        if draw < 0.5:
            world.befriend(rng, buyer, debtor, "creditor")
        elif draw < 0.8:
            since = plan.begin - int(rng.integers(0, 500)) * DAY
            houses.give_role(firm, debtor, "customer", since)
    number = world.begin_episode(
        Episode(
            "plates_sold",
            "",
            officer,
            hub=("organisation", organisation_id(firm)),
            other_hub=("person", str(public.person_id[buyer])),
        )
    )
    left = list(debtors)
    while left:
        size = int(rng.integers(2, 6))
        batch, left = left[:size], left[size:]
        low, high, cover, words = plan.begin + DAY, plan.end - DAY, NOBODY, 0
        found = world.own_case(rng, officer)
        if found is not None:
            cover, low, high = found
            typed = PURPOSES[int(world.book.columns()["kind"][cover])]
            words = world.drafts.words.code(typed[int(rng.integers(len(typed)))])
        acts = (ACT_INVESTIGATION, ACT_STANDBY, ACT_DESK)
        at = world.within(world.on_duty(rng, officer, low, high, *acts))
        cited = int(rng.random() < 0.75)
        for person in batch:
            vehicle = vehicle_kept_by(world, person)
            more = {"case": cover, "cited": cited}
            if vehicle != NOBODY:
                at = look_up_plate(
                    world, rng, officer, vehicle, at, episode=number, words=words, **more
                )
            if vehicle == NOBODY or rng.random() < 0.25:
                shares = ((PERSON, 1.0),)
                at = look_up(
                    world, rng, officer, person, at, shares, episode=number, words=words, **more
                )
