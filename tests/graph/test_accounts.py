"""Requests of one mate that were spread over colleagues' accounts."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from linkgraph.graph.accounts import HEADER, from_hits
from linkgraph.leads.find import find_leads
from linkgraph.workspace import Settings
from tests.leads.forces import hit_row, hits, inquiry, routine
from tests.support.screen import lookup, posting, screened

SPREAD = [
    hit_row(f"O{o:02}", f"P{o}", anchor=("officer", "O09"), requester="O09", size=8, searched=9)
    for o in range(5)
]
ALONE = [hit_row("O05", p, anchor=("officer", "O08"), requester="O08", searched=9) for p in "ABC"]


def test_three_accounts_make_a_set_and_one_with_three_hits_does_not() -> None:
    found = from_hits(hits(mate_circle=[*SPREAD, *ALONE]), HEADER.parameters)
    assert sorted(found["requester_id"].unique()) == ["O09"]
    assert len(found) == 5
    none = from_hits(hits(mate_circle=[*SPREAD[:2], *ALONE]), HEADER.parameters)
    assert none.empty
    assert list(none.columns) == list(found.columns)
    empty = pd.DataFrame(columns=found.columns)
    assert from_hits({"mate_circle": empty}, HEADER.parameters).empty


def test_together_they_are_one_lead_that_names_who_may_have_asked(tmp_path: Path) -> None:
    asked = [
        lookup(f"L{o}", f"2024-03-{10 + o}T10:00:00", f"person:P{o}", f"O{o:02}", purpose="公務")
        for o in range(5)
    ]
    done = screened(
        tmp_path,
        {
            "lookups": [*routine(each=40), *asked],
            "units": [{"unit_id": "U1"}, {"unit_id": "U2"}],
            "postings": [posting(f"O{o:02}", "U1" if o < 10 else "U2") for o in range(20)],
        },
    )
    rows = hits(mate_circle=SPREAD)
    rows["mate_accounts"] = from_hits(rows, HEADER.parameters)
    leads = find_leads(done.ledger, done.screening, rows, inquiry(), Settings())
    together = next(lead for lead in leads if lead.kind == "mate_accounts")
    assert together.requester_id == "O09"
    assert set(together.officers) == {f"O{o:02}" for o in range(5)}
    assert set(together.lookup_ids) == {f"L{o}" for o in range(5)}
    assert round(sum(step.bits for step in together.waterfall), 2) == together.bits
