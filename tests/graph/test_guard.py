"""Users' queries: what reads passes, everything else is refused."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkgraph.errors import StoreError
from linkgraph.graph.guard import only_reads
from linkgraph.graph.tokens import tokens

READS = [
    "MATCH (n:Person) RETURN n.name AS name ORDER BY name DESC LIMIT 5",
    "MATCH (n:Person) WHERE n.name = 'CREATE; DROP' RETURN n",
    'MATCH (n:Person) WHERE n.name = "it\'s; DELETE" RETURN n',
    "MATCH (n:Person) // SET x\nRETURN n",
    "MATCH (n:Person) /* CALL\n x */ RETURN n;",
    "MATCH (n:Person) RETURN n.`set` AS `create`, n.load AS copy",
    "match (a:Officer)-[t:`IS`]->(b:Person) with a, collect(b.person_id) as ids return a, ids",
    "OPTIONAL MATCH (n:Person) RETURN CASE WHEN n.name IS NULL THEN 1 ELSE 2 END AS x",
    "UNWIND [1, 2] AS x WITH x WHERE x > 1 RETURN x UNION ALL RETURN 3 AS x",
    "MATCH (n:Person) WHERE NOT EXISTS { MATCH (n)-[t:TIE]-(m:Person) } RETURN DISTINCT n",
    "MATCH (n:Person) WHERE n.name STARTS WITH 'A' AND n.name IN ['AB'] RETURN count(*) AS n",
    "MATCH (n:Person {person_id: 'x'}) RETURN n",
    "MATCH p = (a:Person)-[t:TIE* 1..3]-(b:Person) RETURN p",
]
REFUSED = [
    "CREATE (n:Person {person_id: 'x'})",
    "MERGE (n:Person {person_id: 'x'}) RETURN n",
    "MATCH (n) SET n.name = 'x'",
    "MATCH (n) DELETE n",
    "MATCH (n) DETACH DELETE n",
    "MATCH (n) REMOVE n.name",
    "MATCH (n) RETURN n; DROP TABLE Person",
    "COPY (MATCH (n:Person) RETURN n) TO 'x.csv'",
    "COPY Person FROM 'x.csv'",
    "EXPORT DATABASE 'x'",
    "IMPORT DATABASE 'x'",
    "LOAD FROM '/etc/passwd' RETURN *",
    "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row",
    "LOAD EXTENSION httpfs",
    "INSTALL httpfs",
    "CALL show_tables() RETURN *",
    "MATCH (n) CALL db.labels() YIELD label RETURN label",
    "MATCH (n) CALL { CREATE (m) } RETURN n",
    "ATTACH 'x' AS y",
    "MATCH (n) WITH n FOREACH (x IN [1] | SET n.a = x) RETURN n",
    "MATCH (n) RETURN n UNION LOAD FROM 'x' RETURN *",
    "WITH 1 AS x LOAD FROM 'x' RETURN *",
    "MATCH (n) RETURN n /* */ ; /* */ CREATE (m)",
    "EXPLAIN MATCH (n) RETURN n",
    "PROFILE MATCH (n) RETURN n",
    "BEGIN TRANSACTION",
    "CHECKPOINT",
    "USE other MATCH (n) RETURN n",
    "ALTER TABLE Person ADD x STRING",
    "COMMENT ON TABLE Person IS 'x'",
    "MATCH (n) RETURN n FROBNICATE",
    "MATCH (n) RETURN n 'text' INSTALL x",
    "ＭＡＴＣＨ (n) RETURN n",
    "",
    " ;; ",
    "// only a comment",
    "MATCH (n) RETURN 'open",
    "MATCH (n) RETURN n /* open",
    "MATCH (n) RETURN `open",
]


@pytest.mark.parametrize("query", READS)
def test_what_reads_passes(query: str) -> None:
    only_reads(query)


@pytest.mark.parametrize("query", REFUSED)
def test_everything_else_is_refused(query: str) -> None:
    with pytest.raises(StoreError):
        only_reads(query)


@given(st.text(max_size=80))
def test_any_text_is_judged_without_a_crash(text: str) -> None:
    with contextlib.suppress(StoreError):
        only_reads(text)


@given(st.text(alphabet=st.characters(blacklist_characters="\\'"), max_size=30))
def test_no_string_can_smuggle_a_clause(text: str) -> None:
    only_reads(f"MATCH (n:Person) WHERE n.name = '{text}' RETURN n")
    (literal,) = [token for token in tokens(f"RETURN '{text}' AS x") if token.kind == "text"]
    assert literal.text == text
