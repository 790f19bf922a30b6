"""The graph on a Neo4j server, which a team shares; needs the `neo4j` extra."""

from __future__ import annotations

from linkgraph.graph.neo4j.address import Address, Credentials, credentials
from linkgraph.graph.neo4j.doctor import Check, examine
from linkgraph.graph.neo4j.store import Neo4jStore

__all__ = ["Address", "Check", "Credentials", "Neo4jStore", "credentials", "examine"]
