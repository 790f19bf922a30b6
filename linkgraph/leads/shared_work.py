"""Work that a unit shares: an inspection, a task force or a vetting, not one officer's interest.

Where a case of the officer's unit names three or more people of an organisation, or three or
more officers of the unit each looked up two or more of its people within thirty days, the hits
of the organisation's set look like shared work: they count as one, less four bits.  So do the
hits of a unit, or of an officer assigned, while an order for an inspection, a vetting or an
operation names the organisation itself.

Two things the bare rule lacks, without which a dense log hides everything behind it:

* In a small place every station meets the people of every shop within thirty days.  The rule
  does not hold where locality accounts for the colleagues: E of them are expected from what the
  district looks up outside the unit (as λ is measured), and as many would be no surprise.
* One who runs the place does not look it up as his colleagues do.  For each shared hit λ is
  also measured among the sharers: N(o) times the share of their pairs that fall on one person
  of the organisation, the officer left out.  Who stands out even so counts by that λ.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis
import numpy as np
import pandas as pd

from linkgraph.leads.chance import Chance
from linkgraph.leads.pairs import Pairs, memtable

if TYPE_CHECKING:
    from linkgraph.ledger import Ledger
    from linkgraph.screen import Screening

PEOPLE_IN_CASE = 3
OFFICERS = 3
PEOPLE_EACH = 2
LEVEL = 0.2
"""As many colleagues are no surprise if locality alone would give them this often."""
WINDOW = 30 * 24 * 3_600_000_000
BEFORE_ORDER = 2 * 24 * 3_600_000_000
"""Lists are drawn up a day or two before an order is signed."""
ORDERS = (
    "inspection",
    "vetting",
    "screening",
    "programme",
    "program",
    "operation",
    "task_force",
    "專案",
    "專案小組",
    "臨檢",
    "擴大臨檢",
    "清查",
    "安全查核",
)
"""Kinds of case that are an order to look into a place rather than into a person."""


@dataclass(frozen=True)
class Sharing:
    """Why a hit looks like shared work, and λ among the sharers.

    A sharer's `own` pairs times the share of the others' (`hits` of their `pairs` fall on the
    organisation's `people`) that fall on one person.  All 0 where only a case says so: then λ is
    infinite, and the hits count as one.
    """

    own: int = 0
    hits: int = 0
    pairs: int = 0
    people: int = 0

    @property
    def rate(self) -> float:
        """λ among the sharers."""
        if not self.people:
            return math.inf
        return self.own * (self.hits + 0.5) / (self.pairs * self.people)


Shared = dict[tuple[str, int, int], Sharing]
"""(organisation id, officer key, person key) -> why the hit looks like shared work."""


def shared_work(
    ledger: Ledger,
    screening: Screening,
    pairs: Pairs,
    organisations: pd.DataFrame,
    chance: Chance,
) -> Shared:
    """The hits that look like shared work.

    `organisations`: organisation_id, person_key: whom each set of an organisation held, the
    people with a role there included.  Explained look-ups count as work of the unit too.
    """
    if organisations.empty:
        return {}
    members = memtable(organisations.drop_duplicates())
    units = screening.lookups.select("lookup_key", "unit_key").filter(ibis._.unit_key.notnull())
    asked = pairs.asked.join(members, pairs.asked.target_key == members.person_key)
    asked = asked.join(units, "lookup_key")
    asked = asked.select("organisation_id", "unit_key", "officer_key", "person_key", "at")
    locality = _Locality(pairs, organisations, chance)
    by_case = dict.fromkeys(_by_case(ledger, asked, members), Sharing())
    by_order = dict.fromkeys(_by_order(ledger, asked), Sharing())
    return by_case | by_order | _by_colleagues(asked, locality)


def _by_case(ledger: Ledger, asked: Any, members: Any) -> set[tuple[str, int, int]]:
    if not (ledger.has("cases") and ledger.has("case_subjects")):
        return set()
    named = ledger.table("case_subjects").select("case_key", person_key=ibis._.subject_key)
    named = named.distinct().join(members, "person_key")
    cases = ledger.table("cases").select("case_key", "unit_key")
    named = named.join(cases, "case_key").filter(ibis._.unit_key.notnull())
    named = named.select("organisation_id", "case_key", "unit_key", "person_key")
    large = named.group_by("organisation_id", "case_key", "unit_key").aggregate(
        n=named.person_key.nunique()
    )
    large = large.filter(large.n >= PEOPLE_IN_CASE)
    people = named.semi_join(large, ["organisation_id", "case_key", "unit_key"])
    people = people.select("organisation_id", "unit_key", "person_key").distinct()
    rows = asked.semi_join(people, ["organisation_id", "unit_key", "person_key"])
    return _triples(rows.select("organisation_id", "officer_key", "person_key").distinct())


def _by_order(ledger: Ledger, asked: Any) -> set[tuple[str, int, int]]:
    """Hits of the unit that an order names, of units below it, and of officers assigned to it."""
    if not (ledger.has("cases") and ledger.has("case_subjects")):
        return set()
    cases = ledger.table("cases")
    orders = cases.filter(cases.kind.strip().lower().isin(ORDERS))
    orders = orders.select(
        "case_key",
        "unit_key",
        since=orders.opened_at - BEFORE_ORDER,
        until=ibis.coalesce(orders.closed_at, orders.opened_at) + WINDOW,
    )
    named = ledger.table("case_subjects").filter(ibis._.subject_kind == "organisation")
    orders = orders.join(named.select("case_key", organisation_id=named.subject_id), "case_key")
    units = ledger.table("units").select("unit_key", "parent_unit_key")
    below = orders.join(units, orders.unit_key == units.parent_unit_key)
    below = below.select("organisation_id", "since", "until", unit_key=below.unit_key_right)
    own = orders.select("organisation_id", "since", "until", "unit_key")
    officers = ledger.table("case_officers").select("case_key", "officer_key")
    members = orders.join(officers, "case_key")
    members = members.select("organisation_id", "since", "until", "officer_key")
    found = set()
    for ordered, key in ((ibis.union(own, below), "unit_key"), (members, "officer_key")):
        rows = asked.join(ordered, ["organisation_id", key])
        rows = rows.filter((rows["at"] >= rows.since) & (rows["at"] < rows.until))
        found |= _triples(rows.select("organisation_id", "officer_key", "person_key").distinct())
    return found


class _Locality:
    """How many officers of a unit would meet two people of an organisation within a window."""

    def __init__(self, pairs: Pairs, organisations: pd.DataFrame, chance: Chance) -> None:
        self._organisations = organisations.drop_duplicates()
        self._chance = chance
        self._span = pairs.span()
        places = pairs.officers[["officer_key", "unit_key"]]
        self._officers = pairs.sizes().merge(places, on="officer_key")
        self.sizes = dict(zip(self._officers["officer_key"], self._officers["n"], strict=True))
        self.people = organisations.groupby("organisation_id")["person_key"].nunique().to_dict()

    def improbable(self, busy: pd.DataFrame) -> pd.DataFrame:
        """`busy` (organisation_id, unit_key, n officers) that locality does not explain."""
        windows = max(1.0, self._span / WINDOW)
        people = busy.merge(self._organisations, on="organisation_id").rename(
            columns={"person_key": "target_key"}
        )
        people["share"] = self._chance.outside(people)
        shares = people.groupby(["organisation_id", "unit_key"], as_index=False)["share"].sum()
        each = shares.merge(self._officers, on="unit_key")
        rate = each["n"] * each["share"] / windows
        each["two"] = 1 - np.exp(-rate) * (1 + rate)
        expected = each.groupby(["organisation_id", "unit_key"], as_index=False)["two"].sum()
        busy = busy.merge(expected, on=["organisation_id", "unit_key"])
        chances = [poisson_tail(n, e) for n, e in zip(busy["n"], busy["two"], strict=True)]
        kept: pd.DataFrame = busy[np.array(chances) < LEVEL]
        return kept[["organisation_id", "unit_key"]]


def poisson_tail(n: int, mean: float) -> float:
    """P(X >= n) for a Poisson variable."""
    below = math.fsum(
        math.exp(i * math.log(mean) - mean - math.lgamma(i + 1)) if mean > 0 else float(i == 0)
        for i in range(n)
    )
    return max(0.0, 1.0 - below)


def _by_colleagues(asked: Any, locality: _Locality) -> Shared:
    each = asked.group_by("organisation_id", "unit_key", "officer_key").aggregate(
        people=asked.person_key.nunique()
    )
    each = each.filter(each.people >= PEOPLE_EACH)
    units = each.group_by("organisation_id", "unit_key").aggregate(officers=each.count())
    units = units.filter(units.officers >= OFFICERS)
    rows = asked.semi_join(units, ["organisation_id", "unit_key"])
    rows = rows.semi_join(each, ["organisation_id", "unit_key", "officer_key"])
    frame = rows.distinct().to_pandas()
    frame = frame.sort_values(["organisation_id", "unit_key", "at", "officer_key", "person_key"])
    by = ["organisation_id", "unit_key"]
    met = {key: _together(part) for key, part in frame.groupby(by, sort=True)}
    busy = pd.DataFrame(
        [(*key, most) for key, (most, found) in met.items() if found],
        columns=[*by, "n"],
    )
    if busy.empty:
        return {}
    shared: Shared = {}
    organisation: Any
    unit: Any
    for organisation, unit in locality.improbable(busy).itertuples(index=False):
        found = met[organisation, unit][1]
        rates = _among_sharers(found, locality.sizes, locality.people[organisation])
        for officer, person in found:
            key = (str(organisation), officer, person)
            shared[key] = max(shared.get(key, rates[officer]), rates[officer], key=_rate)
    return shared


def _among_sharers(
    found: set[tuple[int, int]], sizes: Mapping[int, int], people: int
) -> dict[int, Sharing]:
    """Of each sharer, what the others' pairs say of one person of the organisation."""
    hits = Counter(officer for officer, _ in found)
    pairs = {officer: sizes.get(officer, 1) for officer in hits}
    all_hits, all_pairs = sum(hits.values()), sum(pairs.values())
    return {
        officer: Sharing(
            pairs[officer], all_hits - n, max(all_pairs - pairs[officer], 1), max(people, 1)
        )
        for officer, n in hits.items()
    }


def _rate(sharing: Sharing) -> float:
    return sharing.rate


def _together(part: pd.DataFrame) -> tuple[int, set[tuple[int, int]]]:
    """The most officers who met two people each within any thirty days, and every (officer,
    person) of the windows in which at least three did."""
    at = part["at"].tolist()
    officers = part["officer_key"].tolist()
    persons = part["person_key"].tolist()
    held: dict[int, dict[int, int]] = {}
    full = most = first = 0
    found: set[tuple[int, int]] = set()
    for last in range(len(at)):
        while at[last] - at[first] > WINDOW:
            people = held[officers[first]]
            people[persons[first]] -= 1
            if not people[persons[first]]:
                del people[persons[first]]
                full -= len(people) == PEOPLE_EACH - 1
            first += 1
        people = held.setdefault(officers[last], {})
        known = people.get(persons[last], 0)
        people[persons[last]] = known + 1
        full += not known and len(people) == PEOPLE_EACH
        most = max(most, full)
        if full >= OFFICERS:
            for officer, people in held.items():
                if len(people) >= PEOPLE_EACH:
                    found.update((officer, person) for person in people)
    return most, found


def _triples(rows: Any) -> set[tuple[str, int, int]]:
    frame = rows.to_pandas()
    return set(
        zip(
            frame["organisation_id"].tolist(),
            frame["officer_key"].tolist(),
            frame["person_key"].tolist(),
            strict=True,
        )
    )
