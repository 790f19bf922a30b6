"""Graph analyses: run on a store, joined to the look-ups behind them.

A `.cypher` file gives *hit rows*: a person whom an officer looked up is in a set, by a path that
holds for a time.  `hits` hands them on as they are; `run` joins them to the look-ups, each judged
at its own time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from linkgraph.analyses.cypher import CypherAnalysis, parse_cypher
from linkgraph.analyses.header import Header, Role
from linkgraph.analyses.registry import Analysis, analyses, find
from linkgraph.analyses.results import RESULT_COLUMNS
from linkgraph.errors import AnalysisError
from linkgraph.graph.branches import live, matched_types
from linkgraph.graph.lookups import lookups_behind
from linkgraph.graph.schema import RELATIONSHIP

if TYPE_CHECKING:
    from linkgraph.graph.store import GraphStore, Progress
    from linkgraph.inquiries import Inquiry
    from linkgraph.ledger import Ledger
    from linkgraph.screen import Screening

Values = Mapping[str, int | float | str]

GIVEN: Final = ("k", "period_start", "period_end")
"""Parameters that every graph analysis may use without declaring them: the inquiry's own."""

HIT_COLUMNS: Final[Mapping[str, str]] = {
    "officer_id": "text",
    "requester_id": "text",
    "anchor_kind": "text",
    "anchor_id": "text",
    "person_id": "text",
    "direct": "bool",
    "distance": "int64",
    "start": "int64",
    "end": "int64",
    "tie_end": "int64",
    "size": "int64",
    "searched": "int64",
    "path": "list",
}
"""Columns of a hit row, in order.

`officer_id` looked up `person_id`, who is in the set anchored at `anchor_kind`, `anchor_id` and
of `size` people; `requester_id` (or null) is who may have asked.  `direct`: officer and person
are tied themselves.  `distance`: steps between people in the path.  `[start, end)` in µs UTC is
when the whole path holds, `tie_end` the least end of its ties between persons.  `searched`: how
many sets of this kind he has.  `path`: node ref, tie `TYPE:tie_id`, node ref ...
"""

_NEEDS_KIND: Final[Mapping[str, str]] = {
    "residences": "household",
    "organisation_roles": "role",
    "phones": "phone",
    "unit_ties": "unit",
}


@dataclass(frozen=True)
class NotRun:
    """A graph analysis that could not run: the tables or kinds of tie that it misses."""

    analysis_id: str
    needs: tuple[str, ...]


def hits(
    store: GraphStore,
    ledger: Ledger,
    screening: Screening,
    inquiry: Inquiry,
    parameters: Mapping[str, Values] | None = None,
    *,
    wanted: Collection[str] | None = None,
    folder: Path | None = None,
    progress: Progress | None = None,
) -> dict[str, pd.DataFrame]:
    """Hit rows of every set analysis that ledger and inquiry allow, by analysis id.

    `parameters`: analysis id -> values in place of the header's.  `wanted`: these analyses
    alone.  `folder`: the workspace's own analyses.  An analysis without hits has an empty frame;
    one that is not in the result is in `not_run`.  Columns: `HIT_COLUMNS`; rows in order.
    """
    del screening  # what was looked up, and how explained, is in the graph
    left = {item.analysis_id for item in not_run(ledger, inquiry, folder=folder)}
    sets = [
        a
        for a in analyses(folder)
        if a.header.role is Role.SET and a.name not in left and a.name in (wanted or {a.name})
    ]
    of_cypher = [a for a in sets if a.kind == "cypher"]
    found: dict[str, pd.DataFrame] = {}
    for step, analysis in enumerate(of_cypher):
        if progress is not None:
            progress(analysis.name, step, len(of_cypher))
        given = (parameters or {}).get(analysis.name, {})
        found[analysis.name] = _hits(store, parse_cypher(analysis.path), inquiry, given)
    # Sets that are made of the hits of others.
    for analysis in (a for a in sets if a.kind == "network"):
        given = (parameters or {}).get(analysis.name, {})
        found[analysis.name] = analysis.module.from_hits(found, chosen(analysis.header, given))
    return found


