"""Proxy contradicted: what is said about the requester does not agree with the records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.proxies import proxies, registrations, requesters
from linkgraph.screen.tables import MINUTE, ScreenTables

HEADER = Header(
    id="proxy_contradicted",
    revision=1,
    role=Role.FINDING,
    title=Text("Proxy contradicted by the records", "代查情形與紀錄不符"),
    statement=Text(
        "The look-up was made for somebody else, and a record contradicts the request: the "
        "requester was on leave or off, is of another unit, is unknown, or the calling number "
        "is not his unit's.",
        "該筆查詢係代他人所為，惟紀錄與請託情形不符：請託人休假或未服勤、非同單位、查無其人，"
        "或來電號碼非其單位所有。",
    ),
    needs=("lookups.requester_id|lookups.requester_text|lookups.channel|lookups.caller_phone_id",),
    rationale=(
        "In case 1090102 a colleague on leave asked by phone; in case 1090104 an impostor on an "
        "internal line named a neighbouring station and was read two owners. Each left a "
        "contradiction between log, roster and exchange."
    ),
    source="Cases 1090102 and 1090104; rule of no proxy look-ups across units",
    innocent=(
        Text(
            "The requester was called in from leave, or swapped a shift by word.",
            "請託人休假中臨時召回，或口頭調班。",
        ),
        Text("He called from a mobile phone at the scene.", "請託人於現場以行動電話聯繫。"),
        Text(
            "He was seconded to the unit, or units work together.", "請託人支援他單位或聯合勤務。"
        ),
        Text("The name was written down wrong.", "姓名登載錯誤。"),
    ),
    parameters={"call_minutes": 15, "register_hours": 24},
    prior=1 / 64,
    prior_reason="Documented share of known misuse that comes to light by such a proxy alone.",
    of_session=True,
)

CONTRADICTIONS: Mapping[str, Text] = {
    "requester_on_leave": Text("the requester was on leave", "請託人當時休假"),
    "requester_off": Text("the requester was off duty", "請託人當時未服勤"),
    "requester_other_unit": Text(
        "the requester's unit is not the agent's", "請託人與代查人非同一單位"
    ),
    "requester_not_of_unit": Text(
        "the requester was not posted to the unit named", "請託人非隸屬所稱單位"
    ),
    "requester_unknown": Text("no officer of the force is so named", "查無所稱請託人"),
    "unit_unknown": Text("no unit of the force is so named", "查無所稱單位"),
    "number_not_of_unit": Text("the calling number is not the unit's", "來電號碼非所稱單位所有"),
    "unregistered": Text("the proxy register has no entry", "代查登記簿無登記"),
    "unapproved": Text("nobody approved the request", "代查未經核准"),
}
"""The codes of `detail`, in its order.  The last two count, but do not make a finding alone."""

_RULES_ALONE = ("unregistered", "unapproved")


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Measure: the number of contradictions.

    Detail: their codes, in the order of `CONTRADICTIONS`, each with the record that shows it
    where there is one (`requester_on_leave=duties:ROW`).  requester_key: the requester by id,
    or the one officer whom the text names.
    """
    asked = tables.store("proxies", proxies(tables))
    rows = tables.store("requesters", requesters(tables, asked))
    rows = rows.left_join(_calls(tables, rows, parameters), "lookup_key").drop("lookup_key_right")
    rows = rows.left_join(_register(tables, asked, parameters), "lookup_key")
    rows = rows.drop("lookup_key_right")
    unit = ibis.coalesce(rows.claimed_unit, rows.requester_unit)
    in_force = tables.table("officers").select("officer_key", listed=ibis.literal(value=True))
    rows = rows.left_join(in_force, rows.asked_key == in_force.officer_key)
    rows = rows.drop("officer_key_right")
    in_units = tables.table("units").select(known_unit=ibis._.unit_key)
    rows = rows.left_join(in_units, rows.asked_unit == in_units.known_unit)
    unlisted = rows.asked_key.notnull() & rows.listed.isnull()
    nameless = rows.asked_key.isnull() & ~rows.names_officer.fill_null(True)
    no_unit = rows.asked_unit.notnull() & rows.known_unit.isnull()
    unit_words = rows.requester_text.re_search("分局|派出所|大隊|中隊|分隊|station|precinct")
    no_unit_text = rows.asked_unit.isnull() & ~rows.names_unit.fill_null(True) & unit_words
    has_units = ibis.literal(value=tables.has("units"))
    duty = "duties:" + rows.duty_row_id
    signs = {
        "requester_on_leave": _sign(rows.requester_duty == "leave", duty),
        "requester_off": _sign(rows.requester_duty == "off", duty),
        "requester_other_unit": _sign(unit != rows.unit_key),
        "requester_not_of_unit": _sign(
            rows.claimed_unit.notnull() & (rows.requester_unit != rows.claimed_unit)
        ),
        "requester_unknown": _sign(unlisted | (nameless & _named_officers(tables))),
        "unit_unknown": _sign(has_units & (no_unit | no_unit_text)),
        "number_not_of_unit": _sign(rows.call_record.notnull(), rows.call_record),
        "unregistered": _sign(rows.entry == "unregistered"),
        "unapproved": _sign((rows.entry == "unapproved") & rows.approved_by_key.isnull()),
    }
    rows = rows.select("lookup_key", "requester_key", **signs)
    hard = ibis.literal(value=False)
    number = ibis.literal(0)
    detail = ibis.literal("")
    for code in CONTRADICTIONS:
        shown = rows[code].notnull()
        if code not in _RULES_ALONE:
            hard = hard | shown
        number = number + shown.cast("int64")
        named = (rows[code] == "").ifelse(f";{code}", f";{code}=" + rows[code])
        detail = detail + shown.ifelse(named, "")
    hits = rows.mutate(number=number, detail=detail.substr(1)).filter(hard)
    record = ibis.coalesce(hits.requester_on_leave, hits.requester_off, hits.number_not_of_unit)
    cut = record.find(":")
    return hits.select(
        "lookup_key",
        "requester_key",
        "detail",
        measure=hits.number.cast("float64"),
        record_table=record.substr(0, cut),
        record_row_id=record.substr(cut + 1),
    )


