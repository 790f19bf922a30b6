"""Leaving a part of the method out changes what it should, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from linkgraph.leads.assignment import assign
from linkgraph.leads.method import ABLATIONS, FIXED_U, WHOLE, Method
from linkgraph.leads.sets import Candidate, Hit, score


def hit(person: int, rate: float = 0.01, shared: float | None = None) -> Hit:
    return Hit(
        officer_key=1,
        person_key=person,
        rate=rate,
        direct=False,
        context=(),
        lookups=frozenset({person}),
        path=(),
        shared=shared,
    )


FRIENDS = Candidate(
    kind="circle",
    officer_id="O1",
    officer_key=1,
    requester_id=None,
    anchor=("person", "P0"),
    size=10,
    searched=16,
    prior=0.25,
    hits=(hit(1), hit(2, rate=0.001), hit(3)),
)


def bits(method: Method) -> float:
    result = score(method.sets([FRIENDS])[0])
    assert result is not None
    return result.bits


def test_the_whole_method_leaves_sets_as_they_are() -> None:
    assert WHOLE.sets([FRIENDS]) == [FRIENDS]


def test_where_one_hit_counts_it_is_the_strongest() -> None:
    (made,) = ABLATIONS["one hit counts"].sets([FRIENDS])
    assert [h.person_key for h in made.hits] == [2]
    assert bits(ABLATIONS["one hit counts"]) < bits(WHOLE)


def test_without_the_charge_sixteen_sets_cost_nothing() -> None:
    assert bits(ABLATIONS["no search charge"]) == pytest.approx(bits(WHOLE) + 4)


def test_one_lead_per_officer_is_his_best() -> None:
    other = replace(FRIENDS, anchor=("person", "P9"), hits=(hit(7),))
    taken, _ = assign([other, FRIENDS], [], most=10)
    kept = ABLATIONS["one lead per officer"].kept(taken)
    assert len(taken) == 2
    assert [item.source for item in kept] == [FRIENDS]


def test_fixed_u_is_the_same_for_every_indicator() -> None:
    rows = pd.DataFrame({"indicator_id": ["off_duty", "print_export"], "u": [0.5, 0.001]})
    assert set(ABLATIONS["fixed u"].shares(rows)["u"]) == {FIXED_U}
    assert set(WHOLE.shares(rows)["u"]) == {0.5, 0.001}


def test_each_ablation_leaves_out_one_part() -> None:
    whole = vars(WHOLE)
    for method in ABLATIONS.values():
        assert sum(vars(method)[name] != whole[name] for name in whole) == 1
