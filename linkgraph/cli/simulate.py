"""`simulate`: a force whose truth is known."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from linkgraph.cli import options
from linkgraph.cli.output import notice

app = options.commands()


class Form(StrEnum):
    """How the force is written."""

    TABLES = "tables"
    EXPORTS = "exports"


@app.command()
def simulate(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
    officers: Annotated[int, typer.Option("--officers", min=1, help="How many officers.")] = 300,
    months: Annotated[int, typer.Option("--months", min=1, help="For how long.")] = 6,
    seed: Annotated[int, typer.Option("--seed", min=0, help="The same seed, the same force.")] = 1,
    form: Annotated[
        Form,
        typer.Option("--as", help="Tables of the contract, or files as an agency exports them."),
    ] = Form.TABLES,
    lookups: Annotated[
        int | None,
        typer.Option(
            "--lookups-per-month", min=1, metavar="N", help="Per officer.", show_default=False
        ),
    ] = None,
    rate: Annotated[
        float | None,
        typer.Option(
            "--rate",
            min=0,
            metavar="SHARE",
            help="Share of look-ups that are misuse, such as 1e-4; 0 for none.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Simulate a force with known truth.

    Writes its tables into the folder and the truth into DIR/truth, which nothing loads.
    With --rate, misuse of every kind is drawn until it is that share of the look-ups; without,
    the four cases of the ethics notice are planted once each.
    """
    from linkgraph.simulate import simulate as simulated

    made = simulated(
        folder,
        officers=officers,
        months=months,
        seed=seed,
        as_exports=form is Form.EXPORTS,
        lookups_per_officer_month=lookups,
        rate=rate,
    )
    rows = made.rows.get("lookups", 0)
    notice(f"Simulated {rows:,} look-ups of {officers:,} officers into {folder}.")
    notice(f"The truth is in {made.truth}.")
