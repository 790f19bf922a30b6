"""From a projection's files into a database, in batches, each stored once.

A batch is one transaction: it takes the lock on the graph's note, sees whether its turn has
come, writes its rows and moves the note on.  A batch that is sent again after a lost answer, or
by a second load at the same time, finds the note moved and writes nothing.  So plain CREATE is
enough, nothing is doubled, and a load that stopped goes on where it stood.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from linkgraph.errors import StoreError
from linkgraph.graph.neo4j.connection import Connection, TooBigError
from linkgraph.graph.neo4j.meta import (
    LABEL,
    UNIQUE,
    Meta,
    locked,
    locked_or_new,
    note,
    read_meta,
)
from linkgraph.graph.neo4j.statements import Step, schema, steps
from linkgraph.graph.store import Progress, Projection

if TYPE_CHECKING:
    import neo4j

BATCH: Final = 2_000
"""Rows to a transaction: the fastest of those tried (docs/performance.md).  Halved whenever the
server has not the memory."""

LEAST: Final = 50
_DELETED: Final = 20_000
_MEMORY: Final = "Raise dbms.memory.transaction.total.max, or the heap, on the server."
Place = tuple[int, int]
"""Where a load stands: files that are stored, rows of the next one."""


class Loading:
    """One projection on its way into one database."""

    def __init__(
        self, connection: Connection, projection: Projection, progress: Progress | None
    ) -> None:
        self.connection = connection
        self.projection = projection
        self.progress = progress
        self.batch = BATCH
        self.steps = steps(projection)

    def run(self) -> None:
        """Load what is not there yet; see `Neo4jStore.load`."""
        there = self._claimed()
        if there.ready:
            return
        if there.state == "clearing":
            delete_all(self.connection, there)
            there = self._noted(replace(there, state="loading"))
        for statement in schema():
            self.connection.settle(statement)
        self.connection.ask("CALL db.awaitIndexes(300)", {}, 330)
        if there.state == "loading":
            place = there.step, there.row
            while place[0] < len(self.steps):
                place = self._file(*place)
        self._compare()
        self._noted(replace(there, state="ready", step=len(self.steps), row=0))
        self._tell("ready", (len(self.steps), 0))

    # ---- whose turn it is -----------------------------------------------------------------

    def _claimed(self) -> Meta:
        """The note of this graph: found as it was left, or made, with an old graph to clear."""
        ours = Meta(self.projection.inquiry_id, self.projection.fingerprint, "loading")
        there = read_meta(self.connection)
        if there is not None and there.ready and there.same_graph(ours):
            return there
        if there is None:
            self._must_be_empty()
            self.connection.settle(UNIQUE)

        def claim(transaction: neo4j.Transaction) -> Meta:
            held = locked_or_new(transaction)
            if held is not None:
                held.must_be_of(ours.inquiry_id, self.connection.where)
                if held.same_graph(ours):
                    return held
            made = ours if held is None else replace(ours, state="clearing")
            note(transaction, made)
            return made

        return self.connection.write(claim)

    def _must_be_empty(self) -> None:
        _, rows, _ = self.connection.ask("MATCH (n) RETURN count(n) AS n", {}, 60)
        foreign = int(rows[0][0])
        # Another load of ours has its note there before its first node.
        if foreign and read_meta(self.connection) is None:
            raise StoreError(
                f"{self.connection.where} holds {foreign:,} nodes that linkgraph did not write.",
                remedy="Name an empty database: linkgraph never deletes what is not its own.",
            )

    def _noted(self, made: Meta) -> Meta:
        def work(transaction: neo4j.Transaction) -> Meta:
            held = self._ours(locked(transaction))
            if held.state != "clearing" and made.state == "loading":
                return held  # another load of this graph was faster
            note(transaction, made)
            return made

        return self.connection.write(work)

    def _ours(self, held: Meta | None) -> Meta:
        wanted = Meta(self.projection.inquiry_id, self.projection.fingerprint, "loading")
        if held is None or not held.same_graph(wanted):
            raise StoreError(
                f"Another load has replaced this one in {self.connection.where}.",
                remedy="Run the command again when that one has ended.",
            )
        return held

    # ---- rows -----------------------------------------------------------------------------

    def _file(self, number: int, row: int) -> Place:
        """Store a file from `row` on; where the load stands after that, or after a surprise."""
        for rows in self.steps[number].batches(row, self.batch):
            self._tell(self.steps[number].name, (number, row))
            place = self._batch(number, row, rows)
            row += len(rows)
            if place != (number, row):  # the batch was too big, or another load is further
                return place
        return self._batch(number, row, [])

    def _batch(self, number: int, row: int, rows: list[list[Any]]) -> Place:
        """Store `rows` if it is their turn; where the load then stands.  No rows end a file."""

        def work(transaction: neo4j.Transaction) -> Place:
            held = self._ours(locked(transaction))
            if held.state != "loading" or (held.step, held.row) != (number, row):
                return held.step, held.row
            place = (number, row + len(rows)) if rows else (number + 1, 0)
            if rows:
                self._store(transaction, self.steps[number], rows)
            note(transaction, replace(held, step=place[0], row=place[1]))
            return place

        try:
            return self.connection.write(work)
        except TooBigError as problem:
            self.batch = min(self.batch, len(rows)) // 2
            if self.batch < LEAST:
                raise StoreError(
                    f"{self.connection.where} has no memory for {len(rows)} rows of "
                    f"{self.steps[number].name}.",
                    remedy=_MEMORY,
                ) from problem
            return number, row

    def _store(self, transaction: neo4j.Transaction, step: Step, rows: list[list[Any]]) -> None:
        stored = _counted(transaction, step.storing, rows=rows)
        if stored != len(rows):
            raise StoreError(
                f"{len(rows) - stored:,} of {len(rows):,} ties {step.name} have an end that is "
                f"not in {self.connection.where}.",
                remedy="Something else writes to that database: empty it and load again.",
            )

    def _compare(self) -> None:
        """Nothing lost, nothing doubled: what stands there is what the files hold."""
        for step in self.steps:
            _, rows, _ = self.connection.ask(step.counting, {}, 600)
            if rows[0][0] != step.rows:
                raise StoreError(
                    f"{self.connection.where} holds {rows[0][0]:,} {step.name} where there are "
                    f"{step.rows:,}.",
                    remedy="Something else writes to that database: empty it and load again.",
                )

    def _tell(self, what: str, place: Place) -> None:
        if self.progress is not None:
            done = sum(step.rows for step in self.steps[: place[0]]) + place[1]
            self.progress(what, done, sum(step.rows for step in self.steps))


def empty(connection: Connection, inquiry_id: str) -> int:
    """Delete the graph of an inquiry and the note of it; how many nodes it had, 0 if none.

    Raises StoreError, and deletes nothing, when the database holds another inquiry's.
    """
    there = read_meta(connection)
    if there is None:
        return 0
    there.must_be_of(inquiry_id, connection.where)
    clearing = replace(there, state="clearing", step=0, row=0)
    connection.write(lambda transaction: note(transaction, clearing))
    deleted = delete_all(connection, clearing)
    connection.settle(f"MATCH (m:{LABEL}) DELETE m")
    return deleted


def delete_all(connection: Connection, clearing: Meta) -> int:
    """Delete all ties, then all nodes but the note, while that says so; how many nodes."""
    _delete(connection, clearing, "MATCH ()-[t]->() WITH t LIMIT $size DELETE t RETURN count(*)")
    return _delete(
        connection,
        clearing,
        f"MATCH (n) WHERE NOT n:{LABEL} WITH n LIMIT $size DELETE n RETURN count(*)",
    )


def _delete(connection: Connection, clearing: Meta, cypher: str) -> int:
    size, deleted = _DELETED, 0
    while True:

        def work(transaction: neo4j.Transaction, size: int = size) -> int:
            held = locked(transaction)
            if held is None or held.state != "clearing" or not held.same_graph(clearing):
                return 0
            return _counted(transaction, cypher, size=size)

        try:
            gone = connection.write(work)
        except TooBigError as problem:
            size //= 2
            if size < LEAST:
                raise StoreError(
                    f"{connection.where} has no memory to delete {2 * size} things at once.",
                    remedy=_MEMORY,
                ) from problem
            continue
        if not gone:
            return deleted
        deleted += gone


def _counted(transaction: neo4j.Transaction, cypher: str, **parameters: Any) -> int:
    """The one number that a writing statement returns."""
    return int(transaction.run(cypher, parameters).single(strict=True)[0])
