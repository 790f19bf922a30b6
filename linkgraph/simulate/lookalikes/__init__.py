"""Proper work that resembles misuse, in numbers: what an honest force does all day."""

from __future__ import annotations

import numpy as np

from linkgraph.simulate.force import DESK, DETECTIVE
from linkgraph.simulate.lookalikes import acquaintances, complaints, requests, together
from linkgraph.simulate.lookalikes.declared_friend import declared_friend
from linkgraph.simulate.lookalikes.informant import informant
from linkgraph.simulate.lookalikes.inspection_round import inspection_round
from linkgraph.simulate.lookalikes.late_case import late_case
from linkgraph.simulate.lookalikes.new_tenants import new_tenants
from linkgraph.simulate.lookalikes.news_case import news_case
from linkgraph.simulate.lookalikes.personnel_check import personnel_check
from linkgraph.simulate.lookalikes.plate_list import plate_list
from linkgraph.simulate.lookalikes.protected_person import protected_person
from linkgraph.simulate.lookalikes.relay import relay
from linkgraph.simulate.lookalikes.rights_kept import rights_kept
from linkgraph.simulate.lookalikes.staff_check import staff_check
from linkgraph.simulate.lookalikes.summons import summons
from linkgraph.simulate.purposes import GENERIC
from linkgraph.simulate.world import LookAlike, World

_STORIES = {
    "relative_in_stop": (acquaintances.relative_in_stop, 1.0),
    "neighbour_suspect": (acquaintances.neighbour_suspect, 1.0),
    "friend_suspect": (acquaintances.friend_suspect, 1.0),
    "task_force": (together.task_force, 0.5),
    "vetting": (together.vetting, 0.5),
    "fugitive": (together.fugitive, 0.25),
    "leave_proxied": (requests.leave_proxied, 1.0),
    "neighbour_station_request": (requests.neighbour_station_request, 1.5),
    "late_case": (late_case, 0.5),
    "declared_friend": (declared_friend, 0.7),
    "informant": (informant, 0.4),
    "inspection_round": (inspection_round, 0.3),
    "staff_check": (staff_check, 0.2),
    "protected_person": (protected_person, 0.5),
    "news_case": (news_case, 0.05),
    "plate_list": (plate_list, 1.0),
    "relay": (relay, 0.3),
    "personnel_check": (personnel_check, 0.1),
    "rights_kept": (rights_kept, 0.2),
    "new_tenants": (new_tenants, 0.3),
    "summons": (summons, 0.5),
}


def happen(world: World) -> None:
    """Let each story happen about once for every sixty officer-months, some more or less often."""
    plan = world.plan
    n = max(3.0, plan.officers * plan.months / 60)
    for kind, (story, often) in _STORIES.items():
        for number in range(max(1, round(n * often))):
            story(world, plan.stream(f"{kind} {number}"))
    _busy_desks(world)
    _plain_spoken(world)
    complaints.complaints(world, plan.stream("complaints"), round(3 * n))


def _busy_desks(world: World) -> None:
    force = world.force
    desks = np.flatnonzero(force.role == DESK)
    busiest = desks[np.argsort(-force.activity[desks], kind="stable")][: max(1, len(desks) // 4)]
    for officer in busiest.tolist():
        world.begin_look_alike(LookAlike("busy_desk", officer, note="works the counter most"))


def _plain_spoken(world: World) -> None:
    """Some detectives write one generic purpose under everything they do, and do it properly."""
    rng, force = world.plan.stream("plain spoken"), world.force
    detectives = np.flatnonzero(force.role == DETECTIVE)
    chosen = detectives[rng.random(len(detectives)) < 0.15]
    for officer in chosen.tolist():
        world.begin_look_alike(LookAlike("generic_proper", officer, note=GENERIC[0]))
    world.plain_spoken = chosen
