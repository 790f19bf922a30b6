"""Words of reports: whatever a path of a lead can hold has one in each language."""

from __future__ import annotations

import re

import pytest

from linkgraph.analyses.cypher import cypher_folder
from linkgraph.reports.words import Words

TIES = sorted(
    {
        tie
        for file in (cypher_folder() / "analyses").glob("*.cypher")
        for tie in re.findall(r"'([A-Z_]+):' \+", file.read_text(encoding="utf-8"))
        if tie != "COMMUNITY"
    }
)


@pytest.mark.parametrize("language", ["en", "zh-TW"])
@pytest.mark.parametrize("tie", TIES)
def test_every_tie_of_a_path_has_words(tie: str, language: str) -> None:
    said = Words(language).value(f"tie.{tie}")
    assert said != f"tie.{tie}"
    assert not re.search("[A-Z_]", said)
