"""Bits of a set: the formula written out, the charge for the search, what a hit must be worth."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkgraph.leads.sets import Candidate, Hit, score

SPARE = frozenset({901, 902, 903})


def hit(
    person: int,
    rate: float = 0.01,
    *,
    direct: bool = False,
    context: tuple[tuple[str, float], ...] = (),
    lookups: Sequence[int] = (),
    shared: float | None = None,
    officer: int = 1,
) -> Hit:
    keys = frozenset(lookups or [person * 10])
    return Hit(officer, person, rate, direct, context, keys, ("officer:O1",), shared)


def candidate(*hits: Hit, size: int = 6, searched: int = 1, prior: float = 0.25) -> Candidate:
    return Candidate("circle", "O1", 1, None, ("person", "P9"), size, searched, prior, tuple(hits))


def written_out(hits: Sequence[Hit], size: int, searched: int, prior: float) -> float:
    """DESIGN's formula, word by word."""
    total = 0.0
    for extra in (1, 2, 4, 8):
        a = min(extra / size, 0.5)
        exponent = 0.0
        for h in hits:
            c = sum(bits for _, bits in h.context)
            times = 3 if h.direct else 1
            exponent += math.log2(1 + times * a * 2**c / h.rate)
        exponent -= min(extra, size / 2) * math.log2(math.e)
        total += 2**exponent
    return math.log2(prior / searched) + math.log2(total / 4)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(1e-4, 0.02), st.booleans(), st.floats(-1.5, 5)),
        min_size=1,
        max_size=9,
    ),
    st.integers(1, 60),
    st.integers(1, 40),
)
def test_the_bits_are_those_of_the_formula(
    rows: list[tuple[float, bool, float]], size: int, searched: int
) -> None:
    hits = [hit(i, r, direct=d, context=(("x", c),)) for i, (r, d, c) in enumerate(rows)]
    size = max(size, len(hits))
    found = score(candidate(*hits, size=size, searched=searched))
    if found is None or len(found.counted) < len(hits):
        return  # some hit was worth less than a bit: tested below
    assert found.bits == pytest.approx(written_out(hits, size, searched, 0.25), abs=1e-9)


def test_twice_as_many_sets_searched_cost_one_bit() -> None:
    once = score(candidate(hit(1), searched=5))
    twice = score(candidate(hit(1), searched=10))
    assert once is not None
    assert twice is not None
    assert once.bits - twice.bits == pytest.approx(1.0)


def test_a_direct_tie_counts_three_times() -> None:
    found = score(candidate(hit(1, direct=True)))
    assert found is not None
    assert found.bits == pytest.approx(written_out([hit(1, direct=True)], 6, 1, 0.25))
    plain = score(candidate(hit(1)))
    assert plain is not None
    assert 1 < found.bits - plain.bits < math.log2(3) + 0.01


def test_several_independent_hits_count_together() -> None:
    one, three = score(candidate(hit(1))), score(candidate(hit(1), hit(2), hit(3)))
    assert one is not None
    assert three is not None
    assert three.bits > one.bits + 6


def test_a_hit_worth_less_than_a_bit_leaves_its_lead() -> None:
    found = score(candidate(hit(1), hit(2, rate=5.0)))
    assert found is not None
    assert [h.person_key for h in found.counted] == [1]
    assert found.bits == pytest.approx(written_out([hit(1)], 6, 1, 0.25))


def test_a_neighbour_whom_the_whole_precinct_checks_makes_no_lead() -> None:
    assert score(candidate(hit(1, rate=1.0, direct=False))) is None


def test_one_look_up_of_an_address_counts_for_one_of_its_residents() -> None:
    family = [hit(person, lookups=[7]) for person in (1, 2, 3, 4)]
    found = score(candidate(*family))
    assert found is not None
    assert len(found.counted) == 1
    assert found.taken == (frozenset({7}),)


def test_a_person_met_through_two_accounts_of_a_unit_counts_once_with_all_look_ups() -> None:
    found = score(candidate(hit(1, lookups=[1], officer=1), hit(1, lookups=[2], officer=2)))
    assert found is not None
    assert len(found.counted) == 1
    assert found.taken == (frozenset({1, 2}),)


def test_look_ups_that_are_gone_no_longer_count() -> None:
    whole = candidate(hit(1, lookups=[1, 2]), hit(2, lookups=[3]))
    found = score(whole, {3})
    assert found is not None
    assert [h.person_key for h in found.counted] == [1]
    assert score(whole, {1, 2, 3}) is None


def test_shared_work_counts_as_one_hit_less_four_bits() -> None:
    alone = [hit(i, rate=0.001) for i in (1, 2, 3)]
    together = [hit(i, rate=0.001, shared=math.inf) for i in (1, 2, 3)]
    free, shared = score(candidate(*alone, size=12)), score(candidate(*together, size=12))
    one = score(candidate(hit(1, rate=0.001), size=12))
    assert free is not None
    assert shared is not None
    assert one is not None
    assert shared.bits < free.bits - 10
    assert shared.bits == pytest.approx(one.bits - 4, abs=0.5)


def test_one_who_stands_out_among_the_sharers_counts_as_many() -> None:
    many = [hit(i, rate=0.001, shared=0.02) for i in range(1, 7)]
    few = [hit(i, rate=0.001, shared=2.0) for i in range(1, 7)]
    found, plain = score(candidate(*many, size=12)), score(candidate(*few, size=12))
    assert found is not None
    assert plain is not None
    by_sharers = [hit(i, rate=0.02) for i in range(1, 7)]
    assert found.bits == pytest.approx(written_out(by_sharers, 12, 1, 0.25) - 4, abs=0.05)
    assert plain.bits < found.bits - 10


def test_the_least_hit_is_weighed_with_its_context() -> None:
    assert score(candidate(hit(1, context=(("patrol_plate", -5.0),), rate=0.2))) is None
    assert score(candidate(hit(1, context=(("content_system", 3.0),), rate=0.2))) is not None


def at_night(person: int, *sessions: int, rate: float = 0.01) -> Hit:
    context = (("off_duty", 3.0), ("print_export", 1.0))
    return replace(hit(person, rate, context=context), sessions={"off_duty": frozenset(sessions)})


def test_three_people_looked_up_in_one_night_were_one_night() -> None:
    together = score(candidate(at_night(1, 7), at_night(2, 7), at_night(3, 7)))
    apart = score(candidate(at_night(1, 7), at_night(2, 8), at_night(3, 9)))
    once = score(
        candidate(
            at_night(1, 7),
            hit(2, context=(("print_export", 1.0),)),
            hit(3, context=(("print_export", 1.0),)),
        )
    )
    assert together
    assert apart
    assert once
    assert together.bits == once.bits
    assert together.bits < apart.bits - 4
    assert [dict(one.counts) for one in together.counted] == [
        {"off_duty": 3.0, "print_export": 1.0},
        {"print_export": 1.0},
        {"print_export": 1.0},
    ]


def test_the_strongest_hit_that_is_left_carries_what_is_of_the_session() -> None:
    source = candidate(at_night(1, 7, rate=0.001), at_night(2, 7))
    left = score(source, gone=frozenset({10}))
    assert left
    assert dict(left.counted[0].counts)["off_duty"] == 3.0
