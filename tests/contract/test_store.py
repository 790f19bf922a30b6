"""What every graph store does, whichever engine is behind it."""

from __future__ import annotations

import random
from pathlib import Path

import networkx as nx
import pytest

from linkgraph.errors import StoreError
from linkgraph.graph.schema import LABEL, relationship_columns
from linkgraph.graph.store import GraphStore
from linkgraph.model.graph import LABELS, RELATIONSHIPS
from tests.support.graph import Tie, projection, tie

HOSTILE = [
    "O'Brien",
    'say "hi"',
    "back\\slash",
    "`tick`",
    "line\nbreak",
    "<script>alert(1)</script>",
    "') RETURN 1 //",
    "👮堃喆",
    "person:colon",
]
DEN: list[Tie] = [
    tie("IS", "officer:O1", "person:me"),
    tie("TIE", "person:me", "person:friend", kind="friend", start=100, end=200),
    tie("TIE", "person:boss", "person:friend", kind="business", start=150),
    tie("TIE", "person:me", "person:sister", kind="family"),
    tie("TIE", "person:sister", "person:boss", kind="family"),
    tie("HAS_ROLE", "person:boss", "organisation:den", kind="owner"),
    tie("LOOKED_UP", "officer:O1", "person:boss", n=3, unexplained=2),
    tie("LOOKED_UP", "officer:O1", "vehicle:ABC-1234"),
    tie("OWNS", "person:boss", "vehicle:ABC-1234"),
]


@pytest.fixture
def den(store: GraphStore, tmp_path: Path) -> GraphStore:
    nodes = {"person:boss": {"name": "Boss Lin"}, "organisation:den": {"name": "The Den"}}
    store.load(projection(tmp_path / "p", DEN, nodes))
    return store


def test_an_empty_store_holds_no_graph(store: GraphStore) -> None:
    assert store.loaded() is None
    with pytest.raises(StoreError, match="There is no graph"):
        store.read("MATCH (p:Person) RETURN p.person_id AS id", 10, 5)


def test_a_store_says_whose_graph_it_holds(den: GraphStore) -> None:
    assert den.loaded() == ("Q1", "f1")


def test_loading_replaces_what_was_there(den: GraphStore, tmp_path: Path) -> None:
    den.load(projection(tmp_path / "q", [tie("IS", "officer:O2", "person:x")], fingerprint="f2"))
    assert den.loaded() == ("Q1", "f2")
    assert den.search("boss", 5) == []
    found = den.rows("MATCH (o:Officer) RETURN o.officer_id AS id", {})
    assert found["id"].tolist() == ["O2"]


def test_loading_the_same_twice_changes_nothing(den: GraphStore, tmp_path: Path) -> None:
    den.load(projection(tmp_path / "p", DEN))
    found = den.rows("MATCH (a:Person)-[t:TIE]->(b:Person) RETURN t.tie_id AS id", {})
    assert len(found) == 4


def test_rows_come_with_lists_numbers_and_nulls(den: GraphStore) -> None:
    found = den.rows(
        "MATCH (p:Person) WHERE p.person_id IN $ids "
        "RETURN p.person_id AS id, p.name AS name, [p.person_id, 'x'] AS both, 1 AS one "
        "ORDER BY id",
        {"ids": ["boss", "me"]},
    )
    assert found["both"].tolist() == [["boss", "x"], ["me", "x"]]
    assert found["one"].tolist() == [1, 1]
    assert found["name"].isna().tolist() == [False, True]


def test_a_parameter_that_is_not_given_is_an_error_not_an_empty_answer(den: GraphStore) -> None:
    with pytest.raises(StoreError, match="parameter who"):
        den.rows("MATCH (p:Person) WHERE p.person_id = $who RETURN p.person_id AS id", {})


def test_a_query_that_fails_leaves_the_store_usable(den: GraphStore) -> None:
    for _ in range(2):
        with pytest.raises(StoreError, match="refused the query"):
            den.read("MATCH (p:Person) RETURN nothing AS x", 10, 5)
    assert len(den.read("MATCH (p:Person) RETURN p.person_id AS id", 10, 5)) == 4


