"""`analyse`: the graph of an inquiry, and its leads."""

from __future__ import annotations

from typing import Annotated

import typer

from linkgraph.cli import options
from linkgraph.cli.leads import explained_first, lead_rows, write_leads
from linkgraph.cli.output import Format, not_run, notice, progress

app = options.commands()


@app.command()
def analyse(
    inquiry: options.Inquiry = None,
    since: options.From = None,
    until: options.To = None,
    officer: Annotated[
        list[str] | None,
        typer.Option("--officer", metavar="ID", help="This officer alone; may be repeated."),
    ] = None,
    store: options.Store = None,
    top: options.Top = 10,
    workspace: options.Workspace = None,
    format_: options.OutputFormat = Format.TABLE,
) -> None:
    """Build the graph of an inquiry and rank its leads.

    Period and officers may be narrower than the inquiry's, never wider.
    """
    opened = options.opened(workspace)
    with progress("analyse") as tell:
        opened.analyse(
            inquiry or "",
            start=since,
            end=until,
            officers=officer or (),
            store=store,
            progress=tell,
        )
    kept = opened.kept_leads(inquiry or "")
    not_run((item["id"], item["needs"]) for item in kept["not_run"])
    for sentence in kept["not_in_graph"]:
        notice(sentence)
    listed = kept["leads"][:top] if top else kept["leads"]
    write_leads(lead_rows(opened, listed, private=True), listed, format_)
    explained_first(opened)
    notice(
        f"{len(listed)} of {len(kept['leads'])} leads shown. A lead orders work; it proves nothing."
    )
    if listed:
        notice(f"Next: linkgraph leads show {listed[0]['lead_id']} --inquiry {inquiry}")
