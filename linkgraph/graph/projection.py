"""From the ledger to the graph of one inquiry, laid out as Parquet files.

Every officer is in it, and every work tie.  What the log says is there for the inquiry's
officers and its period; private ties are there as far as the inquiry names their kind; calls
under its warrants.  What is not there is said in `left_out`.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from linkgraph.errors import InquiryError
from linkgraph.graph.lookups import ways
from linkgraph.graph.schema import LOG_TYPES, RELATIONSHIP, relationship_columns
from linkgraph.graph.store import Progress, Projection
from linkgraph.graph.ties import TieQuery, tie_queries
from linkgraph.model.graph import LABELS, RELATIONSHIPS, TIE_KINDS, Label
from linkgraph.model.tables import OPEN_END, OPEN_START, TABLES
from linkgraph.screen.pairs import lookup_persons

if TYPE_CHECKING:
    from linkgraph.inquiries import Inquiry
    from linkgraph.ledger import Ledger
    from linkgraph.screen import Screening

REVISION: Final = 1
"""Of what is projected: a change here makes earlier graphs stale."""

MAX_LOOKUP_NODES: Final = 200_000
RECORD: Final = "projection.json"

_NODE_TABLES: Final[Mapping[str, str]] = {
    "Officer": "officers",
    "Unit": "units",
    "Person": "persons",
    "Vehicle": "vehicles",
    "Address": "addresses",
    "Organisation": "organisations",
    "PoliceCase": "cases",
    "Complaint": "complaints",
}
_PRIVATE_PROPERTIES: Final[Mapping[tuple[str, str], str]] = {
    ("Address", "text"): "household",
    ("Address", "community"): "neighbour",
}


def project(
    ledger: Ledger,
    screening: Screening,
    inquiry: Inquiry,
    out: Path,
    *,
    max_lookup_nodes: int = MAX_LOOKUP_NODES,
    progress: Progress | None = None,
) -> Projection:
    """Write the inquiry's graph under `out`, or open it if the same is there.

    Complete or absent: built aside, then renamed.  Single look-ups become nodes when there
    are at most `max_lookup_nodes`.  Cost: linear in look-ups and ties.  Raises InquiryError
    for an officer or a unit of the inquiry that the ledger does not know.
    """
    fingerprint = _fingerprint(ledger, screening, inquiry, max_lookup_nodes)
    there = opened(out)
    if there is not None and there.fingerprint == fingerprint:
        return there
    aside = out.with_name(f".{out.name}.{os.getpid()}")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True, mode=0o700)
    umask = os.umask(0o077)
    try:
        with _tables(ledger, screening, inquiry) as tables:
            written = _Writing(tables, aside, inquiry, max_lookup_nodes, progress).write()
        record = {"inquiry_id": inquiry.id, "fingerprint": fingerprint, **written}
        text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True)
        (aside / RECORD).write_text(text + "\n", encoding="utf-8")
        shutil.rmtree(out, ignore_errors=True)
        aside.rename(out)
    finally:
        os.umask(umask)
        shutil.rmtree(aside, ignore_errors=True)
    found = opened(out)
    assert found is not None
    return found


def opened(out: Path) -> Projection | None:
    """The projection in `out`; None if there is no complete one."""
    try:
        record = json.loads((out / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return Projection(
        record["inquiry_id"],
        record["fingerprint"],
        {name: out / f"{name}.parquet" for name in record["nodes"]},
        {
            (type_, source, target): out / f"{type_}-{source}-{target}.parquet"
            for type_, source, target in record["relationships"]
        },
        tuple(record["left_out"]),
    )


def _fingerprint(
    ledger: Ledger, screening: Screening, inquiry: Inquiry, max_lookup_nodes: int
) -> str:
    facts = {
        "revision": REVISION,
        "model": repr((LABELS, RELATIONSHIPS)),
        "ledger": ledger.fingerprint,
        "screening": screening.fingerprint,
        "id": inquiry.id,
        "officers": sorted(inquiry.officers),
        "all_officers": inquiry.all_officers,
        "units": sorted(inquiry.units),
        "period": [inquiry.start, inquiry.end],
        "ties": sorted(inquiry.ties),
        "warrants": sorted(inquiry.warrants),
        "max_lookup_nodes": max_lookup_nodes,
    }
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class _Tables:
    """The names under which the tie queries read: the ledger's tables and the inquiry's own."""

    def __init__(self, ledger: Ledger, names: dict[str, str]) -> None:
        self.ledger = ledger
        self.names = names

    def run(self, sql: str) -> Any:
        """Run one statement, its `{names}` filled in."""
        return self.ledger.connection.raw_sql(sql.format_map(self))

    def __getitem__(self, name: str) -> str:
        if name not in self.names:
            self.names[name] = _subquery(self.ledger, self.ledger.table(name))
        return self.names[name]


def _subquery(ledger: Ledger, expression: Any) -> str:
    return f"({ledger.connection.compile(expression)})"


@contextmanager
def _tables(ledger: Ledger, screening: Screening, inquiry: Inquiry) -> Iterator[_Tables]:
    """The inquiry's officers, look-ups and their persons as temporary tables."""
    own = ("chosen", "places", "asked", "about_persons", "about_subjects", "kinds", "warrants")
    names = {name: f'"graph_{name}"' for name in own}
    names |= {"from_": str(inquiry.start), "until": str(inquiry.end)}
    names |= {"open_start": str(OPEN_START), "open_end": str(OPEN_END)}
    tables = _Tables(ledger, names)
    try:
        _choose(tables, inquiry)
        _ask(tables, screening, inquiry)
        _list(tables, "kinds", [kind for kind in _kinds(ledger) if inquiry.allows(kind)])
        _list(tables, "warrants", sorted(inquiry.warrants))
        yield tables
    finally:
        for name in own:
            tables.run(f"DROP TABLE IF EXISTS {names[name]}")


