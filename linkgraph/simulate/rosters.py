"""Duty rosters in whole hours, a roster day running from 06:00 to 06:00 across midnight.

Station officers work twelve-hour shifts of three slots: the desk is manned round the clock,
pairs patrol, beat officers visit.  Detectives and offices keep weekdays, the traffic squad days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from linkgraph.simulate import force as roles
from linkgraph.simulate.force import Force
from linkgraph.simulate.plan import DAY, HOUR, NOBODY, Flags, Floats, Ints, Plan, Texts, texts

ACTS = ("desk", "patrol", "investigation", "standby", "training", "leave", "off", "visit")
(
    ACT_DESK,
    ACT_PATROL,
    ACT_INVESTIGATION,
    ACT_STANDBY,
    ACT_TRAINING,
    ACT_LEAVE,
    ACT_OFF,
    ACT_VISIT,
) = range(len(ACTS))
SIGNS = texts(["值班", "巡邏", "偵查", "備勤", "訓練", "休假", "輪休", "查察"])
"""What a roster's cell says for each act; a beat visit counts as patrol in the tables."""
KINDS = texts(["desk", "patrol", "investigation", "standby", "training", "leave", "off", "patrol"])
DAY_STARTS = 6
_SPAN = 1 << 40  # more seconds than any period has: (officer, time) as one sorted number
_FREE, _DAY, _NIGHT, _OFFICE, _LEAVE, _TRAINING, _TRAFFIC = range(7)
_CYCLES = {
    roles.PATROL: (_DAY, _DAY, _NIGHT, _NIGHT, _FREE, _FREE),
    roles.DESK: (_DAY, _DAY, _DAY, _DAY, _FREE, _FREE),
    roles.BEAT: (_DAY, _DAY, _DAY, _NIGHT, _FREE, _FREE),
    roles.TRAFFIC: (_TRAFFIC, _TRAFFIC, _TRAFFIC, _TRAFFIC, _FREE, _FREE),
}


@dataclass
class Roster:
    """Duty rows sorted by officer and start; times in local seconds.

    `number` tells the duties of one unit, day and act apart: officers with the same one are
    on the same duty; 0 where there is none (leave, off).  `partner` is another officer on it.
    """

    officer: Ints
    start: Ints
    end: Ints
    act: Ints
    number: Ints
    unit: Ints
    day: Ints
    partner: Ints
    shift: Ints  # officer x day: what the officer's day was
    first: int  # when the roster's first day begins

    def __post_init__(self) -> None:
        self._rows: dict[tuple[int, ...], Ints] = {}
        desk = self.rows(ACT_DESK)
        key = self.unit[desk] * _SPAN + self.start[desk]
        order = np.argsort(key, kind="stable")
        self._desk, self._desk_key = desk[order], key[order]

    def rows(self, *acts: int) -> Ints:
        """Positions of the duties with one of these acts."""
        if acts not in self._rows:
            self._rows[acts] = np.flatnonzero(np.isin(self.act, acts))
        return self._rows[acts]

    def a_duty(
        self, rng: np.random.Generator, officer: int, low: int, high: int, acts: tuple[int, ...]
    ) -> int:
        """One duty of an officer with one of these acts that starts in `[low, high)`, else -1."""
        first, last = np.searchsorted(self.officer, [officer, officer + 1])
        fits = np.isin(self.act[first:last], acts)
        fits &= (self.start[first:last] >= low) & (self.start[first:last] < high)
        found = np.flatnonzero(fits)
        return int(first + found[int(rng.integers(len(found)))]) if len(found) else NOBODY

    def on_leave(self, officer: int) -> Ints:
        """Days of the period on which an officer is on leave."""
        return np.flatnonzero(self.shift[officer] == _LEAVE)

    def draw(self, rng: np.random.Generator, rows: Ints, weight: Floats, n: int) -> Ints:
        """`n` of these duties, long ones of active officers (`weight` by officer) more often."""
        hours = (self.end[rows] - self.start[rows]) / HOUR * weight[self.officer[rows]]
        total = np.cumsum(hours)
        place = np.searchsorted(total, rng.random(n) * total[-1], side="right")
        return np.asarray(rows[place], dtype=np.int64)

    def within(
        self, rng: np.random.Generator, rows: Ints, officer: Ints, low: Ints, high: Ints
    ) -> Ints:
        """For each officer one of these duties that starts in `[low, high)`, -1 if none does."""
        key = self.officer[rows] * _SPAN + self.start[rows]
        left = np.searchsorted(key, officer * _SPAN + low)
        right = np.searchsorted(key, officer * _SPAN + high)
        place = left + (rng.random(len(officer)) * (right - left)).astype(np.int64)
        return np.where(right > left, rows[np.minimum(place, len(rows) - 1)], NOBODY)

    def at_desk(self, unit: Ints, at: Ints) -> Ints:
        """The officer at the desk of each unit at each time, -1 if nobody is."""
        place = np.searchsorted(self._desk_key, unit * _SPAN + at, side="right") - 1
        row = self._desk[np.maximum(place, 0)]
        there = (place >= 0) & (self.unit[row] == unit) & (self.end[row] > at)
        return np.where(there, self.officer[row], NOBODY)


