"""Ties of a lead's paths that were on record only after the look-up.

Whoever is checked before he is hired, moves in or sells is tied to nobody yet when it is done.
A hearing must not be left to think that the tie was there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from linkgraph.leads.assignment import Taken
from linkgraph.leads.lead import Fact
from linkgraph.leads.pairs import memtable
from linkgraph.leads.phrases import phrase
from linkgraph.leads.records import Records, local_day
from linkgraph.leads.sets import Hit

if TYPE_CHECKING:
    from linkgraph.ledger import Ledger

BEGINS = frozenset({"organisation_roles", "residences", "vehicle_owners"})
"""Tables whose rows begin with a deal that a look-up may have come before."""

Begun = Mapping[tuple[str, str], int]
"""Table and row id -> µs UTC of its start."""


def begun(ledger: Ledger, taken: Sequence[Taken]) -> Begun:
    """When the ties of these leads' paths begin, of the tables in `BEGINS`."""
    wanted: dict[str, set[str]] = {}
    for item in taken:
        for counted in item.result.counted:
            for table, row in _ties(counted):
                wanted.setdefault(table, set()).add(row)
    found: dict[tuple[str, str], int] = {}
    for table, rows in sorted(wanted.items()):
        keys = memtable(pd.DataFrame({"row_id": sorted(rows)}, dtype=object))
        frame = ledger.table(table).semi_join(keys, "row_id").select("row_id", "start").to_pandas()
        found |= {
            (table, str(row)): int(start)
            for row, start in zip(frame["row_id"], frame["start"], strict=True)
        }
    return found


def later_ties(
    item: Taken, records: Records, names: Mapping[int, tuple[str, str]], begins: Begun
) -> tuple[Fact, ...]:
    """A note for each person of a lead whose tie begins after the last look-up that counts."""
    facts = []
    for counted in item.result.counted:
        if not isinstance(counted, Hit):
            continue
        keys = counted.lookups & item.lookups
        last = max((records.lookups[key].at for key in keys), default=None)
        for tie in _ties(counted):
            if last is None or begins.get(tie, last) <= last:
                continue
            day = local_day(begins[tie], records.zone)
            text = phrase("later_tie", person=names[counted.person_key][1], day=day)
            facts.append(Fact("later_tie", text, records.ids(keys), (tie,)))
    return tuple(facts)


def _ties(counted: object) -> Iterator[tuple[str, str]]:
    """Table and row id of the ties of a hit's path."""
    if isinstance(counted, Hit):
        for tie in counted.path[1::2]:
            table, _, row = tie.partition(":")[2].partition(":")
            if table in BEGINS:
                yield table, row
