"""One database of one server: transactions that are tried again, reads that cannot write."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

import neo4j
from neo4j import unit_of_work

from linkgraph.errors import StoreError
from linkgraph.graph.neo4j.address import Address, Credentials, database_of
from linkgraph.graph.neo4j.errors import FAILURES, OUT_OF_MEMORY, TIMED_OUT, explained, too_old
from linkgraph.graph.schema import LABEL, RELATIONSHIP, node_columns, relationship_columns
from linkgraph.model.graph import LABELS, RELATIONSHIPS

OLDEST = (5, 26)
PATIENCE = 120.0
"""Seconds for which a transaction is tried again while a server is away: it may be starting."""

_MODEL = (
    frozenset(LABEL)
    | frozenset(RELATIONSHIP)
    | {
        name
        for columns in (*map(node_columns, LABELS), *map(relationship_columns, RELATIONSHIPS))
        for name, _ in columns
    }
)
_CONNECT = 15.0
_PAUSE, _LONGEST = 0.2, 5.0
_FETCH = 5000
Result = TypeVar("Result")

# What the server notes about a query is told as a warning; what the driver retries is not told.
logging.getLogger("neo4j").setLevel(logging.CRITICAL)


class TooBigError(Exception):
    """The server has not the memory for a transaction: it must be made smaller."""


class Connection:
    """Opened at the first question and kept until `close`; StoreError for all that goes wrong.

    `inquiry_id` names the database where the address names none and the edition has several.
    """

    def __init__(self, address: Address, who: Credentials, inquiry_id: str) -> None:
        self.address = address
        self.user = who.user
        self.edition = ""
        self.version = ""
        self._who = who
        self._inquiry_id = inquiry_id
        self._driver: neo4j.Driver | None = None
        self._database = ""

    @property
    def where(self) -> str:
        """Server and database, for people."""
        return f"{self.address.server}/{self._database}" if self._database else str(self.address)

    @property
    def database(self) -> str:
        """The database in use; found out at the first call."""
        self._opened()
        return self._database

    def ask(
        self, cypher: str, parameters: Mapping[str, Any], seconds: float, limit: int | None = None
    ) -> tuple[list[str], list[list[Any]], list[str]]:
        """Column names, rows (at most `limit`) and notes of a query in a READ transaction."""

        @unit_of_work(timeout=seconds)
        def work(
            transaction: neo4j.ManagedTransaction,
        ) -> tuple[list[str], list[list[Any]], list[str]]:
            result = transaction.run(cypher, dict(parameters))
            names = list(result.keys())
            records = result if limit is None else result.fetch(limit)
            rows = [record.values() for record in records]
            return names, rows, _notes(result.consume())

        with self._session(neo4j.READ_ACCESS) as session, self._told(seconds):
            answer: tuple[list[str], list[list[Any]], list[str]] = session.execute_read(work)
            return answer

    def write(self, work: Callable[[neo4j.Transaction], Result]) -> Result:
        """What `work` returns, in one transaction that is tried again when it can be.

        Raises TooBigError when the server has not the memory, be it only when all is to be
        kept: the driver's own managed transaction would send the same again for two minutes.
        """
        until, pause = time.monotonic() + PATIENCE, _PAUSE
        while True:
            with self._session(neo4j.WRITE_ACCESS) as session, self._told():
                try:
                    with session.begin_transaction() as transaction:
                        done = work(transaction)
                        transaction.commit()
                        return done
                except FAILURES as problem:
                    if getattr(problem, "code", "") in OUT_OF_MEMORY:
                        raise TooBigError from problem
                    if not problem.is_retryable() or time.monotonic() > until:
                        raise
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST)

    def settle(self, cypher: str) -> None:
        """Run a statement of the schema, which needs a transaction of its own."""

        def work(transaction: neo4j.Transaction) -> None:
            transaction.run(cypher).consume()

        self.write(work)

    def close(self) -> None:
        """Give the connection back; the next question opens it again."""
        if self._driver is not None:
            self._driver.close()
        self._driver = None

    # ---- opening --------------------------------------------------------------------------

    def _opened(self) -> neo4j.Driver:
        if self._driver is not None:
            return self._driver
        with self._told():
            driver = neo4j.GraphDatabase.driver(
                self.address.server,
                auth=(self._who.user, self._who.password),
                user_agent="linkgraph",
                telemetry_disabled=True,
                connection_timeout=_CONNECT,
                connection_acquisition_timeout=2 * _CONNECT,
                max_transaction_retry_time=PATIENCE,
                warn_notification_severity=neo4j.NotificationMinimumSeverity.OFF,
            )
        try:
            with self._told():
                self._database = self._chosen(driver)
        except StoreError:
            driver.close()
            raise
        self._driver = driver
        return driver

    def _chosen(self, driver: neo4j.Driver) -> str:
        """The database to use; version and edition are found out on the way."""
        asked = self.address.database or "system"
        with driver.session(database=asked, default_access_mode=neo4j.READ_ACCESS) as session:
            result = session.run("CALL dbms.components() YIELD versions, edition RETURN *")
            record = result.single(strict=True)
        self.version, self.edition = str(record["versions"][0]), str(record["edition"])
        if _numbers(self.version) < OLDEST:
            raise too_old(self.where, self.version)
        if self.address.database:
            return self.address.database
        if self.edition != "community":
            return database_of(self._inquiry_id)
        with driver.session(database="system", default_access_mode=neo4j.READ_ACCESS) as session:
            found = session.run("SHOW DEFAULT DATABASE YIELD name").single(strict=True)
        return str(found["name"])

    @contextmanager
    def _session(self, mode: str) -> Iterator[neo4j.Session]:
        driver = self._opened()
        with driver.session(
            database=self._database,
            default_access_mode=mode,
            fetch_size=_FETCH,
            notifications_min_severity=neo4j.NotificationMinimumSeverity.WARNING,
            notifications_disabled_classifications=["PERFORMANCE", "GENERIC"],
            # What one session wrote, the next one reads, on whichever member of a cluster.
            bookmark_manager=driver.execute_query_bookmark_manager,
        ) as session:
            yield session

    @contextmanager
    def _told(self, seconds: float = 0.0) -> Iterator[None]:
        try:
            yield
        except FAILURES as problem:
            if getattr(problem, "code", "") in TIMED_OUT:
                raise StoreError(
                    f"The query took longer than {seconds:g} s and was stopped.",
                    remedy="Ask for less: name an id, add a label or a LIMIT.",
                ) from problem
            raise explained(problem, self.where, self.user) from problem


def _notes(summary: neo4j.ResultSummary) -> list[str]:
    """What the server warns of, as sentences with their line."""
    found = []
    for status in summary.gql_status_objects:
        if not status.is_notification or _about_the_model(status.status_description):
            continue
        said = re.sub(r"^\w+: ", "", status.status_description)
        line = f" (line {status.position.line})" if status.position else ""
        found.append(f"{said[:1].upper()}{said[1:]}{line}")
    return found


def _about_the_model(said: str) -> bool:
    """Whether a name that the server does not know yet is one of ours: a graph without
    telephones has no label for them, and that is no slip."""
    named = re.search(r"`(.+?)`", said)
    return named is not None and named[1] in _MODEL


def _numbers(version: str) -> tuple[int, int]:
    found = re.match(r"(\d+)\.(\d+)", version)
    return (int(found[1]), int(found[2])) if found else (0, 0)
