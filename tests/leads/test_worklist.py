"""Worklist: an impostor's call among ordinary proxies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from linkgraph.errors import UsageError
from linkgraph.leads.worklist import worklist_proxy
from tests.support.screen import Screened, lookup, posting, screened


def proxy(id_: str, at: str, subject: str, requester: str, **more: Any) -> dict[str, Any]:
    return lookup(id_, at, subject, "O1", requester_id=requester, channel="internal_line", **more)


def registered(id_: str, at: str, requester: str, subject: str) -> dict[str, Any]:
    return {
        "register_id": id_,
        "at": at,
        "requester_id": requester,
        "agent_id": "O1",
        "subject_kind": "vehicle",
        "subject_id": subject,
        "identity_check": "是",
        "approved_by": "O9",
        "approved_at": at,
    }


def desk(folder: Path, **more: Any) -> Screened:
    proper = [f"2024-05-{d:02}T10:00:00" for d in range(1, 13)]
    tables: dict[str, Any] = {
        "officers": [
            {"officer_id": "O1", "name": "林大同"},
            {"officer_id": "O2", "name": "陳志明"},
            {"officer_id": "O3", "name": "王小美"},
            {"officer_id": "O9", "name": "張所長"},
        ],
        "units": [{"unit_id": "U1", "name": "東門派出所"}, {"unit_id": "U2", "name": "西門派出所"}],
        "postings": [posting(o, "U1") for o in ("O1", "O2", "O9")] + [posting("O3", "U2")],
        "duties": [
            {"officer_id": "O2", "kind": "leave", "start": "2024-06-01", "end": "2024-06-02"},
        ],
        "proxy_register": [registered(f"R{i}", at, "O2", f"V-{i}") for i, at in enumerate(proper)],
        "lookups": [
            *(proxy(f"L{i}", at, f"vehicle:V-{i}", "O2") for i, at in enumerate(proper)),
            proxy("LEAVE", "2024-06-01T15:00:00", "vehicle:V-50", "O2"),
            lookup(
                "FAKE1",
                "2024-05-20T15:00:00",
                "vehicle:V-60",
                "O1",
                requester_text="西門派出所警員廖○○",
                channel="internal_line",
            ),
            lookup(
                "FAKE2",
                "2024-05-20T15:02:00",
                "vehicle:V-61",
                "O1",
                requester_text="西門派出所警員廖○○",
                channel="internal_line",
            ),
        ],
        "self_reports": [{"officer_id": "O1", "at": "2024-05-21", "lookup_id": "FAKE1"}],
    }
    return screened(folder, {**tables, **more})


def test_the_call_that_contradicts_most_records_comes_first(tmp_path: Path) -> None:
    done = desk(tmp_path)
    found = worklist_proxy(done.ledger, done.screening)
    first = found[0]
    assert first.lookup_ids == ("FAKE1", "FAKE2")
    codes = {fact.id for fact in first.contradictions}
    assert {"requester_unknown", "requester_other_unit", "two_within_minutes"} <= codes
    assert "unregistered" in codes
    assert "2 subjects asked for within 2 minutes" in first.line["en"]
    assert "no officer of the force is so named" in first.line["en"]
    assert "查無所稱請託人" in first.line["zh_tw"]


def test_a_self_report_is_shown_in_the_officers_favour(tmp_path: Path) -> None:
    done = desk(tmp_path)
    first = worklist_proxy(done.ledger, done.screening)[0]
    assert {fact.id for fact in first.mitigating} == {"self_report"}
    assert "reported it unasked" in first.line["en"]


def test_registered_proxies_of_the_unit_are_not_listed(tmp_path: Path) -> None:
    done = desk(tmp_path)
    found = worklist_proxy(done.ledger, done.screening)
    assert {id_ for item in found for id_ in item.lookup_ids} == {"FAKE1", "FAKE2", "LEAVE"}
    assert found.proxies == 15


def test_a_requester_on_leave_is_spelt_out_with_the_duty_record(tmp_path: Path) -> None:
    done = desk(tmp_path)
    (item,) = [i for i in worklist_proxy(done.ledger, done.screening) if i.requester_id == "O2"]
    (leave,) = [fact for fact in item.contradictions if fact.id == "requester_on_leave"]
    assert leave.records[0][0] == "duties"


def test_a_month_is_a_local_month(tmp_path: Path) -> None:
    done = desk(tmp_path)
    june = worklist_proxy(done.ledger, done.screening, month="2024-06")
    assert [item.lookup_ids for item in june] == [("LEAVE",)]
    assert 0 < june.proxies < 15
    assert len(worklist_proxy(done.ledger, done.screening, month="2024-04")) == 0
    with pytest.raises(UsageError):
        worklist_proxy(done.ledger, done.screening, month="May")


def test_missing_records_are_said(tmp_path: Path) -> None:
    done = screened(
        tmp_path, {"lookups": [lookup("L1", "2024-05-01T10:00:00", requester_text="某人")]}
    )
    found = worklist_proxy(done.ledger, done.screening)
    missing = {fact.id for fact in found.missing}
    assert {"missing.proxy_register", "missing.duties"} <= missing
    assert found.to_json()["missing"][0]["text"].keys() == {"en", "zh_tw"}
