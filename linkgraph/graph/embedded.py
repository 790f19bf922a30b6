"""The graph in one file beside the workspace: the store that needs no server.

The engine is `ladybug`.  The file is a projection: it is built aside and moved into place, so
readers keep what they have open and a killed build leaves the old graph.  Reading opens it
read-only, which any number of processes may do at once.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ladybug

from linkgraph.errors import StoreError
from linkgraph.graph.building import MAX_SIZE, build, remove
from linkgraph.graph.frames import frame
from linkgraph.graph.guard import only_reads
from linkgraph.graph.hops import HopStore, as_edge, by_label, given, known, quoted
from linkgraph.graph.schema import LABEL, relationship_columns
from linkgraph.graph.store import Edge, Progress, Projection
from linkgraph.model.graph import RELATIONSHIPS, Label, Relationship

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd
    import pyarrow as pa

_ANALYSIS_SECONDS = 600.0
_KEPT = 256 << 20
"""Bytes that the engine may hold when a query is over, before the file is closed."""
_REBUILD = "Run `linkgraph analyse --inquiry ID` to build it again."


class EmbeddedStore(HopStore):
    """A GraphStore in the file `path`, which need not exist yet.

    Not for several threads at once; several processes may each open one on the same file.
    """

    name = "embedded"

    def __init__(self, path: Path) -> None:
        self.path = Path(path)
        self._database: Any = None
        self._connection: Any = None
        self._inode = -1

    def load(self, projection: Projection, progress: Progress | None = None) -> None:
        """Build the graph anew beside the old one, then put it in its place.

        Does nothing if the stored graph has the projection's inquiry and fingerprint already.
        Cost: about 100,000 rows a second.
        """
        if self.loaded() == (projection.inquiry_id, projection.fingerprint):
            return
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        building = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        remove(building)
        umask = os.umask(0o077)
        try:
            build(building, projection, progress)
            self.close()
            building.replace(self.path)
            for rest in self.path.parent.glob(f"{self.path.name}.*"):
                rest.unlink(missing_ok=True)
        except RuntimeError as problem:
            raise StoreError(
                f"The graph could not be built in {self.path}: {_first_line(problem)}",
                remedy="Check the free space on the disk, then run `linkgraph analyse` again.",
            ) from problem
        finally:
            os.umask(umask)
            remove(building)

    def loaded(self) -> tuple[str, str] | None:
        """Inquiry id and fingerprint of the stored graph; None if there is none to be read."""
        if not self.path.is_file():
            return None
        try:
            table = self._run("MATCH (m:Meta) RETURN m.inquiry_id AS i, m.fingerprint AS f", {}, 60)
        except StoreError:
            return None
        if table.num_rows != 1:
            return None
        row = table.to_pylist()[0]
        return str(row["i"]), str(row["f"])

    def rows(self, cypher: str, parameters: Mapping[str, Any]) -> pd.DataFrame:
        """Run a query of `cypher/`; a parameter that it names and is not given is an error."""
        table = self._run(cypher, given(cypher, parameters), _ANALYSIS_SECONDS)
        self._give_back()
        return frame(table)

    def read(self, cypher: str, limit: int, seconds: float) -> pd.DataFrame:
        """Run a user's own query: refused unless it only reads; cut at `limit` rows."""
        only_reads(cypher)
        return frame(self._run(cypher.rstrip().rstrip(";"), {}, seconds, limit))

    def close(self) -> None:
        """Give the file back; the next call opens it again."""
        for opened in (self._connection, self._database):
            if opened is not None:
                opened.close()
        self._connection = self._database = None

    # ---- one query ----------------------------------------------------------------------

    def _open(self) -> Any:
        """The connection, opened again when the file was replaced since."""
        try:
            inode = self.path.stat().st_ino
        except FileNotFoundError as problem:
            raise StoreError(f"There is no graph in {self.path}.", remedy=_REBUILD) from problem
        if self._connection is not None and inode == self._inode:
            return self._connection
        self.close()
        try:
            self._database = ladybug.Database(str(self.path), read_only=True, max_db_size=MAX_SIZE)
            self._connection = ladybug.Connection(self._database)
        except RuntimeError as problem:
            self.close()
            raise StoreError(
                f"The graph in {self.path} cannot be opened: {_first_line(problem)}",
                remedy=f"Delete the file. {_REBUILD}",
            ) from problem
        self._inode = inode
        return self._connection

    def _ask(
        self, cypher: str, parameters: Mapping[str, Any], seconds: float
    ) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self._run(cypher, parameters, seconds).to_pylist()
        return rows

    def _run(
        self, cypher: str, parameters: Mapping[str, Any], seconds: float, limit: int | None = None
    ) -> pa.Table:
        connection = self._open()
        try:
            connection.set_query_timeout(max(1, int(seconds * 1000)))
            result = connection.execute(cypher, dict(parameters))
            table = result.get_as_arrow() if limit is None else result.get_as_arrow(limit)
            return table if limit is None else table.slice(0, limit)
        except RuntimeError as problem:
            # A connection that failed once may answer the next query wrongly or not at all.
            self.close()
            raise _refusal(_first_line(problem), seconds) from problem

    def _give_back(self) -> None:
        """Close the file if the engine holds much: of what queries took it frees nothing before.

        The hash tables of a dozen analyses, each as large as the log, would add up.
        """
        if self._held() > _KEPT:
            self.close()

    def _held(self) -> int:
        return int(self._run("CALL bm_info() RETURN mem_usage AS n", {}, 60)["n"][0].as_py())

    # ---- edges, one query per relationship, pair of labels and direction -----------------

    def _edges(
        self, refs: Iterable[str], types: tuple[str, ...], *, at: int | None = None
    ) -> list[Edge]:
        """Edges of `types` with an end in `refs`; one query per relationship and label pair."""
        ids = {label.name: ids for label, ids in by_label(refs)}
        found: list[Edge] = []
        for relationship, source, target in _directions(types):
            for anchor, label in (("a", source), ("b", target)):
                if label.name not in ids:
                    continue
                when = " AND t.`start` <= $at AND t.`end` > $at" if at is not None else ""
                columns = ", ".join(
                    f"t.{quoted(name)} AS {quoted(name)}"
                    for name, _ in relationship_columns(relationship)
                )
                cypher = (
                    f"MATCH (a:{source.name})-[t:`{relationship.name}`]->(b:{target.name}) "
                    f"WHERE {anchor}.{label.key} IN $ids{when} "
                    f"RETURN a.{source.key} AS from_id, b.{target.key} AS to_id, {columns}"
                )
                values: dict[str, Any] = {"ids": ids[label.name]}
                if at is not None:
                    values["at"] = at
                rows = self._ask(cypher, values, 120)
                found.extend(as_edge(relationship.name, source, target, row) for row in rows)
        return found

    def _neighbour_counts(self, refs: Iterable[str], types: tuple[str, ...]) -> dict[str, int]:
        neighbours: dict[str, int] = {}
        ids = {label.name: ids for label, ids in by_label(refs)}
        pairs: dict[tuple[str, str], list[str]] = {}
        for relationship, source, target in _directions(types):
            pairs.setdefault((source.name, target.name), []).append(relationship.name)
        # Counted per pair of labels, so that two ties to one neighbour count once; where the
        # labels of both ends are the same, one query looks both ways.
        for (source_name, target_name), names in sorted(pairs.items()):
            source, target = LABEL[source_name], LABEL[target_name]
            joined = "|".join(f"`{name}`" for name in sorted(names))
            both = [(source, target, "-", "->")] if source is not target else []
            both += [(target, source, "<-", "-")] if source is not target else []
            both = both or [(source, source, "-", "-")]
            for here, there, left, right in both:
                if here.name not in ids:
                    continue
                cypher = (
                    f"MATCH (a:{here.name}){left}[t:{joined}]{right}(b:{there.name}) "
                    f"WHERE a.{here.key} IN $ids AND NOT id(a) = id(b) "
                    f"RETURN a.{here.key} AS id, count(DISTINCT b.{there.key}) AS n"
                )
                for row in self._ask(cypher, {"ids": ids[here.name]}, 120):
                    ref = f"{here.kind}:{row['id']}"
                    neighbours[ref] = neighbours.get(ref, 0) + int(row["n"])
        return neighbours


def _directions(types: Iterable[str]) -> Iterator[tuple[Relationship, Label, Label]]:
    wanted = known(types)
    for relationship in RELATIONSHIPS:
        if relationship.name in wanted:
            for source, target in relationship.ends:
                yield relationship, LABEL[source], LABEL[target]


def _refusal(said: str, seconds: float) -> StoreError:
    """What a user is told when the engine gives up: too slow, too large, or no such query."""
    if "nterrupted" in said:
        return StoreError(
            f"The query took longer than {seconds:g} s and was stopped.",
            remedy="Ask for less: name an id, add a label or a LIMIT.",
        )
    if "Buffer manager" in said:
        return StoreError(
            "The query needs more memory than the graph engine may take.",
            remedy="Open an inquiry for fewer officers, a shorter period or a smaller k, or use a "
            "Neo4j server (docs/neo4j.md).",
        )
    return StoreError(f"The graph engine refused the query: {said}", remedy="Correct the query.")


def _first_line(problem: BaseException) -> str:
    return str(problem).strip().splitlines()[0] if str(problem).strip() else type(problem).__name__
