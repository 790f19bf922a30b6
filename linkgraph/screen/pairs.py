"""From look-ups to the persons they are about, and the pairs of officer and person.

A look-up by plate, phone or address is one of whoever owned, held or lived there at that time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import ibis

if TYPE_CHECKING:
    from linkgraph.ledger import Ledger


class Screened(Protocol):
    """What is read of a screening: its look-ups and their subjects with levels."""

    @property
    def lookups(self) -> Any: ...

    @property
    def subjects_explained(self) -> Any: ...


def lookup_persons(ledger: Ledger, screening: Screened, include_private: bool = False) -> Any:
    """The persons behind each look-up, by name or as holder of its subject at that time.

    Columns: lookup_key, lookup_id, officer_key, person_key, subject_key, subject_kind, via
    (`person`, `vehicle`, `phone`, `address`), at, level (of this subject: `full`, `partial`,
    `none`), role, unit_key, district.  One row per look-up, subject and person.  Phones and
    residences are private: they count only with `include_private`, under an inquiry.
    """
    subjects = screening.subjects_explained.filter(ibis._.subject_key.notnull())
    lookups = screening.lookups.select(
        "lookup_key", "lookup_id", "officer_key", "at", "role", "unit_key", "district"
    )
    rows = subjects.select("lookup_key", "subject_key", "subject_kind", "level").join(
        lookups, "lookup_key"
    )
    columns = (
        "lookup_key",
        "lookup_id",
        "officer_key",
        "person_key",
        "subject_key",
        "subject_kind",
        "via",
        "at",
        "level",
        "role",
        "unit_key",
        "district",
    )
    named = rows.filter(rows.subject_kind == "person")
    named = named.mutate(person_key=named.subject_key, via=ibis.literal("person"))
    holders = ledger.table("holders").filter(ibis._.via != "person")
    if not include_private:
        holders = holders.filter(holders.privacy == "work")
    holders = holders.select("subject_key", "person_key", "via", "start", "end")
    held = rows.filter(rows.subject_kind != "person").join(holders, "subject_key")
    held = held.filter((held.at >= held.start) & (held.at < held.end))
    return ibis.union(named.select(*columns), held.select(*columns).distinct())


def pairs_of(persons: Any, lookups: Any, *, several: bool) -> Any:
    """Officer and person over the rows of `lookup_persons`.

    `lookups`: those of the screening.  `several`: whether a look-up may reach one person by
    several subjects; if not, rows are counted, which costs a third of counting look-ups.

    Columns: officer_key, person_key, n and n_unexplained (look-ups; not fully explained),
    first_at, last_at, role, unit_key, district (of the last look-up), subject_kind (`person` if
    the person was ever looked up by name).
    """
    open_ = persons.level != "full"
    key = persons.lookup_key
    pairs = persons.group_by("officer_key", "person_key").aggregate(
        n=key.nunique() if several else key.count(),
        n_unexplained=key.nunique(where=open_) if several else key.count(where=open_),
        first_at=persons.at.min(),
        last_at=persons.at.max(),
        lookup_key=key.max(),
        named=(persons.via == "person").any(),
        kind=persons.subject_kind.min(),
    )
    pairs = pairs.join(lookups.select("lookup_key", "role", "unit_key", "district"), "lookup_key")
    return pairs.select(
        "officer_key",
        "person_key",
        "n",
        "n_unexplained",
        "first_at",
        "last_at",
        "role",
        "unit_key",
        "district",
        subject_kind=pairs.named.ifelse("person", pairs.kind),
    )
