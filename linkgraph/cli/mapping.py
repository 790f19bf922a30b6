"""`map suggest`, `map check`: mappings of foreign files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from linkgraph.cli import options
from linkgraph.cli.output import line, notice

app = options.commands("Draft and check mappings of foreign files.")


@app.command()
def suggest(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Foreign source files.")],
    output: options.Output = None,
) -> None:
    """Draft a mapping from headings and values.

    Headings are known in English and Traditional Chinese. Read every line of the draft.
    """
    from linkgraph.api.pages import Page
    from linkgraph.sources.suggest import suggest as suggested

    text = suggested(files)
    if output is None:
        line(text.rstrip("\n"))
        return
    Page("mapping", text.encode("utf-8", "backslashreplace"), "yaml").save(output)
    notice(f"Wrote {output}. Check it with: linkgraph map check {output} FILE...")


@app.command()
def check(
    mapping: Annotated[Path, typer.Argument(metavar="MAPPING", help="The mapping to check.")],
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE", help="The files or folders that it is for."),
    ] = None,
) -> None:
    """Check a mapping whole, before any row is read.

    With files, their headings are checked against it. Exit code 1 says that it is wrong.
    """
    from linkgraph.sources.check import check as checked
    from linkgraph.sources.check import notices

    problems = checked(mapping, files or None)
    for problem in problems:
        line(str(problem))
    if not problems:
        for remark in notices(mapping, files or None):
            notice(str(remark))
    notice(
        f"{len(problems)} problem{'s' if len(problems) > 1 else ''}."
        if problems
        else "The mapping holds."
    )
    raise typer.Exit(1 if problems else 0)
