"""Worklist of purposes: what contradicts a record, and who says nothing more than others do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from linkgraph.errors import UsageError
from linkgraph.leads.workitem import WorkItem
from linkgraph.leads.worklist_purpose import worklist_purpose
from tests.support.screen import Screened, case, involves, lookup, posting, screened

OFFICERS = [f"O{n:02}" for n in range(14)]


def asked(
    officer: str, purposes: list[str], prefix: str = "L", month: int = 5, **more: Any
) -> list[dict[str, Any]]:
    return [
        lookup(
            f"{prefix}{officer}-{i:03}",
            f"2024-{month:02}-{1 + i % 28:02}T10:{i % 60:02}:00",
            f"person:{prefix}{officer}-{i}",
            officer,
            purpose=purpose,
            **more,
        )
        for i, purpose in enumerate(purposes)
    ]


def force(folder: Path, *lookups: dict[str, Any], **tables: Any) -> Screened:
    """Fourteen officers with forty plain purposes each, and whatever else."""
    plain = [
        row
        for o, officer in enumerate(OFFICERS)
        for row in asked(officer, [f"查證路口第{o * 40 + i}號糾紛" for i in range(40)], "R")
    ]
    given: dict[str, Any] = {
        "units": [{"unit_id": "U1"}],
        "postings": [posting(officer, "U1") for officer in OFFICERS],
        "lookups": [*plain, *lookups],
    }
    return screened(folder, {**given, **tables})


def items(done: Screened, month: str | None = None) -> list[WorkItem]:
    return list(worklist_purpose(done.ledger, done.screening, month=month))


def test_an_officer_who_gives_no_purpose_is_listed_with_the_comparison(tmp_path: Path) -> None:
    done = force(tmp_path, *asked("O01", [""] * 20))
    (item,) = items(done)
    assert (item.kind, item.officer_id, item.lookups) == ("empty", "O01", 20)
    assert "20 of 60 look-ups give no purpose" in item.line["en"]
    assert "0.0 in 100" in item.line["en"]
    assert "未填用途" in item.line["zh_tw"]
    assert item.weight > 10
    assert item.lookup_ids[0] == "LO01-000"


def test_what_the_whole_force_enters_singles_out_nobody(tmp_path: Path) -> None:
    everyone = [row for officer in OFFICERS for row in asked(officer, ["公務查詢"] * 20)]
    assert items(force(tmp_path, *everyone)) == []


def test_one_purpose_for_nearly_everything_is_named(tmp_path: Path) -> None:
    done = force(tmp_path, *asked("O02", ["協助民眾移車"] * 400))
    (item,) = items(done)
    assert (item.kind, item.purpose, item.lookups) == ("same", "協助民眾移車", 400)
    assert "協助民眾移車" in item.line["en"]
    assert len(item.lookup_ids) == 50


def test_a_purpose_that_a_record_contradicts_is_listed_however_rare(tmp_path: Path) -> None:
    done = force(
        tmp_path,
        *asked("O03", ["失竊車輛查證"], "T"),
        *asked("O04", ["偵辦 C1 案"], "M", case_id="C1"),
        cases=[case("C1", "2024-04-01", unit_id="U1"), case("C2", "2024-04-01", unit_id="U1")],
        case_subjects=[involves("C1", "person:ELSE"), involves("C2", "person:ELSE")],
    )
    found = {item.kind: item for item in items(done)}
    assert set(found) == {"claimed_event", "case_mismatch"}
    theft, cited = found["claimed_event"], found["case_mismatch"]
    assert "claim a theft" in theft.line["en"]
    assert "失竊" in theft.line["zh_tw"]
    assert cited.records == (("cases", "C1"),)
    assert "names other subjects: C1" in cited.line["en"]


def test_a_theft_that_was_reported_is_no_contradiction(tmp_path: Path) -> None:
    done = force(
        tmp_path,
        *asked("O03", ["失竊車輛查證"], "T"),
        cases=[case("C1", "2024-04-30", offence="竊盜", unit_id="U1")],
        case_subjects=[involves("C1", "person:TO03-0")],
    )
    assert items(done) == []


def test_look_ups_that_a_record_explains_weigh_nothing_and_speak_for_the_officer(
    tmp_path: Path,
) -> None:
    own = asked("O05", [""] * 12)
    done = force(
        tmp_path,
        *own,
        *asked("O06", [""] * 12, "E"),
        cases=[case("C1", "2024-04-01", unit_id="U1")],
        case_officers=[{"case_id": "C1", "officer_id": "O05", "start": "2024-04-01"}],
        case_subjects=[involves("C1", f"person:{row['subject_id']}") for row in own[:11]],
    )
    found = items(done)
    assert found[0].officer_id == "O06"
    explained = [item for item in found if item.officer_id == "O05"]
    assert all(item.weight < found[0].weight for item in explained)
    for item in explained:
        assert item.explained == 11
        assert "11 of 12 are explained in full" in item.mitigating[0].text["en"]


def test_a_month_counts_its_own_look_ups(tmp_path: Path) -> None:
    done = force(tmp_path, *asked("O01", [""] * 20, month=6))
    assert [i.lookups for i in items(done, "2024-06")] == [20]
    assert items(done, "2024-05") == []
    with pytest.raises(UsageError):
        items(done, "June")


def test_missing_records_are_said_and_json_is_plain(tmp_path: Path) -> None:
    done = force(tmp_path, *asked("O01", [""] * 20))
    found = worklist_purpose(done.ledger, done.screening).to_json()
    assert {fact["id"] for fact in found["missing"]} >= {"missing.cases", "missing.alerts"}
    assert found["items"][0]["first_at"].endswith("+08:00")
    assert found["of"] == 14 * 40 + 20
