"""A couple that parted, one of them under protection: looked up again and again, properly."""

from __future__ import annotations

import numpy as np

from linkgraph.simulate import casework as cw
from linkgraph.simulate.drafts import K_PERSON
from linkgraph.simulate.force import BEAT, DESK, HOUSEHOLD, PERSON, WANTED
from linkgraph.simulate.lookalikes.parts import (
    an_officer,
    look_up,
    note,
    person_ref,
    purpose,
    to_be_visited,
)
from linkgraph.simulate.plan import DAY
from linkgraph.simulate.rosters import ACT_DESK, ACT_VISIT
from linkgraph.simulate.world import LookAlike, World


def protected_person(world: World, rng: np.random.Generator) -> None:
    """A protection order is looked after for months; the case lies with another unit."""
    plan, force, book = world.plan, world.force, world.book
    officer = an_officer(world, rng, BEAT, DESK)
    unit = int(force.unit[officer])
    victim, other = world.strangers(rng, int(force.unit_district[unit]), 2)
    world.part(victim, other, "family", days_ago=int(rng.integers(10, 400)), years=4)
    number = world.begin_look_alike(
        LookAlike("protected_person", officer, person_ref(world, victim))
    )
    if rng.random() < 0.5:
        elsewhere = int(force.unit[an_officer(world, rng, BEAT, DESK)])
        opened = plan.begin - int(rng.integers(3, 40)) * DAY
        site = int(world.public.household[victim])
        case = book.open_one(cw.REPORT, "竊盜", opened, plan.end, elsewhere, site)
        book.involve(np.full(2, case), K_PERSON, np.array([victim, other]), "party")
    if rng.random() < 0.5:
        subject = person_ref(world, victim)
        to_be_visited(world, officer, subject, "保護令被害人", by_unit=rng.random() < 0.5)
    written = rng.random() < 0.6
    for _ in range(int(rng.integers(3, 5 + plan.months))):
        person = victim if rng.random() < 0.6 else other
        at = world.on_duty(rng, officer, plan.begin, plan.end - DAY, ACT_VISIT, ACT_DESK)
        look_up(
            world,
            rng,
            officer,
            person,
            at,
            system=[PERSON, HOUSEHOLD, WANTED][int(rng.integers(3))],
            words=purpose(world, rng, cw.DISPATCH),
            look_alike=number,
        )
        if written and rng.random() < 0.7:
            note(world, officer, at + 1200, "work_log", "保護令執行訪查", person_ref(world, victim))
