"""Volume, batches, look-ups beside explained ones, repeats."""

from __future__ import annotations

from pathlib import Path

from linkgraph.workspace import Settings
from tests.support.screen import case, involves, lookup, screened


def test_volume_is_beyond_peers_and_beyond_himself(tmp_path: Path) -> None:
    usual = [
        lookup(f"{officer}-{day:02}-{n:02}", f"2026-03-{day:02}T10:{n:02}", officer=officer)
        for officer, per_day in (("O1", 2), ("O2", 2), ("BUSY", 30))
        for day in range(1, 16)
        for n in range(per_day)
    ]
    burst = [lookup(f"burst-{n:02}", f"2026-03-20T10:{n:02}") for n in range(40)]
    result = screened(
        tmp_path,
        {"lookups": [*usual, *burst]},
        "volume",
        settings=Settings(parameters={"volume": {"peer_quantile": 0.95}}),
    )
    found = result.found("volume")
    assert sorted(found) == [f"burst-{n:02}" for n in range(40)]
    assert {row["measure"] for row in found.values()} == {40.0}


def test_six_lookups_within_a_quarter_of_an_hour_are_a_batch(tmp_path: Path) -> None:
    minutes = (0, 3, 6, 9, 12, 15)
    result = screened(
        tmp_path,
        {
            "lookups": [
                *(
                    lookup(f"batch-{m:02}", f"2026-03-02T10:{m:02}", f"person:P{m}")
                    for m in minutes
                ),
                lookup("just-after", "2026-03-02T10:19"),
                *(lookup(f"five-{m}", f"2026-03-02T12:0{m}") for m in range(5)),
                *(lookup(f"slow-{m}", f"2026-03-02T1{m}:30", officer="O2") for m in range(7)),
            ]
        },
        "batch",
    )
    found = result.found("batch")
    assert sorted(found) == [f"batch-{m:02}" for m in minutes]
    assert found["batch-15"]["measure"] == 15.0


def test_beside_explained_lookups_counts_as_a_share(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "lookups": [
                lookup("in-case-1", "2026-03-02T10:00"),
                lookup("in-case-2", "2026-03-02T10:02"),
                lookup("beside", "2026-03-02T10:10", "person:P8"),
                lookup("beside-too", "2026-03-02T10:12", "person:P9"),
                lookup("alone", "2026-03-02T13:00", "person:P9"),
                lookup("colleague", "2026-03-02T10:05", "person:P9", officer="O2"),
            ],
            "cases": [case("C1", "2026-03-01")],
            "case_officers": [{"case_id": "C1", "officer_id": "O1"}],
            "case_subjects": [involves("C1", "person:P1")],
        },
        "own_case",
        "beside_explained",
    )
    found = result.found("beside_explained")
    assert {n: round(r["measure"], 3) for n, r in found.items()} == {
        "beside": 0.667,
        "beside-too": 0.667,
    }


def test_repeats_need_three_lookups_on_two_days_and_no_case(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "lookups": [
                lookup("again-1", "2026-03-02T10:00"),
                lookup("again-2", "2026-03-02T11:00", "vehicle:AAA-1"),
                lookup("again-3", "2026-03-09T10:00"),
                *(lookup(f"one-day-{n}", f"2026-03-02T1{n}:30", "person:P2") for n in range(4)),
                *(lookup(f"case-{n}", f"2026-03-0{n + 2}T10:00", "person:P3") for n in range(4)),
                *(lookup(f"twice-{n}", f"2026-03-0{n + 2}T10:00", "person:P4") for n in range(2)),
            ],
            "vehicle_owners": [{"vehicle_id": "AAA-1", "person_id": "P1"}],
            "cases": [case("C1", "2026-03-01")],
            "case_officers": [{"case_id": "C1", "officer_id": "O1"}],
            "case_subjects": [involves("C1", "person:P3")],
        },
        "own_case",
        "repeated",
    )
    found = result.found("repeated")
    assert {n: r["measure"] for n, r in found.items()} == {
        "again-1": 2.0,
        "again-2": 2.0,
        "again-3": 2.0,
    }