def _sign(holds: Any, record: Any = None) -> Any:
    """The record that shows a contradiction, "" where none does, null where it does not hold."""
    shown = ibis.literal("") if record is None else ibis.coalesce(record, "")
    return holds.fill_null(False).ifelse(shown, ibis.null("string"))


def _named_officers(tables: ScreenTables) -> Any:
    """Whether the officers' names are loaded at all: without them every text is unknown."""
    officers = tables.table("officers")
    return officers.name.count().to_pyarrow().as_py() > 0


def _register(tables: ScreenTables, asked: Any, parameters: Mapping[str, Any]) -> Any:
    """lookup_key, entry: `unregistered`, `unapproved` or `proper`; nothing without a register."""
    if not tables.has("proxy_register"):
        return asked.select("lookup_key", entry=ibis.null("string"))
    entries = registrations(tables, asked, parameters["register_hours"])
    rows = asked.select("lookup_key").left_join(entries, "lookup_key")
    return rows.select(
        "lookup_key",
        entry=ibis.cases(
            (rows.approved.isnull(), "unregistered"), (rows.approved, "proper"), else_="unapproved"
        ),
    )


def _calls(tables: ScreenTables, rows: Any, parameters: Mapping[str, Any]) -> Any:
    """lookup_key, call_record: proxies whose caller's number is not the requester's unit's.

    The number in the log counts, unless it came from outside and is no unit's at all.  Without
    one the calls to the agent's unit just before the look-up count: on an internal line one
    must come from the requester's unit.
    """
    none = rows.filter(ibis.literal(value=False)).select(
        "lookup_key", call_record=ibis.null("string")
    )
    if not tables.has("unit_phones"):
        return none
    phones = tables.table("unit_phones").select("phone_key", "row_id", of_unit=ibis._.unit_key)
    asked = rows.select(
        "lookup_key",
        "at",
        "unit_key",
        "channel",
        "caller_phone_key",
        unit=ibis.coalesce(rows.claimed_unit, rows.requester_unit),
    )
    asked = asked.filter(asked.unit.notnull())
    shown = asked.filter(asked.caller_phone_key.notnull())
    met = shown.left_join(phones, shown.caller_phone_key == phones.phone_key)
    met = met.group_by("lookup_key", "channel").aggregate(
        theirs=(met.of_unit == met.unit).fill_null(False).any(),
        row_id=met.row_id.min(),
    )
    # Who says that he calls from outside may use any telephone that is not another unit's.
    outside = met.channel.isin(["outside_line", "mobile"]).fill_null(False)
    met = met.filter(met.row_id.notnull() | ~outside)
    other = met.filter(~met.theirs)
    by_number = other.select(
        "lookup_key",
        call_record=other.row_id.notnull().ifelse("unit_phones:" + other.row_id, ""),
    )
    if not tables.has("internal_calls"):
        return by_number
    silent = asked.filter(asked.caller_phone_key.isnull() & (asked.channel == "internal_line"))
    return ibis.union(by_number, _from_exchange(tables, silent, phones, parameters))


def _from_exchange(
    tables: ScreenTables, asked: Any, phones: Any, parameters: Mapping[str, Any]
) -> Any:
    width = int(parameters["call_minutes"] * MINUTE)
    calls = tables.table("internal_calls")
    calls = calls.select("from_phone_key", "to_phone_key", called_at=calls.at, call=calls.row_id)
    ours = phones.select("phone_key", unit_key=phones.of_unit)
    calls = calls.join(ours, calls.to_phone_key == ours.phone_key).drop("phone_key")
    theirs = phones.select("phone_key", from_unit="of_unit")
    calls = calls.left_join(theirs, calls.from_phone_key == theirs.phone_key).drop("phone_key")
    # Joined by unit and slice of time: by unit alone every call would meet every proxy.
    calls = calls.mutate(slot=calls.called_at // width)
    slots = ibis.union(
        asked.mutate(slot=asked.at // width), asked.mutate(slot=asked.at // width - 1)
    )
    met = slots.join(calls, ["unit_key", "slot"])
    met = met.filter((met.called_at <= met.at) & (met.called_at >= met.at - width))
    met = met.group_by("lookup_key").aggregate(
        theirs=(met.from_unit == met.unit).fill_null(False).any(),
        call=met.call.min(),
    )
    met = met.filter(~met.theirs)
    return met.select("lookup_key", call_record="internal_calls:" + met.call)
