"""`doctor` names the first thing that stands in the way of a server."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkgraph.graph.neo4j import Address, Credentials, Neo4jStore, examine
from tests.graph.neo4j.test_loading import circle, write
from tests.support.neo4j import Server
from tests.support.neo4j.replay import old_server
from tests.support.neo4j.server import USER

pytestmark = pytest.mark.neo4j


def told(uri: str, password: str, inquiry_id: str = "") -> dict[str, tuple[str, str]]:
    found = examine(Address.parse(uri), Credentials(USER, password), inquiry_id)
    return {item.check: (item.result, item.about) for item in found}


def test_a_server_in_order(server: Server, store: Neo4jStore, tmp_path: Path) -> None:
    fresh = told(server.uri, server.password)
    assert {result for result, _ in fresh.values()} == {"ok"}
    assert fresh["store version"] == ("ok", "Neo4j 5.26.31, community edition")
    assert fresh["store graph"] == ("ok", "none yet")
    store.load(circle(tmp_path))
    assert told(server.uri, server.password, "Q1")["store graph"] == ("ok", "of inquiry Q1")


def test_another_inquirys_graph_and_foreign_data_fail(
    server: Server, store: Neo4jStore, tmp_path: Path
) -> None:
    store.load(circle(tmp_path))
    result, about = told(server.uri, server.password, "Q2")["store graph"]
    assert (result, "inquiry 'Q1', not of 'Q2'" in about) == ("failed", True)
    store.clear()
    write(server, "CREATE (:Customer)")
    assert told(server.uri, server.password)["store graph"] == (
        "failed",
        "1 nodes that linkgraph did not write",
    )
    write(server, "MATCH (c:Customer) DELETE c")


def test_the_examination_leaves_no_trace(server: Server) -> None:
    told(server.uri, server.password)
    assert told(server.uri, server.password)["store graph"] == ("ok", "none yet")


def test_it_stops_at_what_stands_in_the_way(server: Server) -> None:
    nothing = told("bolt://127.0.0.1:1", "x")
    assert nothing == {"store address": ("failed", "127.0.0.1:1: nothing answers")}
    wrong = told(server.uri, "wrong")
    assert list(wrong) == ["store address", "store"]
    assert "name or password is wrong" in wrong["store"][1]
    with old_server() as uri:
        assert "is version 4.4.38" in told(uri, "x")["store"][1]


def test_a_finished_graph_on_a_read_only_server_is_a_warning(own: Server, tmp_path: Path) -> None:
    own.start()
    own.stop()
    own.start({"server.databases.read_only": "neo4j"})
    result, about = told(own.uri, own.password)["store rights"]
    assert (result, about.startswith("may read, not write")) == ("warning", True)
