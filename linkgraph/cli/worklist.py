"""`worklist`: look-ups and rights to clear before anybody complains."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from linkgraph.cli import options
from linkgraph.cli.output import Format, line, notice, show, write_json
from linkgraph.cli.told import proxy_lines, text, work_lines

app = options.commands("List what to clear: proxies, purposes, rights.")

Month = Annotated[
    str | None,
    typer.Option("--month", metavar="MONTH", help="Such as 2024-07.", show_default=False),
]


@app.callback()
def worklist() -> None:
    """List what to clear: proxies, purposes, rights."""


@app.command()
def proxy(
    month: Month = None,
    top: options.Top = 10,
    lang: options.Lang = None,
    workspace: options.Workspace = None,
    format_: options.OutputFormat = Format.TABLE,
) -> None:
    """List proxy look-ups that a record contradicts, most contradictions first.

    Reads work tables alone and needs no inquiry.
    """
    _list("proxy", month, top, lang, workspace, format_)


@app.command()
def purpose(
    month: Month = None,
    top: options.Top = 10,
    lang: options.Lang = None,
    workspace: options.Workspace = None,
    format_: options.OutputFormat = Format.TABLE,
) -> None:
    """List purposes that a record contradicts, or that say nothing, worst first.

    Empty, generic, or one for nearly everything: where comparable officers do so less. Reads
    work tables alone and needs no inquiry.
    """
    _list("purpose", month, top, lang, workspace, format_)


@app.command()
def rights(
    month: Month = None,
    top: options.Top = 10,
    lang: options.Lang = None,
    workspace: options.Workspace = None,
    format_: options.OutputFormat = Format.TABLE,
) -> None:
    """List rights to withdraw or look into: outlived, beyond the role, unused for 180 days.

    As of the end of the month, or of the log. Reads work tables alone and needs no inquiry.
    """
    _list("rights", month, top, lang, workspace, format_)


_DRAWN_FROM = {
    "proxy": "proxy look-ups",
    "purpose": "look-ups",
    "rights": "rights",
}


def _list(
    kind: str,
    month: str | None,
    top: int,
    lang: options.Lang,
    workspace: options.Workspace,
    format_: Format,
) -> None:
    opened = options.opened(workspace)
    found: dict[str, Any] = opened.worklisted(month, kind=kind)
    total = len(found["items"])
    shown = found["items"][:top] if top else found["items"]
    language = lang.value if lang else opened.settings.language
    if format_ is Format.JSON:
        write_json(found | {"items": shown})
    elif format_ is Format.CSV:
        show(shown, format_)
    else:
        lines = proxy_lines if kind == "proxy" else work_lines
        for told in lines(opened, shown, language):
            line(told)
    for fact in found["missing"]:
        notice(text(fact, language))
    of = found["proxies" if kind == "proxy" else "of"]
    notice(
        f"{len(shown)} of {total} shown, out of {of:,} {_DRAWN_FROM[kind]}. "
        "A contradiction is a question, not an answer."
    )
