"""Declared duty: a plate looked up on patrol, with no record of a stop."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.casework import explained
from linkgraph.screen.tables import ScreenTables, words_of

HEADER = Header(
    id="declared_duty",
    revision=1,
    role=Role.EXPLANATION,
    title=Text("Declared duty of the day", "當日勤務"),
    statement=Text(
        "The roster has the officer on patrol, and the look-up is of a vehicle: a partial "
        "explanation, since no record says that this vehicle was met.",
        "勤務表顯示員警當時擔服巡邏，且查詢對象為車輛（部分說明：無紀錄顯示確曾攔查該車）。",
    ),
    needs=("duties",),
    rationale=(
        "Patrols check plates in bulk and record few stops. The duty accounts for looking up "
        "plates, not for this plate."
    ),
    source="Scale: 42.49 million look-ups in July 2024, about 600 a month per officer",
    parameters={"duties": "patrol"},
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Vehicles looked up during such a duty; partial.  Record: the duty row."""
    kinds = list(words_of(parameters["duties"]))
    placed = tables.lookups.filter(tables.lookups.duty_status.isin(kinds))
    placed = placed.select("lookup_key", segment=placed.duty_segment)
    placed = placed.join(tables.segments.select("segment", "row_id"), "segment")
    vehicles = tables.asked.filter(tables.asked.subject_kind == "vehicle")
    hits = vehicles.join(placed, "lookup_key")
    return explained(hits, "partial", "duties", hits.row_id)
