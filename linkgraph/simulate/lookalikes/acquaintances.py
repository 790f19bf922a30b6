"""Work that happens to concern somebody whom the officer knows."""

from __future__ import annotations

import numpy as np

from linkgraph.simulate import casework as cw
from linkgraph.simulate.drafts import (
    CH_MOBILE,
    K_PERSON,
    K_VEHICLE,
)
from linkgraph.simulate.force import (
    CRIMINAL,
    DETECTIVE,
    HOUSEHOLD,
    MOBILE,
    PATROL,
    PERSON,
    WANTED,
)
from linkgraph.simulate.lookalikes.parts import (
    an_officer,
    note,
    person_ref,
    purpose,
    tells_of_conflict,
)
from linkgraph.simulate.plan import DAY, HOUR, NOBODY
from linkgraph.simulate.rosters import ACT_INVESTIGATION, ACT_PATROL, ACT_STANDBY
from linkgraph.simulate.world import LookAlike, World


def relative_in_stop(world: World, rng: np.random.Generator) -> None:
    """A patrol stops a car; the owner is a relative of one of the two officers."""
    officer = an_officer(world, rng, PATROL)
    plan, book = world.plan, world.book
    relative, vehicle = _acquaintance(world, rng, officer, "family")
    at = world.on_duty(rng, officer, plan.begin, plan.end - DAY, ACT_PATROL)
    unit = int(world.force.unit[officer])
    number = world.begin_look_alike(
        LookAlike("relative_in_stop", officer, person_ref(world, relative))
    )
    site = int(world.public.household[relative])
    case = np.array([book.open_one(cw.STOP, "交通違規", at, at + 1200, unit, site)])
    book.assign(case, np.array([officer]))
    book.involve(case, K_PERSON, np.array([relative]), "driver")
    book.involve(case, K_VEHICLE, np.array([vehicle]), "vehicle")
    if rng.random() < 0.5:  # whoever of the two writes it down
        row = world.roster.a_duty(rng, officer, at - DAY, at + 1, (ACT_PATROL,))
        partner = int(world.roster.partner[row]) if row != NOBODY else NOBODY
        writer = partner if partner != NOBODY and rng.random() < 0.5 else officer
        driver = person_ref(world, relative)
        note(world, writer, at + 300, "body_camera", "攔查紀錄", driver)
    for kind, subject in ((K_VEHICLE, vehicle), (K_PERSON, relative)):
        if subject != NOBODY:
            world.drafts.add(
                1,
                at=at + int(rng.integers(0, 400)),
                officer=officer,
                system=MOBILE,
                kind=kind,
                subject=subject,
                purpose=purpose(world, rng, cw.STOP),
                case=int(case[0]),
                cited=int(rng.random() < 0.4),
                channel=CH_MOBILE,
                look_alike=number,
            )


def neighbour_suspect(world: World, rng: np.random.Generator) -> None:
    """Somebody from the officer's own building is a suspect in a case of his."""
    officer = an_officer(world, rng, DETECTIVE, PATROL)
    public, me = world.public, int(world.force.person[officer])
    home = int(public.building[public.household[me]])
    if home == NOBODY:
        return
    near = np.flatnonzero((public.building[public.household] == home) & (public.age >= 18))
    near = near[public.household[near] != public.household[me]]
    if len(near):
        suspect = int(near[int(rng.integers(len(near)))])
        _suspect_of_own(world, rng, "neighbour_suspect", officer, suspect)


def friend_suspect(world: World, rng: np.random.Generator) -> None:
    """A friend turns out to be a suspect: the officer's unit works on it, he among others."""
    officer = an_officer(world, rng, DETECTIVE)
    friend, _ = _acquaintance(world, rng, officer, "friend")
    _suspect_of_own(world, rng, "friend_suspect", officer, friend)


def _suspect_of_own(
    world: World, rng: np.random.Generator, kind: str, officer: int, suspect: int
) -> None:
    plan, book, public = world.plan, world.book, world.public
    number = world.begin_look_alike(LookAlike(kind, officer, person_ref(world, suspect)))
    tells = rng.random() < 0.4
    opened = plan.begin + int(rng.integers(0, max(1, plan.days - 20))) * DAY + 10 * HOUR
    offence = cw.BY_KIND[cw.INVESTIGATION][int(rng.integers(6))]
    closed = opened + int(rng.integers(15, 60)) * DAY
    unit = int(world.force.unit[officer])
    site = int(public.household[suspect])
    case = np.array([book.open_one(cw.INVESTIGATION, offence, opened, closed, unit, site)])
    if tells:
        tells_of_conflict(world, officer, opened + DAY, person_ref(world, suspect))
    mates = world.force.of_unit(unit)
    book.assign(case, np.array([officer]))
    book.assign(case, mates[rng.integers(len(mates), size=1)], lead=False)
    book.involve(case, K_PERSON, np.array([suspect]), "suspect")
    book.involve(case, K_VEHICLE, public.vehicle_of[[suspect]], "vehicle")
    for _ in range(int(rng.integers(2, 6))):
        at = world.on_duty(
            rng,
            officer,
            opened,
            min(closed, plan.end - HOUR),
            ACT_INVESTIGATION,
            ACT_STANDBY,
        )
        world.drafts.add(
            1,
            at=at,
            officer=officer,
            system=[PERSON, CRIMINAL, HOUSEHOLD, WANTED][int(rng.integers(4))],
            kind=K_PERSON,
            subject=suspect,
            purpose=purpose(world, rng, cw.INVESTIGATION),
            case=int(case[0]),
            cited=int(rng.random() < 0.6),
            look_alike=number,
        )


def _acquaintance(
    world: World, rng: np.random.Generator, officer: int, kind: str
) -> tuple[int, int]:
    """Somebody the officer is tied to (a tie is made if he has none), and one vehicle or -1."""
    me = int(world.force.person[officer])
    tied = world.known_to(me, kind)
    if len(tied):
        other = int(tied[int(rng.integers(len(tied)))])
    else:
        other = world.strangers(rng, int(world.public.district[me]), 1)[0]
        world.befriend(rng, me, other, kind)
    return other, int(world.public.vehicle_of[other])
