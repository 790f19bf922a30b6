"""The graph in one file beside the workspace: the store that needs no server.

The engine is `ladybug`.  The file is a projection: it is built aside and moved into place, so
readers keep what they have open and a killed build leaves the old graph.  Reading opens it
read-only, which any number of processes may do at once.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ladybug

from linkgraph.errors import StoreError
from linkgraph.graph.building import MAX_SIZE, build, remove
from linkgraph.graph.guard import only_reads
from linkgraph.graph.schema import (
    COMMON,
    LABEL,
    LOG_TYPES,
    LOOKUP_TYPES,
    node_columns,
    relationship_columns,
    split_ref,
)
from linkgraph.graph.store import Edge, Node, Progress, Projection, Subgraph
from linkgraph.graph.tokens import tokens
from linkgraph.graph.traverse import distinct, shortest_chains, within
from linkgraph.model.graph import LABELS, RELATIONSHIPS, Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd
    import pyarrow as pa

_ANALYSIS_SECONDS = 600.0
_KEPT = 256 << 20
"""Bytes that the engine may hold when a query is over, before the file is closed."""
_REBUILD = "Run `linkgraph analyse --inquiry ID` to build it again."


class EmbeddedStore:
    """A GraphStore in the file `path`, which need not exist yet.

    Not for several threads at once; several processes may each open one on the same file.
    """

    name = "embedded"

    def __init__(self, path: Path) -> None:
        self.path = Path(path)
        self._database: Any = None
        self._connection: Any = None
        self._inode = -1

    def load(self, projection: Projection, progress: Progress | None = None) -> None:
        """Build the graph anew beside the old one, then put it in its place.

        Does nothing if the stored graph has the projection's inquiry and fingerprint already.
        Cost: about 100,000 rows a second.
        """
        if self.loaded() == (projection.inquiry_id, projection.fingerprint):
            return
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        building = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        remove(building)
        umask = os.umask(0o077)
        try:
            build(building, projection, progress)
            self.close()
            building.replace(self.path)
            for rest in self.path.parent.glob(f"{self.path.name}.*"):
                rest.unlink(missing_ok=True)
        except RuntimeError as problem:
            raise StoreError(
                f"The graph could not be built in {self.path}: {_first_line(problem)}",
                remedy="Check the free space on the disk, then run `linkgraph analyse` again.",
            ) from problem
        finally:
            os.umask(umask)
            remove(building)

    def loaded(self) -> tuple[str, str] | None:
        """Inquiry id and fingerprint of the stored graph; None if there is none to be read."""
        if not self.path.is_file():
            return None
        try:
            table = self._run("MATCH (m:Meta) RETURN m.inquiry_id AS i, m.fingerprint AS f", {}, 60)
        except StoreError:
            return None
        if table.num_rows != 1:
            return None
        row = table.to_pylist()[0]
        return str(row["i"]), str(row["f"])

    def rows(self, cypher: str, parameters: Mapping[str, Any]) -> pd.DataFrame:
        """Run a query of `cypher/`; a parameter that it names and is not given is an error.

        Without that check the engine takes it for null and answers with no rows.
        """
        named = {token.text for token in tokens(cypher) if token.kind == "parameter"}
        missing = sorted(named - set(parameters))
        if missing:
            raise StoreError(
                f"The query was not given its parameter {', '.join(missing)}.",
                remedy="Give every parameter a value.",
            )
        given = {name: value for name, value in parameters.items() if name in named}
        table = self._run(cypher, given, _ANALYSIS_SECONDS)
        self._give_back()
        return _frame(table)

    def read(self, cypher: str, limit: int, seconds: float) -> pd.DataFrame:
        """Run a user's own query: refused unless it only reads; cut at `limit` rows."""
        only_reads(cypher)
        return _frame(self._run(cypher.rstrip().rstrip(";"), {}, seconds, limit))

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
        hidden = self._neighbour_counts(refs)
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
        used = types or self._shown(refs)
        found = within(lambda front: self._edges(front, used), refs, hops=hops, limit=limit)
        return self._subgraph(tuple(found), used)

    def subgraph(self, refs: tuple[str, ...]) -> Subgraph:
        """The given nodes, unknown ones left out, and every edge among them."""
        return self._subgraph(refs, self._shown(refs))

    def search(self, text: str, limit: int) -> list[Node]:
        """Nodes whose id, name or text contains `text`, case ignored; exact ids come first."""
        wanted = text.strip().lower()
        if not wanted:
            return []
        found: list[Node] = []
        for label in LABELS:
            fields = [label.key, *(n for n, _ in label.properties if n in {"name", "text"})]
            tests = " OR ".join(f"lower(n.{_quoted(f)}) CONTAINS $text" for f in fields)
            cypher = (
                f"MATCH (n:{label.name}) WHERE {tests} {_returning(label)} "
                f"ORDER BY n.{label.key} LIMIT {int(limit)}"
            )
            found += _nodes(label, self._run(cypher, {"text": wanted}, 60).to_pylist())
        order = {label.kind: i for i, label in enumerate(LABELS)}

        def rank(node: Node) -> tuple[bool, int, str]:
            kind, _, node_id = node.ref.partition(":")
            return (node_id.lower() != wanted, order[kind], node_id)

        return sorted(found, key=rank)[:limit]

    def close(self) -> None:
        """Give the file back; the next call opens it again."""
        for opened in (self._connection, self._database):
            if opened is not None:
                opened.close()
        self._connection = self._database = None

    # ---- one query ----------------------------------------------------------------------

    def _open(self) -> Any:
        """The connection, opened again when the file was replaced since."""
        try:
            inode = self.path.stat().st_ino
        except FileNotFoundError as problem:
            raise StoreError(f"There is no graph in {self.path}.", remedy=_REBUILD) from problem
        if self._connection is not None and inode == self._inode:
            return self._connection
        self.close()
        try:
            self._database = ladybug.Database(str(self.path), read_only=True, max_db_size=MAX_SIZE)
            self._connection = ladybug.Connection(self._database)
        except RuntimeError as problem:
            self.close()
            raise StoreError(
                f"The graph in {self.path} cannot be opened: {_first_line(problem)}",
                remedy=f"Delete the file. {_REBUILD}",
            ) from problem
        self._inode = inode
        return self._connection

    def _run(
        self, cypher: str, parameters: Mapping[str, Any], seconds: float, limit: int | None = None
    ) -> pa.Table:
        connection = self._open()
        try:
            connection.set_query_timeout(max(1, int(seconds * 1000)))
            result = connection.execute(cypher, dict(parameters))
            table = result.get_as_arrow() if limit is None else result.get_as_arrow(limit)
            return table if limit is None else table.slice(0, limit)
        except RuntimeError as problem:
            # A connection that failed once may answer the next query wrongly or not at all.
            self.close()
            said = _first_line(problem)
            if "nterrupted" in said:
                raise StoreError(
                    f"The query took longer than {seconds:g} s and was stopped.",
                    remedy="Ask for less: name an id, add a label or a LIMIT.",
                ) from problem
            raise StoreError(
                f"The graph engine refused the query: {said}", remedy="Correct the query."
            ) from problem

    def _give_back(self) -> None:
        """Close the file if the engine holds much: of what queries took it frees nothing before.

        The hash tables of a dozen analyses, each as large as the log, would add up.
        """
        if self._held() > _KEPT:
            self.close()

    def _held(self) -> int:
        return int(self._run("CALL bm_info() RETURN mem_usage AS n", {}, 60)["n"][0].as_py())

    # ---- nodes and edges ----------------------------------------------------------------

    def _nodes(self, refs: Iterable[str]) -> list[Node]:
        found: list[Node] = []
        for label, ids in _by_label(refs):
            cypher = f"MATCH (n:{label.name}) WHERE n.{label.key} IN $ids {_returning(label)}"
            found += _nodes(label, self._run(cypher, {"ids": ids}, 60).to_pylist())
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

    def _edges(
        self, refs: Iterable[str], types: tuple[str, ...], *, at: int | None = None
    ) -> list[Edge]:
        """Edges of `types` with an end in `refs`; one query per relationship and label pair."""
        ids = {label.name: ids for label, ids in _by_label(refs)}
        found: list[Edge] = []
        for relationship, source, target in _directions(types):
            for anchor, label in (("a", source), ("b", target)):
                if label.name not in ids:
                    continue
                when = " AND t.`start` <= $at AND t.`end` > $at" if at is not None else ""
                columns = ", ".join(
                    f"t.{_quoted(name)} AS {_quoted(name)}"
                    for name, _ in relationship_columns(relationship)
                )
                cypher = (
                    f"MATCH (a:{source.name})-[t:`{relationship.name}`]->(b:{target.name}) "
                    f"WHERE {anchor}.{label.key} IN $ids{when} "
                    f"RETURN a.{source.key} AS from_id, b.{target.key} AS to_id, {columns}"
                )
                given: dict[str, Any] = {"ids": ids[label.name]}
                if at is not None:
                    given["at"] = at
                rows = self._run(cypher, given, 120).to_pylist()
                found.extend(_edge(relationship.name, source, target, row) for row in rows)
        return found

    def _neighbour_counts(self, refs: Iterable[str]) -> dict[str, int]:
        """How many different nodes each ref has a shown edge to."""
        neighbours: dict[str, int] = {}
        refs = tuple(refs)
        ids = {label.name: ids for label, ids in _by_label(refs)}
        pairs: dict[tuple[str, str], list[str]] = {}
        for relationship, source, target in _directions(self._shown(refs)):
            pairs.setdefault((source.name, target.name), []).append(relationship.name)
        # Counted per pair of labels, so that two ties to one neighbour count once; where the
        # labels of both ends are the same, one query looks both ways.
        for (source_name, target_name), types in sorted(pairs.items()):
            source, target = LABEL[source_name], LABEL[target_name]
            joined = "|".join(f"`{name}`" for name in sorted(types))
            both = [(source, target, "-", "->")] if source is not target else []
            both += [(target, source, "<-", "-")] if source is not target else []
            both = both or [(source, source, "-", "-")]
            for here, there, left, right in both:
                if here.name not in ids:
                    continue
                cypher = (
                    f"MATCH (a:{here.name}){left}[t:{joined}]{right}(b:{there.name}) "
                    f"WHERE a.{here.key} IN $ids AND NOT id(a) = id(b) "
                    f"RETURN a.{here.key} AS id, count(DISTINCT b.{there.key}) AS n"
                )
                for row in self._run(cypher, {"ids": ids[here.name]}, 120).to_pylist():
                    ref = f"{here.kind}:{row['id']}"
                    neighbours[ref] = neighbours.get(ref, 0) + int(row["n"])
        return neighbours

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
        counts = self._neighbour_counts(inside)
        hidden = {ref: max(0, counts.get(ref, 0) - len(drawn[ref])) for ref in sorted(inside)}
        return Subgraph(tuple(nodes), tuple(edges), hidden)

    def _shown(self, refs: Iterable[str]) -> tuple[str, ...]:
        with_lookups = any(ref.startswith("lookup:") for ref in refs)
        return tuple(r.name for r in RELATIONSHIPS if with_lookups or r.name not in LOOKUP_TYPES)


