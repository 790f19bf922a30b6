"""`init`, `status`, `activity`: the workspace itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from linkgraph.cli import options
from linkgraph.cli.output import Format, facts, line, notice, show, write_json

app = options.commands()


@app.command()
def init(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A new folder, or one to make a workspace of.")
    ],
    timezone: Annotated[
        str, typer.Option("--timezone", help="Zone of times that are written without one.")
    ] = "Asia/Taipei",
    lang: Annotated[
        options.Language, typer.Option("--lang", help="Language of reports and views.")
    ] = options.Language.ENGLISH,
) -> None:
    """Make a workspace in a folder.

    Its owner alone can read it.
    """
    import shlex
    from zoneinfo import ZoneInfo

    from linkgraph.errors import UsageError
    from linkgraph.workspace import Folder, Settings

    try:
        ZoneInfo(timezone)
    except (OSError, ValueError, KeyError) as problem:
        raise UsageError(
            f"There is no time zone {timezone!r}.", remedy="Name one like Asia/Taipei."
        ) from problem
    made = Folder.create(folder, Settings(timezone=timezone, language=lang.value))
    notice(f"Made a workspace in {made.path}.")
    notice(f"Next: linkgraph -w {shlex.quote(str(folder))} load PATH...")


@app.command()
def status(
    workspace: options.Workspace = None,
    format_: options.OutputFormat = Format.TABLE,
) -> None:
    """Say what the workspace holds and what can be done next."""
    from linkgraph.api.describe import described

    found = described(options.opened(workspace))
    if format_ is Format.JSON:
        write_json(found)
        return
    rows = [{"table": name, "rows": rows} for name, rows in found["tables"].items()]
    if format_ is Format.CSV:
        show(rows, format_, columns=["table", "rows"])
        return
    facts([(name, found[name]) for name in ("workspace", "timezone", "language")])
    if rows:
        line()
        show(rows, format_)
        line()
        facts(
            [
                ("source files", found["sources"]),
                ("rejected rows", found["rejects"]),
                ("warnings", found["warnings"]),
                ("ledger", found["ledger"][:16]),
                ("screening", (found["screening"] or "not yet")[:16]),
            ]
        )
    if found["inquiries"]:
        line()
        show(found["inquiries"], format_, columns=["inquiry", "state", "until", "leads"])
    line()
    line(f"Next: {found['next']}")


@app.command()
def activity(
    verify: Annotated[bool, typer.Option("--verify", help="Check the chain.")] = False,
    head: Annotated[
        str,
        typer.Option(
            "--head", metavar="HASH", help="A head, as a report printed it, to find in the chain."
        ),
    ] = "",
    top: Annotated[int, typer.Option("--top", min=0, help="The last so many; 0 is all.")] = 20,
    workspace: options.Workspace = None,
    format_: options.OutputFormat = Format.TABLE,
) -> None:
    """Show the activity log, or verify its chain.

    With --verify, exit code 1 says that the log was changed.
    """
    log = options.opened(workspace).folder.activity
    if verify or head:
        found = log.verify(expect=head)
        facts([("entries", found.entries), ("head", found.head)])
        for problem in found.problems:
            line(f"PROBLEM  {problem}")
        line("The chain is broken." if found.problems else "The chain holds.")
        raise typer.Exit(1 if found.problems else 0)
    entries = list(log.entries())
    shown = entries[-top:] if top else entries
    if format_ is Format.TABLE:
        rows = [
            {
                "n": entry["n"],
                "at": entry["at"][:19].replace("T", " "),
                "who": entry["who"],
                "action": entry["action"],
                "inquiry": entry["facts"].get("inquiry"),
                "facts": "; ".join(
                    f"{name}={value}" for name, value in entry["facts"].items() if name != "inquiry"
                )[:100],
            }
            for entry in shown
        ]
        show(rows, format_)
    else:
        show(shown, format_)
    notice(f"{len(shown)} of {len(entries)} shown; times in UTC; head {log.head()}.")
