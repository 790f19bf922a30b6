"""Reports: one content model, built per kind of report, rendered to several formats."""

from __future__ import annotations

from linkgraph.errors import UsageError
from linkgraph.reports import as_json, html, lead, officer, subject
from linkgraph.reports.content import Report
from linkgraph.reports.material import Material

KINDS = ("officer", "person", "vehicle", "organisation", "lead")
FORMATS = ("html", "json")


def build(material: Material, kind: str, id_: str) -> Report:
    """The report of `kind` about `id_`; UsageError when either is unknown."""
    if kind == "lead":
        return lead.build(material, id_)
    if kind == "officer":
        return officer.build(material, id_)
    if kind in subject.KINDS:
        return subject.build(material, kind, id_)
    raise UsageError(f"There is no report {kind!r}.", remedy=f"Reports: {', '.join(KINDS)}.")


def render(report: Report, format_: str) -> str:
    """The report as text of a format; UsageError for an unknown one."""
    if format_ == "html":
        return html.render(report)
    if format_ == "json":
        return as_json.render(report)
    raise UsageError(f"There is no format {format_!r}.", remedy=f"Formats: {', '.join(FORMATS)}.")
