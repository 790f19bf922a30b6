"""`evaluate`: how well leads, traces and worklists point at the misuse of simulated forces."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from linkgraph.cli import options
from linkgraph.cli.output import Format, line, notice, progress, show, write_json

app = options.commands()


@app.command()
def evaluate(
    folders: Annotated[
        list[Path], typer.Argument(metavar="DIR...", help="Forces written by `simulate`.")
    ],
    ablate: Annotated[
        bool, typer.Option("--ablate", help="Rank again without each part of the method.")
    ] = False,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep each force's workspace, in DIR/truth/workspace.")
    ] = False,
    format_: options.OutputFormat = Format.TABLE,
) -> None:
    """Measure linkgraph on forces whose truth is known.

    Each DIR was written by `simulate`. It is loaded, screened and analysed, and compared with its
    truth and with simple baselines; its figures are kept in DIR/truth/figures.json. Several
    forces are pooled, with 90 % intervals by bootstrap over officers. A DIR may also hold nothing
    but a figures.json.
    """
    from linkgraph.evaluation.ceiling import NAME, with_ceiling
    from linkgraph.evaluation.force import figures_of
    from linkgraph.evaluation.pooled import Pool
    from linkgraph.evaluation.tables import cell, tables
    from linkgraph.leads.method import ABLATIONS

    figures = []
    for folder in folders:
        with progress(f"evaluate {folder.name}") as tell:
            figures.append(figures_of(folder, ablate=ablate, keep=keep, progress=tell))
    missing = {name: needs for force in figures for name, needs in force.not_run.items()}
    figures, reason = with_ceiling(figures)
    if reason:
        missing[NAME] = reason.removeprefix("needs ")
    pool = Pool(figures)
    made = tables(pool, ablations=list(ABLATIONS), ceiling=NAME)
    if format_ is Format.JSON:
        write_json({table.name: table.plain() for table in made})
    else:
        for number, table in enumerate(made):
            if number:
                line()
            line(table.title)
            rows = [{name: cell(value) for name, value in row.items()} for row in table.rows]
            show(rows, format_)
            if table.note and format_ is Format.TABLE:
                line(table.note)
    for name, needs in sorted(missing.items()):
        notice(f"Not run, needs {needs}: {name}.")
