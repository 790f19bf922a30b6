"""The graph under an inquiry: projection, store, analyses.

`open_store` gives the store that a URI names; everything else is imported where it is used.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from linkgraph.errors import StoreError

if TYPE_CHECKING:
    from linkgraph.graph.store import GraphStore

_SERVER = ("bolt://", "bolt+s://", "bolt+ssc://", "neo4j://", "neo4j+s://", "neo4j+ssc://")


def open_store(uri: str, path: Path) -> GraphStore:
    """The store named by `uri`: empty is the embedded one in the file `path`.

    Raises StoreError for a URI that no store of this version answers to.
    """
    if not uri:
        from linkgraph.graph.embedded import EmbeddedStore

        return EmbeddedStore(path)
    if uri.startswith(_SERVER):
        raise StoreError(
            f"The store {uri.rpartition('@')[2]!r} is a Neo4j server, which needs the `neo4j` "
            "extra; this version has the embedded store only.",
            remedy="Leave --store empty.",
        )
    raise StoreError(
        f"{uri!r} names no graph store.", remedy="Leave --store empty for the embedded one."
    )
