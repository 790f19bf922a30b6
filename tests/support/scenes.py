"""Subgraphs and scenes for tests of views: drawn up by seed, no ledger behind them."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from linkgraph.graph.store import Edge, Node, Subgraph
from linkgraph.model.tables import OPEN_END, OPEN_START
from linkgraph.views.scene import Evidence

TAIPEI = timezone(timedelta(hours=8))
DAY = 86_400_000_000
LABELS = {
    "officer": "Officer",
    "person": "Person",
    "vehicle": "Vehicle",
    "phone": "Phone",
    "address": "Address",
    "organisation": "Organisation",
    "case": "PoliceCase",
    "lookup": "Lookup",
    "unit": "Unit",
    "complaint": "Complaint",
}
_FAMILY = "陳林黃張李王吳劉蔡楊許鄭謝郭洪曾邱廖賴徐"
_GIVEN = [
    "志明",
    "家豪",
    "淑芬",
    "怡君",
    "建宏",
    "雅婷",
    "俊傑",
    "美玲",
    "宗翰",
    "佩珊",
    "冠宇",
    "欣怡",
]


def us(year: int, month: int = 1, day: int = 1, hour: int = 0) -> int:
    """A time of day in Taipei as µs UTC."""
    return int(datetime(year, month, day, hour, tzinfo=TAIPEI).timestamp()) * 1_000_000


def node(ref: str, **properties: Any) -> Node:
    """A node of the label that its ref's kind stands for."""
    return Node(ref, LABELS[ref.partition(":")[0]], properties)


def edge(
    type_: str,
    source: str,
    target: str,
    *,
    tie_id: str = "",
    start: int = OPEN_START,
    end: int = OPEN_END,
    kind: str = "",
    **properties: Any,
) -> Edge:
    """A tie that is open at both ends unless told otherwise."""
    made = tie_id or f"{type_.lower()}-{source}-{target}"
    return Edge(type_, source, target, made, start, end, kind, properties)


def subgraph(
    nodes: list[Node], edges: list[Edge], hidden: Mapping[str, int] | None = None
) -> Subgraph:
    """Nodes and edges sorted as a store gives them."""
    return Subgraph(
        tuple(sorted(nodes, key=lambda n: n.ref)),
        tuple(sorted(edges, key=lambda e: (e.type, e.source, e.target, e.tie_id))),
        dict(hidden or {}),
    )


def den() -> Subgraph:
    """Twelve nodes: an officer, his friend, the friend's establishment, whom he looked up."""
    nodes = [
        node("officer:P1024", name="趙守義", rank="小隊長"),
        node("person:A123456789", name="趙守義"),
        node("person:B120863155", name="錢進財"),
        node("person:F127003456", name="孫大同"),
        node("person:H220114477", name="李秀蘭"),
        node("person:K101122334", name="周文彬"),
        node("organisation:ORG7", name="金鑽娛樂企業社", kind="entertainment"),
        node("address:AD55", text="臺中市西屯區文心路三段 241 號", community="文心社區"),
        node("vehicle:ABC-1234", kind="car", colour="black"),
        node("phone:0912345678"),
        node("unit:TC06", name="第六分局偵查隊", kind="squad", district="西屯區"),
        node("case:113-0456", kind="investigation", offence="賭博", opened_at=us(2024, 5, 2)),
    ]
    edges = [
        edge("IS", "officer:P1024", "person:A123456789"),
        edge("POSTED_TO", "officer:P1024", "unit:TC06", start=us(2019, 3)),
        edge("TIE", "person:A123456789", "person:B120863155", kind="friend", start=us(2021, 6),
             tie_id="t12"),
        edge("HAS_ROLE", "person:B120863155", "organisation:ORG7", kind="owner",
             start=us(2022, 1)),
        edge("HAS_ROLE", "person:F127003456", "organisation:ORG7", kind="employee",
             start=us(2023, 2), end=us(2024, 6, 30)),
        edge("HAS_ROLE", "person:H220114477", "organisation:ORG7", kind="applicant",
             start=us(2024, 3, 11)),
        edge("LOCATED_AT", "organisation:ORG7", "address:AD55"),
        edge("OWNS", "person:K101122334", "vehicle:ABC-1234", start=us(2020, 1),
             end=us(2024, 2, 1)),
        edge("OWNS", "person:F127003456", "vehicle:ABC-1234", start=us(2024, 2, 1)),
        edge("HOLDS", "person:B120863155", "phone:0912345678"),
        edge("LOOKED_UP", "officer:P1024", "person:F127003456", n=5, unexplained=5,
             first_at=us(2024, 3, 5, 6), last_at=us(2024, 5, 20, 13), tie_id="pair-1"),
        edge("LOOKED_UP", "officer:P1024", "person:H220114477", n=2, unexplained=2,
             first_at=us(2024, 3, 12, 2), last_at=us(2024, 3, 14, 2)),
        edge("LOOKED_UP", "officer:P1024", "person:K101122334", n=1, unexplained=0,
             first_at=us(2024, 5, 3), last_at=us(2024, 5, 3)),
        edge("INVOLVES", "case:113-0456", "person:K101122334", start=us(2024, 5, 2)),
        edge("ASSIGNED_TO", "officer:P1024", "case:113-0456", start=us(2024, 5, 2),
             end=us(2024, 8, 1)),
    ]  # fmt: skip
    return subgraph(nodes, edges, {"organisation:ORG7": 3, "unit:TC06": 41})


