"""What a graph's files and tables look like, derived from the graph model.

Projection and stores both read these, so that a column exists in all of them or in none.
"""

from __future__ import annotations

from typing import Final

from linkgraph.model.graph import LABELS, RELATIONSHIPS, Label, PropertyType, Relationship

LABEL: Final[dict[str, Label]] = {label.name: label for label in LABELS}
LABEL_OF_KIND: Final[dict[str, Label]] = {label.kind: label for label in LABELS}
RELATIONSHIP: Final[dict[str, Relationship]] = {r.name: r for r in RELATIONSHIPS}

COMMON: Final[tuple[tuple[str, PropertyType], ...]] = (
    ("tie_id", "text"),
    ("start", "int"),
    ("end", "int"),
    ("kind", "text"),
    ("source", "text"),
)

LOOKUP_TYPES: Final[tuple[str, ...]] = ("BY", "ASKED_BY", "ABOUT", "CITES")
"""Relationships of single look-ups, which `LOOKED_UP` sums up."""

LOG_TYPES: Final[tuple[str, ...]] = ("LOOKED_UP", "ASKED", "RANG", *LOOKUP_TYPES)
"""Relationships that come from the log itself: they tie everyone to everyone who was looked
up, so paths leave them out unless they are named."""


def node_columns(label: Label) -> tuple[tuple[str, PropertyType], ...]:
    """Key and properties of a label, in the order of its file."""
    return ((label.key, "text"), *label.properties)


def relationship_columns(relationship: Relationship) -> tuple[tuple[str, PropertyType], ...]:
    """Properties of a relationship, in the order of its file, after `from_id` and `to_id`."""
    return (*COMMON, *relationship.properties)


def split_ref(ref: str) -> tuple[Label, str]:
    """Label and id of a node ref; raises KeyError if there is no such kind."""
    kind, _, node_id = ref.partition(":")
    return LABEL_OF_KIND[kind], node_id
