"""Every number of a waterfall, worked out again from what is printed."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

import pytest

from linkgraph.leads import derivation
from linkgraph.leads.assignment import Taken
from linkgraph.leads.find import find_leads
from linkgraph.leads.jeffreys import incomplete_beta
from linkgraph.leads.lead import Leads
from linkgraph.leads.sets import Candidate, Hit, score
from linkgraph.leads.waterfall import total_terms, waterfall
from linkgraph.workspace import Settings
from tests.leads.forces import hit_row, hits, inquiry, routine
from tests.support.screen import Screened, lookup, posting, screened

FORMULA = re.compile(r"^[-0-9a-z+×/^()., ]+$")


def quantile(level: float, a: float, b: float) -> float:
    """Of a Beta distribution, by bisection: not the code that is tested."""
    import numpy as np

    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        at = float(incomplete_beta(np.array([a]), np.array([b]), np.array([middle]))[0])
        low, high = (middle, high) if at < level else (low, middle)
    return low


def worked_out(formula: str) -> float:
    assert FORMULA.match(formula), formula
    names = {"log2": math.log2, "min": min, "max": max, "quantile": quantile, "inf": math.inf}
    assert set(re.findall(r"[a-z][a-z0-9]*", re.sub(r"\de[-+]", "", formula))) <= set(names)
    text = formula.replace("×", "*").replace("^", "**")
    return float(eval(text, {"__builtins__": {}}, names))


def check(step: dict[str, Any]) -> None:
    """Each formula gives its value; each number in it was printed before, or is a setting."""
    assert step["terms"], step["id"]
    for term in step["terms"]:
        if term["formula"]:
            assert worked_out(term["formula"]) == pytest.approx(term["value"], abs=2e-3, rel=2e-5)
        assert term["text"]["en"]
        assert term["text"]["zh_tw"]
    last = step["terms"][-1]
    assert last["formula"]
    assert worked_out(last["formula"]) == pytest.approx(step["bits"], abs=0.0075)


FRIENDS = [
    lookup("L1", "2024-03-01T23:00:00", "person:P1", "O03", purpose="公務查詢", output="print"),
    lookup("L2", "2024-03-09T23:00:00", "person:P2", "O03", purpose="公務查詢"),
    lookup("L3", "2024-04-01T23:00:00", "vehicle:ABC-1234", "O03", purpose="公務查詢"),
]
AGAIN = [
    lookup(f"A{i}", f"2024-06-{i:02}T09:00:00", "person:Q9", "O07", purpose="公務查詢")
    for i in range(1, 7)
]


def force(folder: Path, **tables: Any) -> Screened:
    posts = [posting(f"O{o:02}", "U1" if o < 10 else "U2") for o in range(20)]
    given: dict[str, Any] = {
        "lookups": [*routine(), *FRIENDS, *AGAIN],
        "vehicle_owners": [{"vehicle_id": "ABC-1234", "person_id": "P3"}],
        "units": [{"unit_id": "U1"}, {"unit_id": "U2"}],
        "postings": posts,
    }
    return screened(folder, {**given, **tables})


CIRCLE = hits(
    circle=[hit_row("O03", "P1", direct=True), *(hit_row("O03", p) for p in ("P2", "P3"))]
)


def leads_of(done: Screened, found: Any = CIRCLE) -> Leads:
    return find_leads(done.ledger, done.screening, found, inquiry(), Settings())


def test_every_step_of_every_lead_can_be_worked_out_again(tmp_path: Path) -> None:
    leads = leads_of(force(tmp_path))
    assert {lead.kind for lead in leads} >= {"circle", "repeated"}
    for lead in leads:
        told = lead.derivation()["steps"]
        assert [s["id"] for s in told] == [*(s.id for s in lead.waterfall), "total"]
        for step in told:
            check(step)
        assert told[-1]["bits"] == lead.bits


def test_the_numbers_of_one_step_lead_to_those_of_the_next(tmp_path: Path) -> None:
    (first,) = [lead for lead in leads_of(force(tmp_path)) if lead.kind == "circle"]
    (step,) = [s for s in first.derivation()["steps"] if s["id"] == "subject:person:P1"]
    known = {term["symbol"]: term for term in step["terms"]}
    # 15 strangers, the one whom all share, and P1 and P2; the plate is of another kind.
    assert known["N"]["value"] == 18
    assert known["peers"]["value"] == 19
    assert derivation.number(known["N"]["value"]) in known["λ"]["formula"]
    assert derivation.number(known["f"]["value"]) in known["λ"]["formula"]
    assert derivation.number(known["λ"]["value"]) in known["w"]["formula"]
    assert known["w"]["formula"].startswith("3 / ")
    assert derivation.number(known["w"]["value"]) in known["bits"]["formula"]
    assert derivation.number(known["a"]["value"]) in known["bits"]["formula"]


def test_an_indicator_shows_m_and_the_counts_behind_u(tmp_path: Path) -> None:
    leads = leads_of(force(tmp_path))
    (first,) = [lead for lead in leads if lead.kind == "circle"]
    (step,) = [s for s in first.derivation()["steps"] if s["id"] == "print_export"]
    m, u, worth, adds = step["terms"]
    assert (m["symbol"], m["value"], m["formula"]) == ("m", 0.2, "")
    assert u["symbol"] == "u"
    assert "0 of 305 comparable pairs: same district, role and kind" in u["text"]["en"]
    assert u["formula"] == "quantile(0.95, 0 + 0.5, 305 - 0 + 0.5)"
    assert (worth["symbol"], adds["symbol"]) == ("c", "Δ")


def test_what_reviews_taught_is_shown_with_its_counts(tmp_path: Path) -> None:
    done = force(
        tmp_path,
        reviews=[{"lookup_id": "L2", "decision": "improper", "selected_by": "complaint"}],
    )
    (first,) = [lead for lead in leads_of(done) if lead.kind == "circle"]
    steps = {step["id"]: step for step in first.derivation()["steps"]}
    pi = steps["search_charge"]["terms"][0]
    assert pi["formula"] == "(20 × 0.25 + 1 × 1) / (20 + 1 × 1)"
    assert "1 of 1 officers" in pi["text"]["en"]
    m = steps["print_export"]["terms"][0]
    assert m["formula"] == "(20 × 0.2 + 1 × 0) / (20 + 1 × 1)"
    assert "0 of 1 confirmed pairs" in m["text"]["en"]
    for step in steps.values():
        check(step)


def test_a_set_over_a_unit_shows_each_role_and_a_requester(tmp_path: Path) -> None:
    found = hits(
        mate_organisation=[
            hit_row(officer, person, anchor=("organisation", "ORG"), requester="O05")
            for officer, person in (("O03", "P1"), ("O03", "P2"))
        ]
    )
    (first,) = [
        lead for lead in leads_of(force(tmp_path), found) if lead.kind == "mate_organisation"
    ]
    assert first.requester_id == "O05"
    for step in first.derivation()["steps"]:
        check(step)


def test_a_declared_contact_is_worked_out_too(tmp_path: Path) -> None:
    done = force(
        tmp_path,
        contact_declarations=[
            {"officer_id": officer, "person_id": person, "at": "2023-01-01"}
            for officer, person in [("O03", "P1"), *((f"O{o}", f"S{o}-00") for o in range(10, 19))]
        ],
    )
    found = hits(
        circle=[
            *CIRCLE["circle"].to_dict("records"),
            *(hit_row(f"O{o:02}", f"S{o:02}-00", direct=True) for o in range(20) if o != 3),
        ]
    )
    steps = [step for lead in leads_of(done, found) for step in lead.derivation()["steps"]]
    assert "declared_contact" in {step["id"] for step in steps}
    for step in steps:
        check(step)


def test_an_indicator_names_the_lookups_on_which_it_fires_and_no_others(tmp_path: Path) -> None:
    again = lookup("L4", "2024-03-20T10:00:00", "person:P1", "O03", purpose="訪查")
    done = force(tmp_path, lookups=[*routine(), *FRIENDS, again])
    (first,) = [lead for lead in leads_of(done) if lead.kind == "circle"]
    steps = {step.id: step.lookup_ids for step in first.waterfall}
    assert steps["subject:person:P1"] == ("L1", "L4")
    assert steps["print_export"] == ("L1",)


def test_people_looked_up_in_one_night_say_that_the_night_has_counted(tmp_path: Path) -> None:
    night = [
        lookup(f"N{i}", f"2024-05-05T23:1{i}:00", f"person:P{i}", "O03", purpose="訪查")
        for i in (1, 2)
    ]
    done = force(
        tmp_path,
        lookups=[*routine(), *night],
        duties=[
            {
                "officer_id": "O03",
                "start": "2024-05-05T00:00:00",
                "end": "2024-05-06T12:00:00",
                "kind": "off",
            }
        ],
    )
    (first,) = [lead for lead in leads_of(done) if lead.kind == "circle"]
    (step,) = [s for s in first.derivation()["steps"] if s["id"] == "off_duty"]
    check(step)
    texts = [term["text"]["en"] for term in step["terms"]]
    assert any(
        text.startswith("person:P2 was looked up in the same session (look-ups within an hour")
        for text in texts
    )
    assert [s.measure for s in first.waterfall if s.id == "off_duty"] == [1]


def test_context_of_a_finding_is_compared_with_pairs_that_show_it(tmp_path: Path) -> None:
    others = [
        lookup(f"R{o}-{i}-{day}", f"2024-07-{day:02}T{i:02}:00:00", f"person:R{o}-{i}", f"O{o}")
        for o in range(10, 20)
        for i in range(21)
        for day in range(1, 4)
    ]
    printed = [{**row, "output": "print"} for row in AGAIN]
    leads = leads_of(force(tmp_path, lookups=[*routine(), *others, *printed]))
    (lead,) = [lead for lead in leads if lead.kind == "repeated" and lead.officer_id == "O07"]
    (step,) = [s for s in lead.derivation()["steps"] if s["id"] == "print_export"]
    check(step)
    (u,) = [term for term in step["terms"] if term["symbol"] == "u"]
    assert "0 of 210 comparable pairs that show the finding: same district" in u["text"]["en"]


def shared_hit(person: int, shared: float | None) -> Hit:
    context = (("off_duty", 1.5), ("patrol_plate", -0.5))
    return Hit(1, person, 0.002, False, context, frozenset({person}), ("officer:O1",), shared)


@pytest.mark.parametrize("rate", [math.inf, 0.01])
def test_shared_work_is_worked_out_whether_it_counts_as_one_or_as_many(rate: float) -> None:
    made = tuple(shared_hit(person, rate if person < 4 else None) for person in range(1, 6))
    source = Candidate("organisation", "O1", 1, None, ("organisation", "A"), 9, 3, 0.25, made)
    result = score(source)
    assert result is not None
    taken = Taken(source, result)
    bits, steps = waterfall(taken, lambda key: ("person", f"P{key}"), lambda _: ())
    assert "shared_work" in {step.id for step in steps}
    for step in steps:
        last = step.terms[-1]
        assert worked_out(last.formula) == pytest.approx(step.bits, abs=0.0075)
    assert worked_out(total_terms(taken)[-1].formula) == pytest.approx(bits, abs=0.0075)
