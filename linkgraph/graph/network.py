"""Clusters: subjects of unexplained look-ups who belong together, and who stands between them.

What Cypher cannot say.  Communities by Louvain (Blondel et al. 2008, J. Stat. Mech. P10008), the
broker by betweenness (Freeman 1977, Sociometry 40), the smallest tree that ties the subjects to
the officer by Mehlhorn's approximation of the Steiner tree (1988, Inf. Process. Lett. 27: at most
twice the smallest).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import log2
from typing import TYPE_CHECKING, Any, Final

import igraph
import networkx as nx
import pandas as pd

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.graph.lookups import lookups_behind

if TYPE_CHECKING:
    from linkgraph.graph.store import GraphStore
    from linkgraph.inquiries import Inquiry
    from linkgraph.ledger import Ledger
    from linkgraph.screen import Screening

HEADER = Header(
    id="cluster",
    revision=1,
    role=Role.VIEW,
    title=Text("Clusters of subjects", "查詢對象群聚"),
    statement=Text(
        "Persons looked up without full explanation who are tied to one another or belong to one "
        "organisation, with whoever stands between them and the tree that ties them to the "
        "officer.",
        "無完整事由之查詢對象彼此有關係或同屬一組織者，及居間之人與連結至員警之最小關係樹。",
    ),
    needs=("lookups",),
    rationale="Look-ups that seem unrelated one by one may share a go-between who was never "
    "looked up. It ranks nothing: a community is a drawing aid, and its edges move with the data.",
    source="Blondel et al. 2008 (Louvain); Freeman 1977 (betweenness); Mehlhorn 1988 (Steiner "
    "tree). Case 1090101: gamblers and applicants around one establishment.",
    innocent=(
        Text(
            "A family or a business is the subject of one case of the unit.",
            "某家族或商號為單位同一案件之對象。",
        ),
        Text("Neighbours of one beat know each other.", "同一勤區居民本多相識。"),
    ),
    parameters={"least": 3, "most": 200, "seed": 1},
)

TIED: Final = """
MATCH (o:Officer)-[l:LOOKED_UP]->(p:Person)-[t:TIE]-(q:Person)
WHERE l.unexplained > 0
  AND EXISTS { MATCH (o)-[k:LOOKED_UP]->(q) WHERE k.unexplained > 0 }
RETURN
  o.officer_id AS officer_id, p.person_id AS person_id,
  'person:' + q.person_id AS other, 'TIE:' + t.tie_id AS tie, 'LOOKED_UP:' + l.tie_id AS asked
"""
GATHERED: Final = """
MATCH (o:Officer)-[l:LOOKED_UP]->(p:Person)-[r:HAS_ROLE]->(g:Organisation)
WHERE l.unexplained > 0
WITH o, g, count(DISTINCT p.person_id) AS subjects
WHERE subjects >= $least
MATCH (o)-[l:LOOKED_UP]->(p:Person)-[r:HAS_ROLE]->(g)
WHERE l.unexplained > 0
RETURN
  o.officer_id AS officer_id, p.person_id AS person_id,
  'organisation:' + g.organisation_id AS other, 'HAS_ROLE:' + r.tie_id AS tie,
  'LOOKED_UP:' + l.tie_id AS asked
"""
BETWEEN: Final = """
MATCH (o:Officer)-[l:LOOKED_UP]->(p:Person)-[t:TIE]-(f:Person)
WHERE l.unexplained > 0
WITH o, f, count(DISTINCT p.person_id) AS subjects
WHERE subjects >= $least
MATCH (o)-[l:LOOKED_UP]->(p:Person)-[t:TIE]-(f)
WHERE l.unexplained > 0
RETURN
  o.officer_id AS officer_id, p.person_id AS person_id,
  'person:' + f.person_id AS other, 'TIE:' + t.tie_id AS tie, 'LOOKED_UP:' + l.tie_id AS asked
"""
OWN_PERSON: Final = """
MATCH (o:Officer)-[i:`IS`]->(me:Person)
RETURN
  'officer:' + o.officer_id AS one, 'IS:' + i.tie_id AS tie, 'person:' + me.person_id AS other
"""
OWN_TIES: Final = """
MATCH (o:Officer)-[i:`IS`]->(me:Person)-[t:TIE]-(f:Person)
RETURN
  'person:' + me.person_id AS one, 'TIE:' + t.tie_id AS tie, 'person:' + f.person_id AS other
"""
OWN_ROLES: Final = """
MATCH (o:Officer)-[i:`IS`]->(me:Person)-[r:HAS_ROLE]->(g:Organisation)
RETURN
  'person:' + me.person_id AS one, 'HAS_ROLE:' + r.tie_id AS tie,
  'organisation:' + g.organisation_id AS other
"""
THEIR_ROLES: Final = """
MATCH (o:Officer)-[i:`IS`]->(me:Person)-[t:TIE]-(f:Person)-[r:HAS_ROLE]->(g:Organisation)
RETURN
  'person:' + f.person_id AS one, 'HAS_ROLE:' + r.tie_id AS tie,
  'organisation:' + g.organisation_id AS other
