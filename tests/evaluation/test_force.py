"""A small simulated force goes through all of it, from its files to its tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkgraph.errors import UsageError
from linkgraph.evaluation.figures import OURS, Figures
from linkgraph.evaluation.force import figures_of
from linkgraph.evaluation.notice import notice
from linkgraph.evaluation.pooled import Pool
from linkgraph.leads.method import ABLATIONS
from linkgraph.simulate import simulate


@pytest.fixture(scope="module")
def force(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Figures]:
    folder = tmp_path_factory.mktemp("evaluated") / "force"
    simulate(folder, officers=40, months=1, seed=1, lookups_per_officer_month=60)
    return folder, figures_of(folder, ablate=True)


def test_every_method_is_judged_and_every_episode_has_its_traces(
    force: tuple[Path, Figures],
) -> None:
    _, figures = force
    assert {e.scenario for e in figures.episodes} == {"den", "quarrel", "favours", "call"}
    assert all(e.traces for e in figures.episodes if e.scenario != "quarrel")
    assert {OURS, "random", "circle", "hub", *ABLATIONS} <= set(figures.rankings)
    assert len(figures.features) == len(figures.rankings[OURS])
    assert figures.explained["all"]["full"] > 0
    assert [t["scenario"] for t in figures.traced] == ["quarrel"]
    assert len(figures.people) == 40
    assert all(0 < p <= 1 for p in figures.drawn)
    assert len(figures.drawn) > 50
    found = {id_ for lead in figures.rankings[OURS] for id_ in lead.finds}
    assert found


def test_the_workspace_goes_and_the_figures_stay(force: tuple[Path, Figures]) -> None:
    folder, figures = force
    assert not (folder / "truth" / "workspace").exists()
    assert Figures.read(folder / "truth" / "figures.json") == figures


def test_the_notice_is_counted_force_by_force(force: tuple[Path, Figures]) -> None:
    table = notice(Pool([force[1]], draws=5))
    assert [row["episodes"] for row in table.rows[:2]] == [1, 1]


def test_a_folder_without_a_force_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no simulated force"):
        figures_of(tmp_path)
