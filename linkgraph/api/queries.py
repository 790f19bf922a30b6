"""The stored queries of `cypher/explore`: each a file with its title and parameters on top."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linkgraph.analyses.cypher import cypher_folder
from linkgraph.api.times import iso
from linkgraph.errors import StoreError, UsageError

if TYPE_CHECKING:
    import pandas as pd

    from linkgraph.graph.store import GraphStore


@dataclass(frozen=True)
class Stored:
    """A stored query: name, what it shows, its parameters with their defaults (None: required)."""

    name: str
    title: str
    parameters: Mapping[str, Any]
    cypher: str


def stored() -> list[Stored]:
    """Every stored query, by name."""
    return [_read(path) for path in sorted((cypher_folder() / "explore").glob("*.cypher"))]


TIMES = ("start", "end", "first_at", "last_at")
"""Columns of stored queries that hold times."""


def run(store: GraphStore, query: Stored, parameters: Mapping[str, Any], zone: str) -> pd.DataFrame:
    """The rows of a stored query with the parameters that `chosen` gave; times in ISO 8601."""
    import pandas as pd

    rows = store.rows(query.cypher, parameters)
    for name in [name for name in TIMES if name in rows]:
        told = [None if pd.isna(at) else iso(int(at), zone) for at in rows[name]]
        rows[name] = pd.Series(told, index=rows.index, dtype=object)
    return rows


def chosen(name: str, given: Mapping[str, Any]) -> tuple[Stored, dict[str, Any]]:
    """The stored query of this name and all its parameters, those given in place of defaults.

    Raises UsageError for an unknown name, and for parameters that it lacks or does not have.
    """
    known = {query.name: query for query in stored()}
    if name not in known:
        raise UsageError(
            f"There is no stored query {name!r}.",
            remedy=f"There is: {', '.join(known)}. Or give your own with --cypher.",
        )
    query = known[name]
    parameters = dict(query.parameters)
    for parameter, value in given.items():
        if parameter not in parameters:
            raise UsageError(
                f"Query {name} has no parameter {parameter!r}.",
                remedy=f"It has: {', '.join(parameters) or 'none'}.",
            )
        default = parameters[parameter]
        try:
            parameters[parameter] = int(value) if isinstance(default, int) else value
        except ValueError as problem:
            raise UsageError(f"{parameter} is {value!r}; expected a whole number.") from problem
    missing = [parameter for parameter, value in parameters.items() if value is None]
    if missing:
        raise UsageError(
            f"Query {name} needs {', '.join(missing)}.",
            remedy=f"Give it with --set {missing[0]}=VALUE.",
        )
    return query, parameters


def _read(path: Path) -> Stored:
    import yaml

    lines = path.read_text(encoding="utf-8").splitlines()
    head = []
    for line in lines:
        if not line.startswith("//"):
            break
        head.append(line[2:].removeprefix(" "))
    try:
        fields = yaml.safe_load("\n".join(head)) or {}
    except yaml.YAMLError as problem:
        raise StoreError(f"{path}: the header comment is not YAML: {problem}") from problem
    title = fields.get("title", {})
    return Stored(
        name=path.stem,
        title=title.get("en", "") if isinstance(title, dict) else str(title),
        parameters=dict(fields.get("parameters") or {}),
        cypher="\n".join(lines[len(head) :]),
    )
