"""The embedded engine and a Neo4j server side by side: one graph loaded, asked the same.

`python -m benchmarks.stores WORKSPACE --inquiry ID` starts a Neo4j Community server of its own
(see `tests/support/neo4j`) on this machine, loads the inquiry's graph into both stores, runs every
set analysis and some walks on both, and prints seconds by the clock and their ratio.  Before that
it stores a slice of ties in every shape that a load could have, in turn and several times over,
since a server gets faster while it warms up.
"""

from __future__ import annotations

import argparse
import itertools
import queue
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import neo4j

import linkgraph
from linkgraph.api import graphs
from linkgraph.export import write_graph
from linkgraph.graph.embedded import EmbeddedStore
from linkgraph.graph.neo4j.statements import Step, schema, steps
from linkgraph.graph.runner import hits
from linkgraph.graph.store import GraphStore, Projection
from tests.support.neo4j import Server
from tests.support.neo4j.server import USER
from tests.support.neo4j.shared import store_on

ROUNDS = 3
SLICE = 100_000
HEAP = "2g"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stores", description=__doc__)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--inquiry", default="bench")
    arguments = parser.parse_args()
    workspace = linkgraph.open(arguments.workspace)
    inquiry = linkgraph_inquiry(workspace, arguments.inquiry)
    projection = graphs.projected(workspace, inquiry)
    ledger, screening = workspace.ledger, workspace.screening()
    rows = sum(step.rows for step in steps(projection))
    print(f"{rows:,} rows of nodes and ties")
    with tempfile.TemporaryDirectory(prefix="linkgraph-stores-") as name:
        folder = Path(name)
        server = Server(folder / "server", heap=HEAP).start()
        try:
            shapes(server, projection)
            server.discard()
            imported(folder, projection, rows)
            server = Server(folder / "fresh", heap=HEAP).start()
            stores: dict[str, GraphStore] = {
                "embedded": EmbeddedStore(folder / "graph.lbdb"),
                "neo4j": store_on(server, inquiry.id),
            }
            taken = {store: timed(lambda s=s: s.load(projection)) for store, s in stores.items()}
            tell("load", taken)
            for store, seconds in taken.items():
                print(f"  {store}: {rows / seconds:,.0f} rows/s")
            found = {s: analysed(stores[s], ledger, screening, inquiry) for s in stores}
            for analysis in found["embedded"]:
                tell(analysis, {s: found[s][analysis] for s in found})
            tell("all analyses", {s: sum(found[s].values()) for s in found})
            walks(stores, projection)
        finally:
            server.kill()


def linkgraph_inquiry(workspace: linkgraph.Workspace, inquiry_id: str) -> Any:
    """The inquiry, which must hold."""
    from linkgraph import inquiries

    return inquiries.require(workspace.folder, inquiry_id)


def analysed(store: GraphStore, *scope: Any) -> dict[str, float]:
    """Seconds of each set analysis: from its announcement to the next one's."""
    marks: list[tuple[str, float]] = []
    hits(store, *scope, progress=lambda name, *_: marks.append((name, time.perf_counter())))
    marks.append(("", time.perf_counter()))
    return {name: after - began for (name, began), (_, after) in itertools.pairwise(marks)}


def walks(stores: dict[str, GraphStore], projection: Projection) -> None:
    """Paths, neighbourhoods and searches, the same on both."""
    officers = ids(projection.nodes["Officer"], "officer_id", 20)
    organisations = ids(projection.nodes["Organisation"], "organisation_id", 20)
    pairs = list(zip(officers, organisations, strict=False))
    for name, ask in (
        (
            "20 shortest paths",
            lambda s: [
                s.paths(f"officer:{a}", f"organisation:{b}", max_hops=6, limit=50, at=None)
                for a, b in pairs
            ],
        ),
        (
            "20 neighbourhoods",
            lambda s: [s.neighbourhood((f"officer:{a}",), hops=2, limit=300) for a in officers],
        ),
        ("a search", lambda s: s.search("王", 50)),
    ):
        tell(name, {store: timed(lambda s=s, ask=ask: ask(s)) for store, s in stores.items()})


