"""Near a party to his own case: whom the work on a case leads to, though the case does not say so.

In the table engine: the parties of a force's cases have more family and friends than a graph
query could hand on, and only the look-ups of these people matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import ibis
import pandas as pd

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.graph.lookups import attributed

if TYPE_CHECKING:
    from linkgraph.graph.store import GraphStore
    from linkgraph.inquiries import Inquiry
    from linkgraph.ledger import Ledger
    from linkgraph.screen import Screening

HEADER = Header(
    id="case_circle",
    revision=1,
    role=Role.CONTEXT,
    title=Text("Near a party to his own case", "承辦案件當事人之關係人"),
    statement=Text(
        "The person looked up is tied to, or lives with, a party to a case that the officer was "
        "handling.",
        "查詢對象與員警當時承辦案件之當事人有關係或同住。",
    ),
    needs=("associations|residences", "cases", "case_officers", "case_subjects"),
    rationale=(
        "Whoever works a case looks up the family, friends and accomplices of its parties, and "
        "seldom enters them all. It speaks for the officer and explains nothing by itself, since "
        "his own friends may be near a party too."
    ),
    source="Explanation by paths through the records of the work (Fabbri & LeFevre 2011-2013)",
    innocent=(
        Text(
            "The people near a party are asked about, and are not entered in the case.",
            "當事人周邊之人經查證，惟未登錄於案件。",
        ),
    ),
    parameters={"days_before": 7, "days_after": 30, "max_residents": 12},
    prior=0.05,
    prior_reason="Estimate: misuse about people near a party to the officer's own case is rare.",
    against=True,
)

DAY = 86_400_000_000


def near(ledger: Ledger, inquiry: Inquiry, parameters: Mapping[str, Any]) -> Any:
    """officer_key, person_key, begun, until, table, row_id: whom his cases lead to, and when.

    From `days_before` before he took a case over until the assignment ended, or `days_after`
    after the case was closed.  An expression of the engine; times in µs UTC.
    """
    parties = ledger.table("case_subjects").filter(ibis._.subject_kind == "person")
    parties = parties.select("case_key", party_key="subject_key").distinct()
    cases = ledger.table("cases").select("case_key", "case_id", "closed_at")
    own = ledger.table("case_officers").select("case_key", "officer_key", "start", "end")
    own = own.filter(own.officer_key.notnull()).join(cases, "case_key")
    last = own.closed_at + int(parameters["days_after"] * DAY)
    own = own.select(
        "case_key",
        "officer_key",
        "case_id",
        begun=own.start - int(parameters["days_before"] * DAY),
        until=ibis.least(own.end, last.fill_null(own.end)),
    )
    own = own.filter((own.begun < inquiry.end) & (own.until > inquiry.start))
    met = own.join(parties, "case_key").join(_ties(ledger, inquiry, parameters), "party_key")
    return met.select(
        "officer_key",
        "person_key",
        "begun",
        "until",
        table=ibis.literal("cases"),
        row_id=met.case_id,
    )


def find(
    store: GraphStore,
    ledger: Ledger,
    screening: Screening,
    inquiry: Inquiry,
    parameters: Mapping[str, Any],
) -> pd.DataFrame:
    """The look-ups of such people, in the result schema; the hub is the case."""
    del store  # asked of the tables
    rows = attributed(ledger, screening, inquiry).select(
        "officer_key", "person_key", "lookup_id", "at"
    )
    met = rows.distinct().join(near(ledger, inquiry, parameters), ["officer_key", "person_key"])
    met = met.filter((met.at >= met.begun) & (met.at < met.until))
    entities = ledger.table("entities")
    officers = entities.filter(entities.kind == "officer")
    persons = entities.filter(entities.kind == "person")
    met = met.join(officers.select(officer_key="entity_key", officer_id="id"), "officer_key")
    met = met.join(persons.select(person_key="entity_key", subject_id="id"), "person_key")
    frame = met.select("officer_id", "subject_id", "lookup_id", "row_id").distinct().to_pandas()
    records: Any = [
        [{"table": "cases", "row_id": case}, {"table": "lookups", "row_id": lookup}]
        for case, lookup in zip(frame["row_id"], frame["lookup_id"], strict=True)
    ]
    found: pd.DataFrame = frame.rename(columns={"row_id": "hub_id"}).assign(
        analysis_id=HEADER.id,
        subject_kind="person",
        hub_kind="case",
        level="current",
        measure=1.0,
        evidence=records,
    )
    return found


def _ties(ledger: Ledger, inquiry: Inquiry, parameters: Mapping[str, Any]) -> Any:
    """party_key, person_key: who is tied to whom, or lives with him."""
    found = []
    ties = ledger.table("associations")
    kinds = ties.select("kind").distinct().to_pandas()["kind"].dropna()
    allowed = sorted(kind for kind in kinds if inquiry.allows(kind))
    ties = ties.filter(ties.kind.isin(allowed) & (ties.start < inquiry.end))
    for one, other in (("person_a_key", "person_b_key"), ("person_b_key", "person_a_key")):
        found.append(ties.select(party_key=ties[one], person_key=ties[other]))
    if inquiry.allows("household") and ledger.has("residences"):
        homes = ledger.table("residences").select("person_key", "address_key", "start", "end")
        homes = homes.filter((homes.start < inquiry.end) & (homes.end > inquiry.start))
        crowd = homes.group_by("address_key").aggregate(n=homes.person_key.nunique())
        homes = homes.semi_join(crowd.filter(crowd.n <= parameters["max_residents"]), "address_key")
        homes = homes.select("person_key", "address_key").distinct()
        party = homes.select("address_key", party_key="person_key")
        found.append(party.join(homes, "address_key").select("party_key", "person_key"))
    both = ibis.union(*found, distinct=True)
    return both.filter(both.party_key != both.person_key)
