"""Look-ups and graphs for other tools."""

from __future__ import annotations

from linkgraph.export.graph import FORMATS, write_graph
from linkgraph.export.lookups import write_lookups

__all__ = ["FORMATS", "write_graph", "write_lookups"]
