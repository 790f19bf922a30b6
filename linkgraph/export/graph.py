"""The graph of an inquiry as GraphML, as tables of nodes and ties, or for Neo4j's importer.

A projection is Parquet already: `parquet` copies it, `csv` and `graphml` stream it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from linkgraph.errors import UsageError, WorkspaceError
from linkgraph.export.lookups import defused
from linkgraph.export.neo4j_admin import write_import
from linkgraph.model.graph import LABELS
from linkgraph.workspace.folder import refuse_device

if TYPE_CHECKING:
    from linkgraph.graph.store import Projection

FORMATS = ("graphml", "csv", "parquet", "neo4j")
_KIND = {label.name: label.kind for label in LABELS}
_KEY = {label.name: label.key for label in LABELS}
_BATCH = 50_000


def write_graph(projection: Projection, format_: str, path: Path) -> list[Path]:
    """Write the graph to the file `path` (`graphml`) or into the folder `path` (others).

    Returns the files in order.  Raises UsageError for an unknown format, or when the folder
    holds something else.
    """
    if format_ not in FORMATS:
        raise UsageError(
            f"There is no format {format_!r}.", remedy=f"Formats: {', '.join(FORMATS)}."
        )
    import duckdb

    umask = os.umask(0o077)
    try:
        if format_ == "graphml":
            return [_graphml(projection, path)]
        if format_ == "neo4j":
            return write_import(projection, path)
        return _tables(projection, format_, path)
    except (OSError, duckdb.IOException) as problem:
        said = getattr(problem, "strerror", None) or str(problem).splitlines()[0]
        raise WorkspaceError(
            f"{path} cannot be written: {said}.",
            remedy="Name a place that you may write to, on a disk with room.",
        ) from problem
    finally:
        os.umask(umask)


def _tables(projection: Projection, format_: str, folder: Path) -> list[Path]:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is not an empty folder.", remedy="Name a new one.")
    folder.mkdir(parents=True, exist_ok=True)
    sources = [projection.nodes[name] for name in sorted(projection.nodes)]
    sources += [projection.relationships[key] for key in sorted(projection.relationships)]
    written = []
    for source in sources:
        target = folder / f"{source.stem}.{format_}"
        if format_ == "parquet":
            shutil.copyfile(source, target)
        else:
            _csv(source, target)
        written.append(target)
    return written


def _csv(source: Path, target: Path) -> None:
    import ibis

    connection = ibis.duckdb.connect()
    try:
        defused(connection.read_parquet(str(source))).to_csv(str(target))
    finally:
        connection.disconnect()


def _graphml(projection: Projection, path: Path) -> Path:
    refuse_device(path)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with aside.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(_lines(projection))
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    return path


def _lines(projection: Projection) -> Iterator[str]:
    """GraphML: node ids are `kind:id`; every property is declared as string or long."""
    import pyarrow.parquet as pq

    nodes = [(name, projection.nodes[name]) for name in sorted(projection.nodes)]
    ties = [(key, projection.relationships[key]) for key in sorted(projection.relationships)]
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for scope, files in (("node", [p for _, p in nodes]), ("edge", [p for _, p in ties])):
        types: dict[str, str] = {"label": "string"}
        for file in files:
            for field in pq.read_schema(file):
                types.setdefault(field.name, "long" if "int" in str(field.type) else "string")
        for name, kind in sorted(types.items()):
            if name not in ("from_id", "to_id"):
                yield (
                    f'<key id={quoteattr(f"{scope}_{name}")} for="{scope}" '
                    f'attr.name={quoteattr(name)} attr.type="{kind}"/>\n'
                )
    yield f'<graph id={quoteattr(projection.inquiry_id)} edgedefault="directed">\n'
    for label, file in nodes:
        for row in _rows(file):
            ref = f"{_KIND[label]}:{row[_KEY[label]]}"
            yield f"<node id={_attribute(ref)}>{_data('node', {'label': label, **row})}</node>\n"
    for (type_, source, target), file in ties:
        for row in _rows(file):
            ends = f"{_KIND[source]}:{row.pop('from_id')}", f"{_KIND[target]}:{row.pop('to_id')}"
            yield (
                f"<edge source={_attribute(ends[0])} target={_attribute(ends[1])}>"
                f"{_data('edge', {'label': type_, **row})}</edge>\n"
            )
    yield "</graph>\n</graphml>\n"


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(file) as opened:
        for batch in opened.iter_batches(batch_size=_BATCH):
            yield from batch.to_pylist()


def _data(scope: str, values: dict[str, Any]) -> str:
    return "".join(
        f"<data key={quoteattr(f'{scope}_{name}')}>{_text(value)}</data>"
        for name, value in values.items()
        if value is not None
    )


def _attribute(text: str) -> str:
    return quoteattr(_legal(text))


def _text(value: Any) -> str:
    from xml.sax.saxutils import escape

    return escape(_legal(str(value)))


def _legal(text: str) -> str:
    """`text` without the characters that XML cannot hold at all, each made visible."""
    return "".join(
        c
        if c in "\t\n\r" or "\x20" <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff"
        else c.encode("unicode_escape").decode()
        for c in text
    )
