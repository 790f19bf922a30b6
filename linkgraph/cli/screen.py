"""`screen`: which look-ups work explains, and what indicates."""

from __future__ import annotations

from linkgraph.cli import options
from linkgraph.cli.output import Format, line, not_run, notice, progress, show, write_json

app = options.commands()


@app.command()
def screen(
    since: options.From = None,
    until: options.To = None,
    top: options.Top = 10,
    workspace: options.Workspace = None,
    format_: options.OutputFormat = Format.TABLE,
) -> None:
    """Explain look-ups by work records, and say what indicates.

    Reads work tables alone and needs no inquiry. Lists what each analysis found, and the
    officers by what they looked up without explanation.
    """
    from linkgraph.api.screened import summary

    opened = options.opened(workspace)
    with progress("screen") as tell:
        opened.screen(progress=tell)
    found = summary(opened, start=since, end=until, top=top)
    if format_ is Format.JSON:
        write_json(found)
        return
    if format_ is Format.CSV:
        show(found["analyses"], format_)
        return
    show(found["levels"], format_, columns={"level": "explained", "lookups": "look-ups"})
    line()
    show(
        found["analyses"],
        format_,
        columns={"analysis": "analysis", "role": "role", "lookups": "look-ups", "title": "what"},
    )
    if found["officers"]:
        line()
        show(found["officers"], format_)
    not_run((item["analysis"], item["needs"]) for item in found["not_run"])
    notice("A look-up without explanation is neutral: the record may exist elsewhere.")
