"""Proxy look-ups (代查): who asked for them, as far as the log says.

A proxy names a requester (an id, or only a text), or reached the agent by phone.
"""

from __future__ import annotations

from typing import Any

import ibis

from linkgraph.screen.asof import covering
from linkgraph.screen.tables import MINUTE, ScreenTables

_LINES = ("internal_line", "outside_line")
_LONGEST_TEXT = 80
"""A requester's text is searched for names up to this length."""


def proxies(tables: ScreenTables) -> Any:
    """The look-ups made for somebody else; one row each, as `made_for_another` gives them."""
    return made_for_another(tables.lookups)


def made_for_another(lookups: Any) -> Any:
    """Those of the look-ups (the ledger's columns and unit_key) that were made for somebody else.

    Columns: lookup_key, officer_key (the agent), at, unit_key (the agent's), asked_key (the
    requester's id in the log), requester_text (null if blank), asked_unit (the unit in the
    log), channel, caller_phone_key, approved_by_key.
    """
    text = lookups.requester_text.strip().nullif("")
    asked = (lookups.requester_key != lookups.officer_key).ifelse(
        lookups.requester_key, ibis.null("int64")
    )
    rows = lookups.select(
        "lookup_key",
        "officer_key",
        "at",
        "unit_key",
        "channel",
        "caller_phone_key",
        "approved_by_key",
        asked_key=asked,
        requester_text=text,
        asked_unit=lookups.requester_unit_key,
        self_asked=(lookups.requester_key == lookups.officer_key).fill_null(False),
    )
    by_line = rows.channel.isin(_LINES) | rows.caller_phone_key.notnull()
    named = rows.asked_key.notnull() | rows.requester_text.notnull() | rows.asked_unit.notnull()
    return rows.filter((named | by_line.fill_null(False)) & ~rows.self_asked).drop("self_asked")


def requesters(tables: ScreenTables, asked: Any) -> Any:
    """Who the requester is, what unit is claimed for him, and where the roster had him.

    `asked`: the rows of `proxies`.  Gives its columns and: requester_key (by id, else by the
    one officer whom the text names, one of the unit named first), claimed_unit (from the log,
    else named in the text), names_officer, names_unit (whether the text does; null without
    text), requester_unit, requester_duty, duty_row_id (at the look-up's time; null if unknown).
    """
    texts = _texts(tables, asked)
    units = texts.filter(texts.kind == "unit")
    longest = ibis.window(group_by="requester_text", order_by=[ibis.desc("length"), "key"])
    units = units.mutate(place=ibis.row_number().over(longest)).filter(ibis._.place == 0)
    units = units.select("requester_text", named_unit=units.key)
    officers = texts.filter(texts.kind == "officer").select("requester_text", named_key="key")
    officers = officers.distinct()
    counts = officers.group_by("requester_text").aggregate(n_officers=officers.count())

    rows = asked.left_join(units, "requester_text").drop("requester_text_right")
    rows = rows.left_join(counts, "requester_text").drop("requester_text_right")
    rows = rows.left_join(officers, "requester_text").drop("requester_text_right")
    rows = rows.mutate(
        claimed_unit=ibis.coalesce(rows.asked_unit, rows.named_unit),
        candidate=ibis.coalesce(rows.asked_key, rows.named_key),
    )
    placed = _placed(tables, rows)
    rows = rows.left_join(placed, ["lookup_key", "candidate"])
    rows = rows.drop("lookup_key_right", "candidate_right")
    # Same names are common: of several officers so named, the one of the unit named is meant.
    fits = (
        rows.asked_key.notnull()
        | (rows.n_officers == 1)
        | (rows.requester_unit == rows.claimed_unit)
    )
    rows = rows.mutate(fits=fits.fill_null(False).cast("int8"))
    best = ibis.window(group_by="lookup_key", order_by=[ibis.desc("fits"), "candidate"])
    rows = rows.mutate(place=ibis.row_number().over(best)).filter(ibis._.place == 0)
    known = rows.fits == 1
    return rows.select(
        *asked.columns,
        "claimed_unit",
        requester_key=known.ifelse(rows.candidate, ibis.null("int64")),
        names_officer=rows.requester_text.notnull().ifelse(
            rows.n_officers.notnull(), ibis.null("boolean")
        ),
        names_unit=rows.requester_text.notnull().ifelse(
            rows.named_unit.notnull(), ibis.null("boolean")
        ),
        requester_unit=known.ifelse(rows.requester_unit, ibis.null("int64")),
        requester_duty=known.ifelse(rows.requester_duty, ibis.null("string")),
        duty_row_id=known.ifelse(rows.duty_row_id, ibis.null("string")),
    )


