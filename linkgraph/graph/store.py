"""What a graph store can do, whichever engine is behind it.

Ids on this border are text; nodes are named `kind:id` (`person:A123456789`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import pandas as pd

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done and how much there is."""


@dataclass(frozen=True)
class Projection:
    """A graph laid out as Parquet files, ready for any store to load.

    `nodes`: label -> file with the label's key and properties.
    `relationships`: (type, from label, to label) -> file with `from_id`, `to_id`, `tie_id`,
    `start`, `end`, `kind`, `source` and the type's own properties.
    `fingerprint` changes whenever the ledger, the inquiry or the model does.
    """

    inquiry_id: str
    fingerprint: str
    nodes: Mapping[str, Path]
    relationships: Mapping[tuple[str, str, str], Path]
    left_out: tuple[str, ...] = ()
    """Sentences that say what was not projected and why."""


@dataclass(frozen=True)
class Node:
    """One node: `ref` is `kind:id`."""

    ref: str
    label: str
    properties: Mapping[str, Any]


@dataclass(frozen=True)
class Edge:
    """One relationship between two node refs; `start`, `end` in µs UTC."""

    type: str
    source: str
    target: str
    tie_id: str
    start: int
    end: int
    kind: str
    properties: Mapping[str, Any]


@dataclass(frozen=True)
class Subgraph:
    """Nodes and the edges among them, both sorted; `hidden` is each node's number of
    neighbours that are not in it."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    hidden: Mapping[str, int]


class QueryWarning(UserWarning):
    """What a server notes about a user's query, such as a label that does not exist."""


class GraphStore(Protocol):
    """One graph under one inquiry.  Every method raises `StoreError` with a remedy."""

    name: str

    def load(self, projection: Projection, progress: Progress | None = None) -> None:
        """Replace the graph by `projection`; atomic, idempotent."""

    def loaded(self) -> tuple[str, str] | None:
        """Inquiry id and fingerprint of the graph that is stored, None if there is none."""

    def rows(self, cypher: str, parameters: Mapping[str, Any]) -> pd.DataFrame:
        """Run a linted, read-only query; one column per returned alias, lists as lists."""

    def read(self, cypher: str, limit: int, seconds: float) -> pd.DataFrame:
        """Run a user's own query: refused unless it only reads; cut at `limit` rows."""

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
        """All shortest paths between two nodes, each a chain in order from source to target."""

    def neighbourhood(
        self, refs: tuple[str, ...], *, hops: int, limit: int, types: tuple[str, ...] = ()
    ) -> Subgraph:
        """The nodes within `hops` of `refs`, nearest first, at most `limit` of them."""

    def subgraph(self, refs: tuple[str, ...]) -> Subgraph:
        """The given nodes and every edge among them."""

    def search(self, text: str, limit: int) -> list[Node]:
        """Nodes whose id, name or text contains `text`, case ignored."""

    def close(self) -> None:
        """Give the files or the connection back."""
