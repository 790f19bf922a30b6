"""Small graphs written by hand in a test, laid out as a projection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from linkgraph.graph.schema import (
    LABEL,
    RELATIONSHIP,
    node_columns,
    relationship_columns,
    split_ref,
)
from linkgraph.graph.store import Projection
from linkgraph.model.tables import OPEN_END, OPEN_START

TYPES = {"text": pa.string(), "int": pa.int64()}
Tie = tuple[str, str, str, Mapping[str, Any]]


def tie(type_: str, source: str, target: str, /, **properties: Any) -> Tie:
    """A tie between two refs; what is not given is open, empty or made from the ends."""
    return (type_, source, target, properties)


def projection(
    folder: Path,
    ties: Iterable[Tie],
    nodes: Mapping[str, Mapping[str, Any]] | None = None,
    *,
    inquiry_id: str = "Q1",
    fingerprint: str = "f1",
) -> Projection:
    """Parquet files for the given ties; `nodes` (ref -> properties) adds to their ends."""
    folder.mkdir(parents=True, exist_ok=True)
    properties: dict[str, dict[str, Any]] = {ref: dict(p) for ref, p in (nodes or {}).items()}
    rows: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for number, (type_, source, target, given) in enumerate(ties):
        for ref in (source, target):
            properties.setdefault(ref, {})
        (source_label, source_id), (target_label, target_id) = split_ref(source), split_ref(target)
        row: dict[str, Any] = {
            "from_id": source_id,
            "to_id": target_id,
            "tie_id": f"t:{number}",
            "start": OPEN_START,
            "end": OPEN_END,
            "kind": "",
            "source": "",
            **given,
        }
        if type_ == "LOOKED_UP":
            row = {"n": 1, "unexplained": 1, "first_at": 0, "last_at": 0} | row
        rows.setdefault((type_, source_label.name, target_label.name), []).append(row)
    by_label: dict[str, list[dict[str, Any]]] = {}
    for ref, given in sorted(properties.items()):
        label, node_id = split_ref(ref)
        by_label.setdefault(label.name, []).append({label.key: node_id, **given})
    node_files = {}
    for name, found in by_label.items():
        node_files[name] = folder / f"{name}.parquet"
        _write(found, node_columns(LABEL[name]), node_files[name])
    tie_files = {}
    for key, found in rows.items():
        tie_files[key] = folder / ("-".join(key) + ".parquet")
        columns = (
            ("from_id", "text"),
            ("to_id", "text"),
            *relationship_columns(RELATIONSHIP[key[0]]),
        )
        _write(found, columns, tie_files[key])
    return Projection(inquiry_id, fingerprint, node_files, tie_files)


def _write(rows: list[dict[str, Any]], columns: Iterable[tuple[str, str]], path: Path) -> None:
    names = dict(columns)
    pq.write_table(
        pa.table(
            {
                name: pa.array([r.get(name) for r in rows], TYPES[kind])
                for name, kind in names.items()
            }
        ),
        path,
    )
