"""Views: the nodes that belong in one, with the source rows behind each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from linkgraph import __version__, inquiries
from linkgraph.api import evidence, frames, graphs, leading

if TYPE_CHECKING:
    from linkgraph.api.base import Base
    from linkgraph.graph.store import Edge, Subgraph
    from linkgraph.inquiries import Inquiry
    from linkgraph.views.notebook import View

_BESIDE = 1200
"""Neighbours that the view of a lead carries to expand."""

_LABELS = {
    "inquiry": ("Inquiry", "調查授權"),
    "document": ("Document", "文號"),
    "ledger": ("Ledger", "資料指紋"),
    "activity": ("Activity log", "活動紀錄"),
    "version": ("Version", "版本"),
    "left_out": ("Left out", "未納入"),
}


def drawn(
    workspace: Base,
    found: Subgraph,
    inquiry: Inquiry,
    focus: tuple[str, ...],
    language: str,
    *,
    limit: int,
    title: str = "",
) -> View:
    """The view of a neighbourhood, centred on `focus`; its title names what is there."""
    from linkgraph.views.notebook import View
    from linkgraph.views.scene import from_subgraph

    ledger = workspace.ledger
    lookups = _lookups_behind(workspace, found, inquiry)
    names = {node.ref: frames.name(node) for node in found.nodes}
    named = (f"{names[ref]} ({ref})" if names.get(ref) else ref for ref in focus[:3])
    scene = from_subgraph(
        found,
        focus=focus,
        language=language,
        title=title or ", ".join(named),
        limit=limit,
        evidence=evidence.of_subgraph(ledger, found, lookups),
        timezone=ledger.timezone,
        notes=_notes(workspace, inquiry, language),
    )
    return View(scene)


def of_lead(workspace: Base, lead: str, inquiry_id: str, language: str) -> View:
    """The view of a lead: who is in it is drawn, their neighbours can be brought in."""
    inquiry = inquiries.require(workspace.folder, inquiry_id)
    found = leading.one(workspace, inquiry_id, lead)
    workspace.log("view", inquiry=inquiry_id, lead=found["lead_id"])
    refs = in_lead(found)
    with graphs.opened(workspace, inquiry) as graph:
        known = {node.ref for node in graph.store.subgraph(tuple(refs)).nodes}
        focus = tuple(ref for ref in refs if ref in known)
        around = graph.store.neighbourhood(focus, hops=1, limit=len(focus) + _BESIDE)
    names = {node.ref: frames.name(node) for node in around.nodes}
    words = _lead_title(found, names, language)
    return drawn(workspace, around, inquiry, focus, language, limit=max(1, len(focus)), title=words)


def _lead_title(lead: dict[str, Any], names: dict[str, str], language: str) -> str:
    """The lead in a line: its rank, the officer, and what the look-ups are around."""
    officer = f"officer:{lead['officer_id']}"
    around = lead["hub"] or (lead["set"] or {}).get("anchor") or lead["subjects"][0]
    other = f"{around['kind']}:{around['id']}"
    word = "線索" if language == "zh-TW" else "Lead"
    return f"{word} {lead['rank']}: {names.get(officer) or officer} – {names.get(other) or other}"


def in_lead(lead: dict[str, Any]) -> list[str]:
    """Everyone and everything a lead names, the officer first: `kind:id`, each once."""
    refs = [f"officer:{lead['officer_id']}"]
    if lead["requester_id"]:
        refs.append(f"officer:{lead['requester_id']}")
    entities = [lead["hub"], (lead["set"] or {}).get("anchor"), *lead["subjects"]]
    refs += [f"{entity['kind']}:{entity['id']}" for entity in entities if entity]
    paths = [(lead["set"] or {}).get("path") or [], *(step["path"] for step in lead["waterfall"])]
    refs += [ref for path in paths for ref in path[::2]]
    return list(dict.fromkeys(refs))


def _lookups_behind(workspace: Base, found: Subgraph, inquiry: Inquiry) -> dict[str, list[str]]:
    """The look-ups behind each *looked up* tie, by the tie's id in a scene, in order of time.

    Of persons these are also the look-ups of what they owned, held or lived at then.
    """
    ties = {
        (edge.source.partition(":")[2], edge.target): tie_ref(edge)
        for edge in found.edges
        if edge.type == "LOOKED_UP"
    }
    if not ties:
        return {}
    from linkgraph.api.pairs import pair_lookups

    frame = pair_lookups(workspace, inquiry, sorted(ties))
    behind: dict[str, list[str]] = {}
    for officer, target, lookup_id in zip(
        frame["officer_id"], frame["target"], frame["lookup_id"], strict=True
    ):
        behind.setdefault(ties[officer, target], []).append(lookup_id)
    return behind


def _notes(workspace: Base, inquiry: Inquiry, language: str) -> list[tuple[str, str]]:
    column = 1 if language == "zh-TW" else 0
    facts = {
        "inquiry": inquiry.id,
        "document": inquiry.document,
        "ledger": workspace.ledger.fingerprint,
        "activity": workspace.folder.activity.head(),
        "version": f"linkgraph {__version__}",
    }
    return [(_LABELS[name][column], text) for name, text in facts.items()]


def tie_ref(edge: Edge) -> str:
    """How a scene names a tie: two pairs may rest on one look-up, and so share a tie id."""
    return f"{edge.type}:{edge.source}>{edge.target}:{edge.tie_id}"
