"""The certificate of a purge names what was on servers, emptied or not."""

from __future__ import annotations

from typing import Any

import pytest

from linkgraph.reports import certificate
from linkgraph.reports.content import Bullets, Heading
from linkgraph.reports.words import Words

INQUIRY = {
    "id": "Q",
    "opened_by": "Lin",
    "authorised_by": "Chen",
    "ground": "complaint",
    "document": "113-1",
    "closed_at": 1,
    "until": 2,
}
EMPTIED = {"store": "bolt://a", "nodes": 1234}
LEFT = {"store": "bolt://b", "nodes": None, "left": "The password is wrong."}


def servers(stores: list[dict[str, Any]], language: str) -> tuple[str, ...]:
    held = {"removed": [], "kept": [], "stores": stores, "elsewhere": [], "activity_head": "0"}
    made = certificate.build(
        {"inquiry": INQUIRY, "purged_at": 3, **held}, Words(language), "Asia/Taipei"
    )
    at = next(
        n for n, b in enumerate(made.blocks) if isinstance(b, Heading) and b.anchor == "stores"
    )
    block = made.blocks[at + 1]
    assert isinstance(block, Bullets)
    return block.items


def test_a_server_emptied_and_one_that_was_left_are_told_apart() -> None:
    assert servers([EMPTIED, LEFT], "en") == (
        "bolt://a: emptied, 1234 nodes",
        "bolt://b: not emptied. The password is wrong.",
    )


@pytest.mark.parametrize("language", ["en", "zh-TW"])
def test_without_servers_it_says_so(language: str) -> None:
    assert servers([], language) == (Words(language)("cf.none_recorded"),)
