"""What the stories share: a moment, a look-up of a person by some systems, a plate, a purpose."""

from __future__ import annotations

import numpy as np

from linkgraph.simulate.drafts import CH_SELF, K_PERSON, K_VEHICLE
from linkgraph.simulate.force import VEHICLE
from linkgraph.simulate.plan import DAY, HOUR, NEVER, NOBODY
from linkgraph.simulate.purposes import DESK_PURPOSES, GENERIC, PATROL_PURPOSES
from linkgraph.simulate.rosters import ACT_DESK, ACT_INVESTIGATION, ACT_PATROL, ACT_STANDBY
from linkgraph.simulate.world import World

Shares = tuple[tuple[int, float], ...]
"""Systems, and how often each is asked."""
WORKING = (ACT_DESK, ACT_STANDBY, ACT_INVESTIGATION, ACT_PATROL)


def moment(
    world: World,
    rng: np.random.Generator,
    officer: int,
    low: int,
    high: int,
    *,
    on_duty: float = 0.8,
) -> int:
    """A moment in `[low, high)` on duty as a rule, else in an evening; within the period."""
    low = world.within(low)
    high = max(world.within(high), low + 1)
    if rng.random() < on_duty:
        return world.within(world.on_duty(rng, officer, low, high, *WORKING))
    day = int(rng.integers(low // DAY, high // DAY + 1))
    return world.within(day * DAY + int(rng.integers(17 * HOUR, 24 * HOUR)))


def purpose(world: World, rng: np.random.Generator, *, generic: float = 0.6) -> int:
    """What somebody types who has nothing to say: a generic purpose, a common one, nothing."""
    draw = rng.random()
    if draw < generic:
        words: tuple[str, ...] = GENERIC
    elif draw < generic + 0.7 * (1 - generic):
        words = PATROL_PURPOSES + DESK_PURPOSES
    else:
        return 0
    return world.drafts.words.code(words[int(rng.integers(len(words)))])


def look_up(
    world: World,
    rng: np.random.Generator,
    officer: int,
    person: int,
    at: int,
    shares: Shares,
    *,
    episode: int,
    words: int,
    **more: int,
) -> int:
    """Look a person up in some of the systems, at least in one; the moment after the last."""
    systems = [system for system, share in shares if rng.random() < share]
    for system in systems or [shares[0][0]]:
        world.drafts.add(
            1,
            at=world.within(at),
            officer=officer,
            system=system,
            kind=K_PERSON,
            subject=person,
            purpose=words,
            episode=episode,
            **more,
        )
        at += int(rng.integers(40, 300))
    return at


def look_up_plate(
    world: World,
    rng: np.random.Generator,
    officer: int,
    vehicle: int,
    at: int,
    *,
    episode: int,
    words: int,
    **more: int,
) -> int:
    """Look a plate up; the moment after."""
    columns = {"system": VEHICLE, "channel": CH_SELF, **more}
    world.drafts.add(
        1,
        at=world.within(at),
        officer=officer,
        kind=K_VEHICLE,
        subject=vehicle,
        purpose=words,
        episode=episode,
        **columns,
    )
    return at + int(rng.integers(30, 200))


def vehicle_kept_by(world: World, person: int) -> int:
    """A vehicle that the person has throughout the period, -1 if there is none."""
    vehicle = int(world.public.vehicle_of[person])
    if vehicle == NOBODY or world.public.owner[vehicle] != person:
        return NOBODY
    if world.public.sold_at[vehicle] > world.plan.begin:
        world.public.sold_at[vehicle] = NEVER
        world.public.former_owner[vehicle] = NOBODY
    return vehicle
