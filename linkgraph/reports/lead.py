"""The report of one lead: the page an investigator takes into a conversation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linkgraph.errors import UsageError
from linkgraph.reports import evidence, method, records
from linkgraph.reports.content import Block, Heading, Paragraph, Report
from linkgraph.reports.material import Material


def build(material: Material, lead_id: str) -> Report:
    """The lead's summary, evidence on both sides, look-ups, method; UsageError if unknown."""
    words = material.words
    lead = _find(material, lead_id)
    lookups = material.chosen_lookups(lead["lookup_ids"])
    blocks: list[Block] = [
        Heading(words("summary"), 2, "summary"),
        Paragraph(evidence.lead_sentences(material, lead)[0], "lead"),
        Paragraph(words("neutral"), "note"),
        *evidence.connection(material, lead),
        *evidence.both_sides(material, lead),
        *evidence.limits(material, lead),
        *evidence.weighing(material, lead),
        *evidence.explanations(material, lead),
        *evidence.settling(material, lead),
        *records.when(material, lookups, "subject_id"),
        *evidence.background(material, lead),
        *records.lookup_table(material, lookups),
        *method.method(material, list(lookups["source_file"])),
    ]
    return Report(
        kind="lead",
        id=str(lead["lead_id"]),
        title=words("report.lead", label=f"{lead['rank']}"),
        subtitle=evidence.lead_label(material, lead),
        language=words.language,
        blocks=tuple(blocks),
        data={"lead": dict(lead)},
    )


def _find(material: Material, lead_id: str) -> Mapping[str, Any]:
    for lead in material.leads:
        if lead_id in (str(lead["lead_id"]), str(lead["rank"])):
            return lead
    raise UsageError(
        f"There is no lead {lead_id!r} among the {len(material.leads)} leads of this inquiry.",
        remedy="`linkgraph leads list` shows their ids.",
    )
