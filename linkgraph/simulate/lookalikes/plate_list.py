"""A list of plates goes round: they are run under the case that the list came from."""

from __future__ import annotations

import numpy as np

from linkgraph.simulate.drafts import K_VEHICLE
from linkgraph.simulate.force import DETECTIVE, PATROL, TRAFFIC, VEHICLE
from linkgraph.simulate.lookalikes.parts import an_officer, note, purpose
from linkgraph.simulate.rosters import ACT_DESK, ACT_INVESTIGATION, ACT_STANDBY
from linkgraph.simulate.world import LookAlike, World


def plate_list(world: World, rng: np.random.Generator) -> None:
    """Cars seen near a scene: many owners, one case, and nobody enters them in it."""
    plan, force, book, public = world.plan, world.force, world.book, world.public
    officer = an_officer(world, rng, DETECTIVE, TRAFFIC, PATROL)
    found = world.own_case(rng, officer)
    if found is None:
        return
    chosen, low, high = found
    acts = (ACT_INVESTIGATION, ACT_STANDBY, ACT_DESK)
    at = world.on_duty(rng, officer, low, high, *acts)
    number = world.begin_look_alike(LookAlike("plate_list", officer, note="under one case"))
    n = int(rng.integers(4, 16))
    district = np.full(n, force.unit_district[force.unit[officer]])
    vehicles = public.vehicles_by_district[int(district[0])]
    moments = at + np.cumsum(rng.integers(20, 90, n))
    world.drafts.add(
        n,
        at=np.clip(moments, plan.begin, plan.end - 1),
        officer=officer,
        system=VEHICLE,
        kind=K_VEHICLE,
        subject=vehicles[rng.integers(len(vehicles), size=n)],
        purpose=purpose(world, rng, int(book.columns()["kind"][chosen])),
        case=chosen,
        cited=int(rng.random() < 0.8),
        look_alike=number,
    )
    if rng.random() < 0.4:
        subject = ("vehicle", str(public.vehicle_id[int(vehicles[0])]))
        note(world, officer, at, "work_log", "監視器車號清查", subject)
