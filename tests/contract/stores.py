"""The stores that the contract is run against; a further one is one more entry."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from linkgraph.graph.embedded import EmbeddedStore
from linkgraph.graph.store import GraphStore
from tests.support.neo4j.shared import emptied, shared, store_on

STORES: dict[str, Callable[[Path], GraphStore]] = {
    "embedded": lambda folder: EmbeddedStore(folder / "graph.lbdb"),
    "neo4j": lambda _: store_on(emptied(shared())),
}
EACH = [
    pytest.param("embedded"),
    pytest.param("neo4j", marks=pytest.mark.neo4j),
]
"""For tests that are run against every store."""
