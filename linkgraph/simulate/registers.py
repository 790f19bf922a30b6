"""The tables of the force itself: who serves where, with what, on which cases."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from linkgraph.simulate import casework as cw
from linkgraph.simulate.drafts import SUBJECT_KINDS
from linkgraph.simulate.force import RIGHTS, ROLES
from linkgraph.simulate.plan import DAY, NEVER, Ints, Texts, texts
from linkgraph.simulate.rosters import KINDS, duty_ids
from linkgraph.simulate.world import World

RESPONSIBLE: dict[str, tuple[str, ...]] = {
    "station": ("糾紛", "噪音", "家庭暴力", "遺失物", "失蹤人口", "失竊車輛"),
    "detective squad": cw.BY_KIND[cw.INVESTIGATION],
    "traffic squad": ("車禍", "酒後駕車", "交通違規"),
}


def write(world: World, case_ids: Texts) -> None:
    """Write the work tables except the log and what refers to it."""
    _units(world)
    _officers(world)
    _duties(world)
    _cases(world, case_ids)
    _vehicles(world)
    _alerts(world)
    _calls(world)


def _units(world: World) -> None:
    force, records = world.force, world.records
    ids = texts(force.unit_id)
    parent = np.array(force.unit_parent)
    records.add(
        "units",
        len(ids),
        unit_id=ids,
        name=texts(force.unit_name),
        parent_unit_id=texts(np.where(parent >= 0, ids[parent], "")),
        kind=texts(force.unit_kind),
        district=texts(force.districts)[force.unit_district],
    )
    pairs = [
        (uid, offence)
        for uid, kind in zip(force.unit_id, force.unit_kind, strict=True)
        for offence in RESPONSIBLE.get(kind, ())
    ]
    records.add(
        "unit_offences",
        len(pairs),
        unit_id=texts([p[0] for p in pairs]),
        offence=texts([p[1] for p in pairs]),
    )
    phones = [(p, uid) for uid, own in zip(ids, force.unit_phones, strict=True) for p in own]
    records.add(
        "unit_phones",
        len(phones),
        phone_id=texts([p[0] for p in phones]),
        unit_id=texts([p[1] for p in phones]),
    )
    desktops = [(d, uid) for uid, own in zip(ids, force.desktops, strict=True) for d in own]
    records.add(
        "devices",
        len(desktops),
        device_id=texts([d[0] for d in desktops]),
        kind="desktop",
        unit_id=texts([d[1] for d in desktops]),
    )
    records.add(
        "devices",
        len(force.mobile),
        device_id=force.mobile,
        kind="mobile",
        unit_id=ids[force.unit],
    )


def _officers(world: World) -> None:
    force, records, public, plan = world.force, world.records, world.public, world.plan
    rng = plan.stream("registers")
    n = len(force.officer_id)
    ids, units = force.officer_id, texts(force.unit_id)
    records.add(
        "officers",
        n,
        officer_id=ids,
        person_id=public.person_id[force.person],
        name=public.name[force.person],
        rank=force.rank,
        joined_on=force.joined,
    )
    role = texts(ROLES)[force.role]
    moved = plan.begin + force.moved_on * DAY
    came = np.maximum(force.joined * DAY, plan.begin - rng.integers(40, 2600, n) * DAY)
    transferred = force.moved_on > 0
    records.add(
        "postings",
        n,
        officer_id=ids,
        unit_id=units[force.unit],
        role=role,
        start=np.where(transferred, moved, came),
    )
    records.add(
        "postings",
        n,
        officer_id=ids,
        unit_id=units[force.earlier_unit],
        role=role,
        start=came,
        end=np.where(transferred, moved, NEVER),
        recorded=transferred,
    )
    stations = np.flatnonzero(texts(force.unit_kind) == "station")
    before = stations[rng.integers(len(stations), size=n)]
    records.add(
        "postings",
        n,
        officer_id=ids,
        unit_id=units[before],
        role="patrol",
        start=force.joined * DAY,
        end=came,
        recorded=came > force.joined * DAY,
    )
    records.add(
        "accounts", n, account_id=force.account_id, officer_id=ids, start=force.joined * DAY
    )
    rights = [
        (account, system)
        for account, r in zip(force.account_id, role, strict=True)
        for system in RIGHTS[r]
    ]
    accounts = force.account_id
    rights += sorted({(str(accounts[officer]), system) for officer, system in world.kept_rights})
    records.add(
        "rights",
        len(rights),
        account_id=texts([r[0] for r in rights]),
        system=texts([r[1] for r in rights]),
        start=plan.begin - 400 * DAY,
    )
    by_role = [(r, system) for r, systems in RIGHTS.items() for system in systems]
    records.add(
        "role_rights",
        len(by_role),
        role=texts([r[0] for r in by_role]),
        system=texts([r[1] for r in by_role]),
    )


def recorded_duties(world: World) -> Ints:
    """Positions of the duties that reached the tables: some unit-days and officer-days did not."""
    rng, roster = world.plan.stream("roster gaps"), world.roster
    lost_unit = rng.random((len(world.force.unit_id), world.plan.days)) < 0.025
    lost_officer = rng.random((len(world.force.officer_id), world.plan.days)) < 0.01
    lost = lost_unit[roster.unit, roster.day] | lost_officer[roster.officer, roster.day]
    return np.flatnonzero(~lost)


def _duties(world: World) -> None:
    roster, force = world.roster, world.force
    rows = recorded_duties(world)
    units = texts(force.unit_id)
    world.records.add(
        "duties",
        len(rows),
        officer_id=force.officer_id[roster.officer[rows]],
        start=roster.start[rows],
        end=roster.end[rows],
        kind=KINDS[roster.act[rows]],
        duty_id=duty_ids(units, roster, rows),
        unit_id=units[roster.unit[rows]],
    )


def _cases(world: World, case_ids: Texts) -> None:
    book, records, force, public = world.book, world.records, world.force, world.public
    rng = world.plan.stream("case gaps")
    columns = book.columns()
    records.add(
        "cases",
        book.count,
        case_id=case_ids,
        kind=texts(cw.CASE_KINDS)[columns["kind"]],
        offence=texts(cw.OFFENCES)[columns["offence"]],
        opened_at=columns["opened"],
        closed_at=columns["closed"],
        unit_id=texts(force.unit_id)[columns["unit"]],
        place=public.address_text[columns["place"]],
        begun_at=_by_case(book.begun, book.count, NEVER),
        part_of=texts(
            [case_ids[c] if c >= 0 else "" for c in _by_case(book.part_of, book.count, -1)]
        ),
    )
    case, officer, lead = book.officers()
    records.add(
        "case_officers",
        len(case),
        case_id=case_ids[case],
        officer_id=force.officer_id[officer],
        role=texts(["support", "lead"])[lead],
        start=columns["opened"][case],
        end=columns["closed"][case],
        recorded=(lead == 1) | (rng.random(len(case)) > 0.05),
    )
    case, kind, subject, role = book.subjects()
    kept = rng.random(len(case)) > 0.06
    for code, names in enumerate(
        (public.person_id, public.vehicle_id, public.phone_id, public.address_id)
    ):
        rows = np.flatnonzero((kind == code) & kept)
        records.add(
            "case_subjects",
            len(rows),
            case_id=case_ids[case[rows]],
            subject_kind=SUBJECT_KINDS[code],
            subject_id=names[subject[rows]],
            role=role[rows],
        )


def _by_case(known: Mapping[int, int], n: int, empty: int) -> Ints:
    """One value for each case, `empty` where none is known."""
    values = np.full(n, empty, dtype=np.int64)
    values[list(known)] = list(known.values())
    return values


def _vehicles(world: World) -> None:
    public, records, plan = world.public, world.records, world.plan
    rng = plan.stream("vehicle register")
    n = len(public.vehicle_id)
    records.add(
        "vehicles",
        n,
        vehicle_id=public.vehicle_id,
        kind=public.vehicle_kind,
        colour=public.vehicle_colour,
    )
    bought = plan.begin - rng.integers(450, 4500, n) * DAY
    sold = public.former_owner >= 0
    records.add(
        "vehicle_owners",
        n,
        vehicle_id=public.vehicle_id,
        person_id=public.person_id[public.owner],
        start=np.where(sold, public.sold_at, bought),
    )
    records.add(
        "vehicle_owners",
        n,
        vehicle_id=public.vehicle_id,
        person_id=public.person_id[np.maximum(public.former_owner, 0)],
        start=bought,
        end=np.where(sold, public.sold_at, NEVER),
        recorded=sold,
    )


def _alerts(world: World) -> None:
    """Stolen vehicles that were reported, wanted and missing persons."""
    book, public, records, plan = world.book, world.public, world.records, world.plan
    rng = plan.stream("alerts")
    columns = book.columns()
    case, _, subject, role = book.subjects()
    stolen = np.flatnonzero(role == "stolen")
    found = rng.random(len(stolen)) < 0.5
    start = columns["opened"][case[stolen]]
    records.add(
        "alerts",
        len(stolen),
        subject_kind="vehicle",
        subject_id=public.vehicle_id[subject[stolen]],
        kind="stolen",
        start=start,
        end=np.where(found, start + rng.integers(1, 40, len(stolen)) * DAY, NEVER),
    )
    adults = np.concatenate(public.known_by_district)
    wanted = adults[rng.random(len(adults)) < 0.15]
    records.add(
        "alerts",
        len(wanted),
        subject_kind="person",
        subject_id=public.person_id[wanted],
        kind=texts(["wanted", "missing"])[(rng.random(len(wanted)) < 0.2).astype(int)],
        start=plan.begin - rng.integers(-plan.days, 300, len(wanted)) * DAY,
    )


def _calls(world: World) -> None:
    """The exchange's log of a normal day: between stations, and citizens who ring."""
    force, public, plan = world.force, world.public, world.plan
    rng = plan.stream("exchange")
    lines = texts([line for own in force.unit_phones for line in own])
    n = len(force.unit_id) * plan.days * 2
    outside = rng.random(n) < 0.5
    citizen = public.phone_id[rng.integers(len(public.phone_id), size=n)]
    caller = rng.integers(len(lines), size=n)
    callee = (caller + rng.integers(1, len(lines), n)) % len(lines)
    records = world.records
    records.add(
        "internal_calls",
        n,
        from_phone_id=texts(np.where(outside, citizen, lines[caller])),
        to_phone_id=lines[callee],
        at=plan.begin + (rng.random(n) * plan.days * DAY).astype(np.int64),
        seconds=rng.integers(15, 600, n),
    )
