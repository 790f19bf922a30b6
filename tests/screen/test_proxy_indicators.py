from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.support.screen import lookup, posting, screened

FORCE: dict[str, list[dict[str, Any]]] = {
    "officers": [
        {"officer_id": "O1", "name": "陳一心"},
        {"officer_id": "O2", "name": "林二德"},
        {"officer_id": "O3", "name": "王大明"},
        {"officer_id": "O4", "name": "王大明"},
    ],
    "units": [
        {"unit_id": "U1", "name": "中山派出所"},
        {"unit_id": "U2", "name": "臺北第一分局"},
    ],
    "postings": [
        posting("O1", "U1"),
        posting("O2", "U1"),
        posting("O3", "U1"),
        posting("O4", "U2"),
    ],
    "duties": [
        {"officer_id": "O2", "start": "2026-03-02", "end": "2026-03-03", "kind": "leave"},
        {
            "officer_id": "O2",
            "start": "2026-03-05T08:00",
            "end": "2026-03-05T16:00",
            "kind": "patrol",
        },
    ],
    "unit_phones": [
        {"phone_id": "T1", "unit_id": "U1"},
        {"phone_id": "T2", "unit_id": "U2"},
    ],
}


def test_a_lookup_for_a_colleague_on_leave_is_contradicted(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            **FORCE,
            "lookups": [
                lookup("on-leave", "2026-03-02T10:00", requester_id="O2"),
                lookup("on-patrol", "2026-03-05T10:00", requester_id="O2"),
                lookup("for-himself", "2026-03-02T10:00", requester_id="O1"),
                lookup("nobody-asked", "2026-03-02T10:00"),
            ],
        },
        "proxy_contradicted",
    )
    found = result.found("proxy_contradicted")
    assert list(found) == ["on-leave"]
    row = found["on-leave"]
    assert row["requester_id"] == "O2"
    assert row["measure"] == 1.0
    assert row["detail"].startswith("requester_on_leave=duties:")
    assert row["record_table"] == "duties"
    assert row["detail"].endswith(row["record_row_id"])


def test_an_impostors_call_is_contradicted_by_force_list_and_exchange(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {
            **FORCE,
            "lookups": [
                lookup(
                    "impostor",
                    "2026-03-05T14:30",
                    "vehicle:AAA-1",
                    requester_text="台北一分局 趙不在",
                    channel="internal_line",
                    caller_phone_id="0900",
                ),
                lookup(
                    "no-such-station",
                    "2026-03-05T14:31",
                    requester_text="和平派出所 王大明",
                    channel="internal_line",
                ),
                lookup(
                    "own-station",
                    "2026-03-05T14:32",
                    requester_text="中山派出所王大明",
                    channel="internal_line",
                    caller_phone_id="T1",
                ),
                lookup(
                    "mobile-at-the-scene",
                    "2026-03-05T14:34",
                    requester_id="O3",
                    channel="outside_line",
                    caller_phone_id="0911",
                ),
                lookup(
                    "other-stations-phone",
                    "2026-03-05T14:35",
                    requester_id="O3",
                    channel="outside_line",
                    caller_phone_id="T2",
                ),
                lookup(
                    "namesake-elsewhere",
                    "2026-03-05T14:33",
                    requester_text="臺北第一分局王大明警員",
                    caller_phone_id="T2",
                ),
            ],
        },
        "proxy_contradicted",
    )
    phones = result.ledger.table("unit_phones")
    (phone,) = phones.filter(phones.phone_id == "T2").row_id.to_pyarrow().to_pylist()
    found = {name: row["detail"] for name, row in result.found("proxy_contradicted").items()}
    assert found == {
        "impostor": "requester_other_unit;requester_unknown;number_not_of_unit",
        "no-such-station": "unit_unknown",
        "other-stations-phone": "number_not_of_unit=unit_phones:" + phone,
        "namesake-elsewhere": "requester_other_unit",
    }
    requesters = {n: r["requester_id"] for n, r in result.found("proxy_contradicted").items()}
    assert requesters["namesake-elsewhere"] == "O4"
    assert requesters["impostor"] is None


def test_the_exchange_shows_a_call_that_was_not_the_units(tmp_path: Path) -> None:
    def asked(name: str, at: str) -> dict[str, Any]:
        return lookup(name, at, requester_id="O3", channel="internal_line")

    result = screened(
        tmp_path,
        {
            **FORCE,
            "lookups": [
                asked("outside-number", "2026-03-05T10:05"),
                asked("station-number", "2026-03-05T12:05"),
                asked("no-call-on-record", "2026-03-05T15:05"),
            ],
            "internal_calls": [
                {"from_phone_id": "0900", "to_phone_id": "T1", "at": "2026-03-05T09:55"},
                {"from_phone_id": "0900", "to_phone_id": "T1", "at": "2026-03-05T12:00"},
                {"from_phone_id": "T1", "to_phone_id": "T1", "at": "2026-03-05T12:01"},
            ],
        },
        "proxy_contradicted",
    )
    found = result.found("proxy_contradicted")
    assert list(found) == ["outside-number"]
    assert found["outside-number"]["detail"].startswith("number_not_of_unit=internal_calls:")


def test_a_requester_who_is_no_officer_of_the_force(tmp_path: Path) -> None:
    result = screened(
        tmp_path,
        {**FORCE, "lookups": [lookup("L1", "2026-03-05T10:00", requester_id="NOBODY")]},
        "proxy_contradicted",
    )
    assert result.found("proxy_contradicted")["L1"]["detail"] == "requester_unknown"


def test_missing_register_and_approval_count_but_are_no_finding_alone(tmp_path: Path) -> None:
    def entry(number: str, subject: str, **more: Any) -> dict[str, Any]:
        return {
            "register_id": number,
            "at": "2026-03-02T09:55",
            "requester_id": "O2",
            "agent_id": "O1",
            "subject_kind": "person",
            "subject_id": subject,
            **more,
        }

    result = screened(
        tmp_path,
        {
            **FORCE,
            "lookups": [
                lookup("unregistered", "2026-03-02T10:00", "person:P1", requester_id="O3"),
                lookup("unapproved", "2026-03-02T10:00", "person:P2", requester_id="O2"),
                lookup("registered", "2026-03-02T10:00", "person:P3", requester_id="O2"),
                lookup(
                    "approved-in-log",
                    "2026-03-02T10:00",
                    "person:P2",
                    requester_id="O2",
                    approved_by="O3",
                ),
                lookup("own", "2026-03-02T10:00", "person:P4"),
            ],
            "proxy_register": [entry("R2", "P2"), entry("R3", "P3", approved_by="O3")],
        },
        "proxy_unregistered",
        "proxy_contradicted",
    )
    unregistered = result.found("proxy_unregistered")
    assert {n: r["detail"] for n, r in unregistered.items()} == {
        "unregistered": "unregistered",
        "unapproved": "unapproved",
    }
    contradicted = result.found("proxy_contradicted")
    assert sorted(contradicted) == ["approved-in-log", "registered", "unapproved"]
    assert contradicted["unapproved"]["measure"] == 2.0
    assert contradicted["unapproved"]["detail"].endswith(";unapproved")