def registrations(tables: ScreenTables, asked: Any, hours: float) -> Any:
    """lookup_key, approved (whether any entry is) of the proxies that the register holds.

    An entry is met by agent and subject (an entry without subject by agent alone) within
    `hours` of the look-up, and by requester where both name one.
    """
    register = tables.table("proxy_register").select(
        "subject_key",
        officer_key=ibis._.agent_key,
        registered_by=ibis._.requester_key,
        registered_at=ibis._.at,
        approved=ibis._.approved_by_key.notnull(),
    )
    subjects = tables.asked.select("lookup_key", asked_subject=tables.asked.subject_key)
    rows = asked.join(subjects, "lookup_key").join(register, "officer_key")
    width = int(hours * 60 * MINUTE)
    rows = rows.filter(
        (rows.subject_key.isnull() | (rows.subject_key == rows.asked_subject))
        & (rows.asked_key.isnull() | (rows.asked_key == rows.registered_by))
        & ((rows.at - rows.registered_at).abs() <= width)
    )
    return rows.group_by("lookup_key").aggregate(approved=rows.approved.any())


def _placed(tables: ScreenTables, rows: Any) -> Any:
    """Unit and duty of each candidate at the look-up's time."""
    points = rows.filter(rows.candidate.notnull()).select("lookup_key", "candidate", "at")
    points = points.distinct()
    order = ibis.window(order_by=["lookup_key", "candidate"])
    points = points.mutate(point=ibis.row_number().over(order).cast("int64"))
    located = covering(
        points.select("point", "at", officer_key=points.candidate),
        {"segment": tables.segments, "post": tables.posts},
    )
    posts = tables.posts.select("post", requester_unit=tables.posts.unit_key)
    duty = tables.segments.select(
        "segment", requester_duty=tables.segments.kind, duty_row_id=tables.segments.row_id
    )
    placed = points.join(located, "point").left_join(posts, "post").left_join(duty, "segment")
    return placed.select(
        "lookup_key", "candidate", "requester_unit", "requester_duty", "duty_row_id"
    )


def _texts(tables: ScreenTables, asked: Any) -> Any:
    """requester_text, kind (`officer`, `unit`), key, length: the names that each text holds.

    Every piece of a text that is as long as some name is looked up among the names, so that
    Chinese texts without spaces are searched at the cost of a hash join.
    """
    texts = asked.filter(asked.requester_text.notnull() & asked.asked_key.isnull())
    texts = texts.select("requester_text").distinct()
    plain = _plain(texts.requester_text)
    texts = texts.mutate(plain=plain, text_length=plain.length())
    names = _names(tables)
    lengths = names.select("length").distinct()
    places = ibis.memtable({"place": list(range(_LONGEST_TEXT))}, schema={"place": "int64"})
    pieces = texts.cross_join(lengths)
    pieces = pieces.filter(pieces.length <= pieces.text_length).cross_join(places)
    pieces = pieces.filter(pieces.place + pieces.length <= pieces.text_length)
    pieces = pieces.select(
        "requester_text", name=pieces.plain.substr(pieces.place, pieces.length)
    ).distinct()
    return pieces.join(names, "name").select("requester_text", "kind", "key", "length").distinct()


def _names(tables: ScreenTables) -> Any:
    officers, units = tables.table("officers"), tables.table("units")
    parts = [
        table.select(name=_plain(table[column]), kind=ibis.literal(kind), key=table[key])
        for table, column, kind, key in (
            (officers, "name", "officer", "officer_key"),
            (officers, "officer_id", "officer", "officer_key"),
            (units, "name", "unit", "unit_key"),
            (units, "unit_id", "unit", "unit_key"),
        )
    ]
    names = ibis.union(*parts)
    names = names.mutate(length=names.name.length().cast("int64"))
    return names.filter((names.length >= 2) & (names.length <= _LONGEST_TEXT))


def _plain(text: Any) -> Any:
    """臺 and 台, 第一分局 and 一分局 are the same to a reader."""
    return text.strip().lower().replace("臺", "台").replace("第", "")
