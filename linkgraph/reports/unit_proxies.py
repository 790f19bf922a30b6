"""The proxies of a unit's report: how many, what contradicts them, and each call to clear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from linkgraph.leads.worklist import ProxyItem, Worklist, worklist_proxy
from linkgraph.reports import phrasing
from linkgraph.reports.content import Block, Heading, Paragraph, Table
from linkgraph.reports.material import Material
from linkgraph.screen.proxies import made_for_another


def build(material: Material, lookups: Any, data: dict[str, Any]) -> list[Block]:
    """How many there are, what contradicts the requests, and every call to clear; both sides.

    `lookups` are the unit's; the counts also go into `data`.
    """
    words = material.words
    listed = worklist_proxy(material.ledger, material.screening)
    ids = [id_ for item in listed for id_ in item.lookup_ids]
    own = set(
        lookups.filter(lookups.lookup_id.isin(ids)).select("lookup_id").to_pandas()["lookup_id"]
        if ids
        else ()
    )
    items = [item for item in listed if own & set(item.lookup_ids)]
    made = _made_for_another(material, lookups)
    data["proxies"] = {"lookups": made, "contradicted_calls": len(items)}
    blocks: list[Block] = [
        Heading(words("unit.proxies"), 2, "proxies"),
        Paragraph(words("unit.proxies.sentence", lookups=made, calls=len(items))),
    ]
    if items:
        blocks += [_contradictions(material, items), _calls(material, items)]
        blocks.append(Paragraph(words("unit.proxies.note"), "note"))
    return blocks + _not_compared(material, listed)


def _made_for_another(material: Material, lookups: Any) -> int:
    keys = lookups.select("lookup_key", "unit_key")
    raw = material.ledger.table("lookups").join(keys, "lookup_key")
    return int(made_for_another(raw).count().to_pyarrow().as_py())


def _contradictions(material: Material, items: Sequence[ProxyItem]) -> Block:
    words = material.words
    counted: Counter[str] = Counter()
    texts: dict[str, str] = {}
    for item in items:
        for fact in item.contradictions:
            # How many subjects and minutes differs from call to call; the kind is what counts.
            several = fact.id == "two_within_minutes"
            texts[fact.id] = (
                words("unit.several") if several else phrasing.sentence(fact.text, words)
            )
            counted[fact.id] += 1
    order = sorted(counted, key=lambda code: (-counted[code], code))
    return Table(
        words("unit.caption.contradictions"),
        (words("col.contradiction"), words("col.calls")),
        tuple((texts[code], str(counted[code])) for code in order),
        numeric=frozenset({1}),
    )


def _calls(material: Material, items: Sequence[ProxyItem]) -> Block:
    words = material.words
    shown = items[: phrasing.MOST_ROWS]
    rows = []
    for item in shown:
        asked = (
            material.name("officer", item.requester_id)
            if item.requester_id
            else item.requester_text or "–"
        )
        told = [phrasing.sentence(fact.text, words) for fact in item.contradictions]
        for_ = [phrasing.sentence(fact.text, words) for fact in item.mitigating]
        rows.append(
            (
                words.moment(phrasing.local(material, item.first_at)),
                material.name("officer", item.officer_id),
                asked,
                words.comma.join(str(id_) for _, id_ in item.subjects),
                words.comma.join(told),
                words.comma.join(for_) or "–",
            )
        )
    return Table(
        words("unit.caption.calls"),
        tuple(
            words(f"col.{name}")
            for name in ("at", "agent", "requester", "subject", "contradiction", "mitigating")
        ),
        tuple(rows),
        phrasing.how_many(material, len(shown), len(items)),
        unbroken=frozenset({0, 3}),
    )


def _not_compared(material: Material, listed: Worklist) -> list[Block]:
    told = [phrasing.sentence(fact.text, material.words) for fact in listed.missing]
    return [Paragraph(material.words.sentence_join(told), "note")] if told else []