def duty_ids(unit_id: Texts, roster: Roster, rows: Ints) -> Texts:
    """Duty numbers as a unit writes them: unit, ROC day, the sign in the cell; empty if none."""
    days = np.datetime64("1970-01-01") + roster.first // DAY + np.arange(roster.shift.shape[1])
    written = [f"{int(day[:4]) - 1911}{day[5:7]}{day[8:]}" for day in days.astype(str)]
    sign = SIGNS[roster.act[rows]] + roster.number[rows].astype(str).astype(object)
    made = unit_id[roster.unit[rows]] + "-" + texts(written)[roster.day[rows]] + "-" + sign
    return texts(np.where(roster.number[rows] > 0, made, ""))


def build(plan: Plan, force: Force) -> Roster:
    """Draw up everybody's roster for the period."""
    rng = plan.stream("rosters")
    first = plan.begin + DAY_STARTS * HOUR
    shift = _shifts(plan, rng, force)
    parts = [_station(rng, force, shift, code) for code in (_DAY, _NIGHT)]
    parts += [_plain(force, shift, rng)]
    columns = [np.concatenate([p[i] for p in parts]) for i in range(6)]
    officer, day, from_hour, to_hour, act, number = columns
    order = np.lexsort((from_hour, day, officer))
    officer, day, act, number = officer[order], day[order], act[order], number[order]
    start = first + day * DAY + (from_hour[order] - DAY_STARTS) * HOUR
    end = first + day * DAY + (to_hour[order] - DAY_STARTS) * HOUR
    unit = force.unit_on(officer, day)
    partner = _partners(officer, unit, day, act, number)
    return Roster(officer, start, end, act, number, unit, day, partner, shift, first)


def _shifts(plan: Plan, rng: np.random.Generator, force: Force) -> Ints:
    n, days = len(force.role), plan.days
    day = np.arange(days)
    shift = np.zeros((n, days), dtype=np.int64)
    offset = rng.integers(6, size=n)
    for role, cycle in _CYCLES.items():
        rows = np.flatnonzero(force.role == role)
        shift[rows] = np.array(cycle)[(day + offset[rows, None]) % 6]
    office = np.flatnonzero(np.isin(force.role, [roles.CHIEF, roles.DETECTIVE, roles.ADMIN]))
    working = _working_days(plan)
    shift[office] = np.where(working, _OFFICE, _FREE)
    weekend = rng.random((n, days)) < 0.25
    detective = force.role == roles.DETECTIVE
    shift[detective] = np.where(~working & weekend[detective], _OFFICE, shift[detective])
    training = (rng.random((n, days)) < 0.025) & (shift != _FREE)
    shift[training] = _TRAINING
    for _ in range(4):
        begins = np.where(
            rng.random(n) < min(1.0, 0.16 * plan.months), rng.integers(days, size=n), 10**6
        )
        length = rng.integers(1, 5, n)
        leave = (day >= begins[:, None]) & (day < (begins + length)[:, None])
        shift[leave] = _LEAVE
    return shift


def _working_days(plan: Plan) -> Flags:
    import holidays

    first = plan.start
    days = [first + timedelta(days=i) for i in range(plan.days)]
    calendar = holidays.country_holidays("TW", years=range(first.year, days[-1].year + 1))
    return np.array([bool(calendar.is_working_day(d)) for d in days])


Part = tuple[Ints, Ints, Ints, Ints, Ints, Ints]


