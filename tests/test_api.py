"""A workspace in Python: frames out, gates on private ties, every use on record."""

from __future__ import annotations

import stat
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

import linkgraph
from linkgraph import api
from linkgraph.api import times
from linkgraph.api.pages import Page
from linkgraph.errors import InquiryError, LedgerError, UsageError, WorkspaceError
from linkgraph.workspace import Folder, Settings
from tests.support.ledger import write_tables

ZONE = "Asia/Taipei"
TABLES = {
    "officers": [{"officer_id": "O1", "person_id": "P1", "name": "Wang"}],
    "lookups": [
        {
            "lookup_id": f"L{n}",
            "at": f"2024-03-{n:02d} 10:00",
            "officer_id": "O1",
            "subject_kind": "person",
            "subject_id": f"P{n}",
        }
        for n in range(2, 6)
    ],
    "persons": [{"person_id": "P2", "name": "Zhao"}],
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> api.Workspace:
    folder = tmp_path_factory.mktemp("api")
    made = api.create(folder / "w", Settings(timezone=ZONE))
    made.load(write_tables(folder / "files", TABLES))
    return made


def test_open_gives_the_workspace_of_a_folder(workspace: api.Workspace) -> None:
    again = linkgraph.open(workspace.folder.path)
    assert isinstance(again, linkgraph.Workspace)
    assert repr(again) == f"<linkgraph workspace {workspace.folder.path}>"
    with pytest.raises(linkgraph.LinkgraphError, match="linkgraph init"):
        linkgraph.open(workspace.folder.path / "ledger")


def test_lookups_are_a_frame_and_can_be_narrowed(workspace: api.Workspace) -> None:
    frame = workspace.lookups()
    assert isinstance(frame, pd.DataFrame)
    assert frame["lookup_id"].tolist() == ["L2", "L3", "L4", "L5"]
    assert set(frame["explanation_level"]) == {"none"}
    some = workspace.lookups(start="2024-03-03", end=date(2024, 3, 4), officer="O1")
    assert some["lookup_id"].tolist() == ["L3", "L4"]
    assert workspace.lookups(officer="O2").empty


def test_a_load_is_seen_by_the_same_workspace(tmp_path: Path) -> None:
    made = api.create(tmp_path / "w")
    with pytest.raises(LedgerError, match="holds no data yet"):
        made.lookups()
    made.load(write_tables(tmp_path / "1", TABLES))
    assert len(made.lookups()) == 4
    more = [{**TABLES["lookups"][0], "lookup_id": "L9"}]
    made.load(write_tables(tmp_path / "2", {"lookups": more}))
    assert len(made.lookups()) == 5


def test_private_ties_need_an_inquiry(workspace: api.Workspace) -> None:
    for ask in (
        lambda: workspace.ego("P2", inquiry=""),
        lambda: workspace.path("P2", "P3", inquiry="none"),
        lambda: workspace.rows("circle"),
        lambda: workspace.view("P2", inquiry="none"),
        lambda: workspace.report("lead", "1"),
        lambda: workspace.leads("none"),
        lambda: workspace.analyse("none"),
        lambda: workspace.query(cypher="MATCH (p:Person) RETURN p", inquiry=""),
        lambda: workspace.export_graph("csv", "x", inquiry=""),
        lambda: workspace.trace("person", "P2", inquiry="none"),
    ):
        with pytest.raises(InquiryError):
            ask()


def test_a_search_without_inquiry_shows_no_name_of_a_person(workspace: api.Workspace) -> None:
    assert workspace.search("Zhao").empty
    assert workspace.search("wang")["ref"].tolist() == ["officer:O1"]
    assert workspace.search("P2").to_dict("records") == [
        {"ref": "person:P2", "kind": "person", "id": "P2", "name": ""}
    ]
    with pytest.raises(UsageError):
        workspace.search(" ")


def test_rows_of_a_screen_analysis_are_in_the_result_schema(workspace: api.Workspace) -> None:
    from linkgraph.analyses.results import RESULT_COLUMNS

    frame = workspace.rows("volume")
    assert tuple(frame.columns) == RESULT_COLUMNS


def test_a_timeline_is_in_order_of_time(workspace: api.Workspace) -> None:
    frame = workspace.timeline("officer:O1")
    assert frame["at"].tolist() == sorted(frame["at"])
    assert frame["with"].tolist() == ["person:P2", "person:P3", "person:P4", "person:P5"]
    assert len(workspace.timeline("O1", limit=2)) == 2


def test_every_use_is_on_record_before_it_happens(workspace: api.Workspace) -> None:
    before = len(list(workspace.folder.activity.entries()))
    workspace.search("P2")
    workspace.timeline("O1")
    with pytest.raises(InquiryError):
        workspace.ego("P2", inquiry="none")
    entries = list(workspace.folder.activity.entries())[before:]
    assert [e["action"] for e in entries] == ["search", "timeline"]


def test_what_cannot_be_logged_is_not_done(
    workspace: api.Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise WorkspaceError("the activity log cannot be written")

    monkeypatch.setattr(type(workspace.folder.activity), "append", refuse)
    with pytest.raises(WorkspaceError, match="activity log"):
        workspace.search("P2")


def test_status_counts_tables_and_names_the_next_step(tmp_path: Path) -> None:
    from linkgraph.api.describe import described

    made = api.create(tmp_path / "w")
    assert described(made)["next"].startswith("linkgraph load")
    made.load(write_tables(tmp_path / "1", TABLES))
    found = described(made)
    assert found["tables"] == {"officers": 1, "lookups": 4, "persons": 1}
    assert found["next"] == "linkgraph screen"
    made.screen()
    assert described(made)["next"].startswith("linkgraph inquiry open")


def test_an_inquiry_covers_its_last_day(tmp_path: Path) -> None:
    made = api.create(tmp_path / "w")
    inquiry = made.open_inquiry(
        "Q",
        opened_by="Lin",
        authorised_by="Chen",
        ground="g",
        document="d",
        all_officers=True,
        start="113/01/01",
        end="2024-06-30",
        until=datetime(2099, 1, 1, 12),  # noqa: DTZ001  the workspace's zone is meant
    )
    assert times.iso(inquiry.start, ZONE) == "2024-01-01T00:00:00+08:00"
    assert times.iso(inquiry.end, ZONE) == "2024-07-01T00:00:00+08:00"
    assert times.iso(inquiry.until, ZONE) == "2099-01-01T12:00:00+08:00"
    assert made.inquiries()["state"].tolist() == ["open"]
    assert made.inquiry("Q")["until"] == "2099-01-01T12:00:00+08:00"


@pytest.mark.parametrize(
    ("given", "begins", "ends"),
    [
        ("2024-07-15", "2024-07-15T00:00:00+08:00", "2024-07-16T00:00:00+08:00"),
        ("113/07/15", "2024-07-15T00:00:00+08:00", "2024-07-16T00:00:00+08:00"),
        (date(2024, 7, 15), "2024-07-15T00:00:00+08:00", "2024-07-16T00:00:00+08:00"),
        ("2024-07-15 00:00", "2024-07-15T00:00:00+08:00", "2024-07-15T00:00:00+08:00"),
        ("2024-07-15 10:30", "2024-07-15T10:30:00+08:00", "2024-07-15T10:30:00+08:00"),
        ("2024-07-15T10:30Z", "2024-07-15T18:30:00+08:00", "2024-07-15T18:30:00+08:00"),
        (0, "1970-01-01T08:00:00+08:00", "1970-01-01T08:00:00+08:00"),
    ],
)
def test_a_day_that_ends_a_period_is_included(given: object, begins: str, ends: str) -> None:
    assert times.iso(times.moment(given, ZONE), ZONE) == begins  # type: ignore[arg-type]
    assert times.iso(times.moment(given, ZONE, end=True), ZONE) == ends  # type: ignore[arg-type]


@pytest.mark.parametrize("given", ["", "tomorrow", "2024-02-30", "113/02/30", True, 1.5, None])
def test_what_is_no_time_is_refused(given: object) -> None:
    with pytest.raises(UsageError, match="is no date"):
        times.moment(given, ZONE)  # type: ignore[arg-type]


def test_a_page_shows_in_a_cell_apart_from_the_notebook(tmp_path: Path) -> None:
    page = Page('<"title">', '<p onclick="x">王</p>'.encode())
    shown = page._repr_html_()
    assert '<p onclick="x">' not in shown
    assert "sandbox=" in shown
    saved = page.save(tmp_path / "deep" / "page.html")
    assert saved.read_text(encoding="utf-8") == page.text
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    with pytest.raises(WorkspaceError, match="cannot be written"):
        page.save(saved / "below.html")


def test_a_workspace_of_another_folder_is_another(tmp_path: Path) -> None:
    made = api.create(tmp_path / "w")
    assert Folder.open(tmp_path / "w").path == made.folder.path


def test_leads_of_the_work_tables_need_no_inquiry(workspace: api.Workspace) -> None:
    frame = workspace.leads()
    assert len(frame) == len(workspace.screen_leads())
    assert {"rank", "lead_id", "officer_id", "bits"} <= set(frame.columns)