def _directions(types: Iterable[str]) -> Iterator[tuple[Any, Label, Label]]:
    wanted = set(types)
    unknown = sorted(wanted - {r.name for r in RELATIONSHIPS})
    if unknown:
        raise StoreError(
            f"There is no relationship {', '.join(unknown)}.",
            remedy=f"They are {', '.join(r.name for r in RELATIONSHIPS)}.",
        )
    for relationship in RELATIONSHIPS:
        if relationship.name in wanted:
            for source, target in relationship.ends:
                yield relationship, LABEL[source], LABEL[target]


def _by_label(refs: Iterable[str]) -> list[tuple[Label, list[str]]]:
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
        f"n.{_quoted(name)} AS {_quoted(name)}" for name, _ in node_columns(label)
    )


def _nodes(label: Label, rows: list[dict[str, Any]]) -> list[Node]:
    return [
        Node(
            f"{label.kind}:{row[label.key]}",
            label.name,
            {name: row[name] for name, _ in label.properties if row[name] is not None},
        )
        for row in rows
    ]


def _edge(name: str, source: Label, target: Label, row: dict[str, Any]) -> Edge:
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


def _frame(table: pa.Table) -> pd.DataFrame:
    import pyarrow as pa

    frame: pd.DataFrame = table.to_pandas()
    for field in table.schema:
        if pa.types.is_list(field.type) or pa.types.is_large_list(field.type):
            lists: Any = [None if v is None else list(v) for v in frame[field.name]]
            frame[field.name] = lists
    return frame


def _quoted(name: str) -> str:
    return f"`{name}`"


def _first_line(problem: BaseException) -> str:
    return str(problem).strip().splitlines()[0] if str(problem).strip() else type(problem).__name__
