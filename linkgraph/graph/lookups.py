"""The look-ups behind pairs of officer and person, as far as the inquiry may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibis

from linkgraph.screen.pairs import lookup_persons

if TYPE_CHECKING:
    import pandas as pd

    from linkgraph.inquiries import Inquiry
    from linkgraph.ledger import Ledger
    from linkgraph.screen import Screening


def ways(inquiry: Inquiry) -> tuple[str, ...]:
    """How a look-up may be attributed to a person: phones and addresses are private ties."""
    private = {"phone": "phone", "address": "household"}
    return ("person", "vehicle", *(way for way, kind in private.items() if inquiry.allows(kind)))


def attributed(ledger: Ledger, screening: Screening, inquiry: Inquiry) -> Any:
    """`lookup_persons` within the inquiry's period and ways, as an Ibis expression."""
    rows = lookup_persons(ledger, screening, include_private=True)
    inside = (rows.at >= inquiry.start) & (rows.at < inquiry.end)
    return rows.filter(inside & rows.via.isin(ways(inquiry)))


def lookups_behind(
    ledger: Ledger, screening: Screening, inquiry: Inquiry, pairs: pd.DataFrame
) -> pd.DataFrame:
    """Every look-up of the given pairs in the inquiry's period, explained or not.

    `pairs`: officer_id, person_id (repeats do not matter).  Columns: officer_id, person_id,
    lookup_id, at (int64 µs UTC); one row per pair and look-up.
    """
    entities = ledger.table("entities")
    officers = entities.filter(entities.kind == "officer")
    officers = officers.select(officer_key="entity_key", officer_id="id")
    persons = entities.filter(entities.kind == "person")
    persons = persons.select(person_key="entity_key", person_id="id")
    wanted = ibis.memtable(
        pairs.drop_duplicates().astype("str"),
        schema=ibis.schema({"officer_id": "string", "person_id": "string"}),
    )
    keyed = wanted.join(officers, "officer_id").join(persons, "person_id")
    rows = attributed(ledger, screening, inquiry).select(
        "officer_key", "person_key", "lookup_id", "at"
    )
    joined = rows.distinct().join(keyed, ["officer_key", "person_key"])
    found: pd.DataFrame = ledger.connection.to_pandas(
        joined.select("officer_id", "person_id", "lookup_id", "at").order_by(
            "officer_id", "person_id", "at", "lookup_id"
        )
    )
    return found
