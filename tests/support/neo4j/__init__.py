"""A real Neo4j for tests: fetched once, started on 127.0.0.1, gone with the tests."""

from __future__ import annotations

from tests.support.neo4j.jars import UnavailableError, jars
from tests.support.neo4j.server import Server

__all__ = ["Server", "UnavailableError", "jars"]
