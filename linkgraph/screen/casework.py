"""How a look-up meets a case: pieces that several explanations and indicators share."""

from __future__ import annotations

from typing import Any

import ibis

from linkgraph.model.tables import OPEN_END, OPEN_START
from linkgraph.screen.tables import DAY, HOUR, ScreenTables


def span(cases: Any, *, hours_before: float, hours_after: float) -> Any:
    """The cases with `since` and `until`: open, with a margin before opening and after closing.

    A case without `closed_at` is still open.
    """
    closed = cases.closed_at.fill_null(OPEN_END)
    return cases.mutate(
        since=cases.opened_at - int(hours_before * HOUR),
        until=closed + int(hours_after * HOUR),
    )


def own_cases(tables: ScreenTables, *, hours_before: float, days_after: float) -> Any:
    """Officer, subject and the time in which a case links them.

    Columns: officer_key, subject_key, case_key, case_id, since, until.  The officer is assigned
    then, the case is open (with the margins given), and the subject, its vehicle or that
    vehicle's owner is in the case.
    """
    cases = span(tables.assigned, hours_before=hours_before, hours_after=days_after * 24)
    linked = cases.join(tables.involved, "case_key", rname="{name}_of_tie")
    return linked.select(
        "officer_key",
        "subject_key",
        "case_key",
        "case_id",
        since=ibis.greatest(linked.since, linked.start, linked.start_of_tie),
        until=ibis.least(linked.until, linked.end, linked.end_of_tie),
    ).filter(ibis._.since < ibis._.until)


def event_cases(
    tables: ScreenTables, kinds: tuple[str, ...], *, hours_before: float, hours_after: float
) -> Any:
    """The same for stops, dispatches and traffic cases, from before opening to after closing.

    An event without `closed_at` is taken to close as it opens: a stop is over at once.
    """
    events = tables.assigned.filter(tables.assigned.kind.lower().isin(kinds))
    linked = events.join(tables.involved, "case_key", rname="{name}_of_tie")
    before, after = int(hours_before * HOUR), int(hours_after * HOUR)
    return linked.select(
        "officer_key",
        "subject_key",
        "case_key",
        "case_id",
        since=ibis.greatest(linked.opened_at - before, linked.start - before, linked.start_of_tie),
        until=ibis.least(
            ibis.coalesce(linked.closed_at, linked.opened_at) + after,
            linked.end + after,
            linked.end_of_tie,
        ),
    ).filter(ibis._.since < ibis._.until)


def cases_of_unit(tables: ScreenTables, *, hours_before: float, days_after: float) -> Any:
    """Unit, subject and the time in which a case of the unit links them.

    Columns: unit_key, subject_key, case_key, case_id, since, until, opened_at.
    """
    cases = span(
        tables.unit_cases.filter(tables.unit_cases.unit_key.notnull()),
        hours_before=hours_before,
        hours_after=days_after * 24,
    )
    linked = cases.join(tables.involved, "case_key")
    return linked.select(
        "unit_key",
        "subject_key",
        "case_key",
        "case_id",
        "opened_at",
        since=ibis.greatest(linked.since, linked.start),
        until=ibis.least(linked.until, linked.end),
    ).filter(ibis._.since < ibis._.until)


def noted(tables: ScreenTables) -> Any:
    """Whom the work records name: officer_key, subject_key, row_id (the record's), noted_at."""
    records = tables.table("work_records").select(
        "record_id", "officer_key", "subject_key", "row_id", noted_at=ibis._.at
    )
    first = records.filter(records.subject_key.notnull()).drop("record_id")
    others = tables.table("work_record_subjects").select("record_id", also_key=ibis._.subject_key)
    more = records.drop("subject_key").join(others, "record_id")
    more = more.select("officer_key", "row_id", "noted_at", subject_key=more.also_key)
    columns = ("officer_key", "subject_key", "row_id", "noted_at")
    return ibis.union(first.select(*columns), more.select(*columns), distinct=True)


def with_owned(tables: ScreenTables, named: Any) -> Any:
    """`named` (with subject_key) as it is, and for what its subjects own or by whom they are owned.

    Adds start, end: while they own; always for the subject itself.
    """
    rest = [name for name in named.columns if name != "subject_key"]
    direct = named.mutate(
        start=ibis.literal(OPEN_START, "int64"), end=ibis.literal(OPEN_END, "int64")
    )
    through = named.join(tables.owned, "subject_key")
    through = through.select(*rest, "start", "end", subject_key=through.other_key)
    columns = ("subject_key", *rest, "start", "end")
    return ibis.union(direct.select(*columns), through.select(*columns))


def within(asked: Any, linked: Any, *keys: str) -> Any:
    """The look-ups (`asked`) that fall into a link's time, joined on subject and `keys`."""
    met = asked.join(linked, ["subject_key", *keys])
    return met.filter((met.at >= met.since) & (met.at < met.until))


def explained(hits: Any, level: str, record_table: str, row_id: Any) -> Any:
    """The rows an explanation gives: lookup_key, subject_key, level and the record."""
    return hits.select(
        "lookup_key",
        "subject_key",
        level=ibis.literal(level),
        record_table=ibis.literal(record_table),
        record_row_id=row_id,
    )


def near(at: Any, record_at: Any, *, hours_before: float, hours_after: float) -> Any:
    """Whether a look-up falls between `hours_before` and `hours_after` of a record."""
    return (at >= record_at - int(hours_before * HOUR)) & (at < record_at + int(hours_after * HOUR))


def days(n: float) -> int:
    """Days in µs."""
    return int(n * DAY)
