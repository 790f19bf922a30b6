"""`trace`: from a complaint, a self-report, a person, a vehicle or a phone to who looked."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from linkgraph.cli import options
from linkgraph.cli.output import Format, line, notice, show, write_json
from linkgraph.cli.told import text, trace_lines

app = options.commands()


class Start(StrEnum):
    """Where a trace begins."""

    COMPLAINT = "complaint"
    SELF_REPORT = "self-report"
    PERSON = "person"
    VEHICLE = "vehicle"
    PHONE = "phone"


@app.command()
def trace(
    start: Annotated[Start, typer.Argument(metavar="complaint|self-report|person|vehicle|phone")],
    ref: Annotated[str, typer.Argument(metavar="ID", help="Its id.")],
    inquiry: options.Inquiry = None,
    top: options.Top = 20,
    lang: options.Lang = None,
    workspace: options.Workspace = None,
    format_: options.OutputFormat = Format.TABLE,
) -> None:
    """Trace who looked up a person, a vehicle, or the subject of a complaint or self-report.

    Every look-up of the subject, explained or not, unexplained first, with who may have asked.
    A self-report goes by its look-up's id, or by its officer's if there is one report alone.
    With an inquiry, the subject's household and their vehicles as well.
    """
    opened = options.opened(workspace)
    found = opened.traced(start.value, ref, inquiry=inquiry)
    total = len(found["lookups"])
    shown = found["lookups"][:top] if top else found["lookups"]
    language = lang.value if lang else opened.settings.language
    if format_ is Format.JSON:
        write_json(found | {"lookups": shown})
    elif format_ is Format.CSV:
        show(shown, format_)
    else:
        for told in trace_lines(opened, shown, language, private=inquiry is not None):
            line(told)
    for fact in found["missing"]:
        notice(text(fact, language))
    if not total:
        notice("Nobody looked, as far as the log says.")
    notice(f"{len(shown)} of {total} look-ups shown. None of them proves anything.")
