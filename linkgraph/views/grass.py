"""The look of the views as a GraSS sheet, which Neo4j Browser and Bloom read.

GraSS is the style language of Neo4j Browser: a rule per label and per type, with the property
that is written on it.  Colours, names and widths are those of `style.py`.
"""

from __future__ import annotations

from typing import Final

from linkgraph.model.graph import LABELS, Label
from linkgraph.views.style import KIND, TYPES

_CAPTION: Final = {"Officer": "name", "Person": "name", "Organisation": "name", "Unit": "name"}
_SIZE: Final = {"officer": 65, "organisation": 60, "lookup": 35}


def grass() -> str:
    """The sheet, ending in a newline."""
    rules = [
        "node { diameter: 50px; color: #6b7280; border-color: #374151; border-width: 2px;"
        " text-color-internal: #ffffff; font-size: 10px; }",
        "relationship { color: #8a94a3; shaft-width: 1px; font-size: 8px; padding: 3px;"
        " text-color-external: #1f2937; text-color-internal: #ffffff; caption: '<type>'; }",
    ]
    rules += [_node(label) for label in LABELS]
    rules += [
        f"relationship.{style.type} {{ color: {style.color}; shaft-width: {style.width:g}px; }}"
        for style in TYPES
    ]
    return "\n".join(rules) + "\n"


def _node(label: Label) -> str:
    style = KIND[label.kind]
    size = _SIZE.get(label.kind, 50)
    return (
        f"node.{label.name} {{ color: {style.color}; border-color: {style.color};"
        f" text-color-internal: #ffffff; diameter: {size}px;"
        f" caption: '{{{_CAPTION.get(label.name, label.key)}}}'; }}"
    )
