"""The lines that scripts rely on, to the letter, from files to leads."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from linkgraph.analyses.results import RESULT_COLUMNS
from tests.cli.conftest import TABLES, Run
from tests.support.ledger import write_tables


@pytest.fixture(scope="module")
def scripted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scripted")
    write_tables(folder / "files", TABLES)
    return folder


def test_from_files_to_leads(run: Run, scripted: Path) -> None:
    w = scripted / "w"
    assert run("init", w).code == 0
    assert run("-w", w, "load", scripted / "files").code == 0
    opened = run(
        "-w", w, "inquiry", "open", "--id", "Q", "--opened-by", "A", "--authorised-by", "B",
        "--ground", "TEXT", "--document", "NO", "--all-officers", "--from", "2024-01-01",
        "--to", "2024-12-31", "--ties", "all", "--k", "2", "--until", "2099-12-31",
    )  # fmt: skip
    assert opened.code == 0, opened.err
    analysed = run("-w", w, "analyse", "--inquiry", "Q")
    assert analysed.code == 0, analysed.err

    done = run("-w", w, "leads", "list", "--inquiry", "Q", "--top", "0", "--format", "json")
    assert done.code == 0, done.err
    leads = json.loads(done.out)
    assert [lead["rank"] for lead in leads] == list(range(1, len(leads) + 1))
    assert leads[0]["officer_id"] == "O1"
    assert {"lead_id", "subjects", "hub", "lookup_ids", "bits", "set", "waterfall"} <= set(leads[0])
    steps = sum(round(step["bits"] * 100) for step in leads[0]["waterfall"])
    assert steps == round(leads[0]["bits"] * 100)


def test_one_analysis_in_the_result_schema(run: Run, scripted: Path) -> None:
    w = scripted / "w"
    done = run(
        "-w", w, "analyses", "run", "circle", "--inquiry", "Q", "--max-ties", "1",
        "--format", "csv",
    )  # fmt: skip
    assert done.code == 0, done.err
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert tuple(rows[0]) == RESULT_COLUMNS
    assert {(r["officer_id"], r["subject_id"]) for r in rows} == {("O1", "P3")}
    assert {r["lookup_id"] for r in rows} == {"L1", "L6"}
    assert json.loads(rows[0]["path"])[0] == "officer:O1"
    wider = run("-w", w, "analyses", "run", "circle", "--inquiry", "Q", "--format", "json")
    assert {row["lookup_id"] for row in json.loads(wider.out)} == {"L1", "L2", "L3", "L6"}


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_lookups_are_exported_one_row_each(
    run: Run, scripted: Path, tmp_path: Path, suffix: str
) -> None:
    target = tmp_path / f"out.{suffix}"
    assert run("-w", scripted / "w", "export", "lookups", "-o", target).code == 0
    if suffix == "csv":
        with target.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    else:
        rows = pq.read_table(target).to_pylist()
    assert [row["lookup_id"] for row in rows] == ["L1", "L2", "L3", "L4", "L5", "L6"]
    wanted = {"officer_id", "subject_id", "at", "duty_status", "explanation_level", "indicators"}
    assert wanted <= set(rows[0])
    assert rows[4]["subject_id"] == "0912345678"


def test_a_lead_is_shown_with_both_sides(run: Run, scripted: Path) -> None:
    w = scripted / "w"
    done = run("-w", w, "leads", "show", "1", "--inquiry", "Q")
    assert done.code == 0, done.err
    for heading in (
        "How it is weighed (bits)",
        "What speaks for misuse",
        "What speaks against it",
        "Explanations tried",
        "What would settle it",
    ):
        assert heading in done.out
    chinese = run("-w", w, "leads", "show", "1", "--inquiry", "Q", "--lang", "zh-TW")
    assert "反對不當查詢之事證" in chinese.out
    shown = run("-w", w, "leads", "show", "1", "--inquiry", "Q", "--format", "json")
    assert json.loads(shown.out)["rank"] == 1
    done = run("-w", w, "leads", "show", "99", "--inquiry", "Q")
    assert (done.code, "There is no lead '99'" in done.err) == (2, True)


def test_a_leads_report_and_view_are_written(run: Run, scripted: Path, tmp_path: Path) -> None:
    w, report, view = scripted / "w", tmp_path / "r.html", tmp_path / "v.html"
    done = run("-w", w, "report", "lead", "1", "--inquiry", "Q", "-o", report, "--lang", "zh-TW")
    assert done.code == 0, done.err
    assert 'lang="zh-TW"' in report.read_text(encoding="utf-8")
    done = run("-w", w, "report", "officer", "O1", "--inquiry", "Q", "-o", tmp_path / "r.json")
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    done = run("-w", w, "view", "--lead", "1", "--inquiry", "Q", "-o", view)
    assert done.code == 0, done.err
    assert view.stat().st_size > 10_000
    done = run("-w", w, "report", "vehicle", "ABC-1234")
    assert done.code == 0
    assert (w / "reports" / "work" / "vehicle-ABC-1234.html").is_file()


def test_the_other_doors(run: Run, scripted: Path) -> None:
    w = scripted / "w"
    done = run("-w", w, "trace", "complaint", "C1", "--format", "json")
    assert done.code == 0, done.err
    assert {item["lookup_id"] for item in json.loads(done.out)["lookups"]} == {"L2", "L3"}
    assert run("-w", w, "trace", "person", "P3", "--inquiry", "Q").code == 0
    assert run("-w", w, "worklist", "proxy", "--month", "2024-03").code == 0
    done = run("-w", w, "worklist", "proxy", "--month", "March")
    assert done.code == 2


@pytest.mark.parametrize("kind", ["proxy", "purpose", "rights"])
def test_a_month_that_the_log_does_not_reach_has_no_worklist(
    run: Run, scripted: Path, kind: str
) -> None:
    """As of a year after the log every right would be one that nobody used."""
    done = run("-w", scripted / "w", "worklist", kind, "--month", "2031-01")
    assert done.code == 2
    assert "The log has nothing of 2031-01: it runs from " in done.err


def test_leads_without_an_inquiry_come_from_work_tables_alone(run: Run, scripted: Path) -> None:
    done = run("-w", scripted / "w", "leads", "list", "--format", "json")
    assert done.code == 0, done.err
    assert all(lead["set"] is None for lead in json.loads(done.out))


def test_an_analysis_may_be_narrower_than_its_inquiry(run: Run, scripted: Path) -> None:
    done = run(
        "-w", scripted / "w", "analyse", "--inquiry", "Q", "--officer", "O2",
        "--from", "2024-03-01", "--to", "2024-03-31", "--format", "json",
    )  # fmt: skip
    assert done.code == 0, done.err
    assert all(lead["officer_id"] == "O2" for lead in json.loads(done.out))


def test_leads_made_before_a_load_are_refused(run: Run, scripted: Path, tmp_path: Path) -> None:
    w = scripted / "w"
    row = {**TABLES["lookups"][0], "lookup_id": "L9"}
    more = write_tables(tmp_path / "more", {"lookups": [row]})
    assert run("-w", w, "load", more).code == 0
    done = run("-w", w, "leads", "list", "--inquiry", "Q")
    assert (done.code, "made before the last load" in done.err) == (1, True)


def test_a_purge_leaves_nothing_of_an_ended_inquiry(run: Run, scripted: Path) -> None:
    w = scripted / "w"
    assert run("-w", w, "inquiry", "close", "Q").code == 0
    done = run("-w", w, "inquiry", "purge", "Q", "--yes")
    assert done.code == 0, done.err
    removed = [item["file"] for item in json.loads(done.out)["removed"]]
    assert "graphs/Q/leads.json" in removed
    assert not (w / "graphs" / "Q").exists()
    assert run("-w", w, "activity", "--verify").code == 0
    assert run("-w", w, "status").code == 0
