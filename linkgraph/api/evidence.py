"""The source rows behind the nodes and ties of a view."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from linkgraph.model.tables import TABLES

if TYPE_CHECKING:
    from linkgraph.graph.store import Subgraph
    from linkgraph.ledger import Ledger
    from linkgraph.views.scene import Evidence

_OF_NODES = {
    "officer": ("officers", "officer_id"),
    "unit": ("units", "unit_id"),
    "person": ("persons", "person_id"),
    "vehicle": ("vehicles", "vehicle_id"),
    "address": ("addresses", "address_id"),
    "organisation": ("organisations", "organisation_id"),
    "case": ("cases", "case_id"),
    "complaint": ("complaints", "complaint_id"),
    "lookup": ("lookups", "lookup_id"),
}
_SHOWN_PER_PAIR = 20
"""Look-ups listed behind one *looked up* tie; its facts say how many there are."""
_SOURCE = ("source_file", "source_row", "source_sha256")


def of_subgraph(
    ledger: Ledger, subgraph: Subgraph, lookups: Mapping[str, Sequence[str]] | None = None
) -> dict[str, list[Evidence]]:
    """Source rows by node ref and by tie id; what has none is absent.

    `lookups`: the ids of the look-ups behind a tie, by tie id, where the tie is no row itself.
    Cost: one query per table.
    """
    rows = _Rows(ledger)
    found: dict[str, list[Evidence]] = {}
    by_kind: dict[str, list[str]] = {}
    for node in subgraph.nodes:
        kind, _, id_ = node.ref.partition(":")
        by_kind.setdefault(kind, []).append(id_)
    for kind, ids in by_kind.items():
        if kind in _OF_NODES:
            table, column = _OF_NODES[kind]
            for id_, evidence in rows.where(table, column, ids):
                found.setdefault(f"{kind}:{id_}", []).append(evidence)
    by_table: dict[str, set[str]] = {}
    for edge in subgraph.edges:
        table, _, row_id = edge.tie_id.partition(":")
        if table in TABLES and row_id:
            by_table.setdefault(table, set()).add(row_id)
    for table, row_ids in by_table.items():
        for row_id, evidence in rows.where(table, "row_id", row_ids):
            found.setdefault(f"{table}:{row_id}", []).append(evidence)
    wanted = {id_ for ids in (lookups or {}).values() for id_ in ids[:_SHOWN_PER_PAIR]}
    known = dict(rows.where("lookups", "lookup_id", wanted))
    for tie_id, behind in (lookups or {}).items():
        shown = [known[id_] for id_ in behind[:_SHOWN_PER_PAIR] if id_ in known]
        if shown:
            found[tie_id] = shown
    return found


class _Rows:
    """Rows of the ledger as evidence."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def where(
        self, table: str, column: str, values: Collection[str]
    ) -> Iterable[tuple[str, Evidence]]:
        from linkgraph.views.scene import Evidence

        if not values or not self.ledger.has(table):
            return
        source: Any = self.ledger.table(table)
        own = [c.name for c in TABLES[table].columns]
        kept = list(dict.fromkeys([column, "row_id", *_SOURCE, *own]))
        frame = source.filter(source[column].isin(sorted(values))).select(kept).to_pandas()
        frame = frame.sort_values("row_id", ignore_index=True)
        texts = self._texts(table, frame)
        for value, row_id, file, number, digest, text in zip(
            frame[column],
            frame["row_id"],
            frame["source_file"],
            frame["source_row"],
            frame["source_sha256"],
            texts,
            strict=True,
        ):
            yield (
                str(value),
                Evidence(table, str(row_id), str(file), int(number), text, str(digest)),
            )

    def _texts(self, table: str, frame: Any) -> list[str]:
        """Each row as `column: value`, its filled columns in the order of the contract."""
        import pandas as pd

        from linkgraph.api.times import iso

        parts: list[list[str]] = [[] for _ in range(len(frame))]
        for column in TABLES[table].columns:
            for at, value in enumerate(frame[column.name].tolist()):
                if pd.isna(value) or value == "":
                    continue
                shown = value
                if column.type == "time":
                    shown = iso(int(value), self.ledger.timezone)
                if shown is not None:
                    parts[at].append(f"{column.name}: {shown}")
        return ["; ".join(part) for part in parts]
