"""Case 1090102: an officer on leave quarrels in traffic and has a colleague look up the other car.

He rings his station; the colleague at the desk asks about the plate under the pretext of a
stolen vehicle, then about the owner.  Days later the citizen complains of threats.
"""

from __future__ import annotations

import numpy as np

from linkgraph.simulate.drafts import CH_OUTSIDE, K_PERSON, K_VEHICLE
from linkgraph.simulate.force import BEAT, DESK, HOUSEHOLD, PATROL, PERSON, VEHICLE
from linkgraph.simulate.plan import DAY, HOUR, NOBODY
from linkgraph.simulate.world import Episode, World

_PRETEXTS = ("失竊車輛協尋", "民眾報失竊車輛查證", "疑似贓車查證")


def plant(world: World, rng: np.random.Generator) -> None:
    """Find an officer on leave and a manned desk, and let the quarrel happen."""
    force, public = world.force, world.public
    found = _moment(world, rng)
    if found is None:
        return
    requester, colleague, at = found
    world.taken.update((requester, colleague))
    district = int(force.unit_district[force.unit[requester]])
    driver = next(p for p in world.strangers(rng, district, 60) if public.vehicle_of[p] != NOBODY)
    vehicle = int(public.vehicle_of[driver])
    public.former_owner[vehicle] = NOBODY
    station = force.unit_phones[int(force.unit[requester])][0]
    private = public.phone_of[force.person[requester]]
    number = public.phone_id[private] if private != NOBODY and rng.random() < 0.9 else ""
    if number:
        world.records.add(
            "internal_calls",
            1,
            from_phone_id=number,
            to_phone_id=station,
            at=np.array([at - int(rng.integers(30, 120))]),
            seconds=int(rng.integers(60, 300)),
        )
    complaint = world.serial("CP")
    episode = world.begin_episode(
        Episode(
            "quarrel",
            "1090102",
            colleague,
            requester,
            hub=("vehicle", str(public.vehicle_id[vehicle])),
            complaint_id=complaint,
        )
    )
    purpose = world.drafts.words.code(_PRETEXTS[int(rng.integers(len(_PRETEXTS)))])
    caller = world.drafts.words.code(number) if number and rng.random() < 0.5 else 0
    world.drafts.add(
        1,
        at=at,
        officer=colleague,
        system=VEHICLE,
        kind=K_VEHICLE,
        subject=vehicle,
        purpose=purpose,
        channel=CH_OUTSIDE,
        caller=caller,
        episode=episode,
    )
    for system, share in ((HOUSEHOLD, 0.85), (PERSON, 0.4)):
        at += int(rng.integers(50, 200))
        if rng.random() < share:
            world.drafts.add(
                1,
                at=at,
                officer=colleague,
                system=system,
                kind=K_PERSON,
                subject=driver,
                purpose=purpose,
                channel=CH_OUTSIDE,
                caller=caller,
                episode=episode,
            )
    incident = at - int(rng.integers(10, 90)) * 60
    complained = min(at + int(rng.integers(2 * HOUR, 12 * DAY)), world.plan.end - HOUR)
    world.records.add(
        "complaints",
        1,
        complaint_id=complaint,
        at=np.array([complained]),
        incident_at=np.array([incident // 300 * 300]),
        place=str(public.address_text[public.household[driver]]),
        complainant_id=str(public.person_id[driver]),
        vehicle_id=str(public.vehicle_id[vehicle]),
        officer_id=str(force.officer_id[requester]),
        kind="恐嚇",
        text="行車糾紛後遭自稱員警者找上門,並說出姓名及住址",
    )


def _moment(world: World, rng: np.random.Generator) -> tuple[int, int, int] | None:
    """(who is on leave, who is at the desk of his station, when), in daytime; None if never."""
    force, plan = world.force, world.plan
    candidates = np.flatnonzero(np.isin(force.role, [PATROL, BEAT, DESK]) & (force.moved_on == 0))
    for officer in rng.permutation(candidates).tolist():
        days = world.roster.on_leave(officer)
        days = days[(days > 0) & (days < plan.days - 3)]
        if officer in world.taken or not len(days):
            continue
        day = int(days[int(rng.integers(len(days)))])
        at = plan.begin + day * DAY + int(rng.integers(9 * HOUR, 21 * HOUR))
        one = [np.array([int(force.unit[officer])]), np.array([at])]
        colleague = int(world.roster.at_desk(*one)[0])
        if colleague not in (NOBODY, officer) and colleague not in world.taken:
            return officer, colleague, at
    return None
