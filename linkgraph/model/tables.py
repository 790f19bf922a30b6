"""Every table linkgraph reads, declared as data.

Validation, the ledger's schema, `map suggest`, the documentation and the graph model are
derived from `TABLES`; nothing else lists columns.  A column whose `entity` is set names
something (an officer, a vehicle, a case ...): the ledger gives it a dense integer key in
`<column>_key`.  A *pair* of columns such as `subject_kind`, `subject_id` names an entity of
the kind that the first column states; it is declared once as `Pair` and keyed the same way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Privacy = Literal["work", "private", "special"]
Type = Literal["id", "text", "enum", "time", "date", "int", "float"]
"""`id` and `text` are text; `enum` is text from `values` (others load with a warning);
`time` is int64 µs UTC in the ledger; `date` is a calendar day; `int`, `float` are 64 bit."""

SUBJECT_KINDS = ("person", "vehicle", "phone", "address", "organisation")
LOOKUP_SUBJECT_KINDS = (*SUBJECT_KINDS, "query")


@dataclass(frozen=True)
class Column:
    """One column: its name, type, whether a row without it is rejected, what it refers to."""

    name: str
    type: Type = "text"
    required: bool = False
    entity: str | None = None
    values: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Pair:
    """Two columns that together name an entity: `kind` says of which kind `id` is."""

    kind: str
    id: str
    key: str


@dataclass(frozen=True)
class Table:
    """One table of the input contract.

    `key` names the columns that identify a row: two rows with the same key and other content
    are a conflict.  An empty key means that a row is identified by its whole content.
    `one_of` lists groups of columns of which at least one must be filled.
    `interval` tables hold `[start, end)`; an empty start or end is open.
    """

    name: str
    privacy: Privacy
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    one_of: tuple[tuple[str, ...], ...] = ()
    pairs: tuple[Pair, ...] = ()
    note: str = ""
    by_name: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {c.name: c for c in self.columns})

    @property
    def interval(self) -> bool:
        """Whether rows hold for a time: the table has a `start`, an `end` or both."""
        return "end" in self.by_name

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the columns without which a row is rejected."""
        return tuple(c.name for c in self.columns if c.required)


def _id(name: str, entity: str | None = None, *, required: bool = False, note: str = "") -> Column:
    return Column(name, "id", required, entity, note=note)


def _text(name: str, *, required: bool = False, note: str = "") -> Column:
    return Column(name, "text", required, note=note)


def _enum(name: str, *values: str, required: bool = False, note: str = "") -> Column:
    return Column(name, "enum", required, values=values, note=note)


def _time(name: str, *, required: bool = False, note: str = "") -> Column:
    return Column(name, "time", required, note=note)


_START, _END = _time("start"), _time("end")
_SUBJECT = (_enum("subject_kind", *SUBJECT_KINDS, required=True), _id("subject_id", required=True))
_SUBJECT_OPTIONAL = (_enum("subject_kind", *SUBJECT_KINDS), _id("subject_id"))
_SUBJECT_PAIR = (Pair("subject_kind", "subject_id", "subject_key"),)
_OFFICER = _id("officer_id", "officer", required=True)
_PERSON = _id("person_id", "person", required=True)
_UNIT = _id("unit_id", "unit", required=True)
_VEHICLE = _id("vehicle_id", "vehicle", required=True)
_ORGANISATION = _id("organisation_id", "organisation", required=True)
_ADDRESS = _id("address_id", "address", required=True)
_CASE = _id("case_id", "case", required=True)
_ACCOUNT = _id("account_id", "account", required=True)
_LOOKUP = _id("lookup_id", "lookup", required=True)
_AT = _time("at", required=True)

