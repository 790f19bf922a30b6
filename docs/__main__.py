"""Write what is generated: tables, catalogue, commands, the sheet for Neo4j Browser.

`--check` says which files are stale.
"""

from __future__ import annotations

import sys
from pathlib import Path

from linkgraph.analyses.header import Header, Role
from linkgraph.analyses.registry import catalogue
from linkgraph.cli.reference import reference
from linkgraph.model.tables import TABLES, Column, Table
from linkgraph.views.grass import grass

FOLDER = Path(__file__).parent


def pages() -> dict[Path, str]:
    """Every generated page and what it should say."""
    return {
        FOLDER / "tables.md": tables(),
        FOLDER / "catalogue.md": analyses(),
        FOLDER / "cli.md": reference(),
        FOLDER.parent / "cypher" / "browser" / "linkgraph.grass": grass(),
    }


def tables() -> str:
    """The input contract, from the model."""
    parts = [
        "# Tables",
        "Generated from `linkgraph/model/tables.py`. A folder of files named after these tables "
        "(`lookups.csv`, `.parquet`, `.xlsx`, `lookups/*.parquet`) with these headings loads "
        "without a mapping. Only `officers` and `lookups` are required; an analysis whose tables "
        "are missing says so and is not run. Columns not named here are kept.",
        "Ids are text. Times are ISO 8601; without a zone they are in the workspace's. Intervals "
        "are `[start, end)`; an empty end is open. **Bold** columns are required.",
    ]
    for privacy, title in (
        ("work", "Work: what screening may read"),
        ("private", "Private: joined only under an inquiry"),
        ("special", "Special: needs the warrant or order on the inquiry as well"),
    ):
        parts.append(f"## {title}")
        parts += [_table(t) for t in TABLES.values() if t.privacy == privacy]
    return "\n\n".join(parts) + "\n"


def analyses() -> str:
    """The catalogue of analyses, from their headers."""
    parts = [
        "# Catalogue of analyses",
        "Generated from the header of each analysis. Each is one file: copy one to add one. "
        "*Prior* is m for context (the share of misuse on which it fires) and π for sets and "
        "findings (the share of known misuse that takes this form); see [the method](method.md).",
    ]
    titles = {
        Role.EXPLANATION: "Explanations",
        Role.CONTEXT: "Context",
        Role.SET: "Sets",
        Role.FINDING: "Findings",
        Role.VIEW: "For exploration",
    }
    headers = sorted(catalogue(), key=lambda h: h.id)
    for role, title in titles.items():
        parts.append(f"## {title}")
        parts += [_analysis(h) for h in headers if h.role is role]
    return "\n\n".join(parts) + "\n"


def _table(table: Table) -> str:
    lines = [f"### {table.name}"]
    if table.note:
        lines.append(table.note[0].upper() + table.note[1:] + ".")
    rules = []
    if table.key:
        rules.append(f"Identified by {', '.join(f'`{c}`' for c in table.key)}.")
    rules += [
        f"At least one of {', '.join(f'`{c}`' for c in group)} is filled." for group in table.one_of
    ]
    if rules:
        lines.append(" ".join(rules))
    rows = ["| column | type | names | values and notes |", "|---|---|---|---|"]
    rows += [_column(c) for c in table.columns]
    return "\n\n".join([*lines, "\n".join(rows)])


def _column(column: Column) -> str:
    name = f"**`{column.name}`**" if column.required else f"`{column.name}`"
    notes = "; ".join(
        part for part in (", ".join(f"`{v}`" for v in column.values), column.note) if part
    )
    return f"| {name} | {column.type} | {column.entity or ''} | {notes} |"


def _analysis(header: Header) -> str:
    facts = [
        f"**{header.statement.en}** {header.statement.zh_tw}",
        f"*Needs* {', '.join(f'`{t}`' for t in header.needs) or 'nothing more'}."
        + (f" *Prior* {header.prior:g}: {header.prior_reason}" if header.prior is not None else ""),
        f"*Why.* {header.rationale} *Source.* {header.source}",
    ]
    if header.parameters:
        given = ", ".join(f"`{k}` = {v}" for k, v in sorted(header.parameters.items()))
        facts.append(f"*Parameters.* {given}")
    if header.innocent:
        facts.append("*Innocent explanations.*")
        facts.append("\n".join(f"- {text.en} {text.zh_tw}" for text in header.innocent))
    return "\n\n".join([f"### {header.id}: {header.title.en} {header.title.zh_tw}", *facts])


if __name__ == "__main__":
    stale = [p for p, text in pages().items() if not p.exists() or p.read_text("utf-8") != text]
    if "--check" in sys.argv:
        sys.exit(f"stale: {', '.join(p.name for p in stale)}; run `make docs`" if stale else 0)
    for page in stale:
        page.write_text(pages()[page], encoding="utf-8")
