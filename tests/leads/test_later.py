"""A tie that was on record only after the look-up is said to be so."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkgraph.leads.find import find_leads
from linkgraph.workspace import Settings
from tests.leads.forces import hit_row, hits, inquiry, routine
from tests.support.screen import lookup, screened


@pytest.mark.parametrize(("start", "told"), [("2024-04-01", 1), ("2024-01-01", 0)])
def test_a_lease_that_began_after_the_look_up_is_noted(
    tmp_path: Path, start: str, told: int
) -> None:
    own = [lookup(f"L{i}", f"2024-03-0{i}T23:00:00", f"person:P{i}", "O03") for i in (1, 2)]
    done = screened(
        tmp_path,
        {
            "lookups": [*routine(), *own],
            "residences": [
                {"person_id": "P1", "address_id": "A", "start": start},
                {"person_id": "P2", "address_id": "A"},
            ],
        },
    )
    rows = done.ledger.table("residences").select("person_id", "row_id").to_pandas()
    row_of = dict(zip(rows["person_id"], rows["row_id"], strict=True))
    ways = {
        p: ["officer:O03", "TIE:associations:x", "person:F1", f"LIVES_AT:residences:{row_of[p]}"]
        for p in ("P1", "P2")
    }
    found = hits(dealings=[hit_row("O03", p, path=[*w, f"person:{p}"]) for p, w in ways.items()])
    (lead,) = [
        x
        for x in find_leads(done.ledger, done.screening, found, inquiry(), Settings())
        if x.kind == "dealings"
    ]
    notes = [fact for fact in lead.notes if fact.id == "later_tie"]
    assert len(notes) == told
    for note in notes:
        assert note.text["en"].startswith("P1: this tie is on record from 2024-04-01 on, after")
        assert note.lookup_ids == ("L1",)
        assert note.records == (("residences", row_of["P1"]),)
