"""A report as JSON: the facts for machines, and the blocks in reading order without pictures."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from linkgraph.reports.content import Chart, Report


def render(report: Report) -> str:
    """UTF-8 text, keys sorted, ends with a newline; the same report gives the same bytes."""
    blocks: list[dict[str, Any]] = []
    for block in report.blocks:
        if isinstance(block, Chart):
            continue
        fields = {
            key: sorted(value) if isinstance(value, frozenset) else value
            for key, value in asdict(block).items()
        }
        blocks.append({"block": type(block).__name__.lower(), **fields})
    return (
        json.dumps(
            {
                "kind": report.kind,
                "id": report.id,
                "title": report.title,
                "language": report.language,
                "blocks": blocks,
                "data": report.data,
            },
            ensure_ascii=False,
            indent=1,
            sort_keys=True,
        )
        + "\n"
    )
