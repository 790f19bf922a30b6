"""What a case file keeps of a trace, a lead or look-ups: the evidence as it was that day.

A later load or analysis may say otherwise; the case file holds what was seen and decided on.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd

from linkgraph.analyses.registry import catalogue
from linkgraph.api import tracing
from linkgraph.api.times import iso
from linkgraph.errors import UsageError
from linkgraph.leads.lead import LEFT_OVER

if TYPE_CHECKING:
    from linkgraph.api.base import Base
    from linkgraph.inquiries import Inquiry

MOST_KEPT = 50
"""Look-ups of a trace that are kept beside those chosen, for comparison."""
_EPISODE = timedelta(hours=1)
_STRONG = ("asker_named_and_away", "asker_party", "asker_named", "asker_logged_away")


def of_trace(
    workspace: Base, kind: str, ref: str, inquiry: Inquiry | None, chosen: Collection[str]
) -> dict[str, Any]:
    """The trace, the look-ups chosen from it, what is on record.

    None named: the first, and what the same account looked up of the trace within the hour
    without a full explanation.
    """
    found = tracing.trace(workspace, kind, ref, inquiry)
    lookups = found["lookups"]
    known = {one["lookup_id"] for one in lookups}
    unknown = sorted(set(chosen) - known)
    if unknown:
        raise UsageError(
            f"The trace from {kind} {ref} has no look-up {', '.join(unknown)}.",
            remedy=f"See `linkgraph trace {kind} {ref}`.",
        )
    taken = [one for one in lookups if one["lookup_id"] in chosen] or _episode(lookups)
    ids = [one["lookup_id"] for one in taken]
    own = [one for one in lookups if one["lookup_id"] not in ids][:MOST_KEPT]
    return {
        "origin": found["origin"],
        "since": found["since"],
        "until": found["until"],
        "complaint": _complaint(workspace, ref) if kind == "complaint" else None,
        "total": len(lookups),
        "lookups": [*taken, *own],
        "asked": taken[0]["may_have_asked"] if taken else [],
        "missing": found["missing"],
        **of_lookups(workspace, ids, reasons={r["id"]: r for one in taken for r in one["reasons"]}),
    }


def of_lead(lead: Mapping[str, Any]) -> dict[str, Any]:
    """A lead as it is now."""
    raising = [
        {"id": step["id"], "text": _step(step), "lookup_ids": step["lookup_ids"]}
        for step in lead["waterfall"]
        if float(step["bits"]) > 0
        and step["id"] not in LEFT_OVER
        and not str(step["id"]).startswith("subject:")
    ]
    return {
        "lead": dict(lead),
        "lookup_ids": list(lead["lookup_ids"]),
        "indicating": raising,
        "explanations": lead["explanations"],
        "mitigating": lead["mitigating"],
        "settles": lead["settles"],
    }


def of_lookups(
    workspace: Base, ids: Collection[str], reasons: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """What is on record about look-ups; UsageError names those that are not in the ledger.

    `reasons` are facts that a trace adds; what speaks against is never among what indicates.
    """
    from linkgraph.leads.records import records_of
    from linkgraph.leads.settles import settles

    table: Any = workspace.ledger.table("lookups")
    frame = table.filter(table.lookup_id.isin(sorted(ids))).to_pandas()
    unknown = sorted(set(ids) - set(frame["lookup_id"]))
    if unknown:
        raise UsageError(
            f"There is no look-up {', '.join(unknown)} in the ledger.",
            remedy="`linkgraph trace` and `linkgraph timeline` show their ids.",
        )
    headers = {header.id: header for header in catalogue(workspace.folder.analyses_path)}
    records = records_of(
        workspace.ledger, workspace.screening(), headers, frame["lookup_key"].tolist()
    )
    keys = frozenset(int(key) for key in frame["lookup_key"])
    tried = records.tried(keys, frozenset())
    against = {id_ for id_, header in headers.items() if header.against}
    fired = sorted({id_ for key in keys for id_, _ in records.indicators.get(key, ())} - against)
    given = reasons or {}
    indicating = [fact for id_, fact in given.items() if id_ not in headers and _tells(id_)]
    for id_ in fired:
        on = records.fired(keys, id_)
        header = headers[id_]
        indicating.append(
            {
                "id": id_,
                "text": {
                    "en": f"{header.title.en}: {header.statement.en}",
                    "zh_tw": f"{header.title.zh_tw}：{header.statement.zh_tw}",
                },
                "lookup_ids": list(records.ids(on)),
            }
        )
    officers = sorted(set(frame["officer_id"]))
    asked = sorted({r.requester_id for r in records.lookups.values() if r.requester_id})
    wanted = settles(
        records,
        keys,
        tried,
        officer=", ".join(officers),
        requester=asked[0] if len(asked) == 1 else None,
    )
    return {
        "lookup_ids": list(records.ids(keys)),
        "indicating": indicating,
        "explanations": [
            {
                "id": one.id,
                "outcome": one.outcome,
                "lookup_ids": list(one.lookup_ids),
                "records": [{"table": t, "row_id": r} for t, r in one.records],
            }
            for one in tried
        ],
        "mitigating": [_fact(fact) for fact in records.mitigating(keys, frozenset())],
        "settles": [_fact(fact) for fact in wanted],
    }


def roles_of(content: Mapping[str, Any], officers: Collection[str]) -> list[dict[str, str]]:
    """Who held, used and asked, as far as the records go; nothing is taken as established."""
    held = [
        {"role": "held", "ref": f"officer:{officer}", "basis": "established"}
        for officer in sorted(officers)
    ]
    used = [{"role": "used", "ref": "", "basis": "not established"}]
    asked = next((one for one in content.get("asked", ()) if one["strength"] in _STRONG), None)
    lead = content.get("lead", {})
    requester = asked["officer_id"] if asked else lead.get("requester_id")
    if requester:
        return [
            *held,
            *used,
            {"role": "asked", "ref": f"officer:{requester}", "basis": "indicated"},
        ]
    return [*held, *used, {"role": "asked", "ref": "", "basis": "not established"}]


def _episode(lookups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if not lookups:
        return []
    first = lookups[0]
    start = datetime.fromisoformat(first["at"])
    return [
        one
        for one in lookups
        if one is first
        or (
            one["officer_id"] == first["officer_id"]
            and one["level"] != "full"
            and abs(datetime.fromisoformat(one["at"]) - start) <= _EPISODE
        )
    ]


def _complaint(workspace: Base, id_: str) -> dict[str, Any]:
    table: Any = workspace.ledger.table("complaints")
    row = table.filter(table.complaint_id == id_).to_pandas().iloc[0]
    zone = workspace.ledger.timezone
    found: dict[str, Any] = {}
    for name in ("complaint_id", "place", "complainant_id", "vehicle_id", "officer_id", "text"):
        value = row[name]
        found[name] = str(value) if isinstance(value, str) and value else None
    for name in ("at", "incident_at"):
        found[name] = None if pd.isna(row[name]) else iso(int(row[name]), zone)
    return found


def _tells(id_: str) -> bool:
    """Whether a reason of a trace says something beyond that no record explains."""
    return id_ in ("after_incident", "before_complaint", "asked.named", "trace.none")


def _step(step: Mapping[str, Any]) -> dict[str, str]:
    from linkgraph.leads.phrases import text

    titles = {header.id: header.title for header in catalogue()}
    title = titles.get(str(step["id"]))
    en = title.en if title else text(str(step["id"]), "en")
    zh = title.zh_tw if title else text(str(step["id"]), "zh-TW")
    bits = f"{float(step['bits']):+.2f}"
    return {"en": f"{en} ({bits} bits)", "zh_tw": f"{zh}（{bits} 位元）"}


def _fact(fact: Any) -> dict[str, Any]:
    return {
        "id": fact.id,
        "text": dict(fact.text),
        "lookup_ids": list(fact.lookup_ids),
        "records": [{"table": t, "row_id": r} for t, r in fact.records],
    }
