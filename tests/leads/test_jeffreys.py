"""The upper bound of a share, against what is known of the beta distribution."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkgraph.leads.jeffreys import incomplete_beta, upper_bound


def test_the_bound_is_the_quantile_of_the_beta_distribution() -> None:
    # qbeta(0.95, k + 0.5, n - k + 0.5), from tables of R.
    found = upper_bound([0, 5, 1000], [10, 10, 1_000_000])
    assert found == pytest.approx([0.170773, 0.738078, 0.00105306], rel=1e-5)


def test_what_always_fires_has_the_share_one() -> None:
    assert upper_bound([7, 200], [7, 200]).tolist() == [1.0, 1.0]


def test_without_any_pair_to_compare_the_bound_is_close_to_one() -> None:
    assert upper_bound([0], [0])[0] > 0.99


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 5000), st.integers(1, 5000))
def test_the_bound_lies_above_the_share_and_solves_the_equation(k: int, more: int) -> None:
    n = k + more
    bound = upper_bound([k], [n])
    assert k / n < bound[0] < 1
    level = incomplete_beta(np.array([k + 0.5]), np.array([more + 0.5]), bound)
    assert level[0] == pytest.approx(0.95, abs=1e-9)
