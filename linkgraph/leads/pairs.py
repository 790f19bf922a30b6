"""The unit of evidence: an officer and a person (or what else he looked up), not a look-up.

All of an officer's look-ups of a person in the period are one pair, whether by name, plate,
phone or address.  A subject behind which no person is known stands for itself.  Look-ups that
a record explains in full are set aside.  Everything here stays in the table engine until it
is counted, or asked for by pair.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis
import pandas as pd

from linkgraph.screen.pairs import lookup_persons

if TYPE_CHECKING:
    from linkgraph.inquiries import Inquiry
    from linkgraph.ledger import Ledger
    from linkgraph.screen import Screening

KINDS = ("person", "vehicle", "phone", "address", "organisation")
"""How a pair was reached, the most personal first: a pair's kind is the first that occurs."""

WAYS = {"person": "", "vehicle": "", "phone": "phone", "address": "household"}
"""How a look-up leads to a person, and the kind of tie that an inquiry must allow for it."""


@dataclass(frozen=True)
class Pairs:
    """The pairs of a period.

    `asked` (engine): lookup_key, officer_key, target_key, kind (index into KINDS), at, level;
    one row per look-up and target.  `open` (engine): those not explained in full.
    `pairs` (engine): officer_key, target_key, kind, over `open`.
    `officers`: officer_key, role, district (codes), unit_key (-1 unknown): where each officer
    made most of his look-ups; one row per officer with look-ups.
    `counts`: officer_key, kind, n: pairs of each officer by kind.
    """

    asked: Any
    open: Any
    pairs: Any
    officers: pd.DataFrame
    counts: pd.DataFrame

    def sizes(self) -> pd.DataFrame:
        """officer_key, n: pairs of each officer, those explained in full included."""
        known = self.asked.filter(self.asked.officer_key.notnull())
        distinct = known.select("officer_key", "target_key").distinct()
        frame: pd.DataFrame = (
            distinct.group_by("officer_key").aggregate(n=distinct.count()).to_pandas()
        )
        sizes: pd.DataFrame = frame.astype("int64").sort_values("officer_key", ignore_index=True)
        return sizes

    def span(self) -> int:
        """µs from the first look-up of the period to the last."""
        (row,) = (
            self.asked.aggregate(a=self.asked.at.min(), b=self.asked.at.max())
            .to_pyarrow()
            .to_pylist()
        )
        return 0 if row["a"] is None else int(row["b"] - row["a"])

    def lookups_of(self, pairs: pd.DataFrame, *, explained: bool = False) -> pd.DataFrame:
        """Look-ups behind pairs (officer_key, target_key): those columns, lookup_key, at.

        Open look-ups, or with `explained` those that a record explains in full.
        """
        source = self.asked.filter(self.asked.level == "full") if explained else self.open
        wanted = memtable(pairs[["officer_key", "target_key"]].drop_duplicates())
        rows = source.join(wanted, ["officer_key", "target_key"])
        frame: pd.DataFrame = (
            rows.select("officer_key", "target_key", "lookup_key", "at").distinct().to_pandas()
        )
        order = ["officer_key", "target_key", "at", "lookup_key"]
        return frame.sort_values(order, ignore_index=True)

    def kinds_of(self, pairs: pd.DataFrame) -> pd.DataFrame:
        """officer_key, target_key, kind of those of `pairs` that are open pairs."""
        wanted = memtable(pairs[["officer_key", "target_key"]].drop_duplicates())
        frame: pd.DataFrame = self.pairs.join(wanted, ["officer_key", "target_key"]).to_pandas()
        frame = frame[["officer_key", "target_key", "kind"]]
        return frame.sort_values(["officer_key", "target_key"], ignore_index=True)

    def popularity(self, targets: pd.Series) -> pd.DataFrame:
        """How many officers have a pair on each target, by kind, role, district and unit.

        Columns: target_key, kind, role, district, unit_key, n.
        """
        wanted = memtable(pd.DataFrame({"target_key": targets.unique()}))
        rows = self.pairs.join(wanted, "target_key").join(memtable(self.officers), "officer_key")
        group = ["target_key", "kind", "role", "district", "unit_key"]
        frame: pd.DataFrame = rows.group_by(group).aggregate(n=rows.count()).to_pandas()
        return frame.sort_values(group, ignore_index=True)


