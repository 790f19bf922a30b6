"""The force: precincts, stations, officers with roles, their accounts, devices and telephones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linkgraph.simulate import places
from linkgraph.simulate.identifiers import distinct
from linkgraph.simulate.plan import DAY, Floats, Ints, Plan, Texts, texts
from linkgraph.simulate.public import Public

ROLES = ("patrol", "desk", "beat", "chief", "detective", "traffic", "admin")
PATROL, DESK, BEAT, CHIEF, DETECTIVE, TRAFFIC, ADMIN = range(len(ROLES))
SYSTEMS = ("vehicle", "person", "household", "criminal_record", "wanted", "mobile")
VEHICLE, PERSON, HOUSEHOLD, CRIMINAL, WANTED, MOBILE = range(len(SYSTEMS))
RIGHTS: dict[str, tuple[str, ...]] = {
    "patrol": ("vehicle", "person", "household", "criminal_record", "wanted", "mobile"),
    "desk": ("vehicle", "person", "household", "criminal_record", "wanted"),
    "beat": SYSTEMS,
    "chief": SYSTEMS,
    "detective": SYSTEMS,
    "traffic": ("vehicle", "person", "household", "wanted", "mobile"),
    "admin": ("vehicle", "person"),
}
_RANKS = {
    "patrol": ("警員", "警員", "巡佐"),
    "desk": ("警員", "巡佐"),
    "beat": ("警員",),
    "chief": ("警務員",),
    "detective": ("偵查佐", "偵查佐", "小隊長"),
    "traffic": ("警員", "巡佐"),
    "admin": ("警務佐", "巡官"),
}
PHONES_PER_UNIT = 3


@dataclass
class Force:
    """Units and officers in columns; `unit` is an officer's present unit."""

    districts: list[str]
    unit_id: list[str]
    unit_name: list[str]
    unit_kind: list[str]
    unit_parent: list[int]
    unit_district: Ints
    unit_phones: list[list[str]]
    officer_id: Texts
    person: Ints
    role: Ints
    rank: Texts
    unit: Ints
    earlier_unit: Ints
    moved_on: Ints  # day of the period on which the officer came from `earlier_unit`
    joined: Ints  # days since 1970-01-01
    team: Ints
    activity: Floats
    desktops: list[list[str]]
    mobile: Texts  # officer -> mobile device

    @property
    def account_id(self) -> Texts:
        """One account per officer."""
        return texts(["u" + number.lower() for number in self.officer_id])

    def unit_on(self, officer: Ints, day: Ints) -> Ints:
        """The unit of an officer on a day of the period."""
        return np.where(
            day < self.moved_on[officer], self.earlier_unit[officer], self.unit[officer]
        )

    def of_unit(self, unit: int) -> Ints:
        """Officers posted to a unit now."""
        return np.flatnonzero(self.unit == unit)

    def chief_of(self, unit: Ints) -> Ints:
        """The chief of each unit, else its longest-serving officer."""
        chiefs = np.full(len(self.unit_id), -1)
        order = np.lexsort((self.joined, self.role != CHIEF))[::-1]
        chiefs[self.unit[order]] = order
        return np.asarray(chiefs[unit], dtype=np.int64)


def precincts(plan: Plan) -> int:
    """How many precincts a force of this size has: one to about 110 officers, at least two."""
    return max(2, round(plan.officers / 110))


