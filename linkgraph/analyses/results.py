"""The one shape in which every analysis reports, and that `analyses run` prints."""

from __future__ import annotations

from typing import Final

RESULT_COLUMNS: Final[tuple[str, ...]] = (
    "analysis_id",
    "officer_id",
    "requester_id",
    "subject_kind",
    "subject_id",
    "hub_kind",
    "hub_id",
    "lookup_id",
    "level",
    "measure",
    "evidence",
    "path",
)
"""Columns of a result frame, in order.

`level`: text, the grade of the result (`full`, `partial`; `current`, `former`; or empty).
`measure`: float, what the analysis counts or weighs (ties in the path, look-ups, hours ...).
`evidence`: list of `{"table": str, "row_id": str}`, the ledger rows that carry the result.
`path`: list of text, alternately a node `kind:id` and a tie `TYPE:tie_id`; empty if none.
All ids are text; absent values are null.  Rows are ordered by all columns but the last two.
"""
