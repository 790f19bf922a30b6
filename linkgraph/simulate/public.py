"""The public: people in households, where they live, what they drive, whom they know.

Arrays are aligned: element `i` of every `person_*` array is person `i`.  What is here is the
truth; how much of it reaches the tables is decided where the tables are written.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linkgraph.simulate import places
from linkgraph.simulate.identifiers import (
    given_names,
    identity_numbers,
    mobile_numbers,
    numbered,
    plates,
    surnames,
)
from linkgraph.simulate.plan import DAY, NEVER, Flags, Ints, Plan, Texts, texts

PERSONS_PER_OFFICER = 150
YEAR = 365 * DAY
COLOURS = texts(["白", "黑", "銀", "灰", "紅", "藍"])


@dataclass
class Ties:
    """Ties between two persons, in columns; times in local seconds."""

    a: Ints
    b: Ints
    kind: Texts
    start: Ints
    end: Ints
    source: Texts


@dataclass
class Public:
    """Persons, addresses, vehicles, phones and the ties between persons."""

    person_id: Texts
    name: Texts
    female: Flags
    age: Ints
    born: Ints  # days since 1970-01-01
    district: Ints
    household: Ints  # also the index of the address
    moved_in: Ints
    address_text: Texts
    community: Texts  # name of the building, empty for a house
    building: Ints  # index of the building, -1 for a house
    address_district: Ints
    vehicle_id: Texts
    vehicle_kind: Texts
    vehicle_colour: Texts
    owner: Ints
    former_owner: Ints
    sold_at: Ints
    phone_id: Texts
    phone_of: Ints  # person -> phone, -1
    phone_holder: Ints
    ties: Ties
    adults_by_district: list[Ints]
    known_by_district: list[Ints]
    vehicles_by_district: list[Ints]
    vehicle_of: Ints  # person -> one vehicle of that person, -1

    @property
    def address_id(self) -> Texts:
        """Identifiers of the addresses; they tell nothing about the order."""
        number = np.arange(1, len(self.address_text) + 1) * 48_271 % 9_999_991
        return texts("AD" + numbered(number, 7))

    def people(
        self, rng: np.random.Generator, district: Ints, *, local: float = 0.75, known: float = 0.0
    ) -> Ints:
        """One adult for each place: most live there; `known` are those the police know well."""
        n = len(district)
        away = rng.integers(len(self.adults_by_district), size=n)
        where = np.where(rng.random(n) < local, district, away)
        of_known = rng.random(n) < known
        return _pick(rng, where, self.adults_by_district, self.known_by_district, of_known)

    def parked(self, rng: np.random.Generator, district: Ints) -> Ints:
        """One vehicle for each place: those kept there, some seen far more often than others."""
        n = len(district)
        away = rng.integers(len(self.vehicles_by_district), size=n)
        where = np.where(rng.random(n) < 0.8, district, away)
        sizes = np.array([len(v) for v in self.vehicles_by_district])
        offsets = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        flat = np.concatenate(self.vehicles_by_district)
        place = (rng.random(n) ** 1.6 * sizes[where]).astype(np.int64)
        return np.asarray(flat[offsets[where] + place], dtype=np.int64)

    def add_address(self, district: int, text: str) -> int:
        """A further address, known by its text alone."""
        self.address_text = np.append(self.address_text, text)
        self.community = np.append(self.community, "")
        self.building = np.append(self.building, -1)
        self.address_district = np.append(self.address_district, district)
        return len(self.address_text) - 1


def _pick(
    rng: np.random.Generator,
    where: Ints,
    pools: list[Ints],
    other: list[Ints],
    use_other: Flags,
) -> Ints:
    both = [*pools, *other]
    sizes = np.array([len(p) for p in both])
    offsets = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    pool = where + np.where(use_other, len(pools), 0)
    place = (rng.random(len(where)) * sizes[pool]).astype(np.int64)
    return np.asarray(np.concatenate(both)[offsets[pool] + place], dtype=np.int64)


def build(plan: Plan, districts: list[str]) -> Public:
    """People the force's districts, 150 for each officer."""
    rng = plan.stream("public")
    n = max(2_000, PERSONS_PER_OFFICER * plan.officers)
    size = rng.choice([1, 2, 3, 4, 5], n, p=[0.2, 0.25, 0.25, 0.2, 0.1])
    size = size[: int(np.searchsorted(np.cumsum(size), n)) + 1]
    households = len(size)
    household = np.repeat(np.arange(households), size)
    n = len(household)
    first = np.cumsum(size) - size
    place = np.arange(n) - first[household]

    family = surnames(rng, households)[household]
    born_elsewhere = surnames(rng, n)
    head_age = rng.integers(24, 82, households)[household]
    head_female = (rng.random(households) < 0.35)[household]
    partner = (place == 1) & (rng.random(n) < 0.8)
    child = (place > 0) & ~partner
    age = np.where(
        child,
        head_age - rng.integers(22, 36, n),
        np.where(partner, head_age + rng.integers(-6, 6, n), head_age),
    ).clip(0, 95)
    female = np.where(partner, ~head_female, np.where(child, rng.random(n) < 0.5, head_female))
    female = female.astype(bool)
    name = np.where(partner, born_elsewhere, family) + given_names(rng, female)
    home = rng.choice(len(districts), households)
    address_text, community, building = _addresses(rng, home, districts)
    opening_day = plan.begin // DAY

    adult = age >= 18
    adults = np.flatnonzero(adult)
    district = home[household]
    by_district = [np.flatnonzero(adult & (district == d)) for d in range(len(districts))]
    known = [rng.permutation(group)[: max(5, len(group) // 40)] for group in by_district]

    owner = adults[rng.integers(len(adults), size=int(len(adults) * 0.95))]
    former, sold = _former_owners(plan, rng, owner, adults)
    kinds = np.where(rng.random(len(owner)) < 0.45, "自用小客車", "普通重型機車").astype(object)
    vehicle_home = district[owner]
    vehicle_of = np.full(n, -1)
    vehicle_of[owner] = np.arange(len(owner))

    holders = adults[rng.random(len(adults)) < 0.9]
    phone_of = np.full(n, -1)
    phone_of[holders] = np.arange(len(holders))
    return Public(
        person_id=identity_numbers(rng, female),
        name=texts(name),
        female=female,
        age=age,
        born=opening_day - age * 365 - rng.integers(0, 365, n),
        district=district,
        household=household,
        moved_in=plan.begin - (rng.integers(200, 9000, households) * DAY)[household],
        address_text=address_text,
        community=community,
        building=building,
        address_district=home,
        vehicle_id=plates(rng, len(owner)),
        vehicle_kind=texts(kinds),
        vehicle_colour=texts(COLOURS[rng.integers(len(COLOURS), size=len(owner))]),
        owner=owner,
        former_owner=former,
        sold_at=sold,
        phone_id=mobile_numbers(rng, len(holders)),
        phone_of=phone_of,
        phone_holder=holders,
        ties=_ties(plan, rng, place, first, household, by_district, district, family),
        adults_by_district=by_district,
        known_by_district=known,
        vehicles_by_district=[np.flatnonzero(vehicle_home == d) for d in range(len(districts))],
        vehicle_of=vehicle_of,
    )


def _addresses(
    rng: np.random.Generator, home: Ints, districts: list[str]
) -> tuple[Texts, Texts, Ints]:
    n = len(home)
    in_building = rng.random(n) < 0.35
    per_district = max(1, n // len(districts) // 90)
    building = np.where(in_building, home * per_district + rng.integers(per_district, size=n), -1)
    n_buildings = len(districts) * per_district
    names = texts([places.BUILDINGS[i % len(places.BUILDINGS)] for i in range(n_buildings)])
    roads = texts(places.ROADS)
    building_road = roads[rng.integers(len(roads), size=n_buildings)]
    building_number = rng.integers(1, 400, n_buildings)
    road = np.where(in_building, building_road[building], roads[rng.integers(len(roads), size=n)])
    number = np.where(in_building, building_number[building], rng.integers(1, 900, n))
    floor = np.where(in_building, rng.integers(2, 15, n), rng.integers(1, 5, n))
    area = texts([f"{places.CITY}{d}區" for d in districts])[home]
    street = area + road + number.astype(str).astype(object) + "號"
    flat = street + floor.astype(str).astype(object) + "樓"
    # A house is one address; a second household at the same number lives on another floor.
    text = (
        flat
        + np.where(in_building, "之", "")
        + np.where(in_building, rng.integers(1, 9, n).astype(str).astype(object), "")
    )
    community = np.where(in_building, names[building], "")
    return texts(text), texts(community), building.astype(np.int64)


def _former_owners(
    plan: Plan, rng: np.random.Generator, owner: Ints, adults: Ints
) -> tuple[Ints, Ints]:
    n = len(owner)
    changed = rng.random(n) < 0.08
    former = np.where(changed, adults[rng.integers(len(adults), size=n)], -1)
    former[former == owner] = -1
    day = rng.integers(-400, plan.days, n)
    return former.astype(np.int64), np.where(former >= 0, plan.begin + day * DAY, NEVER)


def _ties(
    plan: Plan,
    rng: np.random.Generator,
    place: Ints,
    first: Ints,
    household: Ints,
    by_district: list[Ints],
    district: Ints,
    family: Texts,
) -> Ties:
    """Families under one roof, relatives elsewhere, friends, business partners, creditors."""
    inside = np.flatnonzero(place > 0)
    groups = [(first[household[inside]], inside, texts(["family"] * len(inside)), "戶籍資料")]
    heads = np.random.default_rng(rng.integers(2**32)).permutation(first)
    heads = heads[np.argsort(family[heads].astype(str), kind="stable")]
    siblings = (family[heads[1:]] == family[heads[:-1]]) & (rng.random(len(heads) - 1) < 0.5)
    kin = np.flatnonzero(siblings)
    groups.append((heads[kin], heads[kin + 1], texts(["family"] * len(kin)), "戶籍資料"))
    adults = np.concatenate(by_district)
    n = int(len(adults) * 1.4)
    a = adults[rng.integers(len(adults), size=n)]
    b = _pick(
        rng,
        np.where(rng.random(n) < 0.75, district[a], rng.integers(len(by_district), size=n)),
        by_district,
        by_district,
        np.zeros(n, dtype=bool),
    )
    kind = texts(["friend", "business", "creditor"])[rng.choice(3, n, p=[0.74, 0.19, 0.07])]
    groups.append((a, b, texts(kind), "訪查紀錄"))

    left = np.concatenate([g[0] for g in groups])
    right = np.concatenate([g[1] for g in groups])
    kinds = np.concatenate([g[2] for g in groups])
    source = np.concatenate([texts([g[3]] * len(g[0])) for g in groups])
    blood = kinds == "family"
    total = len(left)
    start = np.where(blood, NEVER, plan.begin - rng.integers(60, 5000, total) * DAY)
    ended = ~blood & (rng.random(total) < 0.12)
    end = np.where(ended, plan.begin + rng.integers(-300, plan.days, total) * DAY, NEVER)
    start = np.where(ended & (start >= end), end - 400 * DAY, start)
    ok = left != right
    return Ties(left[ok], right[ok], texts(kinds[ok]), start[ok], end[ok], texts(source[ok]))
