"""Trace: who looked at the other car, and who was on leave and rang the station."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from linkgraph.errors import UsageError
from linkgraph.leads.trace import Trace, trace
from tests.support.screen import Screened, case, involves, lookup, posting, screened

CAR = "vehicle:ABC-1234"


def duty(officer: str, kind: str, start: str, end: str) -> dict[str, Any]:
    return {"officer_id": officer, "kind": kind, "start": start, "end": end, "unit_id": "U1"}


def quarrel(folder: Path, **more: Any) -> Screened:
    """O2, on leave, quarrels at 14:00; O1 at the desk looks the car up at 14:20."""
    tables: dict[str, Any] = {
        "units": [{"unit_id": "U1"}, {"unit_id": "U2"}],
        "postings": [
            posting("O1", "U1"),
            posting("O2", "U1"),
            posting("O3", "U1"),
            posting("O4", "U2"),
        ],
        "duties": [
            duty("O1", "desk", "2024-05-01T12:00:00", "2024-05-01T20:00:00"),
            duty("O2", "leave", "2024-05-01T00:00:00", "2024-05-02T00:00:00"),
            duty("O3", "off", "2024-05-01T00:00:00", "2024-05-02T00:00:00"),
            duty("O4", "patrol", "2024-05-01T12:00:00", "2024-05-01T20:00:00"),
        ],
        "vehicle_owners": [{"vehicle_id": "ABC-1234", "person_id": "P1"}],
        "unit_phones": [{"phone_id": "T-U1", "unit_id": "U1"}],
        "internal_calls": [
            {
                "from_phone_id": "M-2",
                "to_phone_id": "T-U1",
                "at": "2024-05-01T14:18:00",
                "seconds": 60,
            }
        ],
        "complaints": [
            {
                "complaint_id": "CP1",
                "at": "2024-05-05T09:00:00",
                "incident_at": "2024-05-01T14:00:00",
                "complainant_id": "P1",
                "vehicle_id": "ABC-1234",
                "officer_id": "O2",
            }
        ],
        "cases": [case("C9", "2024-05-03", "2024-05-04", unit_id="U2")],
        "case_officers": [{"case_id": "C9", "officer_id": "O4", "start": "2024-05-03"}],
        "case_subjects": [involves("C9", CAR)],
        "lookups": [
            lookup("L0", "2024-04-20T10:00:00", CAR, "O4", purpose="巡邏"),
            lookup(
                "L1", "2024-05-01T14:20:00", CAR, "O1", purpose="失竊車輛查證", system="vehicle"
            ),
            lookup("L2", "2024-05-01T14:21:00", "person:P1", "O1", purpose="失竊車輛查證"),
            lookup("L3", "2024-05-03T10:00:00", CAR, "O4", purpose="偵辦"),
            lookup("L4", "2024-05-01T14:25:00", "person:P5", "O1"),
        ],
    }
    return screened(folder, {**tables, **more})


def traced(done: Screened, **origin: Any) -> Trace:
    return trace(done.ledger, done.screening, **(origin or {"complaint": "CP1"}))


def test_the_look_up_after_the_incident_comes_first_and_the_colleague_on_leave_is_named(
    tmp_path: Path,
) -> None:
    found = traced(quarrel(tmp_path))
    assert {item.lookup_id for item in found[:2]} == {"L1", "L2"}
    assert [item.lookup_id for item in found][-1] == "L3"
    first = found[0].may_have_asked[0]
    assert (first.officer_id, first.strength) == ("O2", "asker_named_and_away")
    told = {fact.id for fact in first.speaks_for}
    assert {"asked.named", "asked.away_leave", "asked.same_unit", "asked.call"} <= told
    assert found.may_have_asked[0].officer_id == "O2"


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2024-05-01T13:20:00", "40 minutes before the time given for the incident."),
        ("2024-05-01T12:00:00", "Before the incident."),
        ("2024-05-01T14:20:00", "20 minutes after the incident."),
        ("2024-05-01T19:20:00", "5 hours after the incident."),
        ("2024-05-04T13:00:00", "2 days after the incident."),
    ],
)
def test_when_a_look_up_was_made_is_said_as_it_was(tmp_path: Path, at: str, said: str) -> None:
    done = quarrel(tmp_path, lookups=[lookup("L1", at, CAR, "O1")])
    (item,) = traced(done)
    assert said in [reason.text["en"] for reason in item.reasons]


def test_explained_look_ups_stay_visible_below(tmp_path: Path) -> None:
    found = {item.lookup_id: item for item in traced(quarrel(tmp_path))}
    assert found["L3"].level == "full"
    assert found["L3"].may_have_asked == ()
    assert "L4" not in found


def test_without_a_name_in_the_complaint_those_away_are_named_with_what_speaks_against(
    tmp_path: Path,
) -> None:
    done = quarrel(
        tmp_path,
        complaints=[
            {
                "complaint_id": "CP1",
                "at": "2024-05-05T09:00:00",
                "incident_at": "2024-05-01T14:00:00",
                "vehicle_id": "ABC-1234",
            }
        ],
    )
    first = traced(done)[0]
    assert first.lookup_id in {"L1", "L2"}
    named = {asker.officer_id: asker for asker in first.may_have_asked}
    assert named["O2"].strength == "asker_away_in_contact"
    assert "not_asked.many_away" in {fact.id for fact in named["O3"].speaks_against}
    assert named["O1"].strength == "holder"


def test_a_number_known_under_an_inquiry_tells_who_rang(tmp_path: Path) -> None:
    done = quarrel(
        tmp_path,
        complaints=[
            {
                "complaint_id": "CP1",
                "at": "2024-05-05T09:00:00",
                "incident_at": "2024-05-01T14:00:00",
                "vehicle_id": "ABC-1234",
            }
        ],
    )
    found = trace(done.ledger, done.screening, complaint="CP1", officer_phones={"M-2": "O2"})
    first = found[0].may_have_asked[0]
    assert (first.officer_id, first.strength) == ("O2", "asker_logged_away")


def test_an_officer_in_the_accident_record_is_a_party(tmp_path: Path) -> None:
    done = quarrel(
        tmp_path,
        officers=[{"officer_id": f"O{i}", "person_id": f"PO{i}"} for i in (1, 2, 3, 4)],
        cases=[
            case("A1", "2024-05-01T14:10:00", "2024-05-01T16:00:00", kind="traffic", unit_id="U2")
        ],
        case_officers=[{"case_id": "A1", "officer_id": "O4", "start": "2024-05-01T14:10:00"}],
        case_subjects=[involves("A1", CAR), involves("A1", "person:PO3")],
        complaints=[
            {
                "complaint_id": "CP1",
                "at": "2024-05-05T09:00:00",
                "incident_at": "2024-05-01T14:00:00",
                "vehicle_id": "ABC-1234",
            }
        ],
    )
    first = traced(done)[0].may_have_asked[0]
    assert (first.officer_id, first.strength) == ("O3", "asker_party")


def test_a_household_is_traced_when_an_inquiry_gives_it(tmp_path: Path) -> None:
    done = quarrel(tmp_path)
    assert {i.lookup_id for i in traced(done, person="P1")} == {"L0", "L1", "L2", "L3"}
    more = traced(done, person="P1", household=frozenset({"P5"}))
    assert {i.lookup_id: i.relation for i in more}["L4"] == "household"


def test_a_trace_from_a_plate_needs_no_complaint(tmp_path: Path) -> None:
    found = traced(quarrel(tmp_path), vehicle="ABC-1234")
    assert {item.lookup_id for item in found} == {"L0", "L1", "L2", "L3"}
    assert found.complained_at is None


def test_a_plate_stands_for_its_owner_only_while_he_owned_it(tmp_path: Path) -> None:
    done = quarrel(
        tmp_path,
        vehicle_owners=[{"vehicle_id": "ABC-1234", "person_id": "P1", "start": "2024-05-01"}],
    )
    assert "L0" not in {item.lookup_id for item in traced(done, person="P1")}


def test_a_trace_is_plain_data_with_local_times(tmp_path: Path) -> None:
    found = traced(quarrel(tmp_path)).to_json()
    assert found["incident_at"] == "2024-05-01T14:00:00+08:00"
    assert found["lookups"][0]["rank"] == 1
    assert found["lookups"][0]["may_have_asked"][0]["for"][0]["text"].keys() == {"en", "zh_tw"}
    json.dumps(found)


def test_what_was_not_loaded_is_said(tmp_path: Path) -> None:
    done = screened(
        tmp_path,
        {
            "lookups": [lookup("L1", "2024-05-01T14:20:00", CAR)],
            "complaints": [
                {"complaint_id": "CP1", "at": "2024-05-05T09:00:00", "vehicle_id": "ABC-1234"}
            ],
        },
    )
    found = traced(done)
    assert [item.lookup_id for item in found] == ["L1"]
    assert {"missing.duties", "missing.internal_calls"} <= {fact.id for fact in found.missing}


def test_an_unknown_origin_is_refused(tmp_path: Path) -> None:
    done = quarrel(tmp_path)
    for origin in ({"complaint": "CP9"}, {"vehicle": "XXX-0000"}, {"person": "P1", "phone": "T"}):
        with pytest.raises(UsageError):
            trace(done.ledger, done.screening, **origin)


def impostor(folder: Path, **more: Any) -> Screened:
    """O1 at the desk reads out two plates to a caller whom no officer is named like."""
    call = {"channel": "internal_line", "requester_text": "西門派出所警員廖○○", "purpose": "代查"}
    tables: dict[str, Any] = {
        "officers": [
            {"officer_id": f"O{i}", "name": name} for i, name in ((1, "林大同"), (2, "陳志明"))
        ],
        "units": [{"unit_id": "U1", "name": "東門派出所"}, {"unit_id": "U2", "name": "西門派出所"}],
        "postings": [posting("O1", "U1"), posting("O2", "U1")],
        "duties": [duty("O2", "leave", "2024-05-01T00:00:00", "2024-05-02T00:00:00")],
        "unit_phones": [{"phone_id": "T-U1", "unit_id": "U1"}],
        "internal_calls": [
            {"from_phone_id": "M-9", "to_phone_id": "T-U1", "at": "2024-05-01T14:58:00"}
        ],
        "lookups": [
            lookup("L1", "2024-05-01T15:00:00", CAR, "O1", **call),
            lookup("L2", "2024-05-01T15:02:00", "vehicle:DEF-5678", "O1", **call),
            lookup("L3", "2024-05-01T18:00:00", "vehicle:GHI-9012", "O1", purpose="巡邏"),
            lookup("L4", "2024-04-28T10:00:00", CAR, "O2", purpose="巡邏"),
        ],
        "self_reports": [{"officer_id": "O1", "at": "2024-05-01T20:00:00", "lookup_id": "L1"}],
    }
    return screened(folder, {**tables, **more})


def test_a_self_report_leads_to_its_look_ups_and_to_whoever_else_looked(tmp_path: Path) -> None:
    found = traced(impostor(tmp_path), self_report="L1")
    assert [item.lookup_id for item in found] == ["L1", "L2", "L4"]
    told = [{fact.id for fact in item.reasons} for item in found]
    assert "reported" in told[0]
    assert "beside_reported" in told[1]
    assert found[0].reasons[-1].records[0][0] == "self_reports"
    assert not {"reported", "beside_reported"} & told[2]


def test_the_caller_whom_the_log_names_comes_before_colleagues_who_were_away(
    tmp_path: Path,
) -> None:
    first, *others = traced(impostor(tmp_path), self_report="L1")[0].may_have_asked
    assert (first.officer_id, first.text, first.strength) == (None, "西門派出所警員廖○○", "text")
    assert "not_asked.no_such_name" in {fact.id for fact in first.speaks_against}
    (mate,) = [asker for asker in others if asker.officer_id == "O2"]
    assert mate.strength == "asker_away"
    assert "not_asked.log_names" in {fact.id for fact in mate.speaks_against}


def test_a_report_that_names_no_look_up_is_about_those_of_the_two_days_before(
    tmp_path: Path,
) -> None:
    done = impostor(tmp_path, self_reports=[{"officer_id": "O1", "at": "2024-05-01T20:00:00"}])
    found = traced(done, self_report="O1")
    assert {item.lookup_id for item in found} == {"L1", "L2", "L3", "L4"}
    assert found[-1].lookup_id == "L4"


def test_an_officer_with_several_reports_must_say_which(tmp_path: Path) -> None:
    done = impostor(
        tmp_path,
        self_reports=[
            {"officer_id": "O1", "at": "2024-05-01T20:00:00", "lookup_id": id_}
            for id_ in ("L1", "L3")
        ],
    )
    with pytest.raises(UsageError, match="2 self-reports"):
        traced(done, self_report="O1")
    with pytest.raises(UsageError, match="no self-report"):
        traced(done, self_report="L2")
    assert traced(done, self_report="L3")[0].lookup_id == "L3"
