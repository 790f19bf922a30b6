"""The node that says whose graph a database holds, and how far its load has come.

There is one per database.  Every batch of a load moves it on in the batch's own transaction, so
what is stored and what is noted cannot differ, whenever a server or a client is killed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from linkgraph.errors import StoreError

if TYPE_CHECKING:
    import neo4j

    from linkgraph.graph.neo4j.connection import Connection

LABEL: Final = "Meta"
KEY: Final = "graph"
UNIQUE: Final = (
    f"CREATE CONSTRAINT linkgraph_meta IF NOT EXISTS FOR (m:{LABEL}) REQUIRE m.id IS UNIQUE"
)
State = Literal["clearing", "loading", "imported", "ready"]
"""`imported`: written by `neo4j-admin database import`, constraints and count still to come."""


@dataclass(frozen=True)
class Meta:
    """Whose graph it is; `step` files are stored, and `row` rows of the next one."""

    inquiry_id: str
    fingerprint: str
    state: State
    step: int = 0
    row: int = 0

    @property
    def ready(self) -> bool:
        """Whether the graph is complete."""
        return self.state == "ready"

    def same_graph(self, other: Meta) -> bool:
        """Whether both speak of the same graph of the same inquiry."""
        return (self.inquiry_id, self.fingerprint) == (other.inquiry_id, other.fingerprint)

    def must_be_of(self, inquiry_id: str, where: str) -> None:
        """Raise StoreError for a graph of another inquiry."""
        if self.inquiry_id != inquiry_id:
            raise StoreError(
                f"{where} holds the graph of inquiry {self.inquiry_id!r}, not of {inquiry_id!r}.",
                remedy="Each inquiry has its own database, and with Community its own server. "
                f"`linkgraph inquiry purge {self.inquiry_id}` empties it once that has ended.",
            )


def read_meta(connection: Connection) -> Meta | None:
    """What is noted in the database; None if there is nothing of linkgraph's."""
    _, rows, _ = connection.ask(_READ, {"key": KEY}, 60)
    return _meta(rows[0][0]) if rows else None


def locked(transaction: neo4j.Transaction) -> Meta | None:
    """The same, held against every other load until the transaction ends."""
    # The write takes the lock; what is read after it is what the last holder left.
    transaction.run(f"MATCH (m:{LABEL} {{id: $key}}) SET m.turn = timestamp()", key=KEY).consume()
    record = transaction.run(_READ, key=KEY).single()
    return None if record is None else _meta(record[0])


def locked_or_new(transaction: neo4j.Transaction) -> Meta | None:
    """The same; where there is none, one is made to hold, and None returned."""
    made = transaction.run(
        f"MERGE (m:{LABEL} {{id: $key}}) ON CREATE SET m.new = true "
        "SET m.turn = timestamp() WITH m, m.new AS new REMOVE m.new RETURN new",
        key=KEY,
    ).single(strict=True)[0]
    return None if made else locked(transaction)


def note(transaction: neo4j.Transaction, meta: Meta) -> None:
    """Put `meta` in place of what is noted."""
    transaction.run(
        f"MERGE (m:{LABEL} {{id: $key}}) SET m += $facts", key=KEY, facts=vars(meta)
    ).consume()


_READ: Final = f"MATCH (m:{LABEL} {{id: $key}}) RETURN properties(m) AS facts"


def _meta(facts: dict[str, Any]) -> Meta:
    state = next((s for s in get_args(State) if s == facts.get("state")), None)
    if state is None:
        raise StoreError(
            f"Another version of linkgraph wrote the graph (state {facts.get('state')!r}).",
            remedy="Use that version, or empty the database and load again.",
        )
    return Meta(
        str(facts["inquiry_id"]),
        str(facts["fingerprint"]),
        state,
        int(facts.get("step", 0)),
        int(facts.get("row", 0)),
    )
