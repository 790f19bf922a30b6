"""Properties in words: labelled, local, in the reader's language and calendar."""

from __future__ import annotations

import pytest

from linkgraph.model.tables import OPEN_END
from linkgraph.views.facts import clean, facts, moment
from tests.support.scenes import us

ZONE = "Asia/Taipei"


def test_facts_are_labelled_in_order_and_empty_ones_left_out() -> None:
    given = {"system": "vehicle", "zeta": "x", "name": "N", "rank": " ", "tie_id": "t", "n": 3.0}
    assert list(facts(given, "en", ZONE).items()) == [
        ("Name", "N"),
        ("System", "vehicle"),
        ("Look-ups", "3"),
        ("Zeta", "x"),
    ]
    assert list(facts(given, "zh-TW", ZONE)) == ["姓名", "系統", "查詢次數", "Zeta"]


def test_times_are_local_and_open_ends_left_out() -> None:
    given = {"opened_at": us(2024, 7, 15, 14), "closed_at": OPEN_END}
    assert facts(given, "en", ZONE) == {"Opened": "2024-07-15 14:00"}
    assert facts(given, "zh-TW", ZONE) == {"立案時間": "民國113年7月15日 14:00"}


@pytest.mark.parametrize(
    ("year", "language", "expected"),
    [(1911, "zh-TW", "1911-05-01 00:00"), (1912, "zh-TW", "民國1年5月1日 00:00")],
)
def test_years_before_the_republic_stay_gregorian(year: int, language: str, expected: str) -> None:
    assert moment(us(year, 5, 1), language, ZONE)[:4] == expected[:4]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a\n b\t", "a b"), ("\u202eabc", "abc"), ("x\u2066y", "x y"), ("\ud800", "\ufffd"), (7, "7")],
)
def test_a_label_is_one_honest_line(text: object, expected: str) -> None:
    assert clean(text) == expected
