"""Print or export: the result left the screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.tables import ScreenTables

HEADER = Header(
    id="print_export",
    revision=1,
    role=Role.CONTEXT,
    title=Text("Printed or exported", "列印或匯出"),
    statement=Text("The result of the look-up was printed or exported.", "查詢結果經列印或匯出。"),
    needs=("lookups.output",),
    rationale="What is handed over is printed or saved first, as in case 1090103.",
    source="Case 1090103 of the police ethics notice",
    innocent=(
        Text("A printout for the case file.", "列印附卷。"),
        Text("The station prints by habit.", "單位習慣列印。"),
    ),
    prior=0.2,
    prior_reason="One of the four cases of the notice printed; photographs of screens leave none.",
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:  # noqa: ARG001
    """Look-ups with output `print` or `export`; measure 1, detail the output."""
    hits = tables.lookups.filter(tables.lookups.output.isin(["print", "export"]))
    return hits.select("lookup_key", measure=ibis.literal(1.0), detail=hits.output)
