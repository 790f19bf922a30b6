"""Rights of an earlier post still work, and an old case is handed over with their help."""

from __future__ import annotations

import numpy as np

from linkgraph.simulate import casework as cw
from linkgraph.simulate.force import ADMIN, CRIMINAL, HOUSEHOLD, RIGHTS, SYSTEMS
from linkgraph.simulate.lookalikes.parts import an_officer, look_up, note, person_ref, purpose
from linkgraph.simulate.plan import DAY
from linkgraph.simulate.rosters import ACT_STANDBY
from linkgraph.simulate.world import LookAlike, World


def rights_kept(world: World, rng: np.random.Generator) -> None:
    """An office keeps the rights of the street for years, and uses them once or never."""
    plan, force = world.plan, world.force
    officer = an_officer(world, rng, ADMIN)
    world.kept_rights += [(officer, s) for s in SYSTEMS if s not in RIGHTS["admin"]]
    district = int(force.unit_district[force.unit[officer]])
    for _ in range(int(rng.integers(0, 4))):
        person = int(world.public.people(rng, np.array([district]), known=0.5)[0])
        number = world.begin_look_alike(
            LookAlike("rights_kept", officer, person_ref(world, person))
        )
        at = world.on_duty(rng, officer, plan.begin, plan.end - DAY, ACT_STANDBY)
        look_up(
            world,
            rng,
            officer,
            person,
            at,
            system=CRIMINAL if rng.random() < 0.5 else HOUSEHOLD,
            words=purpose(world, rng, cw.INVESTIGATION),
            look_alike=number,
        )
        if rng.random() < 0.4:
            note(world, officer, at + 600, "work_log", "案件移交說明", person_ref(world, person))
