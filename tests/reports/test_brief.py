"""The brief: patterns without persons, in counts that give nobody away."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from linkgraph.errors import UsageError
from linkgraph.inquiries import Inquiry
from linkgraph.model.tables import OPEN_END, OPEN_START
from linkgraph.reports import as_json, build, html
from linkgraph.reports.brief import HIDDEN
from linkgraph.reports.content import Facts, Paragraph, Report, Table
from linkgraph.reports.patterns import PATTERNS
from tests.reports.materials import material
from tests.support.screen import lookup, posting

INQUIRY = Inquiry(
    id="Q-WANG",
    opened_by="Inspector Lin",
    authorised_by="Director Chen",
    ground="complaint of Mr Zhao",
    document="7",
    officers=(),
    all_officers=True,
    units=(),
    start=OPEN_START,
    end=OPEN_END,
    ties=("all",),
    k=2,
    until=OPEN_END,
    opened_at=OPEN_START,
)


def tables() -> dict[str, Any]:
    """Twelve of a station and three of a squad; a generic reason from eight and two of them."""
    officers = [f"KH{n:03d}" for n in range(15)]
    generic = {*officers[:8], *officers[12:14]}
    lookups = [
        lookup(
            f"LOOK{n:03d}-{day}",
            f"2024-0{5 + n % 2}-{day:02d}T10:{n:02d}:00",
            subject=f"person:S1234567{n:02d}",
            officer=officer,
            system="household",
            purpose="公務查詢" if officer in generic else f"theft at Lane {n}",
        )
        for n, officer in enumerate(officers)
        for day in (3, 4)
    ]
    return {
        "units": [
            {"unit_id": "UNIT1", "name": "Rivertown Station", "kind": "station"},
            {"unit_id": "UNIT2", "name": "Hillside Squad", "kind": "squad"},
        ],
        "officers": [
            {"officer_id": o, "name": f"Surname{n:02d}", "person_id": f"PX{n:03d}"}
            for n, o in enumerate(officers)
        ],
        "postings": [posting(o, "UNIT1" if n < 12 else "UNIT2") for n, o in enumerate(officers)],
        "lookups": lookups,
        "reviews": [
            {"lookup_id": row["lookup_id"], "decision": "procedural", "selected_by": "random"}
            for row in lookups[:9]
        ]
        + [{"lookup_id": lookups[9]["lookup_id"], "decision": "improper", "selected_by": "lead"}],
    }


def leads(many: int, kind: str = "circle") -> list[dict[str, Any]]:
    return [
        {
            "lead_id": f"lead{n}",
            "rank": n,
            "bits": 3.0,
            "officer_id": f"KH{n:03d}",
            "lookup_ids": [f"LOOK{n:03d}-3"],
            "subjects": [],
            "set": {"kind": kind, "anchor": None, "path": []},
        }
        for n in range(many)
    ]


def table(report: Report, caption: str) -> Table:
    return next(b for b in report.blocks if isinstance(b, Table) and b.caption.startswith(caption))


def row(report: Report, pattern: str) -> tuple[str, ...]:
    title = next(p.title["en"] for p in PATTERNS if p.id == pattern)
    return next(r[1:] for r in table(report, "Officers by pattern").rows if r[0] == title)


@pytest.mark.parametrize("language", ["en", "zh-TW"])
def test_no_name_and_no_identifier_is_in_it_in_any_format(tmp_path: Path, language: str) -> None:
    given = tables()
    made = material(tmp_path, given, language=language, leads=leads(12), inquiry=INQUIRY)
    report = build(made, "brief", "all")
    text = html.render(report) + as_json.render(report)
    secrets = {
        str(value)
        for name in ("officers", "units", "lookups")
        for record in given[name]
        for column, value in record.items()
        if column in ("officer_id", "name", "person_id", "unit_id", "lookup_id", "subject_id", "at")
    }
    secrets |= {"Lane", INQUIRY.id, INQUIRY.opened_by, INQUIRY.authorised_by, INQUIRY.ground}
    assert not {secret for secret in secrets if secret in text}


def test_two_of_the_squad_are_hidden_and_cannot_be_worked_out(tmp_path: Path) -> None:
    report = build(material(tmp_path, tables()), "brief", "all")
    assert table(report, "Officers by pattern").columns == (
        "Pattern", "station", "other", "Sum",
    )  # fmt: skip
    # 8 and 2: with the total of 10, the 8 would give the 2 away.
    assert row(report, "generic_reason") == (HIDDEN, HIDDEN, "10")
    assert row(report, "again_and_again") == (HIDDEN, HIDDEN, HIDDEN)


def test_no_number_below_five_is_published(tmp_path: Path) -> None:
    report = build(material(tmp_path, tables(), leads=leads(3), inquiry=INQUIRY), "brief", "all")
    shown = [
        int(cell.replace(",", ""))
        for block in report.blocks
        if isinstance(block, Table)
        for cells in block.rows
        for cell in cells[1:]
        if cell != HIDDEN
    ]
    assert shown
    assert min(shown) >= 5
    totals = json.loads(as_json.render(report))["data"]["officers"]
    assert totals["generic_reason"] == 10
    assert totals["private_circle"] is None


def test_a_hidden_pattern_keeps_cause_and_control_but_no_figure(tmp_path: Path) -> None:
    report = build(material(tmp_path, tables(), leads=leads(3), inquiry=INQUIRY), "brief", "all")
    facts = [dict(b.rows) for b in report.blocks if isinstance(b, Facts) and len(b.rows) > 2]
    circle = next(f for f in facts if "Friends ask" in f.get("Why it comes about", ""))
    assert circle["How often"].startswith("Not shown")
    generic = next(f for f in facts if f.get("How often", "").startswith("20 look-ups"))
    assert "10 officers" in generic["How often"]
    assert generic["Often innocent"]


def test_patterns_of_private_ties_need_an_inquiry(tmp_path: Path) -> None:
    report = build(material(tmp_path, tables()), "brief", "all")
    assert "private_circle" not in report.data["officers"]
    assert any("an inquiry" in str(getattr(block, "items", "")) for block in report.blocks)


def test_enough_leads_are_counted_by_the_holder_of_the_account(tmp_path: Path) -> None:
    made = material(tmp_path, tables(), leads=leads(12), inquiry=INQUIRY)
    assert build(made, "brief", "all").data["officers"]["private_circle"] == 12


def test_a_period_is_a_month_a_year_or_all(tmp_path: Path) -> None:
    made = material(tmp_path, tables(), language="zh-TW")
    assert build(made, "brief", "2024-05").title == "廉政簡報：113/05"
    assert build(made, "brief", "2024").title == "廉政簡報：113年"
    for wrong in ("2024-13", "May", ""):
        with pytest.raises(UsageError, match="no period of a brief"):
            build(made, "brief", wrong)
    with pytest.raises(UsageError, match="would tell of persons"):
        build(made, "brief", "2020")


def test_it_says_that_its_counts_are_not_of_misuse(tmp_path: Path) -> None:
    report = build(material(tmp_path, tables()), "brief", "all")
    told = " ".join(b.text for b in report.blocks if isinstance(b, Paragraph))
    assert "not counts of misuse" in told
    assert "it tells of nobody" in told