def _choose(tables: _Tables, inquiry: Inquiry) -> None:
    """`chosen`: ids of the officers whose look-ups the inquiry is about."""
    _list(tables, "chosen", sorted(inquiry.officers))
    _list(tables, "places", sorted(inquiry.units))
    unknown = [
        f"{kind} {row[0]!r}"
        for kind, name in (("officer", "chosen"), ("unit", "places"))
        for row in tables.run(
            f"SELECT id FROM {{{name}}} WHERE id NOT IN "
            f"(SELECT id FROM {{entities}} WHERE kind = '{kind}') ORDER BY id"
        ).fetchall()
    ]
    if unknown:
        raise InquiryError(
            f"Inquiry {inquiry.id!r} names {', '.join(unknown)}, which the ledger does not know.",
            remedy="Load their tables, or open an inquiry with the right ids.",
        )
    if inquiry.all_officers:
        tables.run(
            "INSERT INTO {chosen} SELECT id FROM {entities} "
            "WHERE kind = 'officer' AND id NOT IN (FROM {chosen})"
        )
    if inquiry.units:
        tables.run(
            """INSERT INTO {chosen}
            WITH RECURSIVE below(unit_id) AS (
                FROM {places}
                UNION
                SELECT u.unit_id FROM {units} u JOIN below ON u.parent_unit_id = below.unit_id
            )
            SELECT DISTINCT officer_id FROM {postings}
            WHERE unit_id IN (FROM below) AND start < {until} AND "end" > {from_}
              AND officer_id NOT IN (FROM {chosen})"""
        )


def _ask(tables: _Tables, screening: Screening, inquiry: Inquiry) -> None:
    """`asked`, `about_persons`, `about_subjects`: the look-ups and who and what they are about."""
    ledger = tables.ledger
    tables.names["screened"] = _subquery(ledger, screening.lookups)
    tables.names["levels"] = _subquery(ledger, screening.subjects_explained)
    tables.names["behind"] = _subquery(
        ledger, lookup_persons(ledger, screening, include_private=True)
    )
    tables.run(
        """CREATE OR REPLACE TEMP TABLE {asked} AS
        SELECT l.lookup_key, l.lookup_id, o.id AS officer_id, l.at, l.explanation_level AS level
        FROM {screened} l
        JOIN {entities} o ON o.entity_key = l.officer_key
        WHERE l.at >= {from_} AND l.at < {until} AND o.id IN (FROM {chosen})"""
    )
    via = ", ".join(_literal(way) for way in ways(inquiry))
    tables.run(
        f"""CREATE OR REPLACE TEMP TABLE {{about_persons}} AS
        SELECT b.lookup_key, a.lookup_id, a.officer_id, p.id AS person_id, a.at, b.level
        FROM {{behind}} b
        JOIN {{asked}} a ON a.lookup_key = b.lookup_key
        JOIN {{entities}} p ON p.entity_key = b.person_key
        WHERE b.via IN ({via})"""
    )
    tables.run(
        """CREATE OR REPLACE TEMP TABLE {about_subjects} AS
        SELECT s.lookup_key, a.lookup_id, a.officer_id, e.kind, e.id AS subject_id, a.at, s.level
        FROM {levels} s
        JOIN {asked} a ON a.lookup_key = s.lookup_key
        JOIN {entities} e ON e.entity_key = s.subject_key"""
    )


