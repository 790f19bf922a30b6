from __future__ import annotations

import ast
import importlib.metadata
import re
from pathlib import Path

import pytest

import linkgraph
from linkgraph.analyses import registry
from linkgraph.analyses.header import Role
from linkgraph.errors import AnalysisError

MODULE = """
from linkgraph.analyses.header import Header, Role, Text
HEADER = Header(
    id="{id}", revision=1, role=Role.CONTEXT, title=Text("Title", "{title}"),
    statement=Text("{statement}", "陳述"), needs=("{needs}",), rationale="R", source="S",
    innocent={innocent}, prior={prior}, prior_reason="E",
)
def find(tables, parameters):
    return tables.lookups
"""
GOOD = {
    "id": "ours",
    "title": "標題",
    "statement": "Statement",
    "needs": "lookups",
    "innocent": '(Text("I", "無"),)',
    "prior": "0.5",
}


def own(folder: Path, **changed: str) -> Path:
    (folder / "ours.py").write_text(MODULE.format(**{**GOOD, **changed}), encoding="utf-8")
    return folder


def test_every_analysis_keeps_its_promises() -> None:
    assert registry.check() == []


def test_the_catalogue_has_the_screen_analyses_in_order() -> None:
    headers = registry.catalogue()
    ids = [header.id for header in headers]
    assert ids == sorted(set(ids))
    explanations = {h.id for h in headers if h.role is Role.EXPLANATION}
    assert explanations == {
        "own_case",
        "cited_case",
        "event_case",
        "registered_proxy",
        "reviewed_proper",
        "work_record",
        "unit_case",
        "declared_duty",
        "late_case",
        "partner_record",
        "task_force",
        "unit_offence",
        "visit_register",
    }
    assert {h.id for h in headers if h.against} == {
        "patrol_plate",
        "batch",
        "beside_explained",
        "unit_case_near",
        "colleagues_same_day",
        "self_report",
        "declared_programme",
        "alerted",
        "case_circle",
        "case_elsewhere",
        "conflict_notice",
        "own_case_later",
        "regular_visit",
    }
    assert {"repeated", "proxy_contradicted", "complaint_after"} <= {
        h.id for h in headers if h.role is Role.FINDING
    }


def test_a_workspaces_own_analysis_is_found_and_checked(tmp_path: Path) -> None:
    folder = own(tmp_path)
    assert "ours" in {header.id for header in registry.catalogue(folder)}
    assert registry.check(folder) == []
    assert registry.find("ours", folder).origin == "workspace"


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"id": "theirs"}, "differs from the file's name"),
        ({"title": ""}, "title is empty in one language"),
        ({"title": "Title"}, "not Chinese"),
        ({"statement": "A suspicious look-up"}, "only neutral words"),
        ({"needs": "rumours"}, "no table"),
        ({"needs": "lookups.mood"}, "no such column"),
        ({"innocent": "()"}, "no innocent explanation"),
        ({"prior": "None"}, "needs a prior"),
        ({"prior": "1.5"}, "needs a prior"),
        ({"prior": "["}, "cannot be imported"),
    ],
)
def test_a_promise_broken_is_named(tmp_path: Path, changed: dict[str, str], says: str) -> None:
    problems = registry.check(own(tmp_path, **changed))
    assert any(says in problem.message for problem in problems), problems
    assert all(problem.where.endswith("ours.py") for problem in problems)


def test_two_analyses_of_one_id_are_refused(tmp_path: Path) -> None:
    text = MODULE.format(**{**GOOD, "id": "volume"})
    (tmp_path / "volume.py").write_text(text, encoding="utf-8")
    with pytest.raises(AnalysisError, match="Two analyses are called 'volume'"):
        registry.analyses(tmp_path)
    assert any("also defined" in p.message for p in registry.check(tmp_path))


def test_an_entry_point_brings_an_agencys_analysis(monkeypatch: pytest.MonkeyPatch) -> None:
    point = importlib.metadata.EntryPoint(
        "print_export_too", "linkgraph.screen.indicators.print_export", registry.ENTRY_POINTS
    )
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda **_: [point])
    assert registry.find("print_export_too").origin == "entry point print_export_too"
    (problem,) = registry.check()
    assert problem.message.startswith("id 'print_export' differs")


def test_an_unknown_id_names_the_nearest() -> None:
    with pytest.raises(AnalysisError, match="own_case"):
        registry.find("own_cases")


def test_listing_imports_no_analysis(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text("raise RuntimeError", encoding="utf-8")
    assert "broken" in {a.name for a in registry.analyses(tmp_path)}


def test_analyses_import_nothing_that_lies_above() -> None:
    above = ("linkgraph.screen", "linkgraph.graph", "linkgraph.leads")
    for path in (Path(linkgraph.__file__).parent / "analyses").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            assert not [n for n in names if n.startswith(above)], path


def test_no_innocent_reading_accuses_anybody() -> None:
    accuses = re.compile(
        "guilt|culprit|suspect|offender|crimin|corrupt|慣犯|嫌|違法|犯罪", re.IGNORECASE
    )
    said = {
        header.id: [text for one in header.innocent for text in (one.en, one.zh_tw)]
        for header in registry.catalogue()
    }
    assert {id_: texts for id_, texts in said.items() if accuses.search(" ".join(texts))} == {}
