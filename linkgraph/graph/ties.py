"""Each relationship of the graph as a query over the ledger's tables.

A query gives `from_id`, `to_id`, `tie_id`, `start`, `end`, `kind`, `source` and the type's own
properties, in DuckDB's SQL.  `{name}` stands for the ledger's table of that name, `{chosen}`
for the inquiry's officers (`officer_id`), `{asked}` for their look-ups in its period
(`lookup_key, lookup_id, officer_id, at, level`), `{about_persons}` for the persons behind those
(`lookup_key, lookup_id, officer_id, person_id, at, level`), `{about_subjects}` for their subjects
(`lookup_key, lookup_id, officer_id, kind, subject_id, at, level`); `{from_}`, `{until}` for the
period, `{open_start}`, `{open_end}` for what open ends are filled with.

`tie_id` is `table:row_id` of the ledger row that carries the tie, so every edge leads back to a
source row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from linkgraph.graph.schema import LABEL
from linkgraph.model.graph import SUBJECT_LABELS

MAX_PARTNERS: Final = 8
"""A duty shared by more than this is an assembly, not a partnership."""

MAX_SHARERS: Final = 20
"""A device used by more officers than this is furniture: sharing it ties nobody."""


@dataclass(frozen=True)
class TieQuery:
    """One source of edges.

    `needs`: tables without which there are none.  `permits`: the kind of tie that an inquiry
    must allow; empty for work ties; `*` where each row's own kind decides.
    """

    type: str
    source: str
    target: str
    sql: str
    needs: tuple[str, ...] = ()
    permits: str = ""


_OPEN = '{open_start} AS start, {open_end} AS "end"'


def tie_queries() -> tuple[TieQuery, ...]:
    """All of them; several may give one relationship, whose rows are then put together."""
    return (*_work(), *_log(), *_private())


def _rows(table: str, source: str, target: str, kind: str, *, where: str = "true") -> str:
    return (
        f"SELECT {source} AS from_id, {target} AS to_id, '{table}:' || row_id AS tie_id, "
        f"start, \"end\", {kind} AS kind, '' AS source FROM {{{table}}} WHERE {where}"
    )


def _lasting(table: str, source: str, target: str, kind: str, *, where: str = "true") -> str:
    return (
        f"SELECT {source} AS from_id, {target} AS to_id, '{table}:' || row_id AS tie_id, "
        f"{_OPEN}, {kind} AS kind, '' AS source FROM {{{table}}} WHERE {where}"
    )


def _work() -> tuple[TieQuery, ...]:
    return (
        TieQuery("IS", "Officer", "Person", _lasting("officers", "officer_id", "person_id", "''")),
        TieQuery(
            "POSTED_TO", "Officer", "Unit", _rows("postings", "officer_id", "unit_id", "role")
        ),
        TieQuery(
            "ASSIGNED_TO",
            "Officer",
            "PoliceCase",
            _rows("case_officers", "officer_id", "case_id", "role"),
        ),
        TieQuery("PART_OF", "Unit", "Unit", _lasting("units", "unit_id", "parent_unit_id", "''")),
        TieQuery(
            "OWNS", "Person", "Vehicle", _rows("vehicle_owners", "person_id", "vehicle_id", "''")
        ),
        *(
            TieQuery(
                "INVOLVES",
                "PoliceCase",
                name,
                _lasting(
                    "case_subjects",
                    "case_id",
                    "subject_id",
                    "role",
                    where=f"subject_kind = '{LABEL[name].kind}'",
                ),
            )
            for name in SUBJECT_LABELS
        ),
        TieQuery("MADE_BY", "Complaint", "Person", _complaint("complainant_id")),
        TieQuery("AGAINST", "Complaint", "Officer", _complaint("officer_id")),
        TieQuery("ON_DUTY_WITH", "Officer", "Officer", _ON_DUTY_WITH, ("duties",)),
        TieQuery("SHARED_DEVICE", "Officer", "Officer", _SHARED_DEVICE, ("lookups",)),
        TieQuery("SHARED_DEVICE", "Officer", "Officer", _OVERLAPPING, ("device_sessions",)),
    )


def _complaint(column: str) -> str:
    return (
        f"SELECT complaint_id AS from_id, {column} AS to_id, 'complaints:' || row_id AS tie_id, "
        '"at" AS start, {open_end} AS "end", kind, \'\' AS source FROM {complaints}'
    )


_ON_DUTY_WITH = f"""
WITH shared AS (
    SELECT *, count(DISTINCT officer_id) OVER (PARTITION BY duty_id) AS partners
    FROM (
        SELECT * FROM {{duties}}
        WHERE duty_id IS NOT NULL AND kind NOT IN ('leave', 'off')
          AND start < {{until}} AND "end" > {{from_}}
    )
)
SELECT a.officer_id AS from_id, b.officer_id AS to_id, 'duties:' || a.row_id AS tie_id,
    greatest(a.start, b.start) AS start, least(a."end", b."end") AS "end",
    a.kind, '' AS source, a.duty_id
