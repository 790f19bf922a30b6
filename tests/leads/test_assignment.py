"""Each look-up is in one lead, the best first, and sets come before findings."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkgraph.leads.assignment import Taken, assign
from linkgraph.leads.findings import Finding, FindingPair, weigh
from linkgraph.leads.sets import Candidate, Hit, score
from linkgraph.leads.waterfall import waterfall


def hit(person: int, lookups: set[int], rate: float = 0.002) -> Hit:
    context = (("content_system", 1.5), ("patrol_plate", -0.5))
    return Hit(
        1, person, rate, False, context, frozenset(lookups), ("officer:O1", "x", f"p:{person}")
    )


def circle(anchor: str, *hits: Hit, searched: int = 3) -> Candidate:
    return Candidate("circle", "O1", 1, None, ("person", anchor), 5, searched, 0.25, hits)


def repeated(target: int, lookups: set[int], share: float = 0.001) -> Finding:
    pair = FindingPair(target, share, (("off_duty", 2.0),), frozenset(lookups))
    return Finding("repeated", "O1", 1, None, ("person", f"P{target}"), 100, (pair,))


def test_the_best_set_takes_a_look_up_and_the_other_is_weighed_without_it() -> None:
    large = circle("A", hit(1, {1}), hit(2, {2}), hit(3, {3}))
    small = circle("B", hit(3, {3}), hit(4, {4}))
    taken, over = assign([small, large], [], most=10)
    assert [t.source.anchor[1] for t in taken] == ["A", "B"]
    assert [sorted(t.lookups) for t in taken] == [[1, 2, 3], [4]]
    without = score(small, {3})
    assert without is not None
    assert taken[1].result.bits == pytest.approx(without.bits)
    assert over == 0


def test_a_finding_takes_only_what_sets_have_left() -> None:
    finding = repeated(1, {1, 2, 3, 4, 5}, share=1e-9)
    taken, _ = assign([circle("A", hit(1, {1, 2}))], [finding], most=10)
    assert [(t.source.kind, sorted(t.lookups)) for t in taken] == [
        ("repeated", [3, 4, 5]),
        ("circle", [1, 2]),
    ]


def test_fewer_than_three_look_ups_left_are_no_repeat() -> None:
    assert weigh(repeated(1, {1, 2, 3}), {1}) is None
    assert weigh(repeated(1, {1, 2, 3})) is not None


def test_a_finding_subtracts_the_charge_for_all_pairs_of_the_officer() -> None:
    found = weigh(repeated(1, {1, 2, 3}))
    assert found is not None
    assert found.bits == pytest.approx(-6 - 6.6438562 + 9.9657843 + 2.0)


def test_at_most_so_many_leads_are_made_and_the_rest_is_counted() -> None:
    sets = [circle(str(i), hit(i, {i})) for i in range(6)]
    taken, over = assign(sets, [], most=4)
    assert len(taken) == 4
    assert over == 2


def forces() -> st.SearchStrategy[list[Candidate | Finding]]:
    look_ups = st.sets(st.integers(1, 25), min_size=1, max_size=4)
    sets = st.lists(
        st.lists(
            st.tuples(st.integers(1, 12), look_ups),
            min_size=1,
            max_size=4,
            unique_by=lambda h: h[0],
        ),
        max_size=8,
    )
    found = st.lists(st.sets(st.integers(1, 25), min_size=3, max_size=6), max_size=4)
    return st.builds(
        lambda s, f: [
            *(circle(f"C{i}", *(hit(p, k) for p, k in hits)) for i, hits in enumerate(s)),
            *(repeated(i, keys) for i, keys in enumerate(f)),
        ],
        sets,
        found,
    )


def assigned(sources: list[Candidate | Finding]) -> list[Taken]:
    sets = [s for s in sources if isinstance(s, Candidate)]
    found = [s for s in sources if isinstance(s, Finding)]
    return assign(sets, found, most=100)[0]


@settings(max_examples=80, deadline=None)
@given(forces(), st.randoms(use_true_random=False))
def test_leads_are_disjoint_and_do_not_depend_on_the_order_given(
    sources: list[Candidate | Finding], shuffler: random.Random
) -> None:
    taken = assigned(sources)
    keys = [key for item in taken for key in item.lookups]
    assert len(keys) == len(set(keys))
    assert [item.result.bits for item in taken] == sorted(
        (item.result.bits for item in taken), key=lambda b: -round(b, 2)
    )
    other = list(sources)
    shuffler.shuffle(other)
    assert [(t.source.order, t.lookups) for t in assigned(other)] == [
        (t.source.order, t.lookups) for t in taken
    ]


@settings(max_examples=80, deadline=None)
@given(forces())
def test_every_waterfall_sums_exactly_to_the_bits(sources: list[Candidate | Finding]) -> None:
    for item in assigned(sources):
        bits, steps = waterfall(
            item, lambda key: ("person", f"P{key}"), lambda keys: tuple(map(str, sorted(keys)))
        )
        assert bits == round(item.result.bits * 100) / 100
        assert round(sum(round(step.bits * 100) for step in steps)) == round(bits * 100)
        assert all(step.bits == round(step.bits, 2) for step in steps)
        assert steps[0].id == "search_charge"


def test_a_waterfall_names_subjects_context_and_what_is_left() -> None:
    (item,) = assigned([circle("A", hit(1, {1}), hit(2, {2}))])
    bits, steps = waterfall(
        item, lambda key: ("person", f"P{key}"), lambda keys: tuple(map(str, keys))
    )
    found = {step.id: step for step in steps}
    assert list(found) == [
        "search_charge",
        "subject:person:P1",
        "subject:person:P2",
        "content_system",
        "patrol_plate",
        "remainder",
    ]
    assert found["search_charge"].bits == pytest.approx(-3.58)
    assert found["search_charge"].measure == 3
    assert found["content_system"].bits > 0 > found["patrol_plate"].bits
    assert found["subject:person:P2"].path[-1] == "p:2"
    assert found["subject:person:P2"].lookup_ids == ("2",)
    assert bits > 5
