"""A report as one HTML file that fetches nothing and runs no script."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

from jinja2 import Environment, StrictUndefined

import linkgraph
from linkgraph.reports.content import Report, numbered
from linkgraph.reports.words import Words


def render(report: Report) -> str:
    """The page as text; every fact is escaped, style is inline under a hash-based policy."""
    page = files("linkgraph.reports") / "page"
    style = (page / "report.css").read_text(encoding="utf-8")
    template = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=False, keep_trailing_newline=True
    ).from_string((page / "report.html.j2").read_text(encoding="utf-8"))
    digest = hashlib.sha256(style.encode("utf-8")).digest()
    return template.render(
        report=report,
        blocks=list(numbered(report.blocks)),
        words=Words(report.language),
        style=style,
        style_hash=base64.b64encode(digest).decode("ascii"),
        version=linkgraph.__version__,
    )
