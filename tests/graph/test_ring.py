"""Rings beyond what a unit explains."""

from __future__ import annotations

from itertools import count

import numpy as np
import pandas as pd
import pytest

from linkgraph.graph.ring import HOUR, shared, strongest

DAY = 24 * HOUR
Met = list[tuple[str, str, int]]
"""Officer, person, day of the look-up."""


def rings(
    met: Met, units: dict[str, str], together: tuple[tuple[str, str], ...] = (), **more: float
) -> pd.DataFrame:
    numbers = count()
    asked = pd.DataFrame(
        [(o, p, f"t{next(numbers)}", 1, day * DAY, day * DAY + 1) for o, p, day in met],
        columns=["officer_id", "person_id", "tie", "unexplained", "start", "end"],
    )
    posted = pd.DataFrame(
        [(o, u, 0, 1000 * DAY) for o, u in units.items()],
        columns=["officer_id", "unit_id", "since", "until"],
    )
    given = {"min_shared": 3, "max_officers": 20, "occasion_hours": 24, "level": 0.05, **more}
    both_ways = [*together, *((b, a) for a, b in together)]
    partners = pd.DataFrame(both_ways, columns=["officer_id", "anchor_id"], dtype=object)
    partners["duties"] = 40
    return shared(asked, posted, partners, **given)  # type: ignore[arg-type]


def pairs(found: pd.DataFrame) -> set[tuple[str, str]]:
    return set(zip(found["officer_id"], found["anchor_id"], strict=True))


UNITS = {f"O{i}": "U1" if i < 10 else "U2" for i in range(20)}


def beat(seed: int, people: int = 60, each: int = 12) -> Met:
    """Each officer meets at random some people of his own unit's beat."""
    rng = np.random.default_rng(seed)
    return [
        (officer, f"{unit}-{who}", int(rng.integers(60)))
        for officer, unit in UNITS.items()
        for who in rng.choice(people, each, replace=False)
    ]


def test_colleagues_who_meet_the_same_people_on_their_beat_are_no_ring() -> None:
    found = [len(rings(beat(seed), UNITS)) for seed in range(20)]
    assert sum(n > 0 for n in found) <= 2


def test_officers_of_two_units_on_the_same_five_people_are_a_ring() -> None:
    den: Met = [(o, f"den-{i}", day) for o, day in (("O3", 5), ("O15", 20)) for i in range(5)]
    found = rings([*beat(1), *den], UNITS)
    assert pairs(found) == {("O3", "O15"), ("O15", "O3")}
    assert set(found["size"]) == {5}
    assert found["expected"].max() < 1


def test_two_colleagues_far_beyond_what_their_unit_shares_are_a_ring() -> None:
    den: Met = [(o, f"den-{i}", day) for o, day in (("O3", 5), ("O4", 20)) for i in range(14)]
    assert pairs(rings([*beat(1, people=400), *den], UNITS)) == {("O3", "O4"), ("O4", "O3")}


def test_partners_who_all_share_what_they_meet_on_duty_are_no_ring() -> None:
    duos = tuple((f"O{i}", f"O{i + 1}") for i in range(0, 20, 2))
    duty: Met = [
        (o, f"met-{duo[0]}-{i}", 5 + 2 * place + i)
        for duo in duos
        for i in range(10)
        for place, o in enumerate(duo)
    ]
    assert rings([*beat(1), *duty], UNITS, duos).empty
    assert not rings([*beat(1), *duty], UNITS).empty


def test_people_met_together_on_one_occasion_are_joint_work() -> None:
    stop: Met = [(o, f"stop-{i}", 5) for o in ("O3", "O15") for i in range(8)]
    assert rings([*beat(1), *stop], UNITS).empty


def test_the_strongest_are_kept_and_the_rest_counted() -> None:
    den: Met = [(o, f"den-{i}", day) for o, day in (("O3", 5), ("O15", 20)) for i in range(5)]
    more: Met = [(o, f"bar-{i}", day) for o, day in (("O4", 5), ("O16", 20)) for i in range(7)]
    kept, over = strongest(rings([*beat(1), *den, *more], UNITS), 1)
    assert pairs(kept) == {("O4", "O16"), ("O16", "O4")}
    assert over == 1


def test_a_force_without_units_is_its_own_comparison() -> None:
    found = rings([("O1", "P", 1), ("O2", "P", 9)], {})
    assert found.empty


@pytest.mark.parametrize("shift", [0, 3])
def test_expected_sharing_is_what_a_draw_within_units_gives(shift: int) -> None:
    """Over draws of the null, pairs share as many as expected."""
    found = rings(beat(shift), UNITS, level=1e9, min_shared=1, occasion_hours=-1)
    one = found.drop_duplicates(["officer_id", "anchor_id"])
    assert one["size"].sum() == pytest.approx(one["expected"].sum(), rel=0.12)
