"""A database file of the embedded engine, made from a projection in one go."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import ladybug

from linkgraph.graph.schema import node_columns, relationship_columns
from linkgraph.graph.store import Progress, Projection
from linkgraph.model.graph import LABELS, RELATIONSHIPS, PropertyType

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_SIZE = 1 << 36
"""Address space reserved for a file; the engine's own 8 TB leaves room for few at a time."""

_TYPES: dict[PropertyType, str] = {"text": "STRING", "int": "INT64"}
_GLOB = frozenset("*?[]{}'\"\\")


def build(path: Path, projection: Projection, progress: Progress | None) -> None:
    """Make a database file from a projection; RuntimeError if the engine cannot."""
    database = ladybug.Database(str(path), max_db_size=MAX_SIZE)
    connection = ladybug.Connection(database)
    total = len(projection.nodes) + len(projection.relationships)
    done = 0

    def tick(what: str) -> None:
        nonlocal done
        if progress is not None:
            progress(what, done, total)
        done += 1

    try:
        for statement in _tables():
            connection.execute(statement)
        for name, file in sorted(projection.nodes.items()):
            tick(name)
            with _plain(file) as plain:
                connection.execute(f"COPY `{name}` FROM '{plain}'")
        for (name, source, target), file in sorted(projection.relationships.items()):
            tick(name)
            with _plain(file) as plain:
                connection.execute(f"COPY `{name}` FROM '{plain}' (from='{source}', to='{target}')")
        connection.execute(
            "CREATE (:Meta {inquiry_id: $inquiry_id, fingerprint: $fingerprint})",
            {"inquiry_id": projection.inquiry_id, "fingerprint": projection.fingerprint},
        )
        connection.execute("CHECKPOINT")
        tick("ready")
    finally:
        connection.close()
        database.close()


def _tables() -> Iterator[str]:
    for label in LABELS:
        columns = ", ".join(f"{_quoted(name)} {_TYPES[t]}" for name, t in node_columns(label))
        yield f"CREATE NODE TABLE `{label.name}`({columns}, PRIMARY KEY({_quoted(label.key)}))"
    for relationship in RELATIONSHIPS:
        ends = ", ".join(f"FROM `{a}` TO `{b}`" for a, b in relationship.ends)
        columns = ", ".join(
            f"{_quoted(name)} {_TYPES[t]}" for name, t in relationship_columns(relationship)
        )
        yield f"CREATE REL TABLE `{relationship.name}`({ends}, {columns})"
    yield "CREATE NODE TABLE Meta(inquiry_id STRING, fingerprint STRING, PRIMARY KEY(inquiry_id))"


@contextmanager
def _plain(file: Path) -> Iterator[str]:
    """The file under a path without signs that COPY takes for a pattern or a quote."""
    path = file.resolve()
    if not _GLOB & set(str(path)):
        yield str(path)
        return
    with tempfile.TemporaryDirectory(prefix="linkgraph-") as folder:
        link = Path(folder) / "rows.parquet"
        link.symlink_to(path)
        yield str(link)


def remove(path: Path) -> None:
    """Delete a database file and what the engine keeps beside it."""
    for file in (path, *path.parent.glob(f"{path.name}.*")):
        file.unlink(missing_ok=True)


def _quoted(name: str) -> str:
    return f"`{name}`"
