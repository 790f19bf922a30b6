"""What a lead says on both sides: what was tried, what would be innocent, what is left over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from linkgraph.leads.find import find_leads
from linkgraph.leads.lead import Lead, Leads
from linkgraph.reports.phrasing import number
from linkgraph.workspace import Settings
from tests.leads.forces import hit_row, hits, inquiry, routine
from tests.support.screen import lookup, posting, screened

FRIEND = hits(circle=[hit_row("O03", "P1", direct=True)])
FORCE: dict[str, Any] = {
    "units": [{"unit_id": "U1"}, {"unit_id": "U2"}],
    "postings": [posting(f"O{o:02}", "U1" if o < 10 else "U2") for o in range(20)],
}


def leads_of(folder: Path, *more: dict[str, Any], **tables: Any) -> Leads:
    done = screened(folder, {**FORCE, "lookups": [*routine(), *more], **tables})
    return find_leads(done.ledger, done.screening, FRIEND, inquiry(), Settings())


def of_friend(leads: Leads) -> Lead:
    return next(lead for lead in leads if lead.kind == "circle")


def test_a_case_that_explains_another_subject_of_the_lookup_explains_it_in_part(
    tmp_path: Path,
) -> None:
    lead = of_friend(
        leads_of(
            tmp_path,
            lookup("L1", "2024-03-01T10:00:00", "person:P9", "O03"),
            lookup("L2", "2024-03-09T10:00:00", "person:P1", "O03"),
            lookup_subjects=[
                {"lookup_id": "L1", "subject_kind": "person", "subject_id": person}
                for person in ("P9", "P1")
            ],
            cases=[{"case_id": "C1", "opened_at": "2024-02-01", "unit_id": "U1"}],
            case_officers=[{"case_id": "C1", "officer_id": "O03", "start": "2024-02-01"}],
            case_subjects=[{"case_id": "C1", "subject_kind": "person", "subject_id": "P9"}],
        )
    )
    assert set(lead.lookup_ids) == {"L1", "L2"}
    tried = {(one.outcome, one.lookup_ids) for one in lead.explanations if one.id == "own_case"}
    assert tried == {("partial", ("L1",)), ("none", ("L2",))}
    (fact,) = [fact for fact in lead.mitigating if fact.id == "own_case"]
    assert fact.text["en"] == (
        "Own case explains another subject of the same look-up: 1 of 2 look-ups."
    )


def test_what_raises_the_bits_comes_with_its_innocent_readings(tmp_path: Path) -> None:
    printed = lookup("L1", "2024-03-01T10:00:00", "person:P1", "O03", output="print")
    lead = of_friend(leads_of(tmp_path, printed))
    assert next(step.bits for step in lead.waterfall if step.id == "print_export") > 0
    innocent = [fact.text for fact in lead.notes if fact.id == "innocent"]
    assert any(text["en"].startswith("Printed or exported: ") for text in innocent)
    assert any("列印" in text["zh_tw"] for text in innocent)


def test_where_nothing_could_explain_the_lead_says_that_it_may_be_ordinary_work(
    tmp_path: Path,
) -> None:
    asked = lookup("L1", "2024-03-01T10:00:00", "person:P1", "O03")
    bare = screened(tmp_path / "bare", {"lookups": [*routine(), asked]})
    alone = find_leads(bare.ledger, bare.screening, FRIEND, inquiry(), Settings())
    (note,) = [fact for fact in of_friend(alone).notes if fact.id == "nothing_tried"]
    assert "may be ordinary work" in note.text["en"]
    record = {"record_id": "R1", "at": "2024-05-01", "officer_id": "O07", "kind": "work_log",
              "subject_kind": "person", "subject_id": "P7"}  # fmt: skip
    lead = of_friend(leads_of(tmp_path / "more", asked, work_records=[record]))
    assert "nothing_tried" not in {fact.id for fact in lead.notes}


def test_what_a_finding_leaves_is_rounding_and_no_mixture(tmp_path: Path) -> None:
    again = [lookup(f"A{i}", f"2024-06-{i:02}T09:00:00", "person:Q9", "O07") for i in range(1, 7)]
    for lead in leads_of(tmp_path, *again):
        last = lead.waterfall[-1]
        assert last.id != ("remainder" if lead.set_path is None else "rounding")
        if last.id == "remainder":
            cost, left = last.terms
            assert cost.symbol == "cost"
            assert "whether or not they occur" in cost.text["en"]
            assert left.value == last.bits or abs(left.value - last.bits) < 0.005


def test_a_small_share_is_not_written_as_nothing() -> None:
    assert number(0.003293) == "0.0033"
    assert number(3.0e-05) == "0.00003"
    assert number(-0.5) == "−0.5"
    assert number(0.0) == "0"


def test_earlier_reviews_are_told_in_both_languages(tmp_path: Path) -> None:
    asked = lookup("L1", "2024-03-01T10:00:00", "person:P1", "O03")
    reviews = [{"lookup_id": "L1", "decision": "procedural", "selected_by": "random"}]
    lead = of_friend(leads_of(tmp_path, asked, reviews=reviews))
    (fact,) = [fact for fact in lead.background if fact.id == "earlier_reviews"]
    assert "procedural 1" in fact.text["en"]
    assert "程序不符 1" in fact.text["zh_tw"]