def nearby(
    ledger: Ledger,
    inquiry: Inquiry,
    parameters: Mapping[str, Values] | None = None,
    *,
    folder: Path | None = None,
) -> dict[str, Any]:
    """Context by ties: analysis id -> whom an officer's work leads to, and when.

    Of the modules whose role is context and which ledger and inquiry allow: their `near`, an
    expression of the engine with officer_key, person_key, begun, until (µs UTC), table, row_id.
    """
    left = {item.analysis_id for item in not_run(ledger, inquiry, folder=folder)}
    found = {}
    for analysis in analyses(folder):
        if analysis.kind == "network" and analysis.header.role is Role.CONTEXT:
            given = chosen(analysis.header, (parameters or {}).get(analysis.name, {}))
            if analysis.name not in left:
                found[analysis.name] = analysis.module.near(ledger, inquiry, given)
    return found


def run(
    analysis_id: str,
    store: GraphStore,
    ledger: Ledger,
    screening: Screening,
    inquiry: Inquiry,
    parameters: Values | None = None,
    *,
    folder: Path | None = None,
) -> pd.DataFrame:
    """Rows of one analysis in RESULT_COLUMNS: one per officer, set, person and look-up.

    Every look-up of the pair counts, explained or not; `level` is `current` when the path held
    at its time (its start included, its end not), `former` when a tie between persons had
    ended; one made before the path began is not a hit.  Where several paths lead from one set to
    one look-up, the current, then the shortest, then the first is kept.  `measure` is the number
    of steps between people, `subject` the person, `hub` the set's anchor.  Empty: no look-up falls
    on such a person.  `attrs["left_out"]` says in a sentence what an analysis left
    out, if it did.  Raises AnalysisError for an unknown id or when tables or ties are missing.
    """
    analysis = find(analysis_id, folder)
    if analysis.kind == "screen":
        raise AnalysisError(
            f"Analysis {analysis_id!r} reads work tables only and has no graph.",
            remedy="`linkgraph screen` runs it.",
        )
    _must_run(analysis, ledger, inquiry)
    if analysis.kind == "network":
        finder: Callable[..., pd.DataFrame] = analysis.module.find
        made = finder(store, ledger, screening, inquiry, chosen(analysis.header, parameters or {}))
        told = in_schema(made)
        told.attrs.update(made.attrs)
        return told
    found = _hits(store, parse_cypher(analysis.path), inquiry, parameters or {})
    return in_schema(judged(analysis_id, found, ledger, screening, inquiry))


def not_run(ledger: Ledger, inquiry: Inquiry, *, folder: Path | None = None) -> tuple[NotRun, ...]:
    """The graph analyses that cannot run, and what they miss: a table, or a tie not authorised."""
    missing = [
        NotRun(a.name, _missing(a.header, ledger, inquiry))
        for a in analyses(folder)
        if a.kind in {"cypher", "network"}
    ]
    return tuple(item for item in missing if item.needs)


def chosen(header: Header, given: Values) -> dict[str, Any]:
    """The header's parameters with the given ones in their place.

    Raises AnalysisError for one that the analysis does not have.
    """
    unknown = sorted(set(given) - set(header.parameters))
    if unknown:
        raise AnalysisError(
            f"Analysis {header.id!r} has no parameter {', '.join(unknown)}.",
            remedy=f"It has: {', '.join(sorted(header.parameters)) or 'none'}.",
        )
    return {**header.parameters, **given}


