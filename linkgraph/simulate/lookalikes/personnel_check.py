"""The personnel office checks officers who are up for a post, their chiefs among them."""

from __future__ import annotations

import numpy as np

from linkgraph.simulate.force import ADMIN, CHIEF, CRIMINAL, HOUSEHOLD, PERSON
from linkgraph.simulate.lookalikes.parts import an_officer, look_up, note, person_ref
from linkgraph.simulate.plan import DAY
from linkgraph.simulate.purposes import GENERIC
from linkgraph.simulate.rosters import ACT_STANDBY
from linkgraph.simulate.world import LookAlike, World


def personnel_check(world: World, rng: np.random.Generator) -> None:
    """Some chiefs and colleagues in a row, on one day; a note says so two times in three."""
    plan, force = world.plan, world.force
    officer = an_officer(world, rng, ADMIN)
    chiefs = np.flatnonzero(force.role == CHIEF)
    others = rng.integers(len(force.officer_id), size=3)
    checked = np.unique(np.concatenate([rng.permutation(chiefs)[:3], others])).tolist()
    begins = plan.begin + int(rng.integers(1, max(2, plan.days - 5))) * DAY
    at = world.on_duty(rng, officer, begins, begins + 4 * DAY, ACT_STANDBY)
    written = rng.random() < 0.65
    for place, colleague in enumerate(checked):
        person = int(force.person[colleague])
        number = world.begin_look_alike(
            LookAlike("personnel_check", officer, person_ref(world, person))
        )
        look_up(
            world,
            rng,
            officer,
            person,
            at + 200 * place,
            system=[PERSON, CRIMINAL, HOUSEHOLD][int(rng.integers(3))],
            words=world.drafts.words.code("人事素行查核" if written else GENERIC[1]),
            look_alike=number,
        )
        if written:
            note(world, officer, at, "vetting", "陞遷候選人素行查核", person_ref(world, person))
