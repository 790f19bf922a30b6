"""What is stored is stored once, whatever happens on the way."""

from __future__ import annotations

import threading
from pathlib import Path

import neo4j
import pyarrow.parquet as pq
import pytest

from linkgraph.errors import StoreError
from linkgraph.graph.neo4j import Neo4jStore, loading
from linkgraph.graph.store import Projection
from tests.support.graph import projection, tie
from tests.support.neo4j import Server
from tests.support.neo4j.server import USER
from tests.support.neo4j.shared import store_on

pytestmark = pytest.mark.neo4j
PEOPLE = 120
TIES = [tie("TIE", f"person:{i}", f"person:{(i * 7 + 1) % PEOPLE}") for i in range(PEOPLE)]


class PowerCutError(Exception):
    """The client dies."""


def circle(folder: Path, fingerprint: str = "f1", inquiry_id: str = "Q1") -> Projection:
    return projection(folder / fingerprint, TIES, inquiry_id=inquiry_id, fingerprint=fingerprint)


def counts(server: Server) -> tuple[int, int]:
    """Persons and ties, as the server counts them."""
    with (
        neo4j.GraphDatabase.driver(server.uri, auth=(USER, server.password)) as driver,
        driver.session(database="neo4j") as session,
    ):
        people = session.run("MATCH (p:Person) RETURN count(p)").single(strict=True)[0]
        ties = session.run("MATCH ()-[t:TIE]->() RETURN count(t)").single(strict=True)[0]
    return people, ties


def write(server: Server, cypher: str) -> None:
    with (
        neo4j.GraphDatabase.driver(server.uri, auth=(USER, server.password)) as driver,
        driver.session(database="neo4j") as session,
    ):
        session.run(cypher).consume()


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of a few rows, so that there are many."""
    monkeypatch.setattr(loading, "BATCH", 10)


def test_a_load_that_died_is_gone_on_with_where_it_stood(
    server: Server, store: Neo4jStore, small: None, tmp_path: Path
) -> None:
    graph = circle(tmp_path)

    def die(_: str, done: int, whole: int) -> None:
        if done >= whole // 2:
            raise PowerCutError

    with pytest.raises(PowerCutError):
        store.load(graph, die)
    assert store.loaded() is None
    with pytest.raises(StoreError, match="is not complete: loading"):
        store.read("MATCH (p:Person) RETURN p.person_id AS id", 5, 5)

    seen: list[int] = []
    again = store_on(server)
    again.load(graph, lambda _, done, __: seen.append(done))
    again.close()
    assert seen[0] >= PEOPLE // 2
    assert counts(server) == (PEOPLE, PEOPLE)
    assert store.loaded() == ("Q1", "f1")


def test_a_batch_whose_answer_was_lost_is_not_stored_twice(
    server: Server, store: Neo4jStore, small: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_once = type(store.connection).write

    def lossy(self: object, work: object) -> object:
        """Every transaction is committed, its answer lost, and sent again."""
        write_once(self, work)  # type: ignore[arg-type]
        return write_once(self, work)  # type: ignore[arg-type]

    monkeypatch.setattr(type(store.connection), "write", lossy)
    store.load(circle(tmp_path))
    assert counts(server) == (PEOPLE, PEOPLE)


def test_two_loads_of_one_graph_share_the_work(server: Server, small: None, tmp_path: Path) -> None:
    graph = circle(tmp_path)
    failures: list[BaseException] = []

    def load() -> None:
        mine = store_on(server)
        try:
            mine.load(graph)
        except BaseException as problem:
            failures.append(problem)
        finally:
            mine.close()

    both = [threading.Thread(target=load) for _ in range(3)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert failures == []
    assert counts(server) == (PEOPLE, PEOPLE)


def test_a_later_load_of_the_inquiry_replaces_one_under_way(
    server: Server, store: Neo4jStore, small: None, tmp_path: Path
) -> None:
    later = store_on(server)

    def overtake(what: str, done: int, whole: int) -> None:
        if done == whole // 2:
            later.load(circle(tmp_path, "f2"))

    with pytest.raises(StoreError, match="Another load has replaced this one"):
        store.load(circle(tmp_path), overtake)
    later.close()
    assert store.loaded() == ("Q1", "f2")
    assert counts(server) == (PEOPLE, PEOPLE)


def test_another_inquirys_graph_is_neither_read_nor_replaced(
    server: Server, store: Neo4jStore, tmp_path: Path
) -> None:
    store.load(circle(tmp_path))
    other = store_on(server, "Q2")
    with pytest.raises(StoreError, match="holds the graph of inquiry 'Q1', not of 'Q2'"):
        other.read("MATCH (p:Person) RETURN p.person_id AS id", 5, 5)
    with pytest.raises(StoreError, match="holds the graph of inquiry 'Q1'"):
        other.load(circle(tmp_path, "f2", "Q2"))
    with pytest.raises(StoreError, match="holds the graph of inquiry 'Q1'"):
        other.clear()
    other.close()
    assert counts(server) == (PEOPLE, PEOPLE)


def test_what_linkgraph_did_not_write_is_left_alone(
    server: Server, store: Neo4jStore, tmp_path: Path
) -> None:
    write(server, "CREATE (:Customer {name: 'not ours'})")
    with pytest.raises(StoreError, match="1 nodes that linkgraph did not write"):
        store.load(circle(tmp_path))
    assert store.clear() == 0
    with pytest.raises(StoreError, match="There is no graph"):
        store.search("ours", 5)
    write(server, "MATCH (c:Customer) DELETE c")


def test_what_somebody_else_writes_into_a_graph_is_noticed(
    server: Server, store: Neo4jStore, small: None, tmp_path: Path
) -> None:
    def meddle(what: str, done: int, whole: int) -> None:
        if what == "TIE" and done == PEOPLE:
            write(server, "CREATE (:Person {person_id: 'smuggled in'})")

    with pytest.raises(StoreError, match="holds 121 Person where there are 120"):
        store.load(circle(tmp_path), meddle)
    assert store.loaded() is None


def test_a_tie_without_an_end_is_an_error_and_not_a_gap(store: Neo4jStore, tmp_path: Path) -> None:
    graph = circle(tmp_path)
    people = graph.nodes["Person"]
    pq.write_table(pq.read_table(people).slice(1), people)
    with pytest.raises(StoreError, match="2 of 120 ties TIE have an end that is not in"):
        store.load(graph)


def test_clearing_leaves_nothing(server: Server, store: Neo4jStore, tmp_path: Path) -> None:
    store.load(circle(tmp_path))
    assert store.clear() == PEOPLE
    assert counts(server) == (0, 0)
    assert store.loaded() is None
    assert store.clear() == 0
