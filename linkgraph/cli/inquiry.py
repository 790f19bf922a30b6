"""`inquiry`: who may join private ties, on what ground, until when."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from linkgraph.cli import options
from linkgraph.cli.output import Format, facts, notice, show, write_json

app = options.commands("Put on record who may join private ties, and why.")
InquiryId = Annotated[str, typer.Argument(metavar="ID", help="The inquiry.")]


@app.command("open")
def open_(
    inquiry_id: Annotated[str, typer.Option("--id", metavar="ID", help="What to call it.")],
    opened_by: Annotated[str, typer.Option("--opened-by", metavar="NAME", help="Who asks.")],
    authorised_by: Annotated[
        str, typer.Option("--authorised-by", metavar="NAME", help="Who allows it: someone else.")
    ],
    ground: Annotated[str, typer.Option("--ground", metavar="TEXT", help="Why it is needed.")],
    document: Annotated[
        str, typer.Option("--document", metavar="NO", help="Number of the authorising document.")
    ],
    since: Annotated[
        str, typer.Option("--from", metavar="DAY", help="First day of look-ups covered.")
    ],
    to: Annotated[str, typer.Option("--to", metavar="DAY", help="Last day covered, included.")],
    until: Annotated[str, typer.Option("--until", metavar="DAY", help="Last day it holds.")],
    ties: Annotated[
        str,
        typer.Option(
            "--ties", metavar="all|KIND,...", help="Kinds of private tie that may be joined."
        ),
    ],
    all_officers: Annotated[
        bool, typer.Option("--all-officers", help="Covers every officer.")
    ] = False,
    officer: Annotated[
        list[str] | None,
        typer.Option("--officer", metavar="ID", help="Covers this officer; may be repeated."),
    ] = None,
    unit: Annotated[
        list[str] | None,
        typer.Option(
            "--unit", metavar="ID", help="Covers this unit and those below; may be repeated."
        ),
    ] = None,
    k: Annotated[int, typer.Option("--k", help="How many ties a circle reaches: 1 to 3.")] = 2,
    warrant: Annotated[
        list[str] | None,
        typer.Option(
            "--warrant", metavar="NO", help="An order that opens special tables; may be repeated."
        ),
    ] = None,
    workspace: options.Workspace = None,
) -> None:
    """Open an inquiry.

    Two different people stand behind it. Kinds of tie: family, household, friend, creditor,
    business, neighbour, role, phone, unit, and kinds of association that the data have.
    """
    opened = options.opened(workspace).open_inquiry(
        inquiry_id,
        opened_by=opened_by,
        authorised_by=authorised_by,
        ground=ground,
        document=document,
        start=since,
        end=to,
        until=until,
        officers=officer or (),
        units=unit or (),
        all_officers=all_officers,
        ties=[part.strip() for part in ties.split(",") if part.strip()],
        k=k,
        warrants=warrant or (),
    )
    notice(f"Inquiry {opened.id} is open and on record.")
    notice(f"Next: linkgraph analyse --inquiry {opened.id}")


@app.command("list")
def list_(
    workspace: options.Workspace = None,
    format_: options.OutputFormat = Format.TABLE,
) -> None:
    """List the inquiries."""
    show(
        options.opened(workspace).inquiries(),
        format_,
        columns=["id", "state", "opened_by", "authorised_by", "document", "until"],
        empty="There is no inquiry yet.",
    )


@app.command("show")
def show_(
    inquiry_id: InquiryId,
    workspace: options.Workspace = None,
    format_: options.OutputFormat = Format.TABLE,
) -> None:
    """Show what an inquiry covers."""
    found = options.opened(workspace).inquiry(inquiry_id)
    if format_ is Format.JSON:
        write_json(found)
    elif format_ is Format.CSV:
        show([found], format_)
    else:
        facts([(name.replace("_", " "), value) for name, value in found.items()])


@app.command()
def affected(
    inquiry_id: InquiryId,
    every: Annotated[
        bool, typer.Option("--every", help="Of all case files, not only those substantiated.")
    ] = False,
    workspace: options.Workspace = None,
    format_: options.OutputFormat = Format.TABLE,
) -> None:
    """List whose data were looked up, for notification.

    Persons looked up, and who then owned or held what was looked up, in case files of this
    inquiry with an allegation found substantiated.
    """
    found = options.opened(workspace).affected(inquiry_id, every=every)
    show(found, format_, empty="Nobody is affected, as far as case files were decided.")
    notice(f"{found['person_id'].nunique()} persons.")


@app.command()
def close(
    inquiry_id: InquiryId,
    yes: Annotated[
        bool, typer.Option("--yes", help="Even if those affected were not listed.")
    ] = False,
    workspace: options.Workspace = None,
) -> None:
    """End an inquiry; what it joined stays until it is purged.

    Refused while persons are to be notified and nobody has listed them.
    """
    options.opened(workspace).close_inquiry(inquiry_id, unlisted=yes)
    notice(f"Inquiry {inquiry_id} is closed.")
    notice(f"Remove what it joined with: linkgraph inquiry purge {inquiry_id}")


@app.command()
def purge(
    inquiry_id: InquiryId,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    leave_stores: Annotated[
        bool,
        typer.Option(
            "--leave-stores", help="Go on when a server cannot be emptied; it is certified so."
        ),
    ] = False,
    workspace: options.Workspace = None,
) -> None:
    """Remove what an ended inquiry joined, and certify it.

    Graph, leads, reports and views go, the graph on a server too; case files stay. The
    certificate, printed as JSON, lists each file with its hash, each server, and copies written
    to other places, which only their holders can remove.
    """
    import sys

    from linkgraph.errors import UsageError

    opened = options.opened(workspace)
    if not yes:
        if not sys.stdin.isatty():
            raise UsageError("Nobody can be asked here.", remedy="Say --yes to purge.")
        typer.confirm(f"Remove everything joined under {inquiry_id}?", abort=True, err=True)
    write_json(opened.purge_inquiry(inquiry_id, leave_stores=leave_stores))
    notice(f"What inquiry {inquiry_id} joined is gone.")
    notice(f"As a document: linkgraph inquiry certificate {inquiry_id} -o certificate.pdf")


@app.command()
def certificate(
    inquiry_id: InquiryId,
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Where to write: .pdf, .docx, .html, .json."
        ),
    ],
    lang: options.Lang = None,
    workspace: options.Workspace = None,
) -> None:
    """Write the certificate of a purge as a document."""
    opened = options.opened(workspace)
    page = opened.certificate(
        inquiry_id,
        language=lang.value if lang else None,
        format=output.suffix.lower().lstrip(".") or "html",
    )
    for sentence in page.notices:
        notice(f"No font here has the {sentence}.")
    page.save(output)
    notice(f"Wrote {output}.")
