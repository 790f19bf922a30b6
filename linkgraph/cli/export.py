"""`export`: look-ups and graphs for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from linkgraph.cli import options
from linkgraph.cli.output import notice

app = options.commands("Write look-ups or the graph for other tools.")
ToFile = Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="Where to write.")]
ToFolder = Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="A new folder.")]


@app.command()
def lookups(
    output: ToFile,
    since: options.From = None,
    until: options.To = None,
    workspace: options.Workspace = None,
) -> None:
    """Write one row per look-up, with what screening says of it.

    To a file that ends in .csv or .parquet. Work tables alone: no inquiry is needed. In CSV,
    text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    written = options.opened(workspace).export_lookups(output, start=since, end=until)
    notice(f"Wrote {written}.")


@app.command()
def graphml(
    output: ToFile, inquiry: options.Inquiry = None, workspace: options.Workspace = None
) -> None:
    """Write the inquiry's graph as GraphML, for Gephi, yEd, NetworkX and others."""
    _graph("graphml", output, inquiry, workspace)


@app.command()
def csv(
    output: ToFolder, inquiry: options.Inquiry = None, workspace: options.Workspace = None
) -> None:
    """Write the inquiry's graph as CSV tables of nodes and ties."""
    _graph("csv", output, inquiry, workspace)


@app.command()
def parquet(
    output: ToFolder, inquiry: options.Inquiry = None, workspace: options.Workspace = None
) -> None:
    """Write the inquiry's graph as Parquet tables of nodes and ties."""
    _graph("parquet", output, inquiry, workspace)


@app.command()
def neo4j(
    output: ToFolder, inquiry: options.Inquiry = None, workspace: options.Workspace = None
) -> None:
    """Write the inquiry's graph for neo4j-admin database import, with the command that runs it.

    For graphs of millions of ties: ten times as fast as loading through --store.
    """
    _graph("neo4j", output, inquiry, workspace)
    notice(f"Next, beside the stopped server: {output}/import.sh DATABASE")
    notice("Then: linkgraph analyse --inquiry ID --store URI, which finds the graph there.")


def _graph(format_: str, output: Path, inquiry: str | None, workspace: Path | None) -> None:
    opened = options.opened(workspace)
    written = opened.export_graph(format_, output, inquiry=inquiry or "")
    notice(f"Wrote {len(written)} files to {output}." if len(written) > 1 else f"Wrote {output}.")
