"""`casefile`: from a lead to a case that stands up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from linkgraph.cli import options
from linkgraph.cli.choices import Basis, Finding, Outcome, Side, Status, What
from linkgraph.cli.output import Format, facts, line, notice, show, write_json

if TYPE_CHECKING:
    from linkgraph.casefiles import CaseFile

app = options.commands("Prepare a case file, decide it, export it.")


CaseFileId = Annotated[str, typer.Argument(metavar="ID", help="The case file.")]
By = Annotated[
    str | None,
    typer.Option(
        "--by", metavar="NAME", help="Who signs the entry; else the user.", show_default=False
    ),
]
Allegation = Annotated[
    str,
    typer.Option("--allegation", metavar="ID", help="Which allegation; else the only one."),
]


@app.command()
def new(
    casefile: CaseFileId,
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="What it is about.")],
    ground: Annotated[
        str, typer.Option("--ground", metavar="TEXT", help="Why it is opened; else the inquiry's.")
    ] = "",
    inquiry: options.Inquiry = None,
    by: By = None,
    workspace: options.Workspace = None,
) -> None:
    """Open a case file, under an inquiry if private ties are to be in it."""
    made = options.opened(workspace).open_casefile(
        casefile, title=title, ground=ground, inquiry=inquiry or "", by=by
    )
    notice(f"Case file {made.id} is open. Nothing in it is ever overwritten.")
    notice(f"Next: linkgraph casefile add {made.id} trace complaint:ID, or lead RANK")


@app.command()
def add(
    casefile: CaseFileId,
    what: Annotated[What, typer.Argument(metavar="WHAT", help="What to add; see above.")],
    refs: Annotated[
        list[str] | None, typer.Argument(metavar="[REF]...", help="What it is; see above.")
    ] = None,
    text: Annotated[
        str, typer.Option("--text", metavar="TEXT", help="What is to be said of it.")
    ] = "",
    lookup: Annotated[
        list[str] | None,
        typer.Option(
            "--lookup",
            metavar="ID",
            help="Of a trace: a look-up to take; else the first and those with it.",
        ),
    ] = None,
    element: Annotated[
        list[str] | None,
        typer.Option(
            "--element",
            metavar="TEXT|NO",
            help="Of an allegation: what must be shown; of evidence: which of these, by number.",
        ),
    ] = None,
    exhibit: Annotated[
        list[str] | None,
        typer.Option("--exhibit", metavar="NO", help="Of an allegation: what it rests on."),
    ] = None,
    allegation: Allegation = "",
    side: Annotated[Side | None, typer.Option("--side", help="Of evidence: its side.")] = None,
    outcome: Annotated[
        Outcome | None, typer.Option("--outcome", help="Of an explanation: what came of it.")
    ] = None,
    source: Annotated[
        str, typer.Option("--source", metavar="TEXT", help="Which exhibit or record says so.")
    ] = "",
    of: Annotated[
        str, typer.Option("--of", metavar="KIND:ID", help="Of a statement: whose it is.")
    ] = "",
    basis: Annotated[
        Basis, typer.Option("--basis", help="Of a role: how sure it is.")
    ] = Basis.NOT_ESTABLISHED,
    by: By = None,
    workspace: options.Workspace = None,
) -> None:
    """Add to a case file.

    trace KIND:ID (complaint, person, vehicle or phone), lead RANK|ID, lookup ID..., person
    KIND:ID, path A B, document FILE, interview [FILE], statement [FILE], allegation TEXT,
    evidence TEXT, explanation TEXT, settle TEXT, role held|used|asked [OFFICER].

    A trace or a lead brings its look-ups, the explanations tried, what speaks for and against,
    what would settle it, and who held the account and may have asked.
    """
    from linkgraph.errors import UsageError

    opened = options.opened(workspace)
    given = refs or []
    first = given[0] if given else ""
    needs_none = what in (What.INTERVIEW, What.STATEMENT)
    if not given and not needs_none:
        raise UsageError(f"Nothing was named to add as {what.value}.", remedy="See --help.")
    if what is What.TRACE:
        kind, colon, id_ = first.partition(":")
        if not colon:
            raise UsageError(
                f"{first!r} does not say what to trace from.", remedy="Write it like complaint:ID."
            )
        case = opened.casefile_trace(casefile, kind, id_, lookups=lookup or (), text=text, by=by)
    elif what is What.LEAD:
        case = opened.casefile_lead(casefile, first, text=text, by=by)
    elif what is What.LOOKUP:
        case = opened.casefile_lookups(casefile, given, text=text, by=by)
    elif what is What.PERSON:
        case = opened.casefile_person(casefile, first, text=text, by=by)
    elif what is What.PATH:
        if len(given) != 2:
            raise UsageError("A path has two ends.", remedy="Name both: path A B.")
        case = opened.casefile_path(casefile, *given, text=text, by=by)
    elif what in (What.DOCUMENT, What.INTERVIEW, What.STATEMENT):
        file = Path(first) if first else None
        case = opened.casefile_document(casefile, what.value, file, ref=of, text=text, by=by)
    elif what is What.ALLEGATION:
        case = opened.casefile_allegation(
            casefile,
            first,
            elements=element or (),
            exhibits=exhibit or (),
            id_=allegation,
            by=by,
        )
    elif what is What.ROLE:
        case = opened.casefile_role(
            casefile,
            first,
            given[1] if len(given) > 1 else "",
            basis=basis.value,
            text=text,
            by=by,
        )
    else:
        case = opened.casefile_say(
            casefile,
            what.value,
            first,
            allegation=allegation,
            element=_number(element),
            source=source,
            side=side.value if side else "",
            outcome=outcome.value if outcome else "",
            by=by,
        )
    _tell(case, what)


@app.command()
def note(
    casefile: CaseFileId,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The note.")],
    status: Annotated[
        Status | None,
        typer.Option("--status", help="A new status, for which the note says why."),
    ] = None,
    about: Annotated[
        str, typer.Option("--about", metavar="REF", help="An exhibit or an allegation.")
    ] = "",
    by: By = None,
    workspace: options.Workspace = None,
) -> None:
    """Add a note, or change the status with the note that says why."""
    opened = options.opened(workspace)
    if status is not None:
        case = opened.casefile_status(casefile, status.value, text, by=by)
        notice(f"Case file {casefile} is {case.status}.")
        return
    opened.casefile_note(casefile, text, about=about, by=by)
    notice("Noted.")


@app.command()
def decide(
    casefile: CaseFileId,
    finding: Annotated[Finding, typer.Option("--finding", help="What was found.")],
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="Why: it must be said.")],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who decided.")],
    allegation: Allegation = "",
    on: Annotated[
        str, typer.Option("--on", metavar="DAY", help="When it was decided; else now.")
    ] = "",
    workspace: options.Workspace = None,
) -> None:
    """Put a finding on record: what, who decided, when and why.

    A later finding stands beside the earlier one; none is taken back.
    """
    case = options.opened(workspace).casefile_decide(
        casefile, finding.value, note, allegation=allegation, on=on, by=by
    )
    notice(f"On record: {finding.value}, decided by {by}.")
    if not case.of_kind("statement"):
        notice("There is no statement of the officer concerned; the report says so.")


@app.command("list")
def list_(
    workspace: options.Workspace = None,
    format_: options.OutputFormat = Format.TABLE,
) -> None:
    """List the case files."""
    show(
        options.opened(workspace).casefiles(),
        format_,
        columns=["casefile", "status", "title", "exhibits", "allegations", "decided", "last"],
        empty="There is no case file yet.",
    )


@app.command("show")
def show_(
    casefile: CaseFileId,
    workspace: options.Workspace = None,
    format_: options.OutputFormat = Format.TABLE,
) -> None:
    """Show a case file: what is in it, entry by entry."""
    case = options.opened(workspace).casefile(casefile)
    rows = [
        {
            "n": entry.n,
            "at": entry.at[:19].replace("T", " "),
            "by": entry.by,
            "entry": entry.action,
            "what": _said(entry.facts),
            "hash": entry.hash[:12],
        }
        for entry in case.entries
    ]
    if format_ is Format.JSON:
        write_json([{**row, "facts": e.facts} for row, e in zip(rows, case.entries, strict=True)])
        return
    if format_ is Format.TABLE:
        facts(
            [
                ("case file", f"{case.id}: {case.title}"),
                ("status", case.status),
                ("inquiry", case.inquiry or "none"),
                ("look-ups", len(case.lookup_ids)),
                ("head", case.head),
            ]
        )
        line()
    show(rows, format_)


@app.command()
def export(
    casefile: CaseFileId,
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="FILE.zip|DIR", help="A new archive or folder."),
    ],
    redact: Annotated[
        bool, typer.Option("--redact", help="Pseudonyms instead of names and numbers.")
    ] = False,
    formats: Annotated[
        str, typer.Option("--formats", metavar="LIST", help="Formats of the report.")
    ] = "html,pdf,docx,json",
    lang: options.Lang = None,
    workspace: options.Workspace = None,
) -> None:
    """Write the bundle: report, exhibits, views, log, manifest, and how to repeat it.

    The seal that it prints stands for every byte of it.
    """
    opened = options.opened(workspace)
    seal, notices = opened.casefile_export(
        casefile,
        output,
        language=lang.value if lang else None,
        formats=[part.strip() for part in formats.split(",") if part.strip()],
        redact=redact,
    )
    for sentence in notices:
        notice(f"No font here has the {sentence}.")
    notice(f"Wrote {output}.")
    if redact:
        notice(f"The key of the pseudonyms stays in {opened.folder.keys_path}.")
    line(seal)


@app.command()
def verify(
    target: Annotated[
        str, typer.Argument(metavar="ID|PATH", help="A case file here, or a bundle anywhere.")
    ],
    seal: Annotated[
        str, typer.Option("--seal", metavar="HASH", help="The seal that the export printed.")
    ] = "",
    workspace: options.Workspace = None,
) -> None:
    """Check that nothing was changed, added, removed or renamed.

    A bundle needs no workspace. Exit code 1 says that something is wrong.
    """
    from linkgraph.casefiles import bundle

    path = Path(target)
    if path.exists():
        problems, manifest = bundle.verify(path)
        found = str(manifest.get("seal", ""))
        if seal and found != seal:
            problems.append(f"the seal is {found or 'missing'}, not the one given")
        facts([("bundle", target), ("seal", found), ("head", manifest.get("head", ""))])
    else:
        problems = options.opened(workspace).casefile_verify(target)
        facts([("case file", target)])
    for problem in problems:
        line(f"PROBLEM  {problem}")
    line("It is not as it was written." if problems else "It is as it was written.")
    raise typer.Exit(1 if problems else 0)


def _number(element: list[str] | None) -> int:
    from linkgraph.errors import UsageError

    if not element:
        return 0
    if len(element) > 1 or not element[0].isdigit():
        raise UsageError("Name one element by its number.", remedy="Write --element 1.")
    return int(element[0])


def _tell(case: CaseFile, what: What) -> None:
    last = case.items[-1] if case.items else None
    if what in (What.TRACE, What.LEAD, What.LOOKUP) and last is not None:
        notice(f"Added as {last.exhibit}: {len(last.lookup_ids)} look-ups.")
        for role in case.roles[-3:]:
            notice(f"  {role.role}: {role.ref or 'nobody known'} ({role.basis})")
        return
    if what is What.ALLEGATION:
        one = case.allegations[-1]
        notice(f"Added as {one.id}, resting on {', '.join(one.exhibits) or 'nothing yet'}.")
        return
    exhibits = (What.PERSON, What.PATH, What.DOCUMENT, What.INTERVIEW, What.STATEMENT)
    notice(f"Added as {last.exhibit}." if last is not None and what in exhibits else "Added.")


def _said(given: Any) -> str:
    parts = [
        str(given.get(name, ""))
        for name in (
            "kind", "role", "allegation", "finding", "status", "side", "outcome",
            "basis", "ref", "title", "text", "note",
        )
    ]  # fmt: skip
    return " · ".join(part for part in parts if part)[:120]
