"""The exhibits of a case file: the source rows behind it, and what happened in order."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from linkgraph.api.times import iso
from linkgraph.export.lookups import defused_text
from linkgraph.model.tables import TABLES

if TYPE_CHECKING:
    from linkgraph.api.base import Base
    from linkgraph.casefiles import CaseFile
    from linkgraph.casefiles.pseudonyms import Pseudonyms
    from linkgraph.inquiries import Inquiry

_SOURCE = ("source_file", "source_sha256", "source_row")
_FREE = frozenset({"text", "note", "reason", "purpose", "query_text", "place", "born_on"})
"""Columns that redacted exhibits leave empty: a person's own words and day of birth."""


def of(
    workspace: Base,
    case: CaseFile,
    inquiry: Inquiry | None,
    pseudonyms: Pseudonyms | None,
) -> dict[str, bytes]:
    """`exhibits/<table>.csv` and `.json` for each table that a row comes from; `timeline.csv`.

    Each row has the file, SHA-256 and row number of every source it was read from.
    """
    wanted = _rows_behind(workspace, case, inquiry)
    files: dict[str, bytes] = {}
    for table in sorted(wanted):
        rows = _rows(workspace, table, wanted[table], redact=pseudonyms is not None)
        if not rows:
            continue
        files |= _both(f"exhibits/{table}", rows, pseudonyms)
    events = _timeline(workspace, case)
    if events:
        files |= {
            name: data
            for name, data in _both("timeline", events, pseudonyms).items()
            if name.endswith(".csv")
        }
    return files


def _rows_behind(workspace: Base, case: CaseFile, inquiry: Inquiry | None) -> dict[str, set[str]]:
    """Row ids by table: look-ups, and the records that evidence of both sides names."""
    found: dict[str, set[str]] = {}
    for item in case.items:
        for table, row_id in _named(item.content):
            found.setdefault(table, set()).add(row_id)
        told = item.content.get("complaint") or {}
        if told.get("complaint_id"):
            found.setdefault("complaints", set()).add(str(told["complaint_id"]))
    found.setdefault("lookups", set()).update(case.lookup_ids)
    lookups: Any = workspace.ledger.table("lookups")
    frame = lookups.filter(lookups.lookup_id.isin(sorted(case.lookup_ids))).to_pandas()
    for table, column in (("officers", "officer_id"), ("vehicle_owners", "subject_id")):
        key = "vehicle_id" if table == "vehicle_owners" else column
        source: Any = workspace.ledger.table(table)
        ids = sorted({str(v) for v in frame[column].dropna()})
        rows = source.filter(source[key].isin(ids)).select("row_id").to_pandas()
        found.setdefault(table, set()).update(rows["row_id"])
    return {
        table: rows
        for table, rows in found.items()
        if table in TABLES and (inquiry is not None or TABLES[table].privacy == "work")
    }


def _named(value: Any) -> Iterable[tuple[str, str]]:
    """Every record that nested evidence names, and the records of the ties of its paths."""
    if isinstance(value, Mapping):
        if {"table", "row_id"} <= set(value):
            yield str(value["table"]), str(value["row_id"])
        for inner in value.values():
            yield from _named(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _named(inner)
    elif isinstance(value, str) and value.count(":") == 2:
        # A tie of a path: its type, then the row it rests on.
        _, table, row_id = value.split(":")
        if table in TABLES:
            yield table, row_id


def _rows(workspace: Base, table: str, row_ids: set[str], *, redact: bool) -> list[dict[str, Any]]:
    source: Any = workspace.ledger.table(table)
    declared = [column.name for column in TABLES[table].columns]
    times = {column.name for column in TABLES[table].columns if column.type == "time"}
    frame = source.filter(source.row_id.isin(sorted(row_ids))).to_pandas()
    frame = frame.sort_values("row_id", ignore_index=True)
    keys = {"lookup_key", "at_local", "row_id", *_SOURCE}
    extra = [c for c in frame.columns if c not in keys | set(declared) and not c.endswith("_key")]
    zone = workspace.ledger.timezone
    found = []
    for row in frame.to_dict("records"):
        told: dict[str, Any] = {"row_id": str(row["row_id"])}
        sources = workspace.ledger.sources(table, str(row["row_id"]))
        for name, position in zip(_SOURCE, range(3), strict=True):
            told[name] = "; ".join(str(one[position]) for one in sources)
        for name in (*declared, *([] if redact else extra)):
            value = row[name]
            if (redact and name in _FREE) or pd.isna(value):
                told[name] = ""
            elif name in times:
                told[name] = iso(int(value), zone) or ""
            else:
                told[name] = str(value)
        found.append(told)
    return found


def _timeline(workspace: Base, case: CaseFile) -> list[dict[str, Any]]:
    """Look-ups, incidents, complaints and the steps of the case file, in order of time."""
    zone = workspace.ledger.timezone
    table: Any = workspace.ledger.table("lookups")
    frame = table.filter(table.lookup_id.isin(sorted(case.lookup_ids))).to_pandas()
    events = [
        {
            "at": iso(int(row.at), zone) or "",
            "what": "look-up",
            "who": str(row.officer_id),
            "about": f"{row.subject_kind}:{row.subject_id or row.query_text}",
            "record": f"lookups {row.row_id}",
        }
        for row in frame.itertuples(index=False)
    ]
    for item in case.items:
        told = item.content.get("complaint") or {}
        for name, what in (("incident_at", "incident"), ("at", "complaint")):
            if told.get(name):
                events.append(
                    {
                        "at": str(told[name]),
                        "what": what,
                        "who": "",
                        "about": f"vehicle:{told['vehicle_id']}" if told.get("vehicle_id") else "",
                        "record": f"complaints {told['complaint_id']}",
                    }
                )
    events += [
        {
            "at": entry.at,
            "what": f"case file: {entry.action}",
            "who": entry.by,
            "about": str(entry.facts.get("ref") or entry.facts.get("allegation") or ""),
            "record": f"log {entry.n}",
        }
        for entry in case.entries
    ]
    from datetime import datetime

    return sorted(events, key=lambda e: (datetime.fromisoformat(e["at"]), e["record"]))


def _both(
    name: str, rows: Sequence[Mapping[str, Any]], pseudonyms: Pseudonyms | None
) -> dict[str, bytes]:
    if pseudonyms is not None:
        from linkgraph.reports.redaction import redacted_values

        rows = redacted_values([dict(row) for row in rows], pseudonyms)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(list(rows[0]))
    for row in rows:
        writer.writerow([defused_text(str(value)) for value in row.values()])
    told = json.dumps(list(rows), ensure_ascii=False, indent=1) + "\n"
    return {
        # The mark at the beginning lets a spreadsheet know that it is UTF-8.
        f"{name}.csv": b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "backslashreplace"),
        f"{name}.json": told.encode("utf-8", "backslashreplace"),
    }