FROM shared a JOIN shared b ON a.duty_id = b.duty_id AND a.officer_id < b.officer_id
WHERE a.partners BETWEEN 2 AND {MAX_PARTNERS}
  AND greatest(a.start, b.start) < least(a."end", b."end")
  AND (a.officer_id IN (FROM {{chosen}}) OR b.officer_id IN (FROM {{chosen}}))
"""

_SHARED_DEVICE = f"""
WITH used AS (
    SELECT device_id, officer_id, min("at") AS first_at, max("at") AS last_at,
        min_by(lookup_id, lookup_key) AS lookup_id,
        count(*) OVER (PARTITION BY device_id) AS sharers
    FROM {{lookups}}
    WHERE device_id IS NOT NULL AND officer_id IS NOT NULL
      AND "at" >= {{from_}} AND "at" < {{until}}
      AND device_id NOT IN (SELECT device_id FROM {{devices}} WHERE kind = 'desktop')
    GROUP BY device_id, officer_id
)
SELECT a.officer_id AS from_id, b.officer_id AS to_id, 'lookups:' || a.lookup_id AS tie_id,
    greatest(a.first_at, b.first_at) AS start, least(a.last_at, b.last_at) + 1 AS "end",
    'inferred' AS kind, 'log' AS source, a.device_id
FROM used a JOIN used b ON a.device_id = b.device_id AND a.officer_id < b.officer_id
WHERE a.sharers <= {MAX_SHARERS}
  AND greatest(a.first_at, b.first_at) <= least(a.last_at, b.last_at)
  AND (a.officer_id IN (FROM {{chosen}}) OR b.officer_id IN (FROM {{chosen}}))
"""

_OVERLAPPING = f"""
WITH sessions AS (
    SELECT s.device_id, a.officer_id, s.row_id, s.start, s."end",
        count(DISTINCT a.officer_id) OVER (PARTITION BY s.device_id) AS sharers
    FROM {{device_sessions}} s
    JOIN {{accounts}} a ON a.account_id = s.account_id
        AND s.start >= a.start AND s.start < a."end"
    WHERE s.start < {{until}} AND s."end" > {{from_}}
)
SELECT a.officer_id AS from_id, b.officer_id AS to_id, 'device_sessions:' || a.row_id AS tie_id,
    greatest(a.start, b.start) AS start, least(a."end", b."end") AS "end",
    'session' AS kind, '' AS source, a.device_id
FROM sessions a JOIN sessions b ON a.device_id = b.device_id AND a.officer_id < b.officer_id
    AND a.start < b."end" AND b.start < a."end"
WHERE a.sharers <= {MAX_SHARERS}
  AND (a.officer_id IN (FROM {{chosen}}) OR b.officer_id IN (FROM {{chosen}}))
