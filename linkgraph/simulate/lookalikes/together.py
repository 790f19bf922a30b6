"""Work of many on the same people: task forces, inspections, a fugitive everybody looks for."""

from __future__ import annotations

import numpy as np

from linkgraph.simulate import casework as cw
from linkgraph.simulate.drafts import (
    CH_MOBILE,
    K_PERSON,
)
from linkgraph.simulate.force import (
    BEAT,
    CRIMINAL,
    DETECTIVE,
    HOUSEHOLD,
    MOBILE,
    PATROL,
    PERSON,
    WANTED,
)
from linkgraph.simulate.lookalikes.parts import (
    a_house,
    an_officer,
    house_ref,
    note,
    person_ref,
    purpose,
)
from linkgraph.simulate.plan import DAY, HOUR, NOBODY
from linkgraph.simulate.rosters import ACT_DESK, ACT_INVESTIGATION, ACT_PATROL
from linkgraph.simulate.world import LookAlike, World


def task_force(world: World, rng: np.random.Generator) -> None:
    """Many officers of a squad work through one house's people; the case names few of them."""
    houses, plan, force = world.establishments, world.plan, world.force
    lead = an_officer(world, rng, DETECTIVE)
    unit = int(force.unit[lead])
    mates = force.of_unit(unit)
    team = np.unique(np.append(rng.permutation(mates)[: int(rng.integers(4, 9))], lead))
    house = a_house(world, rng, int(force.unit_district[unit]), ("night-life", "firm", "tea house"))
    people = rng.permutation(houses.staff(house))[:14]
    opened = plan.begin + int(rng.integers(0, max(1, plan.days - 32))) * DAY + 9 * HOUR
    closed = opened + 30 * DAY
    site = houses.address[house]
    case = np.array([world.book.open_one(cw.INVESTIGATION, "賭博", opened, closed, unit, site)])
    world.book.assign(case, np.array([lead]))
    several = np.repeat(case, len(team))
    named = rng.random(len(team)) < 0.5
    world.book.assign(several[named], team[named], lead=False)
    if rng.random() < 0.5:  # the operation itself is on record, with everybody who serves in it
        whole = world.book.open_one(cw.INVESTIGATION, "賭博", opened, closed, unit, site)
        world.book.assign(np.full(len(team), whole), team, lead=False)
        world.book.part_of[int(case[0])] = whole
    core = people[: int(rng.integers(3, 7))]
    world.book.involve(np.repeat(case, len(core)), K_PERSON, core, "suspect")
    number = world.begin_look_alike(
        LookAlike("task_force", lead, house_ref(house), f"{len(team)} officers")
    )
    for officer in team.tolist():
        for person in people[rng.random(len(people)) < 0.45].tolist():
            at = world.on_duty(
                rng, officer, opened, min(closed, plan.end - HOUR), ACT_INVESTIGATION
            )
            world.drafts.add(
                1,
                at=at,
                officer=officer,
                system=[PERSON, CRIMINAL, HOUSEHOLD, WANTED][int(rng.integers(4))],
                kind=K_PERSON,
                subject=person,
                purpose=purpose(world, rng, cw.INVESTIGATION, 0.6),
                case=int(case[0]),
                cited=int(rng.random() < 0.3),
                look_alike=number,
            )


def vetting(world: World, rng: np.random.Generator) -> None:
    """A house is inspected under an order, and its staff is checked, present or not."""
    houses, plan, force = world.establishments, world.plan, world.force
    officer = an_officer(world, rng, PATROL, BEAT)
    unit = int(force.unit[officer])
    house = a_house(
        world, rng, int(force.unit_district[unit]), ("night-life", "restaurant", "tea house")
    )
    people = rng.permutation(houses.staff(house))[:15]
    at = world.on_duty(rng, officer, plan.begin + DAY, plan.end - DAY, ACT_PATROL)
    site = houses.address[house]
    case = np.array([world.book.open_one(cw.INSPECTION, "臨檢", at, at + 3 * HOUR, unit, site)])
    mates = force.of_unit(unit)
    team = np.unique(np.append(rng.permutation(mates)[: int(rng.integers(1, 3))], officer))
    world.book.assign(np.repeat(case, len(team)), team)
    present = people[rng.random(len(people)) < 0.6]
    world.book.involve(np.repeat(case, len(present)), K_PERSON, present, "staff")
    number = world.begin_look_alike(
        LookAlike("vetting", officer, house_ref(house), f"{len(people)} persons")
    )
    if rng.random() < 0.5 and len(people):  # a camera saw everybody, the staff list included
        first, *others = [person_ref(world, person) for person in people.tolist()]
        note(world, officer, at + HOUR, "body_camera", "臨檢場所人員查核", first, *others)
    for person in people.tolist():
        world.drafts.add(
            1,
            at=at + int(rng.integers(0, 2 * HOUR)),
            officer=int(team[int(rng.integers(len(team)))]),
            system=MOBILE if rng.random() < 0.6 else CRIMINAL,
            kind=K_PERSON,
            subject=person,
            purpose=purpose(world, rng, cw.INSPECTION),
            case=int(case[0]),
            cited=int(rng.random() < 0.5),
            channel=CH_MOBILE,
            look_alike=number,
        )


def fugitive(world: World, rng: np.random.Generator) -> None:
    """A wanted person is in the area: for some days everybody looks him and his people up."""
    force, public, plan = world.force, world.public, world.plan
    district = int(rng.integers(len(force.districts)))
    wanted = int(public.people(rng, np.array([district]), local=1.0, known=1.0)[0])
    number = world.begin_look_alike(
        LookAlike("fugitive", NOBODY, person_ref(world, wanted), "circulated to all stations")
    )
    begins = plan.begin + int(rng.integers(0, max(1, plan.days - 7))) * DAY
    world.records.add(
        "alerts",
        1,
        subject_kind="person",
        subject_id=str(public.person_id[wanted]),
        kind="wanted",
        start=np.array([begins]),
    )
    around = np.flatnonzero(force.unit_district[force.unit] == district)
    team = rng.permutation(around)[: int(rng.integers(8, 25))]
    kin = np.flatnonzero(public.household == public.household[wanted])
    for officer in team.tolist():
        at = world.on_duty(
            rng, officer, begins, begins + 6 * DAY, ACT_DESK, ACT_PATROL, ACT_INVESTIGATION
        )
        subjects = [wanted] if rng.random() < 0.6 else [wanted, int(rng.choice(kin))]
        for place, subject in enumerate(subjects):
            world.drafts.add(
                1,
                at=at + place * int(rng.integers(40, 200)),
                officer=officer,
                system=[PERSON, WANTED, CRIMINAL, HOUSEHOLD][int(rng.integers(4))],
                kind=K_PERSON,
                subject=subject,
                purpose=world.drafts.words.code("查緝逃犯")
                if rng.random() < 0.5
                else purpose(world, rng, cw.INVESTIGATION, 0.6),
                look_alike=number,
            )
