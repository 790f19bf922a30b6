"""What would settle a lead: the records that would explain the look-ups, if they exist.

Made from the explanations that found nothing or could not run.
"""

from __future__ import annotations

from linkgraph.leads.lead import Fact, Tried
from linkgraph.leads.phrases import PHRASES, phrase
from linkgraph.leads.records import Records

MOST_CASES = 8
ASKED_FOR_WITH = frozenset({"declared_duty", "late_case", "partner_record", "unit_offence"})
"""Explanations whose record is asked for in one line with another: the roster, the case file with
its day on paper, the work log with the partner's, the cases of the unit."""


def settles(
    records: Records,
    keys: frozenset[int],
    tried: tuple[Tried, ...],
    *,
    officer: str,
    requester: str | None,
) -> tuple[Fact, ...]:
    """One fact per record to ask for, the most specific first."""
    by_id = {records.lookups[key].id: key for key in keys}
    facts: list[Fact] = []
    cited = sorted({c for c in (records.lookups[key].case_id for key in keys) if c})
    unmet = [t for t in tried if t.outcome in ("none", "not_run")]
    if cited:
        citing = [key for key in keys if records.lookups[key].case_id]
        names = ", ".join(cited[:MOST_CASES]) + (" …" if len(cited) > MOST_CASES else "")
        facts.append(
            Fact(
                "settle.cited_case",
                phrase("settle.cited_case", cases=names),
                records.ids(citing),
                tuple(("cases", case) for case in cited[:MOST_CASES]),
            )
        )
    if requester:
        text = phrase("settle.requester", requester=requester)
        facts.append(Fact("settle.requester", text, records.ids(keys)))
    for attempt in unmet:
        if attempt.id in ("cited_case", "reviewed_proper") or attempt.id in ASKED_FOR_WITH:
            continue
        about = {by_id[id_] for id_ in attempt.lookup_ids if id_ in by_id} or keys
        if attempt.id == "registered_proxy" and not _by_proxy(records, about, requester):
            continue
        id_ = f"settle.{attempt.id}"
        facts.append(
            Fact(
                id_,
                phrase(
                    id_ if id_ in PHRASES else "settle.other",
                    days=records.days(about),
                    officer=officer,
                    title=records.title(attempt.id),
                ),
                records.ids(about),
            )
        )
    unknown = [key for key in keys if records.lookups[key].duty_status == "unknown"]
    patrol = [key for key in keys if records.lookups[key].duty_status == "patrol"]
    if unknown or patrol:
        about = set(unknown or patrol)
        text = phrase("settle.roster", days=records.days(about))
        facts.append(Fact("settle.roster", text, records.ids(about)))
    facts.append(Fact("settle.statement", phrase("settle.statement"), records.ids(keys)))
    return tuple(facts)


def _by_proxy(records: Records, keys: set[int] | frozenset[int], requester: str | None) -> bool:
    return bool(requester) or any(
        records.lookups[key].requester_id or records.lookups[key].requester_text for key in keys
    )
