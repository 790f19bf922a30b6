"""Generic purpose, claimed event, several systems, content system, print or export."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkgraph.errors import AnalysisError
from linkgraph.workspace import Settings
from tests.support.screen import case, involves, lookup, screened


def test_empty_listed_and_ever_same_purposes_are_generic(tmp_path: Path) -> None:
    many = [
        lookup(f"same-{n}", f"2026-03-{n + 1:02}T10:00", officer="O2", purpose="櫃台業務")
        for n in range(9)
    ]
    result = screened(
        tmp_path,
        {
            "lookups": [
                lookup("empty", "2026-03-02T10:00"),
                lookup("listed", "2026-03-02T10:01", purpose=" Official  Business "),
                lookup("chinese", "2026-03-02T10:02", purpose="偵辦刑案"),
                lookup("specific", "2026-03-02T10:03", purpose="114年竊盜案證人查訪"),
                *many,
                lookup("his-other", "2026-03-20T10:00", officer="O2", purpose="遺失物"),
            ]
        },
        "generic_purpose",
        settings=Settings(parameters={"generic_purpose": {"same_at_least": 5}}),
    )
    found = result.found("generic_purpose")
    assert {name: row["detail"] for name, row in found.items()} == {
        "empty": "empty",
        "listed": "listed",
        "chinese": "listed",
        **{f"same-{n}": "same" for n in range(9)},
    }
    assert found["same-0"]["measure"] == 0.9


def test_where_no_purpose_is_ever_entered_nothing_is_said_of_purposes(tmp_path: Path) -> None:
    result = screened(tmp_path, {"lookups": [lookup("L1", "2026-03-02")]}, "generic_purpose")
    assert result.not_run == {"generic_purpose": ("lookups.purpose",)}


def test_a_parameter_of_the_workspace_must_exist_and_fit(tmp_path: Path) -> None:
    tables = {"lookups": [lookup("L1", "2026-03-02", purpose="x")]}
    for wrong in ({"sameness": 3}, {"same_share": "much"}):
        with pytest.raises(AnalysisError, match="generic_purpose"):
            screened(
                tmp_path,
                tables,
                "generic_purpose",
                settings=Settings(parameters={"generic_purpose": wrong}),
            )


def test_a_claimed_theft_needs_a_theft_on_record_around_that_time(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "lookups": [
                lookup("no-record", "2026-03-02T10:00", "vehicle:AAA-1", purpose="失竊車輛查詢"),
                lookup("reported", "2026-03-02T10:00", "vehicle:BBB-2", purpose="失竊車輛查詢"),
                lookup("alerted", "2026-03-02T10:00", "vehicle:CCC-3", purpose="Stolen vehicle"),
                lookup("years-ago", "2026-03-02T10:00", "vehicle:DDD-4", purpose="贓車"),
                lookup("only-traffic", "2026-03-02T10:00", "vehicle:EEE-5", purpose="贓車"),
                lookup("accident", "2026-03-02T10:00", "vehicle:EEE-5", purpose="車禍處理"),
                lookup("wanted", "2026-03-02T10:00", "person:P1", purpose="通緝犯查緝"),
                lookup("no-claim", "2026-03-02T10:00", "person:P1", purpose="偵辦刑案"),
            ],
            "cases": [
                case("C2", "2026-03-01", "2026-03-04", kind="report", offence="竊盜"),
                case("C4", "2020-03-01", "2020-04-01", kind="report", offence="竊盜"),
                case("C5", "2026-03-01", kind="traffic"),
            ],
            "case_subjects": [
                involves("C2", "vehicle:BBB-2"),
                involves("C4", "vehicle:DDD-4"),
                involves("C5", "vehicle:EEE-5"),
            ],
            "alerts": [
                {
                    "subject_kind": "vehicle",
                    "subject_id": "CCC-3",
                    "kind": "stolen",
                    "start": "2026-02-25",
                }
            ],
        },
        "claimed_event",
    )
    found = result.found("claimed_event")
    assert {name: row["detail"] for name, row in found.items()} == {
        "no-record": "stolen",
        "years-ago": "stolen",
        "only-traffic": "stolen",
        "wanted": "wanted",
    }


def test_several_systems_on_one_subject_within_the_hour(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "lookups": [
                lookup("record", "2026-03-02T10:00", system="criminal_record"),
                lookup("household", "2026-03-02T10:40", system="household"),
                lookup("household-again", "2026-03-02T10:41", system="household"),
                lookup("much-later", "2026-03-02T15:00", system="vehicle"),
                lookup("same-system", "2026-03-02T10:00", "person:P2", system="vehicle"),
                lookup("same-again", "2026-03-02T10:10", "person:P2", system="vehicle"),
                lookup("colleague", "2026-03-02T10:20", officer="O2", system="vehicle"),
            ]
        },
        "several_systems",
    )
    found = result.found("several_systems")
    assert {name: row["measure"] for name, row in found.items()} == {
        "record": 2.0,
        "household": 2.0,
        "household-again": 2.0,
    }


def test_content_systems_are_those_of_the_setting(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "lookups": [
                lookup("record", "2026-03-02", system="刑案資訊系統"),
                lookup("plain", "2026-03-02", system="vehicle"),
                lookup("none", "2026-03-02"),
            ]
        },
        "content_system",
        settings=Settings(content_systems=("刑案",)),
    )
    assert list(result.found("content_system")) == ["record"]


def test_what_left_the_screen_is_told(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            "lookups": [
                lookup("printed", "2026-03-02", output="print"),
                lookup("exported", "2026-03-02", output="export"),
                lookup("seen", "2026-03-02", output="screen"),
                lookup("unknown", "2026-03-02"),
            ]
        },
        "print_export",
    )
    found = result.found("print_export")
    assert {n: r["detail"] for n, r in found.items()} == {"printed": "print", "exported": "export"}