def test_a_users_query_is_cut_at_its_limit(den: GraphStore) -> None:
    assert len(den.read("MATCH (p:Person) RETURN p.person_id AS id;", 2, 5)) == 2


def test_a_users_query_is_stopped_when_its_time_is_over(store: GraphStore, tmp_path: Path) -> None:
    ties = [tie("TIE", f"person:{i}", f"person:{i + 1}") for i in range(400)]
    store.load(projection(tmp_path / "p", ties))
    everyone = ", ".join(f"(p{i}:Person)" for i in range(5))
    chain = " AND ".join(f"p{i}.person_id <> p{i + 1}.person_id" for i in range(4))
    with pytest.raises(StoreError, match="took longer"):
        store.read(f"MATCH {everyone} WHERE {chain} RETURN count(*) AS n", 10, 0.2)


@pytest.mark.parametrize(
    "query",
    [
        "CREATE (p:Person {person_id: 'new'})",
        "MATCH (p:Person) SET p.name = 'x'",
        "MATCH (p:Person) DETACH DELETE p",
        "MATCH (p:Person) RETURN p.person_id AS id; MATCH (p:Person) DELETE p",
        "CALL show_tables() RETURN *",
    ],
)
def test_a_users_query_that_writes_is_refused(den: GraphStore, query: str) -> None:
    with pytest.raises(StoreError):
        den.read(query, 10, 5)
    assert len(den.read("MATCH (p:Person) RETURN p.name AS name", 10, 5)) == 4


def test_all_shortest_paths_are_found_in_order_from_the_source(den: GraphStore) -> None:
    found = den.paths("officer:O1", "organisation:den", max_hops=6, limit=10, at=None)
    assert [[node.ref for node in path.nodes] for path in found] == [
        ["officer:O1", "person:me", "person:friend", "person:boss", "organisation:den"],
        ["officer:O1", "person:me", "person:sister", "person:boss", "organisation:den"],
    ]
    assert [edge.type for edge in found[0].edges] == ["IS", "TIE", "TIE", "HAS_ROLE"]


def test_the_log_ties_nobody_unless_it_is_asked_for(den: GraphStore) -> None:
    (path,) = den.paths(
        "officer:O1", "person:boss", max_hops=4, limit=10, at=None, types=("LOOKED_UP",)
    )
    assert [edge.properties["unexplained"] for edge in path.edges] == [2]


def test_a_path_at_a_time_uses_only_ties_that_hold_then(den: GraphStore) -> None:
    def through(at: int) -> set[str]:
        found = den.paths("person:me", "person:boss", max_hops=4, limit=10, at=at)
        return {path.nodes[1].ref for path in found}

    assert through(149) == {"person:sister"}
    assert through(150) == {"person:friend", "person:sister"}
    assert through(199) == {"person:friend", "person:sister"}
    assert through(200) == {"person:sister"}


def test_a_path_too_long_or_to_nobody_is_none_or_an_error(den: GraphStore) -> None:
    assert den.paths("officer:O1", "organisation:den", max_hops=3, limit=9, at=None) == []
    with pytest.raises(StoreError, match="no person:nobody"):
        den.paths("officer:O1", "person:nobody", max_hops=3, limit=9, at=None)
    with pytest.raises(StoreError, match="names no node"):
        den.paths("officer:O1", "ghost:1", max_hops=3, limit=9, at=None)


def test_a_neighbourhood_grows_from_the_nearest_and_counts_what_it_hides(den: GraphStore) -> None:
    near = den.neighbourhood(("person:me",), hops=1, limit=10)
    assert [node.ref for node in near.nodes] == [
        "officer:O1",
        "person:friend",
        "person:me",
        "person:sister",
    ]
    assert near.hidden == {
        "officer:O1": 2,
        "person:friend": 1,
        "person:me": 0,
        "person:sister": 1,
    }
    assert len(den.neighbourhood(("person:me",), hops=3, limit=3).nodes) == 3
    tied = den.neighbourhood(("person:me",), hops=3, limit=99, types=("TIE",))
    assert {node.label for node in tied.nodes} == {"Person"}


