"""Police cases of all kinds, who worked on them and whom they were about."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from linkgraph.simulate.drafts import K_ADDRESS, K_PERSON, K_PHONE, K_VEHICLE
from linkgraph.simulate.force import DETECTIVE, TRAFFIC, Force
from linkgraph.simulate.identifiers import numbered
from linkgraph.simulate.plan import DAY, HOUR, NEVER, NOBODY, Ints, Plan, Texts, texts
from linkgraph.simulate.public import Public
from linkgraph.simulate.rosters import ACT_DESK, ACT_INVESTIGATION, ACT_PATROL, Roster

CASE_KINDS = ("investigation", "dispatch", "stop", "traffic", "report", "inspection")
INVESTIGATION, DISPATCH, STOP, TRAFFIC_CASE, REPORT, INSPECTION = range(len(CASE_KINDS))
LETTERS = texts(["I", "D", "S", "T", "R", "P"])
OFFENCES = (
    "竊盜", "詐欺", "毒品", "賭博", "傷害", "妨害自由", "恐嚇取財", "酒後駕車", "交通違規",
    "車禍", "糾紛", "噪音", "家庭暴力", "失竊車輛", "遺失物", "失蹤人口", "臨檢",
)  # fmt: skip
BY_KIND: dict[int, tuple[str, ...]] = {
    INVESTIGATION: ("竊盜", "詐欺", "毒品", "賭博", "傷害", "妨害自由", "恐嚇取財"),
    DISPATCH: ("糾紛", "噪音", "家庭暴力", "傷害", "竊盜"),
    STOP: ("交通違規", "酒後駕車", "毒品"),
    TRAFFIC_CASE: ("車禍",),
    REPORT: ("失竊車輛", "遺失物", "詐欺", "失蹤人口", "竊盜"),
    INSPECTION: ("臨檢",),
}


@dataclass
class Casebook:
    """Cases in columns, and two long tables: who worked on them, whom they are about."""

    kind: list[Ints] = field(default_factory=list)
    offence: list[Ints] = field(default_factory=list)
    opened: list[Ints] = field(default_factory=list)
    closed: list[Ints] = field(default_factory=list)
    unit: list[Ints] = field(default_factory=list)
    place: list[Ints] = field(default_factory=list)  # address
    of_officer: list[tuple[Ints, Ints, Ints]] = field(default_factory=list)  # case, officer, lead
    of_subject: list[tuple[Ints, Ints, Ints, Texts]] = field(default_factory=list)
    count: int = 0
    begun: dict[int, int] = field(default_factory=dict)
    """case -> when work began on paper, where that is on record"""
    part_of: dict[int, int] = field(default_factory=dict)
    """case -> the operation that it belongs to, where that is on record"""

    def open(
        self, kind: Ints, offence: Ints, opened: Ints, closed: Ints, unit: Ints, place: Ints
    ) -> Ints:
        """Open cases; their numbers in order."""
        for column, values in (
            (self.kind, kind),
            (self.offence, offence),
            (self.opened, opened),
            (self.closed, closed),
            (self.unit, unit),
            (self.place, place),
        ):
            column.append(values)
        numbers = np.arange(self.count, self.count + len(kind))
        self.count += len(kind)
        return numbers

    def open_one(
        self, kind: int, offence: str, opened: int, closed: int, unit: int, place: int
    ) -> int:
        """Open one case; its number."""
        one = [np.array([v]) for v in (kind, OFFENCES.index(offence), opened, closed, unit, place)]
        return int(self.open(*one)[0])

    def assign(self, case: Ints, officer: Ints, *, lead: bool = True) -> None:
        """Put officers on cases; pairs without an officer are left out."""
        ok = officer >= 0
        self.of_officer.append((case[ok], officer[ok], np.full(int(ok.sum()), int(lead))))

    def involve(self, case: Ints, kind: int, subject: Ints, role: str) -> None:
        """Enter subjects in cases; pairs without a subject are left out."""
        ok = subject >= 0
        n = int(ok.sum())
        self.of_subject.append((case[ok], np.full(n, kind), subject[ok], texts([role] * n)))

    def columns(self) -> dict[str, Ints]:
        """All cases, one array per column."""
        names = ("kind", "offence", "opened", "closed", "unit", "place")
        return {name: np.concatenate(getattr(self, name)) for name in names}

    def officers(self) -> tuple[Ints, Ints, Ints]:
        """(case, officer, lead), in the order of entry."""
        parts = self.of_officer
        return (
            np.concatenate([p[0] for p in parts]),
            np.concatenate([p[1] for p in parts]),
            np.concatenate([p[2] for p in parts]),
        )

    def subjects(self) -> tuple[Ints, Ints, Ints, Texts]:
        """(case, subject kind, subject, role), in the order of entry."""
        parts = self.of_subject
        return (
            np.concatenate([p[0] for p in parts]),
            np.concatenate([p[1] for p in parts]),
            np.concatenate([p[2] for p in parts]),
            texts(np.concatenate([p[3] for p in parts])),
        )

    def case_ids(self) -> Texts:
        """Case numbers: letter of the kind, ROC year and month, running number of that month."""
        columns = self.columns()
        opened = (np.datetime64("1970-01-01") + columns["opened"] // DAY).astype("datetime64[M]")
        month = opened.astype(np.int64)
        order = np.lexsort((np.arange(self.count), columns["opened"]))
        group = columns["kind"][order] * 100_000 + month[order]
        by_group = np.argsort(group, kind="stable")
        ranked = group[by_group]
        serial = np.empty(self.count, dtype=np.int64)
        place = np.arange(self.count) - np.searchsorted(ranked, ranked)
        serial[order[by_group]] = place + 1
        roc = (month // 12 + 1970 - 1911) * 100 + month % 12 + 1
        return texts(LETTERS[columns["kind"]] + numbered(roc, 5) + "-" + numbered(serial, 5))


def _offences(rng: np.random.Generator, kind: int, n: int) -> Ints:
    choices = np.array([OFFENCES.index(o) for o in BY_KIND[kind]])
    return choices[rng.integers(len(choices), size=n)]


def happen(plan: Plan, public: Public, force: Force, roster: Roster, book: Casebook) -> None:
    """Let the period's ordinary cases happen, as many as the volume of look-ups wants."""
    rng = plan.stream("cases")
    volume = plan.volume
    _on_patrol(rng, public, force, roster, book, STOP, int(volume * 0.045))
    _on_patrol(rng, public, force, roster, book, DISPATCH, int(volume * 0.045))
    _on_patrol(rng, public, force, roster, book, TRAFFIC_CASE, int(volume * 0.012))
    _reports(rng, public, force, roster, book, int(volume * 0.025))
    _investigations(plan, rng, public, force, roster, book, max(8, int(volume * 0.0055)))


