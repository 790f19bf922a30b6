"""Rings: officers who share subjects whom hardly anybody else looked up.

In a frame, since a match of officer, person and officer joins all look-ups with all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from linkgraph.analyses.header import Header, Role, Text

if TYPE_CHECKING:
    from linkgraph.graph.store import GraphStore
    from linkgraph.inquiries import Inquiry
    from linkgraph.ledger import Ledger
    from linkgraph.screen import Screening

HEADER = Header(
    id="ring",
    revision=1,
    role=Role.VIEW,
    title=Text("Officers who share uncommon subjects", "共同查詢罕見對象之員警"),
    statement=Text(
        "Two officers looked up, without full explanation, three or more of the same persons "
        "whom twenty officers or fewer looked up at all.",
        "二名員警均無完整事由查詢三名以上相同對象，且查詢該等對象之員警均不逾二十名。",
    ),
    needs=("officers", "lookups"),
    rationale="Officers who serve the same outside interest meet in its people. Persons whom many "
    "look up tie everybody to everybody, so they are left out.",
    source="Case 1090101 of the police ethics notice; uncommon neighbours in link prediction",
    innocent=(
        Text(
            "Both serve one beat, one task force or one shift, and met the same people at work.",
            "二人同勤區、同專案或同班，於勤務中遇見相同之人。",
        ),
        Text("One handed his cases over to the other.", "案件移交。"),
    ),
    parameters={"min_shared": 3, "max_officers": 20},
)

ASKED: Final = """
MATCH (o:Officer)-[l:LOOKED_UP]->(p:Person)
RETURN
  o.officer_id AS officer_id, p.person_id AS person_id, l.tie_id AS tie,
  l.unexplained AS unexplained, l.`start` AS `start`, l.`end` AS `end`
"""


def shared(asked: pd.DataFrame, *, min_shared: int, max_officers: int) -> pd.DataFrame:
    """Rows of `ASKED` twice, for two officers of one person; `size` persons shared.

    Columns: officer_id, person_id, tie, start, end, anchor_id, tie_other, size.
    """
    officers = asked.groupby("person_id")["officer_id"].transform("nunique")
    rows = asked[(officers >= 2) & (officers <= max_officers) & (asked["unexplained"] > 0)]
    other = rows[["officer_id", "person_id", "tie"]]
    both = rows.merge(
        other.rename(columns={"officer_id": "anchor_id", "tie": "tie_other"}), on="person_id"
    )
    both = both[both["officer_id"] != both["anchor_id"]]
    size = both.groupby(["officer_id", "anchor_id"])["person_id"].transform("nunique")
    found: pd.DataFrame = both.assign(size=size)[size >= min_shared]
    return found


def find(
    store: GraphStore,
    ledger: Ledger,
    screening: Screening,
    inquiry: Inquiry,
    parameters: Mapping[str, Any],
) -> pd.DataFrame:
    """The look-ups of the shared persons, in the result schema; the hub is the other officer."""
    from linkgraph.graph.runner import judged

    rows = shared(store.rows(ASKED, {}), **{k: int(v) for k, v in parameters.items()})
    if rows.empty:
        return pd.DataFrame()
    paths: Any = [
        [f"officer:{o}", f"LOOKED_UP:{a}", f"person:{p}", f"LOOKED_UP:{b}", f"officer:{n}"]
        for o, a, p, b, n in zip(
            rows["officer_id"],
            rows["tie"],
            rows["person_id"],
            rows["tie_other"],
            rows["anchor_id"],
            strict=True,
        )
    ]
    rows = rows.assign(
        requester_id=None,
        anchor_kind="officer",
        distance=1,
        tie_end=rows["end"] + 1,
        path=paths,
    )
    return judged(HEADER.id, rows, ledger, screening, inquiry)
