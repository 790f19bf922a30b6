"""The Cypher analyses against NetworkX and plain Python on small random forces."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from linkgraph.analyses.cypher import cypher_folder, parse_cypher
from linkgraph.graph.branches import live
from linkgraph.graph.embedded import EmbeddedStore
from linkgraph.graph.ring import ASKED, POSTED, TOGETHER, shared
from tests.support.graph import Tie, projection, tie

Hit = tuple[str, str, str]

OFFICERS, PERSONS, UNITS, ORGANISATIONS = 8, 40, 3, 6


@dataclass
class Drawn:
    """A random force: who is who, tied, posted, employed, at home, looked up; with intervals."""

    person: dict[str, str]
    ties: dict[tuple[str, str], tuple[int, int]]
    roles: dict[tuple[str, str], tuple[int, int]]
    homes: dict[tuple[str, str], tuple[int, int]]
    posted: dict[str, str]
    asked: dict[tuple[str, str], int]
    debts: frozenset[tuple[str, str]]
    last: dict[tuple[str, str], int]
    assigned: dict[tuple[str, str], tuple[int, int]]
    involved: frozenset[tuple[str, str]]

    def all(self) -> list[Tie]:
        def span(interval: tuple[int, int]) -> dict[str, int]:
            return {"start": interval[0], "end": interval[1]}

        return [
            *(tie("IS", f"officer:{o}", f"person:{p}") for o, p in self.person.items()),
            *(
                tie("TIE", f"person:{a}", f"person:{b}", **span(i), kind=self.kind((a, b)))
                for (a, b), i in self.ties.items()
            ),
            *(
                tie("HAS_ROLE", f"person:{p}", f"organisation:{g}", **span(i))
                for (p, g), i in self.roles.items()
            ),
            *(
                tie("LIVES_AT", f"person:{p}", f"address:{a}", **span(i))
                for (p, a), i in self.homes.items()
            ),
            *(tie("POSTED_TO", f"officer:{o}", f"unit:{u}") for o, u in self.posted.items()),
            *(
                tie(
                    "LOOKED_UP",
                    f"officer:{o}",
                    f"person:{p}",
                    n=n,
                    unexplained=n - 1,
                    first_at=0,
                    last_at=self.last[o, p],
                )
                for (o, p), n in self.asked.items()
            ),
            *(
                tie("ASSIGNED_TO", f"officer:{o}", f"case:{c}", **span(i))
                for (o, c), i in self.assigned.items()
            ),
            *(tie("INVOLVES", f"case:{c}", f"person:{p}") for c, p in sorted(self.involved)),
        ]

    def kind(self, pair: tuple[str, str]) -> str:
        return "creditor" if pair in self.debts else "friend"

    def graph(self) -> nx.Graph[str]:
        graph: nx.Graph[str] = nx.Graph()
        for (a, b), (start, end) in self.ties.items():
            graph.add_edge(a, b, start=start, end=end)
        return graph


def draw(seed: int) -> Drawn:
    dice = random.Random(seed)
    officers = [f"O{i}" for i in range(OFFICERS)]
    persons = [f"P{i}" for i in range(PERSONS)]

    def span() -> tuple[int, int]:
        start = dice.randrange(50)
        return start, start + dice.randrange(30, 90)

    def some(pairs: list[tuple[str, str]], share: float) -> list[tuple[str, str]]:
        return [pair for pair in pairs if dice.random() < share]

    couples = [(a, b) for a, b in product(persons, persons) if a < b]
    cases = [f"C{i}" for i in range(6)]
    tied = some(couples, 0.05)
    made = Drawn(
        dict(zip(officers, persons, strict=False)),
        {pair: span() for pair in tied},
        {p: span() for p in some(list(product(persons, (f"G{i}" for i in range(6)))), 0.07)},
        {(p, f"A{dice.randrange(15)}"): span() for p in persons},
        {o: f"U{dice.randrange(UNITS)}" for o in officers},
        {p: dice.randrange(1, 4) for p in some(list(product(officers, persons)), 0.3)},
        frozenset(some(tied, 0.5)),
        {},
        {p: span() for p in some(list(product(officers, cases)), 0.3)},
        frozenset(some(list(product(cases, persons)), 0.2)),
    )
    made.last.update({pair: dice.randrange(150) for pair in made.asked})
    return made


@pytest.fixture(params=range(6))
def drawn(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Drawn, EmbeddedStore]]:
    made = draw(request.param)
    store = EmbeddedStore(tmp_path / "g.lbdb")
    store.load(projection(tmp_path / "p", made.all()))
    yield made, store
    store.close()


def rows(store: EmbeddedStore, name: str, k: int = 2, **given: Any) -> list[dict[str, Any]]:
    analysis = parse_cypher(cypher_folder() / "analyses" / f"{name}.cypher")
    values = {**analysis.header.parameters, "k": k, "period_start": 0, "period_end": 1000, **given}
    return [
        row
        for branch in live(analysis.query, values)
        for row in store.rows(branch, values).to_dict("records")
    ]


def routes(made: Drawn, person: str, k: int) -> Iterator[tuple[str, ...]]:
    """Simple paths of up to k ties from a person."""
    graph = made.graph()
    if person not in graph:
        return
    for target in graph:
        if target != person:
            for path in nx.all_simple_paths(graph, person, target, cutoff=k):
                yield tuple(path)


def holds(made: Drawn, route: tuple[str, ...]) -> tuple[int, int]:
    graph = made.graph()
    edges = [graph.edges[a, b] for a, b in pairwise(route)]
    return max(e["start"] for e in edges), min(e["end"] for e in edges)


@pytest.mark.parametrize("k", [1, 2, 3])
def test_circles_are_the_simple_paths_of_k_ties(drawn: tuple[Drawn, EmbeddedStore], k: int) -> None:
    made, store = drawn
    expected = sorted(
        (officer, route[1], route[-1], len(route) - 1, *holds(made, route))
        for officer, person in made.person.items()
        for route in routes(made, person, k)
        if (officer, route[-1]) in made.asked
    )
    found = rows(store, "circle", k)
    assert expected == sorted(
        (r["officer_id"], r["anchor_id"], r["person_id"], r["distance"], r["start"], r["end"])
        for r in found
    )
    graph = made.graph()
    for row in found:
        me = made.person[row["officer_id"]]
        assert row["direct"] == graph.has_edge(me, row["person_id"])
        assert row["searched"] == graph.degree(me)
        near = {row["anchor_id"]} | (set(graph[row["anchor_id"]]) - {me})
        assert row["size"] == (1 if k == 1 else len(near)) if k < 3 else row["size"] >= len(near)


def test_a_mates_circle_is_his_two_ties_less_the_holders_own(
    drawn: tuple[Drawn, EmbeddedStore],
) -> None:
    made, store = drawn
    circle = {o: {r[-1] for r in routes(made, p, 2)} for o, p in made.person.items()}
    homes: dict[str, set[str]] = {}
    for person, address in made.homes:
        homes.setdefault(address, set()).add(person)
    for officer, person in made.person.items():
        circle[officer] |= {person}.union(*(who for who in homes.values() if person in who))
    expected = {
        (holder, mate, route[-1])
        for holder, mate in product(made.person, made.person)
        if holder != mate and made.posted[holder] == made.posted[mate]
        for route in routes(made, made.person[mate], 2)
        if (holder, route[-1]) in made.asked and route[-1] not in circle[holder]
    }
    found = rows(store, "mate_circle")
    assert {(r["officer_id"], r["requester_id"], r["person_id"]) for r in found} == expected
    for row in found:
        unit = made.posted[row["officer_id"]]
        assert row["searched"] == sum(u == unit for u in made.posted.values()) - 1


def test_linked_organisations_are_by_own_role_household_or_tie(
    drawn: tuple[Drawn, EmbeddedStore],
) -> None:
    made, store = drawn
    people: dict[str, set[str]] = {}
    for person, organisation in made.roles:
        people.setdefault(organisation, set()).add(person)
    expected: set[Hit] = set()
    for officer, me in made.person.items():
        linking = {me} | (set(made.graph()[me]) if me in made.graph() else set())
        linking |= {
            other
            for (one, at), (other, there) in product(made.homes, made.homes)
            if one == me and at == there and _overlap(made.homes[one, at], made.homes[other, there])
        }
        for organisation, members in people.items():
            if members & linking:
                expected |= {
                    (officer, organisation, person)
                    for person in members - {me}
                    if (officer, person) in made.asked
                }
    found = rows(store, "organisation")
    ours = {(r["officer_id"], r["anchor_id"], r["person_id"]) for r in found}
    assert ours == expected
    assert all(r["size"] == len(people[r["anchor_id"]]) for r in found)


def test_hubs_are_other_organisations_with_three_unexplained_look_ups(
    drawn: tuple[Drawn, EmbeddedStore],
) -> None:
    made, store = drawn
    graph = made.graph()
    expected: set[Hit] = set()
    for officer, me in made.person.items():
        near = {me} | (set(graph[me]) if me in graph else set())
        near |= {o for (m, a), (o, b) in product(made.homes, made.homes) if m == me and a == b}
        for organisation in {g for _, g in made.roles}:
            members = {p for p, g in made.roles if g == organisation}
            unexplained = sum(made.asked.get((officer, p), 1) - 1 for p in members)
            if unexplained >= 3 and not members & near:
                expected |= {
                    (officer, organisation, p) for p in members if (officer, p) in made.asked
                }
    found = {(r["officer_id"], r["anchor_id"], r["person_id"]) for r in rows(store, "hub")}
    assert found == expected


def same_home(made: Drawn, me: str) -> dict[str, tuple[int, int]]:
    """Who lived with a person at one address at one time, and when."""
    found: dict[str, tuple[int, int]] = {}
    for (one, at), (other, there) in product(made.homes, made.homes):
        if one == me and other != me and at == there:
            mine, theirs = made.homes[one, at], made.homes[other, there]
            if _overlap(mine, theirs):
                found[other] = (max(mine[0], theirs[0]), min(mine[1], theirs[1]))
    return found


@pytest.mark.parametrize("k", [1, 2])
def test_conflicts_of_interest_are_own_cases_of_ones_circle(
    drawn: tuple[Drawn, EmbeddedStore], k: int
) -> None:
    made, store = drawn
    expected = []
    for (officer, case), (start, end) in made.assigned.items():
        me = made.person[officer]
        people = {p for c, p in made.involved if c == case and (officer, p) in made.asked}
        ways = [(me, 0, (start, end))] if me in people else []
        ways += [(r[-1], len(r) - 1, holds(made, r)) for r in routes(made, me, k)]
        ways += [(p, 1, when) for p, when in same_home(made, me).items()]
        expected += [
            (officer, case, person, distance, max(start, since), min(end, until))
            for person, distance, (since, until) in ways
            if person in people
        ]
    found = rows(store, "conflict_of_interest", k)
    assert sorted(expected) == sorted(
        (r["officer_id"], r["anchor_id"], r["person_id"], r["distance"], r["start"], r["end"])
        for r in found
    )


@pytest.mark.parametrize("most", [2, 20])
def test_a_ring_is_two_officers_on_three_uncommon_people(
    drawn: tuple[Drawn, EmbeddedStore], most: int
) -> None:
    made, store = drawn
    officers = {p: sum(q == p for _, q in made.asked) for _, p in made.asked}
    open_ = {
        o: {p for (q, p), n in made.asked.items() if q == o and n > 1 and officers[p] <= most}
        for o in made.person
    }
    expected = {
        (one, other, person)
        for one, other in product(made.person, made.person)
        if one != other and len(open_[one] & open_[other]) >= 3
        for person in open_[one] & open_[other]
    }
    frame = shared(
        store.rows(ASKED, {}),
        store.rows(POSTED, {}),
        store.rows(TOGETHER, {}),
        min_shared=3,
        max_officers=most,
        occasion_hours=-1,
        level=1e9,
    )
    found = frame.to_dict("records")
    assert {(r["officer_id"], r["anchor_id"], r["person_id"]) for r in found} == expected
    assert all(r["size"] == len(open_[r["officer_id"]] & open_[r["anchor_id"]]) for r in found)


def test_former_partners_are_looked_up_after_the_tie_or_the_home_had_ended(
    drawn: tuple[Drawn, EmbeddedStore],
) -> None:
    made, store = drawn
    expected = set()
    for officer, me in made.person.items():
        ends = [(p, made.ties[t][1]) for t in made.ties for p in t if me in t and p != me]
        ends += [(p, when[1]) for p, when in same_home(made, me).items()]
        expected |= {
            (officer, person, end)
            for person, end in ends
            if made.asked.get((officer, person), 0) > 2 and made.last[officer, person] >= end
        }
    found = rows(store, "former_partner", min_hits=2, min_days=0)
    assert {(r["officer_id"], r["person_id"], r["end"]) for r in found} == expected
    assert rows(store, "former_partner", min_hits=2) == []


def test_applicants_and_debtors_are_three_people_of_one_kind(
    drawn: tuple[Drawn, EmbeddedStore],
) -> None:
    made, store = drawn
    debtors: dict[str, set[str]] = {}
    for one, other in made.debts:
        for person, via in ((one, other), (other, one)):
            for holder, organisation in made.roles:
                if holder == via:
                    debtors.setdefault(organisation, set()).add(person)
    expected: set[tuple[str, str, str, int]] = set()
    for officer, organisation in product(made.person, {g for _, g in made.roles}):
        seen = {p for (o, p), n in made.asked.items() if o == officer and n > 1}
        members = {p for p, g in made.roles if g == organisation}
        for people, distance in ((members, 1), (debtors.get(organisation, set()), 2)):
            if len(people & seen) >= 3:
                expected |= {(officer, organisation, p, distance) for p in people & seen}
    found = rows(store, "applicants")
    assert expected == {
        (r["officer_id"], r["anchor_id"], r["person_id"], r["distance"]) for r in found
    }


def test_a_union_run_whole_gives_what_its_branches_give(
    drawn: tuple[Drawn, EmbeddedStore],
) -> None:
    _, store = drawn
    for name in (
        "applicants",
        "circle",
        "conflict_of_interest",
        "former_partner",
        "mate_circle",
        "mate_organisation",
        "organisation",
    ):
        analysis = parse_cypher(cypher_folder() / "analyses" / f"{name}.cypher")
        values = {**analysis.header.parameters, "k": 3, "period_start": 0, "period_end": 1000}
        whole = store.rows(analysis.query, values).to_dict("records")
        parts = rows(store, name, 3)
        assert sorted(map(str, whole)) == sorted(map(str, parts)), name


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
