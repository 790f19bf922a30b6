"""What the driver and the server say, in words that name the remedy.

Codes are those of Neo4j 5.26 (its status-code reference) as this driver passes them on.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator

from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransactionError,
    UnsupportedServerProduct,
)

from linkgraph.errors import StoreError

FAILURES = (DriverError, Neo4jError)
"""Everything that the driver raises on purpose."""

OUT_OF_MEMORY = frozenset(
    {
        "Neo.TransientError.General.MemoryPoolOutOfMemoryError",
        "Neo.TransientError.General.TransactionMemoryLimit",
        "Neo.TransientError.General.OutOfMemoryError",
    }
)
"""Retryable by the server's word, but the same batch would not fit the next time either."""

TIMED_OUT = frozenset(
    {
        "Neo.ClientError.Transaction.TransactionTimedOut",
        "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration",
        "Neo.TransientError.Transaction.TransactionTimedOut",
    }
)
READ_ONLY = frozenset(
    {
        "Neo.ClientError.General.WriteOnReadOnlyAccessDatabase",
        "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase",
        "Neo.ClientError.Database.DatabaseNotWritable",
    }
)
_WRITE_IN_READ = "Neo.ClientError.Statement.AccessMode"
_RATE_LIMIT = "Neo.ClientError.Security.AuthenticationRateLimit"
_EXPIRED = "Neo.ClientError.Security.CredentialsExpired"
_NOT_FOUND = "Neo.ClientError.Database.DatabaseNotFound"
_GONE = frozenset(
    {
        "Neo.TransientError.General.DatabaseUnavailable",
        "Neo.TransientError.Database.DatabaseUnavailable",
        "Neo.ClientError.Database.DatabaseUnavailable",
    }
)
_NO_RIGHT = (
    "Neo.ClientError.Security.Forbidden",
    "Neo.ClientError.Security.TransactionForbidden",
)


def explained(problem: BaseException, where: str, user: str = "") -> StoreError:
    """The StoreError for what the driver raised while talking to the database `where`."""
    code = str(getattr(problem, "code", "") or "")
    if code == _RATE_LIMIT:
        return StoreError(
            f"{where} has locked user {user!r} out after several wrong passwords.",
            remedy="Wait half a minute, then give the right one.",
        )
    if code == _EXPIRED:
        return StoreError(
            f"The password of user {user!r} has expired on {where}.",
            remedy="Change it on the database `system`: ALTER CURRENT USER SET PASSWORD FROM "
            "'the old one' TO 'a new one'.",
        )
    if isinstance(problem, AuthError) or code == "Neo.ClientError.Security.Unauthorized":
        return StoreError(
            f"{where} refuses user {user!r}: name or password is wrong.",
            remedy="Correct NEO4J_USERNAME and NEO4J_PASSWORD, or what the keyring holds.",
        )
    if code == _NOT_FOUND:
        return StoreError(
            f"The database of {where} does not exist.",
            remedy="Name one behind the host (neo4j://HOST:7687/DATABASE), or have an "
            "administrator create it: CREATE DATABASE `NAME` WAIT.",
        )
    if code in READ_ONLY:
        return StoreError(
            f"{where} is read-only, and its graph is not the inquiry's present one.",
            remedy="Have an administrator take it out of server.databases.read_only, load, and "
            "put it back.",
        )
    if code == _WRITE_IN_READ:
        return StoreError("The query is refused: it would write.", remedy="Queries only read.")
    if code in _NO_RIGHT:
        return StoreError(
            f"User {user!r} lacks a right on {where}: {first_line(problem)}",
            remedy="Loading needs the right to write and to make constraints; everything else "
            "only to read. docs/neo4j.md has the statements.",
        )
    if code in OUT_OF_MEMORY:
        return StoreError(
            f"{where} has too little memory for the query.",
            remedy="Ask for less, or raise dbms.memory.transaction.total.max on the server.",
        )
    if code in _GONE or isinstance(problem, TransactionError):
        return _unanswered(where, first_line(problem))
    if isinstance(problem, UnsupportedServerProduct):
        return _unsupported(where)
    if isinstance(problem, ServiceUnavailable | SessionExpired | ConfigurationError):
        return _unreachable(problem, where)
    return StoreError(
        f"The graph engine refused the query: {first_line(problem)}", remedy="Correct the query."
    )


def too_old(where: str, version: str) -> StoreError:
    """For a server that does not know the Cypher that linkgraph writes."""
    return StoreError(
        f"{where} is version {version}; linkgraph needs 5.26 or newer.",
        remedy="Use Neo4j 5.26 LTS or newer, or leave --store empty for the embedded store.",
    )


def first_line(problem: BaseException) -> str:
    """The first line of the server's own message."""
    text = str(getattr(problem, "message", None) or problem).strip()
    return text.splitlines()[0] if text else type(problem).__name__


def _unsupported(where: str) -> StoreError:
    return StoreError(
        f"{where} answers, but not as a Neo4j server that this version of linkgraph knows.",
        remedy="Neo4j must be 5.26 or newer, and the port that of Bolt (7687), not of HTTP (7474).",
    )


def _unanswered(where: str, said: str) -> StoreError:
    return StoreError(
        f"{where} stopped answering: {said}",
        remedy="See that the server runs, then run the command again: a load goes on where it "
        "stood, anything else changes nothing.",
    )


def _unreachable(problem: BaseException, where: str) -> StoreError:
    causes = list(_causes(problem))
    said = " ".join(str(cause) for cause in causes)
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return StoreError(
            f"The certificate of {where} is not trusted: {_verify(causes)}.",
            remedy="Name the agency's CA in SSL_CERT_FILE, or, on a network that you trust, "
            "write +ssc in place of +s.",
        )
    if any(isinstance(cause, ssl.SSLError) for cause in causes) or "BoltSecurityError" in said:
        return StoreError(
            f"{where} does not speak TLS as asked.",
            remedy="Take +s out of the address if the server has no TLS, or set "
            "server.bolt.tls_level=REQUIRED on it.",
        )
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return StoreError(
            f"The host of {where} is not known.", remedy="Correct the name, or use its number."
        )
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes) or "refused" in said:
        return StoreError(
            f"Nothing answers at {where}.",
            remedy="See that the server runs and listens there: server.bolt.listen_address.",
        )
    if "handshake" in said.lower():
        return StoreError(
            f"{where} closed the connection at once.",
            remedy="If the server requires TLS, write +s behind the scheme: bolt+s:// or "
            "neo4j+s://; see also that the port is that of Bolt.",
        )
    return _unanswered(where, first_line(problem))


def _verify(causes: list[BaseException]) -> str:
    return next(
        (c.verify_message for c in causes if isinstance(c, ssl.SSLCertVerificationError)), "unknown"
    )


def _causes(problem: BaseException) -> Iterator[BaseException]:
    waiting: list[BaseException | None] = [problem]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [one.__cause__, one.__context__]