def in_schema(rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` with exactly RESULT_COLUMNS, absent values null, ordered by all but the last two."""
    frame = rows.reindex(columns=list(RESULT_COLUMNS))
    for column in RESULT_COLUMNS:
        if column not in {"measure", "evidence", "path"}:
            frame[column] = frame[column].astype(object).where(frame[column].notna(), None)
    frame["measure"] = frame["measure"].astype("float64")
    order = [c for c in RESULT_COLUMNS if c not in {"evidence", "path"}]
    return frame.sort_values(order, kind="stable", ignore_index=True)


def _must_run(analysis: Analysis, ledger: Ledger, inquiry: Inquiry) -> None:
    missing = _missing(analysis.header, ledger, inquiry)
    if missing:
        raise AnalysisError(
            f"Analysis {analysis.name!r} was not run: needs {', '.join(missing)}.",
            remedy="Load the tables, or open an inquiry that names these ties.",
        )


def _missing(header: Header, ledger: Ledger, inquiry: Inquiry) -> tuple[str, ...]:
    """Tables without rows, and kinds of tie that the inquiry does not name."""
    missing = [need for need in header.needs if not ledger.has(need)]
    for table in header.needs:
        kind = _NEEDS_KIND.get(table, "")
        if kind and not inquiry.allows(kind):
            missing.append(f"ties of kind {kind}")
    if "addresses" in header.needs and not inquiry.allows("neighbour"):
        missing.append("ties of kind neighbour")
    return tuple(missing)


def _hits(
    store: GraphStore, analysis: CypherAnalysis, inquiry: Inquiry, given: Values
) -> pd.DataFrame:
    values = {
        **chosen(analysis.header, given),
        "k": inquiry.k,
        "period_start": inquiry.start,
        "period_end": inquiry.end,
    }
    # Branch by branch, since the embedded engine's UNION makes one column of two that are equal
    # in its first branch.
    frames = [
        store.rows(branch, values)
        for branch in live(analysis.query, values)
        if all(_holds_any(store, type_) for type_ in sorted(matched_types(branch)))
    ]
    filled = [frame for frame in frames if not frame.empty]
    return _typed(pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(), inquiry)


def _holds_any(store: GraphStore, type_: str) -> bool:
    """Whether the graph has a tie of this type: a branch without may still cost a full join."""
    return any(
        store.rows(f"MATCH (a:{source})-[t:`{type_}`]->(b:{target}) RETURN count(*) AS n", {})["n"][
            0
        ]
        for source, target in RELATIONSHIP[type_].ends
    )


def _typed(frame: pd.DataFrame, inquiry: Inquiry) -> pd.DataFrame:
    """Hit rows with their types, in order, of the inquiry's own officers."""
    if frame.empty:
        frame = pd.DataFrame({name: [] for name in HIT_COLUMNS})
    frame = frame[list(HIT_COLUMNS)]
    if inquiry.officers and not inquiry.units:
        frame = frame[frame["officer_id"].isin(inquiry.officers)]
    frame = frame.reset_index(drop=True)
    types: Mapping[str, Any] = HIT_COLUMNS
    for name, kind in types.items():
        if kind == "text":
            frame[name] = frame[name].astype(object).where(frame[name].notna(), None)
        elif kind != "list":
            frame[name] = frame[name].astype(kind)
    frame = frame[frame["start"] < frame["end"]]
    way = frame["path"].map("\x1f".join)
    order = [name for name, kind in HIT_COLUMNS.items() if kind != "list"]
    return (
        frame.assign(way=way)
        .sort_values([*order, "way"], kind="stable", ignore_index=True)
        .drop(columns="way")
    )


def judged(
    analysis_id: str, found: pd.DataFrame, ledger: Ledger, screening: Screening, inquiry: Inquiry
) -> pd.DataFrame:
    """Hit rows joined to the look-ups of their pairs, each at its own time; see `run`."""
    behind = lookups_behind(ledger, screening, inquiry, found[["officer_id", "person_id"]])
    rows = found.merge(behind, on=["officer_id", "person_id"])
    current = (rows["at"] >= rows["start"]) & (rows["at"] < rows["end"])
    former = (rows["at"] >= rows["end"]) & (rows["tie_end"] == rows["end"])
    rows["level"] = current.map({True: "current", False: "former"})
    rows = rows[current | former]
    rows["way"] = rows["path"].map("\x1f".join)
    one = ["officer_id", "requester_id", "anchor_kind", "anchor_id", "person_id", "lookup_id"]
    rows = rows.sort_values([*one, "level", "distance", "start", "way"], kind="stable")
    rows = rows.drop_duplicates(one)
    evidence: Any = [
        _records([*path, f"LOOKUP:lookups:{lookup_id}"])
        for path, lookup_id in zip(rows["path"], rows["lookup_id"], strict=True)
    ]
    return rows.assign(
        analysis_id=analysis_id,
        subject_kind="person",
        subject_id=rows["person_id"],
        hub_kind=rows["anchor_kind"],
        hub_id=rows["anchor_id"],
        measure=rows["distance"].astype("float64"),
        evidence=evidence,
    )


def _records(path: list[str]) -> list[dict[str, str]]:
    """The ledger rows behind the ties of a path; a tie is `TYPE:table:row_id`."""
    found = []
    for tie in path[1::2]:
        _, table, row_id = tie.split(":", 2)
        record = {"table": table, "row_id": row_id}
        if record not in found:
            found.append(record)
    return found
