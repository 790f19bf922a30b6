"""Everything a simulated force consists of, and what scenarios may do with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from linkgraph.simulate.casework import Casebook
from linkgraph.simulate.drafts import Drafts
from linkgraph.simulate.establishments import Establishments
from linkgraph.simulate.force import Force
from linkgraph.simulate.plan import DAY, HOUR, NEVER, NOBODY, Ints, Plan, Texts
from linkgraph.simulate.public import Public
from linkgraph.simulate.records import Records
from linkgraph.simulate.rosters import Roster


@dataclass
class Episode:
    """One misuse of the systems, as it truly was.

    `officer` holds the account (the first, if several), `requester` is who really wanted the
    look-ups; `hub` is what they were about, `other_hub` a second such thing.  Where nobody on
    the force wanted them, `outsider` says so; where each holder did for himself, `each`.
    """

    scenario: str
    notice_case: str
    officer: int
    requester: int = NOBODY
    hub: tuple[str, str] = ("", "")
    other_hub: tuple[str, str] = ("", "")
    complaint_id: str = ""
    outsider: bool = False
    each: bool = False


@dataclass
class LookAlike:
    """Proper work that resembles misuse."""

    kind: str
    officer: int
    subject: tuple[str, str] = ("", "")
    note: str = ""


@dataclass(frozen=True)
class Tie:
    """A tie between two persons that a scenario adds."""

    a: int
    b: int
    kind: str
    start: int
    end: int
    source: str
    certain: bool


@dataclass
class World:
    """The force, its public and its work; scenarios add to it."""

    plan: Plan
    public: Public
    establishments: Establishments
    force: Force
    roster: Roster
    book: Casebook
    drafts: Drafts = field(default_factory=Drafts)
    records: Records = field(default_factory=Records)
    ties: list[Tie] = field(default_factory=list)
    holds: list[tuple[int, int]] = field(default_factory=list)  # (person, address) besides home
    episodes: list[Episode] = field(default_factory=list)
    look_alikes: list[LookAlike] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    _ties_of: dict[str, Any] = field(default_factory=dict)
    pending: list[Callable[[Callable[[Ints], Texts]], None]] = field(default_factory=list)
    serials: dict[str, int] = field(default_factory=dict)
    plain_spoken: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    """Officers who write one generic purpose under all their proper work."""
    sure: bool = True
    """Whether ties that scenarios call certain are; else they go missing like any other."""
    kept_rights: list[tuple[int, str]] = field(default_factory=list)
    """(officer, system): rights of an earlier post that nobody withdrew."""

    def serial(self, prefix: str) -> str:
        """The next identifier of a series, `<prefix>000001` first."""
        self.serials[prefix] = self.serials.get(prefix, 0) + 1
        return f"{prefix}{self.serials[prefix]:06d}"

    def befriend(
        self,
        rng: np.random.Generator,
        a: int,
        b: int,
        kind: str,
        *,
        source: str = "訪查紀錄",
        certain: bool = False,
    ) -> None:
        """Tie two persons since some time before the period."""
        since = self.plan.begin - int(rng.integers(100, 3500)) * DAY
        self.ties.append(Tie(a, b, kind, since, NEVER, source, certain and self.sure))

    def strangers(self, rng: np.random.Generator, district: int, n: int) -> list[int]:
        """`n` different adults of a district who are not on the force."""
        adults = self.public.adults_by_district[district]
        drawn = adults[rng.choice(len(adults), n + 30, replace=False)]
        strangers = drawn[~np.isin(drawn, self.force.person)]
        return [int(person) for person in strangers[:n]]

    def part(self, a: int, b: int, kind: str, *, days_ago: int, years: int) -> None:
        """Tie two persons for some years, until so many days before the period."""
        until = self.plan.begin - days_ago * DAY
        self.ties.append(
            Tie(a, b, kind, until - years * 365 * DAY, until, "訪查紀錄", certain=False)
        )

    def choose(self, rng: np.random.Generator, officers: Ints) -> int:
        """One of these officers who plays no part elsewhere yet, else any; taken from now on."""
        free = [o for o in officers.tolist() if o not in self.taken]
        pool = free or officers.tolist()
        officer = int(pool[int(rng.integers(len(pool)))])
        self.taken.add(officer)
        return officer

    def on_duty(
        self, rng: np.random.Generator, officer: int, low: int, high: int, *acts: int
    ) -> int:
        """A moment in `[low, high)` at which an officer does one of these acts, else any moment."""
        row = self.roster.a_duty(rng, officer, low, high, acts)
        if row == NOBODY:
            return int(rng.integers(low, max(high, low + 1)))
        return int(rng.integers(self.roster.start[row], self.roster.end[row]))

    def known_to(self, person: int, kind: str) -> Ints:
        """Adults to whom a person is tied in this way, ties that scenarios add left out."""
        if not self._ties_of:
            ties = self.public.ties
            one, other = np.concatenate([ties.a, ties.b]), np.concatenate([ties.b, ties.a])
            order = np.argsort(one, kind="stable")
            kinds = np.concatenate([ties.kind, ties.kind])
            self._ties_of = {"one": one[order], "other": other[order], "kind": kinds[order]}
        found = slice(*np.searchsorted(self._ties_of["one"], [person, person + 1]))
        others = self._ties_of["other"][found][self._ties_of["kind"][found] == kind]
        return np.asarray(others[self.public.age[others] >= 18], dtype=np.int64)

    def begin_episode(self, episode: Episode) -> int:
        """Enter an episode in the truth; its number."""
        self.episodes.append(episode)
        return len(self.episodes) - 1

    def begin_look_alike(self, look_alike: LookAlike) -> int:
        """Enter a look-alike in the truth; its number."""
        self.look_alikes.append(look_alike)
        return len(self.look_alikes) - 1

    def own_case(self, rng: np.random.Generator, officer: int) -> tuple[int, int, int] | None:
        """One case of an officer that is open in the period: its number, from when, until when."""
        case, worker, _ = self.book.officers()
        columns = self.book.columns()
        own = case[worker == officer]
        low = np.maximum(columns["opened"][own], self.plan.begin)
        closed = columns["closed"][own]
        high = np.where(closed == NEVER, self.plan.end, np.minimum(closed, self.plan.end))
        high = np.maximum(high, np.minimum(low + DAY, self.plan.end))
        open_ = np.flatnonzero((columns["opened"][own] < self.plan.end - DAY) & (high > low + HOUR))
        if not len(open_):
            return None
        chosen = int(open_[int(rng.integers(len(open_)))])
        return int(own[chosen]), int(low[chosen]), int(high[chosen])

    def within(self, at: int) -> int:
        """The moment, moved into the period where it lies beside it."""
        return min(max(at, self.plan.begin), self.plan.end - 1)

    def officer_id(self, officer: int) -> str:
        """The number on an officer's badge, empty for nobody."""
        return "" if officer == NOBODY else str(self.force.officer_id[officer])
