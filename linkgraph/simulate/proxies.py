"""Proxy look-ups in proper work: the street asks the desk of its own station."""

from __future__ import annotations

import numpy as np

from linkgraph.simulate import casework as cw
from linkgraph.simulate.drafts import CH_IN_PERSON, CH_INTERNAL, CH_OUTSIDE, K_PERSON, K_VEHICLE
from linkgraph.simulate.force import PERSON, VEHICLE, WANTED
from linkgraph.simulate.plan import NOBODY, texts
from linkgraph.simulate.purposes import PROXY_PURPOSES, typed
from linkgraph.simulate.world import World


def ask(world: World, n: int) -> None:
    """An officer on the street asks the desk of his own station; nearly always registered."""
    rng, roster, force, book = world.plan.stream("proxies"), world.roster, world.force, world.book
    columns = book.columns()
    case, kind, subject, _ = book.subjects()
    asked = np.flatnonzero(
        np.isin(columns["kind"][case], [cw.STOP, cw.DISPATCH, cw.TRAFFIC_CASE])
        & np.isin(kind, [K_PERSON, K_VEHICLE])
    )
    row = asked[rng.integers(len(asked), size=n)]
    case, kind, subject = case[row], kind[row], subject[row]
    worker_case, worker, _ = book.officers()
    order = np.argsort(worker_case, kind="stable")
    requester = worker[order][np.searchsorted(worker_case[order], case)]
    at = columns["opened"][case] + rng.integers(60, 1500, n)
    unit = columns["unit"][case]
    agent = roster.at_desk(unit, at)
    ok = np.flatnonzero((agent >= 0) & (agent != requester))
    case, kind, subject, requester = case[ok], kind[ok], subject[ok], requester[ok]
    at, unit, agent, n = at[ok], unit[ok], agent[ok], len(ok)
    by_line = rng.random(n) < 0.6
    lines = np.array([world.drafts.words.code(p[-1]) for p in force.unit_phones])
    chief = force.chief_of(unit)
    registered = rng.random(n) < 0.9
    # On the street some ring from their own telephone; a sloppy desk writes down a name at most.
    own_phone = world.public.phone_of[force.person[requester]]
    by_own = ~by_line & (own_phone >= 0) & (rng.random(n) < 0.3)
    own_number = np.array(
        [
            world.drafts.words.code(str(world.public.phone_id[p])) if p >= 0 else 0
            for p in own_phone.tolist()
        ]
    )
    heard = np.array(
        [
            world.drafts.words.code(f"{force.rank[o]}{world.public.name[force.person[o]]}")
            for o in requester.tolist()
        ]
    )
    world.drafts.add(
        n,
        at=at,
        officer=agent,
        system=np.where(kind == K_VEHICLE, VEHICLE, np.where(rng.random(n) < 0.6, PERSON, WANTED)),
        kind=kind,
        subject=subject,
        purpose=typed(world, rng, n, PROXY_PURPOSES, 0.15),
        case=case,
        cited=(rng.random(n) < 0.3).astype(np.int64),
        requester=np.where(registered | (rng.random(n) < 0.5), requester, NOBODY),
        requester_unit=np.where(registered, unit, NOBODY),
        requester_text=np.where(~registered & (rng.random(n) < 0.5), heard, 0),
        channel=np.where(by_line, CH_INTERNAL, np.where(by_own, CH_OUTSIDE, CH_IN_PERSON)),
        caller=np.where(by_line, lines[unit], np.where(by_own, own_number, 0)),
        approver=np.where(registered, chief, NOBODY),
    )
    calls = np.flatnonzero(by_line)
    own, desk = texts([p[-1] for p in force.unit_phones]), texts([p[0] for p in force.unit_phones])
    world.records.add(
        "internal_calls",
        len(calls),
        from_phone_id=own[unit[calls]],
        to_phone_id=desk[unit[calls]],
        at=at[calls] - rng.integers(20, 120, len(calls)),
        seconds=rng.integers(30, 240, len(calls)),
    )
    for label, names, code in (
        ("vehicle", world.public.vehicle_id, K_VEHICLE),
        ("person", world.public.person_id, K_PERSON),
    ):
        rows = np.flatnonzero(registered & (kind == code))
        world.records.add(
            "proxy_register",
            len(rows),
            register_id=texts([world.serial("PX") for _ in rows]),
            at=at[rows] - rng.integers(0, 60, len(rows)),
            requester_id=force.officer_id[requester[rows]],
            agent_id=force.officer_id[agent[rows]],
            subject_kind=label,
            subject_id=names[subject[rows]],
            reason="線上勤務查證",
            identity_check=texts(["警號核對", "無線電呼號", "當面"])[
                rng.integers(3, size=len(rows))
            ],
            approved_by=force.officer_id[chief[rows]],
            approved_at=at[rows] + rng.integers(0, 3600, len(rows)),
        )
