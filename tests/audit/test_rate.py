"""The rate and its limits: known values, sampled strata, and coverage over simulated months."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.audit import jeffreys, simulate
from linkgraph.audit.rate import rate


def test_each_answer_stands_for_the_look_ups_of_its_unit() -> None:
    made = rate([1000, 200], [10, 20], [1, 2])
    assert float(made.rate) == pytest.approx((1 / 10 * 1000 + 2 / 20 * 200) / 1200)


def test_with_one_stratum_the_limits_are_those_of_jeffreys() -> None:
    """Brown, Cai & DasGupta (2001): Beta(x + 1/2, n - x + 1/2); here 2 of 100, 90 %."""
    made = rate([10_000_000], [100], [2])
    assert float(made.low) == pytest.approx(0.00577, abs=2e-4)
    assert float(made.high) == pytest.approx(0.05401, abs=1e-3)


def test_when_none_is_found_the_upper_limit_is_not_zero() -> None:
    made = rate([100_000], [1000], [0])
    assert float(made.rate) == 0
    assert float(made.low) == 0
    assert 0.0015 < float(made.high) < 0.003


def test_a_whole_count_has_no_interval() -> None:
    made = rate([40, 10], [40, 10], [3, 0])
    assert float(made.low) == pytest.approx(float(made.high)) == pytest.approx(3 / 50)


def test_no_limit_lies_below_what_was_found() -> None:
    made = rate([20], [19], [3])
    assert float(made.low) >= 3 / 20


def test_a_unit_without_an_answer_is_taken_to_be_like_the_others() -> None:
    assert float(rate([100, 50], [10, 0], [1, 0]).rate) == pytest.approx(0.1)


def test_without_any_answer_nothing_is_known() -> None:
    made = rate([100, 50], [0, 0], [0, 0])
    assert np.isnan(made.rate)
    assert (float(made.low), float(made.high)) == (0.0, 1.0)


@pytest.mark.parametrize("seed", [3, 4])
def test_the_interval_covers_the_truth_about_as_often_as_it_says(seed: int) -> None:
    random = np.random.default_rng(seed)
    months = simulate(1000, 10 ** random.uniform(-4, -2, 400), random)
    low, high = jeffreys(months.population, months.answered, months.found)
    covered = np.mean((low <= months.truth) & (months.truth <= high))
    assert 0.85 < covered < 0.96
