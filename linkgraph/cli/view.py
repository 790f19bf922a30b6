"""`view`: a stand-alone interactive graph."""

from __future__ import annotations

from typing import Annotated

import typer

from linkgraph.cli import options
from linkgraph.cli.output import notice

app = options.commands()


@app.command()
def view(
    ref: Annotated[
        str | None, typer.Argument(metavar="ID", help="What to view: kind:id, or an id.")
    ] = None,
    lead: Annotated[
        str | None,
        typer.Option("--lead", metavar="ID", help="A lead's id or rank.", show_default=False),
    ] = None,
    output: options.Output = None,
    hops: Annotated[int, typer.Option("--hops", min=1, max=4, help="How far it reaches.")] = 2,
    limit: Annotated[
        int, typer.Option("--limit", min=1, max=2000, help="Nodes drawn at first.")
    ] = 300,
    lang: options.Lang = None,
    inquiry: options.Inquiry = None,
    workspace: options.Workspace = None,
) -> None:
    """Write a stand-alone interactive graph.

    One HTML file that needs no network: open it in a browser. Without -o it goes into the
    workspace.
    """
    opened = options.opened(workspace)
    made = opened.view(
        ref,
        inquiry=inquiry or "",
        lead=lead,
        language=lang.value if lang else None,
        hops=hops,
        limit=limit,
    )
    target = output or opened.view_file(f"lead-{lead}" if lead else str(ref), inquiry or "")
    target.parent.mkdir(parents=True, exist_ok=True)
    made.save(target)
    opened.wrote(target, inquiry)
    notice(f"{made.scene.sentence()}.")
    notice(f"Wrote {target}.")
