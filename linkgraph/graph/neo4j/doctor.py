"""What stands in the way of using a server, from the network cable upwards."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from linkgraph.errors import StoreError
from linkgraph.graph.neo4j.connection import Connection
from linkgraph.graph.neo4j.meta import LABEL, read_meta

if TYPE_CHECKING:
    from linkgraph.graph.neo4j.address import Address, Credentials

_SECONDS = 5.0
_APART = 60.0


@dataclass(frozen=True)
class Check:
    """One thing that was looked at, and what is to say about it."""

    check: str
    result: Literal["ok", "warning", "failed"]
    about: str


class _UndoError(Exception):
    """Ends a transaction without a trace."""


def examine(address: Address, who: Credentials, inquiry_id: str = "") -> Iterator[Check]:
    """Check address, TLS, password, version, edition, database, clock, rights and graph, in order.

    Ends at the first check without which the next ones say nothing.  Changes nothing on the
    server.  With `inquiry_id`, a graph of another inquiry is a failure.
    """
    try:
        socket.create_connection((address.host, address.port), _SECONDS).close()
    except OSError as problem:
        why = "the host is not known" if isinstance(problem, socket.gaierror) else "nothing answers"
        yield Check("store address", "failed", f"{address.host}:{address.port}: {why}")
        return
    yield Check("store address", "ok", f"{address.host}:{address.port} answers")
    connection = Connection(address, who, inquiry_id)
    try:
        yield from _connected(connection, inquiry_id)
    finally:
        connection.close()


def _connected(connection: Connection, inquiry_id: str) -> Iterator[Check]:
    try:
        database = connection.database
    except StoreError as problem:
        yield Check("store", "failed", str(problem))
        return
    yield _encryption(connection.address)
    yield Check("store password", "ok", f"accepted for user {connection.user}")
    yield Check("store version", "ok", f"Neo4j {connection.version}, {connection.edition} edition")
    asked = time.time()
    try:
        server = _one(connection, "RETURN datetime().epochMillis") / 1000
    except StoreError as problem:
        yield Check("store database", "failed", str(problem))
        return
    yield Check("store database", "ok", database)
    apart = server - (asked + time.time()) / 2
    yield Check(
        "store clock",
        "ok" if abs(apart) < _APART else "warning",
        f"{apart:+.0f} s from this machine's" if abs(apart) >= 1 else "agrees with this machine's",
    )
    yield _rights(connection)
    yield _graph(connection, inquiry_id)


_HERE = frozenset({"127.0.0.1", "localhost", "::1"})


def _encryption(address: Address) -> Check:
    if "+" in address.scheme:
        return Check("store encryption", "ok", "TLS")
    if address.host in _HERE:
        return Check("store encryption", "ok", "none needed: nothing leaves this machine")
    about = "none: names and the password travel in clear; write +s behind the scheme"
    return Check("store encryption", "warning", about)


def _rights(connection: Connection) -> Check:
    def attempt(transaction: Any) -> None:
        transaction.run(f"CREATE (m:{LABEL} {{id: 'right to write'}}) DELETE m").consume()
        raise _UndoError

    try:
        connection.write(attempt)
    except _UndoError:
        return Check("store rights", "ok", "may read and write")
    except StoreError as problem:
        about = f"may read, not write: a finished graph can be used, none loaded ({problem})"
        return Check("store rights", "warning", about)
    raise AssertionError("the attempt ends in one of the two")


def _graph(connection: Connection, inquiry_id: str) -> Check:
    try:
        meta = read_meta(connection)
        if meta is None:
            foreign = _one(connection, "MATCH (n) RETURN count(n)")
            about = f"{foreign:,} nodes that linkgraph did not write" if foreign else "none yet"
            return Check("store graph", "failed" if foreign else "ok", about)
        if inquiry_id:
            meta.must_be_of(inquiry_id, connection.where)
    except StoreError as problem:
        return Check("store graph", "failed", str(problem))
    about = f"of inquiry {meta.inquiry_id}"
    if not meta.ready:
        return Check("store graph", "warning", f"{about}, not complete ({meta.state})")
    return Check("store graph", "ok", about)


def _one(connection: Connection, cypher: str) -> Any:
    return connection.ask(cypher, {}, 60)[1][0][0]
