"""A unit's report: reasons beside the force's, proxies with both sides, rights, honest gaps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from linkgraph.errors import UsageError
from linkgraph.reports import build
from linkgraph.reports.content import Paragraph, Report, Table
from tests.reports.materials import material
from tests.support.screen import lookup, posting


def tables() -> dict[str, Any]:
    lookups = [
        lookup(f"L{n}", f"2024-05-{n:02d}T10:00:00", purpose=purpose)
        for n, purpose in enumerate(["公務查詢", "", "theft of a bicycle", "偵辦刑案"], 1)
    ]
    lookups += [
        lookup("X1", "2024-06-03T11:00:00", officer="O2", purpose="traffic accident"),
        lookup(
            "X2",
            "2024-06-04T11:00:00",
            officer="O2",
            purpose="traffic accident",
            requester_id="O1",
            channel="internal_line",
        ),
        lookup("Y1", "2024-06-05T11:00:00", officer="O3", purpose="wanted person"),
    ]
    return {
        "units": [
            {"unit_id": "U1", "name": "Precinct"},
            {"unit_id": "U11", "name": "Station", "parent_unit_id": "U1"},
            {"unit_id": "U2", "name": "Other"},
        ],
        "officers": [{"officer_id": o, "name": f"<b>{o}</b>"} for o in ("O1", "O2", "O3")],
        "postings": [posting("O1", "U1"), posting("O2", "U11"), posting("O3", "U2")],
        "duties": [
            {"officer_id": "O1", "kind": "leave", "start": "2024-06-04", "end": "2024-06-05"}
        ],
        "lookups": lookups,
        "reviews": [
            {"lookup_id": "L1", "decision": "procedural", "selected_by": "random"},
            {"lookup_id": "Y1", "decision": "improper", "selected_by": "random"},
        ],
    }


def table(report: Report, caption: str) -> Table:
    return next(b for b in report.blocks if isinstance(b, Table) and b.caption.startswith(caption))


def told(report: Report) -> str:
    return " ".join(b.text for b in report.blocks if isinstance(b, Paragraph))


def test_a_unit_counts_with_the_units_below_it(tmp_path: Path) -> None:
    report = build(material(tmp_path, tables()), "unit", "U1")
    assert "made 6 look-ups by 2 officers" in report.subtitle
    assert "counted with it: 1." in told(report)
    assert table(report, "Look-ups by month").rows == (
        ("2024-05", "4", "0", "0", "4", "3 (75.0%)"),
        ("2024-06", "2", "0", "0", "2", "0 (0.0%)"),
    )


def test_reasons_stand_beside_those_of_the_force(tmp_path: Path) -> None:
    report = build(material(tmp_path, tables()), "unit", "U1")
    rows = {row[0]: row[1:] for row in table(report, "Reasons given").rows}
    assert rows["none given"] == ("1", "16.7%", "14.3%")
    assert rows["generic"] == ("2", "33.3%", "28.6%")
    assert table(report, "Officers by generic").rows == (("<b>O1</b> (O1)", "4", "3 (75.0%)", "3"),)


def test_a_proxy_for_a_colleague_on_leave_is_listed_with_its_contradiction(tmp_path: Path) -> None:
    report = build(material(tmp_path, tables()), "unit", "U11")
    assert "Look-ups made for another: 1." in told(report)
    (row,) = table(report, "Calls to clear").rows
    assert row[1:3] == ("<b>O2</b> (O2)", "<b>O1</b> (O1)")
    assert "the requester was on leave" in row[4]


def test_another_units_reviews_are_not_in_it(tmp_path: Path) -> None:
    report = build(material(tmp_path, tables()), "unit", "U1")
    assert table(report, "Reviews of").rows == (("random", "procedural", "1"),)


def test_what_could_not_be_looked_at_is_said(tmp_path: Path) -> None:
    report = build(material(tmp_path, tables(), language="zh-TW"), "unit", "U2")
    assert "未執行：需要 rights、accounts。" in told(report)
    assert report.title == "單位報告：Other (U2)"


def test_an_unknown_unit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no unit 'U9'"):
        build(material(tmp_path, tables()), "unit", "U9")
