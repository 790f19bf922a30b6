"""Look-ups for others that were in order, or nearly."""

from __future__ import annotations

import numpy as np

from linkgraph.simulate import casework as cw
from linkgraph.simulate.drafts import (
    CH_INTERNAL,
    CH_OUTSIDE,
    K_PERSON,
    K_VEHICLE,
)
from linkgraph.simulate.force import (
    BEAT,
    DESK,
    PATROL,
    PERSON,
    VEHICLE,
    WANTED,
)
from linkgraph.simulate.lookalikes.parts import an_officer, person_ref
from linkgraph.simulate.plan import DAY, HOUR, NOBODY
from linkgraph.simulate.rosters import ACT_DESK, ACT_PATROL
from linkgraph.simulate.world import LookAlike, World


def leave_proxied(world: World, rng: np.random.Generator) -> None:
    """An officer on leave rings about an urgent case of his; all is registered and checked."""
    force, public, plan, book = world.force, world.public, world.plan, world.book
    for officer in rng.permutation(
        np.flatnonzero(np.isin(force.role, [PATROL, BEAT, DESK]))
    ).tolist():
        days = world.roster.on_leave(officer)
        days = days[(days > 1) & (days < plan.days - 1)]
        if not len(days):
            continue
        at = plan.begin + int(days[int(rng.integers(len(days)))]) * DAY
        at += int(rng.integers(9 * HOUR, 20 * HOUR))
        unit = int(force.unit[officer])
        agent = int(world.roster.at_desk(np.array([unit]), np.array([at]))[0])
        if agent not in (NOBODY, officer):
            break
    else:
        return
    suspect = int(public.people(rng, np.array([force.unit_district[unit]]), known=0.5)[0])
    site = int(public.household[suspect])
    opened = at - int(rng.integers(2, 10)) * DAY
    case = np.array([book.open_one(cw.REPORT, "竊盜", opened, at + 20 * DAY, unit, site)])
    book.assign(case, np.array([officer]))
    book.involve(case, K_PERSON, np.array([suspect]), "suspect")
    number = world.begin_look_alike(LookAlike("leave_proxied", officer, person_ref(world, suspect)))
    chief = int(force.chief_of(np.array([unit]))[0])
    world.drafts.add(
        1,
        at=at,
        officer=agent,
        system=PERSON if rng.random() < 0.5 else WANTED,
        kind=K_PERSON,
        subject=suspect,
        purpose=world.drafts.words.code("代查身分"),
        case=int(case[0]),
        cited=1,
        requester=officer,
        requester_unit=unit,
        channel=CH_OUTSIDE,
        approver=chief,
        look_alike=number,
    )
    world.records.add(
        "proxy_register",
        1,
        register_id=world.serial("PX"),
        at=np.array([at - 60]),
        requester_id=str(force.officer_id[officer]),
        agent_id=str(force.officer_id[agent]),
        subject_kind="person",
        subject_id=str(public.person_id[suspect]),
        reason="承辦案件急需查證",
        identity_check="回撥確認",
        approved_by=str(force.officer_id[chief]),
        approved_at=np.array([at - 30]),
    )


def neighbour_station_request(world: World, rng: np.random.Generator) -> None:
    """A true colleague of the next station rings from his own: against the rules, and true."""
    force, public, plan = world.force, world.public, world.plan
    stations = [i for i, kind in enumerate(force.unit_kind) if kind == "station"]
    asking = an_officer(world, rng, PATROL)
    own = int(force.unit[asking])
    near = [s for s in stations if s != own and force.unit_district[s] == force.unit_district[own]]
    if not near:
        return
    unit = near[int(rng.integers(len(near)))]
    at = world.on_duty(rng, asking, plan.begin + DAY, plan.end - DAY, ACT_PATROL, ACT_DESK)
    agent = int(world.roster.at_desk(np.array([unit]), np.array([at]))[0])
    if agent == NOBODY:
        return
    vehicle = int(public.parked(rng, np.array([force.unit_district[own]]))[0])
    number = world.begin_look_alike(
        LookAlike("neighbour_station_request", agent, ("vehicle", str(public.vehicle_id[vehicle])))
    )
    phone = force.unit_phones[own][0]
    world.records.add(
        "internal_calls",
        1,
        from_phone_id=phone,
        to_phone_id=force.unit_phones[unit][0],
        at=np.array([at - 60]),
        seconds=int(rng.integers(60, 200)),
    )
    case = np.array(
        [
            world.book.open_one(
                cw.STOP,
                "交通違規",
                at - 300,
                at + 1200,
                own,
                int(public.household[public.owner[vehicle]]),
            )
        ]
    )
    world.book.assign(case, np.array([asking]))
    world.book.involve(case, K_VEHICLE, np.array([vehicle]), "vehicle")
    known = rng.random() < 0.6
    world.drafts.add(
        1,
        at=at,
        officer=agent,
        system=VEHICLE,
        kind=K_VEHICLE,
        subject=vehicle,
        purpose=world.drafts.words.code(
            ("代查車籍", "鄰所請求代查車籍", "公務查詢")[int(rng.integers(3))]
        ),
        case=int(case[0]),
        requester=asking if known else NOBODY,
        requester_text=0 if known else world.drafts.words.code(_heard(world, rng, asking)),
        requester_unit=own,
        channel=CH_INTERNAL,
        caller=world.drafts.words.code(phone),
        look_alike=number,
    )


def _heard(world: World, rng: np.random.Generator, officer: int) -> str:
    """What the desk wrote down: station, rank and name, often the surname alone."""
    force = world.force
    name = str(world.public.name[force.person[officer]])
    station = force.unit_name[int(force.unit[officer])].split("分局")[-1]
    return f"{station}{force.rank[officer]}{name if rng.random() < 0.7 else name[0] + '○○'}"
