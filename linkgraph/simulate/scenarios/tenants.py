"""A friend lets rooms and sells used cars: the officer checks tenants and sellers for him."""

from __future__ import annotations

import numpy as np

from linkgraph.simulate.establishments import organisation_id, street_address
from linkgraph.simulate.force import BEAT, CRIMINAL, DESK, HOUSEHOLD, PATROL, PERSON, WANTED
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
    """Give the officer a friend with rooms and a yard, and people who come to them."""
    force, plan, houses, public = world.force, world.plan, world.establishments, world.public
    officer = world.choose(rng, np.flatnonzero(np.isin(force.role, [PATROL, BEAT, DESK])))
    me = int(force.person[officer])
    district = int(public.district[me])
    friend, *people = world.strangers(rng, district, 30)
    world.befriend(rng, me, friend, "friend")
    rooms = public.add_address(district, street_address(rng, force.districts[district]))
    world.holds.append((friend, rooms))
    tenants = people[: int(rng.integers(4, 9))]
    yard = rng.random() < 0.5
    episode = Episode(
        "tenants", "", officer, officer, other_hub=("person", str(public.person_id[friend]))
    )
    if yard:
        firm = houses.found(f"{public.name[friend][0]}記中古車行", "firm", rooms, district)
        houses.give_role(firm, friend, "owner", plan.begin - 800 * DAY, certain=True)
        episode.hub = ("organisation", organisation_id(firm))
    number = world.begin_episode(episode)
    for person in tenants:
        at = moment(world, rng, officer, plan.begin + DAY, plan.end - 3 * DAY, on_duty=0.9)
        shares = ((CRIMINAL, 0.7), (HOUSEHOLD, 0.4), (PERSON, 0.3), (WANTED, 0.2))
        words = purpose(world, rng, generic=0.6)
        look_up(world, rng, officer, person, at, shares, episode=number, words=words)
        if rng.random() < 0.45:  # who moves in is seldom registered at once
            world.records.add(
                "residences",
                1,
                person_id=str(public.person_id[person]),
                address_id=str(public.address_id[rooms]),
                start=np.array([at + int(rng.integers(2, 30)) * DAY]),
            )
    sellers = [p for p in people[10:] if vehicle_kept_by(world, p) != NOBODY]
    for person in sellers[: int(rng.integers(2, 6)) if yard else 0]:
        at = moment(world, rng, officer, plan.begin + DAY, plan.end - 3 * DAY, on_duty=0.9)
        vehicle = int(public.vehicle_of[person])
        words = purpose(world, rng, generic=0.4)
        look_up_plate(world, rng, officer, vehicle, at, episode=number, words=words)
        if rng.random() < 0.6:
            public.former_owner[vehicle], public.owner[vehicle] = person, friend
            public.sold_at[vehicle] = at + int(rng.integers(1, 20)) * DAY