def _kinds(ledger: Ledger) -> list[str]:
    found = ledger.table("associations").select("kind").distinct().execute()
    return sorted(str(kind) for kind in found["kind"] if kind is not None)


def _list(tables: _Tables, name: str, values: list[str]) -> None:
    tables.run(f"CREATE OR REPLACE TEMP TABLE {{{name}}} (id TEXT)")
    for at in range(0, len(values), 1000):
        rows = ", ".join(f"({_literal(value)})" for value in values[at : at + 1000])
        tables.run(f"INSERT INTO {tables[name]} VALUES {_braces(rows)}")


class _Writing:
    """One projection on its way to files: ties first, then the nodes at their ends."""

    def __init__(
        self,
        tables: _Tables,
        folder: Path,
        inquiry: Inquiry,
        max_lookup_nodes: int,
        progress: Progress | None,
    ) -> None:
        self.tables = tables
        self.folder = folder
        self.inquiry = inquiry
        self.max_lookup_nodes = max_lookup_nodes
        self.progress = progress
        self.left_out: list[str] = []
        self.ends: dict[str, list[str]] = {}
        self.temporary: list[str] = []

    def write(self) -> dict[str, Any]:
        grouped: dict[tuple[str, str, str], list[TieQuery]] = {}
        for query in self._permitted():
            grouped.setdefault((query.type, query.source, query.target), []).append(query)
        try:
            ties = [
                list(key)
                for step, (key, queries) in enumerate(sorted(grouped.items()))
                if self._ties(key, queries, step, len(grouped))
            ]
            nodes = [label.name for label in LABELS if self._nodes(label)]
        finally:
            for name in self.temporary:
                self.tables.run(f"DROP TABLE IF EXISTS {name}")
        return {"nodes": nodes, "relationships": ties, "left_out": self.left_out}

    def _permitted(self) -> Iterator[TieQuery]:
        """Queries that the inquiry allows and the ledger can answer."""
        ledger, inquiry = self.tables.ledger, self.inquiry
        withheld = sorted(kind for kind in TIE_KINDS if not inquiry.allows(kind))
        if withheld:
            self.left_out.append(
                f"Inquiry {inquiry.id} does not name ties of kind {', '.join(withheld)}: "
                "they are not in its graph."
            )
        if ledger.has("calls") and not inquiry.warrants:
            self.left_out.append(
                f"Inquiry {inquiry.id} holds no warrant: calls are not in its graph."
            )
        number = self.tables.run("SELECT count(*) FROM {asked}").fetchall()[0][0]
        single = number <= self.max_lookup_nodes
        if not single:
            self.left_out.append(
                f"{number:,} look-ups are shown by officer and subject only: single look-ups "
                f"become nodes up to {self.max_lookup_nodes:,}."
            )
        for query in tie_queries():
            if not all(ledger.has(table) for table in query.needs):
                continue
            if query.permits == "warrant":
                if not inquiry.warrants:
                    continue
            elif query.permits not in {"", "*"} and not inquiry.allows(query.permits):
                continue
            if query.source == "Lookup" and not single:
                continue
            yield query

    def _ties(
        self, key: tuple[str, str, str], queries: list[TieQuery], step: int, steps: int
    ) -> bool:
        """Write one relationship; False if it has no ties.

        Of ties between the same two of the same kind, one that another outlasts on both sides
        adds nothing to any path and multiplies all: it is left out, and counted.
        """
        type_, source, target = key
        if self.progress is not None:
            self.progress(type_, step, steps)
        relationship = RELATIONSHIP[type_]
        columns = [name for name, _ in relationship_columns(relationship)]
        listed = ", ".join(f'"{name}"' for name in columns)
        union = " UNION ALL ".join(
            f"SELECT from_id, to_id, {listed} FROM ({query.sql})" for query in queries
        )
        ends = (
            "from_id, to_id"
            if relationship.directed
            else "least(from_id, to_id), greatest(from_id, to_id)"
        )
        apart = "" if relationship.directed else "AND from_id <> to_id"
        name = f'"graph_{type_}_{source}_{target}"'
        self.temporary.append(name)
        covered = "false"
        if type_ not in LOG_TYPES:
            covered = f"""coalesce("end" <= max("end") OVER (
                PARTITION BY {ends}, kind ORDER BY start, "end" DESC, tie_id
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), false)"""
        self.tables.run(
            f"""CREATE OR REPLACE TEMP TABLE {name} AS
            SELECT *, {covered} AS covered
            FROM ({union})
            WHERE from_id IS NOT NULL AND to_id IS NOT NULL {apart}"""
        )
        counted = self.tables.run(
            f"SELECT count(*), count(*) FILTER (covered) FROM {name}"
        ).fetchall()[0]
        if not counted[0]:
            return False
        if counted[1] and relationship.privacy != "work":
            self.left_out.append(
                f"{counted[1]:,} {type_} ties repeat another of the same two and the same kind "
                "that holds at all their times; they stay in the ledger."
            )
        self._copy(
            f"SELECT from_id, to_id, {listed} FROM {name} WHERE NOT covered "
            f"ORDER BY from_id, to_id, start, {listed}",
            f"{type_}-{source}-{target}",
        )
        self.ends.setdefault(source, []).append(f"SELECT from_id AS id FROM {name}")
        self.ends.setdefault(target, []).append(f"SELECT to_id AS id FROM {name}")
        return True

    def _nodes(self, label: Label) -> bool:
        """Write the nodes of a label: those with a tie, and all officers and units."""
        ids = list(self.ends.get(label.name, []))
        if label.name in {"Officer", "Unit"}:
            ids.append(f"SELECT id FROM {{entities}} WHERE kind = '{label.kind}'")
        if not ids:
            return False
        if label.name == "Lookup":
            self._copy(_LOOKUP_NODES, label.name)
            return True
        everyone = f"(SELECT DISTINCT id FROM ({' UNION ALL '.join(ids)}))"
        table = _NODE_TABLES.get(label.name)
        if table is None or not self.tables.ledger.has(table):
            properties = ", ".join(
                f'CAST(NULL AS {_TYPES[kind]}) AS "{name}"' for name, kind in label.properties
            )
            listed = f"i.id AS {label.key}" + (f", {properties}" if properties else "")
            self._copy(f"SELECT {listed} FROM {everyone} i ORDER BY i.id", label.name)
            return True
        listed = ", ".join(self._property(label, name, kind) for name, kind in label.properties)
        self._copy(
            f"SELECT i.id AS {label.key}, {listed} FROM {everyone} i "
            f"LEFT JOIN {{{table}}} t ON t.{label.key} = i.id ORDER BY i.id",
            label.name,
        )
        return True

    def _property(self, label: Label, name: str, kind: str) -> str:
        permits = _PRIVATE_PROPERTIES.get((label.name, name), "")
        known = name in TABLES[_NODE_TABLES[label.name]].by_name
        if not known or (permits and not self.inquiry.allows(permits)):
            return f'CAST(NULL AS {_TYPES[kind]}) AS "{name}"'
        return f't."{name}"'

    def _copy(self, select: str, name: str) -> None:
        path = _literal(str(self.folder / f"{name}.parquet"))
        self.tables.run(f"COPY ({select}) TO {_braces(path)} (FORMAT parquet)")


_TYPES: Final[Mapping[str, str]] = {"text": "VARCHAR", "int": "BIGINT"}

_LOOKUP_NODES = """
SELECT l.lookup_id, l.at, l.system, l.purpose, l.channel, l.output, a.level
FROM {lookups} l JOIN {asked} a ON a.lookup_key = l.lookup_key
ORDER BY l.lookup_id
"""


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _braces(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
