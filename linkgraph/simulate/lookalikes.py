"""Proper work that resembles misuse, in numbers: what an honest force does all day."""

from __future__ import annotations

import numpy as np

from linkgraph.simulate import casework as cw
from linkgraph.simulate.drafts import (
    CH_INTERNAL,
    CH_MOBILE,
    CH_OUTSIDE,
    K_PERSON,
    K_VEHICLE,
)
from linkgraph.simulate.establishments import organisation_ids
from linkgraph.simulate.force import (
    BEAT,
    CRIMINAL,
    DESK,
    DETECTIVE,
    HOUSEHOLD,
    MOBILE,
    PATROL,
    PERSON,
    VEHICLE,
    WANTED,
)
from linkgraph.simulate.plan import DAY, HOUR, NEVER, NOBODY
from linkgraph.simulate.rosters import (
    ACT_DESK,
    ACT_INVESTIGATION,
    ACT_PATROL,
    ACT_STANDBY,
)
from linkgraph.simulate.routine import GENERIC, PURPOSES
from linkgraph.simulate.world import LookAlike, World


def happen(world: World) -> None:
    """Let each kind happen about once for every sixty officer-months, at least three times."""
    plan = world.plan
    n = max(3, round(plan.officers * plan.months / 60))
    for kind, story in (
        ("relative_in_stop", _relative_in_stop),
        ("neighbour_suspect", _neighbour_suspect),
        ("friend_suspect", _friend_suspect),
        ("task_force", _task_force),
        ("vetting", _vetting),
        ("leave_proxied", _leave_proxied),
        ("neighbour_station_request", _neighbour_station_request),
    ):
        for i in range(n if kind not in ("task_force", "vetting") else max(2, n // 2)):
            story(world, plan.stream(f"{kind} {i}"))
    _busy_desks(world)
    _plain_spoken(world)
    _complaints(world, plan.stream("complaints"), max(6, 3 * n))


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


def _an_officer(world: World, rng: np.random.Generator, *roles: int) -> int:
    chosen = np.flatnonzero(np.isin(world.force.role, list(roles)))
    return int(chosen[int(rng.integers(len(chosen)))])


def _acquaintance(
    world: World, rng: np.random.Generator, officer: int, kind: str
) -> tuple[int, int]:
    """Somebody the officer is tied to (a tie is made if he has none), and one vehicle or -1."""
    me, ties = int(world.force.person[officer]), world.public.ties
    tied = np.concatenate(
        [ties.b[(ties.a == me) & (ties.kind == kind)], ties.a[(ties.b == me) & (ties.kind == kind)]]
    )
    tied = tied[world.public.age[tied] >= 18]
    if len(tied):
        other = int(tied[int(rng.integers(len(tied)))])
    else:
        other = world.strangers(rng, int(world.public.district[me]), 1)[0]
        world.befriend(rng, me, other, kind)
    return other, int(world.public.vehicle_of[other])


def _relative_in_stop(world: World, rng: np.random.Generator) -> None:
    """A patrol stops a car; the owner is a relative of one of the two officers."""
    officer = _an_officer(world, rng, PATROL)
    plan, book = world.plan, world.book
    relative, vehicle = _acquaintance(world, rng, officer, "family")
    at = world.on_duty(rng, officer, plan.begin, plan.end - DAY, ACT_PATROL)
    unit = int(world.force.unit[officer])
    number = world.begin_look_alike(
        LookAlike("relative_in_stop", officer, _person(world, relative))
    )
    site = int(world.public.household[relative])
    case = np.array([book.open_one(cw.STOP, "交通違規", at, at + 1200, unit, site)])
    book.assign(case, np.array([officer]))
    book.involve(case, K_PERSON, np.array([relative]), "driver")
    book.involve(case, K_VEHICLE, np.array([vehicle]), "vehicle")
    for kind, subject in ((K_VEHICLE, vehicle), (K_PERSON, relative)):
        if subject != NOBODY:
            world.drafts.add(
                1,
                at=at + int(rng.integers(0, 400)),
                officer=officer,
                system=MOBILE,
                kind=kind,
                subject=subject,
                purpose=_purpose(world, rng, cw.STOP),
                case=int(case[0]),
                cited=int(rng.random() < 0.4),
                channel=CH_MOBILE,
                look_alike=number,
            )


def _neighbour_suspect(world: World, rng: np.random.Generator) -> None:
    """Somebody from the officer's own building is a suspect in a case of his."""
    officer = _an_officer(world, rng, DETECTIVE, PATROL)
    public, me = world.public, int(world.force.person[officer])
    home = int(public.building[public.household[me]])
    if home == NOBODY:
        return
    near = np.flatnonzero((public.building[public.household] == home) & (public.age >= 18))
    near = near[public.household[near] != public.household[me]]
    if len(near):
        suspect = int(near[int(rng.integers(len(near)))])
        _suspect_of_own(world, rng, "neighbour_suspect", officer, suspect)


def _friend_suspect(world: World, rng: np.random.Generator) -> None:
    """A friend turns out to be a suspect: the officer's unit works on it, he among others."""
    officer = _an_officer(world, rng, DETECTIVE)
    friend, _ = _acquaintance(world, rng, officer, "friend")
    _suspect_of_own(world, rng, "friend_suspect", officer, friend)


def _suspect_of_own(
    world: World, rng: np.random.Generator, kind: str, officer: int, suspect: int
) -> None:
    plan, book, public = world.plan, world.book, world.public
    number = world.begin_look_alike(LookAlike(kind, officer, _person(world, suspect)))
    opened = plan.begin + int(rng.integers(0, max(1, plan.days - 20))) * DAY + 10 * HOUR
    offence = cw.BY_KIND[cw.INVESTIGATION][int(rng.integers(6))]
    closed = opened + int(rng.integers(15, 60)) * DAY
    unit = int(world.force.unit[officer])
    site = int(public.household[suspect])
    case = np.array([book.open_one(cw.INVESTIGATION, offence, opened, closed, unit, site)])
    mates = world.force.of_unit(unit)
    book.assign(case, np.array([officer]))
    book.assign(case, mates[rng.integers(len(mates), size=1)], lead=False)
    book.involve(case, K_PERSON, np.array([suspect]), "suspect")
    book.involve(case, K_VEHICLE, public.vehicle_of[[suspect]], "vehicle")
    for _ in range(int(rng.integers(2, 6))):
        at = world.on_duty(
            rng,
            officer,
            opened,
            min(closed, plan.end - HOUR),
            ACT_INVESTIGATION,
            ACT_STANDBY,
        )
        world.drafts.add(
            1,
            at=at,
            officer=officer,
            system=[PERSON, CRIMINAL, HOUSEHOLD, WANTED][int(rng.integers(4))],
            kind=K_PERSON,
            subject=suspect,
            purpose=_purpose(world, rng, cw.INVESTIGATION),
            case=int(case[0]),
            cited=int(rng.random() < 0.6),
            look_alike=number,
        )


def _task_force(world: World, rng: np.random.Generator) -> None:
    """Many officers of a squad work through one house's people; the case names few of them."""
    houses, plan, force = world.establishments, world.plan, world.force
    lead = _an_officer(world, rng, DETECTIVE)
    unit = int(force.unit[lead])
    mates = force.of_unit(unit)
    team = np.unique(np.append(rng.permutation(mates)[: int(rng.integers(4, 9))], lead))
    house = _house(world, rng, int(force.unit_district[unit]), ("night-life", "firm", "tea house"))
    people = rng.permutation(houses.staff(house))[:14]
    opened = plan.begin + int(rng.integers(0, max(1, plan.days - 32))) * DAY + 9 * HOUR
    closed = opened + 30 * DAY
    site = houses.address[house]
    case = np.array([world.book.open_one(cw.INVESTIGATION, "賭博", opened, closed, unit, site)])
    world.book.assign(case, np.array([lead]))
    several = np.repeat(case, len(team))
    named = rng.random(len(team)) < 0.5
    world.book.assign(several[named], team[named], lead=False)
    core = people[: int(rng.integers(3, 7))]
    world.book.involve(np.repeat(case, len(core)), K_PERSON, core, "suspect")
    number = world.begin_look_alike(
        LookAlike("task_force", lead, _house_ref(world, house), f"{len(team)} officers")
    )
    for officer in team.tolist():
        for person in people[rng.random(len(people)) < 0.45].tolist():
            at = world.on_duty(
                rng, officer, opened, min(closed, plan.end - HOUR), ACT_INVESTIGATION
            )
            world.drafts.add(
                1,
                at=at,
                officer=officer,
                system=[PERSON, CRIMINAL, HOUSEHOLD, WANTED][int(rng.integers(4))],
                kind=K_PERSON,
                subject=person,
                purpose=_purpose(world, rng, cw.INVESTIGATION, 0.6),
                case=int(case[0]),
                cited=int(rng.random() < 0.3),
                look_alike=number,
            )


def _vetting(world: World, rng: np.random.Generator) -> None:
    """A house is inspected under an order, and its staff is checked, present or not."""
    houses, plan, force = world.establishments, world.plan, world.force
    officer = _an_officer(world, rng, PATROL, BEAT)
    unit = int(force.unit[officer])
    house = _house(
        world, rng, int(force.unit_district[unit]), ("night-life", "restaurant", "tea house")
    )
    people = rng.permutation(houses.staff(house))[:15]
    at = world.on_duty(rng, officer, plan.begin + DAY, plan.end - DAY, ACT_PATROL)
    site = houses.address[house]
    case = np.array([world.book.open_one(cw.INSPECTION, "臨檢", at, at + 3 * HOUR, unit, site)])
    mates = force.of_unit(unit)
    team = np.unique(np.append(rng.permutation(mates)[: int(rng.integers(1, 3))], officer))
    world.book.assign(np.repeat(case, len(team)), team)
    present = people[rng.random(len(people)) < 0.6]
    world.book.involve(np.repeat(case, len(present)), K_PERSON, present, "staff")
    number = world.begin_look_alike(
        LookAlike("vetting", officer, _house_ref(world, house), f"{len(people)} persons")
    )
    for person in people.tolist():
        world.drafts.add(
            1,
            at=at + int(rng.integers(0, 2 * HOUR)),
            officer=int(team[int(rng.integers(len(team)))]),
            system=MOBILE if rng.random() < 0.6 else CRIMINAL,
            kind=K_PERSON,
            subject=person,
            purpose=_purpose(world, rng, cw.INSPECTION),
            case=int(case[0]),
            cited=int(rng.random() < 0.5),
            channel=CH_MOBILE,
            look_alike=number,
        )


def _leave_proxied(world: World, rng: np.random.Generator) -> None:
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
    number = world.begin_look_alike(LookAlike("leave_proxied", officer, _person(world, suspect)))
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


def _neighbour_station_request(world: World, rng: np.random.Generator) -> None:
    """A true colleague of the next station rings from his own: against the rules, and true."""
    force, public, plan = world.force, world.public, world.plan
    stations = [i for i, kind in enumerate(force.unit_kind) if kind == "station"]
    asking = _an_officer(world, rng, PATROL)
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
        purpose=world.drafts.words.code("代查車籍"),
        case=int(case[0]),
        requester=asking if known else NOBODY,
        requester_text=0
        if known
        else world.drafts.words.code(
            f"{force.unit_name[own].split('分局')[-1]}{force.rank[asking]}{public.name[force.person[asking]]}"
        ),
        requester_unit=own,
        channel=CH_INTERNAL,
        caller=world.drafts.words.code(phone),
        look_alike=number,
    )


def _complaints(world: World, rng: np.random.Generator, n: int) -> None:
    """Most complaints follow a stop, an accident or a dispatch in which all was in order."""
    book, public, force, plan = world.book, world.public, world.force, world.plan
    columns = book.columns()
    case, kind, subject, _ = book.subjects()
    worker_case, worker, _ = book.officers()
    usual = np.flatnonzero(
        (kind == K_PERSON) & np.isin(columns["kind"][case], [cw.STOP, cw.TRAFFIC_CASE, cw.DISPATCH])
    )
    for row in usual[rng.integers(len(usual), size=n)].tolist():
        workers = worker[worker_case == case[row]]
        opened = int(columns["opened"][case[row]])
        at = opened + int(rng.integers(HOUR, 20 * DAY))
        if not len(workers) or at >= plan.end:
            continue
        person, officer = int(subject[row]), int(workers[0])
        vehicle = int(public.vehicle_of[person])
        named = rng.random() < 0.6
        about_vehicle = vehicle != NOBODY and columns["kind"][case[row]] != cw.DISPATCH
        complaint = world.serial("CP")
        world.begin_look_alike(
            LookAlike("innocent_complaint", officer, _person(world, person), complaint)
        )
        world.records.add(
            "complaints",
            1,
            complaint_id=complaint,
            at=np.array([at]),
            incident_at=np.array([opened // 300 * 300 if rng.random() < 0.8 else NEVER]),
            place=str(public.address_text[columns["place"][case[row]]]),
            complainant_id=str(public.person_id[person]),
            vehicle_id=str(public.vehicle_id[vehicle]) if about_vehicle else "",
            officer_id=str(force.officer_id[officer]) if named else "",
            kind=("服務態度", "執法過當", "取締不公", "處理延遲")[int(rng.integers(4))],
            text="民眾陳情",
        )


def _house(world: World, rng: np.random.Generator, district: int, kinds: tuple[str, ...]) -> int:
    houses = world.establishments
    fits = [
        i
        for i, (kind, where) in enumerate(zip(houses.kind, houses.district, strict=True))
        if kind in kinds and where == district
    ]
    pool = fits or [i for i, kind in enumerate(houses.kind) if kind in kinds]
    return pool[int(rng.integers(len(pool)))]


def _house_ref(world: World, house: int) -> tuple[str, str]:
    return "organisation", str(organisation_ids(len(world.establishments.name))[house])


def _person(world: World, person: int) -> tuple[str, str]:
    return "person", str(world.public.person_id[person])


def _purpose(world: World, rng: np.random.Generator, kind: int, generic: float = 0.35) -> int:
    words = GENERIC[:3] if rng.random() < generic else PURPOSES[kind]
    return world.drafts.words.code(words[int(rng.integers(len(words)))])
