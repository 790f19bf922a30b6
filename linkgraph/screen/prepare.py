"""The intermediates that every explanation and indicator shares, made once per screening."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import ibis

from linkgraph.model.tables import OPEN_END, OPEN_START
from linkgraph.screen.asof import covering
from linkgraph.screen.tables import NO_SUBJECT, ScreenTables

if TYPE_CHECKING:
    from linkgraph.ledger import Ledger
    from linkgraph.workspace import Settings

Store = Callable[[str, Any], Any]
"""Writes an expression to a Parquet file of this name and gives the table that reads it."""

_OPTIONAL = (
    "system",
    "purpose",
    "case_id",
    "requester_id",
    "requester_text",
    "requester_unit_id",
    "channel",
    "caller_phone_id",
    "approved_by",
    "output",
    "account_id",
    "device_id",
)


def prepare(ledger: Ledger, settings: Settings, store: Store) -> ScreenTables:
    """Place each look-up (duty, unit, role) and expand what cases involve.

    Cost: one sort of the look-ups with duties and postings, two hash joins over the look-ups;
    everything else is the size of the cases.
    """
    segments = store("segments", _numbered(ledger.table("duty_segments"), "segment"))
    posts = store("posts", _numbered(_one_at_a_time(ledger.table("posted")), "post"))
    raw = ledger.table("lookups")
    points = raw.select("officer_key", "at", point=raw.lookup_key)
    located = store("located", covering(points, {"segment": segments, "post": posts}))
    lookups = store("placed", _placed(raw, located, segments, posts, ledger.table("units")))
    asked = store("asked", _asked(lookups, ledger.table("subjects")))
    owned = store("owned", _owned(ledger.table("vehicle_owners")))
    involved = store("involved", _involved(ledger.table("case_subjects"), owned))
    unit_cases = ledger.table("cases").select(
        "case_key",
        "case_id",
        "kind",
        "offence",
        "unit_key",
        "opened_at",
        "closed_at",
        "begun_at",
        "part_of_key",
    )
    officers = ledger.table("case_officers").select("case_key", "officer_key", "start", "end")
    assigned = store("assigned", officers.distinct().join(unit_cases, "case_key"))
    return ScreenTables(
        ledger=ledger,
        settings=settings,
        lookups=lookups,
        asked=asked,
        segments=segments,
        posts=posts,
        owned=owned,
        involved=involved,
        about=store("about", _about(asked, ledger.table("vehicle_owners"))),
        assigned=assigned,
        unit_cases=unit_cases,
        filled=_filled(raw),
        store=store,
    )


def _numbered(intervals: Any, name: str) -> Any:
    order = ibis.window(order_by=["officer_key", "start", "end"])
    return intervals.mutate(**{name: ibis.row_number().over(order).cast("int64")})


def _one_at_a_time(postings: Any) -> Any:
    """Postings cut where others begin or end: of those that overlap the latest begun counts.

    A secondment interrupts the posting around it, which goes on after.
    """
    edges = ibis.union(
        postings.select("officer_key", edge="start"),
        postings.select("officer_key", edge="end"),
        distinct=True,
    )
    order = ibis.window(group_by="officer_key", order_by="edge")
    pieces = edges.mutate(until=edges.edge.lead().over(order))
    pieces = pieces.filter(pieces.until.notnull())
    held = pieces.join(postings, "officer_key")
    held = held.filter((held.start <= held.edge) & (held.end >= held.until))
    latest = ibis.window(
        group_by=["officer_key", "edge"], order_by=[ibis.desc("start"), "end", "unit_key", "role"]
    )
    held = held.mutate(place=ibis.row_number().over(latest)).filter(ibis._.place == 0)
    return held.select("officer_key", "unit_key", "role", start=held.edge, end=held.until)


def _placed(raw: Any, located: Any, segments: Any, posts: Any, units: Any) -> Any:
    duty = segments.select("segment", duty_status=segments.kind)
    districts = units.select("unit_key", "district")
    post = posts.select("post", "unit_key", "role").left_join(districts, "unit_key")
    post = post.select("post", "unit_key", "role", "district")
    where = located.left_join(duty, "segment").drop("segment_right")
    where = where.left_join(post, "post").drop("post_right")
    where = where.select(
        lookup_key=where.point,
        duty_segment=where.segment,
        duty_status=where.duty_status.fill_null("unknown"),
        unit_key=where.unit_key,
        role=where.role.fill_null(""),
        district=where.district.fill_null(""),
    )
    kept = raw.select(
        "lookup_key",
        "lookup_id",
        "officer_key",
        "at",
        "at_local",
        "system",
        "subject_kind",
        "subject_key",
        "purpose",
        "case_key",
        "requester_key",
        "requester_text",
        "requester_unit_key",
        "channel",
        "caller_phone_key",
        "approved_by_key",
        "output",
        "account_key",
        "device_key",
        day=raw.at_local.date(),
    )
    return kept.join(where, "lookup_key")


def _asked(lookups: Any, subjects: Any) -> Any:
    who = lookups.select("lookup_key", "officer_key", "unit_key", "at", "day", "system")
    asked = who.left_join(subjects, "lookup_key")
    return asked.select(
        "lookup_key",
        "officer_key",
        "unit_key",
        "at",
        "day",
        "system",
        subject_key=asked.subject_key.fill_null(NO_SUBJECT),
        subject_kind=asked.subject_kind.fill_null("query"),
    )


def _owned(owners: Any) -> Any:
    by_vehicle = owners.select(
        "start", "end", subject_key=owners.vehicle_key, other_key=owners.person_key
    )
    by_person = owners.select(
        "start", "end", subject_key=owners.person_key, other_key=owners.vehicle_key
    )
    return ibis.union(by_vehicle, by_person, distinct=True)


def _involved(case_subjects: Any, owned: Any) -> Any:
    named = case_subjects.select("case_key", "subject_key").distinct()
    direct = named.mutate(
        start=ibis.literal(OPEN_START, "int64"), end=ibis.literal(OPEN_END, "int64")
    )
    through = named.join(owned, "subject_key").select(
        "case_key", "start", "end", subject_key=ibis._.other_key
    )
    columns = ("case_key", "subject_key", "start", "end")
    return ibis.union(direct.select(*columns), through.select(*columns), distinct=True)


def _about(asked: Any, owners: Any) -> Any:
    named = asked.filter(asked.subject_key != NO_SUBJECT)
    owners = owners.select(
        "start", "end", subject_key=owners.vehicle_key, about_key=owners.person_key
    )
    vehicles = named.filter(named.subject_kind == "vehicle")
    owned = vehicles.join(owners.distinct(), "subject_key")
    owned = owned.filter((owned.at >= owned.start) & (owned.at < owned.end))
    columns = ("lookup_key", "officer_key", "unit_key", "day", "subject_key", "about_key")
    itself = named.mutate(about_key=named.subject_key)
    return ibis.union(itself.select(*columns), owned.select(*columns))


def _filled(raw: Any) -> frozenset[str]:
    """Columns of the look-ups with at least one value: an analysis of an empty one is not run."""
    counts = raw.aggregate(**{name: raw[name].count() for name in _OPTIONAL}).to_pyarrow()
    (row,) = counts.to_pylist()
    return frozenset(name for name, n in row.items() if n)