"""
QUERIES: Final = (TIED, GATHERED, BETWEEN, OWN_PERSON, OWN_TIES, OWN_ROLES, THEIR_ROLES)

MAX_SUBJECTS: Final = 60
"""Subjects of one cluster that a tree is made for, first by id: beyond it nobody can read one."""

_LOOK_UP_WEIGHT: Final = 4
"""A tree goes through up to this many ties rather than through a look-up itself."""


@dataclass(frozen=True)
class Cluster:
    """One community: its members (refs), its broker, and per officer the subjects and the tree."""

    members: tuple[str, ...]
    broker: str
    betweenness: float
    subjects: Mapping[str, tuple[str, ...]]
    trees: Mapping[str, Mapping[str, tuple[str, ...]]]
    """Officer -> subject -> path from the officer, alternately node refs and ties."""


def find(
    store: GraphStore,
    ledger: Ledger,
    screening: Screening,
    inquiry: Inquiry,
    parameters: Mapping[str, Any],
) -> pd.DataFrame:
    """Rows of RESULT_COLUMNS: one per officer, subject of a cluster and look-up.

    `hub` is the broker, `measure` the number of the officer's subjects in the cluster.  Only the
    `most` strongest of officer and cluster are reported, by how uncommon the subjects are.  Cost:
    linear in pairs for the queries, m log n in the ties of the clusters for the rest.
    """
    found = clusters(
        store,
        least=int(parameters["least"]),
        most=int(parameters["most"]),
        seed=int(parameters["seed"]),
    )
    rows = [
        {
            "analysis_id": HEADER.id,
            "officer_id": officer,
            "person_id": subject,
            "subject_kind": "person",
            "subject_id": subject,
            "hub_kind": cluster.broker.partition(":")[0],
            "hub_id": cluster.broker.partition(":")[2],
            "level": "",
            "measure": float(len(subjects)),
            "path": list(cluster.trees[officer].get(subject, ())),
        }
        for cluster in found
        for officer, subjects in cluster.subjects.items()
        for subject in subjects
    ]
    columns = ["officer_id", "person_id", "path"]
    frame = pd.DataFrame(rows, columns=None if rows else columns)
    if inquiry.officers and not inquiry.units:
        frame = frame[frame["officer_id"].isin(inquiry.officers)]
    behind = lookups_behind(ledger, screening, inquiry, frame[["officer_id", "person_id"]])
    frame = frame.merge(behind, on=["officer_id", "person_id"])
    evidence: Any = [
        _records(path, lookup_id)
        for path, lookup_id in zip(frame["path"], frame["lookup_id"], strict=True)
    ]
    return frame.assign(evidence=evidence)


def clusters(store: GraphStore, *, least: int = 3, most: int = 200, seed: int = 1) -> list[Cluster]:
    """Communities with at least `least` subjects of one officer, largest first.

    Of all officers in all communities the `most` strongest are kept: a subject counts
    log2(officers / officers who looked him up), so one that everybody checks counts little.
    The same graph and seed give the same communities.  Empty when nobody's subjects are tied.
    """
    asked = [store.rows(query, {"least": least}) for query in (TIED, GATHERED, BETWEEN)]
    graph, subjects = _joined(pd.concat(asked, ignore_index=True))
    if not graph:
        return []
    communities = _communities(graph, seed)
    kept = _strongest(communities, subjects, least, most)
    whole = _with_own_ties(graph, store)
    found = [
        _cluster(whole, members, kept[place])
        for place, members in enumerate(communities)
        if place in kept
    ]
    return sorted(found, key=lambda c: (-len(c.members), c.members))


def _strongest(
    communities: list[tuple[str, ...]], subjects: Mapping[str, set[str]], least: int, most: int
) -> dict[int, dict[str, tuple[str, ...]]]:
    """Community -> officer -> his subjects in it, of the strongest of all such."""
    place_of = {ref: place for place, members in enumerate(communities) for ref in members}
    lookers = Counter(person for persons in subjects.values() for person in persons)
    mine: dict[tuple[str, int], list[str]] = {}
    for officer, persons in subjects.items():
        for person in sorted(persons):
            mine.setdefault((officer, place_of[f"person:{person}"]), []).append(person)
    ranked = sorted(
        (-round(sum(log2(len(subjects) / lookers[p]) for p in persons), 6), officer, place)
        for (officer, place), persons in mine.items()
        if len(persons) >= least
    )
    kept: dict[int, dict[str, tuple[str, ...]]] = {}
    for _, officer, place in ranked[:most]:
        kept.setdefault(place, {})[officer] = tuple(mine[officer, place])
    return {place: dict(sorted(officers.items())) for place, officers in kept.items()}


def _joined(rows: pd.DataFrame) -> tuple[nx.Graph[str], dict[str, set[str]]]:
    """Subjects with what joins them, and the look-ups; and each officer's subjects."""
    graph: nx.Graph[str] = nx.Graph()
    subjects: dict[str, set[str]] = {}
    ordered = rows.sort_values(["officer_id", "person_id", "other", "tie"], kind="stable")
    for officer, person, other, tie, look_up in ordered.itertuples(index=False):
        _edge(graph, f"person:{person}", other, tie, 1)
        _edge(graph, f"officer:{officer}", f"person:{person}", look_up, _LOOK_UP_WEIGHT)
        subjects.setdefault(officer, set()).add(person)
    return graph, subjects


