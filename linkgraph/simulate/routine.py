"""Look-ups of proper work: plates on patrol, cases, the counter, visits, proxies, loose ends."""

from __future__ import annotations

import numpy as np

from linkgraph.simulate import casework as cw
from linkgraph.simulate import proxies
from linkgraph.simulate.drafts import (
    CH_MOBILE,
    CH_SELF,
    K_ADDRESS,
    K_PERSON,
    K_PHONE,
    K_QUERY,
    K_VEHICLE,
)
from linkgraph.simulate.force import (
    BEAT,
    CRIMINAL,
    DESK,
    DETECTIVE,
    HOUSEHOLD,
    MOBILE,
    PERSON,
    VEHICLE,
    WANTED,
)
from linkgraph.simulate.lookalikes.parts import to_be_visited
from linkgraph.simulate.plan import DAY, HOUR, NEVER, NOBODY, Flags, Ints, texts
from linkgraph.simulate.purposes import (
    DESK_PURPOSES,
    PATROL_PURPOSES,
    PURPOSES,
    VISIT_PURPOSES,
    typed,
)
from linkgraph.simulate.rosters import (
    ACT_DESK,
    ACT_INVESTIGATION,
    ACT_PATROL,
    ACT_STANDBY,
    ACT_VISIT,
)
from linkgraph.simulate.world import LookAlike, World

REGISTERED = 0.6
"""Of the persons to be visited, the share whose register was handed over."""


def work(world: World) -> None:
    """Draft the period's proper look-ups, about as many as the plan's volume."""
    volume = world.plan.volume
    _patrol_plates(world, int(volume * 0.50))
    _cases(world, int(volume * 0.31))
    _counter(world, int(volume * 0.08))
    _visits(world, int(volume * 0.05))
    proxies.ask(world, int(volume * 0.02))
    _loose_ends(world, int(volume * 0.04))


