"""The graph of an inquiry, made from the ledger when it is missing or stale."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linkgraph.errors import StoreError

if TYPE_CHECKING:
    from linkgraph.api.base import Base
    from linkgraph.graph.store import GraphStore, Projection
    from linkgraph.inquiries import Inquiry

Progress = Callable[[str, int, int], None]

LOADED = "graph.load"
"""The activity of putting an inquiry's graph on a server."""

_GRAPH_FILE = "embedded.lbdb"


@dataclass(frozen=True)
class Graph:
    """A store that holds the inquiry's graph, and the projection it was loaded from."""

    store: GraphStore
    projection: Projection
    inquiry: Inquiry


def folder_of(workspace: Base, inquiry_id: str) -> Path:
    """Where everything that an inquiry joined lies."""
    return workspace.folder.graphs_path / inquiry_id


def projected(workspace: Base, inquiry: Inquiry, *, progress: Progress | None = None) -> Projection:
    """The inquiry's graph as files, which no store is needed for; see `opened`."""
    from linkgraph.graph.projection import project

    place = folder_of(workspace, inquiry.id)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return project(
        workspace.ledger,
        workspace.screening(progress),
        inquiry,
        place / "projection",
        progress=progress,
    )


@contextmanager
def opened(
    workspace: Base,
    inquiry: Inquiry,
    *,
    store: str | None = None,
    progress: Progress | None = None,
) -> Iterator[Graph]:
    """The inquiry's graph in the store named by a URI (None: the workspace's setting).

    Whoever calls has passed the gate with `inquiry`.  The store is closed at the end.
    """
    from linkgraph.graph import open_store

    projection = projected(workspace, inquiry, progress=progress)
    uri = workspace.settings.store if store is None else store
    opened_store = open_store(uri, folder_of(workspace, inquiry.id) / _GRAPH_FILE, inquiry.id)
    try:
        if opened_store.loaded() != (projection.inquiry_id, projection.fingerprint):
            if uri:
                workspace.log(LOADED, inquiry=inquiry.id, store=uri)
            opened_store.load(projection, progress)
        yield Graph(opened_store, projection, inquiry)
    finally:
        opened_store.close()


def emptied(workspace: Base, inquiry_id: str, *, leave: bool = False) -> list[dict[str, Any]]:
    """Empty every server that holds the inquiry's graph, as the activity log knows them.

    Returns for each its `store` and how many `nodes` it had.  One that cannot be emptied raises
    StoreError, or with `leave` has no `nodes` and says why in `left`.
    """
    from linkgraph.graph import open_server

    stores = {
        str(entry["facts"]["store"])
        for entry in workspace.folder.activity.entries()
        if entry["action"] == LOADED and entry["facts"].get("inquiry") == inquiry_id
    }
    found: list[dict[str, Any]] = []
    for uri in sorted(stores):
        try:
            server = open_server(uri, inquiry_id)
            try:
                found.append({"store": uri, "nodes": server.clear()})
            finally:
                server.close()
        except StoreError as problem:
            if not leave:
                raise
            found.append({"store": uri, "nodes": None, "left": problem.message})
    return found
