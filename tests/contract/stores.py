"""The stores that the contract is run against; a further one is one more entry."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from linkgraph.graph.embedded import EmbeddedStore
from linkgraph.graph.store import GraphStore

STORES: dict[str, Callable[[Path], GraphStore]] = {
    "embedded": lambda folder: EmbeddedStore(folder / "graph.lbdb"),
}