"""


def _log() -> tuple[TieQuery, ...]:
    sums = (
        "count(DISTINCT lookup_key) AS n, "
        "count(DISTINCT lookup_key) FILTER (level <> 'full') AS unexplained, "
        'min("at") AS first_at, max("at") AS last_at'
    )
    summed = (
        "SELECT officer_id AS from_id, {id} AS to_id, "
        "'lookups:' || min_by(lookup_id, lookup_key) AS tie_id, min(\"at\") AS start, "
        "max(\"at\") + 1 AS \"end\", '' AS kind, '' AS source, "
        + sums
        + " FROM {rows} GROUP BY 1, 2"
    )
    about = (
        "SELECT lookup_id AS from_id, subject_id AS to_id, 'lookups:' || lookup_id AS tie_id, "
        '"at" AS start, {open_end} AS "end", level AS kind, \'\' AS source '
        "FROM {about_subjects} WHERE kind = '{kind}'"
    )
    looked_up = [
        TieQuery(
            "LOOKED_UP", "Officer", "Person", summed.format(id="person_id", rows="{about_persons}")
        )
    ]
    looked_up += [
        TieQuery(
            "LOOKED_UP",
            "Officer",
            name,
            summed.format(
                id="subject_id",
                rows=f"(SELECT * FROM {{about_subjects}} WHERE kind = '{LABEL[name].kind}')",
            ),
        )
        for name in SUBJECT_LABELS
        if name != "Person"
    ]
    return (
        *looked_up,
        *(
            TieQuery("ABOUT", "Lookup", name, about.replace("{kind}", LABEL[name].kind))
            for name in SUBJECT_LABELS
        ),
        TieQuery("ASKED", "Officer", "Officer", _made_for("requester_id")),
        TieQuery("RANG", "Phone", "Officer", _made_for("caller_phone_id")),
        TieQuery("BY", "Lookup", "Officer", _of_lookup("officer_id")),
        TieQuery("ASKED_BY", "Lookup", "Officer", _of_lookup("requester_id")),
        TieQuery("CITES", "Lookup", "PoliceCase", _of_lookup("case_id")),
    )


def _made_for(column: str) -> str:
    """From whoever asked, of those look-ups that were made for another, to who made them."""
    return (
        f"SELECT l.{column} AS from_id, a.officer_id AS to_id, "
        "'lookups:' || l.lookup_id AS tie_id, "
        'l."at" AS start, l."at" + 1 AS "end", \'\' AS kind, \'\' AS source '
        "FROM {lookups} l JOIN {asked} a ON a.lookup_key = l.lookup_key "
        f"WHERE l.{column} <> a.officer_id"
    )


def _of_lookup(column: str) -> str:
    return (
        f"SELECT l.lookup_id AS from_id, l.{column} AS to_id, 'lookups:' || l.lookup_id AS tie_id, "
        "l.\"at\" AS start, {open_end} AS \"end\", '' AS kind, '' AS source "
        "FROM {lookups} l SEMI JOIN {asked} a ON a.lookup_key = l.lookup_key"
    )


def _private() -> tuple[TieQuery, ...]:
    return (
        TieQuery("TIE", "Person", "Person", _ASSOCIATIONS, permits="*"),
        TieQuery(
            "TIE",
            "Person",
            "Person",
            "SELECT person_id AS from_id, other_id AS to_id, 'aliases:' || row_id AS tie_id, "
            f"{_OPEN}, 'alias' AS kind, source FROM {{aliases}}",
            permits="alias",
        ),
        TieQuery(
            "LIVES_AT",
            "Person",
            "Address",
            _rows("residences", "person_id", "address_id", "''"),
            permits="household",
        ),
        TieQuery(
            "HAS_ROLE",
            "Person",
            "Organisation",
            _rows("organisation_roles", "person_id", "organisation_id", "role"),
            permits="role",
        ),
        TieQuery(
            "LOCATED_AT",
            "Organisation",
            "Address",
            _lasting("organisation_addresses", "organisation_id", "address_id", "''"),
            permits="role",
        ),
        *(
            TieQuery(
                "HOLDS",
                name,
                "Phone",
                _rows(
                    "phones",
                    "holder_id",
                    "phone_id",
                    "''",
                    where=f"holder_kind = '{LABEL[name].kind}'",
                ),
                permits="phone",
            )
            for name in ("Person", "Organisation")
        ),
        TieQuery(
            "TIED_TO_UNIT",
            "Person",
            "Unit",
            _rows("unit_ties", "person_id", "unit_id", "kind"),
            permits="unit",
        ),
        TieQuery("CALLED", "Phone", "Phone", _CALLED, permits="warrant"),
    )


_ASSOCIATIONS = """
SELECT person_a_id AS from_id, person_b_id AS to_id, 'associations:' || row_id AS tie_id,
    start, "end", kind, source
FROM {associations}
WHERE kind IN (FROM {kinds})
"""

_CALLED = """
SELECT from_phone_id AS from_id, to_phone_id AS to_id, 'calls:' || min_by(row_id, ("at", row_id))
    AS tie_id, min("at") AS start, max("at") + 1 AS "end", '' AS kind,
    string_agg(DISTINCT warrant_no, ' ' ORDER BY warrant_no) AS source,
    count(*) AS n, min("at") AS first_at, max("at") AS last_at
FROM {calls}
WHERE warrant_no IN (FROM {warrants})
GROUP BY 1, 2
"""
