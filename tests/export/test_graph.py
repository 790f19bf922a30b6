"""The graph of an inquiry for other tools."""

from __future__ import annotations

import csv
from pathlib import Path

import networkx as nx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from linkgraph.errors import UsageError
from linkgraph.export import write_graph
from linkgraph.graph.store import Projection
from linkgraph.model.tables import OPEN_END, OPEN_START

HOSTILE = '<i>"Zhao" & \x00 堃</i>'


@pytest.fixture
def projection(tmp_path: Path) -> Projection:
    folder = tmp_path / "projection"
    folder.mkdir()
    ties = {
        "tie_id": ["officers:O1"],
        "start": [OPEN_START],
        "end": [OPEN_END],
        "kind": [""],
        "source": [None],
    }
    tables = {
        "Officer": {"officer_id": ["O1"], "name": ["=Wang"], "person_id": ["P1"]},
        "Person": {"person_id": ["P1", "P2"], "name": [HOSTILE, None]},
        "IS-Officer-Person": {"from_id": ["O1"], "to_id": ["P1"], **ties},
        "TIE-Person-Person": {"from_id": ["P1"], "to_id": ["P2"], **ties},
    }
    for name, columns in tables.items():
        pq.write_table(pa.table(columns), folder / f"{name}.parquet")
    return Projection(
        "Q",
        "f",
        {name: folder / f"{name}.parquet" for name in ("Officer", "Person")},
        {
            ("IS", "Officer", "Person"): folder / "IS-Officer-Person.parquet",
            ("TIE", "Person", "Person"): folder / "TIE-Person-Person.parquet",
        },
    )


def test_graphml_is_read_by_networkx(projection: Projection, tmp_path: Path) -> None:
    (path,) = write_graph(projection, "graphml", tmp_path / "graph.graphml")
    graph = nx.read_graphml(path)
    assert sorted(graph.nodes) == ["officer:O1", "person:P1", "person:P2"]
    assert graph.nodes["person:P1"]["name"] == HOSTILE.replace("\x00", r"\x00")
    assert graph.nodes["officer:O1"]["label"] == "Officer"
    assert graph.edges["officer:O1", "person:P1"]["label"] == "IS"
    assert graph.edges["officer:O1", "person:P1"]["end"] == OPEN_END


def test_graphml_is_the_same_bytes_each_time(projection: Projection, tmp_path: Path) -> None:
    (one,) = write_graph(projection, "graphml", tmp_path / "1.graphml")
    (two,) = write_graph(projection, "graphml", tmp_path / "2.graphml")
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize("format_", ["csv", "parquet"])
def test_tables_go_into_a_new_folder(projection: Projection, tmp_path: Path, format_: str) -> None:
    written = write_graph(projection, format_, tmp_path / "out")
    assert [path.stem for path in written] == [
        "Officer", "Person", "IS-Officer-Person", "TIE-Person-Person",
    ]  # fmt: skip
    with pytest.raises(UsageError, match="not an empty folder"):
        write_graph(projection, format_, tmp_path / "out")


def test_formulas_in_csv_are_defused(projection: Projection, tmp_path: Path) -> None:
    written = write_graph(projection, "csv", tmp_path / "out")
    with written[0].open(encoding="utf-8", newline="") as file:
        assert next(csv.DictReader(file))["name"] == "'=Wang"


def test_an_unknown_format_is_refused(projection: Projection, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Formats: graphml, csv, parquet"):
        write_graph(projection, "xlsx", tmp_path / "out")
