"""The list itself, on small tables written here."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from linkgraph.graph.runner import nearby
from linkgraph.leads.find import find_leads
from linkgraph.leads.lead import Leads
from linkgraph.workspace import Settings
from tests.leads.forces import END, START, hit_row, hits, inquiry, routine
from tests.support.screen import Screened, case, involves, lookup, screened

FRIENDS = [
    lookup("L1", "2024-03-01T23:00:00", "person:P1", "O03", purpose="公務查詢"),
    lookup("L2", "2024-03-09T23:00:00", "person:P2", "O03", purpose="公務查詢"),
    lookup("L3", "2024-04-01T23:00:00", "vehicle:ABC-1234", "O03", purpose="公務查詢"),
    lookup("L4", "2024-04-02T23:00:00", "person:LOCAL", "O03", purpose="公務查詢"),
]
OWNER = [{"vehicle_id": "ABC-1234", "person_id": "P3"}]
CIRCLE = hits(circle=[hit_row("O03", person) for person in ("P1", "P2", "P3", "LOCAL")])


def force(folder: Path, *extra: dict[str, Any], **tables: Any) -> Screened:
    given = {"lookups": [*routine(), *FRIENDS, *extra], "vehicle_owners": OWNER, **tables}
    return screened(folder, given)


def leads_of(done: Screened, found: dict[str, pd.DataFrame], **more: Any) -> Leads:
    return find_leads(done.ledger, done.screening, found, inquiry(**more), Settings())


def test_several_look_ups_around_a_friend_are_one_lead(tmp_path: Path) -> None:
    leads = leads_of(force(tmp_path), CIRCLE)
    first = leads[0]
    assert (first.officer_id, first.kind, first.hub) == ("O03", "circle", ("person", "F1"))
    assert first.lookup_ids == ("L1", "L2", "L3")
    assert {id_ for _, id_ in first.subjects} == {"P1", "P2", "P3"}
    assert first.bits > 5
    assert first.requester_id is None


def test_who_is_near_a_party_to_his_own_case_speaks_for_him(tmp_path: Path) -> None:
    """Not if so many of the force's pairs are near one that it says nothing."""
    done = force(
        tmp_path,
        cases=[{"case_id": "C1", "opened_at": "2024-02-20"}],
        case_officers=[{"case_id": "C1", "officer_id": "O03", "start": "2024-02-20"}],
        case_subjects=[{"case_id": "C1", "subject_kind": "person", "subject_id": "PARTY"}],
        associations=[
            {"person_a_id": "PARTY", "person_b_id": p, "kind": "family"} for p in ("P1", "P2")
        ],
    )
    near = nearby(done.ledger, inquiry())
    lead = find_leads(done.ledger, done.screening, CIRCLE, inquiry(), Settings(), near=near)[0]
    (fact,) = [fact for fact in lead.mitigating if fact.id == "case_circle"]
    assert fact.lookup_ids == ("L1", "L2")
    assert fact.records == (("cases", "C1"),)
    assert lead.bits <= leads_of(done, CIRCLE)[0].bits


def test_the_person_whom_everyone_looks_up_is_no_part_of_it(tmp_path: Path) -> None:
    leads = leads_of(force(tmp_path), CIRCLE)
    assert all("LOCAL" not in {id_ for _, id_ in lead.subjects} for lead in leads)


def test_a_lead_as_json_has_the_fields_of_the_contract(tmp_path: Path) -> None:
    lead = leads_of(force(tmp_path), CIRCLE)[0].to_json()
    wanted = [
        "lead_id",
        "rank",
        "officer_id",
        "requester_id",
        "subjects",
        "hub",
        "lookup_ids",
        "first_at",
        "last_at",
        "bits",
        "set",
        "waterfall",
        "explanations",
        "mitigating",
        "background",
        "settles",
    ]
    assert set(wanted) <= set(lead)
    assert lead["rank"] == 1
    assert lead["first_at"] == "2024-03-01T23:00:00+08:00"
    assert lead["hub"] == {"kind": "person", "id": "F1"}
    assert lead["subjects"][0].keys() == {"kind", "id"}
    assert lead["set"]["kind"] == "circle"
    assert lead["set"]["anchor"] == {"kind": "person", "id": "F1"}
    assert lead["set"]["path"][0] == "officer:O03"
    assert lead["set"]["path"][-1] == "person:F1"
    assert round(sum(step["bits"] for step in lead["waterfall"]), 2) == lead["bits"]
    assert set(lead["waterfall"][0]) == {"id", "bits", "measure", "lookup_ids", "path"}
    outcomes = {item["outcome"] for item in lead["explanations"]}
    assert outcomes <= {"full", "partial", "none", "not_run"}
    assert {"id", "outcome", "lookup_ids", "records"} == set(lead["explanations"][0])
    assert all({"en", "zh_tw"} == set(item["text"]) for item in lead["settles"])
    json.dumps(lead)


