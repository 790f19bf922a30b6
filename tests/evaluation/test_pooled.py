"""Pooled figures by hand: two small forces, every number counted on fingers."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from linkgraph.errors import UsageError
from linkgraph.evaluation.figures import OURS, Episode, Figures
from linkgraph.evaluation.judge import Judged
from linkgraph.evaluation.pooled import TEAM, TWICE, Interval, Pool, ratio, requesters
from linkgraph.evaluation.tables import Table, cell, tables


def lead(officer: str, score: float, *finds: str, asked: str = "", kind: str = "") -> Judged:
    return Judged(officer, score, finds, "" if finds else kind, asked)


def force(
    name: str, ours: list[Judged], *episodes: Episode, circle: tuple[Judged, ...] = ()
) -> Figures:
    return Figures(
        force=name,
        officers=140,
        months=2,
        rate=1e-4,
        lookups=1000,
        misuse=4,
        episodes=episodes,
        rankings={OURS: tuple(ours), "circle": circle},
        explained={"misuse": {"full": 1, "partial": 0, "none": 3}},
        people={f"O{i}": {"rank": "a", "unit": "station", "shift": "days", "tenure": "long"}
                for i in range(140)},
    )  # fmt: skip


TIED = Episode("E1", "den", "O1", "", 3, ("tie",))
ASKED = Episode("E2", "quarrel", "O2", "O3", 1, ("complaint",))
SILENT = Episode("E3", "plates_sold", "O4", "", 2, ())


@pytest.fixture
def pool() -> Pool:
    first = force(
        "a",
        [
            lead("O9", 9.0, kind="summons"),
            lead("O1", 8.0, "E1"),
            lead("O1", 2.0, "E1"),
            lead("O2", 1.0, "E2", asked="O3"),
        ],
        TIED,
        ASKED,
        circle=(lead("O1", 1.0, "E1"),),
    )
    second = force("b", [lead("O5", 8.5, kind="summons")], SILENT)
    return Pool([first, second], draws=50)


def test_leads_of_all_forces_are_in_one_order_by_score(pool: Pool) -> None:
    assert [one.score for _, one in pool.leads(OURS)] == [9.0, 8.5, 8.0, 2.0, 1.0]


def test_average_precision_is_over_all_episodes_found_or_not(pool: Pool) -> None:
    scores = pool.scores(pool.leads(OURS))
    assert scores.average_precision[0] == pytest.approx((1 / 3 + 3 / 5 + 0) / 3)
    assert scores.average_precision_traced[0] == pytest.approx((1 / 3 + 3 / 5) / 2)


def test_a_team_can_work_one_lead_per_140_officers_a_month(pool: Pool) -> None:
    assert pool.cuts[TEAM] == 4
    cut = pool.scores(pool.leads(OURS)).cuts[TEAM]
    assert cut.precision[0] == pytest.approx(2 / 4)
    assert cut.fresh[0] == pytest.approx(1 / 4)
    assert cut.recall[0] == pytest.approx(1 / 3)
    assert cut.recall_traced[0] == pytest.approx(1 / 2)
    assert pool.perfect(TEAM)[0] == pytest.approx(2 / 4)


def test_few_leads_do_not_flatter_precision(pool: Pool) -> None:
    assert pool.scores(pool.leads("circle")).cuts[TEAM].precision[0] == pytest.approx(1 / 4)


def test_an_interval_holds_the_figure_and_is_the_same_twice(pool: Pool) -> None:
    first = Interval.of(pool.scores(pool.leads(OURS)).average_precision)
    again = Pool(pool.figures, draws=50)
    assert first == Interval.of(again.scores(again.leads(OURS)).average_precision)
    assert first.low <= first.value <= first.high
    assert first.low < first.high


def test_the_requester_is_named_rightly_wrongly_or_not(pool: Pool) -> None:
    found = requesters(pool)
    assert found["found"] == 1
    assert [found[name].value for name in ("named", "wrongly named")] == [1.0, 0.0]  # type: ignore[union-attr]


def test_nothing_to_measure_is_a_dash() -> None:
    nothing = ratio(np.array([1.0, 1.0]), np.array([0.0, 0.0]))
    assert math.isnan(nothing.value)
    assert cell(nothing) == "–"


def test_figures_are_read_as_they_were_written(pool: Pool, tmp_path: Path) -> None:
    pool.figures[0].save(tmp_path / "figures.json")
    assert Figures.read(tmp_path / "figures.json") == pool.figures[0]
    (tmp_path / "figures.json").write_text("{}", encoding="utf-8")
    with pytest.raises(UsageError, match="no figures"):
        Figures.read(tmp_path / "figures.json")


def named(pool: Pool) -> dict[str, Table]:
    return {table.name: table for table in tables(pool)}


def test_the_tables_say_what_wrong_leads_mistake(pool: Pool) -> None:
    rows = {row["work"]: row[TWICE] for row in named(pool)["look_alikes"].rows}
    assert rows == {"summons": 2, "(right leads)": 3}


def test_an_episode_is_counted_at_the_door_that_finds_it(pool: Pool) -> None:
    rows = {row["scenario"]: row for row in named(pool)["scenarios"].rows}
    assert rows["den"][f"leads, {TEAM}"] == 1
    assert rows["plates_sold"]["with a trace"] == 0


def test_misuse_explained_away_is_a_share_of_misuse(pool: Pool) -> None:
    rows = {row["what"]: row["reached"] for row in named(pool)["targets"].rows}
    away = rows["misuse explained away"]
    assert isinstance(away, Interval)
    assert away.value == pytest.approx(0.25)


def test_no_table_compares_officers_by_name_sex_or_origin(pool: Pool) -> None:
    groups = {row["group"] for row in named(pool)["fairness"].rows}
    assert groups == {"rank", "unit", "shift", "tenure"}


def test_a_force_without_misuse_tells_how_many_leads_pass_nought() -> None:
    quiet = Pool([force("quiet", [lead("O1", 3.0), lead("O2", -2.0)])], draws=20)
    assert [table.name for table in tables(quiet)] == ["forces", "nulls"]
    assert named(quiet)["nulls"].rows[0]["value"] == 1.0


def test_a_table_is_markdown() -> None:
    text = Table("x", "Title", ({"a": "b", "n": 1234},)).markdown()
    assert text == "**Title**\n\n| a | n |\n|---|---:|\n| b | 1,234 |"
