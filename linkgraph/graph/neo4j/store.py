"""The graph on a Neo4j server: one database per inquiry, read by all, loaded by one.

Community has one database to a server, so one server holds one inquiry; where the edition has
several, each inquiry has its own.  A graph of another inquiry is never read or replaced.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from linkgraph.errors import StoreError
from linkgraph.graph.frames import frame
from linkgraph.graph.guard import only_reads
from linkgraph.graph.hops import HopStore, as_edge, by_label, given, known
from linkgraph.graph.neo4j.answers import table
from linkgraph.graph.neo4j.connection import Connection
from linkgraph.graph.neo4j.loading import Loading, empty
from linkgraph.graph.neo4j.meta import Meta, read_meta
from linkgraph.graph.schema import LABEL, relationship_columns
from linkgraph.graph.store import Edge, Progress, Projection, QueryWarning
from linkgraph.model.graph import LABELS, RELATIONSHIPS, Label

if TYPE_CHECKING:
    import pandas as pd

    from linkgraph.graph.neo4j.address import Address, Credentials

_ANALYSIS_SECONDS = 600.0
_HOP_SECONDS = 120.0
_KEYS = {label.name: label.key for label in LABELS}


class Neo4jStore(HopStore):
    """A GraphStore for `inquiry_id` in a database of a Neo4j server.

    Reads run in READ transactions, which a server refuses to let write, and are tried again
    while it is away.  Nothing is sent before the first call.
    """

    name = "neo4j"

    def __init__(self, address: Address, who: Credentials, inquiry_id: str) -> None:
        self.inquiry_id = inquiry_id
        self.connection = Connection(address, who, inquiry_id)
        self._held = False

    def load(self, projection: Projection, progress: Progress | None = None) -> None:
        """Make the database hold `projection`; one that stopped half-way is gone on with.

        Not atomic: while it loads, the graph is marked as unfinished and nobody reads it.  Does
        nothing if it is there.  Raises StoreError, and changes nothing, when the database holds
        another inquiry's graph, or something that linkgraph did not write.  Cost: 5,000 to
        10,000 rows a second on two cores; `linkgraph export neo4j` is for more.
        """
        self._held = False
        Loading(self.connection, projection, progress).run()

    def loaded(self) -> tuple[str, str] | None:
        """Inquiry id and fingerprint of the graph that is complete there; None if there is none."""
        meta = self._meta()
        return None if meta is None or not meta.ready else (meta.inquiry_id, meta.fingerprint)

    def clear(self) -> int:
        """Delete the inquiry's graph from the database; how many nodes it had, 0 if none.

        Raises StoreError, and deletes nothing, when the database holds something else.
        """
        self._held = False
        return empty(self.connection, self.inquiry_id)

    def rows(self, cypher: str, parameters: Mapping[str, Any]) -> pd.DataFrame:
        """Run a query of `cypher/`; a parameter that it names and is not given is an error."""
        self._must_hold()
        names, rows, _ = self.connection.ask(cypher, given(cypher, parameters), _ANALYSIS_SECONDS)
        return frame(table(names, rows))

    def read(self, cypher: str, limit: int, seconds: float) -> pd.DataFrame:
        """Run a user's own query: refused unless it only reads; cut at `limit` rows.

        What the server notes about it, such as a label that does not exist, is a QueryWarning.
        """
        only_reads(cypher)
        self._must_hold()
        names, rows, notes = self.connection.ask(cypher, {}, seconds, limit)
        for note in notes:
            warnings.warn(note, QueryWarning, stacklevel=2)
        return frame(table(names, rows))

    def close(self) -> None:
        """Give the connection back; the next call opens it again."""
        self.connection.close()

    # ---- what the walks need --------------------------------------------------------------

    def _ask(
        self, cypher: str, parameters: Mapping[str, Any], seconds: float
    ) -> list[dict[str, Any]]:
        self._must_hold()
        names, rows, _ = self.connection.ask(cypher, parameters, seconds)
        return [dict(zip(names, row, strict=True)) for row in rows]

    def _edges(
        self, refs: Iterable[str], types: tuple[str, ...], *, at: int | None = None
    ) -> list[Edge]:
        """One question per label of `refs`: a hop costs a handful of round trips."""
        wanted = known(types)
        found: list[Edge] = []
        for label, ids in by_label(refs):
            joined = _types_at(label, wanted)
            if not joined:
                continue
            when = "AND t.`start` <= $at AND t.`end` > $at" if at is not None else ""
            rows = self._ask(
                f"MATCH (a:{label.name})-[t:{joined}]-(b) WHERE a.{label.key} IN $ids {when} "
                f"RETURN type(t) AS type, a.{label.key} AS here, head(labels(b)) AS label, "
                "b[$keys[head(labels(b))]] AS there, startNode(t) = a AS forth, "
                "properties(t) AS tie",
                {"ids": ids, "keys": _KEYS, **({} if at is None else {"at": at})},
                _HOP_SECONDS,
            )
            found.extend(_edge(label, row) for row in rows)
        return found

    def _neighbour_counts(self, refs: Iterable[str], types: tuple[str, ...]) -> dict[str, int]:
        wanted = known(types)
        counts: dict[str, int] = {}
        for label, ids in by_label(refs):
            joined = _types_at(label, wanted)
            if not joined:
                continue
            rows = self._ask(
                f"MATCH (a:{label.name})-[t:{joined}]-(b) WHERE a.{label.key} IN $ids AND a <> b "
                f"RETURN a.{label.key} AS id, count(DISTINCT b) AS n",
                {"ids": ids},
                _HOP_SECONDS,
            )
            counts |= {f"{label.kind}:{row['id']}": int(row["n"]) for row in rows}
        return counts

    # ---- whose graph it is ----------------------------------------------------------------

    def _meta(self) -> Meta | None:
        return read_meta(self.connection)

    def _must_hold(self) -> None:
        """Once per connection: the database holds this inquiry's graph, and all of it."""
        if self._held:
            return
        meta, where = self._meta(), self.connection.where
        remedy = f"Run `linkgraph analyse --inquiry {self.inquiry_id} --store {where}` to load it."
        if meta is None:
            raise StoreError(f"There is no graph in {where}.", remedy=remedy)
        meta.must_be_of(self.inquiry_id, where)
        if not meta.ready:
            raise StoreError(f"The graph in {where} is not complete: {meta.state}.", remedy=remedy)
        self._held = True


def _types_at(label: Label, wanted: frozenset[str]) -> str:
    """The wanted relationships that can meet a label, for a pattern; empty if none can."""
    return "|".join(
        f"`{relationship.name}`"
        for relationship in RELATIONSHIPS
        if relationship.name in wanted and any(label.name in ends for ends in relationship.ends)
    )


def _edge(label: Label, row: Mapping[str, Any]) -> Edge:
    other = LABEL[row["label"]]
    source, target = (label, other) if row["forth"] else (other, label)
    ends = (row["here"], row["there"]) if row["forth"] else (row["there"], row["here"])
    relationship = next(r for r in RELATIONSHIPS if r.name == row["type"])
    tie = {name: row["tie"].get(name) for name, _ in relationship_columns(relationship)}
    return as_edge(row["type"], source, target, {"from_id": ends[0], "to_id": ends[1], **tie})
