"""Exploring the graph of an inquiry from the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import networkx as nx
import pytest

from linkgraph.workspace import Folder
from tests.cli.conftest import Run


@pytest.fixture(scope="module")
def explored(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One copy for all that only reads, so that its graph is built once."""
    import shutil

    return Path(shutil.copytree(built, tmp_path_factory.mktemp("explored") / "w"))


def test_a_path_shows_each_tie_of_it(run: Run, explored: Path) -> None:
    done = run("-w", explored, "path", "O1", "P4", "--inquiry", "Q", "--format", "json")
    assert done.code == 0, done.err
    steps = json.loads(done.out)
    assert [(s["source"], s["type"], s["kind"], s["target"]) for s in steps] == [
        ("officer:O1", "IS", "", "person:P1"),
        ("person:P1", "TIE", "friend", "person:P3"),
        ("person:P3", "TIE", "KNOWS", "person:P4"),
    ]
    assert steps[1]["target_name"] == "陳大文"


def test_the_workspace_may_be_named_before_or_after_the_command(run: Run, explored: Path) -> None:
    before = run("-w", explored, "ego", "person:P3", "--inquiry", "Q", "--format", "csv")
    after = run("ego", "person:P3", "--inquiry", "Q", "--format", "csv", "--workspace", explored)
    assert before.code == after.code == 0
    assert before.out == after.out
    ties = {(r["source"], r["type"], r["target"]) for r in csv.DictReader(io.StringIO(before.out))}
    assert ("officer:O1", "LOOKED_UP", "person:P3") in ties
    assert ("person:P1", "TIE", "person:P3") in ties


def test_no_path_is_a_result(run: Run, explored: Path) -> None:
    done = run("-w", explored, "path", "O1", "O2", "--inquiry", "Q", "--max-hops", "1")
    assert (done.code, done.out) == (0, "")
    assert "no path of up to 1 ties" in done.err


def test_search_shows_names_of_persons_under_an_inquiry_alone(run: Run, explored: Path) -> None:
    done = run("-w", explored, "search", "大文", "--inquiry", "Q")
    assert (done.code, "person:P3" in done.out) == (0, True)
    done = run("-w", explored, "search", "大文")
    assert (done.code, done.out) == (0, "")
    assert "Nothing was found." in done.err


def test_a_timeline_has_ties_under_an_inquiry(run: Run, explored: Path) -> None:
    done = run("-w", explored, "timeline", "P4", "--inquiry", "Q", "--format", "json")
    assert done.code == 0, done.err
    assert [e["what"] for e in json.loads(done.out)] == ["look-up", "complaint"]


def test_a_users_query_reads_and_nothing_else(run: Run, explored: Path) -> None:
    asked = "MATCH (o:Officer) RETURN o.officer_id AS id ORDER BY id"
    done = run("-w", explored, "query", "--cypher", asked, "--inquiry", "Q", "--format", "json")
    assert json.loads(done.out) == [{"id": "O1"}, {"id": "O2"}]
    done = run("-w", explored, "query", "--cypher", "MATCH (n) DELETE n", "--inquiry", "Q")
    assert (done.code, "refused" in done.err) == (1, True)
    done = run("-w", explored, "query")
    assert done.code == 0


def test_a_view_is_one_file_with_the_evidence_in_it(
    run: Run, explored: Path, tmp_path: Path
) -> None:
    page = tmp_path / "view.html"
    done = run("-w", explored, "view", "officer:O1", "--inquiry", "Q", "-o", page)
    assert done.code == 0, done.err
    assert "shown" in done.err
    text = page.read_text(encoding="utf-8")
    assert "lookups.csv" in text
    assert "<b>Zhao</b>" not in text
    done = run("-w", explored, "view", "officer:O1", "--inquiry", "Q")
    assert done.code == 0
    assert (explored / "views" / "Q" / "officer-O1.html").is_file()


def test_the_graph_is_exported_for_other_tools(run: Run, explored: Path, tmp_path: Path) -> None:
    target = tmp_path / "graph.graphml"
    done = run("-w", explored, "export", "graphml", "-o", target, "--inquiry", "Q")
    assert done.code == 0, done.err
    graph = nx.read_graphml(target)
    assert "person:P3" in graph
    done = run("-w", explored, "export", "parquet", "-o", tmp_path / "tables", "--inquiry", "Q")
    assert done.code == 0
    assert (tmp_path / "tables" / "Person.parquet").is_file()


def test_every_use_of_private_ties_is_on_record(run: Run, workspace: Path) -> None:
    run("-w", workspace, "ego", "P3", "--inquiry", "Q")
    log = Folder.open(workspace).activity
    last = list(log.entries())[-1]
    assert (last["action"], last["facts"]) == ("ego", {"inquiry": "Q", "ids": ["person:P3"]})
    done = run("-w", workspace, "activity", "--verify", "--head", log.head())
    assert (done.code, "The chain holds." in done.out) == (0, True)
    done = run("-w", workspace, "activity", "--head", "f" * 64)
    assert done.code == 1
    done = run("-w", workspace, "activity", "--format", "json")
    assert json.loads(done.out)[-1]["action"] == "ego"
