"""`path`, `ego`, `search`, `timeline`, `query`: the graph of an inquiry on the terminal."""

from __future__ import annotations

import warnings
from typing import Annotated

import typer

from linkgraph.cli import options
from linkgraph.cli.output import Format, notice, show
from linkgraph.graph.store import QueryWarning

app = options.commands()
Ref = Annotated[str, typer.Argument(metavar="ID", help="kind:id, or an id of one kind alone.")]
_TIES = {
    "source": "from",
    "source_name": "name",
    "type": "tie",
    "kind": "kind",
    "target": "to",
    "target_name": "name",
    "start": "since",
    "end": "until",
}


@app.command()
def path(
    a: Annotated[str, typer.Argument(metavar="A", help="kind:id, or an id of one kind alone.")],
    b: Annotated[str, typer.Argument(metavar="B", help="The other end.")],
    at: Annotated[
        str | None,
        typer.Option("--at", metavar="TIME", help="When every tie must hold.", show_default=False),
    ] = None,
    max_hops: Annotated[
        int, typer.Option("--max-hops", min=1, max=12, help="The longest path.")
    ] = 6,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many paths.")] = 10,
    inquiry: options.Inquiry = None,
    workspace: options.Workspace = None,
    format_: options.OutputFormat = Format.TABLE,
) -> None:
    """Show the shortest paths between two nodes of the graph."""
    frame = options.opened(workspace).path(
        a, b, inquiry=inquiry or "", at=at, max_hops=max_hops, limit=limit
    )
    show(
        frame,
        format_,
        columns={"path": "path", "step": "step"} | _TIES,
        empty=f"There is no path of up to {max_hops} ties.",
    )


@app.command()
def ego(
    ref: Ref,
    hops: Annotated[int, typer.Option("--hops", min=1, max=4, help="How far to reach.")] = 1,
    limit: Annotated[int, typer.Option("--limit", min=1, help="The nearest so many nodes.")] = 300,
    inquiry: options.Inquiry = None,
    workspace: options.Workspace = None,
    format_: options.OutputFormat = Format.TABLE,
) -> None:
    """Show what is tied to a node."""
    frame = options.opened(workspace).ego(ref, inquiry=inquiry or "", hops=hops, limit=limit)
    show(frame, format_, columns=_TIES, empty="Nothing is tied to it.")


@app.command()
def search(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A part of an id, name or text.")],
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many.")] = 50,
    inquiry: options.Inquiry = None,
    workspace: options.Workspace = None,
    format_: options.OutputFormat = Format.TABLE,
) -> None:
    """Find nodes by id, name or text.

    Without an inquiry, by id, or by the name of an officer or a unit.
    """
    frame = options.opened(workspace).search(text, inquiry=inquiry, limit=limit)
    show(frame, format_, columns=["ref", "kind", "name"], empty="Nothing was found.")


@app.command()
def timeline(
    ref: Ref,
    top: Annotated[int, typer.Option("--top", min=0, help="The last so many; 0 is all.")] = 50,
    inquiry: options.Inquiry = None,
    workspace: options.Workspace = None,
    format_: options.OutputFormat = Format.TABLE,
) -> None:
    """Show what happened around an entity, in order.

    Look-ups, cases and complaints; with an inquiry, when ties began and ended as well.
    """
    frame = options.opened(workspace).timeline(ref, inquiry=inquiry, limit=top)
    show(frame, format_, columns=["at", "what", "with", "text"], empty="Nothing is on record.")


@app.command()
def query(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="A stored query.")] = None,
    cypher: Annotated[
        str | None,
        typer.Option(
            "--cypher", metavar="TEXT", help="Your own query; it may only read.", show_default=False
        ),
    ] = None,
    given: options.Given = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Rows of your own query.")] = 1000,
    inquiry: options.Inquiry = None,
    workspace: options.Workspace = None,
    format_: options.OutputFormat = Format.TABLE,
) -> None:
    """Run a stored query, or your own Cypher.

    Without a name, lists the stored queries.
    """
    if name is None and cypher is None:
        from linkgraph.api.queries import stored

        rows = [
            {"name": q.name, "title": q.title, "parameters": ", ".join(q.parameters)}
            for q in stored()
        ]
        show(rows, format_, empty="There is no stored query.")
        return
    with warnings.catch_warnings(record=True) as notes:
        warnings.simplefilter("always", QueryWarning)
        frame = options.opened(workspace).query(
            name,
            inquiry=inquiry or "",
            cypher=cypher,
            limit=limit,
            parameters=options.parameters(given),
        )
    show(frame, format_, empty="No rows.")
    for note in notes:
        notice(f"Note: {note.message}")
    if cypher is not None and len(frame) == limit:
        notice(f"Cut at {limit} rows; ask for more with --limit.")