def test_an_explained_look_up_is_shown_and_not_counted(tmp_path: Path) -> None:
    done = force(
        tmp_path,
        cases=[case("C1", "2024-02-20", "2024-05-01")],
        case_officers=[{"case_id": "C1", "officer_id": "O03", "start": "2024-02-20"}],
        case_subjects=[involves("C1", "person:P2")],
    )
    lead = leads_of(done, CIRCLE)[0]
    assert "L2" not in lead.lookup_ids
    with_more = force(
        tmp_path / "again",
        lookup("L5", "2024-06-09T23:00:00", "person:P2", "O03"),
        cases=[case("C1", "2024-02-20", "2024-03-20")],
        case_officers=[
            {"case_id": "C1", "officer_id": "O03", "start": "2024-02-20", "end": "2024-03-20"}
        ],
        case_subjects=[involves("C1", "person:P2")],
    )
    lead = leads_of(with_more, CIRCLE)[0]
    assert "L5" in lead.lookup_ids
    (full,) = [t for t in lead.explanations if t.outcome == "full"]
    assert (full.id, full.lookup_ids) == ("own_case", ("L2",))
    assert "explained_fully" in {fact.id for fact in lead.mitigating}


def test_look_ups_outside_the_time_of_the_path_do_not_count(tmp_path: Path) -> None:
    day = 24 * 3_600_000_000
    later = hit_row("O03", "P1", start=START + 200 * day)
    until = hit_row("O03", "P2", end=START + 30 * day, tie_end=END)
    leads = leads_of(force(tmp_path), hits(circle=[later, until, hit_row("O03", "P3")]))
    assert leads[0].lookup_ids == ("L3",)


def test_a_former_tie_counts(tmp_path: Path) -> None:
    ended = START + 10 * 24 * 3_600_000_000
    former = hit_row("O03", "P1", end=ended, tie_end=ended)
    leads = leads_of(force(tmp_path), hits(circle=[former]))
    assert leads[0].lookup_ids == ("L1",)


def test_a_mates_circle_names_who_may_have_asked(tmp_path: Path) -> None:
    rows = [hit_row("O03", p, requester="O04") for p in ("P1", "P2", "P3")]
    lead = leads_of(force(tmp_path), hits(mate_circle=rows))[0]
    assert (lead.officer_id, lead.requester_id) == ("O03", "O04")


def test_whom_the_holder_knows_himself_nobody_else_asked_for(tmp_path: Path) -> None:
    mate = [hit_row("O03", p, requester="O04", anchor=("person", "F2")) for p in ("P1", "P2")]
    own = [hit_row("O03", "P1", direct=True, distance=1)]
    leads = leads_of(force(tmp_path), hits(circle=own, mate_circle=mate))
    held = {id_: (lead.kind, lead.requester_id) for lead in leads for id_ in lead.lookup_ids}
    assert held["L1"] == ("circle", None)
    assert held["L2"] == ("mate_circle", "O04")


def test_a_hub_needs_three_sessions(tmp_path: Path) -> None:
    anchor = ("organisation", "ORG")
    rows = [hit_row("O03", p, anchor=anchor) for p in ("P1", "P2", "P3")]
    lead = leads_of(force(tmp_path / "three"), hits(hub=rows))[0]
    assert (lead.kind, lead.hub) == ("hub", anchor)
    assert lead.check is not None
    assert 0 < lead.check.p_value <= 1
    two = leads_of(force(tmp_path / "two"), hits(hub=rows[:2]))
    assert "hub" not in {lead.kind for lead in two}


def test_an_organisation_with_a_tie_is_no_hub_as_well(tmp_path: Path) -> None:
    rows = [hit_row("O03", p, anchor=("organisation", "ORG")) for p in ("P1", "P2", "P3")]
    leads = leads_of(force(tmp_path), hits(hub=rows, organisation=rows[:1]))
    assert "hub" not in {lead.kind for lead in leads}


