"""What is said to the server to store a projection: the schema, and one statement per file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from linkgraph.graph.hops import quoted
from linkgraph.graph.neo4j.meta import UNIQUE
from linkgraph.graph.schema import LABEL, RELATIONSHIP, node_columns, relationship_columns
from linkgraph.graph.store import Projection
from linkgraph.model.graph import LABELS


@dataclass(frozen=True)
class Step:
    """One file: `storing` takes `$rows` and returns how many it stored; `counting` returns how
    many rows of the file's kind the database holds."""

    name: str
    file: Path
    rows: int
    storing: str
    counting: str

    def batches(self, start: int, size: int) -> Iterator[list[list[Any]]]:
        """The rows of the file from `start` on, at most `size` at a time, values in its order."""
        import pyarrow.parquet as pq

        before = 0
        with pq.ParquetFile(self.file) as opened:
            for batch in opened.iter_batches(size):
                before += batch.num_rows
                if before <= start:
                    continue
                kept = batch.slice(max(0, start - (before - batch.num_rows)))
                columns = [column.to_pylist() for column in kept.columns]
                yield [list(row) for row in zip(*columns, strict=True)]


def schema() -> list[str]:
    """A constraint per label: the ends of ties are found by it, and no id can stand twice."""
    return [
        UNIQUE,
        *(
            f"CREATE CONSTRAINT linkgraph_{label.kind} IF NOT EXISTS "
            f"FOR (n:`{label.name}`) REQUIRE n.{quoted(label.key)} IS UNIQUE"
            for label in LABELS
        ),
    ]


def steps(projection: Projection) -> list[Step]:
    """The files of a projection in the order in which they are stored: nodes, then ties."""
    nodes = [_nodes(label, file) for label, file in sorted(projection.nodes.items())]
    return nodes + [_ties(*key, file) for key, file in sorted(projection.relationships.items())]


def _nodes(label: str, file: Path) -> Step:
    columns = [name for name, _ in node_columns(LABEL[label])]
    return Step(
        label,
        file,
        _row_count(file),
        f"UNWIND $rows AS row CREATE (n:`{label}` {_facts(columns, 0)}) RETURN count(*) AS n",
        f"MATCH (n:`{label}`) RETURN count(n) AS n",
    )


def _ties(type_: str, source: str, target: str, file: Path) -> Step:
    columns = [name for name, _ in relationship_columns(RELATIONSHIP[type_])]
    return Step(
        type_,
        file,
        _row_count(file),
        f"UNWIND $rows AS row MATCH (a:`{source}` {{{quoted(LABEL[source].key)}: row[0]}}) "
        f"MATCH (b:`{target}` {{{quoted(LABEL[target].key)}: row[1]}}) "
        f"CREATE (a)-[:`{type_}` {_facts(columns, 2)}]->(b) RETURN count(*) AS n",
        f"MATCH (:`{source}`)-[t:`{type_}`]->(:`{target}`) RETURN count(t) AS n",
    )


def _facts(columns: list[str], first: int) -> str:
    listed = ", ".join(f"{quoted(name)}: row[{i}]" for i, name in enumerate(columns, first))
    return f"{{{listed}}}"


def _row_count(file: Path) -> int:
    import pyarrow.parquet as pq

    rows: int = pq.read_metadata(file).num_rows
    return rows
