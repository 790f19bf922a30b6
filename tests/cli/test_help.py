"""The help: quick, complete, and the same as the documentation."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

from linkgraph.cli.app import COMMANDS, command
from linkgraph.cli.reference import undocumented
from tests.cli.conftest import Run


def test_help_imports_nothing_heavy_and_no_command() -> None:
    code = (
        "import sys\n"
        "from linkgraph.cli.run import run\n"
        "try:\n"
        "    run(['--help'])\n"
        "except SystemExit as ended:\n"
        "    assert ended.code == 0\n"
        "heavy = {'pandas', 'numpy', 'pyarrow', 'ibis', 'duckdb', 'ladybug', 'networkx', 'rich', "
        "'yaml', 'jinja2', 'linkgraph.api', 'linkgraph.ledger', 'linkgraph.model'}\n"
        "commands = {'linkgraph.cli.' + name for name in sys.argv[1:]}\n"
        "sys.stderr.write(' '.join(sorted((heavy | commands) & set(sys.modules))))\n"
    )
    modules = {entry.module for entry in COMMANDS.values()}
    done = subprocess.run(
        [sys.executable, "-c", code, *modules], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    assert "Usage: linkgraph" in done.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_the_summary_in_the_list_is_the_commands_own(name: str) -> None:
    entry = COMMANDS[name]
    assert command(name).help.splitlines()[0] == entry.summary
    assert import_module(f"linkgraph.cli.{entry.module}").app is not None


def test_every_command_and_option_says_what_it_is() -> None:
    assert undocumented() == []


@pytest.mark.parametrize(
    "arguments", [["--help"], ["-h"], ["leads", "-h"], ["leads", "list", "-h"]]
)
def test_help_is_there_at_every_level(run: Run, arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.code == 0
    assert done.out.startswith("Usage: linkgraph")


def test_the_version_is_one_line(run: Run) -> None:
    done = run("--version")
    assert (done.code, done.out) == (0, "linkgraph 0.1.0\n")


def test_nothing_asked_shows_the_help(run: Run) -> None:
    done = run()
    assert "Usage: linkgraph" in done.out + done.err
