"""Every query file, path and neighbourhood gives the same rows, order and types on every store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from linkgraph.api.queries import stored
from linkgraph.graph.projection import project
from linkgraph.graph.runner import hits
from linkgraph.graph.store import GraphStore, Subgraph
from linkgraph.inquiries import Inquiry
from linkgraph.ledger import Ledger
from linkgraph.ledger.load import load
from linkgraph.screen import Screening, screen
from linkgraph.simulate import simulate
from linkgraph.workspace import Settings
from tests.contract.stores import STORES
from tests.graph.world import ZONE, inquiry, moment
from tests.real.conftest import real_data

pytestmark = pytest.mark.neo4j
MAPPINGS = Path(__file__).parents[2] / "examples" / "mappings"


@dataclass(frozen=True)
class Both:
    """One graph in the embedded engine and on a Neo4j server."""

    embedded: GraphStore
    neo4j: GraphStore
    ledger: Ledger
    screening: Screening
    inquiry: Inquiry


def in_both(folder: Path, ledger: Ledger, covered: Inquiry) -> Iterator[Both]:
    screening = screen(ledger, Settings(), folder / "screen")
    graph = project(ledger, screening, covered, folder / "p")
    embedded, server = STORES["embedded"](folder), STORES["neo4j"](folder)
    for store in (embedded, server):
        store.load(graph)
    yield Both(embedded, server, ledger, screening, covered)
    for store in (embedded, server):
        store.close()


@pytest.fixture(scope="module")
def force(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """A simulated force, ten days of its look-ups."""
    folder = tmp_path_factory.mktemp("force")
    simulate(folder / "files", officers=20, months=1, seed=5)
    load(folder / "ledger", [folder / "files"], timezone=ZONE)
    covered = inquiry(start=moment("2024-07-01"), end=moment("2024-07-11"))
    yield from in_both(folder, Ledger.open(folder / "ledger"), covered)


def test_every_analysis_gives_the_same_hit_rows(force: Both) -> None:
    found = [
        hits(store, force.ledger, force.screening, force.inquiry)
        for store in (force.embedded, force.neo4j)
    ]
    assert sorted(found[0]) == sorted(found[1])
    assert sum(len(frame) for frame in found[0].values()) > 100
    for name, frame in found[0].items():
        pd.testing.assert_frame_equal(frame, found[1][name], obj=name)


@pytest.mark.parametrize("name", [query.name for query in stored()])
def test_every_stored_query_gives_the_same_rows(force: Both, name: str) -> None:
    query = next(query for query in stored() if query.name == name)
    wanted = {"officer_id": "officer", "person_id": "person", "organisation_id": "organisation"}
    refs = _sample(force.embedded)
    answers = []
    for store in (force.embedded, force.neo4j):
        frames = []
        for number in range(3):
            given = {
                parameter: refs[wanted[parameter]][number].partition(":")[2]
                for parameter in query.parameters
                if parameter in wanted
            }
            text = {"text": "王"} if "text" in query.parameters else {}
            frame = store.rows(query.cypher, {**query.parameters, **given, **text})
            order = [] if "ORDER BY" in query.cypher else list(frame.columns)
            frames.append(frame.sort_values(order, ignore_index=True) if order else frame)
        answers.append(frames)
    for one, other in zip(*answers, strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_paths_neighbourhoods_and_searches_are_the_same(force: Both) -> None:
    refs = _sample(force.embedded)
    pairs = zip(refs["officer"][:6], reversed(refs["organisation"][:6]), strict=True)
    questions: list[Any] = [
        lambda store, a=a, b=b: store.paths(a, b, max_hops=5, limit=50, at=None) for a, b in pairs
    ]
    questions += [
        lambda store, ref=ref: store.neighbourhood((ref,), hops=2, limit=60)
        for ref in (*refs["officer"][:3], *refs["person"][:3], *refs["organisation"][:3])
    ]
    questions += [lambda store, text=text: store.search(text, 20) for text in ("王", "KH", "1")]
    questions.append(lambda store: store.subgraph(tuple(refs["person"] + refs["officer"])))
    for number, question in enumerate(questions):
        assert question(force.embedded) == question(force.neo4j), number


@pytest.mark.real
def test_the_pole_graph_is_the_same(tmp_path: Path) -> None:
    load(tmp_path / "ledger", [real_data("pole")], mapping=MAPPINGS / "pole.yaml", timezone=ZONE)
    covered = inquiry(start=moment("2017-01-01"), end=moment("2018-01-01"))
    for both in in_both(tmp_path, Ledger.open(tmp_path / "ledger"), covered):
        assert _answers_of_pole(both.embedded) == _answers_of_pole(both.neo4j)


def _answers_of_pole(store: GraphStore) -> list[Subgraph]:
    """Paths among forty people, and what lies around the officer with most crimes and others."""
    busiest = store.read(
        "MATCH (o:Officer)-[a:ASSIGNED_TO]->(c:PoliceCase) "
        "RETURN o.officer_id AS id, count(*) AS n ORDER BY n DESC, id",
        1,
        60,
    )["id"][0]
    ids = store.read("MATCH (p:Person) RETURN p.person_id AS id ORDER BY id", 40, 60)["id"]
    people = [f"person:{id_}" for id_ in ids]
    chains = [
        path
        for a, b in zip(people, people[20:], strict=False)
        for path in store.paths(a, b, max_hops=6, limit=20, at=None)
    ]
    around = [
        store.neighbourhood((ref,), hops=2, limit=200)
        for ref in (f"officer:{busiest}", *people[:5])
    ]
    return [*chains, *around, store.subgraph(tuple(people))]


_TIED = {
    "officer": "MATCH (n:Officer)-[:`IS`]->(p:Person)",
    "person": "MATCH (n:Person)-[:HAS_ROLE]->(g:Organisation)",
    "organisation": "MATCH (p:Person)-[:HAS_ROLE]->(n:Organisation)",
}


def _sample(store: GraphStore) -> dict[str, list[str]]:
    """A dozen refs of each kind that have ties, spread over the ids."""
    found = {}
    for kind, match in _TIED.items():
        ids = store.read(f"{match} RETURN DISTINCT n.{kind}_id AS id ORDER BY id", 9999, 60)["id"]
        found[kind] = [f"{kind}:{id_}" for id_ in ids[:: max(1, len(ids) // 12)]]
    return found
