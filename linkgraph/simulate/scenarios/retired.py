"""A retired officer, now a private detective, asks old colleagues about his clients' opponents."""

from __future__ import annotations

import numpy as np

from linkgraph.simulate.drafts import CH_OUTSIDE, CH_SELF
from linkgraph.simulate.establishments import organisation_id, street_address
from linkgraph.simulate.force import BEAT, CRIMINAL, DESK, DETECTIVE, HOUSEHOLD, PATROL, PERSON
from linkgraph.simulate.plan import DAY, HOUR, NOBODY
from linkgraph.simulate.scenarios.parts import (
    look_up,
    look_up_plate,
    moment,
    purpose,
    vehicle_kept_by,
)
from linkgraph.simulate.world import Episode, World


def plant(world: World, rng: np.random.Generator) -> None:
    """Retire somebody, open his firm, find clients, and let him ring whom he knows."""
    force, plan, houses, public = world.force, world.plan, world.establishments, world.public
    roles = [PATROL, BEAT, DESK, DETECTIVE]
    first = world.choose(rng, np.flatnonzero(np.isin(force.role, roles)))
    unit = int(force.unit[first])
    district = int(force.unit_district[unit])
    mates = force.of_unit(unit)
    mates = mates[np.isin(force.role[mates], roles) & (mates != first)]
    helpers = [first, *rng.permutation(mates)[: int(rng.integers(0, 3))].tolist()]
    people = world.strangers(rng, district, 40)
    old, *rest = sorted(people, key=lambda p: (-min(int(public.age[p]), 65), p))
    _record(world, rng, old, unit)
    address = public.add_address(district, street_address(rng, force.districts[district]))
    firm = houses.found(f"{public.name[old][0]}氏徵信社", "firm", address, district)
    since = plan.begin - int(rng.integers(60, 500)) * DAY
    houses.give_role(firm, old, "owner", since, certain=True)
    clients = rest[: int(rng.integers(3, 7))]
    opponents: list[int] = []
    for place, client in enumerate(clients):
        houses.give_role(firm, client, "customer", since + int(rng.integers(0, 60)) * DAY)
        for person in rest[8 + 3 * place : 8 + 3 * place + int(rng.integers(1, 4))]:
            kinds = ("business", "creditor", "family")
            world.befriend(rng, client, person, kinds[int(rng.integers(3))])
            opponents.append(person)
    for helper in helpers:
        if rng.random() < 0.5:
            world.befriend(rng, int(force.person[helper]), old, "friend")
    number = world.begin_episode(
        Episode(
            "retired",
            "",
            first,
            hub=("organisation", organisation_id(firm)),
            other_hub=("person", str(public.person_id[old])),
            outsider=True,
        )
    )
    for person in opponents:
        helper = int(helpers[int(rng.integers(len(helpers)))])
        at = moment(world, rng, helper, plan.begin + DAY, plan.end - DAY, on_duty=0.95)
        caller = _rings(world, rng, old, unit, at)
        more = {"channel": CH_OUTSIDE if caller else CH_SELF, "caller": caller}
        words = purpose(world, rng, generic=0.7)
        shares = ((HOUSEHOLD, 0.6), (PERSON, 0.4), (CRIMINAL, 0.5))
        at = look_up(world, rng, helper, person, at, shares, episode=number, words=words, **more)
        vehicle = vehicle_kept_by(world, person)
        if vehicle != NOBODY and rng.random() < 0.35:
            look_up_plate(world, rng, helper, vehicle, at, episode=number, words=words, **more)


def _record(world: World, rng: np.random.Generator, old: int, unit: int) -> None:
    """His years on the force, as the registers keep them."""
    plan, force = world.plan, world.force
    left = plan.begin // DAY - int(rng.integers(60, 1200))
    joined = left - int(rng.integers(20, 32)) * 365
    officer_id = f"KH{9000 + len(world.episodes):05d}"
    world.records.add(
        "officers",
        1,
        officer_id=officer_id,
        person_id=str(world.public.person_id[old]),
        name=str(world.public.name[old]),
        rank="警員",
        joined_on=np.array([joined]),
        left_on=np.array([left]),
    )
    world.records.add(
        "postings",
        1,
        officer_id=officer_id,
        unit_id=force.unit_id[unit],
        role="patrol",
        start=np.array([(left - int(rng.integers(900, 4000))) * DAY]),
        end=np.array([left * DAY]),
    )
    world.records.add(
        "accounts",
        1,
        account_id=f"u{officer_id.lower()}",
        officer_id=officer_id,
        start=np.array([joined * DAY]),
        end=np.array([left * DAY]),
    )


def _rings(world: World, rng: np.random.Generator, old: int, unit: int, at: int) -> int:
    """Now and then he rings the station itself: the number as the log has it, 0 if it has not."""
    phone = int(world.public.phone_of[old])
    if phone == NOBODY or rng.random() > 0.4:
        return 0
    number = str(world.public.phone_id[phone])
    world.records.add(
        "internal_calls",
        1,
        from_phone_id=number,
        to_phone_id=world.force.unit_phones[unit][0],
        at=np.array([max(at - int(rng.integers(30, HOUR)), world.plan.begin)]),
        seconds=int(rng.integers(60, 500)),
    )
    return world.drafts.words.code(number) if rng.random() < 0.3 else 0
