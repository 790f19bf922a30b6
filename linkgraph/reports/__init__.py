"""Reports: one content model, built per kind of report, rendered to several formats."""

from __future__ import annotations

from dataclasses import dataclass

from linkgraph.errors import UsageError
from linkgraph.reports import as_json, brief, html, lead, officer, subject, unit
from linkgraph.reports.content import Report
from linkgraph.reports.material import Material

KINDS = ("officer", "person", "vehicle", "organisation", "unit", "lead", "brief")
FORMATS = ("html", "json", "pdf", "docx")


@dataclass(frozen=True)
class Rendered:
    """A report in a format, and what is to be said about it: characters that no font here has."""

    data: bytes
    notices: tuple[str, ...] = ()


def build(material: Material, kind: str, id_: str) -> Report:
    """The report of `kind` about `id_`; UsageError when either is unknown."""
    if kind == "lead":
        return lead.build(material, id_)
    if kind == "officer":
        return officer.build(material, id_)
    if kind == "brief":
        return brief.build(material, id_)
    if kind == "unit":
        return unit.build(material, id_)
    if kind in subject.KINDS:
        return subject.build(material, kind, id_)
    raise UsageError(f"There is no report {kind!r}.", remedy=f"Reports: {', '.join(KINDS)}.")


def render(report: Report, format_: str, fonts: tuple[str, ...] = ()) -> Rendered:
    """The report in a format, the same bytes for the same report.

    `fonts`: families or font files that documents are to use before others.  Raises UsageError
    for an unknown format, DocumentError where a document's characters need a font to install.
    """
    if format_ == "html":
        return Rendered(html.render(report).encode("utf-8", "backslashreplace"))
    if format_ == "json":
        return Rendered(as_json.render(report).encode("utf-8", "backslashreplace"))
    if format_ == "pdf":
        from linkgraph.reports import pdf

        return Rendered(*pdf.render(report, fonts))
    if format_ == "docx":
        from linkgraph.reports import docx

        return Rendered(*docx.render(report, fonts))
    raise UsageError(f"There is no format {format_!r}.", remedy=f"Formats: {', '.join(FORMATS)}.")
