"""`leads`: the ranking, and one lead with everything that speaks for and against it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from linkgraph.cli import options
from linkgraph.cli.output import Format, line, not_run, notice, show, write_json

if TYPE_CHECKING:
    from linkgraph.api import Workspace

app = options.commands("List and show the leads.")

COLUMNS = {
    "rank": "#",
    "lead": "lead",
    "officer": "officer",
    "requester": "may have asked",
    "around": "around",
    "subjects": "subjects",
    "lookups": "look-ups",
    "period": "from – to",
    "bits": "bits",
    "why": "why",
}


@app.command("list")
def list_(
    inquiry: options.Inquiry = None,
    top: options.Top = 10,
    workspace: options.Workspace = None,
    format_: options.OutputFormat = Format.TABLE,
) -> None:
    """List the leads, best first.

    With an inquiry, those that `analyse` found. Without, what the work tables alone show.
    """
    opened = options.opened(workspace)
    leads = opened.lead_objects(inquiry) if inquiry else opened.screen_leads()
    listed = leads[:top] if top else leads
    if inquiry is None:
        missing = opened.screening().not_run
        not_run((item.analysis_id, item.needs) for item in missing)
    write_leads(lead_rows(opened, listed, private=inquiry is not None), listed, format_)
    explained_first(opened)
    notice(f"{len(listed)} of {len(leads)} leads shown. A lead orders work; it proves nothing.")


@app.command("show")
def show_(
    lead: Annotated[str, typer.Argument(metavar="ID", help="A lead's id, or its rank.")],
    inquiry: options.Inquiry = None,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="How each number came about: counts, formulas."),
    ] = False,
    lang: options.Lang = None,
    workspace: options.Workspace = None,
    format_: options.OutputFormat = Format.TABLE,
) -> None:
    """Show a lead: how it is weighed, both sides, what was tried, what would settle it.

    With an inquiry, one that `analyse` found. Without, one that the work tables alone show.
    """
    from linkgraph.cli.derivation_text import derivation_lines, derivation_rows
    from linkgraph.cli.lead_text import lead_lines

    opened = options.opened(workspace)
    if inquiry:
        found = opened.lead(lead, inquiry, explain=explain)
    else:
        found = opened.screen_lead(lead, explain=explain)
        notice("From the work tables alone; an inquiry has leads of its own (--inquiry).")
    language = lang.value if lang else opened.settings.language
    if format_ is Format.JSON:
        write_json(found)
    elif format_ is Format.CSV:
        show(derivation_rows(found, language) if explain else found["waterfall"], format_)
    else:
        private = inquiry is not None
        for text in lead_lines(opened, found, language, private=private):
            line(text)
        if explain:
            for text in derivation_lines(opened, found, language, private=private):
                line(text)


def explained_first(workspace: Workspace) -> None:
    """Say how many look-ups a record explains, and by what, before how many leads there are."""
    if not any(ran.role == "explanation" for ran in workspace.screening().ran):
        notice(
            "No explanation could be tried: the tables that would explain look-ups (cases, work "
            "records …) are not loaded. What is listed may all be ordinary work."
        )
        return
    found = workspace.explained()
    titles = workspace.titles(workspace.settings.language)
    by = ", ".join(f"{titles[row['analysis']]} {row['lookups']:,}" for row in found["by"])
    partly = f", {found['partial']:,} in part" if found["partial"] else ""
    notice(
        f"Of {found['lookups']:,} look-ups, {found['full']:,} are explained in full"
        f"{f' ({by})' if by else ''}{partly}; what is explained in full is in no lead."
    )


def write_leads(
    rows: Sequence[dict[str, Any]], leads: Sequence[dict[str, Any]], format_: Format
) -> None:
    """Leads as a table for people, as JSON objects, or as flat rows of CSV."""
    if format_ is Format.JSON:
        write_json(list(leads))
    elif format_ is Format.CSV:
        from linkgraph.api import frames

        show(frames.leads(leads), format_)
    else:
        show(rows, format_, columns=COLUMNS, empty="No lead was found.")


def lead_rows(
    workspace: Workspace, leads: Sequence[dict[str, Any]], *, private: bool
) -> list[dict[str, Any]]:
    """Leads as rows of a table: names beside ids, days, one line that says why."""
    from linkgraph.api import frames
    from linkgraph.leads.phrases import text

    language = workspace.settings.language
    refs = {f"officer:{lead['officer_id']}" for lead in leads}
    refs |= {f"officer:{lead['requester_id']}" for lead in leads if lead["requester_id"]}
    around = {lead["lead_id"]: _around(lead) for lead in leads}
    named = workspace.names(refs | {ref for ref in around.values() if ref}, private=private)
    titles = workspace.titles(language)

    def shown(ref: str | None) -> str:
        if not ref:
            return ""
        kind, _, id_ = ref.partition(":")
        id_ = id_ if kind == "officer" else ref
        return f"{named[ref]} ({id_})" if ref in named else id_

    return [
        {
            "rank": lead["rank"],
            "lead": lead["lead_id"],
            "officer": shown(f"officer:{lead['officer_id']}") + _and_more(lead),
            "requester": shown(
                frames.ref({"kind": "officer", "id": lead["requester_id"]})
                if lead["requester_id"]
                else None
            ),
            "around": shown(around[lead["lead_id"]]),
            "subjects": len(lead["subjects"]),
            "lookups": len(lead["lookup_ids"]),
            "period": f"{lead['first_at'][:10]} – {lead['last_at'][:10]}",
            "bits": f"{lead['bits']:.2f}",
            "why": titles.get(lead["kind"]) or text(lead["kind"], language),
        }
        for lead in leads
    ]


def _and_more(lead: dict[str, Any]) -> str:
    """How many more officers made the look-ups: a wave is not one officer's."""
    more = len(lead.get("officers") or ()) - 1
    return f" +{more}" if more > 0 else ""


def _around(lead: dict[str, Any]) -> str | None:
    from linkgraph.api import frames

    return frames.ref(lead["hub"]) or frames.ref((lead["set"] or {}).get("anchor"))
