"""An agency's own analyses: in a folder of its workspace, and as an installed package."""

from __future__ import annotations

import importlib.metadata
import sys
from pathlib import Path
from typing import Any

import pytest

from linkgraph import api
from linkgraph.analyses.cypher import cypher_folder
from linkgraph.analyses.registry import check
from linkgraph.api import Workspace
from linkgraph.errors import AnalysisError
from linkgraph.leads.find import find_leads
from linkgraph.screen import screen
from linkgraph.workspace import Settings
from tests.leads.forces import hit_row, hits, inquiry, routine
from tests.support.ledger import write_tables
from tests.support.screen import lookup, posting, screened

HEADER = """
import ibis

from linkgraph.analyses.header import Header, Role, Text

HEADER = Header(
    id="{id}",
    revision=1,
    role=Role.{role},
    title=Text("{title}", "本機關"),
    statement=Text("What the agency sees.", "本機關所見。"),
    needs=("lookups",),
    rationale="Known to the agency.",
    source="The agency.",
    innocent=(Text("A night shift.", "夜勤。"),),
    {more}
)
"""
NIGHT = HEADER.format(
    id="deep_night", role="CONTEXT", title="Deep night",
    more='prior=0.3, prior_reason="Estimate.", of_session=True,',
) + """

def find(tables, parameters):
    late = tables.lookups.filter(tables.lookups.at_local.hour() == 3)
    return late.select("lookup_key", measure=ibis.literal(1.0))
"""  # fmt: skip
BRIEFING = (
    HEADER.format(id="briefing", role="EXPLANATION", title="Briefing list", more="")
    + """

def find(tables, parameters):
    asked = tables.asked.join(tables.lookups.select("lookup_key", "purpose"), "lookup_key")
    named = asked.filter(asked.purpose == "晨報")
    return named.select(
        "lookup_key",
        "subject_key",
        level=ibis.literal("partial"),
        record_table=ibis.literal("lookups"),
        record_row_id=ibis.null("string"),
    )
"""
)
NIGHT_OUT = [
    lookup(f"N{i}", f"2024-05-05T03:1{i}:00", f"person:P{i}", "O03", purpose="晨報") for i in (1, 2)
]
TABLES: dict[str, Any] = {
    "units": [{"unit_id": "U1"}, {"unit_id": "U2"}],
    "officers": [{"officer_id": f"O{o:02}"} for o in range(20)],
    "postings": [posting(f"O{o:02}", "U1" if o < 10 else "U2") for o in range(20)],
    "lookups": [*routine(), *NIGHT_OUT, *(
        lookup(f"A{i}", f"2024-06-{i:02}T03:00:00", "person:Q9", "O07", purpose="晨報")
        for i in range(1, 7)
    )],
}  # fmt: skip


def with_own(folder: Path, **files: str) -> Workspace:
    workspace = api.create(folder / "w")
    own = workspace.folder.analyses_path
    own.mkdir(exist_ok=True)
    for name, text in files.items():
        (own / f"{name}.py").write_text(text, encoding="utf-8")
    workspace.load(write_tables(folder / "files", TABLES))
    return workspace


def test_what_an_own_explanation_explains_in_part_is_shown_in_the_lead(tmp_path: Path) -> None:
    own = tmp_path / "analyses"
    own.mkdir()
    (own / "briefing.py").write_text(BRIEFING, encoding="utf-8")
    ledger = screened(tmp_path / "force", TABLES).ledger
    screening = screen(ledger, Settings(), tmp_path / "screen", folder=own)
    found = hits(circle=[hit_row("O03", person) for person in ("P1", "P2")])
    leads = find_leads(ledger, screening, found, inquiry(), Settings(), folder=own)
    (lead,) = [lead for lead in leads if lead.kind == "circle"]
    assert [t.outcome for t in lead.explanations if t.id == "briefing"] == ["partial"]
    told = [fact.text["en"] for fact in lead.mitigating]
    assert "Explained in part (Briefing list): 2 of 2 look-ups." in told


def test_an_own_indicator_of_the_folder_is_listed_run_and_scored(tmp_path: Path) -> None:
    own = with_own(tmp_path / "own", deep_night=NIGHT)
    assert check(own.folder.analyses_path) == []
    assert len(own.rows("deep_night")) == 8
    (score,) = [s for s in own.scored()["indicators"] if s["id"] == "deep_night"]
    assert (score["fired"], score["m"]) == (8, 0.3)
    assert score["bits"] > 1


