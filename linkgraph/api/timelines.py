"""What happened around a thing, in order of time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from linkgraph.api.times import iso
from linkgraph.model.tables import OPEN_END, OPEN_START

if TYPE_CHECKING:
    import pandas as pd

    from linkgraph.api.base import Base
    from linkgraph.inquiries import Inquiry

COLUMNS = ("at", "what", "with", "text", "table", "row_id")
_LIMIT = 5000
_TOLD_OTHERWISE = frozenset(
    {
        "LOOKED_UP",
        "ASKED",
        "RANG",
        "BY",
        "ASKED_BY",
        "ABOUT",
        "CITES",
        "ON_DUTY_WITH",
        "MADE_BY",
        "AGAINST",
        "INVOLVES",
    }
)
"""Relationships whose begin is an event of its own: a look-up, a case, a complaint."""


def timeline(workspace: Base, ref: str, inquiry: Inquiry | None) -> pd.DataFrame:
    """One row per event, ordered by time.

    `at`: ISO 8601 in the workspace's zone; `what`: what happened; `with`: the other one,
    `kind:id`, or None; `text`: more about it; `table`, `row_id`: the record.  Look-ups, cases
    and complaints come from work tables; begin and end of ties only under an inquiry.
    """
    import pandas as pd

    events = [
        *_lookups(workspace, ref),
        *_cases(workspace, ref),
        *_complaints(workspace, ref),
    ]
    if inquiry is not None:
        events += _ties(workspace, ref, inquiry)
    events = sorted(set(events), key=lambda event: tuple(str(part or "") for part in event[1:]))
    events.sort(key=lambda event: event[0])
    zone = workspace.ledger.timezone
    rows = [(iso(at, zone), *rest) for at, *rest in events]
    return pd.DataFrame(rows, columns=list(COLUMNS))


Event = tuple[int, str, str | None, str, str, str]


def _lookups(workspace: Base, ref: str) -> list[Event]:
    ledger = workspace.ledger
    kind, _, id_ = ref.partition(":")
    lookups: Any = ledger.table("lookups")
    if kind == "officer":
        rows = lookups.filter(lookups.officer_id == id_)
    elif kind == "case":
        rows = lookups.filter(lookups.case_id == id_)
    else:
        entities: Any = ledger.table("entities")
        subjects: Any = ledger.table("subjects")
        key = entities.filter((entities.kind == kind) & (entities.id == id_))
        rows = lookups.semi_join(
            subjects.semi_join(key, subjects.subject_key == key.entity_key), "lookup_key"
        )
    screened = workspace.screening().lookups.select("lookup_key", "explanation_level")
    rows = rows.left_join(screened, "lookup_key")
    frame = rows.order_by(rows.at.desc()).limit(_LIMIT).to_pandas()
    events: list[Event] = []
    for row in frame.itertuples(index=False):
        other = f"officer:{row.officer_id}"
        if kind in ("officer", "case"):
            asked = [row.subject_id, row.query_text]  # missing ones are NaN
            sought = next((text for text in asked if isinstance(text, str) and text), None)
            other = f"{row.subject_kind}:{sought}" if sought else row.subject_kind
        told = [
            row.system,
            row.purpose,
            {"full": "explained", "partial": "explained in part"}.get(
                row.explanation_level, "unexplained"
            ),
        ]
        text = "; ".join(str(part) for part in told if isinstance(part, str) and part)
        events.append((int(row.at), "look-up", other, text, "lookups", str(row.row_id)))
    return events


def _cases(workspace: Base, ref: str) -> list[Event]:
    ledger = workspace.ledger
    kind, _, id_ = ref.partition(":")
    cases: Any = ledger.table("cases")
    if kind == "officer":
        link: Any = ledger.table("case_officers")
        link = link.filter(link.officer_id == id_)
    elif kind == "case":
        link = cases.filter(cases.case_id == id_)
    else:
        link = ledger.table("case_subjects")
        link = link.filter((link.subject_kind == kind) & (link.subject_id == id_))
    frame = cases.semi_join(link, "case_id").to_pandas()
    return [
        (
            int(row.opened_at),
            "case opened",
            f"case:{row.case_id}",
            "; ".join(
                str(t) for t in (row.kind, row.offence, row.place) if isinstance(t, str) and t
            ),
            "cases",
            str(row.row_id),
        )
        for row in frame.itertuples(index=False)
    ]


def _complaints(workspace: Base, ref: str) -> list[Event]:
    kind, _, id_ = ref.partition(":")
    column = {
        "officer": "officer_id",
        "person": "complainant_id",
        "vehicle": "vehicle_id",
        "complaint": "complaint_id",
    }.get(kind)
    if column is None:
        return []
    complaints: Any = workspace.ledger.table("complaints")
    frame = complaints.filter(complaints[column] == id_).to_pandas()
    return [
        (
            int(row.at),
            "complaint",
            f"complaint:{row.complaint_id}",
            "; ".join(str(t) for t in (row.kind, row.text) if isinstance(t, str) and t),
            "complaints",
            str(row.row_id),
        )
        for row in frame.itertuples(index=False)
    ]


def _ties(workspace: Base, ref: str, inquiry: Inquiry) -> list[Event]:
    from linkgraph.api import graphs
    from linkgraph.model.graph import RELATIONSHIPS

    lasting = tuple(r.name for r in RELATIONSHIPS if r.name not in _TOLD_OTHERWISE)
    with graphs.opened(workspace, inquiry) as graph:
        found = graph.store.neighbourhood((ref,), hops=1, limit=_LIMIT, types=lasting)
    events: list[Event] = []
    for edge in found.edges:
        if ref not in (edge.source, edge.target):
            continue
        other = edge.target if edge.source == ref else edge.source
        table, _, row_id = edge.tie_id.partition(":")
        name = edge.type.lower().replace("_", " ")
        if edge.start > OPEN_START:
            events.append((edge.start, f"{name} begins", other, edge.kind, table, row_id))
        if edge.end < OPEN_END:
            events.append((edge.end, f"{name} ends", other, edge.kind, table, row_id))
    return events
