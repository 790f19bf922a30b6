"""Files for Neo4j's own importer: taken whole by a real one, or never written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from linkgraph.errors import StoreError, UsageError
from linkgraph.export import write_graph
from linkgraph.graph.embedded import EmbeddedStore
from tests.contract.test_store import HOSTILE
from tests.graph.neo4j.conftest import own  # noqa: F401  a fixture
from tests.support.graph import projection, tie
from tests.support.neo4j import Server
from tests.support.neo4j.shared import store_on

NAMES = [*HOSTILE, "", "a,b", 'c""d', "tab\there", "\r\n", "=cmd()", "trailing\\"]
TIES = [
    tie("IS", "officer:O1", "person:P0"),
    *(tie("TIE", "person:P0", f"person:P{i}", kind=name) for i, name in enumerate(NAMES, 1)),
    *(tie("TIE", f"person:{name}", "person:P1") for name in NAMES if name),
]
NODES = {f"person:P{i}": {"name": name} for i, name in enumerate(NAMES, 1)}


@pytest.mark.neo4j
def test_the_importer_takes_them_and_the_graph_is_the_same(
    own: Server,  # noqa: F811
    tmp_path: Path,
) -> None:
    graph = projection(tmp_path / "p", TIES, NODES)
    *_, script = write_graph(graph, "neo4j", tmp_path / "files")
    own.configure()
    own.run_script(script)
    own.start()
    store = store_on(own)
    assert store.loaded() is None  # constraints and count are still to come
    seen: list[str] = []
    store.load(graph, lambda what, *_: seen.append(what))
    assert seen == ["ready"]
    embedded = EmbeddedStore(tmp_path / "graph.lbdb")
    embedded.load(graph)
    refs = tuple(sorted({f"person:P{i}" for i in range(len(NAMES) + 1)} | {"officer:O1"}))
    assert store.subgraph(refs) == embedded.subgraph(refs)
    assert store.neighbourhood(("person:P1",), hops=1, limit=99) == embedded.neighbourhood(
        ("person:P1",), hops=1, limit=99
    )
    store.close()
    embedded.close()


def test_a_tie_without_an_end_is_named_before_anything_is_written(tmp_path: Path) -> None:
    graph = projection(tmp_path / "p", TIES, NODES)
    people = graph.nodes["Person"]
    pq.write_table(pq.read_table(people).slice(1), people)
    with pytest.raises(StoreError, match=r"ties TIE have no Person at an end, such as 't:"):
        write_graph(graph, "neo4j", tmp_path / "files")
    assert not (tmp_path / "files").exists()


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(UsageError, match="not an empty folder"):
        write_graph(projection(tmp_path / "p", TIES, NODES), "neo4j", tmp_path)
    shutil.rmtree(tmp_path / "p")
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
