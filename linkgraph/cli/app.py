"""The commands, and the group that imports each when it is called.

`linkgraph --help` reads this file and nothing else: what a command does is said here in one
line, and its module is imported when its own help or the command itself is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any, NamedTuple

import typer
import typer.core

from linkgraph.cli import options


class Entry(NamedTuple):
    """Where a command lives: module under `cli`, one line of help, whether it is a group."""

    module: str
    summary: str
    group: bool = False


COMMANDS: dict[str, Entry] = {
    "init": Entry("workspace", "Make a workspace in a folder."),
    "status": Entry("workspace", "Say what the workspace holds and what can be done next."),
    "doctor": Entry("doctor", "Check this machine and the workspace."),
    "demo": Entry("demo", "Simulate a force and walk through all of it."),
    "map": Entry("mapping", "Draft and check mappings of foreign files.", group=True),
    "load": Entry("load", "Load source files into the ledger."),
    "screen": Entry("screen", "Explain look-ups by work records, and say what indicates."),
    "inquiry": Entry("inquiry", "Put on record who may join private ties, and why.", group=True),
    "analyse": Entry("analyse", "Build the graph of an inquiry and rank its leads."),
    "leads": Entry("leads", "List and show the leads.", group=True),
    "trace": Entry(
        "trace",
        "Trace who looked up a person, a vehicle, or the subject of a complaint or self-report.",
    ),
    "worklist": Entry("worklist", "List what to clear: proxies, purposes, rights.", group=True),
    "audit": Entry("audit", "Draw the month's audit, hand it out, read it back.", group=True),
    "report": Entry("report", "Write a link report."),
    "casefile": Entry("casefile", "Prepare a case file, decide it, export it.", group=True),
    "path": Entry("explore", "Show the shortest paths between two nodes of the graph."),
    "ego": Entry("explore", "Show what is tied to a node."),
    "search": Entry("explore", "Find nodes by id, name or text."),
    "timeline": Entry("explore", "Show what happened around an entity, in order."),
    "query": Entry("explore", "Run a stored query, or your own Cypher."),
    "view": Entry("view", "Write a stand-alone interactive graph."),
    "analyses": Entry("analyses", "List, show, check and run the analyses.", group=True),
    "export": Entry("export", "Write look-ups or the graph for other tools.", group=True),
    "activity": Entry("workspace", "Show the activity log, or verify its chain."),
    "simulate": Entry("simulate", "Simulate a force with known truth."),
    "evaluate": Entry("evaluate", "Measure linkgraph on forces whose truth is known."),
}


class LazyGroup(typer.core.TyperGroup):
    """The root group: knows every name and summary, imports a command when it is called."""

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        # The names alone: enough for listing and for "did you mean".
        self.commands.update(dict.fromkeys(COMMANDS))  # type: ignore[arg-type]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """The command of this name, imported now; None if there is none."""
        return command(cmd_name) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """The list of commands in the help."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in COMMANDS.items()])


def command(name: str) -> Any:
    """The command or group `name`, its module imported and its options built."""
    entry = COMMANDS[name]
    built: Any = typer.main.get_group(import_module(f"linkgraph.cli.{entry.module}").app)
    if entry.group:
        built.name = name
        return built
    return built.commands[name]


app = typer.Typer(
    cls=LazyGroup,
    name="linkgraph",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
    context_settings=options.CONTEXT,
)


@app.callback()
def linkgraph(
    workspace: options.Workspace = None,
    debug: Annotated[bool, typer.Option("--debug", help="Show details of a failure.")] = False,  # noqa: ARG001  read from the command line itself
    version: Annotated[  # noqa: ARG001  its callback answers
        bool,
        typer.Option(
            "--version", help="Show the version.", is_eager=True, callback=options.version
        ),
    ] = False,
) -> None:
    """Find look-ups of citizens' data that work does not explain, and who connects them."""
    options.remember(workspace)
