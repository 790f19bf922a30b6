"""Something that is in the news is also a case: many officers of several units work on it."""

from __future__ import annotations

import numpy as np

from linkgraph.simulate import casework as cw
from linkgraph.simulate.drafts import K_PERSON
from linkgraph.simulate.force import CRIMINAL, HOUSEHOLD, PERSON, WANTED
from linkgraph.simulate.lookalikes.parts import look_up, person_ref, purpose
from linkgraph.simulate.plan import DAY
from linkgraph.simulate.rosters import ACT_DESK, ACT_INVESTIGATION, ACT_PATROL
from linkgraph.simulate.world import LookAlike, World


def news_case(world: World, rng: np.random.Generator) -> None:
    """The victim of a case that everybody talks about; the case's own entry may come late."""
    plan, force, book = world.plan, world.force, world.book
    district = int(rng.integers(len(force.districts)))
    victim = world.strangers(rng, district, 1)[0]
    around = np.flatnonzero(force.unit_district[force.unit] == district)
    team = rng.permutation(around)[: int(rng.integers(8, 22))].tolist()
    breaks = plan.begin + int(rng.integers(1, max(2, plan.days - 8))) * DAY
    number = world.begin_look_alike(
        LookAlike("news_case", team[0], person_ref(world, victim), f"{len(team)} officers")
    )
    if rng.random() < 0.6:
        unit, site = int(force.unit[team[0]]), int(world.public.household[victim])
        opened = breaks + int(rng.integers(0, 4)) * DAY
        case = np.array([book.open_one(cw.INVESTIGATION, "傷害", opened, plan.end, unit, site)])
        book.involve(case, K_PERSON, np.array([victim]), "victim")
        handed = np.array([o for o in team if rng.random() < 0.5], dtype=np.int64)
        book.assign(np.repeat(case, len(handed)), handed)
    for officer in team:
        acts = (ACT_DESK, ACT_INVESTIGATION, ACT_PATROL)
        at = world.on_duty(rng, officer, breaks, breaks + 6 * DAY, *acts)
        for _ in range(1 + int(rng.random() < 0.3)):
            look_up(
                world,
                rng,
                officer,
                victim,
                at,
                system=[PERSON, HOUSEHOLD, CRIMINAL, WANTED][int(rng.integers(4))],
                words=purpose(world, rng, cw.INVESTIGATION, 0.5),
                look_alike=number,
            )