_DECLARED = (
    # ---- work -------------------------------------------------------------------------
    Table(
        "lookups",
        "work",
        (
            _LOOKUP,
            _AT,
            _id("account_id", "account"),
            _id(
                "officer_id", "officer", note="the account's holder; found by the account if empty"
            ),
            _text("system"),
            _enum("subject_kind", *LOOKUP_SUBJECT_KINDS, required=True),
            _id("subject_id"),
            _text("query_text"),
            _text("purpose"),
            _id("case_id", "case"),
            _id("requester_id", "officer"),
            _text("requester_text"),
            _id("requester_unit_id", "unit"),
            _enum("channel", "self", "in_person", "internal_line", "outside_line", "mobile"),
            _id("caller_phone_id", "phone"),
            _id("approved_by", "officer"),
            _id("device_id", "device"),
            _text("terminal_ip"),
            _enum("output", "screen", "print", "export"),
            Column("results", "int"),
        ),
        key=("lookup_id",),
        one_of=(("account_id", "officer_id"), ("subject_id", "query_text")),
        pairs=_SUBJECT_PAIR,
        note="one query of a police system",
    ),
    Table(
        "lookup_subjects",
        "work",
        (_LOOKUP, *_SUBJECT, _text("role")),
        key=("lookup_id", "subject_kind", "subject_id"),
        pairs=_SUBJECT_PAIR,
        note="the subjects of a look-up that returned several",
    ),
    Table(
        "units",
        "work",
        (_UNIT, _text("name"), _id("parent_unit_id", "unit"), _text("kind"), _text("district")),
        key=("unit_id",),
    ),
    Table(
        "officers",
        "work",
        (
            _OFFICER,
            _id("person_id", "person"),
            _text("name"),
            _text("rank"),
            Column("joined_on", "date"),
            Column("left_on", "date"),
        ),
        key=("officer_id",),
    ),
    Table(
        "postings",
        "work",
        (_OFFICER, _UNIT, _text("role"), _time("start", required=True), _END),
    ),
    Table("accounts", "work", (_ACCOUNT, _OFFICER, _START, _END)),
    Table("rights", "work", (_ACCOUNT, _text("system", required=True), _START, _END)),
    Table("role_rights", "work", (_text("role", required=True), _text("system", required=True))),
    Table(
        "devices",
        "work",
        (
            _id("device_id", "device", required=True),
            _enum("kind", "desktop", "mobile"),
            _id("unit_id", "unit"),
        ),
        key=("device_id",),
    ),
    Table(
        "device_sessions",
        "work",
        (_ACCOUNT, _id("device_id", "device", required=True), _time("start", required=True), _END),
    ),
    Table(
        "duties",
        "work",
        (
            _OFFICER,
            _time("start", required=True),
            _time("end", required=True),
            _enum(
                "kind",
                "desk",
                "patrol",
                "investigation",
                "standby",
                "training",
                "leave",
                "off",
                required=True,
            ),
            _id("duty_id", note="shared by those on the same duty"),
            _id("unit_id", "unit"),
        ),
    ),
    Table(
        "vehicles",
        "work",
        (_VEHICLE, _text("kind"), _text("colour")),
        key=("vehicle_id",),
    ),
    Table("vehicle_owners", "work", (_VEHICLE, _PERSON, _START, _END)),
    Table(
        "cases",
        "work",
        (
            _CASE,
            _text("kind", note="`investigation`, `dispatch`, `stop`, `traffic`, `report` ..."),
            _text("offence"),
            _time("opened_at", required=True),
            _time("closed_at"),
            _id("unit_id", "unit"),
            _text("place"),
            _time("begun_at", note="when work began on paper, if the case was entered later"),
            _id("part_of", "case", note="the operation or task force that the case belongs to"),
        ),
        key=("case_id",),
    ),
    Table("case_officers", "work", (_CASE, _OFFICER, _text("role"), _START, _END)),
    Table(
        "case_subjects",
        "work",
        (_CASE, *_SUBJECT, _text("role")),
        pairs=_SUBJECT_PAIR,
    ),
    Table("unit_offences", "work", (_UNIT, _text("offence", required=True))),
    Table(
        "alerts",
        "work",
        (*_SUBJECT, _enum("kind", "stolen", "wanted", "missing", required=True), _START, _END),
        pairs=_SUBJECT_PAIR,
    ),
    Table("unit_phones", "work", (_id("phone_id", "phone", required=True), _UNIT)),
    Table(
        "internal_calls",
        "work",
        (
            _id("from_phone_id", "phone", required=True),
            _id("to_phone_id", "phone", required=True),
            _AT,
            Column("seconds", "int"),
        ),
    ),
    Table(
        "proxy_register",
        "work",
        (
            _id("register_id", required=True),
            _AT,
            _id("requester_id", "officer", required=True),
            _id("agent_id", "officer", required=True),
            *_SUBJECT_OPTIONAL,
            _text("reason"),
            _text("identity_check"),
            _id("approved_by", "officer"),
            _time("approved_at"),
        ),
        key=("register_id",),
        pairs=_SUBJECT_PAIR,
    ),
    Table(
        "work_records",
        "work",
        (
            _id("record_id", required=True),
            _AT,
            _OFFICER,
            _text("kind"),
            *_SUBJECT_OPTIONAL,
            _text("text"),
        ),
        key=("record_id",),
        pairs=_SUBJECT_PAIR,
    ),
    Table(
        "work_record_subjects",
        "work",
        (_id("record_id", required=True), *_SUBJECT, _text("role")),
        key=("record_id", "subject_kind", "subject_id"),
        pairs=_SUBJECT_PAIR,
        note="everyone whom a work record names, as when a stop or a body camera shows several",
    ),
    Table(
        "visit_register",
        "work",
        (
            *_SUBJECT,
            _id("officer_id", "officer", note="who is to visit; empty: anyone of the unit"),
            _id("unit_id", "unit"),
            _text("kind"),
            _START,
            _END,
        ),
        one_of=(("officer_id", "unit_id"),),
        pairs=_SUBJECT_PAIR,
        note="persons and places to be visited regularly, and by whom",
    ),
    Table(
        "conflict_notices",
        "work",
        (_OFFICER, _AT, *_SUBJECT_OPTIONAL, _id("case_id", "case"), _text("text")),
        one_of=(("subject_id", "case_id"),),
        pairs=_SUBJECT_PAIR,
        note="notices by which an officer tells that he is personally concerned",
    ),
    Table(
        "complaints",
        "work",
        (
            _id("complaint_id", "complaint", required=True),
            _AT,
            _time("incident_at"),
            _text("place"),
            _id("complainant_id", "person"),
            _id("vehicle_id", "vehicle"),
            _id("officer_id", "officer"),
            _text("kind"),
            _text("text"),
        ),
        key=("complaint_id",),
    ),
    Table(
        "self_reports",
        "work",
        (_OFFICER, _AT, _id("lookup_id", "lookup"), _text("text")),
    ),
    Table(
        "reviews",
        "work",
        (
            _LOOKUP,
            _enum(
                "decision",
                "proper",
                "procedural",
                "negligent",
                "improper",
                "undetermined",
                required=True,
            ),
            _enum("selected_by", "random", "lead", "complaint", "other"),
            _text("reviewer"),
            _time("at"),
            _text("note"),
        ),
    ),
    # ---- private ----------------------------------------------------------------------
    Table(
        "persons",
        "private",
        (_PERSON, _text("name"), Column("born_on", "date")),
        key=("person_id",),
    ),
    Table(
        "aliases",
        "private",
        (_PERSON, _id("other_id", "person", required=True), _text("source")),
    ),
    Table(
        "addresses",
        "private",
        (_ADDRESS, _text("text"), _text("community")),
        key=("address_id",),
    ),
    Table("residences", "private", (_PERSON, _ADDRESS, _START, _END)),
    Table(
        "associations",
        "private",
        (
            _id("person_a_id", "person", required=True),
            _id("person_b_id", "person", required=True),
            _text("kind", required=True, note="`family`, `friend`, `creditor`, `business` ..."),
            _START,
            _END,
            _text("source"),
            _text("confidence"),
        ),
    ),
    Table(
        "organisations",
        "private",
        (_ORGANISATION, _text("name"), _text("kind")),
        key=("organisation_id",),
    ),
    Table("organisation_addresses", "private", (_ORGANISATION, _ADDRESS)),
    Table(
        "organisation_roles",
        "private",
        (
            _ORGANISATION,
            _PERSON,
            _text(
                "role",
                required=True,
                note="`owner`, `employee`, `applicant`, `chair`, `member`, `customer` ...",
            ),
            _START,
            _END,
        ),
    ),
    Table(
        "unit_ties",
        "private",
        (
            _UNIT,
            _PERSON,
            _text("kind", required=True, note="`volunteer`, `adviser`, `contractor` ..."),
            _START,
            _END,
        ),
    ),
    Table(
        "phones",
        "private",
        (
            _id("phone_id", "phone", required=True),
            _enum("holder_kind", "person", "organisation", required=True),
            _id("holder_id", required=True),
            _START,
            _END,
        ),
        pairs=(Pair("holder_kind", "holder_id", "holder_key"),),
    ),
    Table(
        "contact_declarations",
        "private",
        (_OFFICER, _PERSON, _AT, _text("text")),
    ),
    # ---- special ----------------------------------------------------------------------
    Table(
        "calls",
        "special",
        (
            _id("from_phone_id", "phone", required=True),
            _id("to_phone_id", "phone", required=True),
            _AT,
            Column("seconds", "int"),
            _id("warrant_no", required=True),
        ),
    ),
    Table(
        "criminal_records",
        "special",
        (_PERSON, _time("at"), _text("text"), _id("order_no", required=True)),
    ),
)

TABLES: dict[str, Table] = {table.name: table for table in _DECLARED}

OPEN_START = -62_135_596_800_000_000
OPEN_END = 253_402_300_799_000_000
"""What an open `start` or `end` is filled with: the years 1 and 9999, in µs UTC."""
