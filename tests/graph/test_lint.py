"""Every shipped query keeps to the Cypher that all stores understand alike."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from linkgraph.analyses.cypher import cypher_folder, parse_cypher
from linkgraph.graph.lint import problems
from linkgraph.graph.runner import GIVEN

ANALYSES = sorted((cypher_folder() / "analyses").glob("*.cypher"))
EXPLORE = sorted((cypher_folder() / "explore").glob("*.cypher"))


@pytest.mark.parametrize("path", ANALYSES, ids=lambda p: p.stem)
def test_every_analysis_keeps_to_the_subset(path: Path) -> None:
    analysis = parse_cypher(path)
    assert analysis.header.id == path.stem
    assert problems(analysis.query, {*analysis.header.parameters, *GIVEN}) == []


@pytest.mark.parametrize("path", EXPLORE, ids=lambda p: p.stem)
def test_every_stored_query_keeps_to_the_subset(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    head = [line for line in lines if line.startswith("//")]
    fields = yaml.safe_load("\n".join(line[3:] for line in head[:2]))
    assert set(fields["title"]) == {"en", "zh-TW"}
    assert problems("\n".join(lines), set(fields["parameters"])) == []


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("MATCH (a:Person)-[t:TIE*1..3]-(b:Person) RETURN a.person_id AS x", "one hop"),
        ("MATCH (a:Person)-[t:TIE|OWNS]-(b:Person) RETURN a.person_id AS x", "one type"),
        ("MATCH (a)-[t:TIE]-(b:Person) RETURN b.person_id AS x", "no label"),
        ("MATCH (a:Person)-[t]-(b:Person) RETURN b.person_id AS x", "no type"),
        ("MATCH (a:Human) RETURN 1 AS x", "no single label"),
        ("MATCH (a:Person)-[t:LOVES]-(b:Person) RETURN 1 AS x", "no relationship"),
        (
            "MATCH (a:Person)-[t:LIVES_AT]->(h:Address)<-[s:LIVES_AT]-(b:Person)\n"
            "WHERE t.tie_id <> s.tie_id\nRETURN 1 AS x",
            "nodes a and b",
        ),
        (
            "MATCH (a:Person)-[t:LIVES_AT]->(h:Address)<-[s:LIVES_AT]-(b:Person)\n"
            "WHERE a.person_id <> b.person_id\nRETURN 1 AS x",
            "ties t and s",
        ),
        ("MATCH (a:Person)\nWHERE a.person_id = $who\nRETURN 1 AS x", "$who is not declared"),
        ("MATCH (a:Person) RETURN substring(a.name, 1, 2) AS x", "substring()"),
        ("MATCH (a:Person)-[t:TIE]-(b:Person) RETURN t.end AS x", "back quotes"),
        ("MATCH (a:Officer)-[t:IS]->(b:Person) RETURN 1 AS x", "back quotes"),
        ("MATCH (a:Person) RETURN a.name AS x LIMIT 3", "ORDER BY"),
        (
            "MATCH (a:Person)\nRETURN a.name AS x, a.name AS y\n\nUNION ALL\n\n"
            "MATCH (a:Person)\nRETURN a.name AS x, a.person_id AS y",
            "repeat different columns",
        ),
    ],
)
def test_what_leaves_the_subset_is_named(query: str, says: str) -> None:
    assert any(says in text for text in problems(query, ())), problems(query, ())


def test_a_proper_query_has_no_problem() -> None:
    query = (
        "MATCH (a:Person)-[t:TIE]-(b:Person)-[s:TIE]-(c:Person)\n"
        "WHERE a.person_id <> c.person_id AND t.tie_id <> s.tie_id\n"
        "RETURN a.person_id AS x\nORDER BY x\nLIMIT 3"
    )
    assert problems(query, ()) == []
