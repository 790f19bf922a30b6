"""`worklist`: look-ups to clear before anybody complains."""

from __future__ import annotations

from typing import Annotated

import typer

from linkgraph.cli import options
from linkgraph.cli.output import Format, line, notice, show, write_json
from linkgraph.cli.told import proxy_lines, text

app = options.commands("List look-ups to clear: proxies.")


@app.callback()
def worklist() -> None:
    """List look-ups to clear: proxies."""


@app.command()
def proxy(
    month: Annotated[
        str | None,
        typer.Option("--month", metavar="MONTH", help="Such as 2024-07.", show_default=False),
    ] = None,
    top: options.Top = 10,
    lang: options.Lang = None,
    workspace: options.Workspace = None,
    format_: options.OutputFormat = Format.TABLE,
) -> None:
    """List proxy look-ups that a record contradicts, most contradictions first.

    Reads work tables alone and needs no inquiry.
    """
    opened = options.opened(workspace)
    found = opened.worklisted(month)
    total = len(found["items"])
    shown = found["items"][:top] if top else found["items"]
    language = lang.value if lang else opened.settings.language
    if format_ is Format.JSON:
        write_json(found | {"items": shown})
    elif format_ is Format.CSV:
        show(shown, format_)
    else:
        for told in proxy_lines(opened, shown, language):
            line(told)
    for fact in found["missing"]:
        notice(text(fact, language))
    notice(
        f"{len(shown)} of {total} shown, out of {found['proxies']:,} proxy look-ups. "
        "A contradiction is a question, not an answer."
    )
