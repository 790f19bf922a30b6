"""What the stories share: an officer for one, a house, a purpose, references for the truth."""

from __future__ import annotations

import numpy as np

from linkgraph.simulate.drafts import K_PERSON
from linkgraph.simulate.establishments import organisation_id
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
    world: World, officer: int, at: int, kind: str, text: str, subject: tuple[str, str]
) -> None:
    """A work record of the officer about a subject, at its time within the period."""
    world.records.add(
        "work_records",
        1,
        record_id=world.serial("W"),
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