def _patrol_plates(world: World, volume: int) -> None:
    """Plates read off the street, in bursts of a few minutes."""
    rng, roster, force = world.plan.stream("plates"), world.roster, world.force
    bursts = max(1, volume // 4)
    size = rng.geometric(0.25, bursts)
    row = roster.draw(rng, roster.rows(ACT_PATROL), force.activity, bursts)
    long = roster.end[row] - roster.start[row]
    begins = roster.start[row] + (rng.random(bursts) * (long - 900)).astype(np.int64)
    burst = np.repeat(np.arange(bursts), size)
    n = len(burst)
    steps = rng.integers(20, 110, n)
    total = np.cumsum(steps)
    at = begins[burst] + total - total[np.cumsum(size) - size][burst]
    district = force.unit_district[roster.unit[row]][burst]
    by_phone = (rng.random(bursts) < 0.6)[burst]
    world.drafts.add(
        n,
        at=np.minimum(at, roster.end[row][burst] - 1),
        officer=roster.officer[row][burst],
        system=np.where(by_phone, MOBILE, VEHICLE),
        kind=K_VEHICLE,
        subject=world.public.parked(rng, district),
        purpose=typed(world, rng, bursts, PATROL_PURPOSES, 0.25)[burst],
        channel=np.where(by_phone, CH_MOBILE, CH_SELF),
    )


def _cases(world: World, volume: int) -> None:
    """Look-ups that a case caused, made by those who work on it."""
    rng, roster, book = world.plan.stream("own cases"), world.roster, world.book
    columns = book.columns()
    case, kind, subject, _ = book.subjects()
    weight = np.array([5.0, 1.0, 1.2, 0.8, 0.8, 1.0])[columns["kind"][case]]
    row = np.repeat(np.arange(len(case)), rng.poisson(weight * volume / weight.sum()))
    case, kind, subject = case[row], kind[row], subject[row]
    n = len(case)
    worker_case, worker, _ = book.officers()
    order = np.argsort(worker_case, kind="stable")
    worker_case, worker = worker_case[order], worker[order]
    left = np.searchsorted(worker_case, case)
    right = np.searchsorted(worker_case, case, side="right")
    officer = worker[left + (rng.random(n) * (right - left)).astype(np.int64)]
    case_kind = columns["kind"][case]
    at = columns["opened"][case] + rng.exponential(1500, n).astype(np.int64) - 300
    slow = (case_kind == cw.INVESTIGATION) | ((case_kind == cw.REPORT) & (rng.random(n) < 0.3))
    closed = np.where(columns["closed"][case] == NEVER, world.plan.end, columns["closed"][case])
    acts = roster.rows(ACT_INVESTIGATION, ACT_STANDBY)
    slot = roster.within(rng, acts, officer, columns["opened"][case], closed)
    within = roster.start[slot] + (rng.random(n) * (roster.end[slot] - roster.start[slot])).astype(
        np.int64
    )
    overtime = (rng.random(n) < 0.04) * rng.integers(1, 5, n) * HOUR
    at = np.where(slow & (slot >= 0), within + overtime, at)
    keep = ~(slow & (slot < 0) & (case_kind == cw.INVESTIGATION))
    outside = np.isin(case_kind, [cw.STOP, cw.DISPATCH, cw.TRAFFIC_CASE])
    system = _system(rng, kind, outside & (rng.random(n) < 0.55))
    purpose = np.zeros(n, dtype=np.int64)
    for code, words in PURPOSES.items():
        of_kind = case_kind == code
        generic = 0.4 if code == cw.INVESTIGATION else 0.2
        purpose[of_kind] = typed(world, rng, int(of_kind.sum()), words, generic)
    cited = rng.random(n) < np.where(outside, 0.45, 0.75)
    printed = (rng.random(n) < np.where(case_kind == cw.INVESTIGATION, 0.08, 0.015)).astype(int)
    world.drafts.add(
        int(keep.sum()),
        at=at[keep],
        officer=officer[keep],
        system=system[keep],
        kind=kind[keep],
        subject=subject[keep],
        purpose=purpose[keep],
        case=case[keep],
        cited=cited[keep],
        channel=np.where(system == MOBILE, CH_MOBILE, CH_SELF)[keep],
        output=printed[keep],
    )


def _system(rng: np.random.Generator, kind: Ints, mobile: Flags) -> Ints:
    """The system that answers a question about a subject of this kind."""
    of_person = rng.choice(
        [PERSON, WANTED, HOUSEHOLD, CRIMINAL], len(kind), p=[0.35, 0.25, 0.18, 0.22]
    )
    system = np.where(kind == K_VEHICLE, VEHICLE, np.where(kind == K_ADDRESS, HOUSEHOLD, of_person))
    system = np.where(kind == K_PHONE, PERSON, system)
    return np.where(mobile & np.isin(kind, [K_PERSON, K_VEHICLE]), MOBILE, system)


def _counter(world: World, n: int) -> None:
    """What citizens come to the counter for; more than half is noted as a reception."""
    rng, roster, force = world.plan.stream("counter"), world.roster, world.force
    row = roster.draw(rng, roster.rows(ACT_DESK), force.activity, n)
    at = roster.start[row] + (rng.random(n) * (roster.end[row] - roster.start[row])).astype(
        np.int64
    )
    district = force.unit_district[roster.unit[row]]
    vehicle = rng.random(n) < 0.35
    by_name = ~vehicle & (rng.random(n) < 0.08)
    person = world.public.people(rng, district, local=0.85)
    subject = np.where(vehicle, world.public.parked(rng, district), person)
    kind = np.where(vehicle, K_VEHICLE, np.where(by_name, K_QUERY, K_PERSON))
    system = np.where(
        vehicle, VEHICLE, rng.choice([PERSON, WANTED, HOUSEHOLD], n, p=[0.6, 0.2, 0.2])
    )
    system = np.where(by_name, PERSON, system)
    world.drafts.add(
        n,
        at=at,
        officer=roster.officer[row],
        system=system,
        kind=kind,
        subject=subject,
        purpose=typed(world, rng, n, DESK_PURPOSES, 0.35),
        output=(rng.random(n) < 0.03).astype(int),
    )
    noted = np.flatnonzero((rng.random(n) < 0.55) & ~by_name)
    ids = np.where(vehicle, 0, 1)
    for flag, names, label in (
        (0, world.public.vehicle_id, "vehicle"),
        (1, world.public.person_id, "person"),
    ):
        rows = noted[ids[noted] == flag]
        world.records.add(
            "work_records",
            len(rows),
            record_id=texts([world.serial("W") for _ in rows]),
            at=at[rows] + rng.integers(-300, 900, len(rows)),
            officer_id=force.officer_id[roster.officer[row[rows]]],
            kind="reception",
            subject_kind=label,
            subject_id=names[subject[rows]],
            text="櫃檯受理民眾洽詢",
        )


def _visits(world: World, volume: int) -> None:
    """Beat officers call on households; some persons are to be seen every month."""
    rng, roster, force, public = (
        world.plan.stream("visits"),
        world.roster,
        world.force,
        world.public,
    )
    rows = roster.rows(ACT_VISIT)
    if not len(rows):
        return
    visits = max(1, volume // 2)
    row = roster.draw(rng, rows, force.activity, visits)
    person = public.people(rng, force.unit_district[roster.unit[row]], local=1.0, known=0.1)
    at = roster.start[row] + (
        rng.random(visits) * (roster.end[row] - roster.start[row] - 900)
    ).astype(np.int64)
    size = rng.integers(1, 4, visits)
    visit = np.repeat(np.arange(visits), size)
    n = len(visit)
    place: Ints = np.arange(n) - (np.cumsum(size) - size)[visit]
    # The household's other members follow the one who is called on.
    first = np.searchsorted(public.household, public.household[person])
    last = np.searchsorted(public.household, public.household[person], side="right") - 1
    subject = np.where(place == 0, person[visit], np.minimum(first[visit] + place, last[visit]))
    whole = (place == 0) & (rng.random(n) < 0.2)
    world.drafts.add(
        n,
        at=at[visit] + place * rng.integers(30, 200, n),
        officer=roster.officer[row][visit],
        system=HOUSEHOLD,
        kind=np.where(whole, K_ADDRESS, K_PERSON),
        subject=np.where(whole, public.household[person][visit], subject),
        purpose=typed(world, rng, visits, VISIT_PURPOSES, 0.15)[visit],
    )
    noted = np.flatnonzero(rng.random(visits) < 0.5)
    world.records.add(
        "work_records",
        len(noted),
        record_id=texts([world.serial("W") for _ in noted]),
        at=at[noted] + 600,
        officer_id=force.officer_id[roster.officer[row[noted]]],
        kind="work_log",
        subject_kind="person",
        subject_id=public.person_id[person[noted]],
        text="勤區查察訪問",
    )
    _monthly(world, rng)


def _monthly(world: World, rng: np.random.Generator) -> None:
    """Persons whom the law wants seen every month: one officer, one person, again and again."""
    force, public, plan = world.force, world.public, world.plan
    registered = plan.stream("visit register")
    for officer in np.flatnonzero(force.role == BEAT).tolist():
        district = int(force.unit_district[force.unit[officer]])
        for person in public.people(rng, np.full(2, district), local=1.0, known=1.0).tolist():
            subject = ("person", str(public.person_id[person]))
            number = world.begin_look_alike(LookAlike("monthly_visit", officer, subject))
            if registered.random() < REGISTERED:
                by_unit = registered.random() < 0.3
                to_be_visited(world, officer, subject, "治安顧慮人口", by_unit=by_unit)
            for month in range(plan.months):
                low = plan.begin + month * 30 * DAY
                at = world.on_duty(rng, officer, low, low + 28 * DAY, ACT_VISIT)
                world.drafts.add(
                    1,
                    at=at,
                    officer=officer,
                    system=CRIMINAL if rng.random() < 0.4 else HOUSEHOLD,
                    kind=K_PERSON,
                    subject=person,
                    purpose=world.drafts.words.code(VISIT_PURPOSES[2]),
                    look_alike=number,
                )
                if rng.random() < 0.5:
                    world.records.add(
                        "work_records",
                        1,
                        record_id=world.serial("W"),
                        at=np.array([at + 1200]),
                        officer_id=str(force.officer_id[officer]),
                        kind="work_log",
                        subject_kind="person",
                        subject_id=str(public.person_id[person]),
                        text="治安顧慮人口按月查訪",
                    )


def _loose_ends(world: World, n: int) -> None:
    """Tips and checks at the edge of a case that led nowhere: proper, but no record shows it."""
    rng, roster, force = world.plan.stream("loose ends"), world.roster, world.force
    rows = roster.rows(ACT_INVESTIGATION, ACT_STANDBY)
    keen = force.activity * np.where(force.role == DETECTIVE, 3.0, 1.0)
    keen = keen * np.where(force.role == DESK, 0.5, 1.0)
    visits = max(1, n // 2)
    row = roster.draw(rng, rows, keen, visits)
    size = rng.geometric(0.5, visits)
    burst = np.repeat(np.arange(visits), size)
    n = len(burst)
    at = roster.start[row] + (rng.random(visits) * (roster.end[row] - roster.start[row])).astype(
        np.int64
    )
    person = world.public.people(rng, force.unit_district[roster.unit[row]], known=0.3)[burst]
    vehicle = np.where(rng.random(n) < 0.2, world.public.vehicle_of[person], NOBODY)
    kind = np.where(vehicle >= 0, K_VEHICLE, K_PERSON)
    overtime = (rng.random(visits) < 0.05) * rng.integers(1, 5, visits) * HOUR
    world.drafts.add(
        n,
        at=(at + overtime)[burst] + rng.integers(0, 600, n),
        officer=roster.officer[row][burst],
        system=_system(rng, kind, np.zeros(n, dtype=bool)),
        kind=kind,
        subject=np.where(vehicle >= 0, vehicle, person),
        purpose=typed(world, rng, visits, PURPOSES[cw.INVESTIGATION], 0.65)[burst],
        output=(rng.random(n) < 0.03).astype(int),
    )