def _with_own_ties(graph: nx.Graph[str], store: GraphStore) -> nx.Graph[str]:
    """`graph` and the officers' own ties, two steps outward."""
    whole = graph.copy()
    officers = {ref for ref in graph if ref.startswith("officer:")}
    own = store.rows(OWN_PERSON, {}).sort_values(["one", "other", "tie"])
    own = own[own["one"].isin(officers)]
    near = set(own["other"])
    for one, tie, other in own.itertuples(index=False):
        _edge(whole, one, other, tie, 1)
    for query in (OWN_TIES, OWN_ROLES, THEIR_ROLES):
        rows = store.rows(query, {}).sort_values(["one", "other", "tie"])
        for one, tie, other in rows.itertuples(index=False):
            if one in near or one in whole:
                _edge(whole, one, other, tie, 1)
    return whole


def _edge(graph: nx.Graph[str], one: str, other: str, tie: str, weight: int) -> None:
    """Add an edge unless a lighter or an earlier-named one is there."""
    if one == other:
        return
    there = graph.get_edge_data(one, other)
    if there is None or (weight, tie) < (there["weight"], there["tie"]):
        graph.add_edge(one, other, tie=tie, weight=weight)


def _communities(graph: nx.Graph[str], seed: int) -> list[tuple[str, ...]]:
    ordered: nx.Graph[str] = nx.Graph()
    ordered.add_nodes_from(sorted(graph))
    for one, other, weight in sorted(
        (min(a, b), max(a, b), data["weight"]) for a, b, data in graph.edges(data=True)
    ):
        ordered.add_edge(one, other, strength=1.0 / weight)
    found = nx.community.louvain_communities(ordered, weight="strength", seed=seed)
    return sorted(tuple(sorted(members)) for members in found)


def _cluster(
    whole: nx.Graph[str], members: tuple[str, ...], mine: dict[str, tuple[str, ...]]
) -> Cluster:
    civil = [ref for ref in members if not ref.startswith("officer:")]
    broker, betweenness = _broker(whole, civil)
    trees = {
        officer: _tree(whole, f"officer:{officer}", persons, civil)
        for officer, persons in mine.items()
    }
    return Cluster(members, broker, betweenness, mine, trees)


def _broker(whole: nx.Graph[str], refs: list[str]) -> tuple[str, float]:
    """The member on most shortest paths among the others, officers and look-ups left out."""
    number = {ref: place for place, ref in enumerate(refs)}
    inner = whole.subgraph(refs)
    edges = sorted((number[a], number[b]) for a, b in inner.edges())
    scores = igraph.Graph(n=len(refs), edges=edges).betweenness()
    score, place = max((round(score, 9), -place) for place, score in enumerate(scores))
    return refs[-place], score


def _tree(
    whole: nx.Graph[str], officer: str, persons: Iterable[str], civil: list[str]
) -> dict[str, tuple[str, ...]]:
    """Path to each subject in a smallest tree, through the cluster and the officer's own ties."""
    ends = [f"person:{person}" for person in list(persons)[:MAX_SUBJECTS]]
    own = {ref for ref in whole[officer] if whole[officer][ref]["weight"] == 1}
    own |= {ref for me in own for ref in whole[me] if not ref.startswith("officer:")}
    part = whole.subgraph({officer, *civil, *own})
    part = part.subgraph(nx.node_connected_component(part, officer))
    ordered: nx.Graph[str] = nx.Graph()
    ordered.add_nodes_from(sorted(part))
    ordered.add_edges_from(
        sorted(
            ((min(a, b), max(a, b), data) for a, b, data in part.edges(data=True)),
            key=lambda edge: edge[:2],
        )
    )
    reached = [end for end in ends if end in ordered]
    tree = nx.algorithms.approximation.steiner_tree(
        ordered, [officer, *reached], weight="weight", method="mehlhorn"
    )
    paths = {}
    for end in reached:
        refs = nx.shortest_path(tree, officer, end)
        path = [refs[0]]
        for one, other in pairwise(refs):
            path += [ordered.edges[one, other]["tie"], other]
        paths[end.partition(":")[2]] = tuple(path)
    return paths


def _records(path: list[str], lookup_id: str) -> list[dict[str, str]]:
    found = [
        {"table": table, "row_id": row_id}
        for _, table, row_id in (tie.split(":", 2) for tie in path[1::2])
    ]
    last = {"table": "lookups", "row_id": lookup_id}
    return [*(r for n, r in enumerate(found) if r not in found[:n] and r != last), last]
