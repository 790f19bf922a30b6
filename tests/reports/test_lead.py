"""The report of a lead says whose look-ups they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from linkgraph.leads.find import find_leads
from linkgraph.reports.evidence import lead_label, lead_sentences
from linkgraph.workspace import Settings
from tests.leads.forces import inquiry, routine
from tests.reports.materials import material
from tests.support.screen import lookup, posting, screened

WAVE: dict[str, Any] = {
    "units": [{"unit_id": f"U{i}"} for i in range(4)],
    "postings": [posting(f"O{o:02}", f"U{o % 4}") for o in range(20)],
    "officers": [
        {"officer_id": f"O{o:02}", "joined_on": f"20{o:02}-01-01"} for o in range(20)
    ],
    "lookups": [
        *routine(each=30),
        *(
            lookup(f"W{o:02}", f"2024-06-1{o % 5}T10:00:00", "person:STAR", f"O{o:02}")
            for o in range(12)
        ),
    ],
}  # fmt: skip


def wave(folder: Path) -> Any:
    done = screened(folder, WAVE)
    leads = find_leads(done.ledger, done.screening, {}, inquiry(), Settings())
    return next(lead for lead in leads if lead.subjects == (("person", "STAR"),))


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "and 11 more made 12 look-ups of STAR between them"), ("zh-TW", "等 12 人")],
)
def test_no_officer_is_said_to_have_made_the_lookups_of_twelve(
    tmp_path: Path, language: str, said: str
) -> None:
    lead = wave(tmp_path / "leads").to_json()
    of = material(tmp_path / "report", WAVE, language=language, inquiry=inquiry())
    (told,) = lead_sentences(of, lead)
    assert said in told
    assert f"Officer {lead['officer_id']} made 12" not in told
    assert str(12 - (language == "en")) in lead_label(of, lead)


def test_background_and_records_to_ask_for_name_each_officer_of_a_wave(tmp_path: Path) -> None:
    lead = wave(tmp_path)
    texts = [fact.text["en"] for fact in lead.background]
    assert f"{lead.officer_id}: In service since 20{lead.officer_id[1:]}-01-01." in texts
    assert len(texts) == 12
    (own,) = [fact.text["en"] for fact in lead.settles if fact.id == "settle.own_case"]
    assert own.count("O0") + own.count("O1") >= 8
    assert " … to a matter" in own
