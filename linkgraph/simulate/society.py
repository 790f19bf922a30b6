"""The tables about people: what public registers and inquiries know of them, with its gaps."""

from __future__ import annotations

import numpy as np

from linkgraph.simulate.establishments import organisation_ids
from linkgraph.simulate.plan import DAY, NEVER, Flags, Ints, texts
from linkgraph.simulate.world import World

KNOWN_TIES = (0.5, 0.7)
"""Of friendships, debts and roles, the share that any table knows of: drawn for each force."""


def write(world: World) -> None:
    """Write the private tables."""
    _people(world)
    _ties(world)
    _organisations(world)
    _volunteers(world)


def known_ties(world: World) -> float:
    """The share of ties that this force's records know of."""
    low, high = KNOWN_TIES
    return low + (high - low) * float(world.plan.stream("known ties").random())


def _people(world: World) -> None:
    public, records, plan = world.public, world.records, world.plan
    rng = plan.stream("people gaps")
    n = len(public.person_id)
    records.add("persons", n, person_id=public.person_id, name=public.name, born_on=public.born)
    addresses = public.address_id
    records.add(
        "addresses",
        len(addresses),
        address_id=addresses,
        text=public.address_text,
        community=public.community,
    )
    records.add(
        "residences",
        n,
        person_id=public.person_id,
        address_id=addresses[public.household],
        start=public.moved_in,
        recorded=rng.random(n) < 0.92,
    )
    # Some live in one place and keep another.
    second = np.flatnonzero((rng.random(n) < 0.02) & (public.age >= 25))
    since = plan.begin - rng.integers(30, 1500, len(second)) * DAY
    records.add(
        "residences",
        len(second),
        person_id=public.person_id[second],
        address_id=addresses[public.household[rng.permutation(n)[: len(second)]]],
        start=since,
    )
    for person, address in world.holds:
        records.add(
            "residences",
            1,
            person_id=str(public.person_id[person]),
            address_id=str(addresses[address]),
            start=np.array([plan.begin - int(rng.integers(30, 1500)) * DAY]),
        )
    records.add(
        "phones",
        len(public.phone_id),
        phone_id=public.phone_id,
        holder_kind="person",
        holder_id=public.person_id[public.phone_holder],
        start=plan.begin - rng.integers(300, 3000, len(public.phone_id)) * DAY,
        recorded=rng.random(len(public.phone_id)) < 0.65,
    )


def _ties(world: World) -> None:
    public, records, plan = world.public, world.records, world.plan
    rng = plan.stream("tie gaps")
    ties = public.ties
    more = world.ties
    a = np.concatenate([ties.a, np.array([t.a for t in more], dtype=np.int64)])
    b = np.concatenate([ties.b, np.array([t.b for t in more], dtype=np.int64)])
    n = len(a)
    kind = texts(np.concatenate([ties.kind, texts([t.kind for t in more])]))
    certain = np.concatenate([np.zeros(len(ties.a), dtype=bool), [t.certain for t in more]])
    known = known_ties(world)
    chance = np.where(kind == "family", known + 0.15, known)
    swapped = rng.random(n) < 0.5
    left, right = np.where(swapped, b, a), np.where(swapped, a, b)
    records.add(
        "associations",
        n,
        person_a_id=public.person_id[left],
        person_b_id=public.person_id[right],
        kind=kind,
        start=np.concatenate([ties.start, np.array([t.start for t in more], dtype=np.int64)]),
        end=np.concatenate([ties.end, np.array([t.end for t in more], dtype=np.int64)]),
        source=texts(np.concatenate([ties.source, texts([t.source for t in more])])),
        confidence=texts(["high", "medium", "low"])[rng.choice(3, n, p=[0.5, 0.35, 0.15])],
        recorded=(rng.random(n) < chance) | certain.astype(bool),
    )
    _declarations(world, rng, left, right, kind == "friend")


def _declarations(
    world: World, rng: np.random.Generator, left: Ints, right: Ints, friends: Flags
) -> None:
    """Few officers declare a contact, and never one that they have reason to hide."""
    force, public, plan = world.force, world.public, world.plan
    officer_of = np.full(len(public.person_id), -1)
    officer_of[force.person] = np.arange(len(force.person))
    own = np.where(officer_of[left] >= 0, officer_of[left], officer_of[right])
    contact = np.where(officer_of[left] >= 0, right, left)
    rows = np.flatnonzero(friends & (own >= 0) & (rng.random(len(left)) < 0.15))
    rows = rows[rows < len(public.ties.a)]
    world.records.add(
        "contact_declarations",
        len(rows),
        officer_id=force.officer_id[own[rows]],
        person_id=public.person_id[contact[rows]],
        at=plan.begin - rng.integers(-plan.days, 300, len(rows)) * DAY + 9 * 3600,
        text="與特定對象接觸交往報備",
    )


def _organisations(world: World) -> None:
    houses, public, records = world.establishments, world.public, world.records
    rng = world.plan.stream("role gaps")
    ids = organisation_ids(len(houses.name))
    known = texts(houses.kind)
    records.add("organisations", len(ids), organisation_id=ids, name=texts(houses.name), kind=known)
    records.add(
        "organisation_addresses",
        len(ids),
        organisation_id=ids,
        address_id=public.address_id[np.array(houses.address)],
    )
    n = len(houses.org)
    records.add(
        "organisation_roles",
        n,
        organisation_id=ids[np.array(houses.org)],
        person_id=public.person_id[np.array(houses.person)],
        role=texts(houses.role),
        start=np.array(houses.start),
        end=np.array(houses.end),
        recorded=(rng.random(n) < known_ties(world) + 0.1) | np.array(houses.certain),
    )


def _volunteers(world: World) -> None:
    """Every unit has volunteers, a few advisers and a contractor or two."""
    force, public, plan = world.force, world.public, world.plan
    rng = plan.stream("volunteers")
    units = np.repeat(np.arange(len(force.unit_id)), 7)
    person = public.people(rng, force.unit_district[units], local=0.95)
    kind = texts(["volunteer", "adviser", "contractor"])[
        rng.choice(3, len(units), p=[0.7, 0.2, 0.1])
    ]
    world.records.add(
        "unit_ties",
        len(units),
        unit_id=texts(force.unit_id)[units],
        person_id=public.person_id[person],
        kind=kind,
        start=plan.begin - rng.integers(30, 3000, len(units)) * DAY,
        end=np.where(
            rng.random(len(units)) < 0.1,
            plan.begin + rng.integers(0, plan.days, len(units)) * DAY,
            NEVER,
        ),
    )