def _on_patrol(
    rng: np.random.Generator,
    public: Public,
    force: Force,
    roster: Roster,
    book: Casebook,
    kind: int,
    n: int,
) -> None:
    rows = roster.rows(ACT_PATROL)
    by_traffic = force.role[roster.officer[rows]] == TRAFFIC
    if kind == TRAFFIC_CASE and by_traffic.any():
        rows = rows[by_traffic | (rng.random(len(rows)) < 0.1)]
    row = roster.draw(rng, rows, force.activity, n)
    at = roster.start[row] + (rng.random(n) * (roster.end[row] - roster.start[row])).astype(int)
    unit = roster.unit[row]
    district = force.unit_district[unit]
    lasts = rng.integers(10, 90 if kind == STOP else 600, n) * 60
    site = public.household[public.people(rng, district, local=1.0)]
    case = book.open(np.full(n, kind), _offences(rng, kind, n), at, at + lasts, unit, site)
    book.assign(case, roster.officer[row])
    book.assign(case, roster.partner[row], lead=False)
    if kind == DISPATCH:
        book.involve(case, K_PERSON, public.people(rng, district, known=0.2), "party")
        second = public.people(rng, district)
        book.involve(case, K_PERSON, np.where(rng.random(n) < 0.6, second, NOBODY), "party")
        book.involve(case, K_ADDRESS, np.where(rng.random(n) < 0.3, site, NOBODY), "scene")
        return
    vehicles = 2 if kind == TRAFFIC_CASE else 1
    for _ in range(vehicles):
        vehicle = public.parked(rng, district)
        owner = public.owner[vehicle]
        other = public.people(rng, district)
        driver = np.where(rng.random(n) < 0.8, owner, other)
        book.involve(case, K_VEHICLE, vehicle, "vehicle")
        book.involve(case, K_PERSON, np.where(rng.random(n) < 0.85, driver, NOBODY), "driver")