def pairs_in(ledger: Ledger, screening: Screening, inquiry: Inquiry) -> Pairs:
    """The pairs of the inquiry's period, of all officers: the others are the comparison.

    Cost: one pass over the look-ups of the period and a hash aggregate of their pairs.
    Phones and residences resolve to persons only if the inquiry allows those kinds of tie.
    """
    ways = [way for way, tie in WAYS.items() if not tie or inquiry.allows(tie)]
    within = (ibis._.at >= inquiry.start) & (ibis._.at < inquiry.end)
    persons = lookup_persons(ledger, screening, include_private=True)
    persons = persons.filter(within & ibis._.via.isin(ways))
    by_person = persons.select(
        "lookup_key",
        "officer_key",
        "subject_key",
        "at",
        "level",
        target_key=persons.person_key,
        kind=_rank(persons.via),
    )
    subjects = screening.subjects_explained.filter(ibis._.subject_key.notnull())
    lookups = screening.lookups.select("lookup_key", "officer_key", "at").filter(within)
    rest = subjects.anti_join(by_person, ["lookup_key", "subject_key"]).join(lookups, "lookup_key")
    columns = ("lookup_key", "officer_key", "target_key", "kind", "at", "level")
    by_itself = rest.select(
        "lookup_key",
        "officer_key",
        "at",
        "level",
        target_key=rest.subject_key,
        kind=_rank(rest.subject_kind),
    )
    asked = ibis.union(by_person.select(*columns), by_itself.select(*columns)).cache()
    opened = asked.filter((asked.level != "full") & asked.officer_key.notnull())
    pairs = opened.group_by("officer_key", "target_key").aggregate(kind=opened.kind.min()).cache()
    counts = pairs.group_by("officer_key", "kind").aggregate(n=pairs.count()).to_pandas()
    return Pairs(
        asked=asked,
        open=opened,
        pairs=pairs,
        officers=_places(screening, within),
        counts=counts.sort_values(["officer_key", "kind"], ignore_index=True),
    )


def memtable(frame: pd.DataFrame) -> Any:
    """A frame as a table of the engine; int64 columns stay int64, an empty frame keeps them."""
    schema = {
        name: "int64" if pd.api.types.is_integer_dtype(kind) else "string"
        for name, kind in frame.dtypes.items()
    }
    return ibis.memtable(frame, schema=ibis.schema(schema))


def _rank(kind: Any) -> Any:
    return ibis.cases(
        *((kind == name, ibis.literal(rank, "int64")) for rank, name in enumerate(KINDS)),
        else_=ibis.literal(len(KINDS), "int64"),
    )


def _places(screening: Screening, within: Any) -> pd.DataFrame:
    rows = screening.lookups.filter(within)
    group = ["officer_key", "role", "district", "unit_key"]
    frame = rows.group_by(group).aggregate(n=rows.count()).to_pandas()
    frame = frame.dropna(subset=["officer_key"])
    frame = frame.assign(
        officer_key=frame["officer_key"].astype("int64"),
        unit_key=frame["unit_key"].fillna(-1).astype("int64"),
        role=frame["role"].fillna(""),
        district=frame["district"].fillna(""),
    )
    frame = frame.sort_values(
        ["officer_key", "n", "role", "district", "unit_key"],
        ascending=[True, False, True, True, True],
    ).drop_duplicates("officer_key")
    for name in ("role", "district"):
        codes = {value: code for code, value in enumerate(sorted(frame[name].unique()))}
        frame[name] = frame[name].map(codes).astype("int64")
    places: pd.DataFrame = frame[group].reset_index(drop=True)
    return places
