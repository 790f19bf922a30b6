"""One mate's circle through many accounts: requests that were spread over colleagues.

Each colleague's share of it is a set of `mate_circle` and too small to stand out; together they
are one set over the unit's accounts.  Made from the hit rows of `mate_circle`, so it costs no
query of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from linkgraph.analyses.header import Header, Role, Text

if TYPE_CHECKING:
    from linkgraph.graph.store import GraphStore
    from linkgraph.inquiries import Inquiry
    from linkgraph.ledger import Ledger
    from linkgraph.screen import Screening

HEADER = Header(
    id="mate_accounts",
    revision=1,
    role=Role.SET,
    title=Text("A mate's circle through several accounts", "經多名同事帳號查詢之同事關係圈"),
    statement=Text(
        "Three officers of a unit or more looked up people of one mate's circle who are in none "
        "of their own.",
        "單位內三名以上員警，查詢同一名同事關係圈內、而均不在其本人關係圈內之人。",
    ),
    needs=("officers", "postings", "associations"),
    rationale=(
        "Whoever asks often asks a different colleague each time, so that no account stands "
        "out. What the look-ups share is whose people they are about."
    ),
    source="Ways that leaks happen (court cases and interviews, National Taipei University): "
    "asking a colleague is the second; Taiwanese police ethics notice, case 1090102.",
    innocent=(
        Text(
            "The mate's people live where the unit serves, and were met at work.",
            "該同事之關係人即住轄內，於勤務中出現。",
        ),
        Text(
            "The mate or his family was party to a case of the unit.",
            "該同事或其家屬為單位案件當事人。",
        ),
        Text("Registered proxy look-ups of the unit.", "單位內已登記之代查。"),
    ),
    parameters={"min_accounts": 3},
    prior=1 / 32,
    prior_reason="Of the twelfth that is made for a mate, less than half is spread over accounts.",
)


def from_hits(found: Mapping[str, pd.DataFrame], parameters: Mapping[str, Any]) -> pd.DataFrame:
    """Hit rows of mates whose circle was met through enough accounts; columns as `mate_circle`.

    `found`: hit rows by analysis id, of which `mate_circle` must be one.
    """
    rows = found["mate_circle"]
    accounts = rows.groupby("requester_id")["officer_id"].transform("nunique")
    spread: pd.DataFrame = rows[accounts >= parameters["min_accounts"]]
    return spread.reset_index(drop=True)


def find(
    store: GraphStore,
    ledger: Ledger,
    screening: Screening,
    inquiry: Inquiry,
    parameters: Mapping[str, Any],
) -> pd.DataFrame:
    """The look-ups behind those hits, in the result schema."""
    from linkgraph.graph.runner import hits, judged

    wanted = ("mate_circle", HEADER.id)
    given = {HEADER.id: dict(parameters)}
    found = hits(store, ledger, screening, inquiry, given, wanted=wanted)
    return judged(HEADER.id, found[HEADER.id], ledger, screening, inquiry)