def _reports(
    rng: np.random.Generator,
    public: Public,
    force: Force,
    roster: Roster,
    book: Casebook,
    n: int,
) -> None:
    row = roster.draw(rng, roster.rows(ACT_DESK), force.activity, n)
    at = roster.start[row] + (rng.random(n) * (roster.end[row] - roster.start[row])).astype(int)
    district = force.unit_district[roster.unit[row]]
    offence = _offences(rng, REPORT, n)
    site = public.household[public.people(rng, district, local=0.9)]
    closed = at + rng.integers(1, 40, n) * DAY
    case = book.open(np.full(n, REPORT), offence, at, closed, roster.unit[row], site)
    book.assign(case, roster.officer[row])
    detectives = np.flatnonzero(force.role == DETECTIVE)
    handed = detectives[rng.integers(len(detectives), size=n)]
    same = force.unit_district[force.unit[handed]] == district
    book.assign(case, np.where(same & (rng.random(n) < 0.6), handed, NOBODY), lead=False)
    reporter = public.people(rng, district)
    book.involve(case, K_PERSON, reporter, "reporter")
    stolen = offence == OFFENCES.index("失竊車輛")
    book.involve(case, K_VEHICLE, np.where(stolen, public.vehicle_of[reporter], NOBODY), "stolen")
    suspect = public.people(rng, district, known=0.3)
    book.involve(
        case, K_PERSON, np.where(~stolen & (rng.random(n) < 0.3), suspect, NOBODY), "suspect"
    )


def _investigations(
    plan: Plan,
    rng: np.random.Generator,
    public: Public,
    force: Force,
    roster: Roster,
    book: Casebook,
    n: int,
) -> None:
    rows = roster.rows(ACT_INVESTIGATION)
    row = roster.draw(rng, rows, force.activity, n)
    lead = roster.officer[row]
    opened = roster.start[row] + rng.integers(0, 4 * HOUR, n)
    # A third was already open when the period began.
    opened = np.where(rng.random(n) < 0.33, plan.begin - rng.integers(1, 60, n) * DAY, opened)
    lasts = rng.integers(10, 120, n) * DAY
    closed = np.where(opened + lasts > plan.end, NEVER, opened + lasts)
    unit = force.unit[lead]
    district = force.unit_district[unit]
    suspect = public.people(rng, district, known=0.35)
    case = book.open(
        np.full(n, INVESTIGATION),
        _offences(rng, INVESTIGATION, n),
        opened,
        closed,
        unit,
        public.household[suspect],
    )
    book.assign(case, lead)
    book.assign(case, roster.partner[row], lead=False)
    book.involve(case, K_PERSON, suspect, "suspect")
    book.involve(case, K_VEHICLE, _some(rng, public.vehicle_of[suspect], 0.6), "vehicle")
    book.involve(case, K_PHONE, _some(rng, public.phone_of[suspect], 0.5), "phone")
    book.involve(case, K_ADDRESS, _some(rng, public.household[suspect], 0.3), "residence")
    friend = _someone_tied(rng, public, suspect)
    book.involve(case, K_PERSON, _some(rng, friend, 0.7), "suspect")
    book.involve(case, K_PERSON, _some(rng, _someone_tied(rng, public, friend), 0.3), "associate")
    book.involve(case, K_PERSON, public.people(rng, district), "victim")
    for _ in range(3):
        more = _some(rng, public.people(rng, district, known=0.15), 0.3)
        book.involve(case, K_PERSON, more, "witness")


def _some(rng: np.random.Generator, values: Ints, share: float) -> Ints:
    return np.where(rng.random(len(values)) < share, values, NOBODY)


def _someone_tied(rng: np.random.Generator, public: Public, person: Ints) -> Ints:
    """Somebody each person is tied to, -1 for those who are tied to nobody."""
    a = np.concatenate([public.ties.a, public.ties.b])
    b = np.concatenate([public.ties.b, public.ties.a])
    order = np.argsort(a, kind="stable")
    a, b = a[order], b[order]
    left, right = np.searchsorted(a, person), np.searchsorted(a, person, side="right")
    place = left + (rng.random(len(person)) * (right - left)).astype(np.int64)
    return np.where(right > left, b[np.minimum(place, len(b) - 1)], NOBODY)
