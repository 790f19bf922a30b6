"""The server that tests share: one per test process, started when the first one asks."""

from __future__ import annotations

import atexit
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import NoReturn

import pytest

from linkgraph.graph.neo4j import Address, Credentials, Neo4jStore
from tests.support.neo4j.jars import UnavailableError
from tests.support.neo4j.server import USER, Server


def shared() -> Server:
    """A running server; skips the test if there can be none, fails it if one is required."""
    found = _started()
    if not isinstance(found, Server):
        go_without(found)
    return found


def go_without(sentence: str) -> NoReturn:
    """End a test for which there is no server: failed where one is required, else skipped."""
    if "neo4j" in os.environ.get("LINKGRAPH_REQUIRE", ""):
        pytest.fail(sentence)
    pytest.skip(sentence)


def store_on(server: Server, inquiry_id: str = "Q1", uri: str = "") -> Neo4jStore:
    """A store for an inquiry on a test's server."""
    address = Address.parse(uri or server.uri)
    return Neo4jStore(address, Credentials(USER, server.password), inquiry_id)


def emptied(server: Server) -> Server:
    """The server with nothing in its database."""
    import neo4j

    with (
        neo4j.GraphDatabase.driver(server.uri, auth=(USER, server.password)) as driver,
        driver.session(database="neo4j") as session,
    ):
        session.run("MATCH (n) DETACH DELETE n").consume()
    return server


@cache
def _started() -> Server | str:
    folder = tempfile.TemporaryDirectory(prefix="linkgraph-neo4j-", ignore_cleanup_errors=True)
    try:
        server = Server(Path(folder.name)).start()
    except UnavailableError as problem:
        folder.cleanup()
        return str(problem)

    def end() -> None:
        server.kill()
        folder.cleanup()

    atexit.register(end)
    return server