def build(plan: Plan, public: Public, districts: list[str]) -> Force:
    """Raise the force from the public: every officer is a person with a home and a family."""
    rng = plan.stream("force")
    names: list[str] = []
    ids: list[str] = []
    kinds: list[str] = []
    parents: list[int] = []
    area: list[int] = []
    size: list[int] = []
    shares = np.diff(np.round(np.linspace(0, plan.officers, len(districts) + 1)).astype(int))
    for p, (district, strength) in enumerate(zip(districts, shares.tolist(), strict=True)):
        top = len(ids)
        detectives, traffic = max(2, round(strength * 0.16)), max(1, round(strength * 0.09))
        office = max(1, round(strength * 0.06))
        rest = strength - detectives - traffic - office
        n_stations = max(2, round(rest / 14)) if rest >= 8 else 1
        per_station = np.diff(np.round(np.linspace(0, rest, n_stations + 1)).astype(int)).tolist()
        rows = [
            (f"{district}分局", "precinct", -1, office),
            (f"{district}分局偵查隊", "detective squad", top, detectives),
            (f"{district}分局交通分隊", "traffic squad", top, traffic),
            *(
                (f"{district}分局{name}派出所", "station", top, n)
                for name, n in zip(places.stations(n_stations, p), per_station, strict=True)
            ),
        ]
        for i, (name, kind, parent, n) in enumerate(rows):
            ids.append(f"U{p + 1:02d}{i:02d}")
            names.append(name)
            kinds.append(kind)
            parents.append(parent)
            area.append(p)
            size.append(n)
    unit = np.repeat(np.arange(len(ids)), size)
    role = _roles(unit, kinds)
    unit_district = np.array(area)
    person, joined = _recruit(plan, rng, public)
    n = plan.officers
    earlier, moved = _transfers(plan, rng, unit, role, kinds)
    rank = [_RANKS[ROLES[r]][int(rng.integers(len(_RANKS[ROLES[r]])))] for r in role.tolist()]
    weight = np.exp(rng.normal(0, 0.45, n))
    weight[role == DESK] *= 2.0
    desktops = [
        [f"D{uid[1:]}{i + 1:02d}" for i in range(max(2, k // 3))]
        for uid, k in zip(ids, size, strict=True)
    ]
    place = np.arange(n) - np.searchsorted(unit, unit)
    return Force(
        districts=districts,
        unit_id=ids,
        unit_name=names,
        unit_kind=kinds,
        unit_parent=parents,
        unit_district=unit_district,
        unit_phones=[
            [f"06{5_000_000 + u * 100 + i:07d}" for i in range(PHONES_PER_UNIT)]
            for u in range(len(ids))
        ],
        officer_id=texts(
            [f"KH{v + 10_000}" for v in np.sort(distinct(rng, n, 80_000 + n)).tolist()]
        ),
        person=person,
        role=role,
        rank=texts(rank),
        unit=unit,
        earlier_unit=earlier,
        moved_on=moved,
        joined=joined,
        team=place // 2,
        activity=weight,
        desktops=desktops,
        mobile=texts([f"M{ids[u][1:]}{k + 1:02d}" for u, k in zip(unit, place, strict=True)]),
    )


def _roles(unit: Ints, kinds: list[str]) -> Ints:
    """At a station: a chief, one desk officer in seven, one beat officer in five, else patrol."""
    place = np.arange(len(unit)) - np.searchsorted(unit, unit)
    kind = texts(kinds)[unit]
    role = np.full(len(unit), PATROL)
    role[(place % 7 == 1)] = DESK
    role[(place % 5 == 3)] = BEAT
    role[place == 0] = CHIEF
    role[kind == "detective squad"] = DETECTIVE
    role[kind == "traffic squad"] = TRAFFIC
    role[kind == "precinct"] = ADMIN
    return role


def _recruit(plan: Plan, rng: np.random.Generator, public: Public) -> tuple[Ints, Ints]:
    fit = np.flatnonzero((public.age >= 23) & (public.age <= 58))
    # One officer to a household, so that nobody's partner is on the force by accident.
    _, first = np.unique(public.household[fit], return_index=True)
    person = rng.permutation(fit[first])[: plan.officers]
    served = (rng.random(plan.officers) * (public.age[person] - 22) * 365).astype(np.int64)
    return person, plan.begin // DAY - served - 60


def _transfers(
    plan: Plan, rng: np.random.Generator, unit: Ints, role: Ints, kinds: list[str]
) -> tuple[Ints, Ints]:
    """One patrol officer in twenty comes from another station in mid-period."""
    n = len(unit)
    stations = np.flatnonzero(texts(kinds) == "station")
    earlier = unit.copy()
    moved = np.zeros(n, dtype=np.int64)
    movers = np.flatnonzero((role == PATROL) & (rng.random(n) < 0.05))
    earlier[movers] = stations[rng.integers(len(stations), size=len(movers))]
    moved[movers] = rng.integers(5, max(6, plan.days - 5), len(movers))
    return earlier, moved
