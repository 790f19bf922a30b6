"""What a report draws on, from tables written in the test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from linkgraph.inquiries import Inquiry
from linkgraph.reports.material import Material
from linkgraph.reports.words import Words
from tests.support.screen import Tables, screened


def material(
    folder: Path,
    tables: Tables,
    *,
    language: str = "en",
    leads: Sequence[Mapping[str, Any]] = (),
    inquiry: Inquiry | None = None,
) -> Material:
    """The tables loaded and screened."""
    found = screened(folder, tables)
    return Material(
        ledger=found.ledger,
        screening=found.screening,
        leads=leads,
        inquiry=inquiry,
        words=Words(language),
        chain_head="0" * 64,
        version="0",
        analysed=inquiry is not None,
    )
