"""One person for months, one looked up improperly before, false stops, spread requests, bursts."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.support.screen import case, involves, lookup, screened


def test_a_former_partner_followed_for_months(tmp_path: Path) -> None:
    months = ["2026-01-03", "2026-01-20", "2026-02-27", "2026-04-01"]
    week = ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05"]
    rows = [
        *(lookup(f"partner-{d}", f"{d}T10:00", "person:P1") for d in months),
        *(lookup(f"week-{d}", f"{d}T10:00", "person:P2") for d in week),
        *(lookup(f"known-{d}", f"{d}T10:00", "person:P3") for d in months),
        *(lookup(f"{o}", "2026-03-01T10:00", "person:P3", o) for o in ("O2", "O3", "O4")),
        *(lookup(f"case-{d}", f"{d}T10:00", "person:P4") for d in months),
    ]
    result = screened(
        tmp_path,
        {
            "lookups": rows,
            "cases": [case("C1", "2026-01-01")],
            "case_officers": [{"case_id": "C1", "officer_id": "O1"}],
            "case_subjects": [involves("C1", "person:P4")],
        },
        "followed",
        "own_case",
    )
    assert sorted(result.found("followed")) == [f"partner-{d}" for d in months]


def test_a_person_whose_earlier_look_up_was_improper(tmp_path: Path) -> None:
    rows = [
        lookup("bad", "2026-01-10T10:00"),
        lookup("later", "2026-03-10T10:00", officer="O2"),
        lookup("her-car", "2026-03-11T10:00", "vehicle:AAA-1"),
        lookup("earlier", "2026-01-01T10:00", officer="O2"),
        lookup("cleared", "2026-01-10T10:00", "person:P2"),
        lookup("after-cleared", "2026-03-10T10:00", "person:P2"),
    ]
    result = screened(
        tmp_path,
        {
            "lookups": rows,
            "reviews": [
                {"lookup_id": "bad", "decision": "improper", "at": "2026-02-01"},
                {"lookup_id": "cleared", "decision": "improper", "at": "2026-02-01"},
                {"lookup_id": "cleared", "decision": "proper", "at": "2026-02-20"},
            ],
            "vehicle_owners": [{"vehicle_id": "AAA-1", "person_id": "P1"}],
        },
        "improper_before",
    )
    assert sorted(result.found("improper_before")) == ["her-car", "later"]


def test_the_last_look_up_that_was_improper_is_the_record(tmp_path: Path) -> None:
    months = range(1, 7)
    result = screened(
        tmp_path,
        {
            "lookups": [lookup(f"bad-{m}", f"2026-0{m}-10T10:00") for m in months],
            "reviews": [{"lookup_id": f"bad-{m}", "decision": "improper"} for m in months],
        },
        "improper_before",
    )
    reviews = result.ledger.table("reviews").to_pyarrow().to_pylist()
    review_of = {row["lookup_id"]: row["row_id"] for row in reviews}
    found = result.found("improper_before")
    assert {name: row["measure"] for name, row in found.items()} == {
        f"bad-{m}": m - 1.0 for m in months if m > 1
    }
    assert {name: row["record_row_id"] for name, row in found.items()} == {
        f"bad-{m}": review_of[f"bad-{m - 1}"] for m in months if m > 1
    }


def test_a_stop_claimed_from_the_desk(tmp_path: Path) -> None:
    def at(name: str, hour: int, purpose: str, **more: str) -> dict[str, object]:
        return lookup(name, f"2026-03-02T{hour}:00", f"person:{name}", purpose=purpose, **more)

    result = screened(
        tmp_path,
        {
            "officers": [{"officer_id": o} for o in ("O1", "O2")],
            "lookups": [
                at("false", 10, "巡邏盤查"),
                at("recorded", 11, "巡邏盤查"),
                at("by-radio", 12, "巡邏盤查", requester_id="O2"),
                at("another-purpose", 13, "受理報案"),
                at("on-patrol", 18, "巡邏盤查"),
            ],
            "duties": [
                {
                    "officer_id": officer,
                    "start": f"2026-03-02T{start}:00",
                    "end": f"2026-03-02T{end}:00",
                    "kind": kind,
                }
                for officer, start, end, kind in (
                    ("O1", "08", "16", "desk"),
                    ("O1", "16", "23", "patrol"),
                    ("O2", "08", "16", "patrol"),
                )
            ],
            "cases": [case("C1", "2026-03-02T10:30", kind="stop")],
            "case_subjects": [involves("C1", "person:recorded")],
        },
        "purpose_contradicted",
    )
    found = result.found("purpose_contradicted")
    assert {n: r["detail"] for n, r in found.items()} == {"false": "desk"}


def test_requests_spread_over_colleagues(tmp_path: Path) -> None:
    def asked(day: int, agent: str, requester: str) -> dict[str, object]:
        at = f"2026-03-{day:02}T10:00"
        return lookup(f"{requester}-{agent}", at, f"person:{day}", agent, requester_id=requester)

    rows = [asked(2 + i, f"O{i}", "X") for i in range(4)]
    rows += [asked(2 + i, f"O{i}", "Y") for i in range(3)]
    rows += [
        lookup(f"Z-{m}", f"2026-0{m}-10T10:00", f"person:Z{m}", f"O{m}", requester_id="Z")
        for m in range(1, 6)
    ]
    officers = [*(f"O{i}" for i in range(6)), "X", "Y", "Z"]
    result = screened(
        tmp_path,
        {"officers": [{"officer_id": o} for o in officers], "lookups": rows},
        "asks_many",
    )
    found = result.found("asks_many")
    assert sorted(found) == ["X-O0", "X-O1", "X-O2", "X-O3"]
    assert {row["requester_id"] for row in found.values()} == {"X"}


def test_requests_are_counted_over_thirty_days_wherever_these_begin(tmp_path: Path) -> None:
    def asked(requester: str, days: tuple[int, ...], after: int) -> list[dict[str, Any]]:
        return [
            lookup(
                f"{requester}-{day}",
                f"{date(2026, 1, 1) + timedelta(days=after + day)}T10:00",
                f"person:{requester}-{day}",
                f"O{i}",
                requester_id=requester,
            )
            for i, day in enumerate(days)
        ]

    spread, too_long = (0, 10, 19, 29), (0, 10, 19, 30)
    beginnings = range(0, 30, 3)
    rows = [row for b in beginnings for row in asked(f"X{b}", spread, b)]
    rows += [row for b in beginnings for row in asked(f"Y{b}", too_long, b)]
    found = screened(tmp_path, {"lookups": rows}, "asks_many").found("asks_many")
    assert sorted(found) == sorted(f"X{b}-{day}" for b in beginnings for day in spread)


def test_a_burst_within_the_hour(tmp_path: Path) -> None:
    rows = [
        lookup(f"usual-{d}-{i}", f"2026-03-{d:02}T{8 + i:02}:10", f"person:{d}-{i}")
        for d in range(1, 29)
        for i in range(5)
    ]
    rows += [lookup(f"list-{i:02}", f"2026-04-01T10:{i:02}", f"person:list-{i}") for i in range(12)]
    rows += [lookup(f"same-{i:02}", f"2026-04-02T10:{i:02}", "person:one") for i in range(12)]
    found = screened(tmp_path, {"lookups": rows}, "burst").found("burst")
    assert sorted(found) == [f"list-{i:02}" for i in range(12)]
