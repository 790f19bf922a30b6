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
    made = reports.render(built, format_, fonts(workspace))
    return Page(built.title, made.data, format_, made.notices)


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
