"""Work that a unit shares: an inspection, a task force or a vetting, not one officer's interest.

Where a case of the officer's unit names three or more people of an organisation, or three or
more officers of the unit each looked up two or more of its people within thirty days, all such
hits of the organisation's set count as one, less four bits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibis
import pandas as pd

from linkgraph.leads.pairs import Pairs, memtable

if TYPE_CHECKING:
    from linkgraph.ledger import Ledger
    from linkgraph.screen import Screening

PEOPLE_IN_CASE = 3
OFFICERS = 3
PEOPLE_EACH = 2
WINDOW = 30 * 24 * 3_600_000_000


def shared_work(
    ledger: Ledger, screening: Screening, pairs: Pairs, organisations: pd.DataFrame
) -> frozenset[tuple[str, int, int]]:
    """(organisation id, officer key, person key) of hits that look like shared work.

    `organisations`: organisation_id, person_key: whom each set of an organisation held, the
    people with a role there included.  Explained look-ups count as work of the unit too.
    """
    if organisations.empty:
        return frozenset()
    members = memtable(organisations.drop_duplicates())
    units = screening.lookups.select("lookup_key", "unit_key").filter(ibis._.unit_key.notnull())
    asked = pairs.asked.join(members, pairs.asked.target_key == members.person_key)
    asked = asked.join(units, "lookup_key")
    asked = asked.select("organisation_id", "unit_key", "officer_key", "person_key", "at")
    return frozenset(_by_case(ledger, asked, members) | _by_colleagues(asked))


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


def _by_colleagues(asked: Any) -> set[tuple[str, int, int]]:
    each = asked.group_by("organisation_id", "unit_key", "officer_key").aggregate(
        people=asked.person_key.nunique()
    )
    each = each.filter(each.people >= PEOPLE_EACH)
    units = each.group_by("organisation_id", "unit_key").aggregate(officers=each.count())
    units = units.filter(units.officers >= OFFICERS)
    rows = asked.semi_join(units, ["organisation_id", "unit_key"])
    rows = rows.semi_join(each, ["organisation_id", "unit_key", "officer_key"])
    frame = (
        rows.distinct()
        .to_pandas()
        .sort_values(["organisation_id", "unit_key", "at", "officer_key", "person_key"])
    )
    found: set[tuple[str, int, int]] = set()
    for (organisation, _), part in frame.groupby(["organisation_id", "unit_key"], sort=True):
        for officer, person in _together(part):
            found.add((str(organisation), officer, person))
    return found


def _together(part: pd.DataFrame) -> set[tuple[int, int]]:
    """(officer, person) within any thirty days in which three officers met two people each."""
    at = part["at"].tolist()
    officers = part["officer_key"].tolist()
    persons = part["person_key"].tolist()
    held: dict[int, dict[int, int]] = {}
    full = 0
    found: set[tuple[int, int]] = set()
    first = 0
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
        if full >= OFFICERS:
            for officer, people in held.items():
                if len(people) >= PEOPLE_EACH:
                    found.update((officer, person) for person in people)
    return found


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
