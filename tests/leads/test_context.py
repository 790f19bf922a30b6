"""Context: measured u, documented m, and on which pairs and sessions what fires."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.leads.context import (
    SHARE_UNITS,
    Comparison,
    Fired,
    Weights,
    combined,
    fired_sessions,
    in_bits,
    weights,
)
from linkgraph.leads.jeffreys import upper_bound
from linkgraph.leads.pairs import memtable


def header(id_: str, role: Role, prior: float, *, against: bool = False) -> Header:
    text = Text("t", "題")
    return Header(id_, 1, role, text, text, (), "r", "s", prior=prior, against=against)


def force(n: int = 20, pairs: int = 100) -> tuple[pd.DataFrame, pd.DataFrame]:
    officers = pd.DataFrame({"officer_key": range(n), "role": 0, "district": 0, "unit_key": 0})
    return officers, pd.DataFrame({"officer_key": range(n), "kind": 0, "n": pairs})


def fired(
    per_officer: dict[int, int], id_: str = "generic_purpose", level: int = 0
) -> pd.DataFrame:
    return pd.DataFrame(
        [(o, 0, id_, level, n, n * SHARE_UNITS) for o, n in per_officer.items()],
        columns=["officer_key", "kind", "indicator_id", "level", "n", "weight"],
    )


def row(officer: int = 0, id_: str = "generic_purpose") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "officer_key": [officer],
            "target_key": [1],
            "kind": [0],
            "indicator_id": [id_],
            "weight": [SHARE_UNITS],
            "level": [0],
        }
    )


def bits(comparison: Comparison, m: float, *, against: bool = False) -> float:
    given = Weights({"generic_purpose": m}, frozenset({"generic_purpose"} if against else ()))
    return float(in_bits(comparison.share(row()), given)["bits"].iloc[0])


def test_an_indicator_that_fires_for_everyone_adds_nothing() -> None:
    officers, counts = force()
    everyone = Comparison(officers, counts, fired(dict.fromkeys(range(20), 100)))
    for m in (0.2, 0.6, 0.99):
        assert bits(everyone, m) == 0
        assert bits(everyone, m) <= 0 or not bits(everyone, m)


def habits(k: int, n: int) -> pd.DataFrame:
    one = {"officer_key": [0], "indicator_id": ["generic_purpose"], "own_k": [k], "own_n": [n]}
    return pd.DataFrame(one)


def test_who_works_so_whatever_he_does_says_nothing_by_it_here() -> None:
    officers, counts = force()
    rare = fired(dict.fromkeys(range(20), 1))
    unknown = bits(Comparison(officers, counts, rare), 0.6)
    assert unknown > 4
    assert bits(Comparison(officers, counts, rare, habits(100, 100)), 0.6) == 0
    half = bits(Comparison(officers, counts, rare, habits(20, 100)), 0.6)
    assert half == pytest.approx(np.log2(0.6 / (20.3 / 120)), abs=0.01)


def test_a_habit_that_an_officer_has_less_than_others_changes_nothing() -> None:
    officers, counts = force()
    rare = fired(dict.fromkeys(range(20), 1))
    seldom = Comparison(officers, counts, rare, habits(0, 1000))
    assert bits(seldom, 0.6) == bits(Comparison(officers, counts, rare), 0.6)


def test_a_habit_makes_nothing_speak_more_for_him() -> None:
    officers, counts = force()
    some = fired(dict.fromkeys(range(20), 30))
    usual = Comparison(officers, counts, some, habits(100, 100))
    assert bits(usual, 0.05, against=True) == bits(
        Comparison(officers, counts, some), 0.05, against=True
    )


def test_an_indicator_that_fires_for_half_adds_less_than_a_bit() -> None:
    officers, counts = force()
    half = Comparison(officers, counts, fired(dict.fromkeys(range(20), 50)))
    assert 0 < bits(half, 0.99) < 1
    assert bits(half, 0.3) == 0


def test_the_officer_himself_is_left_out_of_the_comparison() -> None:
    officers, counts = force()
    own = Comparison(officers, counts, fired({0: 100, 1: 3}))
    found = own.share(row())
    assert found["k"].tolist() == [3]
    assert found["n"].tolist() == [1900]
    assert found["u"].tolist() == upper_bound([3], [1900]).tolist()


def test_groups_below_two_hundred_pairs_widen() -> None:
    officers, counts = force(40)
    officers.loc[officers["officer_key"] < 2, "district"] = 1
    comparison = Comparison(officers, counts, fired({1: 50, 30: 38}))
    assert comparison.share(row())["n"].tolist() == [3900]
    officers.loc[officers["officer_key"] < 4, "district"] = 1
    comparison = Comparison(officers, counts, fired({1: 50, 30: 38}))
    assert comparison.share(row())["n"].tolist() == [300]


def test_an_indicator_against_never_raises_and_one_for_never_lowers() -> None:
    officers, counts = force()
    rare = Comparison(officers, counts, fired({1: 1}))
    common = Comparison(officers, counts, fired(dict.fromkeys(range(20), 90)))
    assert bits(rare, 0.1, against=True) == 0
    assert bits(common, 0.1, against=True) == pytest.approx(np.log2(0.1 / 0.9), abs=0.1)
    assert bits(common, 0.1) == 0
    assert bits(rare, 0.1) > 5


def test_a_stronger_finding_is_rarer() -> None:
    officers, counts = force()
    rows = pd.concat([fired({1: 90}, "repeated", 3), fired({2: 2}, "repeated", 9)])
    comparison = Comparison(officers, counts, rows)
    three = comparison.share(row(id_="repeated").assign(level=3), tail=True)["k"].tolist()
    nine = comparison.share(row(id_="repeated").assign(level=9), tail=True)["k"].tolist()
    assert (three, nine) == ([92], [2])


def pair(*items: tuple[str, float]) -> pd.DataFrame:
    rows = [(1, 2, id_, b) for id_, b in items]
    return pd.DataFrame(rows, columns=["officer_key", "target_key", "indicator_id", "bits"])


def test_a_finding_is_not_its_own_context() -> None:
    rows = pair(("repeated", 3.0), ("proxy_unregistered", 2.0), ("off_duty", 1.0))
    assert combined(rows, without=frozenset({"repeated"}))[1, 2] == (
        ("off_duty", 1.0),
        ("proxy_unregistered", 2.0),
    )
    assert combined(rows, without=frozenset({"proxy_contradicted"}))[1, 2] == (
        ("off_duty", 1.0),
        ("repeated", 3.0),
    )


def firing(*rows: tuple[int, int, str]) -> Fired:
    """Rows of (officer, target, indicator), all of one kind."""
    frame = pd.DataFrame(rows, columns=["officer_key", "target_key", "indicator_id"])
    return Fired(memtable(frame.assign(kind=0, weight=SHARE_UNITS, level=0)), pd.DataFrame())


def test_beside_a_finding_only_pairs_that_show_it_are_compared() -> None:
    officers, _ = force(4)
    repeats = [(o, t, "repeated") for o in range(4) for t in range(100)]
    nights = [(o, t, "off_duty") for o in range(4) for t in range(5)]
    others = [(o, t, "off_duty") for o in range(4) for t in range(200, 240)]
    whole = Comparison(officers, force(4, 1000)[1], fired(dict.fromkeys(range(4), 45), "off_duty"))
    beside = firing(*repeats, *nights, *others).beside(("repeated", "rights"), whole)
    found = beside["repeated"].share(row(id_="off_duty"))
    assert found[["k", "n", "some"]].to_numpy().tolist() == [[15, 300, True]]
    few = beside["rights"].share(row(id_="off_duty"))
    assert few[["k", "n", "some"]].to_numpy().tolist() == [[135, 3000, False]]


def sitting(*rows: tuple[str, str, str, str]) -> tuple[Any, Any, pd.DataFrame]:
    """Pairs, screening and pairs met of rows (officer, target, minute of the day, indicators)."""
    minute = 60_000_000
    columns = ["lookup_key", "officer_key", "target_key", "at"]
    opened = pd.DataFrame(
        [(i, int(o), int(t), int(m) * minute) for i, (o, t, m, _) in enumerate(rows)],
        columns=columns,
    )
    fires = pd.DataFrame(
        [(i, id_) for i, row_ in enumerate(rows) for id_ in row_[3].split()],
        columns=["lookup_key", "indicator_id"],
    )
    pairs = SimpleNamespace(open=memtable(opened))
    return pairs, SimpleNamespace(indicators=memtable(fires)), opened


def test_sessions_are_an_officers_look_ups_within_an_hour_of_one_another() -> None:
    pairs, screening, met = sitting(
        ("1", "7", "0", "off_duty print_export"),
        ("1", "8", "50", "off_duty"),
        ("1", "8", "105", "off_duty"),
        ("1", "7", "300", "off_duty"),
        ("2", "7", "10", "off_duty"),
    )
    found = fired_sessions(pairs, screening, met, ["off_duty"])
    one, other = found[1, 7]["off_duty"], found[1, 8]["off_duty"]
    assert len(one) == 2
    assert len(other) == 1
    assert other < one
    assert not found[2, 7]["off_duty"] & one
    assert set(found[1, 7]) == {"off_duty"}


def test_reviews_move_the_prior_and_their_weight_is_capped() -> None:
    headers = {"off_duty": header("off_duty", Role.CONTEXT, 0.25)}
    assert weights(headers, {}).m["off_duty"] == pytest.approx(0.25)
    some = weights(headers, {"off_duty": (10.0, 20.0)}).m["off_duty"]
    assert some == pytest.approx((5 + 10) / 40)
    many = weights(headers, {"off_duty": (10_000.0, 20_000.0)}).m["off_duty"]
    assert many == pytest.approx((5 + 20) / 60)


def test_volume_is_no_context_since_the_rate_has_it_already() -> None:
    headers = {"volume": header("volume", Role.CONTEXT, 0.1)}
    assert "volume" not in weights(headers, {}).m
