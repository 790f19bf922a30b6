"""What the stories share: an officer for one, a house, a purpose, references for the truth."""

from __future__ import annotations

import numpy as np

from linkgraph.simulate.drafts import K_PERSON
from linkgraph.simulate.establishments import organisation_id
from linkgraph.simulate.plan import DAY
from linkgraph.simulate.purposes import GENERIC, PURPOSES
from linkgraph.simulate.world import World


def an_officer(world: World, rng: np.random.Generator, *roles: int) -> int:
    chosen = np.flatnonzero(np.isin(world.force.role, list(roles)))
    return int(chosen[int(rng.integers(len(chosen)))])


def a_house(world: World, rng: np.random.Generator, district: int, kinds: tuple[str, ...]) -> int:
    houses = world.establishments
    fits = [
        i
        for i, (kind, where) in enumerate(zip(houses.kind, houses.district, strict=True))
        if kind in kinds and where == district
    ]
    pool = fits or [i for i, kind in enumerate(houses.kind) if kind in kinds]
    return pool[int(rng.integers(len(pool)))]


def house_ref(house: int) -> tuple[str, str]:
    return "organisation", organisation_id(house)


def person_ref(world: World, person: int) -> tuple[str, str]:
    return "person", str(world.public.person_id[person])


def purpose(world: World, rng: np.random.Generator, kind: int, generic: float = 0.35) -> int:
    words = GENERIC[:3] if rng.random() < generic else PURPOSES[kind]
    return world.drafts.words.code(words[int(rng.integers(len(words)))])


def look_up(
    world: World,
    rng: np.random.Generator,
    officer: int,
    person: int,
    at: int,
    *,
    system: int,
    words: int,
    look_alike: int,
    **more: int,
) -> None:
    """One proper look-up of a person, moved into the period."""
    world.drafts.add(
        1,
        at=world.within(at + int(rng.integers(0, 120))),
        officer=officer,
        system=system,
        kind=K_PERSON,
        subject=person,
        purpose=words,
        look_alike=look_alike,
        **more,
    )


def note(
    world: World,
    officer: int,
    at: int,
    kind: str,
    text: str,
    subject: tuple[str, str],
    *more: tuple[str, str],
) -> None:
    """A work record of the officer about a subject and more, at its time within the period."""
    record = world.serial("W")
    for other in more:
        world.records.add(
            "work_record_subjects",
            1,
            record_id=record,
            subject_kind=other[0],
            subject_id=other[1],
            role="present",
        )
    world.records.add(
        "work_records",
        1,
        record_id=record,
        at=np.array([world.within(at)]),
        officer_id=str(world.force.officer_id[officer]),
        kind=kind,
        subject_kind=subject[0],
        subject_id=subject[1],
        text=text,
    )


def tied(world: World, rng: np.random.Generator, person: int, kind: str) -> int:
    """Somebody a person is tied to in this way; a tie is made if there is none."""
    known = world.known_to(person, kind)
    if len(known):
        return int(known[int(rng.integers(len(known)))])
    other = world.strangers(rng, int(world.public.district[person]), 1)[0]
    world.befriend(rng, person, other, kind)
    return other


def to_be_visited(
    world: World, officer: int, subject: tuple[str, str], kind: str, *, by_unit: bool
) -> None:
    """An entry in the register of those to be visited: by the officer, or by his unit."""
    force = world.force
    world.records.add(
        "visit_register",
        1,
        subject_kind=subject[0],
        subject_id=subject[1],
        officer_id="" if by_unit else str(force.officer_id[officer]),
        unit_id=force.unit_id[int(force.unit[officer])],
        kind=kind,
        start=np.array([world.plan.begin - 200 * DAY]),
    )


def tells_of_conflict(world: World, officer: int, at: int, subject: tuple[str, str]) -> None:
    """The officer's notice that he is personally concerned."""
    world.records.add(
        "conflict_notices",
        1,
        officer_id=str(world.force.officer_id[officer]),
        at=np.array([world.within(at)]),
        subject_kind=subject[0],
        subject_id=subject[1],
        text="承辦案件當事人與本人相識,報請知悉",
    )
