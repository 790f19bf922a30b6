"""The draw: every unit, known chances, nobody foresees it, and anybody can repeat it."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from linkgraph import api
from linkgraph.audit.draw import draw
from linkgraph.audit.plan import Plan, Seed
from linkgraph.audit.sampling import commitment, probability, shares
from linkgraph.errors import AuditError
from tests.audit.months import MONTH, workspace


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> api.Workspace:
    return workspace(tmp_path_factory.mktemp("draw"))


def planned(opened: api.Workspace, seed: str, **more: float) -> Plan:
    return draw(
        opened.ledger,
        opened.screening(),
        MONTH,
        Seed(seed, commitment(seed), ""),
        rate=more.get("rate", 0.1),
        free=more.get("free", 0.3),
        per_unit=int(more.get("per_unit", 3)),
        number=1,
        made_by="Lin",
    )


def test_every_unit_gives_one_at_least_and_the_rate_is_met(opened: api.Workspace) -> None:
    made = planned(opened, "a" * 64)
    assert {one.unit_id: one.by_unit for one in made.strata} == {"": 1, "U1": 9, "U2": 5, "U3": 1}
    assert len(made.sample) == 9 + 5 + 1 + 1 + 6
    assert made.sample["lookup_id"].is_unique


def test_the_same_seed_gives_the_same_plan_and_another_seed_another(opened: api.Workspace) -> None:
    one, same, other = (planned(opened, seed * 64) for seed in "aab")
    assert one.rows.equals(same.rows)
    assert set(one.sample["lookup_id"]) != set(other.sample["lookup_id"])


def test_a_third_party_can_repeat_the_draw_from_the_plan_alone(opened: api.Workspace) -> None:
    made = planned(opened, "c" * 64)

    def order(lookup_id: str) -> str:
        text = f"{made.seed}|{made.mark}|unit|{lookup_id}"
        return hashlib.sha256(text.encode()).hexdigest()

    first = sorted((f"O2-{n:03d}" for n in range(60)), key=order)[:5]
    drawn = made.sample[(made.sample["unit_id"] == "U2") & (made.sample["part"] == "unit")]
    assert sorted(drawn["lookup_id"]) == sorted(first)


def test_each_look_up_is_drawn_as_often_as_its_stored_chance_says(opened: api.Workspace) -> None:
    draws = 60
    counted: Counter[str] = Counter()
    for n in range(draws):
        made = planned(opened, f"{n:064d}", per_unit=0)
        counted.update(made.sample["unit_id"])
    for one in made.strata:
        expected = one.probability * one.lookups * draws
        spread = np.sqrt(max(expected, 1))
        assert abs(counted[one.unit_id] - expected) < 4 * spread


def test_the_worklist_is_apart_and_its_worst_come_first(opened: api.Workspace) -> None:
    made = planned(opened, "d" * 64)
    listed = made.rows[made.rows["part"] == "worklist"]
    assert not set(listed["lookup_id"]) & set(made.sample["lookup_id"])
    assert listed["probability"].isna().all()
    kinds = listed[listed["unit_id"] == "U1"]["kinds"].str.split(";").str[-1]
    assert kinds.value_counts().to_dict() == {"generic": 3, "proxy": 3}
    assert made.candidates == {"proxy": 9, "generic": 18}


def test_a_month_is_planned_when_it_is_over(opened: api.Workspace) -> None:
    with pytest.raises(AuditError, match="is not over"):
        draw(
            opened.ledger,
            opened.screening(),
            MONTH,
            Seed("", "", ""),
            rate=0.1,
            free=0.2,
            per_unit=1,
            number=1,
            made_by="Lin",
            now=datetime(2024, 5, 31, 15, 59, tzinfo=UTC),
        )


def test_shares_never_exceed_what_there_is() -> None:
    by_unit, more = shares([1, 0, 3, 1000], 1.0, 0.5)
    assert by_unit.tolist() == [1, 0, 2, 500]
    assert int(more) == 501
    assert probability(4, 4, 0, 0) == 1


def test_the_free_part_alone_still_reaches_every_unit() -> None:
    by_unit, more = shares([5, 500], 0.01, 1.0)
    assert by_unit.tolist() == [1, 1]
    assert int(more) == 6


def test_an_unknown_unit_is_a_stratum_of_its_own(tmp_path: Path, opened: api.Workspace) -> None:
    made = planned(opened, "e" * 64)
    assert made.of_unit("")["lookup_id"].tolist() == ["O4-000"]
