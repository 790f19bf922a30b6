"""What every table of a ledger looks like, loaded or not."""

from __future__ import annotations

from linkgraph.model.tables import TABLES
from linkgraph.sources.validate import duck_type, key_column

__all__ = ["DERIVED", "columns", "key_column", "names"]

_INTERVAL = {"start": "BIGINT", "end": "BIGINT"}

DERIVED: dict[str, dict[str, str]] = {
    "entities": {"entity_key": "BIGINT", "kind": "VARCHAR", "id": "VARCHAR"},
    "subjects": {"lookup_key": "BIGINT", "subject_key": "BIGINT", "subject_kind": "VARCHAR"},
    "duty_segments": {
        "officer_key": "BIGINT",
        **_INTERVAL,
        "kind": "VARCHAR",
        "duty_id": "VARCHAR",
        "unit_key": "BIGINT",
        "row_id": "VARCHAR",
    },
    "posted": {
        "officer_key": "BIGINT",
        "unit_key": "BIGINT",
        "role": "VARCHAR",
        **_INTERVAL,
        "row_id": "VARCHAR",
    },
    "holders": {
        "subject_key": "BIGINT",
        "person_key": "BIGINT",
        **_INTERVAL,
        "via": "VARCHAR",
        "table": "VARCHAR",
        "row_id": "VARCHAR",
        "privacy": "VARCHAR",
    },
}
"""Tables that the ledger derives, with the DuckDB types of their columns."""


def names() -> tuple[str, ...]:
    """Every table that a ledger answers for: those of the contract, then the derived ones."""
    return (*TABLES, *DERIVED)


def columns(name: str) -> dict[str, str]:
    """Columns of a table and their DuckDB types; a source's extra columns come on top."""
    if name in DERIVED:
        return DERIVED[name]
    table = TABLES[name]
    found = {column.name: duck_type(column) for column in table.columns}
    if name == "lookups":
        found = {"lookup_key": "BIGINT", **found, "at_local": "TIMESTAMP"}
    found |= {key_column(c.name): "BIGINT" for c in table.columns if c.entity}
    found |= {pair.key: "BIGINT" for pair in table.pairs}
    source = {"source_file": "VARCHAR", "source_sha256": "VARCHAR", "source_row": "BIGINT"}
    return found | {"row_id": "VARCHAR"} | source
