"""Findings of several officers, and of one account: what belongs to one matter is one lead."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from linkgraph.leads.find import find_leads
from linkgraph.leads.lead import Leads
from linkgraph.workspace import Settings
from tests.leads.forces import inquiry, routine
from tests.support.screen import lookup, posting, screened

FORCE: dict[str, Any] = {
    "units": [{"unit_id": f"U{i}"} for i in range(4)],
    "postings": [posting(f"O{o:02}", f"U{o % 4}") for o in range(20)],
}


def leads_of(folder: Path, *more: dict[str, Any], **tables: Any) -> Leads:
    given = {**FORCE, "lookups": [*routine(each=30), *more], **tables}
    done = screened(folder, given)
    return find_leads(done.ledger, done.screening, {}, inquiry(), Settings())


def test_a_wave_on_one_person_is_one_matter_with_every_officer_in_it(tmp_path: Path) -> None:
    wave = [
        lookup(f"W{o:02}", f"2024-06-1{o % 5}T10:00:00", "person:STAR", f"O{o:02}")
        for o in range(12)
    ]
    found = [lead for lead in leads_of(tmp_path, *wave) if lead.kind == "celebrity"]
    (lead,) = [lead for lead in found if lead.subjects == (("person", "STAR"),)]
    assert set(lead.officers) == {f"O{o:02}" for o in range(12)}
    assert set(lead.lookup_ids) == {f"W{o:02}" for o in range(12)}
    assert lead.requester_id is None
    assert round(sum(step.bits for step in lead.waterfall), 2) == lead.bits
    assert lead.officer_id in lead.officers


def test_what_an_account_should_not_have_been_able_to_do_is_one_lead(tmp_path: Path) -> None:
    late = [lookup(f"D{i}", f"2024-06-1{i}T10:00:00", f"person:D{i}", "O03") for i in range(3)]
    officers = [{"officer_id": f"O{o:02}"} for o in range(20) if o != 3]
    officers += [{"officer_id": "O03", "left_on": "2024-06-01"}]
    leads = leads_of(tmp_path, *late, officers=officers)
    first = next(lead for lead in leads if lead.kind == "rights")
    assert first.officer_id == "O03"
    assert set(first.lookup_ids) >= {"D0", "D1", "D2"}
    assert len([lead for lead in leads if lead.kind == "rights"]) == 1


def test_a_colleague_whose_account_lay_beside_is_not_said_to_have_asked(tmp_path: Path) -> None:
    beside = [
        lookup(f"B{i}", f"2024-06-10T10:0{i}:00", f"person:B{i}", o, device_id="M1")
        for i, o in enumerate(("O04", "O05", "O04"))
    ]
    found = [lead for lead in leads_of(tmp_path, *beside) if lead.kind == "shared_device"]
    assert [(lead.officer_id, lead.requester_id) for lead in found] == [("O05", None)]
    assert found[0].lookup_ids == ("B1",)
