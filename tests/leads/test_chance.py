"""λ by hand: comparable officers, this one left out, district before force."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from linkgraph.leads.chance import FORCE_WEIGHT, Chance

PERSON, VEHICLE = 0, 1


def force(
    n_each: int, districts: tuple[int, ...] = (0, 1), per_officer: int = 100
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`n_each` officers per district, one unit per district, all of one role."""
    rows = [
        (district * 1000 + i, 0, district, district)
        for district in districts
        for i in range(n_each)
    ]
    officers = pd.DataFrame(rows, columns=["officer_key", "role", "district", "unit_key"])
    counts = officers[["officer_key"]].assign(kind=PERSON, n=per_officer)
    return officers, counts


def popularity(*rows: tuple[int, int, int, int]) -> pd.DataFrame:
    """Rows of target_key, district, unit_key, n; role 0, kind person."""
    frame = pd.DataFrame(rows, columns=["target_key", "district", "unit_key", "n"])
    return frame.assign(kind=PERSON, role=0).astype("int64")


def rate(chance: Chance, officer: int, target: int) -> float:
    row = pd.DataFrame({"officer_key": [officer], "target_key": [target], "kind": [PERSON]})
    return float(chance.of_officers(row).rate[0])


def test_the_rate_is_the_officers_pairs_times_the_share_of_the_others() -> None:
    officers, counts = force(50)
    chance = Chance(officers, counts, popularity((7, 0, 0, 4), (7, 1, 1, 2)))
    # By hand: 3 others of 49 in the district (4,900 pairs), 5 others of 99 in the force.
    weight = FORCE_WEIGHT * 9900 / 99
    expected = 100 * (3 + weight * 5 / 9900 + 0.5) / (4900 + weight)
    assert rate(chance, 0, 7) == pytest.approx(expected)


def test_the_officer_himself_is_left_out() -> None:
    officers, counts = force(50)
    alone = Chance(officers, counts, popularity((7, 0, 0, 1)))
    expected = 100 * 0.5 / (4900 + FORCE_WEIGHT * 100)
    assert rate(alone, 0, 7) == pytest.approx(expected)


def test_a_person_whom_the_whole_precinct_looks_up_is_expected() -> None:
    officers, counts = force(50)
    chance = Chance(officers, counts, popularity((7, 0, 0, 50)))
    assert rate(chance, 0, 7) > 0.7
    assert np.log2(1 + 0.5 / rate(chance, 0, 7)) < 1


def test_a_busier_officer_expects_more() -> None:
    officers, counts = force(50)
    busy = counts.assign(n=np.where(counts["officer_key"] == 0, 1000, counts["n"]))
    target = popularity((7, 0, 0, 1), (7, 1, 1, 0))
    ordinary = rate(Chance(officers, counts, target), 0, 7)
    assert rate(Chance(officers, busy, target), 0, 7) == pytest.approx(10 * ordinary)


def test_a_district_of_few_follows_the_force() -> None:
    officers, counts = force(100)
    few = officers.drop(officers.index[(officers["district"] == 1)][5:])
    target = popularity((7, 0, 0, 40), (7, 1, 1, 1))
    chance = Chance(few, counts[counts["officer_key"].isin(few["officer_key"])], target)
    without = Chance(few, counts, popularity((7, 0, 0, 0), (7, 1, 1, 1)))
    assert rate(chance, 1000, 7) > 10 * rate(without, 1000, 7)


def test_with_few_officers_of_the_role_all_roles_are_compared_and_it_is_said() -> None:
    officers, counts = force(50)
    officers.loc[officers["officer_key"] == 0, "role"] = 1
    row = pd.DataFrame({"officer_key": [0, 1], "target_key": [7, 7], "kind": [PERSON, PERSON]})
    found = Chance(officers, counts, popularity((7, 0, 0, 1))).of_officers(row)
    assert found.comparable.tolist() == [99, 98]
    lonely = Chance(officers.iloc[:1], counts.iloc[:1], popularity((7, 0, 0, 1)))
    assert lonely.of_officers(row.iloc[:1]).comparable.tolist() == [0]
    assert rate(lonely, 0, 7) == pytest.approx(0.5)


def test_a_units_rate_leaves_the_unit_out_and_takes_its_pairs() -> None:
    officers, counts = force(20, districts=(0, 1, 2))
    chance = Chance(officers, counts, popularity((7, 0, 0, 6), (7, 1, 1, 3)))
    row = pd.DataFrame({"officer_key": [0], "target_key": [7], "kind": [PERSON]})
    found = chance.of_unit(row, pd.Series([5]))
    # Outside the unit: 3 of 40 officers, 4,000 pairs, none of them in the unit's district.
    weight = FORCE_WEIGHT * 4000 / 40
    share = (weight * 3 / 4000 + 0.5) / weight
    assert found.rate[0] == pytest.approx(1900 * share)