def ids(file: Path, key: str, number: int) -> list[str]:
    """Some ids of a file of nodes, spread over it."""
    import pyarrow.parquet as pq

    values = pq.read_table(file, columns=[key])[key].to_pylist()
    return values[:: max(1, len(values) // number)][:number]


def imported(folder: Path, projection: Projection, rows: int) -> None:
    """The offline way: files, and Neo4j's importer."""
    wrote = timed(lambda: write_graph(projection, "neo4j", folder / "files"))
    server = Server(folder / "offline", heap=HEAP)
    server.configure()
    took = timed(lambda: server.run_script(folder / "files" / "import.sh"))
    shutil.rmtree(folder / "offline")
    print(
        f"offline: {wrote:.1f} s to write files, {took:.1f} s to import, "
        f"{rows / (wrote + took):,.0f} rows/s together"
    )


# ---- shapes of a load -----------------------------------------------------------------------


def shapes(server: Server, projection: Projection) -> None:
    """A slice of the largest file of ties, stored by every shape in turn."""
    listed = steps(projection)
    ties = max((s for s in listed if "MATCH (a:" in s.storing), key=lambda s: s.rows)
    with neo4j.GraphDatabase.driver(server.uri, auth=(USER, server.password)) as driver:
        for statement in schema():
            write(driver, statement)
        for step in listed:
            if "MATCH (a:" not in step.storing:
                for rows in step.batches(0, 10_000):
                    write(driver, step.storing, rows=rows)
        merged = ties.storing.replace("CREATE (a)-[:", "MERGE (a)-[:")
        told: dict[str, list[float]] = {}
        for round_ in range(ROUNDS + 1):
            for name, cypher, batch, threads in (
                ("CREATE, 2,000 rows, one thread", ties.storing, 2_000, 1),
                ("CREATE, 10,000 rows, one thread", ties.storing, 10_000, 1),
                ("CREATE, 10,000 rows, two threads", ties.storing, 10_000, 2),
                ("CREATE, 10,000 rows, four threads", ties.storing, 10_000, 4),
                ("MERGE, 10,000 rows, one thread", merged, 10_000, 1),
            ):
                seconds = stored(driver, cypher, ties, batch, threads)
                if round_:  # the first round warms the server up
                    told.setdefault(name, []).append(seconds)
                gone = 1
                while gone:
                    gone = write(
                        driver, "MATCH ()-[t]->() WITH t LIMIT 20000 DELETE t RETURN count(*)"
                    )
    base = statistics.median(told["CREATE, 10,000 rows, one thread"])
    print(f"shapes, {min(SLICE, ties.rows):,} ties {ties.name}:")
    for name, seconds in told.items():
        middle = statistics.median(seconds)
        print(f"  {name}: {min(SLICE, ties.rows) / middle:,.0f} rows/s, {base / middle:.2f}")


def stored(driver: neo4j.Driver, cypher: str, step: Step, batch: int, threads: int) -> float:
    """Seconds to store the slice."""
    waiting: queue.Queue[list[list[Any]] | None] = queue.Queue(threads * 2)

    def work() -> None:
        while (rows := waiting.get()) is not None:
            write(driver, cypher, rows=rows)

    def run() -> None:
        workers = [threading.Thread(target=work) for _ in range(threads)]
        for worker in workers:
            worker.start()
        for rows in sliced(step, batch):
            waiting.put(rows)
        for _ in workers:
            waiting.put(None)
        for worker in workers:
            worker.join()

    return timed(run)


def sliced(step: Step, batch: int) -> Iterator[list[list[Any]]]:
    """The first rows of a file."""
    left = SLICE
    for rows in step.batches(0, batch):
        yield rows[:left]
        left -= len(rows)
        if left <= 0:
            return


def write(driver: neo4j.Driver, cypher: str, **parameters: Any) -> Any:
    """The one value that a statement returns, None if it returns nothing."""
    with driver.session(database="neo4j") as session:
        record = session.execute_write(lambda t: t.run(cypher, parameters).single())
    return None if record is None else record[0]


def timed(run: Callable[[], Any]) -> float:
    """Seconds by the clock."""
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def tell(what: str, taken: dict[str, float]) -> None:
    """One line: both times and their ratio."""
    ratio = taken["neo4j"] / taken["embedded"]
    print(f"| {what} | {taken['embedded']:.1f} s | {taken['neo4j']:.1f} s | {ratio:.1f} |")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
