"""`audit`: the month's sample, its workbooks, the answers, and the true rate."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from linkgraph.cli import options
from linkgraph.cli.output import Format, line, notice, show, write_json
from linkgraph.cli.run import FAILED, REJECTED

app = options.commands("Draw the month's audit, hand it out, read it back.")

Month = Annotated[str, typer.Option("--month", metavar="MONTH", help="Such as 2024-07 or 113/07.")]
_SHOWN = 20


@app.command()
def commit(month: Month, workspace: options.Workspace = None) -> None:
    """Draw the seed of a month to come, and print its hash to publish.

    Whoever has the hash can check later that the sample was not drawn until it suited. The
    seed stays in the workspace; with it alone nobody can foresee the draw, which depends on all
    the look-ups of the month as well.
    """
    made = options.opened(workspace).audit_commit(month)
    line(made.commitment)
    notice("Publish this hash before the month ends; `audit plan` will use the seed behind it.")


@app.command()
def plan(
    month: Month,
    rate: Annotated[
        float | None,
        typer.Option("--rate", help="Share of look-ups; else the setting.", show_default=False),
    ] = None,
    free: Annotated[
        float | None,
        typer.Option(
            "--free",
            help="Part of the sample drawn whatever the unit; else the setting.",
            show_default=False,
        ),
    ] = None,
    worklist: Annotated[
        int,
        typer.Option(
            "--worklist", min=0, help="Proxies, and generic reasons, per unit to clear at most."
        ),
    ] = 10,
    replace: Annotated[
        str,
        typer.Option(
            "--replace",
            metavar="REASON",
            help="Plan anew because the log has changed; the first plan stays on record.",
        ),
    ] = "",
    workspace: options.Workspace = None,
    format_: options.OutputFormat = Format.TABLE,
) -> None:
    """Draw a month's audit and put it on record.

    A sample of every unit, one look-up at least, and a part drawn from the whole force, whatever
    the unit; the chance of each look-up is kept. Look-ups for another and with a generic reason
    are a worklist of their own. Reads work tables alone. A plan is made once.
    """
    made = options.opened(workspace).audit_plan(
        month, rate=rate, free=free, per_unit=worklist, replace=replace
    )
    rows = [
        {
            "unit": one.unit_id or "–",
            "lookups": one.lookups,
            "drawn": one.drawn,
            "of_them_free": one.drawn - one.by_unit,
            "probability": one.probability,
            "worklist": one.worklist,
        }
        for one in made.strata
    ]
    if format_ is Format.JSON:
        write_json(
            {
                "plan": made.id,
                "lookups": made.lookups,
                "drawn": len(made.sample),
                "commitment": made.commitment,
                "seed": made.seed,
                "mark": made.mark,
                "candidates": dict(made.candidates),
                "units": rows,
            }
        )
    elif format_ is Format.CSV:
        show(rows, format_)
    else:
        shown = [row | {"probability": f"{row['probability']:.4%}"} for row in rows]
        show(shown, format_, columns=_headings(rows))
    listed = len(made.rows) - len(made.sample)
    notice(
        f"Plan {made.id}: {len(made.sample):,} of {made.lookups:,} look-ups drawn at random; "
        f"{listed:,} listed to clear, of {made.candidates['proxy']:,} for another and "
        f"{made.candidates['generic']:,} with a generic reason."
    )
    notice(f"The seed's hash is {made.commitment}; it and the plan's are in the activity log.")
    notice(f"Next: linkgraph audit sheet --month {made.month}")


@app.command("list")
def list_(
    workspace: options.Workspace = None, format_: options.OutputFormat = Format.TABLE
) -> None:
    """List the months with a seed or a plan, and how far each is."""
    show(
        options.opened(workspace).audit_plans(),
        format_,
        columns={
            "month": "month",
            "plans": "plans",
            "lookups": "look-ups",
            "drawn": "drawn",
            "answered": "answered",
            "worklist": "worklist",
            "cleared": "cleared",
            "made_by": "made by",
            "commitment": "hash of the seed",
        },
        empty="No month is planned yet.",
    )


@app.command()
def sheet(
    month: Month,
    unit: Annotated[
        list[str] | None,
        typer.Option("--unit", metavar="ID", help="Of this unit alone; may be repeated."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="DIR", help="Where to write.", show_default=False),
    ] = None,
    lang: options.Lang = None,
    workspace: options.Workspace = None,
) -> None:
    """Write the auditors' workbooks, one XLSX per unit.

    Decisions are chosen from lists; every other cell is protected. A workbook that was issued
    says the same when it is issued again.
    """
    opened = options.opened(workspace)
    written = opened.audit_sheets(
        month, units=unit or (), folder=output, language=lang.value if lang else None
    )
    for path in written:
        opened.wrote(path, None)
        line(str(path))
    notice(f"{len(written)} workbooks. Read them back with: linkgraph audit import FILE...")


@app.command("import")
def import_(
    workbooks: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="Workbooks, or folders of them.")
    ],
    partial: Annotated[
        bool, typer.Option("--partial", help="Take what is decided, though not all is.")
    ] = False,
    workspace: options.Workspace = None,
    format_: options.OutputFormat = Format.TABLE,
) -> None:
    """Read the answers back as reviews, all of them or none.

    Whatever is wrong is listed with file, sheet, row, column, value and remedy, and nothing is
    loaded. With --partial, look-ups that are not decided are left open and the exit code is 3.
    """
    report = options.opened(workspace).audit_import(*workbooks, partial=partial)
    listed = [one.to_json() for one in (report.problems or report.missing)]
    if format_ is Format.JSON:
        write_json(
            {
                "answers": report.answers,
                "loaded": report.loaded,
                "known": report.known,
                "problems": [one.to_json() for one in report.problems],
                "missing": [one.to_json() for one in report.missing],
            }
        )
    elif format_ is Format.CSV:
        show(listed, format_)
    elif report.problems:
        show(listed[:_SHOWN], format_)
        if len(listed) > _SHOWN:
            notice(f"{_SHOWN} of {len(listed):,} shown; --format csv lists all.")
    if not report.done:
        notice(f"Nothing was loaded: {len(report.problems):,} to correct.")
        raise typer.Exit(FAILED)
    notice(
        f"{report.answers:,} answers: {report.loaded:,} loaded as reviews, "
        f"{report.known:,} known already."
    )
    if report.missing:
        notice(f"{len(report.missing):,} look-ups are not decided yet.")
        raise typer.Exit(REJECTED)


@app.command()
def estimate(
    month: Annotated[
        list[str] | None,
        typer.Option(
            "--month", metavar="MONTH", help="Such as 2024-07; may be repeated; else all planned."
        ),
    ] = None,
    level: Annotated[
        float, typer.Option("--level", help="How often the interval is to hold.")
    ] = 0.9,
    lang: options.Lang = None,
    workspace: options.Workspace = None,
    format_: options.OutputFormat = Format.TABLE,
) -> None:
    """Estimate the true rate from the random sample, with an interval.

    It covers what an auditor can recognise from the records, no more. The worklist, leads and
    complaints do not enter it.
    """
    from linkgraph.audit.estimate import share
    from linkgraph.audit.words import Words

    opened = options.opened(workspace)
    language = lang.value if lang else opened.settings.language
    found = opened.audit_estimate(*(month or ()), level=level, language=language)
    words = Words(language)
    if format_ is Format.JSON:
        write_json(found)
        return
    rates = found["rates"]
    if format_ is Format.CSV:
        show(rates, format_)
    else:
        show(
            [
                {
                    "what": words(f"group.{one['group']}"),
                    "found": one["found"],
                    "rate": share(one["rate"]),
                    "interval": f"{share(one['low'])} – {share(one['high'])}",
                    "lookups": f"{one['lookups']:,} "
                    f"({one['lookups_low']:,} – {one['lookups_high']:,})",
                }
                for one in rates
            ],
            format_,
            columns={
                "what": words("head.what"),
                "found": words("head.found"),
                "rate": words("head.rate"),
                "interval": words("head.interval", level=f"{level:.0%}"),
                "lookups": words("head.lookups"),
            },
        )
    for told in found["told"]:
        notice(told)


def _headings(rows: list[dict[str, object]]) -> dict[str, str]:
    names = {"lookups": "look-ups", "of_them_free": "of them free", "probability": "chance"}
    return {name: names.get(name, name) for name in rows[0]} if rows else {}
