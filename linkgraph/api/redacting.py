"""Redacted output: whose pseudonyms, what a view may still tell, where the key lies."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from linkgraph.casefiles.identities import Identities
from linkgraph.casefiles.pseudonyms import Pseudonyms, key_file

if TYPE_CHECKING:
    from linkgraph.api.base import Base
    from linkgraph.views.scene import Scene


def pseudonyms(workspace: Base, scope: str, language: str) -> Pseudonyms:
    """The pseudonyms of a case file, an inquiry or `work`, continued from its key."""
    return Pseudonyms(
        key_file(workspace.folder.keys_path, scope),
        language,
        Identities(workspace.ledger).among,
        spared=(scope,),
    )


def scene(shown: Scene, hidden: Pseudonyms) -> Scene:
    """A view without identities: who is tied to whom and how, nothing else about anyone."""
    from linkgraph.reports.redaction import redacted_values

    bare = replace(
        shown,
        nodes=tuple(_node(node, hidden) for node in shown.nodes),
        reserve_nodes=tuple(_node(node, hidden) for node in shown.reserve_nodes),
        edges=tuple(_edge(edge, hidden) for edge in shown.edges),
        reserve_edges=tuple(_edge(edge, hidden) for edge in shown.reserve_edges),
    )
    return redacted_values(bare, hidden)


def _node(node: Any, hidden: Pseudonyms) -> Any:
    kind, _, id_ = node.id.partition(":")
    name = hidden.of(kind, id_)
    return replace(node, id=f"{kind}:{name}", label=name, facts={}, evidence=_bare(node.evidence))


def _edge(edge: Any, hidden: Pseudonyms) -> Any:
    ends = []
    for ref in (edge.source, edge.target):
        kind, _, id_ = ref.partition(":")
        ends.append(f"{kind}:{hidden.of(kind, id_)}")
    return replace(
        edge,
        id=hidden.of("tie", edge.id),
        source=ends[0],
        target=ends[1],
        evidence=_bare(edge.evidence),
    )


def _bare(evidence: Any) -> Any:
    """Where a record stands, without what it says."""
    return tuple(replace(one, row_id="", text="") for one in evidence)
