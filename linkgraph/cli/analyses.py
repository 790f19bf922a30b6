"""`analyses`: the catalogue, and the rows of one analysis."""

from __future__ import annotations

from typing import Annotated

import typer

from linkgraph.cli import options
from linkgraph.cli.output import Format, facts, line, not_run, notice, show, write_json

app = options.commands("List, show, check and run the analyses.")
AnalysisId = Annotated[str, typer.Argument(metavar="ID", help="The analysis.")]


@app.command("list")
def list_(
    lang: options.Lang = None,
    workspace: options.Workspace = None,
    format_: options.OutputFormat = Format.TABLE,
) -> None:
    """List every explanation, indicator and graph analysis."""
    from linkgraph.analyses.registry import analyses

    language = lang.value if lang else "en"
    rows = [
        {
            "id": found.name,
            "role": found.header.role.value,
            "needs": ", ".join(found.header.needs),
            "title": found.header.title[language],
            "from": found.origin,
        }
        for found in analyses(options.analyses_folder(workspace))
    ]
    show(rows, format_, columns=["id", "role", "title", "needs"])


@app.command("show")
def show_(
    analysis_id: AnalysisId,
    lang: options.Lang = None,
    workspace: options.Workspace = None,
    format_: options.OutputFormat = Format.TABLE,
) -> None:
    """Show what an analysis finds, why, and what else may explain it."""
    from linkgraph.analyses.registry import find

    language = lang.value if lang else "en"
    found = find(analysis_id, options.analyses_folder(workspace))
    header = found.header
    told = {
        "id": header.id,
        "revision": header.revision,
        "role": header.role.value,
        "title": header.title[language],
        "statement": header.statement[language],
        "needs": list(header.needs),
        "parameters": dict(header.parameters),
        "rationale": header.rationale,
        "source": header.source,
        "innocent": [text[language] for text in header.innocent],
        "prior": header.prior,
        "prior_reason": header.prior_reason,
        "against": header.against,
        "of_session": header.of_session,
        "file": str(found.path),
    }
    if format_ is Format.TABLE:
        facts(
            [
                (name.replace("_", " "), value)
                for name, value in told.items()
                if name != "innocent" and value not in (None, "", [], {})
            ]
        )
        if header.innocent:
            line()
            line("What else may explain it")
            for text in header.innocent:
                line(f"  • {text[language]}")
    elif format_ is Format.JSON:
        write_json(told)
    else:
        show([told], format_)


@app.command()
def check(workspace: options.Workspace = None) -> None:
    """Check every analysis, the workspace's own included.

    Exit code 1 says that one does not keep its promises.
    """
    from linkgraph.analyses.registry import analyses
    from linkgraph.analyses.registry import check as checked

    folder = options.analyses_folder(workspace)
    problems = checked(folder)
    for problem in problems:
        line(f"{problem.analysis_id}: {problem.message} ({problem.where})")
    if not problems:
        notice(f"{len(analyses(folder))} analyses hold.")
    raise typer.Exit(1 if problems else 0)


@app.command()
def scorecard(
    inquiry: options.Inquiry = None,
    lang: options.Lang = None,
    workspace: options.Workspace = None,
    format_: options.OutputFormat = Format.TABLE,
) -> None:
    """Score the indicators: how each fires against expectation, and what reviews confirmed.

    Expected is what would fire if look-ups that no record explains were like those that one
    does. Reviews that a lead began are counted apart and teach nothing. With an inquiry, the
    kinds of set as well.
    """
    opened = options.opened(workspace)
    found = opened.scored(inquiry=inquiry)
    language = lang.value if lang else opened.settings.language
    titles = opened.titles(language)
    if format_ is Format.JSON:
        write_json(found)
        return
    rows = [row | {"title": titles.get(row["id"], row["id"])} for row in found["indicators"]]
    if format_ is Format.TABLE:
        # Two decimals, as elsewhere in a table, would make a rare indicator fire never.
        rows = [row | {"u": "" if row["u"] is None else f"{row['u']:.4f}"} for row in rows]
        show(rows, format_, columns=_SCORED)
    else:
        show(rows, format_)
    if found.get("forms") and format_ is Format.TABLE:
        line()
        show(found["forms"], format_, columns=_FORMS)
    not_run((item["id"], item["needs"]) for item in found["not_run"])
    notice("A lift near 1 tells nothing apart. Yield: of reviews that no lead began.")


_SCORED = {
    "id": "indicator",
    "fired": "fires",
    "explained": "explained",
    "open": "not",
    "expected": "expected",
    "lift": "lift",
    "u": "u",
    "prior": "m before",
    "taught": "taught",
    "taught_of": "of",
    "m": "m",
    "bits": "bits",
    "reviewed": "reviewed",
    "improper": "improper",
    "yield": "yield",
    "from_leads": "by leads",
}
_FORMS = {
    "id": "form",
    "prior": "π before",
    "taught": "taught",
    "taught_of": "of",
    "pi": "π",
    "leads": "leads",
}


@app.command()
def run(
    analysis_id: AnalysisId,
    inquiry: options.Inquiry = None,
    max_ties: Annotated[
        int | None,
        typer.Option(
            "--max-ties", metavar="N", min=1, help="The longest path, in ties.", show_default=False
        ),
    ] = None,
    given: options.Given = None,
    workspace: options.Workspace = None,
    format_: options.OutputFormat = Format.TABLE,
) -> None:
    """Print the rows of one analysis, in the schema that all share.

    A graph analysis needs an inquiry. Explanations and indicators need none; with one, its
    officers and period alone are listed.
    """
    parameters = options.parameters(given)
    if max_ties is not None:
        parameters["max_ties"] = max_ties
    rows = options.opened(workspace).rows(analysis_id, inquiry=inquiry, **parameters)
    show(
        rows,
        format_,
        columns=["officer_id", "requester_id", "subject_kind", "subject_id", "hub_kind", "hub_id",
                 "lookup_id", "level", "measure"],
    )  # fmt: skip
    notice(f"{len(rows):,} rows." if len(rows) else "No finding, which is a result.")
    if "left_out" in rows.attrs:
        notice(rows.attrs["left_out"])