def den_evidence() -> dict[str, list[Evidence]]:
    """Source rows behind some of the den's nodes and ties."""
    sha = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    return {
        "officer:P1024": [Evidence("officers", "P1024", "officers.csv", 25, "P1024 趙守義", sha)],
        "t12": [
            Evidence("associations", "t12", "associations.csv", 118, "friend since 2021-06", sha)
        ],
        "pair-1": [
            Evidence("lookups", f"L{n}", "lookups-2024-03.csv", 1000 + n,
                     f"2024-03-0{n + 4} 14:0{n} household, purpose 公務查詢", sha)
            for n in range(1, 6)
        ],
    }  # fmt: skip


def crowd(size: int, seed: int = 7, officers: int = 0) -> Subgraph:
    """About `size` nodes around some officers, in the proportions of a real ego graph."""
    chance = random.Random(seed)
    heads = officers or max(1, size // 60)
    nodes = [node("unit:U1", name="第一分局", kind="precinct")]
    edges: list[Edge] = []
    people: list[str] = []

    def name() -> str:
        return chance.choice(_FAMILY) + chance.choice(_GIVEN)

    def when() -> int:
        return us(2024, 1) + chance.randrange(300) * DAY + chance.randrange(24) * 3_600_000_000

    for i in range(heads):
        ref = f"officer:P{i:04d}"
        nodes.append(node(ref, name=name(), rank="警員"))
        edges.append(edge("POSTED_TO", ref, "unit:U1", start=us(2018 + i % 6)))
    # Each officer has a stretch of the crowd, in which most of the ties stay.
    while len(nodes) < size:
        i = len(nodes)
        own = min(heads - 1, i * heads // size)
        head = own if chance.random() < 0.93 else chance.randrange(heads)
        officer = f"officer:P{head:04d}"
        near = people[-max(8, size // heads // 3) :]
        turn = chance.random()
        if turn < 0.58 or len(people) < 4:
            ref = f"person:A{100000000 + i}"
            nodes.append(node(ref, name=name()))
            first = when()
            looked = chance.random() < 0.7 or not people
            if looked:
                n = chance.choice([1, 1, 1, 2, 3, 6])
                counts = {"n": n, "unexplained": chance.randrange(n + 1)}
                span = {"first_at": first, "last_at": first + n * DAY}
                edges.append(edge("LOOKED_UP", officer, ref, **counts, **span))
            if near and (not looked or chance.random() < 0.3):
                kind = chance.choice(["family", "friend", "household", "business"])
                edges.append(edge("TIE", chance.choice(near), ref, kind=kind, start=first))
            people.append(ref)
        elif turn < 0.72:
            letters = "".join(chance.choice(group) for group in ("ABCKLM", "XYZ", "DEF"))
            ref = f"vehicle:{letters}-{i:04d}"
            nodes.append(node(ref, kind="car"))
            edges.append(edge("OWNS", chance.choice(near), ref, start=when()))
        elif turn < 0.80:
            ref = f"phone:09{i:08d}"
            nodes.append(node(ref))
            edges.append(edge("HOLDS", chance.choice(near), ref))
        elif turn < 0.88:
            ref = f"address:AD{i}"
            nodes.append(node(ref, text=f"臺北市中山區民生東路二段 {i} 號"))
            some = chance.sample(near, min(2, len(near)))
            edges.extend(edge("LIVES_AT", person, ref, start=when()) for person in some)
        elif turn < 0.93:
            ref = f"organisation:ORG{i}"
            nodes.append(node(ref, name=f"{chance.choice(['大發', '永興', '金龍'])}企業社"))
            some = chance.sample(near, min(4, len(near)))
            roles = [edge("HAS_ROLE", p, ref, kind="employee", start=when()) for p in some]
            edges.extend(roles)
        else:
            ref = f"case:113-{i:04d}"
            nodes.append(node(ref, kind="investigation", offence="竊盜", opened_at=when()))
            edges.append(edge("INVOLVES", ref, chance.choice(near)))
            edges.append(edge("ASSIGNED_TO", officer, ref))
    return subgraph(nodes, edges)


def hostile() -> Subgraph:
    """Names that would like to be markup, script, layout or another name."""
    names = [
        "</script><script>window.hacked=1</script>",
        '<img src=x onerror="window.hacked=1">',
        'O\'Brien "Bob" & {{7*7}} {% raw %}',
        "line\u2028separator\u2029here\nnew\tline",
        "\u202eevil reversed",
        "堃喆犇峯 😀 𠮷",
        "javascript:window.hacked=1",
        "<!--<script>",
        "lone \ud800 surrogate",
    ]
    nodes = [node(f"person:X{i}", name=name, note=name) for i, name in enumerate(names)]
    nodes.append(node('officer:"><svg onload=window.hacked=1>', name="<b>bold</b>"))
    edges = [
        edge("LOOKED_UP", nodes[-1].ref, other.ref, kind=names[i], n=1)
        for i, other in enumerate(nodes[:-1])
    ]
    return subgraph(nodes, edges)
