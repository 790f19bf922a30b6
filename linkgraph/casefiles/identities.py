"""Which pieces of a text are names, ids, plates, telephones or addresses of the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from linkgraph.model.tables import TABLES, Table

if TYPE_CHECKING:
    from linkgraph.ledger import Ledger

_NAMES = {
    ("officers", "name"): ("officer", "officer_id"),
    ("persons", "name"): ("person", "person_id"),
    ("units", "name"): ("unit", "unit_id"),
    ("organisations", "name"): ("organisation", "organisation_id"),
    ("addresses", "text"): ("address", "address_id"),
}
_TEXTS = frozenset(
    {"requester_text", "terminal_ip", "place", "query_text", "community", "reviewer"}
)
"""Texts that stand for somebody or some place and name no entity of their own."""
_ORDER = ("officer", "person", "unit", "organisation", "vehicle", "phone", "address")
_LONGEST = 120


class Identities:
    """Every identifying string of a ledger: made once, asked about pieces of text.

    Numbers below five digits are left out: `12` is a count before it is an id.  What shows
    entities replaces those where it knows what they are.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lengths: list[int] | None = None

    def among(self, texts: Iterable[str]) -> dict[str, tuple[str, str]]:
        """The identifying strings that occur in the texts, and the entity each stands for.

        A name that several entities of a kind bear stands for itself: `("name", name)`.
        Cost: the length of the texts times the number of lengths that strings have.
        """
        import pyarrow as pa

        lengths = self._prepared()
        pieces = sorted({piece for text in texts for piece in _pieces(text, lengths)})
        if not pieces:
            return {}
        connection = self._ledger.connection.con
        connection.register("asked_pieces", pa.table({"value": pieces}))
        try:
            rows = connection.execute(
                "SELECT i.value, i.kind, min(i.id), count(DISTINCT i.id) "
                "FROM identities AS i SEMI JOIN asked_pieces USING (value) "
                "GROUP BY i.value, i.kind ORDER BY ALL"
            ).fetchall()
        finally:
            connection.unregister("asked_pieces")
        found: dict[str, list[tuple[str, str, int]]] = {}
        for value, kind, id_, n in rows:
            found.setdefault(value, []).append((kind, id_, n))
        return {value: _chosen(value, kinds) for value, kinds in found.items()}

    def _prepared(self) -> list[int]:
        if self._lengths is None:
            connection = self._ledger.connection.con
            parts = [part for table in TABLES.values() for part in self._parts(table)]
            connection.execute(
                "CREATE OR REPLACE TEMP TABLE identities AS SELECT DISTINCT kind, id, value FROM ("
                + " UNION ALL ".join(parts)
                + f") WHERE length(value) BETWEEN 2 AND {_LONGEST} "
                "AND NOT regexp_full_match(value, '[0-9]{1,4}')"
            )
            lengths = connection.execute(
                "SELECT DISTINCT length(value) FROM identities ORDER BY 1"
            ).fetchall()
            self._lengths = [int(n) for (n,) in lengths]
        return self._lengths

    def _parts(self, table: Table) -> Iterator[str]:
        if not self._ledger.has(table.name):
            return
        self._ledger.table(table.name)  # makes the view
        view = f'"ledger_{table.name}"'
        pairs = {pair.id: pair.kind for pair in table.pairs}
        for column in table.columns:
            name = f'"{column.name}"'
            if column.name in pairs:
                kind = f"coalesce(\"{pairs[column.name]}\", 'record')"
                yield f"SELECT {kind} AS kind, {name} AS id, {name} AS value FROM {view}"
            elif (table.name, column.name) in _NAMES:
                kind, id_ = _NAMES[table.name, column.name]
                yield f"SELECT '{kind}' AS kind, \"{id_}\" AS id, {name} AS value FROM {view}"
            elif column.type == "id" or column.name in _TEXTS:
                kind = column.entity or column.name.removesuffix("_id")
                yield f"SELECT '{kind}' AS kind, {name} AS id, {name} AS value FROM {view}"
        if not table.key:
            yield f"SELECT 'record' AS kind, row_id AS id, row_id AS value FROM {view}"


def _chosen(value: str, kinds: list[tuple[str, str, int]]) -> tuple[str, str]:
    ranked = sorted(
        kinds, key=lambda one: (_ORDER.index(one[0]) if one[0] in _ORDER else 99, one[0])
    )
    kind, id_, count = ranked[0]
    return ("name", value) if count > 1 else (kind, id_)


def _pieces(text: str, lengths: list[int]) -> Iterator[str]:
    """Every piece of the text that has the length of a string and does not cut a word."""
    size = len(text)
    inner = [False, *(_word(a) and _word(b) for a, b in pairwise(text)), False]
    if not text:
        return
    for start in range(size):
        if inner[start]:
            continue
        for length in lengths:
            end = start + length
            if end > size:
                break
            if not inner[end]:
                yield text[start:end]


def _word(character: str) -> bool:
    """Whether a character joins its neighbours to one word: Latin letters and digits do."""
    return character.isascii() and character.isalnum()


def whole(value: str) -> str:
    """A pattern that finds the value where it does not cut a word."""
    import re

    before = r"(?<![A-Za-z0-9])" if _word(value[0]) else ""
    after = r"(?![A-Za-z0-9])" if _word(value[-1]) else ""
    return f"{before}{re.escape(value)}{after}"