def test_an_own_indicator_of_the_folder_is_weighed_like_any_other(tmp_path: Path) -> None:
    own = tmp_path / "analyses"
    own.mkdir()
    (own / "deep_night.py").write_text(NIGHT, encoding="utf-8")
    ledger = screened(tmp_path / "force", TABLES).ledger
    screening = screen(ledger, Settings(), tmp_path / "screen", folder=own)
    found = hits(circle=[hit_row("O03", person) for person in ("P1", "P2")])
    leads = find_leads(ledger, screening, found, inquiry(), Settings(), folder=own)
    (lead,) = [lead for lead in leads if lead.kind == "circle"]
    (step,) = [step for step in lead.waterfall if step.id == "deep_night"]
    assert step.bits > 1
    assert step.measure == 1


def test_an_own_set_of_the_folder_is_ranked_with_its_own_share(tmp_path: Path) -> None:
    own = tmp_path / "analyses"
    own.mkdir()
    lodge = (cypher_folder() / "analyses" / "circle.cypher").read_text(encoding="utf-8")
    lodge = lodge.replace("// id: circle", "// id: lodge").replace("prior: 0.25", "prior: 0.125")
    (own / "lodge.cypher").write_text(lodge, encoding="utf-8")
    done = screened(tmp_path / "force", TABLES)
    rows = [hit_row("O03", person, size=6, searched=1) for person in ("P1", "P2")]
    made = {
        kind: find_leads(
            done.ledger, done.screening, hits(**{kind: rows}), inquiry(), Settings(), folder=own
        )[0]
        for kind in ("circle", "lodge")
    }
    assert made["lodge"].kind == "lodge"
    assert made["circle"].bits - made["lodge"].bits == pytest.approx(1, abs=0.01)
    assert made["lodge"].lookup_ids == ("N1", "N2")


def test_an_own_module_that_fails_is_named_with_its_file(tmp_path: Path) -> None:
    broken = BRIEFING.replace('record_row_id=ibis.null("string"),', "")
    with pytest.raises(AnalysisError, match=r"briefing\.py: what find\(\) gives lacks record_row"):
        with_own(tmp_path / "lacks", briefing=broken).screen()
    broken = NIGHT.replace("tables.lookups.filter", "tables.log.filter")
    with pytest.raises(AnalysisError, match=r"deep_night\.py: find\(\) failed: AttributeError"):
        with_own(tmp_path / "fails", deep_night=broken).screen()


def test_an_installed_indicator_is_weighed_and_a_fact_of_a_session_counts_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "agency_deep_night.py").write_text(NIGHT, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    point = importlib.metadata.EntryPoint("deep_night", "agency_deep_night", "linkgraph.analyses")
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda **_: (point,))
    try:
        done = screened(tmp_path / "force", TABLES)
        found = hits(circle=[hit_row("O03", person) for person in ("P1", "P2")])
        leads = find_leads(done.ledger, done.screening, found, inquiry(), Settings())
    finally:
        sys.modules.pop("agency_deep_night", None)
    (lead,) = [lead for lead in leads if lead.kind == "circle"]
    (step,) = [step for step in lead.waterfall if step.id == "deep_night"]
    assert step.bits > 1
    assert step.measure == 1


@pytest.mark.parametrize(
    ("role", "flag", "said"),
    [
        ("context", "true", "of_session is for context and findings of single look-ups"),
        ("set", "true", "of_session is for context and findings of single look-ups"),
        ("set", "'no'", "of_session is 'no'; it is either true or false"),
    ],
)
def test_a_query_cannot_be_a_fact_of_a_session(
    tmp_path: Path, role: str, flag: str, said: str
) -> None:
    (tmp_path / "ours.cypher").write_text(
        f"// id: ours\n// revision: 1\n// role: {role}\n// title: {{en: Ours, zh-TW: 本機關}}\n"
        "// statement: {en: Ours., zh-TW: 本機關。}\n// needs: [officers]\n// rationale: r\n"
        "// source: s\n// innocent:\n//   - {en: Work., zh-TW: 公務。}\n// prior: 0.1\n"
        f"// prior_reason: r\n// of_session: {flag}\n\nMATCH (o:Officer) RETURN o.officer_id\n",
        encoding="utf-8",
    )
    told = [problem.message for problem in check(tmp_path) if problem.analysis_id == "ours"]
    assert any(said in message for message in told), told
