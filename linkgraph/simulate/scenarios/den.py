"""Case 1090101: an officer runs gambling dens with friends from the night-life trade.

He looks up the gamblers, the collectors who work for the friends and people who apply for a
job at the house, in several systems one after the other, under purposes that say nothing.
"""

from __future__ import annotations

import numpy as np

from linkgraph.simulate.drafts import CH_MOBILE, CH_SELF, K_PERSON, K_VEHICLE
from linkgraph.simulate.establishments import organisation_id, shop_name, street_address
from linkgraph.simulate.force import BEAT, CRIMINAL, DETECTIVE, HOUSEHOLD, MOBILE, PATROL, PERSON
from linkgraph.simulate.plan import DAY, HOUR, NEVER, NOBODY
from linkgraph.simulate.purposes import GENERIC
from linkgraph.simulate.rosters import ACT_DESK, ACT_INVESTIGATION, ACT_PATROL, ACT_STANDBY
from linkgraph.simulate.world import Episode, World


def plant(world: World, rng: np.random.Generator) -> None:
    """Open the dens, gather their people, and let the officer look them up."""
    force, plan, houses = world.force, world.plan, world.establishments
    eligible = np.flatnonzero(np.isin(force.role, [PATROL, BEAT, DETECTIVE]))
    officer = world.choose(rng, eligible)
    me = int(force.person[officer])
    district = int(force.unit_district[force.unit[officer]])
    gamblers = int(rng.integers(14, 24))
    people = world.strangers(rng, district, gamblers + 9)
    boss, partner, *rest = people
    gang, applicants, players = rest[:3], rest[3:7], rest[7:]

    world.befriend(rng, me, boss, "friend", certain=True)
    world.befriend(rng, me, partner, "friend")
    world.befriend(rng, boss, partner, "business")
    dens = []
    for owner in (boss, partner):
        text = street_address(rng, force.districts[district])
        address = world.public.add_address(district, text)
        den = houses.found(shop_name(rng, "tea house"), "tea house", address, district)
        since = plan.begin - int(rng.integers(100, 900)) * DAY
        houses.give_role(den, owner, "owner", since, certain=True)
        dens.append(den)
    for owner in (boss, partner):  # two further places are nothing but an address
        address = world.public.add_address(district, street_address(rng, force.districts[district]))
        world.holds.append((owner, address))
    for collector in gang:
        world.befriend(rng, boss, collector, "business")
    for player in players:
        since = plan.begin - int(rng.integers(0, 400)) * DAY
        draw = rng.random()
        if draw < 0.75:
            houses.give_role(dens[int(rng.random() < 0.3)], player, "customer", since)
        if draw > 0.6:
            world.befriend(rng, boss if rng.random() < 0.6 else gang[0], player, "creditor")
    for applicant in applicants:
        applied = plan.begin + int(rng.integers(0, max(1, plan.days - 20))) * DAY
        houses.give_role(dens[0], applicant, "applicant", applied, applied + 30 * DAY)

    number = world.begin_episode(
        Episode(
            "den",
            "1090101",
            officer,
            hub=("organisation", organisation_id(dens[0])),
            other_hub=("organisation", organisation_id(dens[1])),
        )
    )
    wanted = [p for p in players if rng.random() < 0.8] + applicants
    wanted += [c for c in gang if rng.random() < 0.4]
    first = plan.begin + int(rng.integers(2, max(3, plan.days // 3))) * DAY
    last = min(plan.end - DAY, first + int(rng.integers(30, 80)) * DAY)
    for person in wanted:
        for _ in range(int(rng.integers(1, 3))):
            _look_up(world, rng, officer, person, number, first, last)


def _look_up(
    world: World,
    rng: np.random.Generator,
    officer: int,
    person: int,
    number: int,
    first: int,
    last: int,
) -> None:
    purpose = world.drafts.words.code(GENERIC[int(rng.integers(3))]) if rng.random() < 0.85 else 0
    if rng.random() < 0.7:
        at = world.on_duty(
            rng, officer, first, last, ACT_DESK, ACT_STANDBY, ACT_INVESTIGATION, ACT_PATROL
        )
    else:  # in his free time, in the evening
        evening = int(rng.integers(17 * HOUR, 24 * HOUR))
        at = int(rng.integers(first // DAY, last // DAY)) * DAY + evening
    vehicle = int(world.public.vehicle_of[person])
    systems = [s for s, p in ((CRIMINAL, 0.7), (HOUSEHOLD, 0.6), (PERSON, 0.4)) if rng.random() < p]
    for system in systems or [CRIMINAL]:
        world.drafts.add(
            1,
            at=at,
            officer=officer,
            system=system,
            kind=K_PERSON,
            subject=person,
            purpose=purpose,
            episode=number,
            output=int(rng.random() < 0.1),
        )
        at += int(rng.integers(40, 400))
    if vehicle != NOBODY and rng.random() < 0.2:
        world.drafts.add(
            1,
            at=at,
            officer=officer,
            system=MOBILE,
            kind=K_VEHICLE,
            subject=_kept(world, vehicle, person),
            purpose=purpose,
            episode=number,
            channel=CH_MOBILE if rng.random() < 0.9 else CH_SELF,
        )


def _kept(world: World, vehicle: int, person: int) -> int:
    """The vehicle, its last sale moved before the period so that the person truly had it."""
    if world.public.owner[vehicle] == person and world.public.sold_at[vehicle] > world.plan.begin:
        world.public.sold_at[vehicle] = NEVER
        world.public.former_owner[vehicle] = NOBODY
    return vehicle
