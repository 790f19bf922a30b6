"""The graph as files for `neo4j-admin database import`, for what is too big to be sent in batches.

The importer writes a whole database at once, ten times as fast, and leaves an unusable one for a
single tie without an end.  So every end is looked up before anything is written.  The database
is marked as imported; linkgraph makes its constraints and counts its rows when it first opens it.
"""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from linkgraph.errors import StoreError, UsageError
from linkgraph.model.graph import LABELS

if TYPE_CHECKING:
    import duckdb

    from linkgraph.graph.store import Projection

SCRIPT: Final = "import.sh"
_KEY: Final = {label.name: label.key for label in LABELS}
_META: Final = "Meta"


def write_import(projection: Projection, folder: Path) -> list[Path]:
    """Write CSV files and the command that imports them into the empty folder `folder`.

    Text is quoted always, so that an empty text and none stay apart.  Raises UsageError when
    the folder holds something, StoreError for a tie without an end or an id that stands twice.
    """
    import duckdb

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is not an empty folder.", remedy="Name a new one.")
    with duckdb.connect() as connection:
        _check(connection, projection)
        folder.mkdir(parents=True, exist_ok=True)
        written = [
            _copy(connection, file, folder / f"{label}.csv", {_KEY[label]: f"ID({label})"})
            for label, file in sorted(projection.nodes.items())
        ]
        for (type_, source, target), file in sorted(projection.relationships.items()):
            ends = {"from_id": f"START_ID({source})", "to_id": f"END_ID({target})"}
            path = folder / f"{type_}-{source}-{target}.csv"
            written.append(_copy(connection, file, path, ends))
        written.append(_note(connection, projection, folder / f"{_META}.csv"))
    script = folder / SCRIPT
    script.write_text(_script(projection), encoding="utf-8")
    script.chmod(0o700)
    return [*written, script]


def _check(connection: duckdb.DuckDBPyConnection, projection: Projection) -> None:
    def one(sql: str, *files: Path) -> Any:
        return connection.execute(sql, [str(file) for file in files]).fetchone()

    for label, file in projection.nodes.items():
        key = f'"{_KEY[label]}"'
        twice = one(f"SELECT {key} FROM read_parquet(?) GROUP BY ALL HAVING count(*) > 1", file)
        if twice is not None:
            raise StoreError(f"{label} {twice[0]!r} stands twice in {file}.", remedy=_AGAIN)
    for (type_, *ends), file in projection.relationships.items():
        for column, label in zip(("from_id", "to_id"), ends, strict=True):
            loose = one(
                f"SELECT count(*), any_value(tie_id), any_value({column}) FROM read_parquet(?) t "
                f'ANTI JOIN read_parquet(?) n ON t.{column} = n."{_KEY[label]}"',
                *(file, projection.nodes[label]),
            )
            if loose[0]:
                raise StoreError(
                    f"{loose[0]:,} ties {type_} have no {label} at an end, such as {loose[1]!r} "
                    f"at {loose[2]!r}.",
                    remedy=_AGAIN,
                )


_AGAIN: Final = "The projection is damaged: delete its folder and analyse again."


def _copy(
    connection: duckdb.DuckDBPyConnection, source: Path, target: Path, roles: dict[str, str]
) -> Path:
    """One file with the importer's headings: `name:type`, and the columns that tie it up."""
    described = connection.execute(
        "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_parquet(?))",
        [str(source)],
    ).fetchall()
    columns, quoted = [], []
    for name, kind in described:
        shown = "" if name in {"from_id", "to_id"} else name
        heading = f"{shown}:{roles.get(name) or ('long' if 'INT' in kind else 'string')}"
        columns.append(f'"{name}" AS "{heading}"')
        if "INT" not in kind:
            quoted.append(f'"{heading}"')
    connection.execute(
        f"COPY (SELECT {', '.join(columns)} FROM read_parquet({_literal(source)})) "
        f"TO {_literal(target)} (FORMAT csv, HEADER, FORCE_QUOTE ({', '.join(quoted)}))"
    )
    return target


def _note(connection: duckdb.DuckDBPyConnection, projection: Projection, target: Path) -> Path:
    """The note by which linkgraph knows whose graph it is."""
    connection.execute(
        'COPY (SELECT \'graph\' AS "id:ID(Meta)", ? AS "inquiry_id:string", '
        '? AS "fingerprint:string", \'imported\' AS "state:string", 0 AS "step:long", '
        f'0 AS "row:long") TO {_literal(target)} (FORMAT csv, HEADER, FORCE_QUOTE *)',
        [projection.inquiry_id, projection.fingerprint],
    )
    return target


def _script(projection: Projection) -> str:
    nodes = [f"--nodes={label}={label}.csv" for label in (*sorted(projection.nodes), _META)]
    ties = [
        f"--relationships={type_}={type_}-{source}-{target}.csv"
        for type_, source, target in sorted(projection.relationships)
    ]
    listed = " \\\n  ".join(shlex.quote(argument) for argument in (*nodes, *ties))
    return f"""#!/bin/sh
# Makes the database of one inquiry out of these files.  Run it where neo4j-admin is, as the
# server's user, while the database is stopped; what the database held is replaced.
#   ./{SCRIPT} [DATABASE]        (neo4j, if none is named)
set -eu
cd "$(dirname "$0")"
exec neo4j-admin database import full "${{1:-neo4j}}" \\
  --overwrite-destination=true --multiline-fields=true --strict=true --bad-tolerance=0 \\
  --report-file=import.report \\
  {listed}
"""


def _literal(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
