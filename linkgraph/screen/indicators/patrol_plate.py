"""Patrol's plate: a vehicle looked up on patrol."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.tables import ScreenTables

HEADER = Header(
    id="patrol_plate",
    revision=1,
    role=Role.CONTEXT,
    title=Text("A plate on patrol", "巡邏查車"),
    statement=Text(
        "A vehicle looked up while its officer was on patrol.", "員警於巡邏勤務中查詢車輛。"
    ),
    needs=("duties",),
    rationale=(
        "Patrols check plates in bulk, mostly without a stop record. Most look-ups of a force "
        "are of this kind, and few known cases."
    ),
    source="Scale: 42.49 million look-ups in July 2024, about 600 a month per officer",
    innocent=(
        Text(
            "It speaks for work, but a plate can be looked up for a friend on patrol too.",
            "此項有利於員警，惟巡邏中亦可能代友人查車。",
        ),
    ),
    prior=0.1,
    prior_reason="None of the four cases of the notice; left above nought since it costs nothing.",
    against=True,
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:  # noqa: ARG001
    """Measure 1; record: the duty row."""
    lookups = tables.lookups
    hits = lookups.filter((lookups.duty_status == "patrol") & (lookups.subject_kind == "vehicle"))
    hits = hits.select("lookup_key", segment=hits.duty_segment)
    hits = hits.join(tables.segments.select("segment", "row_id"), "segment")
    return hits.select(
        "lookup_key",
        measure=ibis.literal(1.0),
        record_table=ibis.literal("duties"),
        record_row_id=hits.row_id,
    )
