"""`evaluate` pools what is kept of forces, and says what it could not compare with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from linkgraph.evaluation.figures import OURS, Episode, Figures
from linkgraph.evaluation.judge import Judged
from linkgraph.leads.method import ABLATIONS
from tests.cli.conftest import Run


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Figures of a force that is gone."""
    Figures(
        force="a",
        officers=140,
        months=2,
        rate=1e-4,
        lookups=1000,
        misuse=3,
        episodes=(Episode("E1", "den", "O1", "", 3, ("tie",)),),
        rankings={
            OURS: (Judged("O1", 8.0, ("E1",), "", ""), Judged("O2", 3.0, (), "summons", "")),
            "circle": (),
            **{name: (Judged("O1", 5.0, ("E1",), "", ""),) for name in ABLATIONS},
        },
        features=({"bits": 8.0}, {"bits": 3.0}),
        explained={"misuse": {"full": 0, "partial": 0, "none": 3}},
        people={"O1": {"rank": "a", "unit": "b", "shift": "c", "tenure": "d"}},
        not_run={"isolation forest": "scikit-learn"},
    ).save(tmp_path / "figures.json")
    return tmp_path


def test_figures_alone_are_enough_to_pool(kept: Path, run: Run) -> None:
    done = run("evaluate", kept, kept, "--format", "json")
    assert done.code == 0, done.err
    tables = json.loads(done.out)
    assert tables["forces"][0]["forces"] == 2
    assert {row["method"] for row in tables["ablation"]} == {OURS, *ABLATIONS}
    assert tables["methods"][0]["average precision"]["value"] == 1.0


def test_a_person_reads_tables_and_what_is_missing(kept: Path, run: Run) -> None:
    done = run("evaluate", kept)
    assert "Wrong leads by the work that they mistake" in done.out
    assert "summons" in done.out
    assert "Not run, needs scikit-learn: isolation forest." in done.err


def test_a_folder_without_a_force_is_said(tmp_path: Path, run: Run) -> None:
    done = run("evaluate", tmp_path)
    assert done.code == 2
    assert "no simulated force" in done.err
    assert "linkgraph simulate" in done.err


def test_a_rate_is_passed_on_and_checked(tmp_path: Path, run: Run) -> None:
    done = run("simulate", tmp_path / "x", "--officers", 20, "--months", 1, "--rate", 0.9)
    assert done.code == 2
    assert "rate = 0.9" in done.err
