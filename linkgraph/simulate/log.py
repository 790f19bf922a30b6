"""The look-up log as the systems keep it, and the records that refer to its rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from linkgraph.simulate.drafts import (
    CHANNELS,
    K_ADDRESS,
    K_QUERY,
    K_VEHICLE,
    OUTPUTS,
    SUBJECT_KINDS,
)
from linkgraph.simulate.establishments import organisation_ids
from linkgraph.simulate.force import MOBILE, PERSON, RIGHTS, ROLES, SYSTEMS, VEHICLE
from linkgraph.simulate.plan import DAY, NOBODY, Ints, Texts, texts
from linkgraph.simulate.purposes import GENERIC
from linkgraph.simulate.records import iso
from linkgraph.simulate.world import World

_PREFIX = {"vehicle": "V", "person": "N", "household": "H", "criminal_record": "C", "wanted": "W"}


@dataclass(frozen=True)
class Log:
    """The finished log: the table of look-ups, their ids, and what was true of each."""

    table: pa.Table
    lookup_id: pa.Array
    columns: dict[str, Ints]
    place: Ints  # reference of a draft -> row, -1 if it fell outside the period


def build(world: World, case_ids: Texts) -> Log:
    """Order the drafts by time, number them by system, and leave 5 % of case links wrong."""
    rng = world.plan.stream("log")
    columns, place = world.drafts.joined(world.plan.begin, world.plan.end)
    columns = _as_kept(world, rng, columns, len(case_ids))
    lookup_id = _numbers(columns["system"])
    n = len(columns["at"])
    force, words = world.force, world.drafts.words.words
    officers = pa.array(force.officer_id)
    units = pa.array(force.unit_id)
    subject_id, query_text = _subjects(world, columns)
    device, address = _devices(world, rng, columns)
    cited = pa.array(columns["case"], mask=columns["case"] == NOBODY)
    case_id = pa.array(case_ids, pa.string()).take(cited)
    words = _texts(words, columns["purpose"])
    inside = pa.array(np.isin(columns["system"], [VEHICLE, MOBILE]) & (columns["case"] != NOBODY))
    with_case = pc.binary_join_element_wise(pc.coalesce(words, ""), case_id, " ")
    purpose = pc.if_else(inside, pc.utf8_trim_whitespace(with_case), words)
    results = np.where(
        columns["kind"] == K_QUERY,
        rng.integers(0, 9, n),
        np.where(columns["kind"] == K_ADDRESS, _residents(world, columns)[1], 1),
    )
    table = pa.table(
        {
            "lookup_id": lookup_id,
            "at": iso(columns["at"]),
            "account_id": pa.array(force.account_id).take(pa.array(columns["officer"])),
            "officer_id": officers.take(pa.array(columns["officer"])),
            "system": _names(SYSTEMS, columns["system"]),
            "subject_kind": _names(SUBJECT_KINDS, columns["kind"]),
            "subject_id": subject_id,
            "query_text": query_text,
            "purpose": purpose,
            "case_id": case_id,
            "requester_id": _optional(officers, columns["requester"]),
            "requester_text": _texts(world.drafts.words.words, columns["requester_text"]),
            "requester_unit_id": _optional(units, columns["requester_unit"]),
            "channel": _names(CHANNELS, columns["channel"]),
            "caller_phone_id": _texts(world.drafts.words.words, columns["caller"]),
            "approved_by": _optional(officers, columns["approver"]),
            "device_id": device,
            "terminal_ip": address,
            "output": _names(OUTPUTS, columns["output"]),
            "results": pc.cast(pa.array(results), pa.string()),
        }
    )
    return Log(table, lookup_id, columns, place)


def _as_kept(
    world: World, rng: np.random.Generator, columns: dict[str, Ints], n_cases: int
) -> dict[str, Ints]:
    """What the log keeps of the truth: cases as cited, purposes as typed, systems as opened."""
    n = len(columns["at"])
    case = np.where(columns["cited"] == 1, columns["case"], NOBODY)
    error = rng.random(n)
    case = np.where((case >= 0) & (error < 0.02), rng.integers(n_cases, size=n), case)
    case = np.where(error > 0.97, NOBODY, case)
    plain = np.isin(columns["officer"], world.plain_spoken) & (columns["episode"] == NOBODY)
    purpose = np.where(plain, world.drafts.words.code(GENERIC[0]), columns["purpose"])
    return {**columns, "case": case, "purpose": purpose, "system": _opened(world, columns)}


def _opened(world: World, columns: dict[str, Ints]) -> Ints:
    """The system asked or, where the account has no right to it, the plain register."""
    role = {name: [SYSTEMS.index(system) for system in held] for name, held in RIGHTS.items()}
    may = np.zeros((len(world.force.role), len(SYSTEMS)), dtype=bool)
    for code, name in enumerate(ROLES):
        may[np.ix_(world.force.role == code, role[name])] = True
    for officer, system in world.kept_rights:
        may[officer, SYSTEMS.index(system)] = True
    plain = np.where(columns["kind"] == K_VEHICLE, VEHICLE, PERSON)
    return np.where(may[columns["officer"], columns["system"]], columns["system"], plain)


def _numbers(system: Ints) -> pa.Array:
    """Each system numbers its look-ups: `V00000001` and so on, in order of time."""
    order = np.argsort(system, kind="stable")
    ranked = system[order]
    serial = np.empty(len(system), dtype=np.int64)
    serial[order] = np.arange(len(system)) - np.searchsorted(ranked, ranked) + 1
    digits = pc.utf8_lpad(pc.cast(pa.array(serial), pa.string()), 8, "0")
    return pc.binary_join_element_wise(
        _names(tuple(_PREFIX.get(s, "M") for s in SYSTEMS), system), digits, ""
    )


def _names(names: tuple[str, ...], codes: Ints) -> pa.Array:
    return pa.array(names, pa.string()).take(pa.array(codes))


def _texts(words: Texts, codes: Ints) -> pa.Array:
    return pa.array(words, pa.string()).take(pa.array(codes, mask=codes == 0))


def _optional(names: pa.Array, codes: Ints) -> pa.Array:
    return names.take(pa.array(codes, mask=codes == NOBODY))


def _subjects(world: World, columns: dict[str, Ints]) -> tuple[pa.Array, pa.Array]:
    public = world.public
    groups = [
        public.person_id,
        public.vehicle_id,
        public.phone_id,
        public.address_id,
        organisation_ids(len(world.establishments.name)),
    ]
    offsets = np.concatenate([[0], np.cumsum([len(g) for g in groups])])
    kind = columns["kind"]
    query = kind == K_QUERY
    position = columns["subject"] + offsets[np.where(query, 0, kind)]
    ids = pa.array(np.concatenate(groups), pa.string()).take(pa.array(position, mask=query))
    names = pa.array(public.name, pa.string()).take(pa.array(columns["subject"], mask=~query))
    return ids, names


def _devices(
    world: World, rng: np.random.Generator, columns: dict[str, Ints]
) -> tuple[pa.Array, pa.Array]:
    """The mobile device of the officer, or a desktop of his unit and its address."""
    force = world.force
    officer = columns["officer"]
    day = np.clip((columns["at"] - world.plan.begin) // DAY, 0, None)
    unit = force.unit_on(officer, day)
    sizes = np.array([len(d) for d in force.desktops])
    offsets = np.cumsum(sizes) - sizes
    # An officer has a usual place, and takes another now and then.
    usual = (officer * 7) % sizes[unit]
    other = (rng.random(len(officer)) * sizes[unit]).astype(np.int64)
    desk = offsets[unit] + np.where(rng.random(len(officer)) < 0.7, usual, other)
    mobile = columns["system"] == MOBILE
    holder = np.where(columns["device"] >= 0, columns["device"], officer)
    desktops = [d for unit_desktops in force.desktops for d in unit_desktops]
    n_desk = len(desktops)
    devices = pa.array([*desktops, *force.mobile.tolist()])
    position = np.where(mobile, n_desk + holder, desk)
    ips = [
        f"10.{u // 250 + 20}.{u % 250}.{i + 11}"
        for u, unit_desktops in enumerate(force.desktops)
        for i in range(len(unit_desktops))
    ]
    address = pa.array(ips).take(pa.array(np.where(mobile, 0, desk), mask=mobile))
    return devices.take(pa.array(position)), address


def _residents(world: World, columns: dict[str, Ints]) -> tuple[Ints, Ints]:
    """For look-ups of an address: the first resident (people are in household order), how many."""
    household = world.public.household
    address = np.where(columns["kind"] == K_ADDRESS, columns["subject"], 0)
    first = np.searchsorted(household, address)
    return first, np.searchsorted(household, address, side="right") - first


def refer(world: World, log: Log) -> None:
    """Write the records that name look-ups: residents found, reviews, officers' own reports."""
    rng, records, public = world.plan.stream("reviews"), world.records, world.public
    rows = np.flatnonzero(log.columns["kind"] == K_ADDRESS)
    first, count = (values[rows] for values in _residents(world, log.columns))
    row = np.repeat(rows, count)
    place = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    records.add(
        "lookup_subjects",
        len(row),
        lookup_id=_taken(log, row),
        subject_kind="person",
        subject_id=public.person_id[np.repeat(first, count) + place],
        role="resident",
    )
    n = len(log.columns["at"])
    reviewed = np.flatnonzero(rng.random(n) < 0.004)
    fate = rng.choice(["proper", "procedural", "undetermined"], len(reviewed), p=[0.9, 0.07, 0.03])
    # An auditor who meets a misuse at random rarely sees it as such.
    unclear = log.columns["episode"][reviewed] >= 0
    month_end = log.columns["at"][reviewed] // DAY * DAY + 35 * DAY + 10 * 3600
    chief = world.force.chief_of(world.force.unit[log.columns["officer"][reviewed]])
    records.add(
        "reviews",
        len(reviewed),
        lookup_id=_taken(log, reviewed),
        decision=texts(np.where(unclear, "undetermined", fate).tolist()),
        selected_by="random",
        reviewer=world.force.officer_id[chief],
        at=month_end,
        note="每月抽查",
    )
    for write_row in world.pending:
        write_row(lambda reference: _taken(log, log.place[reference]))


def _taken(log: Log, rows: Ints) -> Texts:
    return texts(log.lookup_id.take(pa.array(rows)).to_pylist())
