"""Paths, neighbourhoods and search of a store that answers one query at a time.

A store brings three things: how a query is run, which edges meet some nodes, and how many
neighbours they have.  The walks over them are the same for every engine, so that two engines
cannot disagree about what a path is.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import Any

from linkgraph.errors import StoreError
from linkgraph.graph.schema import COMMON, LABEL, LOG_TYPES, LOOKUP_TYPES, node_columns, split_ref
from linkgraph.graph.store import Edge, Node, Subgraph
from linkgraph.graph.tokens import tokens
from linkgraph.graph.traverse import distinct, shortest_chains, within
from linkgraph.model.graph import LABELS, RELATIONSHIPS, Label

_SECONDS = 60.0


class HopStore(ABC):
    """What a GraphStore does with nodes and ties, over the queries that an engine answers."""

    @abstractmethod
    def _ask(
        self, cypher: str, parameters: Mapping[str, Any], seconds: float
    ) -> list[dict[str, Any]]:
        """The rows of a query of our own; StoreError after `seconds`."""

    @abstractmethod
    def _edges(
        self, refs: Iterable[str], types: tuple[str, ...], *, at: int | None = None
    ) -> list[Edge]:
        """Edges of `types` with an end in `refs`, which hold at `at` (µs UTC) if given.

        May hold an edge twice.
        """

    @abstractmethod
    def _neighbour_counts(self, refs: Iterable[str], types: tuple[str, ...]) -> dict[str, int]:
        """How many different other nodes each ref has an edge of `types` to; 0 may be left out."""

    def paths(
        self,
        source: str,
        target: str,
        *,
        max_hops: int,
        limit: int,
        at: int | None,
        types: tuple[str, ...] = (),
    ) -> list[Subgraph]:
        """All shortest paths, each a chain in order from source to target.

        Without `types` the log's own relationships are left out: two officers who looked up
        one person are not thereby tied.  With `at` (µs UTC) every tie must hold then.
        """
        self._must_exist((source, target))
        used = types or tuple(r.name for r in RELATIONSHIPS if r.name not in LOG_TYPES)

        def edges_at(refs: tuple[str, ...]) -> list[Edge]:
            return self._edges(refs, used, at=at)

        chains = shortest_chains(edges_at, source, target, max_hops=max_hops, limit=limit)
        refs = sorted({ref for chain in chains for ref in chain.refs})
        nodes = {node.ref: node for node in self._nodes(refs)}
        hidden = self._neighbour_counts(refs, shown(refs))
        return [
            Subgraph(
                tuple(nodes[ref] for ref in chain.refs),
                chain.edges,
                {
                    ref: max(0, hidden.get(ref, 0) - (i > 0) - (i < len(chain.edges)))
                    for i, ref in enumerate(chain.refs)
                },
            )
            for chain in chains
        ]

    def neighbourhood(
        self, refs: tuple[str, ...], *, hops: int, limit: int, types: tuple[str, ...] = ()
    ) -> Subgraph:
        """The nodes within `hops`, nearest first, at most `limit`, and the edges among them.

        Without `types`, single look-ups are left out unless a ref is one: the `LOOKED_UP`
        of officer and subject stands for them.
        """
        self._must_exist(refs)
        used = types or shown(refs)
        found = within(lambda front: self._edges(front, used), refs, hops=hops, limit=limit)
        return self._subgraph(tuple(found), used)

    def subgraph(self, refs: tuple[str, ...]) -> Subgraph:
        """The given nodes, unknown ones left out, and every edge among them."""
        return self._subgraph(refs, shown(refs))

    def search(self, text: str, limit: int) -> list[Node]:
        """Nodes whose id, name or text contains `text`, case ignored; exact ids come first."""
        wanted = text.strip().lower()
        if not wanted:
            return []
        found: list[Node] = []
        for label in LABELS:
            fields = [label.key, *(n for n, _ in label.properties if n in {"name", "text"})]
            tests = " OR ".join(f"lower(n.{quoted(f)}) CONTAINS $text" for f in fields)
            cypher = (
                f"MATCH (n:{label.name}) WHERE {tests} {_returning(label)} "
                f"ORDER BY n.{label.key} LIMIT {int(limit)}"
            )
            found += _as_nodes(label, self._ask(cypher, {"text": wanted}, _SECONDS))
        order = {label.kind: i for i, label in enumerate(LABELS)}

        def rank(node: Node) -> tuple[bool, int, str]:
            kind, _, node_id = node.ref.partition(":")
            return (node_id.lower() != wanted, order[kind], node_id)

        return sorted(found, key=rank)[:limit]

    def _nodes(self, refs: Iterable[str]) -> list[Node]:
        found: list[Node] = []
        for label, ids in by_label(refs):
            cypher = f"MATCH (n:{label.name}) WHERE n.{label.key} IN $ids {_returning(label)}"
            found += _as_nodes(label, self._ask(cypher, {"ids": ids}, _SECONDS))
        return sorted(found, key=lambda node: node.ref)

    def _must_exist(self, refs: tuple[str, ...]) -> None:
        known = {node.ref for node in self._nodes(refs)}
        missing = sorted(set(refs) - known)
        if missing:
            raise StoreError(
                f"The graph has no {', '.join(missing)}.",
                remedy="`linkgraph search TEXT` finds ids; the inquiry's ties and period limit "
                "what its graph holds.",
            )

    def _subgraph(self, refs: Iterable[str], types: tuple[str, ...]) -> Subgraph:
        nodes = self._nodes(set(refs))
        inside = {node.ref for node in nodes}
        edges = [
            edge
            for edge in distinct(self._edges(inside, types))
            if edge.source in inside and edge.target in inside
        ]
        drawn: dict[str, set[str]] = {ref: set() for ref in inside}
        for edge in edges:
            if edge.source != edge.target:
                drawn[edge.source].add(edge.target)
                drawn[edge.target].add(edge.source)
        counts = self._neighbour_counts(inside, shown(inside))
        hidden = {ref: max(0, counts.get(ref, 0) - len(drawn[ref])) for ref in sorted(inside)}
        return Subgraph(tuple(nodes), tuple(edges), hidden)


def shown(refs: Iterable[str]) -> tuple[str, ...]:
    """Types of tie that are drawn around `refs`: those of single look-ups only if one is a ref."""
    with_lookups = any(ref.startswith("lookup:") for ref in refs)
    return tuple(r.name for r in RELATIONSHIPS if with_lookups or r.name not in LOOKUP_TYPES)


def known(types: Iterable[str]) -> frozenset[str]:
    """`types`, each a relationship of the model; StoreError names those that are not."""
    wanted = frozenset(types)
    unknown = sorted(wanted - {r.name for r in RELATIONSHIPS})
    if unknown:
        raise StoreError(
            f"There is no relationship {', '.join(unknown)}.",
            remedy=f"They are {', '.join(r.name for r in RELATIONSHIPS)}.",
        )
    return wanted


def given(cypher: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters that `cypher` names; one without a value is an error.

    Without that check the embedded engine takes it for null and answers with no rows.
    """
    named = {token.text for token in tokens(cypher) if token.kind == "parameter"}
    missing = sorted(named - set(parameters))
    if missing:
        raise StoreError(
            f"The query was not given its parameter {', '.join(missing)}.",
            remedy="Give every parameter a value.",
        )
    return {name: value for name, value in parameters.items() if name in named}


