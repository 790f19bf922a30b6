"""Results as pandas frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from linkgraph.api.times import iso
from linkgraph.model.graph import RELATIONSHIPS

if TYPE_CHECKING:
    import pandas as pd

    from linkgraph.graph.store import Edge, Node, Subgraph

LEAD_COLUMNS = (
    "rank",
    "lead_id",
    "kind",
    "officer_id",
    "requester_id",
    "hub",
    "anchor",
    "subjects",
    "lookups",
    "first_at",
    "last_at",
    "bits",
)
TIE_COLUMNS = ("source", "type", "kind", "target", "start", "end", "tie_id")
_NAMES = ("name", "text")
_UNDIRECTED = frozenset(r.name for r in RELATIONSHIPS if not r.directed)


def leads(listed: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """One row per lead, in rank order.

    `hub`, `anchor`: `kind:id` or None; `subjects`: list of `kind:id`; `lookups`: number of
    look-ups; `first_at`, `last_at`: ISO 8601 in the workspace's zone; `bits`: float.
    """
    import pandas as pd

    rows = [
        {
            "rank": lead["rank"],
            "lead_id": lead["lead_id"],
            "kind": lead.get("kind", ""),
            "officer_id": lead["officer_id"],
            "requester_id": lead["requester_id"],
            "hub": ref(lead["hub"]),
            "anchor": ref((lead["set"] or {}).get("anchor")),
            "subjects": [ref(subject) for subject in lead["subjects"]],
            "lookups": len(lead["lookup_ids"]),
            "first_at": lead["first_at"],
            "last_at": lead["last_at"],
            "bits": lead["bits"],
        }
        for lead in listed
    ]
    return pd.DataFrame(rows, columns=list(LEAD_COLUMNS))


def ties(edges: Iterable[Edge], zone: str) -> pd.DataFrame:
    """One row per tie: `source`, `target` as `kind:id`; `start`, `end` ISO 8601, None if open."""
    import pandas as pd

    rows = [
        (
            edge.source,
            edge.type,
            edge.kind,
            edge.target,
            iso(edge.start, zone),
            iso(edge.end, zone),
            edge.tie_id,
        )
        for edge in edges
    ]
    return pd.DataFrame(rows, columns=list(TIE_COLUMNS))


def paths(found: Sequence[Subgraph], zone: str, limit: int) -> pd.DataFrame:
    """One row per tie of the first `limit` paths: `path` and `step` from 1, then as `ties`.

    Paths over the same nodes are one path; ties beside one another share a step.  A tie that
    has no direction reads the way the path is walked.
    """
    import pandas as pd

    walks: dict[tuple[str, ...], list[dict[str, Edge]]] = {}
    named: dict[str, str] = {}
    for chain in found:
        refs = tuple(node.ref for node in chain.nodes)
        steps = walks.setdefault(refs, [{} for _ in chain.edges])
        for step, edge, here in zip(steps, chain.edges, refs, strict=False):
            turned = edge.type in _UNDIRECTED and edge.source != here
            step[edge.tie_id] = (
                replace(edge, source=edge.target, target=edge.source) if turned else edge
            )
        named.update({node.ref: name(node) for node in chain.nodes})
    frames = []
    for number, steps in enumerate(list(walks.values())[:limit], 1):
        for place, step in enumerate(steps, 1):
            frame = ties([step[tie] for tie in sorted(step)], zone)
            frame.insert(0, "path", number)
            frame.insert(1, "step", place)
            frames.append(frame)
    if not frames:
        return pd.DataFrame(columns=["path", "step", *TIE_COLUMNS, "source_name", "target_name"])
    whole = pd.concat(frames, ignore_index=True)
    whole["source_name"] = whole["source"].map(named)
    whole["target_name"] = whole["target"].map(named)
    return whole


def nodes(found: Iterable[Node], hidden: Mapping[str, int] | None = None) -> pd.DataFrame:
    """One row per node: `ref`, `kind`, `id`, `name`, and `hidden` neighbours if given."""
    import pandas as pd

    rows = [(n.ref, *n.ref.split(":", 1), name(n)) for n in found]
    frame = pd.DataFrame(rows, columns=["ref", "kind", "id", "name"])
    if hidden is not None:
        frame["hidden"] = [int(hidden.get(ref_, 0)) for ref_ in frame["ref"]]
    return frame


def name(node: Node) -> str:
    """What a node is called; empty if it has an id alone."""
    return next((str(node.properties[p]) for p in _NAMES if node.properties.get(p)), "")


def ref(entity: Mapping[str, str] | None) -> str | None:
    """`{kind, id}` as `kind:id`."""
    return None if entity is None else f"{entity['kind']}:{entity['id']}"
