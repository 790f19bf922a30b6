"""Records of the driver as an Arrow table, with the types that the embedded engine gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import neo4j.graph

if TYPE_CHECKING:
    import pyarrow as pa


def table(names: list[str], rows: list[list[Any]]) -> pa.Table:
    """One column per name.  Numbers, texts and lists keep their types; nodes and relationships
    become their properties, paths lists of them, and times of the server ISO 8601 text."""
    import pyarrow as pa

    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in names]
    return pa.table({name: _array(values) for name, values in zip(names, columns, strict=True)})


def _array(values: list[Any]) -> pa.Array:
    import pyarrow as pa

    plain = [_plain(value) for value in values]
    try:
        found = pa.array(plain)
    except (pa.ArrowInvalid, pa.ArrowTypeError):  # values of different types in one column
        return pa.array([None if value is None else str(value) for value in plain])
    return found.cast(pa.string()) if pa.types.is_null(found.type) else found


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, neo4j.graph.Entity):
        return dict(sorted(value.items())) or None
    if isinstance(value, neo4j.graph.Path):
        steps: list[neo4j.graph.Entity] = [value.nodes[0]]
        for tie, node in zip(value.relationships, value.nodes[1:], strict=True):
            steps += [tie, node]
        return [str(_plain(step)) for step in steps]
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(name): _plain(item) for name, item in value.items()} or None
    return value.iso_format() if hasattr(value, "iso_format") else str(value)
