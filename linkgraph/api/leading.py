"""Leads of an inquiry: made by `analyse`, kept in `leads.json`, read by everything else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linkgraph.api import graphs
from linkgraph.errors import InquiryError, UsageError, WorkspaceError
from linkgraph.inquiries import Inquiry
from linkgraph.model.tables import OPEN_END, OPEN_START
from linkgraph.workspace.folder import write_private

if TYPE_CHECKING:
    from linkgraph.api.base import Base
    from linkgraph.leads.lead import Lead, Leads

Progress = Callable[[str, int, int], None]

FILE = "leads.json"
DERIVATIONS = "derivations.json"
"""How each number of the leads came about; beside the leads, since few readers want it."""
_SCREENING = Inquiry(
    id="screening",
    opened_by="",
    authorised_by="",
    ground="",
    document="",
    officers=(),
    all_officers=True,
    units=(),
    start=OPEN_START,
    end=OPEN_END,
    ties=(),
    k=1,
    until=OPEN_END,
    opened_at=OPEN_START,
)
"""What screening alone may look at: every officer, no private tie."""


def analyse(
    workspace: Base,
    inquiry: Inquiry,
    *,
    start: int | None,
    end: int | None,
    officers: tuple[str, ...],
    store: str | None,
    progress: Progress | None,
) -> None:
    """Build the graph, find the leads within the narrower of inquiry and arguments, keep them.

    Raises InquiryError when what is asked for lies outside the inquiry.
    """
    from linkgraph.graph.runner import hits, nearby
    from linkgraph.leads.find import find_leads

    scope = narrowed(workspace, inquiry, start=start, end=end, officers=officers)
    ledger, screening = workspace.ledger, workspace.screening(progress)
    with graphs.opened(workspace, inquiry, store=store, progress=progress) as graph:
        found = hits(
            graph.store,
            ledger,
            screening,
            scope,
            workspace.settings.parameters,
            folder=workspace.folder.analyses_path,
            progress=progress,
        )
    if progress is not None:
        progress("leads", 0, 1)
    place = _file(workspace, inquiry.id)
    earlier = _earlier(place)
    leads = find_leads(
        ledger,
        screening,
        found,
        scope,
        workspace.settings,
        earlier=earlier,
        near=nearby(
            ledger,
            scope,
            workspace.settings.parameters,
            folder=workspace.folder.analyses_path,
        ),
        folder=workspace.folder.analyses_path,
    )
    made = leads.to_json() | {
        "inquiry": inquiry.id,
        "ledger": ledger.fingerprint,
        "screening": screening.fingerprint,
        "graph": graph.projection.fingerprint,
        "not_in_graph": list(graph.projection.left_out),
        "period": [scope.start, scope.end],
        "officers": list(scope.officers),
        "forms": [
            {
                "id": kind,
                "prior": form.prior,
                "taught": form.fired,
                "taught_of": form.of,
                "pi": round(form.value, 4),
                "leads": sum(_form_of(lead) == kind for lead in leads),
            }
            for kind, form in sorted(leads.forms.items())
        ],
    }
    text = _bytes(made)
    derived = {"of": hashlib.sha256(text).hexdigest(), "leads": _derivations(leads)}
    write_private(place.with_name(DERIVATIONS), _bytes(derived))
    write_private(place, text)


def narrowed(
    workspace: Base,
    inquiry: Inquiry,
    *,
    start: int | None,
    end: int | None,
    officers: tuple[str, ...],
) -> Inquiry:
    """The inquiry within a shorter period, for fewer officers; InquiryError if not within it."""
    since = inquiry.start if start is None else max(start, inquiry.start)
    until = inquiry.end if end is None else min(end, inquiry.end)
    if since >= until:
        raise InquiryError(
            f"Inquiry {inquiry.id} does not cover that period.",
            remedy="`linkgraph inquiry show` says which it covers.",
        )
    scope = replace(inquiry, start=since, end=until)
    if not officers:
        return scope
    outside = sorted(set(officers) - covered(workspace, inquiry, officers))
    if outside:
        raise InquiryError(
            f"Inquiry {inquiry.id} does not cover officer {', '.join(outside)}.",
            remedy="`linkgraph inquiry show` says whom it covers.",
        )
    return replace(scope, officers=officers, all_officers=False, units=())


def covered(workspace: Base, inquiry: Inquiry, officers: tuple[str, ...]) -> set[str]:
    """Those of the officers whom the inquiry names, by id or by unit (those below included)."""
    if inquiry.all_officers:
        return set(officers)
    named = set(officers) & set(inquiry.officers)
    if inquiry.units:
        units: Any = workspace.ledger.table("units").select("unit_id", "parent_unit_id").to_pandas()
        inside = set(inquiry.units)
        while True:
            below = set(units[units["parent_unit_id"].isin(inside)]["unit_id"]) - inside
            if not below:
                break
            inside |= below
        postings: Any = workspace.ledger.table("postings")
        rows = postings.filter(
            postings.officer_id.isin(list(officers))
            & postings.unit_id.isin(sorted(inside))
            & (postings.start < inquiry.end)
            & (postings.end > inquiry.start)
        )
        named |= set(rows.to_pandas()["officer_id"])
    return named


def read(workspace: Base, inquiry_id: str) -> dict[str, Any]:
    """What `analyse` kept: leads, not_run, supersedes and left_out.

    Raises WorkspaceError when there is nothing, or it was made from another ledger.
    """
    path = _file(workspace, inquiry_id)
    remedy = f"Run `linkgraph analyse --inquiry {inquiry_id}`."
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as problem:
        raise WorkspaceError(
            f"Inquiry {inquiry_id} was not analysed yet.", remedy=remedy
        ) from problem
    except (OSError, ValueError) as problem:
        raise WorkspaceError(f"{path} cannot be read: {problem}.", remedy=remedy) from problem
    if found.get("ledger") != workspace.ledger.fingerprint:
        raise WorkspaceError(
            f"The leads of inquiry {inquiry_id} were made before the last load.", remedy=remedy
        )
    return found


def one(workspace: Base, inquiry_id: str, lead: str) -> dict[str, Any]:
    """A lead by its id or rank; UsageError if there is none."""
    leads: list[dict[str, Any]] = read(workspace, inquiry_id)["leads"]
    for found in leads:
        if lead in (str(found["lead_id"]), str(found["rank"])):
            return found
    raise UsageError(
        f"There is no lead {lead!r} among the {len(leads)} leads of inquiry {inquiry_id}.",
        remedy="`linkgraph leads list` shows their ids and ranks.",
    )


def derivation(workspace: Base, inquiry_id: str, lead_id: str) -> dict[str, Any]:
    """How each number of a lead came about; see `leads/lead.py`, `Lead.derivation`.

    Raises WorkspaceError when it was not kept with these very leads.
    """
    path = _file(workspace, inquiry_id)
    try:
        kept: dict[str, Any] = json.loads(path.with_name(DERIVATIONS).read_text(encoding="utf-8"))
        if kept["of"] == hashlib.sha256(path.read_bytes()).hexdigest():
            found: dict[str, Any] = kept["leads"][lead_id]
            return found
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise WorkspaceError(
        f"How the numbers of lead {lead_id} came about was not kept with the leads.",
        remedy=f"Run `linkgraph analyse --inquiry {inquiry_id}`.",
    )


def scorecard(workspace: Base, inquiry_id: str | None) -> dict[str, Any]:
    """The rule scorecard; see `leads/scorecard.py`.  `forms` are as kept with the leads."""
    from linkgraph.analyses.registry import catalogue
    from linkgraph.leads.scorecard import scorecard as scored

    screening = workspace.screening()
    headers = {header.id: header for header in catalogue(workspace.folder.analyses_path)}
    found: dict[str, Any] = {
        "indicators": [s.to_json() for s in scored(workspace.ledger, screening, headers)],
        "not_run": [
            {"id": item.analysis_id, "needs": list(item.needs)} for item in screening.not_run
        ],
    }
    if inquiry_id is not None:
        found["forms"] = read(workspace, inquiry_id).get("forms", [])
    return found


def from_screening(workspace: Base) -> Leads:
    """Leads by screen evidence alone: findings in the work tables, no private tie."""
    from linkgraph.leads.find import find_leads

    return find_leads(
        workspace.ledger,
        workspace.screening(),
        {},
        _SCREENING,
        workspace.settings,
        folder=workspace.folder.analyses_path,
    )


def one_from_screening(workspace: Base, lead: str, *, explain: bool = False) -> dict[str, Any]:
    """A lead of the work tables by its id or rank; UsageError if there is none."""
    leads = from_screening(workspace)
    for found in leads:
        if lead in (found.lead_id, str(found.rank)):
            told: dict[str, Any] = found.to_json()
            return told | {"derivation": found.derivation()} if explain else told
    raise UsageError(
        f"There is no lead {lead!r} among the {len(leads)} leads of the work tables.",
        remedy="`linkgraph leads list` shows their ids and ranks; an inquiry has leads of its own.",
    )


def _form_of(lead: Lead) -> str:
    from linkgraph.leads.learning import FINDING

    return FINDING if lead.anchor is None else lead.kind


def _derivations(leads: Leads) -> dict[str, Any]:
    return {lead.lead_id: lead.derivation() for lead in leads}


def _bytes(found: dict[str, Any]) -> bytes:
    text = json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return text.encode("utf-8", "backslashreplace")


def _file(workspace: Base, inquiry_id: str) -> Path:
    return graphs.folder_of(workspace, inquiry_id) / FILE


def _earlier(path: Path) -> list[dict[str, Any]]:
    try:
        leads: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["leads"]
    except (OSError, ValueError, KeyError):
        return []
    return leads
