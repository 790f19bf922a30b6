"""Reports: everything one may draw on, brought together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from linkgraph import __version__
from linkgraph.api import leading
from linkgraph.api.pages import Page
from linkgraph.errors import WorkspaceError

if TYPE_CHECKING:
    from linkgraph.api.base import Base
    from linkgraph.inquiries import Inquiry


def report(
    workspace: Base, kind: str, id_: str, inquiry: Inquiry | None, language: str, format_: str
) -> Page:
    """The report as a page; UsageError for an unknown kind, id or format."""
    from linkgraph import reports
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
            if kind == "lead":
                raise
    material = Material(
        ledger=workspace.ledger,
        screening=workspace.screening(),
        leads=leads,
        inquiry=inquiry,
        words=Words(language),
        chain_head=workspace.folder.activity.head(),
        version=__version__,
        analysed=analysed,
    )
    built = reports.build(material, kind, id_)
    return Page(built.title, reports.render(built, format_), format_)