def test_officers_and_lookups_alone_give_ranked_leads_with_reasons(tmp_path: Path) -> None:
    days = [f"2024-05-{d:02}T10:00:00" for d in (1, 3, 8, 20)]
    followed = [lookup(f"F{i}", day, "person:EX", "O07") for i, day in enumerate(days)]
    done = screened(tmp_path, {"lookups": [*routine(), *followed]})
    leads = leads_of(done, {})
    assert (leads[0].officer_id, leads[0].kind) == ("O07", "repeated")
    assert leads[0].subjects == (("person", "EX"),)
    assert leads[0].set_path is None
    assert leads[0].to_json()["set"] is None
    missing = dict(leads.not_run)
    assert {"own_case", "off_duty", "circle"} <= set(missing)
    assert "cases" in missing["own_case"]
    assert {t.outcome for t in leads[0].explanations} == {"not_run"}
    assert leads[0].settles


def test_leads_of_an_inquiry_into_one_officer_are_his(tmp_path: Path) -> None:
    days = [f"2024-05-{d:02}T10:00:00" for d in (1, 3, 8, 20)]
    extra = [
        lookup(f"F{o}-{i}", day, f"person:EX{o}", o)
        for o in ("O07", "O08")
        for i, day in enumerate(days)
    ]
    done = screened(tmp_path, {"lookups": [*routine(), *extra]})
    found = leads_of(done, {}, all_officers=False, officers=("O08",))
    assert {lead.officer_id for lead in found} == {"O08"}


def test_the_same_bytes_from_shuffled_rows(tmp_path: Path) -> None:
    def written(folder: Path, seed: int) -> str:
        shuffle = random.Random(seed)
        rows = [*routine(), *FRIENDS]
        found = {id_: frame.copy() for id_, frame in CIRCLE.items()}
        if seed:
            shuffle.shuffle(rows)
            found = {id_: frame.sample(frac=1, random_state=seed) for id_, frame in found.items()}
        done = screened(folder, {"lookups": rows, "vehicle_owners": OWNER})
        return json.dumps(leads_of(done, found).to_json(), ensure_ascii=False)

    first = written(tmp_path / "a", 0)
    assert first == written(tmp_path / "b", 1)
    assert first == written(tmp_path / "c", 2)


def test_a_lead_keeps_its_id_and_an_old_one_says_where_its_look_ups_went(tmp_path: Path) -> None:
    done = force(tmp_path)
    before = leads_of(done, CIRCLE)
    moved = hits(circle=[hit_row("O03", p, anchor=("person", "F9")) for p in ("P1", "P2", "P3")])
    after = find_leads(
        done.ledger,
        done.screening,
        moved,
        inquiry(),
        Settings(),
        earlier=[lead.to_json() for lead in before],
    )
    assert leads_of(done, CIRCLE)[0].lead_id == before[0].lead_id
    assert after.supersedes[before[0].lead_id] == (after[0].lead_id,)


def test_what_is_not_listed_is_said(tmp_path: Path) -> None:
    rows = [hit_row("O03", p, anchor=("person", p)) for p in ("P1", "P2", "P3")]
    done = force(tmp_path)
    settings = Settings(parameters={"leads": {"most": 2}})
    found = find_leads(done.ledger, done.screening, hits(circle=rows), inquiry(), settings)
    assert len(found) == 2
    assert found.left_out[0].text["en"] == "2 leads are listed; at least 1 more weigh less."


def test_where_everything_is_explained_there_is_no_lead(tmp_path: Path) -> None:
    done = screened(
        tmp_path,
        {
            "lookups": [lookup("L1", "2024-03-01T10:00:00", "person:P1", "O1", case_id="C1")],
            "cases": [case("C1", "2024-02-20", "2024-05-01")],
            "case_officers": [{"case_id": "C1", "officer_id": "O1", "start": "2024-02-20"}],
            "case_subjects": [involves("C1", "person:P1")],
        },
    )
    empty = {"circle": pd.DataFrame([hit_row("O1", "P1")]).iloc[:0]}
    assert len(leads_of(done, {})) == 0
    assert len(leads_of(done, empty)) == 0
    assert len(leads_of(done, hits(circle=[hit_row("O1", "P1")]))) == 0


@pytest.mark.parametrize("word", ["guilt", "suspicious", "violator", "misconduct"])
def test_nothing_that_is_written_accuses(tmp_path: Path, word: str) -> None:
    text = json.dumps(leads_of(force(tmp_path), CIRCLE).to_json(), ensure_ascii=False)
    assert word not in text.lower()
