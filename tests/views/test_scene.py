"""What a scene holds, what it leaves out and says so, and that order never matters."""

from __future__ import annotations

import json
import random

import pytest

from linkgraph.errors import UsageError
from linkgraph.graph.store import Subgraph
from linkgraph.views.scene import MAX_DRAWN, Evidence, from_subgraph
from tests.support.scenes import crowd, den, den_evidence, edge, hostile, node, subgraph, us

OFFICER = "officer:P1024"


def test_a_cut_view_says_how_much_it_shows() -> None:
    scene = from_subgraph(crowd(500), limit=300, truncated_total=2140)
    assert scene.sentence() == "300 of 2,140 shown"
    assert len(scene.nodes) == 300
    assert len(scene.reserve_nodes) == 200


def test_the_sentence_is_said_in_chinese() -> None:
    scene = from_subgraph(crowd(40), limit=30, language="zh-TW", truncated_total=2140)
    assert scene.sentence() == "顯示 30 / 2,140"


def test_at_most_two_thousand_nodes_are_drawn_whatever_is_asked() -> None:
    ring = [node(f"person:{i:05d}") for i in range(MAX_DRAWN + 50)]
    scene = from_subgraph(subgraph(ring, []), limit=9999)
    assert scene.shown == MAX_DRAWN
    assert scene.total == MAX_DRAWN + 50


def test_the_nearest_to_the_focus_are_drawn_and_hang_together() -> None:
    scene = from_subgraph(den(), focus=[OFFICER], limit=8)
    drawn = {n.id for n in scene.nodes}
    assert scene.nodes[0].id == OFFICER
    assert "organisation:ORG7" in drawn
    assert drawn.isdisjoint({"phone:0912345678", "address:AD55"})
    near = {OFFICER}
    while True:
        more = near | {
            end for e in scene.edges if near & {e.source, e.target} for end in (e.source, e.target)
        }
        if more == near:
            break
        near = more
    assert near == drawn


def test_hidden_counts_the_reserve_and_what_lies_beyond_the_file() -> None:
    scene = from_subgraph(den(), focus=[OFFICER], limit=8)
    organisation = next(n for n in scene.nodes if n.id == "organisation:ORG7")
    assert organisation.hidden == 5  # the owner and the address, and three not in the subgraph
    assert organisation.neighbours == 7


def test_ties_to_the_reserve_are_in_the_reserve() -> None:
    scene = from_subgraph(den(), focus=[OFFICER], limit=8)
    drawn = {n.id for n in scene.nodes}
    assert all({e.source, e.target} <= drawn for e in scene.edges)
    assert all(not {e.source, e.target} <= drawn for e in scene.reserve_edges)
    assert len(scene.edges) + len(scene.reserve_edges) == len(den().edges)
    assert all(n.x is None for n in scene.reserve_nodes)


def test_the_same_graph_in_any_order_gives_the_same_scene() -> None:
    graph = crowd(200)
    nodes, edges = list(graph.nodes), list(graph.edges)
    random.Random(1).shuffle(nodes)
    random.Random(2).shuffle(edges)
    mixed = Subgraph(tuple(nodes), tuple(edges), graph.hidden)
    one, two = (from_subgraph(g, limit=120).as_json() for g in (graph, mixed))
    assert json.dumps(one) == json.dumps(two)


def test_times_are_bounds_or_open() -> None:
    scene = from_subgraph(den(), focus=[OFFICER])
    by_id = {e.id: e for e in scene.edges}
    worked = by_id[
        "HAS_ROLE:person:F127003456>organisation:ORG7:has_role-person:F127003456-organisation:ORG7"
    ]
    assert (worked.start, worked.end) == (us(2023, 2), us(2024, 6, 30))
    same = next(e for e in scene.edges if e.type == "IS")
    assert (same.start, same.end) == (None, None)
    assert scene.time == (us(2019, 3), us(2024, 8, 1))


def test_a_look_up_once_made_stays_made() -> None:
    scene = from_subgraph(den(), focus=[OFFICER])
    looked = next(e for e in scene.edges if e.facts.get("Look-ups") == "5")
    assert looked.start == us(2024, 3, 5, 6)
    assert looked.end is None
    assert looked.label == "looked up ×5"


def test_a_tie_says_what_it_is_in_both_languages() -> None:
    graph = subgraph(
        [node("person:A", name="甲"), node("person:B", name="乙"), node("organisation:C")],
        [
            edge("TIE", "person:A", "person:B", kind="family"),
            edge("HAS_ROLE", "person:B", "organisation:C", kind="owner"),
            edge("TIE", "person:A", "person:B", kind="godparent", tie_id="t2"),
            edge("NEW_TYPE", "person:A", "organisation:C"),
        ],
    )
    english = {e.label for e in from_subgraph(graph).edges}
    chinese = {e.label for e in from_subgraph(graph, language="zh-TW").edges}
    assert english == {"family", "owner", "godparent", "new type"}
    assert chinese == {"家人", "負責人", "godparent", "new type"}


def test_evidence_goes_by_node_by_edge_and_by_tie_without_repeats() -> None:
    rows = den_evidence()
    tie = "TIE:person:A123456789>person:B120863155:t12"
    rows[tie] = rows["t12"]
    scene = from_subgraph(den(), focus=[OFFICER], evidence=rows)
    found = next(e for e in scene.edges if e.id == tie)
    assert found.evidence == tuple(rows["t12"])
    assert scene.nodes[0].evidence[0].source_row == 25


def test_numbers_of_the_engines_become_plain_json() -> None:
    import numpy as np
    import pandas as pd

    graph = subgraph(
        [node("person:A", name=np.str_("x"), age=np.int64(3), gone=float("nan"), none=pd.NA)],
        [],
    )
    row = Evidence("t", "r", "f", np.int64(4))  # type: ignore[arg-type]
    scene = from_subgraph(graph, evidence={"person:A": [row]})
    assert scene.nodes[0].facts == {"Name": "x", "Age": "3"}
    assert json.loads(json.dumps(scene.as_json()))["nodes"][0]["evidence"][0]["source_row"] == 4


def test_names_are_one_line_without_controls() -> None:
    labels = {n.label for n in from_subgraph(hostile()).nodes}
    assert "line separator here new line" in labels
    assert "evil reversed" in labels
    assert "lone \ufffd surrogate" in labels


def test_a_focus_that_is_not_there_is_refused_with_a_remedy() -> None:
    with pytest.raises(UsageError, match=r"officer:NOBODY.*kind:id"):
        from_subgraph(den(), focus=["officer:NOBODY"])
    with pytest.raises(UsageError, match="shows nothing"):
        from_subgraph(den(), limit=0)


def test_nothing_gives_an_empty_scene() -> None:
    scene = from_subgraph(Subgraph((), (), {}))
    assert scene.sentence() == "0 of 0 shown"
    assert scene.as_json()["time"] is None


def test_no_word_of_a_scene_judges() -> None:
    for language in ("en", "zh-TW"):
        text = json.dumps(from_subgraph(den(), language=language).as_json(), ensure_ascii=False)
        for verdict in ("guilty", "suspicious", "violator", "misconduct", "嫌疑", "可疑", "違規"):
            assert verdict not in text.lower()
