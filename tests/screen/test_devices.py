"""Devices and sessions that two share, and accounts used where their holder is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.support.screen import lookup, posting, screened

DUTIES = [
    {"officer_id": "O1", "start": f"2026-03-02T{a}", "end": f"2026-03-02T{b}", "kind": kind}
    for a, b, kind in (("08:00", "16:00", "patrol"), ("16:00", "23:00", "off"))
]


def on(device: str, name: str, at: str, officer: str = "O1", **more: Any) -> dict[str, Any]:
    return lookup(name, f"2026-03-02T{at}", f"person:{name}", officer, device_id=device, **more)


def test_accounts_interleaved_on_one_device(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "lookups": [
                on("M1", "a", "10:00", "O2"),
                on("M1", "between", "10:02", "O1"),
                on("M1", "b", "10:05", "O2"),
                on("M2", "c", "10:00", "O2"),
                on("M2", "in-turn", "11:00", "O1"),
                on("M2", "d", "12:00", "O2"),
                on("M3", "e", "10:00", "O3"),
                on("M3", "handed-on", "10:02", "O1"),
                on("M3", "f", "10:04", "O2"),
            ]
        },
        "shared_device",
    )
    found = result.found("shared_device")
    assert {n: (r["detail"], r["requester_id"]) for n, r in found.items()} == {
        "between": ("interleaved", "O2")
    }


def test_a_session_that_outlives_the_duty_on_record_or_inferred(tmp_path: Path) -> None:
    rows = [
        on("M1", "duty", "15:50", account_id="A1"),
        on("M1", "run-1", "16:15", account_id="A1"),
        on("M1", "run-2", "16:40", account_id="A1"),
        on("M1", "run-3", "17:05", account_id="A1"),
        on("M1", "afresh", "20:00", account_id="A1"),
    ]
    inferred = screened(tmp_path, {"lookups": rows, "duties": DUTIES}, "shared_device")
    assert {n: r["detail"] for n, r in inferred.found("shared_device").items()} == {
        "run-3": "outlived_inferred"  # within an hour the shift may have run over
    }
    session = {
        "account_id": "A1",
        "device_id": "M1",
        "start": "2026-03-02T09:00",
        "end": "2026-03-02T21:00",
    }
    given = screened(
        tmp_path / "given",
        {"lookups": rows, "duties": DUTIES, "device_sessions": [session]},
        "shared_device",
    )
    assert {n: r["detail"] for n, r in given.found("shared_device").items()} == {
        "run-3": "outlived",
        "afresh": "outlived",
    }


def test_an_account_at_another_units_desk(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "officers": [{"officer_id": o} for o in ("O1", "O2")],
            "units": [{"unit_id": u} for u in ("U1", "U2", "U3")],
            "postings": [posting("O1", "U1")],
            "duties": [{**DUTIES[0], "unit_id": "U2"}],
            "devices": [
                *({"device_id": f"D{i}", "kind": "desktop", "unit_id": f"U{i}"} for i in (1, 2, 3)),
                {"device_id": "M3", "kind": "mobile", "unit_id": "U3"},
            ],
            "lookups": [
                on("D1", "own-desk", "08:30"),
                on("D2", "where-on-duty", "10:00"),
                on("D3", "elsewhere", "12:00"),
                on("M3", "mobile", "14:00"),
                on("D1", "one-desk", "10:00", "O2"),
                on("D2", "another-at-once", "10:05", "O2"),
                on("D3", "another-later", "15:05", "O2"),
            ],
        },
        "account_elsewhere",
    )
    found = result.found("account_elsewhere")
    assert {n: r["detail"] for n, r in found.items()} == {
        "elsewhere": "other_unit",
        "another-at-once": "two_places",
    }
