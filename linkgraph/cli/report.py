"""`report`: the link report, to a file."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from linkgraph.cli import options
from linkgraph.cli.output import notice

app = options.commands()


class Kind(StrEnum):
    """What a report is about."""

    OFFICER = "officer"
    PERSON = "person"
    VEHICLE = "vehicle"
    ORGANISATION = "organisation"
    UNIT = "unit"
    LEAD = "lead"
    CASEFILE = "casefile"
    BRIEF = "brief"


class ReportFormat(StrEnum):
    """How a report is written."""

    HTML = "html"
    JSON = "json"
    PDF = "pdf"
    DOCX = "docx"


@app.command()
def report(
    kind: Annotated[
        Kind, typer.Argument(metavar="officer|person|vehicle|organisation|unit|lead|casefile|brief")
    ],
    ref: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="Its id; of a lead, or its rank; of a brief, a month, a year or all."
        ),
    ],
    output: options.Output = None,
    lang: options.Lang = None,
    format_: Annotated[
        ReportFormat | None,
        typer.Option("--format", help="The format; else by the file's ending.", show_default=False),
    ] = None,
    redact: Annotated[
        bool, typer.Option("--redact", help="Pseudonyms instead of names and numbers.")
    ] = False,
    casefile: Annotated[
        str, typer.Option("--casefile", metavar="ID", help="Whose pseudonyms to continue.")
    ] = "",
    inquiry: options.Inquiry = None,
    workspace: options.Workspace = None,
) -> None:
    """Write a link report.

    One self-contained file: a page (.html), a document (.pdf, .docx) or data (.json). With an
    inquiry, leads and names of persons are in it; a report on a lead needs one. Without -o it
    goes into the workspace; `-o -` is stdout. The report of a case file takes its own inquiry.
    """
    import sys

    chosen = format_ or _by_ending(output)
    opened = options.opened(workspace)
    page = opened.report(
        kind.value,
        ref,
        inquiry=inquiry,
        language=lang.value if lang else None,
        format=chosen.value,
        redact=redact,
        casefile=casefile,
    )
    for sentence in page.notices:
        notice(f"No font here has the {sentence}.")
    if output == Path("-"):
        sys.stdout.buffer.write(page.data)
        return
    target = output or opened.report_file(
        kind.value, "redacted" if redact else ref, inquiry, chosen.value
    )
    page.save(target)
    opened.wrote(target, inquiry)
    notice(f"Wrote {target}.")


def _by_ending(output: Path | None) -> ReportFormat:
    """The format that a file's name ends in; UsageError for one that reports are not written in."""
    from linkgraph.errors import UsageError

    ending = "" if output is None else output.suffix.lower()
    if ending in ("", ".html", ".htm"):
        return ReportFormat.HTML
    if ending[1:] in [one.value for one in ReportFormat]:
        return ReportFormat(ending[1:])
    raise UsageError(
        f"{output} ends in none of .html, .pdf, .docx, .json.",
        remedy="Name a file that does, or say --format.",
    )
