"""Reports: everything one may draw on, brought together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from linkgraph import __version__
from linkgraph.api import leading
from linkgraph.api.pages import Page
from linkgraph.errors import WorkspaceError

if TYPE_CHECKING:
    from linkgraph.api.base import Base
    from linkgraph.casefiles import CaseFile
    from linkgraph.casefiles.pseudonyms import Pseudonyms
    from linkgraph.inquiries import Inquiry
    from linkgraph.reports.content import Report
    from linkgraph.reports.material import Material


def report(
    workspace: Base,
    kind: str,
    id_: str,
    inquiry: Inquiry | None,
    language: str,
    format_: str,
    *,
    redact: bool = False,
    scope: str = "",
) -> Page:
    """The report as a page; UsageError for an unknown kind, id or format.

    Redacted, its pseudonyms are those of `scope`: a case file, else the inquiry, else `work`.
    """
    from linkgraph import reports
    from linkgraph.api import redacting

    named = scope or (inquiry.id if inquiry else "work")
    hidden = redacting.pseudonyms(workspace, named, language) if redact else None
    if kind == "casefile":
        from linkgraph import casefiles
        from linkgraph.api.bundling import witness

        case = casefiles.read(workspace.folder, id_)
        built = casefile(workspace, case, inquiry, language, witness(workspace, case), hidden)
    else:
        head = workspace.folder.activity.head()
        material = _material(workspace, inquiry, language, head, hidden, needs_leads=kind == "lead")
        built = _hidden(reports.build(material, kind, id_), hidden)
    made = reports.render(built, format_, fonts(workspace))
    if hidden is not None:
        hidden.save()
    return Page(built.title, made.data, format_, made.notices)


def casefile(
    workspace: Base,
    case: CaseFile,
    inquiry: Inquiry | None,
    language: str,
    head: str,
    hidden: Pseudonyms | None,
) -> Report:
    """The report of a case file; `head` is the activity entry that is to be printed in it."""
    from linkgraph.api.reproducing import commands
    from linkgraph.reports import casefile as casefile_report

    material = _material(workspace, inquiry, language, head, hidden, needs_leads=False)
    built = casefile_report.build(material, case, commands(workspace, case, inquiry))
    return _hidden(built, hidden)


def certificate(workspace: Base, inquiry_id: str, language: str, format_: str) -> Page:
    """The certificate of a purge as a page; InquiryError if there is none."""
    from linkgraph import inquiries, reports
    from linkgraph.reports import certificate as certificates
    from linkgraph.reports.words import Words

    found = inquiries.certificate(workspace.folder, inquiry_id)
    built = certificates.build(found, Words(language), workspace.settings.timezone)
    made = reports.render(built, format_, fonts(workspace))
    return Page(built.title, made.data, format_, made.notices)


def _material(
    workspace: Base,
    inquiry: Inquiry | None,
    language: str,
    head: str,
    hidden: Pseudonyms | None,
    *,
    needs_leads: bool,
) -> Material:
    from linkgraph.reports.material import Material
    from linkgraph.reports.words import Words

    leads: list[dict[str, Any]] = []
    analysed = False
    if inquiry is not None:
        try:
            leads = leading.read(workspace, inquiry.id)["leads"]
            analysed = True
        except WorkspaceError:
            # A report on a person needs no leads; one on a lead cannot do without.
            if needs_leads:
                raise
    return Material(
        ledger=workspace.ledger,
        screening=workspace.screening(),
        leads=leads,
        inquiry=inquiry,
        words=Words(language),
        chain_head=head,
        version=__version__,
        analysed=analysed,
        pseudonyms=hidden,
        folder=workspace.folder.analyses_path,
    )


def _hidden(report: Report, pseudonyms: Pseudonyms | None) -> Report:
    if pseudonyms is None:
        return report
    from linkgraph.reports.redaction import redacted

    return redacted(report, pseudonyms)


def chinese_fonts(named: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The families in which a document's Chinese is set; DocumentError if there is none."""
    from linkgraph.reports.fonts import typefaces

    return typefaces(["查詢紀錄"], named).families


def fonts(workspace: Base) -> tuple[str, ...]:
    """The fonts that the settings name; paths are read from the workspace's folder."""
    folder = workspace.folder.path
    return tuple(
        str(folder / name) if "/" in name or (folder / name).is_file() else name
        for name in workspace.settings.fonts
    )
