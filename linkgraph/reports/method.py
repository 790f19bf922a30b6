"""The last section: inquiry, method, versions and hashes, so that a third party can repeat it."""

from __future__ import annotations

from collections.abc import Sequence

from linkgraph.reports.content import Block, Bullets, Facts, Heading, Paragraph, Table
from linkgraph.reports.material import Material
from linkgraph.reports.phrasing import day


def method(material: Material, source_files: Sequence[str]) -> list[Block]:
    """Inquiry, method, versions and hashes: what a third party needs to repeat the result."""
    words, inquiry = material.words, material.inquiry
    blocks: list[Block] = [Heading(words("method"), 2, "method")]
    blocks.append(Paragraph(words("method.text")))
    if inquiry is None:
        blocks.append(Paragraph(words("no_inquiry")))
    else:
        blocks.append(
            Facts(
                (
                    (words("fact.inquiry"), inquiry.id),
                    (words("fact.opened"), inquiry.opened_by),
                    (words("fact.authorised"), inquiry.authorised_by),
                    (words("fact.ground"), inquiry.ground),
                    (words("fact.document"), inquiry.document),
                    (
                        words("fact.period"),
                        f"{day(material, inquiry.start)} – {day(material, inquiry.end - 1)}",
                    ),
                    (words("fact.ties"), words.comma.join(inquiry.ties)),
                    (words("fact.distance"), str(inquiry.k)),
                    (words("fact.until"), day(material, inquiry.until)),
                )
            )
        )
    blocks.append(
        Facts(
            (
                (words("fact.version"), material.version),
                (words("fact.ledger"), material.ledger.fingerprint),
                (words("fact.screen"), material.screening.fingerprint),
                (words("fact.chain"), material.chain_head),
                (words("fact.zone"), material.ledger.timezone),
            )
        )
    )
    blocks.append(_sources(material, source_files))
    missing = [
        f"{material.title(one.analysis_id)}: " + words("needs", tables=words.comma.join(one.needs))
        for one in material.screening.not_run
    ]
    if missing:
        blocks += [Heading(words("not_run"), 3), Bullets(tuple(missing))]
    return blocks


def all_sources(material: Material) -> list[str]:
    """The names of all files that the ledger was loaded from."""
    sources = material.ledger.manifest["sources"]
    return sorted({str(file["name"]) for source in sources for file in source["files"]})


def _sources(material: Material, names: Sequence[str]) -> Table:
    words = material.words
    known = {
        file["name"]: file["sha256"]
        for source in material.ledger.manifest["sources"]
        for file in source["files"]
    }
    rows = tuple((name, known[name]) for name in sorted(set(names)) if name in known)
    return Table(words("caption.sources"), (words("col.file"), words("col.sha256")), rows)