def test_a_subgraph_is_the_given_nodes_and_every_edge_among_them(den: GraphStore) -> None:
    found = den.subgraph(("person:boss", "vehicle:ABC-1234", "officer:O1", "person:nobody"))
    assert [(e.type, e.source, e.target) for e in found.edges] == [
        ("LOOKED_UP", "officer:O1", "person:boss"),
        ("LOOKED_UP", "officer:O1", "vehicle:ABC-1234"),
        ("OWNS", "person:boss", "vehicle:ABC-1234"),
    ]
    assert found.hidden["person:boss"] == 3


def test_search_looks_in_ids_names_and_texts_whatever_the_case(den: GraphStore) -> None:
    assert [node.ref for node in den.search("DEN", 9)] == ["organisation:den"]
    assert [node.ref for node in den.search("lin", 9)] == ["person:boss"]
    assert [node.ref for node in den.search("abc-1234", 9)] == ["vehicle:ABC-1234"]
    assert den.search("  ", 9) == []


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_and_ids_are_only_text(store: GraphStore, tmp_path: Path, name: str) -> None:
    ref = f"person:{name}"
    store.load(
        projection(tmp_path / "p", [tie("TIE", ref, "person:b", kind=name)], {ref: {"name": name}})
    )
    (path,) = store.paths(ref, "person:b", max_hops=2, limit=2, at=None)
    assert (path.nodes[0].properties["name"], path.edges[0].kind) == (name, name)
    assert [node.ref for node in store.search(name, 2)] == [ref]
    found = store.rows("MATCH (p:Person) WHERE p.person_id = $id RETURN p.name AS n", {"id": name})
    assert found["n"].tolist() == [name]


def test_hostile_text_in_every_identifier_and_property_is_stored_as_it_is(
    store: GraphStore, tmp_path: Path
) -> None:
    nodes = {
        f"{label.kind}:{text}": {name: text for name, kind in label.properties if kind == "text"}
        for label in LABELS
        for text in HOSTILE
    }
    ties = [
        tie(
            relationship.name,
            f"{LABEL[source].kind}:{text}",
            f"{LABEL[target].kind}:{HOSTILE[number - 1]}",
            **{
                name: text
                for name, kind in relationship_columns(relationship)
                if kind == "text" and name != "tie_id"
            },
        )
        for relationship in RELATIONSHIPS
        for source, target in relationship.ends
        for number, text in enumerate(HOSTILE)
    ]
    store.load(projection(tmp_path / "p", ties, nodes))
    found = store.subgraph(tuple(nodes))
    assert {node.ref: dict(node.properties) for node in found.nodes} == nodes
    assert len(found.edges) == len(ties)
    for edge in found.edges:
        text = edge.source.partition(":")[2]
        shown = [value for value in edge.properties.values() if isinstance(value, str)]
        assert {edge.kind, *shown} == {text}


@pytest.mark.parametrize("seed", range(5))
def test_paths_and_neighbourhoods_agree_with_networkx(
    store: GraphStore, tmp_path: Path, seed: int
) -> None:
    dice = random.Random(seed)
    drawn = {tuple(sorted(dice.sample(range(25), 2))) for _ in range(32)}
    oracle = nx.Graph()
    oracle.add_edges_from((f"person:{a}", f"person:{b}") for a, b in sorted(drawn))
    ties = [tie("TIE", f"person:{a}", f"person:{b}") for a, b in sorted(drawn)]
    store.load(projection(tmp_path / "p", ties))
    refs = sorted(oracle)
    for source, target in [dice.sample(refs, 2) for _ in range(8)]:
        found = store.paths(source, target, max_hops=5, limit=999, at=None)
        ours = sorted([node.ref for node in path.nodes] for path in found)
        theirs: list[list[str]] = []
        if nx.has_path(oracle, source, target):
            theirs = sorted(nx.all_shortest_paths(oracle, source, target))
        assert ours == [path for path in theirs if len(path) <= 6]
    near = store.neighbourhood((refs[0],), hops=2, limit=999)
    assert {node.ref for node in near.nodes} == set(nx.ego_graph(oracle, refs[0], radius=2))
    inside = {node.ref for node in near.nodes}
    assert near.hidden == {ref: len(set(oracle[ref]) - inside) for ref in sorted(inside)}
