"""The report of one officer: all look-ups, explained or not, and the leads that name them."""

from __future__ import annotations

from linkgraph.errors import UsageError
from linkgraph.reports import evidence, method, phrasing, records
from linkgraph.reports.content import Block, Heading, Paragraph, Report
from linkgraph.reports.material import Material

MOST_LEADS = 10


def build(material: Material, officer_id: str) -> Report:
    """Summary, leads with evidence on both sides, look-ups, method; UsageError if unknown."""
    words = material.words
    if material.rows("officers", "officer_id", [officer_id]).empty:
        raise UsageError(
            f"There is no officer {officer_id!r} in the ledger.",
            remedy="`linkgraph search` finds officers by name.",
        )
    lookups = material.officer_lookups(officer_id)
    named = [
        lead
        for lead in material.leads
        if officer_id in (lead["officer_id"], lead.get("requester_id"))
    ]
    asked = sum(lead.get("requester_id") == officer_id for lead in named)
    label = material.name("officer", officer_id)
    summary = words(
        "officer.sentence",
        officer=label,
        lookups=len(lookups),
        **phrasing.span(material, lookups),
        **phrasing.levels(lookups),
    )
    if not material.analysed:
        leads_sentence = words("leads.not_sought")
    elif named:
        leads_sentence = words("officer.leads", n=len(named), r=asked)
    else:
        leads_sentence = words("officer.no_leads")
    blocks: list[Block] = [
        Heading(words("summary"), 2, "summary"),
        Paragraph(words.sentence_join([summary, leads_sentence]), "lead"),
        Paragraph(words("neutral"), "note"),
    ]
    if len(lookups):
        blocks.append(records.by_hour(material, lookups))
    for lead in named[:MOST_LEADS]:
        title = words("lead", rank=lead["rank"], label=evidence.lead_label(material, lead))
        blocks.append(Heading(title, 2, f"lead-{lead['rank']}"))
        blocks += evidence.lead_blocks(material, lead)
    if len(named) > MOST_LEADS:
        blocks.append(Paragraph(words("shown_some", shown=MOST_LEADS, total=len(named)), "note"))
    blocks += records.lookup_table(material, lookups)
    blocks += method.method(material, list(lookups["source_file"]))
    return Report(
        kind="officer",
        id=officer_id,
        title=words("report.officer", label=label),
        subtitle=leads_sentence,
        language=words.language,
        blocks=tuple(blocks),
        data={"leads": [dict(lead) for lead in named], "levels": phrasing.levels(lookups)},
    )