def by_label(refs: Iterable[str]) -> list[tuple[Label, list[str]]]:
    """Ids of `refs` by label, both in order; refs of unknown kinds raise StoreError."""
    ids: dict[str, list[str]] = {}
    for ref in sorted(set(refs)):
        try:
            label, node_id = split_ref(ref)
        except KeyError as problem:
            raise StoreError(
                f"{ref!r} names no node.",
                remedy=f"Write kind:id; kinds are {', '.join(label.kind for label in LABELS)}.",
            ) from problem
        ids.setdefault(label.name, []).append(node_id)
    return [(LABEL[name], ids[name]) for name in sorted(ids)]


def _returning(label: Label) -> str:
    return "RETURN " + ", ".join(
        f"n.{quoted(name)} AS {quoted(name)}" for name, _ in node_columns(label)
    )


def _as_nodes(label: Label, rows: list[dict[str, Any]]) -> list[Node]:
    return [
        Node(
            f"{label.kind}:{row[label.key]}",
            label.name,
            {name: row[name] for name, _ in label.properties if row[name] is not None},
        )
        for row in rows
    ]


def as_edge(name: str, source: Label, target: Label, row: dict[str, Any]) -> Edge:
    common = {"from_id", "to_id", *(column for column, _ in COMMON if column != "source")}
    return Edge(
        name,
        f"{source.kind}:{row['from_id']}",
        f"{target.kind}:{row['to_id']}",
        str(row["tie_id"]),
        int(row["start"]),
        int(row["end"]),
        str(row["kind"] or ""),
        {key: value for key, value in row.items() if key not in common and value not in (None, "")},
    )


def quoted(name: str) -> str:
    """A name between back quotes; names come from the model alone."""
    return f"`{name}`"
