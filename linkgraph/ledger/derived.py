"""Tables that follow from those loaded: subjects, duties made disjoint, postings, holders."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from linkgraph.ledger.schema import DERIVED
from linkgraph.model.tables import OPEN_END, OPEN_START, TABLES
from linkgraph.sources import sql

if TYPE_CHECKING:
    import duckdb


def write(
    connection: duckdb.DuckDBPyConnection, folder: Path, present: Sequence[str], *, timezone: str
) -> dict[str, int]:
    """Write the derived tables that the loaded ones allow; rows of each."""
    written: dict[str, int] = {}
    for name, query in (
        ("subjects", _subjects(folder, present)),
        ("duty_segments", _duty_segments(folder) if "duties" in present else ""),
        ("posted", _posted(folder, present, timezone) if "postings" in present else ""),
        ("holders", _holders(folder, present)),
    ):
        if query:
            target = folder / f"{name}.parquet"
            columns = ", ".join(sql.name(c) for c in DERIVED[name])
            connection.execute(
                f"COPY (SELECT {columns} FROM ({query}) ORDER BY ALL) TO {sql.text(target)} "
                "(FORMAT parquet, COMPRESSION zstd)"
            )
            found = connection.execute(f"SELECT count(*) FROM {sql.parquet([target])}").fetchone()
            written[name] = int(found[0]) if found else 0
    return written


def _read(folder: Path, name: str) -> str:
    if name == "lookups":
        return sql.parquet(sorted((folder / name).glob("*.parquet")))
    return sql.parquet([folder / f"{name}.parquet"])


def _subjects(folder: Path, present: Sequence[str]) -> str:
    if "lookups" not in present or not any((folder / "lookups").glob("*.parquet")):
        return ""
    own = (
        f"SELECT lookup_key, subject_key, subject_kind FROM {_read(folder, 'lookups')} "
        "WHERE subject_key IS NOT NULL"
    )
    if "lookup_subjects" not in present:
        return own
    return (
        f"{own} UNION SELECT lookup_key, subject_key, subject_kind "
        f"FROM {_read(folder, 'lookup_subjects')} "
        "WHERE lookup_key IS NOT NULL AND subject_key IS NOT NULL"
    )


def _duty_segments(folder: Path) -> str:
    """Duties cut so that an officer has one at a time: leave, off, training, then the latest.

    Only duties that overlap others (an *island* of them) are cut, so the cost stays near
    that of a sort however long the rosters run.
    """
    return f"""
    WITH duty AS (
      SELECT officer_key, "start", "end", kind, duty_id, unit_key, row_id,
        CASE kind WHEN 'leave' THEN 0 WHEN 'off' THEN 1 WHEN 'training' THEN 2 ELSE 3 END AS rank
      FROM {_read(folder, "duties")} WHERE "end" > "start"
    ), reached AS (
      SELECT *, max("end") OVER (PARTITION BY officer_key ORDER BY "start", "end", row_id
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
      FROM duty
    ), island AS (
      SELECT *, sum(CASE WHEN before > "start" THEN 0 ELSE 1 END)
        OVER (PARTITION BY officer_key ORDER BY "start", "end", row_id) AS island
      FROM reached
    ), sized AS (
      SELECT *, count(*) OVER (PARTITION BY officer_key, island) AS size FROM island
    ), edge AS (
      SELECT DISTINCT officer_key, island, unnest(["start", "end"]) AS edge_at
      FROM sized WHERE size > 1
    ), piece AS (
      SELECT officer_key, island, edge_at AS piece_start,
        lead(edge_at) OVER (PARTITION BY officer_key, island ORDER BY edge_at) AS piece_end
      FROM edge
    ), chosen AS (
      SELECT p.officer_key, p.piece_start, p.piece_end, s.kind, s.duty_id, s.unit_key, s.row_id
      FROM piece p JOIN (SELECT * FROM sized WHERE size > 1) s
        ON p.officer_key = s.officer_key AND p.island = s.island
        AND s."start" <= p.piece_start AND s."end" >= p.piece_end
      QUALIFY row_number() OVER (PARTITION BY p.officer_key, p.piece_start
        ORDER BY s.rank, s."start" DESC, s."end", s.row_id) = 1
    ), numbered AS (
      SELECT *, sum(CASE WHEN same THEN 0 ELSE 1 END)
        OVER (PARTITION BY officer_key ORDER BY piece_start) AS run
      FROM (SELECT *, lag(row_id) OVER w = row_id AND lag(piece_end) OVER w = piece_start AS same
        FROM chosen WINDOW w AS (PARTITION BY officer_key ORDER BY piece_start))
    )
    SELECT officer_key, "start", "end", kind, duty_id, unit_key, row_id FROM sized WHERE size = 1
    UNION ALL
    SELECT officer_key, min(piece_start), max(piece_end), min(kind), min(duty_id), min(unit_key),
      min(row_id)
    FROM numbered GROUP BY officer_key, run
    """


def _posted(folder: Path, present: Sequence[str], timezone: str) -> str:
    """Postings as they were: an open one ends when the next begins, or when the officer left.

    Postings to the same unit and role that touch or overlap are one.  Postings that overlap
    with both ends given stand side by side: people do serve in two units.
    """
    left = ""
    if "officers" in present:
        zone = sql.text(timezone)
        left = (
            "LEFT JOIN (SELECT officer_key AS left_key, "
            f"epoch_us(timezone({zone}, CAST(left_on + 1 AS TIMESTAMP))) AS left_at "
            f"FROM {_read(folder, 'officers')} WHERE left_on IS NOT NULL) "
            "ON left_key = officer_key"
        )
    return f"""
    WITH posting AS (
      SELECT officer_key, unit_key, role, row_id, "start",
        CASE WHEN "end" = {OPEN_END} THEN least("end", coalesce(following, "end"),
          {'coalesce(left_at, "end")' if left else '"end"'}) ELSE "end" END AS "end"
      FROM (SELECT *, min("start") OVER (PARTITION BY officer_key ORDER BY "start"
          RANGE BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS following
        FROM {_read(folder, "postings")}) {left}
    ), reached AS (
      SELECT *, max("end") OVER (PARTITION BY officer_key, unit_key, role
        ORDER BY "start", "end", row_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
      FROM posting WHERE "end" > "start"
    ), numbered AS (
      SELECT *, sum(CASE WHEN before >= "start" THEN 0 ELSE 1 END)
        OVER (PARTITION BY officer_key, unit_key, role ORDER BY "start", "end", row_id) AS run
      FROM reached
    )
    SELECT officer_key, unit_key, role, min("start") AS "start", max("end") AS "end",
      arg_min(row_id, ("start", row_id)) AS row_id
    FROM numbered GROUP BY officer_key, unit_key, role, run
    """


def _holders(folder: Path, present: Sequence[str]) -> str:
    """Who stands behind a person, plate, phone or address, and when."""
    parts = [
        f"""SELECT entity_key AS subject_key, entity_key AS person_key, {OPEN_START} AS "start",
        {OPEN_END} AS "end", 'person' AS via, '' AS "table", '' AS row_id, 'work' AS privacy
        FROM {_read(folder, "entities")} WHERE kind = 'person'"""
    ]
    for via, table, subject, person, where in (
        ("vehicle", "vehicle_owners", "vehicle_key", "person_key", "true"),
        ("phone", "phones", "phone_key", "holder_key", "holder_kind = 'person'"),
        ("address", "residences", "address_key", "person_key", "true"),
    ):
        if table in present:
            privacy = TABLES[table].privacy
            parts.append(
                f"""SELECT {subject}, {person}, "start", "end", '{via}', '{table}', row_id,
                '{privacy}' FROM {_read(folder, table)} WHERE "end" > "start" AND {where}"""
            )
    return " UNION ALL ".join(parts)
