"""What a user's own query may do on a server, and what comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkgraph.errors import StoreError
from linkgraph.graph.neo4j import Neo4jStore
from linkgraph.graph.store import QueryWarning
from tests.graph.neo4j.test_loading import circle
from tests.support.neo4j import Server
from tests.support.neo4j.shared import store_on

pytestmark = pytest.mark.neo4j


@pytest.fixture
def held(store: Neo4jStore, tmp_path: Path) -> Neo4jStore:
    store.load(circle(tmp_path))
    return store


@pytest.mark.parametrize(
    "query",
    [
        "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
        "MATCH (p:Person) CALL { LOAD CSV FROM 'http://127.0.0.1/x' AS l RETURN l } RETURN l",
        "CALL dbms.components()",
        "CALL db.createLabel('X')",
        "MATCH (p:Person) CALL db.propertyKeys() YIELD propertyKey RETURN propertyKey",
        "CALL { CREATE (:X) } IN TRANSACTIONS",
        "SHOW USERS",
        "CREATE USER eve SET PASSWORD 'evil-eve-1'",
        "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'",
        "TERMINATE TRANSACTION 'neo4j-transaction-1'",
        "USE system SHOW USERS",
        "MATCH (p:Person) SET p:Suspect",
        "MATCH (p:Person) REMOVE p.name",
        "MERGE (:Person {person_id: 'new'})",
        "FOREACH (x IN [1] | CREATE (:X))",
        "PROFILE CREATE (:X)",
        "MATCH (p:Person) RETURN apoc.cypher.runFirstColumnSingle('CREATE (n) RETURN n', {})",
        "CYPHER runtime=slotted MATCH (p) DELETE p",
        "INSERT (:X)",
        "/* MATCH */ CREATE (:X)",
        "MATCH (p:Person) RETURN 1; CREATE (:X)",
        "MATCH (p:Person) RETURN 1 UNION CREATE (:X) RETURN 1",
        "MATCH (p:Person) RETURN 1 NEXT CREATE (:X)",
    ],
)
def test_a_query_that_does_more_than_read_never_reaches_the_server(
    held: Neo4jStore, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    held.loaded()
    monkeypatch.setattr(held.connection, "ask", lambda *_: pytest.fail("it was sent"))
    with pytest.raises(StoreError, match=r"refused|more than one statement"):
        held.read(query, 5, 5)


def test_the_server_too_refuses_to_write_for_a_reader(held: Neo4jStore) -> None:
    with pytest.raises(StoreError, match="it would write"):
        held.connection.ask("CREATE (:X)", {}, 5)


def test_nodes_ties_paths_and_times_come_back_as_something_to_read(held: Neo4jStore) -> None:
    found = held.read(
        "MATCH p = (a:Person)-[t:TIE]->(b:Person) WHERE a.person_id = '1' "
        "RETURN a AS node, t AS tie, p AS path, datetime('2024-07-15T10:00:00Z') AS at, "
        "[1, 2] AS numbers, {a: 1} AS map",
        5,
        5,
    )
    row = found.iloc[0]
    assert row["node"] == {"person_id": "1"}
    assert row["tie"]["tie_id"] == "t:1"
    assert len(row["path"]) == 3
    assert row["at"].startswith("2024-07-15T10:00:00")
    assert (row["numbers"], row["map"]) == ([1, 2], {"a": 1})


def test_a_mixed_column_and_an_empty_answer_are_no_failure(held: Neo4jStore) -> None:
    assert held.read("UNWIND [1, 'a', null] AS x RETURN x", 5, 5)["x"].tolist()[:2] == ["1", "a"]
    empty = held.read("MATCH (p:Person) WHERE p.person_id = 'none' RETURN p.name AS name", 5, 5)
    assert (list(empty.columns), len(empty)) == (["name"], 0)


def test_a_slip_in_a_name_is_a_warning_and_not_an_empty_answer(held: Neo4jStore) -> None:
    held.read("MATCH (v:Vehicle) RETURN v.colour AS colour", 5, 5)  # of the model, only not there
    with pytest.warns(QueryWarning, match=r"label `Persn` does not exist.*line 1"):
        held.read("MATCH (p:Persn) RETURN p.person_id AS id", 5, 5)


def test_what_one_session_wrote_the_next_one_reads(server: Server, tmp_path: Path) -> None:
    for step in range(3):
        store = store_on(server)
        store.load(circle(tmp_path, f"f{step}"))
        assert store.loaded() == ("Q1", f"f{step}")
        assert store.read("MATCH (p:Person) RETURN count(*) AS n", 1, 5)["n"][0] == 120
        store.close()
