"""A scene: what a view shows, as plain data that JSON can carry.

A scene knows nothing of the page that draws it.  It holds the nodes and ties drawn at first and,
as `reserve`, those that the page can bring in; what lies further away is counted on each node.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from linkgraph.errors import UsageError
from linkgraph.graph.store import Edge, Node, Subgraph
from linkgraph.model.tables import OPEN_END, OPEN_START
from linkgraph.views.facts import clean, facts, missing, moment, plain, said
from linkgraph.views.layout import positions
from linkgraph.views.style import KINDS, TYPES, kind_style, type_style, word

MAX_DRAWN = 2000
"""No page draws more nodes than this: beyond it nobody sees anything, and browsers crawl."""
DEFAULT_DRAWN = 300
VERSION = 1


@dataclass(frozen=True)
class Evidence:
    """One source row behind a node or tie; `source_row` counts as in the file, None if unknown."""

    table: str
    row_id: str
    source_file: str
    source_row: int | None
    text: str = ""
    sha256: str = ""


@dataclass(frozen=True)
class SceneNode:
    """A node at `x`, `y` (pixels at scale 1; None in the reserve: the page finds a place).

    `neighbours` counts all its neighbours in the graph, `hidden` those not drawn at first.
    `start`, `end` are µs UTC, None where open.
    """

    id: str
    kind: str
    label: str
    x: float | None
    y: float | None
    size: int
    shape: str
    color: str
    neighbours: int
    hidden: int
    focus: bool = False
    pinned: bool = False
    facts: Mapping[str, str] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class SceneEdge:
    """A tie from `source` to `target` (`from` and `to` in JSON); `label` says what it is."""

    id: str
    source: str
    target: str
    type: str
    kind: str
    label: str
    directed: bool
    width: float
    facts: Mapping[str, str] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class Scene:
    """`shown` of `total` nodes are drawn at first; `time` spans every start and end (µs UTC).

    `notes` are labelled lines about the view itself: its inquiry, its hashes, what was left out.
    """

    title: str
    language: str
    timezone: str
    nodes: tuple[SceneNode, ...]
    edges: tuple[SceneEdge, ...]
    reserve_nodes: tuple[SceneNode, ...]
    reserve_edges: tuple[SceneEdge, ...]
    total: int
    time: tuple[int, int] | None
    notes: tuple[tuple[str, str], ...] = ()

    @property
    def shown(self) -> int:
        """Number of nodes drawn at first."""
        return len(self.nodes)

    def sentence(self) -> str:
        """How much of the whole is drawn: `300 of 2,140 shown`."""
        if self.language == "zh-TW":
            return f"顯示 {self.shown:,} / {self.total:,}"
        return f"{self.shown:,} of {self.total:,} shown"

    def as_json(self) -> dict[str, Any]:
        """The scene as dictionaries, lists, text and numbers, the same for the same scene."""
        return {
            "version": VERSION,
            "title": self.title,
            "language": self.language,
            "timezone": self.timezone,
            "shown": self.shown,
            "total": self.total,
            "limit": MAX_DRAWN,
            "time": None if self.time is None else {"min": self.time[0], "max": self.time[1]},
            "notes": [list(note) for note in self.notes],
            "kinds": _kinds_json(self),
            "types": _types_json(self),
            "nodes": [asdict(node) for node in self.nodes],
            "edges": [_edge_json(edge) for edge in self.edges],
            "reserve": {
                "nodes": [asdict(node) for node in self.reserve_nodes],
                "edges": [_edge_json(edge) for edge in self.reserve_edges],
            },
        }


def from_subgraph(
    subgraph: Subgraph,
    *,
    focus: Sequence[str] = (),
    language: str = "en",
    title: str = "",
    limit: int = DEFAULT_DRAWN,
    evidence: Mapping[str, Sequence[Evidence]] | None = None,
    extra: Mapping[str, Mapping[str, str]] | None = None,
    truncated_total: int | None = None,
    timezone: str = "Asia/Taipei",
    notes: Sequence[tuple[str, str]] = (),
) -> Scene:
    """Draw the `limit` (at most 2,000) nodes nearest to `focus`; the rest is the reserve.

    `evidence` and `extra` (labelled facts besides the graph's own) go by node ref, edge id or
    tie id.  `truncated_total` is how many nodes there are when `subgraph` is itself cut short.
    The order of nodes and edges in `subgraph` does not matter; cost is that of the layout,
    under two seconds for 2,000 nodes.

    Raises UsageError when a focus is not in the subgraph or the limit is below one.
    """
    known = {node.ref: node for node in subgraph.nodes}
    for ref in focus:
        if ref not in known:
            raise UsageError(
                f"The view is to be centred on {ref}, which is not in it.",
                remedy="Name a node of the graph as kind:id.",
            )
    if limit < 1:
        raise UsageError(f"A view of {limit} nodes shows nothing.", remedy="Ask for at least 1.")
    ties = sorted(
        (edge for edge in subgraph.edges if edge.source in known and edge.target in known),
        key=_edge_id,
    )
    around = _neighbours(known, ties)
    drawn = _nearest(known, around, focus, min(limit, MAX_DRAWN))
    inside = frozenset(drawn)
    pairs = [(e.source, e.target) for e in ties if e.source in inside and e.target in inside]
    labels = {ref: _label(node, language, timezone) for ref, node in known.items()}
    sizes = {ref: _size(len(around[ref]), ref in focus) for ref in known}
    places = positions(
        sorted(inside),
        pairs,
        focus=tuple(focus),
        widths={ref: _text_width(labels[ref]) for ref in inside},
        sizes=sizes,
    )

    def node(ref: str) -> SceneNode:
        source = known[ref]
        kind = _kind(ref)
        style = kind_style(kind)
        beyond = int(subgraph.hidden.get(ref, 0))
        start = source.properties.get("at", source.properties.get("opened_at"))
        place = places.get(ref)
        return SceneNode(
            id=plain(ref),
            kind=kind,
            label=labels[ref],
            x=place[0] if place else None,
            y=place[1] if place else None,
            size=sizes[ref],
            shape=style.shape,
            color=style.color,
            neighbours=len(around[ref]) + beyond,
            hidden=len(around[ref] - inside) + beyond,
            focus=ref in focus,
            facts={
                **facts(source.properties, language, timezone),
                **_clean_facts((extra or {}).get(ref, {})),
            },
            evidence=_evidence(evidence, ref),
            start=_bound(start),
        )

    def edge(tie: Edge) -> SceneEdge:
        style = type_style(tie.type)
        keys = (_edge_id(tie), tie.tie_id)
        more = {k: v for key in keys for k, v in (extra or {}).get(key, {}).items()}
        own = {"kind": tie.kind, **tie.properties}
        return SceneEdge(
            id=plain(_edge_id(tie)),
            source=plain(tie.source),
            target=plain(tie.target),
            type=tie.type,
            kind=clean(tie.kind) if not missing(tie.kind) else "",
            label=_tie_label(tie, language),
            directed=style.directed,
            width=_width(tie),
            facts={**facts(own, language, timezone), **_clean_facts(more)},
            evidence=_evidence(evidence, *keys),
            start=_bound(tie.properties.get("first_at", tie.start)) if style.event
            else _bound(tie.start),
            end=None if style.event else _bound(tie.end),
        )  # fmt: skip

    nodes = tuple(node(ref) for ref in drawn)
    reserve = tuple(node(ref) for ref in sorted(set(known) - inside))
    edges = tuple(edge(e) for e in ties if e.source in inside and e.target in inside)
    reserve_edges = tuple(edge(e) for e in ties if e.source not in inside or e.target not in inside)
    return Scene(
        title=clean(title),
        language="zh-TW" if language == "zh-TW" else "en",
        timezone=timezone,
        nodes=nodes,
        edges=edges,
        reserve_nodes=reserve,
        reserve_edges=reserve_edges,
        total=max(len(known), truncated_total or 0),
        time=_span((*nodes, *reserve, *edges, *reserve_edges)),
        notes=tuple((clean(name), clean(text)) for name, text in notes),
    )


def _edge_id(edge: Edge) -> str:
    return f"{edge.type}:{edge.source}>{edge.target}:{edge.tie_id}"


def _edge_json(edge: SceneEdge) -> dict[str, Any]:
    plain_edge = asdict(edge)
    return {
        ("from" if key == "source" else "to" if key == "target" else key): value
        for key, value in plain_edge.items()
    }


def _kinds_json(scene: Scene) -> list[dict[str, str]]:
    present = {node.kind for node in (*scene.nodes, *scene.reserve_nodes)}
    styles = [kind_style(kind) for kind in _known_first(present)]
    return [
        {
            "kind": style.kind,
            "name": word(style.name, scene.language),
            "plural": word(style.plural, scene.language),
            "shape": style.shape,
            "color": style.color,
        }
        for style in styles
    ]


def _types_json(scene: Scene) -> list[dict[str, Any]]:
    present = {edge.type for edge in (*scene.edges, *scene.reserve_edges)}
    order = [style.type for style in TYPES if style.type in present]
    styles = [type_style(type_) for type_ in (*order, *sorted(present - set(order)))]
    return [
        {
            "type": style.type,
            "name": word(style.name, scene.language),
            "color": style.color,
            "dash": list(style.dash) if style.dash else None,
            "event": style.event,
            "width": style.width,
            "directed": style.directed,
        }
        for style in styles
    ]


def _known_first(kinds: set[str]) -> list[str]:
    order = [style.kind for style in KINDS if style.kind in kinds]
    return [*order, *sorted(kinds - set(order))]


def _neighbours(known: Iterable[str], ties: Iterable[Edge]) -> dict[str, set[str]]:
    around: dict[str, set[str]] = {ref: set() for ref in known}
    for tie in ties:
        if tie.source != tie.target:
            around[tie.source].add(tie.target)
            around[tie.target].add(tie.source)
    return around


def _nearest(
    known: Mapping[str, Node], around: Mapping[str, set[str]], focus: Sequence[str], limit: int
) -> list[str]:
    """Up to `limit` refs: the focus, then ring by ring, in each ring the best connected first.

    Every ref after the first of its component touches one before it, so a cut picture does not
    fall apart.
    """
    best = sorted(known, key=lambda ref: (-len(around[ref]), ref))
    ring = list(dict.fromkeys(focus)) or best[:1]
    taken: dict[str, None] = {}
    while ring and len(taken) < limit:
        taken.update(dict.fromkeys(ring[: limit - len(taken)]))
        near = {other for ref in ring if ref in taken for other in around[ref]} - taken.keys()
        ring = sorted(near, key=lambda ref: (-len(around[ref]), ref))
        if not ring:
            ring = next(([ref] for ref in best if ref not in taken), [])
    return list(taken)


def _label(node: Node, language: str, timezone: str) -> str:
    """What is written beside a node: its name or text, a look-up's time, else its id."""
    properties = node.properties
    kind, _, id_ = node.ref.partition(":")
    if kind == "lookup" and not missing(properties.get("at")):
        return moment(int(properties["at"]), language, timezone)
    for name in ("name", "text"):
        if kind in ("officer", "person", "organisation", "unit", "address") and not missing(
            properties.get(name)
        ):
            return clean(properties[name])
    return clean(id_)


def _tie_label(tie: Edge, language: str) -> str:
    """What is written on a tie: `family`, `owner`, `looked up ×5`."""
    style = type_style(tie.type)
    count = _count(tie)
    name = word(style.name, language)
    if count > 1:
        return f"{name} ×{count:,}"
    if tie.type in ("TIE", "HAS_ROLE", "TIED_TO_UNIT") and not missing(tie.kind):
        return clean(said(tie.kind, language))
    return name


def _kind(ref: str) -> str:
    return clean(ref.partition(":")[0])


def _size(degree: int, in_focus: bool) -> int:
    """Radius in pixels; grows slowly, so that a hub is seen and does not cover its neighbours."""
    return 24 if in_focus else min(20, 12 + 2 * max(0, degree.bit_length() - 2))


def _width(tie: Edge) -> float:
    return min(5.0, type_style(tie.type).width + 0.5 * (max(1, _count(tie)).bit_length() - 1))


def _count(tie: Edge) -> int:
    """How many look-ups or calls a tie sums up; 0 where it sums up none."""
    count: Any = tie.properties.get("n")
    return 0 if missing(count) else int(count)


def _text_width(label: str) -> float:
    """Rough width in pixels of a label at 12 px, as the page cuts it; Han is twice as wide."""
    wide = sum(12.0 if ord(character) > 0x2E7F else 6.4 for character in label)
    return min(wide, 170.0)


def _bound(time: Any) -> int | None:
    if missing(time) or not OPEN_START < int(time) < OPEN_END:
        return None
    return int(time)


def _span(items: Iterable[SceneNode | SceneEdge]) -> tuple[int, int] | None:
    times = [time for item in items for time in (item.start, item.end) if time is not None]
    return (min(times), max(times)) if times else None


def _clean_facts(given: Mapping[str, Any]) -> dict[str, str]:
    return {clean(name): plain(value) for name, value in given.items() if not missing(value)}


def _evidence(given: Mapping[str, Sequence[Evidence]] | None, *keys: str) -> tuple[Evidence, ...]:
    rows = {row: None for key in dict.fromkeys(keys) for row in (given or {}).get(key, ())}
    return tuple(
        Evidence(
            table=plain(row.table),
            row_id=plain(row.row_id),
            source_file=plain(row.source_file),
            source_row=None if row.source_row is None else int(row.source_row),
            text=plain(row.text),
            sha256=plain(row.sha256),
        )
        for row in rows
    )
