"""What a user of Neo4j Browser opens: queries that run and draw, colours of the views."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import neo4j
import pytest

from linkgraph.analyses.cypher import cypher_folder
from linkgraph.graph.neo4j import Neo4jStore
from linkgraph.model.graph import LABELS, RELATIONSHIPS
from linkgraph.views.grass import grass
from linkgraph.views.style import KIND
from tests.contract.test_store import DEN
from tests.support.graph import projection
from tests.support.neo4j import Server
from tests.support.neo4j.server import USER

QUERIES = sorted((cypher_folder() / "browser").glob("*.cypher"))
GIVEN = {"officer_id": "O1", "person_id": "boss", "organisation_id": "den"}


@pytest.mark.neo4j
@pytest.mark.parametrize("path", QUERIES, ids=[path.stem for path in QUERIES])
def test_a_saved_query_runs_and_gives_something_to_draw(
    server: Server, store: Neo4jStore, tmp_path: Path, path: Path
) -> None:
    store.load(projection(tmp_path / "p", DEN, {"person:boss": {"name": "Boss Lin"}}))
    text = path.read_text(encoding="utf-8")
    assert re.match(r"// [A-Z].+\n", text), "Browser names a saved query by its first line"
    with (
        neo4j.GraphDatabase.driver(server.uri, auth=(USER, server.password)) as driver,
        driver.session(database="neo4j", default_access_mode="READ") as session,
    ):
        records: list[dict[str, Any]] = [dict(r) for r in session.run(text, GIVEN)]
    assert any(value is not None for record in records for value in record.values())


def test_the_style_sheet_knows_every_label_and_type_in_the_colours_of_the_views() -> None:
    sheet = grass()
    for label in LABELS:
        (rule,) = re.findall(rf"^node\.{label.name} \{{(.+)\}}$", sheet, re.MULTILINE)
        assert f"color: {KIND[label.kind].color};" in rule
        caption = re.search(r"caption: '\{(\w+)\}'", rule)
        assert caption is not None
        assert caption[1] in {label.key, *(name for name, _ in label.properties)}
    for relationship in RELATIONSHIPS:
        assert f"relationship.{relationship.name} {{" in sheet
