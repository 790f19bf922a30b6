"""Which branches of a union can give rows."""

from __future__ import annotations

from linkgraph.graph.branches import branches, live, matched_types

QUERY = """\
MATCH (a:Person)
WHERE $k >= 1
RETURN a.person_id AS id

UNION ALL

MATCH (b:Person)
OPTIONAL MATCH (b)-[t:TIE]-(c:Person)
WHERE $k >= 9
WITH b
MATCH (b)-[s:TIE]-(d:Person)
WHERE EXISTS { MATCH (d)-[u:TIE]-(e:Person) WHERE $k >= 9 }
  AND $k >= 3 AND $max_ties > 2
RETURN b.person_id AS id
"""


def test_a_union_has_its_branches() -> None:
    assert [part.split()[1] for part in branches(QUERY)] == ["(a:Person)", "(b:Person)"]


def test_a_branch_whose_guard_is_false_is_left_out() -> None:
    assert len(live(QUERY, {"k": 3, "max_ties": 3})) == 2
    assert len(live(QUERY, {"k": 2, "max_ties": 3})) == 1
    assert len(live(QUERY, {"k": 3, "max_ties": 2})) == 1
    assert live(QUERY, {"k": 0, "max_ties": 2}) == []


def test_a_branch_needs_the_ties_that_it_matches_but_not_those_it_may_find() -> None:
    query = (
        "MATCH (a:Officer)-[i:`IS`]->(b:Person)\n"
        "OPTIONAL MATCH (b)-[r:HAS_ROLE]->(g:Organisation)\n"
        "WHERE NOT EXISTS { MATCH (b)-[t:TIE]-(c:Person) }\n"
        "MATCH (a)-[l:LOOKED_UP]->(b)\nRETURN 1 AS x\n"
    )
    assert matched_types(query) == {"IS", "LOOKED_UP"}
