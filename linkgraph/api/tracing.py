"""Traces and worklists: the two doors that need no ranking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from linkgraph.api import entities, times
from linkgraph.errors import UsageError

if TYPE_CHECKING:
    from linkgraph.api.base import Base
    from linkgraph.inquiries import Inquiry
    from linkgraph.screen import Screening

KINDS = ("complaint", "self-report", "person", "vehicle", "phone")
WORKLISTS = ("proxy", "purpose", "rights")


def trace(workspace: Base, kind: str, id_: str, inquiry: Inquiry | None) -> dict[str, Any]:
    """The trace as JSON object; see `leads/trace.py`.

    Under an inquiry, as far as it allows: the household of the persons concerned, and officers'
    own telephones.
    """
    from linkgraph.leads.trace import trace as traced

    if kind not in KINDS:
        raise UsageError(f"There is no trace from {kind!r}.", remedy=f"From: {', '.join(KINDS)}.")
    if kind not in ("complaint", "self-report"):
        id_ = entities.resolve(workspace.ledger, id_, (kind,)).partition(":")[2]
    together: frozenset[str] = frozenset()
    phones: dict[str, str] = {}
    if inquiry is not None:
        if inquiry.allows("household"):
            together = household(workspace, persons_of(workspace, kind, id_))
        if inquiry.allows("phone"):
            phones = officer_phones(workspace)
    found = traced(
        workspace.ledger,
        workspace.screening(),
        complaint=id_ if kind == "complaint" else None,
        self_report=id_ if kind == "self-report" else None,
        person=id_ if kind == "person" else None,
        vehicle=id_ if kind == "vehicle" else None,
        phone=id_ if kind == "phone" else None,
        household=together,
        officer_phones=phones,
    )
    return found.to_json()


def persons_of(workspace: Base, kind: str, id_: str) -> set[str]:
    """The persons whom a trace starts from: the person, the complainant, or the owners."""
    ledger = workspace.ledger
    if kind == "self-report":
        from linkgraph.leads.told import told_in_report

        told_of = told_in_report(ledger, id_).subjects
        return set().union(*(persons_of(workspace, k, i) for k, i in told_of if k in KINDS))
    if kind == "person":
        return {id_}
    vehicles = {id_} if kind == "vehicle" else set()
    persons: set[str] = set()
    if kind == "complaint":
        complaints: Any = ledger.table("complaints")
        told = complaints.filter(complaints.complaint_id == id_).to_pandas()
        persons |= {str(p) for p in told["complainant_id"].dropna()}
        vehicles |= {str(v) for v in told["vehicle_id"].dropna()}
    owners: Any = ledger.table("vehicle_owners")
    owned = owners.filter(owners.vehicle_id.isin(sorted(vehicles))).to_pandas()
    return persons | {str(p) for p in owned["person_id"].dropna()}


def household(workspace: Base, persons: set[str]) -> frozenset[str]:
    """Who lives or lived at an address at the same time as one of the persons, without them."""
    residences: Any = workspace.ledger.table("residences")
    own = residences.filter(residences.person_id.isin(sorted(persons)))
    own = own.select(own_address="address_key", own_start="start", own_end="end")
    same = residences.join(own, residences.address_key == own.own_address)
    same = same.filter((same.start < same.own_end) & (same.end > same.own_start))
    return frozenset(str(p) for p in same.to_pandas()["person_id"]) - persons


def officer_phones(workspace: Base) -> dict[str, str]:
    """Phone id -> officer id, of telephones that officers hold as persons."""
    officers: Any = workspace.ledger.table("officers").select("officer_id", "person_id")
    phones: Any = workspace.ledger.table("phones")
    held = phones.filter(phones.holder_kind == "person")
    rows = held.join(officers, held.holder_id == officers.person_id)
    frame = rows.select("phone_id", "officer_id").to_pandas()
    pairs = sorted(zip(frame["phone_id"], frame["officer_id"], strict=True))
    return {str(phone): str(officer) for phone, officer in pairs}


def worklist(workspace: Base, kind: str, month: str | None) -> dict[str, Any]:
    """A worklist as JSON object; see `leads/worklist.py`, `worklist_purpose.py`, `_rights.py`.

    `month`: `2024-07` or `113/07`; UsageError for anything else, for a month that the log does
    not reach (there nothing was used, and nothing can be said of it), or for an unknown kind.
    """
    if kind not in WORKLISTS:
        raise UsageError(
            f"There is no worklist {kind!r}.", remedy=f"There are: {', '.join(WORKLISTS)}."
        )
    ledger, screening = workspace.ledger, workspace.screening()
    if month is not None:
        month = times.month(month)
        _within_log(screening, month)
    if kind == "purpose":
        from linkgraph.leads.worklist_purpose import worklist_purpose

        return worklist_purpose(ledger, screening, month=month).to_json()
    if kind == "rights":
        from linkgraph.analyses.registry import find
        from linkgraph.leads.worklist_rights import worklist_rights
        from linkgraph.screen.run import parameters_of

        parameters = parameters_of(find("rights").header, workspace.settings)
        return worklist_rights(ledger, screening, month=month, parameters=parameters).to_json()
    from linkgraph.leads.worklist import worklist_proxy

    return worklist_proxy(ledger, screening, month=month).to_json()


def _within_log(screening: Screening, month: str) -> None:
    at = screening.lookups.at_local
    (row,) = (
        screening.lookups.aggregate(
            first=at.min().cast("string"), last=at.max().cast("string"), n=at.count()
        )
        .to_pyarrow()
        .to_pylist()
    )
    if row["n"] and not row["first"][:7] <= month <= row["last"][:7]:
        raise UsageError(
            f"The log has nothing of {month}: it runs from {row['first'][:10]} "
            f"to {row['last'][:10]}.",
            remedy="Name a month of the log.",
        )
