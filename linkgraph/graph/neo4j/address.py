"""Where a server is, which of its databases is meant, and who asks.

A store is named `neo4j://host:7687` or `bolt://host:7687`, `+s` behind the scheme for TLS with a
certificate that the system trusts, `+ssc` for one that nobody vouches for, and `/database` at
the end when it is not the inquiry's own.  Credentials are never part of it: it ends up in shell
histories, settings and logs.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from linkgraph.errors import StoreError

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
DEFAULT_PORT = 7687
USERNAME, PASSWORD = "NEO4J_USERNAME", "NEO4J_PASSWORD"
SERVICE = "linkgraph"
"""The name under which a keyring holds the password, for `user@host:port`."""

_FORM = "Write neo4j://HOST:7687 or bolt://HOST:7687, and /DATABASE behind it if you need one."
_NAME = re.compile(r"[a-z][a-z0-9.-]{2,62}")


@dataclass(frozen=True)
class Address:
    """A server, and the database on it (None: the inquiry's own where there are several)."""

    scheme: str
    host: str
    port: int
    database: str | None = None

    @classmethod
    def parse(cls, uri: str) -> Address:
        """The address that a URI names; StoreError says what is wrong with it."""
        try:
            parts = urlsplit(uri)
            port = parts.port or DEFAULT_PORT
        except ValueError as problem:
            raise StoreError(f"The store's address is wrong: {problem}.", remedy=_FORM) from problem
        if "@" in parts.netloc:
            raise StoreError(
                "The store's address holds credentials, which would end up in histories and logs.",
                remedy=f"Leave them out and set {USERNAME} and {PASSWORD}.",
            )
        if parts.scheme not in SCHEMES or not parts.hostname:
            raise StoreError(f"{uri!r} names no graph store.", remedy=_FORM)
        if parts.query or parts.fragment:
            raise StoreError(f"{uri!r} has more than a host and a database.", remedy=_FORM)
        database = parts.path.strip("/") or None
        if database is not None and not _NAME.fullmatch(database):
            raise StoreError(
                f"{database!r} cannot name a Neo4j database.",
                remedy="Names have 3 to 63 small letters, digits, dots and dashes.",
            )
        return cls(parts.scheme, parts.hostname, port, database)

    @property
    def server(self) -> str:
        """What the driver connects to."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"

    def __str__(self) -> str:
        return self.server + (f"/{self.database}" if self.database else "")


@dataclass(frozen=True)
class Credentials:
    """Who asks."""

    user: str
    password: str = field(repr=False)


def credentials(address: Address) -> Credentials:
    """From `NEO4J_USERNAME` (default `neo4j`) and `NEO4J_PASSWORD`, else from the keyring.

    Raises StoreError when neither holds a password.
    """
    user = os.environ.get(USERNAME) or "neo4j"
    password = os.environ.get(PASSWORD)
    if password is None:
        password = _from_keyring(f"{user}@{address.host}:{address.port}")
    if password is None:
        raise StoreError(
            f"There is no password for user {user!r} of {address.server}.",
            remedy=f"Set {USERNAME} and {PASSWORD}, or keep it in the system's keyring: "
            f"`keyring set {SERVICE} {user}@{address.host}:{address.port}`.",
        )
    return Credentials(user, password)


def _from_keyring(name: str) -> str | None:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    try:
        return keyring.get_password(SERVICE, name)
    except KeyringError:
        return None


def database_of(inquiry_id: str) -> str:
    """The name of an inquiry's own database, where a server may have several.

    Ids that differ give different names, whatever signs they hold.
    """
    plain = re.sub(r"[^a-z0-9]+", "-", inquiry_id.lower()).strip("-")
    if plain == inquiry_id and len(plain) <= 40:
        return f"linkgraph-{plain}"
    apart = hashlib.sha256(inquiry_id.encode()).hexdigest()[:8]
    return f"linkgraph-{plain[:40].strip('-') or 'inquiry'}-{apart}"
