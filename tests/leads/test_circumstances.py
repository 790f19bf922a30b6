"""How indicators count together: nothing twice, once a session, no more than five bits."""

from __future__ import annotations

import pytest

from linkgraph.leads.circumstances import Counted, clipped, same_as, strongest_of_each


def test_context_is_clipped_to_five_bits_either_way() -> None:
    found = clipped((("a", 4.0), ("b", 6.0)))
    assert sum(b for _, b in found) == pytest.approx(5)
    assert dict(found)["b"] / dict(found)["a"] == pytest.approx(1.5)
    assert sum(b for _, b in clipped((("a", -4.0), ("b", -6.0)))) == pytest.approx(-5)
    assert clipped((("a", 2.0), ("b", -1.0))) == (("a", 2.0), ("b", -1.0))


def test_indicators_that_see_the_same_thing_count_once() -> None:
    items = [("content_system", 1.0), ("several_systems", 2.5), ("off_duty", 1.0)]
    assert strongest_of_each(items) == [("off_duty", 1.0), ("several_systems", 2.5)]


def test_what_sees_the_same_thing_goes_with_it() -> None:
    assert same_as({"off_duty", "print_export"}) == {"off_duty", "shared_device", "print_export"}
    assert same_as(()) == frozenset()


def in_sessions(*numbers: int) -> dict[str, frozenset[int]]:
    return {"off_duty": frozenset(numbers)}


def test_a_fact_of_a_session_counts_for_the_first_and_again_in_a_session_of_its_own() -> None:
    night = (("off_duty", 3.0),)
    counted = Counted()
    assert not counted.spent(night, in_sessions(1))
    assert counted.spent(night, in_sessions(1)) == {"off_duty"}
    assert not counted.spent(night, in_sessions(1, 2))
    assert counted.spent(night, in_sessions(2, 1)) == {"off_duty"}


def test_two_sights_of_one_fact_of_a_session_count_once() -> None:
    counted = Counted()
    assert not counted.spent((("off_duty", 3.0),), in_sessions(1))
    other = {"shared_device": frozenset({1})}
    assert counted.spent((("shared_device", 2.0),), other) == {"shared_device"}


def test_what_speaks_against_and_what_is_of_the_subject_count_for_every_hit() -> None:
    counted = Counted()
    for _ in range(2):
        assert not counted.spent((("off_duty", -1.0),), in_sessions(1))
        assert not counted.spent((("print_export", 2.0),), in_sessions(1))
