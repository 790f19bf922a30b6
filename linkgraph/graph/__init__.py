"""The graph under an inquiry: projection, store, analyses.

`open_store` gives the store that a URI names; everything else is imported where it is used.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from linkgraph.errors import StoreError

if TYPE_CHECKING:
    from types import ModuleType

    from linkgraph.graph.neo4j import Check, Neo4jStore
    from linkgraph.graph.store import GraphStore


def open_store(uri: str, path: Path, inquiry_id: str) -> GraphStore:
    """The store named by `uri` for an inquiry: empty is the embedded one in the file `path`.

    A server is `neo4j://HOST:7687` and its kin, see `neo4j/address.py`; credentials come from the
    environment or the keyring.  Raises StoreError for a URI that no store answers to, and when
    the driver is not installed.
    """
    if not uri:
        from linkgraph.graph.embedded import EmbeddedStore

        return EmbeddedStore(path)
    return open_server(uri, inquiry_id)


def open_server(uri: str, inquiry_id: str) -> Neo4jStore:
    """The store of an inquiry on the Neo4j server that `uri` names; see `open_store`."""
    server = _server()
    address = server.Address.parse(uri)
    store: Neo4jStore = server.Neo4jStore(address, server.credentials(address), inquiry_id)
    return store


def examine(uri: str, inquiry_id: str = "") -> list[Check]:
    """What stands in the way of the server that `uri` names, as `doctor` shows it."""
    server = _server()
    address = server.Address.parse(uri)
    return list(server.examine(address, server.credentials(address), inquiry_id))


def _server() -> ModuleType:
    try:
        from linkgraph.graph import neo4j
    except ModuleNotFoundError as problem:
        raise StoreError(
            "A Neo4j server needs the `neo4j` extra, which is not installed.",
            remedy="Install it with `pip install 'linkgraph[neo4j]'`, or leave --store empty.",
        ) from problem
    return neo4j
