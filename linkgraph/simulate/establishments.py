"""Shops, firms, building committees, temples and the night-life trade, and who has a role there."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from linkgraph.simulate import places
from linkgraph.simulate.identifiers import distinct
from linkgraph.simulate.plan import DAY, NEVER, Ints, Plan, Texts, texts
from linkgraph.simulate.public import Public

PERSONS_PER_ORGANISATION = 40
_KINDS: dict[str, tuple[float, tuple[str, ...], int]] = {
    "shop": (0.40, ("超商", "小吃店", "機車行", "洗衣店", "水果行", "早餐店"), 3),
    "firm": (
        0.33,
        ("工程行", "貿易有限公司", "保全股份有限公司", "科技有限公司", "物流有限公司"),
        8,
    ),
    "temple": (0.06, ("宮", "壇", "廟"), 4),
    "restaurant": (0.12, ("餐廳", "海產店", "熱炒店"), 6),
    "night-life": (0.06, ("酒店", "KTV", "養生館", "卡拉OK"), 9),
    "tea house": (0.03, ("茶坊", "茶藝館", "棋牌社"), 3),
}
_SIGNS = "金福順發興隆旺吉祥泰安和美華宏大立信永新高盛鑫億"


@dataclass
class Establishments:
    """Organisations and roles in them, in columns; roles grow as scenarios add to them."""

    name: list[str]
    kind: list[str]
    address: list[int]
    district: list[int]
    committee_of: dict[int, int]  # building -> organisation
    org: list[int] = field(default_factory=list)
    person: list[int] = field(default_factory=list)
    role: list[str] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    certain: list[bool] = field(default_factory=list)
    _staff: dict[int, set[int]] = field(default_factory=dict)
    _indexed: int = 0

    def found(self, name: str, kind: str, address: int, district: int) -> int:
        """Open one more organisation; its index."""
        self.name.append(name)
        self.kind.append(kind)
        self.address.append(address)
        self.district.append(district)
        return len(self.name) - 1

    def give_role(
        self,
        org: int,
        person: int,
        role: str,
        start: int = NEVER,
        end: int = NEVER,
        *,
        certain: bool = False,
    ) -> None:
        """Give a person a role; a `certain` one is on a public register and never goes missing."""
        self.org.append(org)
        self.person.append(person)
        self.role.append(role)
        self.start.append(start)
        self.end.append(end)
        self.certain.append(certain)

    def staff(self, org: int) -> Ints:
        """Persons with any role in an organisation."""
        for row in range(self._indexed, len(self.org)):
            self._staff.setdefault(self.org[row], set()).add(self.person[row])
        self._indexed = len(self.org)
        return np.array(sorted(self._staff.get(org, set())), dtype=np.int64)


def organisation_ids(n: int) -> Texts:
    """Identifiers of the first `n` organisations; they tell nothing about the order."""
    return texts([organisation_id(i) for i in range(n)])


def organisation_id(org: int) -> str:
    """The identifier of one organisation."""
    return f"ORG{(org + 1) * 48_271 % 999_983:06d}"


def build(plan: Plan, public: Public) -> Establishments:
    """Found the organisations and hand out the roles."""
    rng = plan.stream("establishments")
    n = max(60, len(public.person_id) // PERSONS_PER_ORGANISATION)
    kinds = list(_KINDS)
    shares = np.array([_KINDS[k][0] for k in kinds])
    chosen = rng.choice(len(kinds), n, p=shares / shares.sum())
    signs = distinct(rng, n, len(_SIGNS) ** 3)
    site = rng.permutation(len(public.address_text))[:n]
    out = Establishments([], [], [], [], {})
    for i in range(n):
        kind = kinds[int(chosen[i])]
        ending = _KINDS[kind][1][int(rng.integers(len(_KINDS[kind][1])))]
        code = int(signs[i])
        name = _SIGNS[code % 24] + _SIGNS[code // 24 % 24] + ending
        district = int(public.address_district[site[i]])
        out.found(name, kind, int(site[i]), district)
    _employ(plan, rng, public, out, chosen, kinds)
    _committees(plan, rng, public, out)
    return out


def _employ(
    plan: Plan,
    rng: np.random.Generator,
    public: Public,
    out: Establishments,
    chosen: Ints,
    kinds: list[str],
) -> None:
    n = len(chosen)
    size = np.array([_KINDS[k][2] for k in kinds])[chosen]
    owners, staff = np.ones(n, dtype=np.int64), 1 + rng.poisson(size)
    applicants = np.where(rng.random(n) < 0.4, rng.integers(1, 4, n), 0)
    night = np.isin(chosen, [kinds.index("night-life"), kinds.index("tea house")])
    customers = np.where(night, rng.integers(0, 6, n), 0)
    devotees = np.where(chosen == kinds.index("temple"), rng.integers(2, 7, n), 0)
    district = np.array(out.district)
    for role, count in (
        ("owner", owners),
        ("employee", staff),
        ("applicant", applicants),
        ("customer", customers),
        ("member", devotees),
    ):
        org = np.repeat(np.arange(n), count)
        person = public.people(rng, district[org], local=0.8)
        days_ago = rng.integers(30, 4000, len(org))
        if role == "applicant":
            days_ago = rng.integers(-plan.days, 200, len(org))
        start = plan.begin - days_ago * DAY
        ended = (rng.random(len(org)) < 0.15) & (role != "owner")
        end = np.where(ended, start + rng.integers(20, 900, len(org)) * DAY, NEVER)
        out.org += org.tolist()
        out.person += person.tolist()
        out.role += [role] * len(org)
        out.start += start.tolist()
        out.end += end.tolist()
        out.certain += [role == "owner"] * len(org)


def _committees(plan: Plan, rng: np.random.Generator, public: Public, out: Establishments) -> None:
    """Every building has a committee: a chair and some members who live there."""
    home = public.building[public.household]
    residents = np.flatnonzero((home >= 0) & (public.age >= 25))
    residents = residents[np.argsort(home[residents], kind="stable")]
    buildings, first = np.unique(home[residents], return_index=True)
    for building, people in zip(buildings, np.split(residents, first[1:]), strict=True):
        address = int(public.household[people[0]])
        name = f"{public.community[address]}管理委員會"
        org = out.found(name, "building committee", address, int(public.district[people[0]]))
        out.committee_of[int(building)] = org
        members = rng.permutation(people)[: int(rng.integers(3, 7))]
        for place, person in enumerate(members.tolist()):
            since = plan.begin - int(rng.integers(30, 700)) * DAY
            out.give_role(org, person, "chair" if place == 0 else "member", since)
        if rng.random() < 0.25:  # the building looks for a guard
            opens = plan.begin + int(rng.integers(-200, plan.days)) * DAY
            seekers = public.people(rng, np.full(int(rng.integers(2, 6)), out.district[org]))
            for person in seekers.tolist():
                out.give_role(org, person, "applicant", opens, opens + 45 * DAY)


def shop_name(rng: np.random.Generator, kind: str) -> str:
    """A name for one more organisation of a kind."""
    signs = "".join(_SIGNS[int(i)] for i in rng.integers(len(_SIGNS), size=2))
    endings = _KINDS[kind][1]
    return signs + endings[int(rng.integers(len(endings)))]


def street_address(rng: np.random.Generator, district: str) -> str:
    """The text of one more address."""
    road = places.ROADS[int(rng.integers(len(places.ROADS)))]
    return f"{places.CITY}{district}區{road}{int(rng.integers(1, 900))}號"
