from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from linkgraph.graph.neo4j import Neo4jStore
from tests.support.neo4j import Server, UnavailableError, jars
from tests.support.neo4j.shared import emptied, go_without, shared, store_on


@pytest.fixture
def server() -> Server:
    """The shared server, with nothing in its database."""
    return emptied(shared())


@pytest.fixture
def store(server: Server) -> Iterator[Neo4jStore]:
    """A store for inquiry Q1 on the empty shared server."""
    made = store_on(server)
    yield made
    made.close()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Server]:
    """A server that is not running yet, for a test to start, kill and set up as it likes."""
    try:
        jars()
    except UnavailableError as problem:
        go_without(str(problem))
    made = Server(tmp_path / "server")
    yield made
    made.discard()