def _station(rng: np.random.Generator, force: Force, shift: Ints, code: int) -> Part:
    """Three slots of four hours: who is at the desk, which pairs patrol, who stands by."""
    in_station = np.isin(force.role, [roles.PATROL, roles.DESK, roles.BEAT])
    officer, day = np.nonzero((shift == code) & in_station[:, None])
    unit = force.unit_on(officer, day)
    steady = force.role[officer] == roles.DESK
    order = np.lexsort((rng.random(len(officer)), ~steady, day, unit))
    officer, day, unit, steady = officer[order], day[order], unit[order], steady[order]
    group = unit * 100_000 + day
    _, begin, inverse, size = np.unique(
        group, return_index=True, return_inverse=True, return_counts=True
    )
    rank = np.arange(len(officer)) - begin[inverse]
    n = size[inverse]
    has_steady = steady[begin][inverse]
    base = DAY_STARTS if code == _DAY else DAY_STARTS + 12
    parts: list[Part] = []
    for slot in range(3):
        at_desk = np.where(has_steady & (slot < 2), 0, (slot + 1) % n)
        desk = rank == at_desk
        place = rank - (rank > at_desk)
        pair = place // 2
        act = np.where((pair + slot) % 3 == 2, ACT_STANDBY, ACT_PATROL)
        visiting = (force.role[officer] == roles.BEAT) & (code == _DAY) & (slot == 1)
        act = np.where(desk, ACT_DESK, np.where(visiting, ACT_VISIT, act))
        number = (slot + 1) * 100 + np.where(act == ACT_PATROL, pair + 1, rank + 1)
        number += 400 if code == _NIGHT else 0
        hour = np.full(len(officer), base + slot * 4)
        parts.append((officer, day, hour, hour + 4, act, number))
    rest = np.zeros(len(officer), dtype=np.int64)
    free = np.full(len(officer), DAY_STARTS + (12 if code == _DAY else 0))
    parts.append((officer, day, free, free + 12, rest + ACT_OFF, rest))
    return _joined(parts)


def _plain(force: Force, shift: Ints, rng: np.random.Generator) -> Part:
    """Days that need no ranking: offices, detectives, traffic, training, leave and days off."""
    detective, traffic = force.role == roles.DETECTIVE, force.role == roles.TRAFFIC
    evening = rng.random(shift.shape) < 0.12
    parts: list[Part] = []

    def add(chosen: Flags, *spans: tuple[int, int, int]) -> None:
        officer, day = np.nonzero(chosen)
        for slot, (start, end, act) in enumerate(spans):
            many = np.full(len(officer), start)
            if act in (ACT_LEAVE, ACT_OFF):
                number = np.zeros(len(officer), dtype=np.int64)
            elif act in (ACT_PATROL, ACT_INVESTIGATION):
                number = (slot + 1) * 100 + force.team[officer] + 1
            else:
                number = (
                    (slot + 1) * 1000
                    + officer
                    - np.searchsorted(force.unit, force.unit[officer])
                    + 1
                )
            act_column = np.full(len(officer), act)
            parts.append((officer, day, many, many + end - start, act_column, number))

    office = shift == _OFFICE
    add(office & ~detective[:, None], (6, 8, ACT_OFF), (8, 18, ACT_STANDBY), (18, 30, ACT_OFF))
    work = office & detective[:, None]
    add(
        work & ~evening,
        (6, 8, ACT_OFF),
        (8, 13, ACT_INVESTIGATION),
        (13, 18, ACT_INVESTIGATION),
        (18, 30, ACT_OFF),
    )
    add(
        work & evening,
        (6, 14, ACT_OFF),
        (14, 18, ACT_INVESTIGATION),
        (18, 23, ACT_INVESTIGATION),
        (23, 30, ACT_OFF),
    )
    add(
        (shift == _TRAFFIC) & traffic[:, None],
        (6, 7, ACT_OFF),
        (7, 11, ACT_PATROL),
        (11, 15, ACT_PATROL),
        (15, 19, ACT_STANDBY),
        (19, 30, ACT_OFF),
    )
    add(shift == _TRAINING, (6, 8, ACT_OFF), (8, 17, ACT_TRAINING), (17, 30, ACT_OFF))
    add(shift == _LEAVE, (6, 30, ACT_LEAVE))
    add(shift == _FREE, (6, 30, ACT_OFF))
    return _joined(parts)


def _joined(parts: list[Part]) -> Part:
    columns = [np.concatenate([part[i] for part in parts]) for i in range(6)]
    return (columns[0], columns[1], columns[2], columns[3], columns[4], columns[5])


def _partners(officer: Ints, unit: Ints, day: Ints, act: Ints, number: Ints) -> Ints:
    order = np.lexsort((officer, number, act, day, unit))
    same = (number[order][1:] > 0) & np.logical_and.reduce(
        [column[order][1:] == column[order][:-1] for column in (unit, day, act, number)]
    )
    partner = np.full(len(officer), NOBODY)
    left, right = order[:-1][same], order[1:][same]
    partner[left] = officer[right]
    partner[right] = officer[left]
    return partner
