"""What goes wrong ends in one clear line, an exit code of its own, and never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from linkgraph import inquiries
from linkgraph.inquiries import Inquiry
from linkgraph.workspace import Folder
from tests.cli.conftest import INQUIRY, Run

DAY = 86_400_000_000


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["frobnicate"], "No such command 'frobnicate'"),
        (["lead"], "Did you mean 'leads'"),
        (["leads", "list", "--format", "xml"], "'xml'"),
        (["leads", "list", "--top", "-1"], "'--top'"),
        (["load"], "PATH"),
        (["trace", "dream", "X"], "'dream'"),
        (["report", "weather", "X"], "'weather'"),
        (["view", "P3", "--inquiry", "Q", "--limit", "0"], "'--limit'"),
        (["screen", "--from", "113/02/30"], "'113/02/30' is no date"),
        (["screen", "--from", "2024-05-01", "--to", "2024-04-01"], "ends before it begins"),
        (["analyses", "run", "repeated", "--set", "lookups"], "names no parameter"),
        (["export", "lookups", "-o", "look-ups.txt"], "neither .csv nor .parquet"),
        (["report", "officer", "O1", "-o", "report.odt"], "none of .html, .pdf, .docx, .json"),
        (["analyses", "run", "circle", "--inquiry", "Q", "--max-ties", "0"], "'--max-ties'"),
        (["ego", "P999", "--inquiry", "Q"], "Nothing in the ledger is called 'P999'"),
        (["query", "no_such", "--inquiry", "Q"], "no stored query 'no_such'"),
        (["view", "--inquiry", "Q"], "Name what to view"),
        (["inquiry", "purge", "Q"], "--yes"),
    ],
)
def test_wrong_usage_is_exit_code_2(
    run: Run, workspace: Path, arguments: list[str], message: str
) -> None:
    done = run("-w", workspace, *arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ego", "P3", "--inquiry", "X"], "There is no inquiry 'X'. There is Q."),
        (["ego", "P3"], "none was named. Name one with --inquiry"),
        (["path", "P3", "P4"], "none was named"),
        (["view", "P3"], "none was named"),
        (["query", "--cypher", "MATCH (n:Person) RETURN n.name"], "none was named"),
        (["analyse"], "none was named"),
        (["analyses", "run", "circle"], "none was named"),
        (["report", "lead", "1"], "none was named"),
        (["export", "graphml", "-o", "g.graphml"], "none was named"),
        (["leads", "list", "--inquiry", "Q"], "not analysed yet. Run `linkgraph analyse"),
        (["analyses", "run", "repeatd"], "no analysis 'repeatd'. Did you mean repeated"),
        (["analyses", "run", "repeated", "--set", "x=1"], "linkgraph.toml"),
        (["analyse", "--inquiry", "Q", "--officer", "O9"], "no officer 'O9'"),
        (["analyse", "--inquiry", "Q", "--from", "2030-01-01"], "does not cover that period"),
        (["analyse", "--inquiry", "Q", "--store", "bolt://localhost"], "neo4j"),
        (["load", "nowhere.csv"], "nowhere.csv"),
        (["load", "--mapping", "nowhere.yaml", "."], "nowhere.yaml"),
        (["inquiry", "close", "X"], "There is no inquiry 'X'"),
        (["inquiry", "purge", "Q", "--yes"], "still holds"),
        (["inquiry", "open", "--id", "Q", *INQUIRY], "There is an inquiry Q already"),
        (["map", "check", "nowhere.yaml"], "nowhere.yaml"),
        (["export", "lookups", "-o", "/proc/no/look-ups.csv"], "cannot be written"),
    ],
)
def test_a_failure_is_exit_code_1_and_says_what_to_do(
    run: Run, workspace: Path, arguments: list[str], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace.parent)
    done = run("-w", workspace, *arguments)
    assert (done.code, done.out) == (1, ""), done.err
    assert message in done.err
    assert done.err.startswith("Error: ")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("--authorised-by", "LIN "), "same person"),
        (("--ground", " "), "its ground"),
        (("--document", ""), "its document"),
        (("--k", "4"), "circles of 4 ties"),
        (("--ties", "friend,enemy"), "Unknown kind of tie: enemy"),
        (("--to", "2023-01-01"), "ends before it begins"),
        (("--until", "2020-01-01"), "expired before it is opened"),
        (("--officer", "O1"), "all officers and some as well"),
    ],
)
def test_an_inquiry_that_breaks_a_rule_is_not_opened(
    run: Run, workspace: Path, change: tuple[str, str], message: str
) -> None:
    done = run("-w", workspace, "inquiry", "open", "--id", "Z", *INQUIRY, *change)
    assert done.code == 1
    assert message in done.err


def test_an_inquiry_names_officers_of_the_ledger(run: Run, workspace: Path) -> None:
    named = [a for a in INQUIRY if a != "--all-officers"]
    done = run("-w", workspace, "inquiry", "open", "--id", "Z", *named, "--officer", "O1x")
    assert done.code == 1
    assert "no officer 'O1x'" in done.err
    assert run("-w", workspace, "inquiry", "open", "--id", "Z", *named, "--unit", "U1").code == 0


def test_ties_may_be_of_kinds_that_the_data_have(run: Run, workspace: Path) -> None:
    arguments = ("--id", "Z", *INQUIRY, "--ties", "friend,KNOWS")
    assert run("-w", workspace, "inquiry", "open", *arguments).code == 0


def test_an_expired_or_closed_inquiry_opens_no_gate(run: Run, workspace: Path) -> None:
    past = Inquiry("old", "Lin", "Chen", "g", "d", (), True, (), 0, DAY, ("all",), 2, 3 * DAY, DAY)
    inquiries.open_inquiry(Folder.open(workspace), past)
    done = run("-w", workspace, "ego", "P3", "--inquiry", "old")
    assert (done.code, "has expired" in done.err) == (1, True)
    assert run("-w", workspace, "inquiry", "close", "Q").code == 0
    done = run("-w", workspace, "ego", "P3", "--inquiry", "Q")
    assert (done.code, "was closed" in done.err) == (1, True)


def test_without_a_workspace_it_says_how_to_make_one(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for arguments in (["status"], ["leads", "list"], ["load", "x.csv"], ["-w", "gone", "screen"]):
        done = run(*arguments)
        assert done.code == 1
        assert "linkgraph init DIR" in done.err


def test_without_data_it_says_how_to_load_some(run: Run, tmp_path: Path) -> None:
    assert run("init", tmp_path / "w").code == 0
    for arguments in (["screen"], ["leads", "list"], ["trace", "person", "P1"], ["search", "x"]):
        done = run("-w", tmp_path / "w", *arguments)
        assert done.code == 1
        assert "holds no data yet. Load source files" in done.err


def test_rejected_rows_have_an_exit_code_of_their_own(run: Run, tmp_path: Path) -> None:
    (tmp_path / "officers.csv").write_text("officer_id\nO1\n")
    (tmp_path / "lookups.csv").write_text(
        "lookup_id,at,officer_id,subject_kind,subject_id\n"
        "L1,2024-03-01 10:00,O1,person,P1\n"
        "L2,,O1,person,P1\n"
    )
    run("init", tmp_path / "w")
    done = run("-w", tmp_path / "w", "load", tmp_path / "officers.csv", tmp_path / "lookups.csv")
    assert done.code == 3
    assert "1 row rejected" in done.err
    assert "rejects" in done.err


def test_an_id_of_several_kinds_lists_the_candidates(
    run: Run, tmp_path: Path, workspace: Path
) -> None:
    (tmp_path / "vehicles.csv").write_text("vehicle_id\nP3\n")
    assert run("-w", workspace, "load", tmp_path / "vehicles.csv").code == 0
    done = run("-w", workspace, "timeline", "P3")
    assert done.code == 2
    assert "Say which: person:P3, vehicle:P3." in done.err


@pytest.mark.parametrize("interrupt", [KeyboardInterrupt, None])
def test_an_interrupt_is_exit_code_130_and_no_noise(
    run: Run, monkeypatch: pytest.MonkeyPatch, interrupt: type[BaseException] | None
) -> None:
    from linkgraph.cli import options

    class InterruptException(Exception):  # noqa: N818  named as the table engine names its own
        pass

    def stop(_: object) -> None:
        raise interrupt() if interrupt else InterruptException("INTERRUPT Error")

    monkeypatch.setattr(options, "opened", stop)
    done = run("status")
    assert (done.code, done.out, done.err) == (130, "", "Interrupted.\n")


def test_the_unexpected_is_one_line_and_its_details_are_for_the_asking(
    run: Run, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from linkgraph.cli import options
    from linkgraph.cli.run import run as raw

    def break_(_: object) -> None:
        raise RuntimeError("first\nsecond")

    monkeypatch.setattr(options, "opened", break_)
    monkeypatch.delenv("LINKGRAPH_DEBUG", raising=False)
    done = run("status")
    assert done.code == 1
    assert done.err == (
        "Error: something unexpected happened (RuntimeError: first). "
        "For details, run it again with LINKGRAPH_DEBUG=1.\n"
    )
    monkeypatch.setenv("LINKGRAPH_DEBUG", "1")
    with pytest.raises(SystemExit):
        raw(["status"])
    assert "Traceback" in capfd.readouterr().err


def test_a_reader_who_has_seen_enough_is_no_failure() -> None:
    command = f"{sys.executable} -m linkgraph analyses list --format json | head -c 10"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_full_disk_behind_stdout_is_said() -> None:
    command = f"{sys.executable} -m linkgraph analyses list --format json > /dev/full"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_device_is_not_replaced_by_a_file(run: Run, workspace: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "out.html"
    os.mkfifo(pipe)
    done = run("-w", workspace, "report", "officer", "O1", "-o", pipe)
    assert (done.code, done.out) == (1, "")
    assert "a pipe or a device" in done.err
    assert pipe.is_fifo()


def test_a_reader_that_has_seen_enough_is_no_failure(workspace: Path) -> None:
    said = subprocess.run(
        ["bash", "-c", '"$0" -m linkgraph --help | true; echo "${PIPESTATUS[0]}"', sys.executable],
        capture_output=True,
        text=True,
        check=True,
    )
    assert (said.stdout, said.stderr) == ("0\n", "")


def test_a_closed_output_is_no_traceback(workspace: Path) -> None:
    said = subprocess.run(
        ["bash", "-c", '"$0" -m linkgraph -w "$1" status >&-', sys.executable, str(workspace)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0
    assert "Error" not in said.stderr
    assert "Traceback" not in said.stderr


def test_a_report_does_not_say_that_no_lead_was_found_where_none_was_sought(
    run: Run, workspace: Path
) -> None:
    page = run("-w", workspace, "report", "officer", "O1", "-o", "-").out
    assert "Leads were not looked for" in page
    assert "No lead names" not in page


def test_leads_of_work_tables_alone_say_what_was_not_run(run: Run, workspace: Path) -> None:
    done = run("-w", workspace, "leads", "list")
    assert done.code == 0
    assert "Not run, needs duties" in done.err


def test_a_load_names_the_rows_that_it_withdrew(run: Run, tmp_path: Path) -> None:
    heading = "lookup_id,at,officer_id,subject_kind,subject_id\n"
    for folder, time in (("a", "10:00"), ("b", "11:00")):
        (tmp_path / folder).mkdir()
        text = f"{heading}L1,2024-03-01 {time},O1,person,P1\n"
        (tmp_path / folder / "lookups.csv").write_text(text)
    run("init", tmp_path / "w")
    assert run("-w", tmp_path / "w", "load", tmp_path / "a").code == 0
    done = run("-w", tmp_path / "w", "load", tmp_path / "b", "--format", "csv")
    assert done.code == 3
    heading, row = done.out.splitlines()
    assert dict(zip(heading.split(","), row.split(","), strict=True)) == {
        "table": "lookups",
        "rows": "1",
        "loaded": "0",
        "merged": "0",
        "rejected": "1",
        "withdrawn": "1",
        "warned": "0",
        "total": "0",
    }
    assert "Withdrawn: 1 row that the ledger held before" in done.err
    assert "lookups L1 (lookups.csv row 2): conflict: the same identifier" in done.err
