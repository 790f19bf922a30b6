"""The graph model: labels, relationships and their properties, for every store.

One label per node; every relationship has `tie_id`, `start`, `end` (int64 µs UTC, open ends
filled), `kind` and `source`; the properties listed here come on top.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PropertyType = Literal["text", "int"]


@dataclass(frozen=True)
class Label:
    """A kind of node: its label, the property that identifies it, its other properties."""

    name: str
    kind: str
    key: str
    properties: tuple[tuple[str, PropertyType], ...] = ()


@dataclass(frozen=True)
class Relationship:
    """A relationship type, the label pairs it joins and what it carries besides the common five.

    `directed` is False where the two ends mean the same: such ties are matched without arrow.
    `private` ties are joined only under an inquiry that names their `kind of tie`.
    """

    name: str
    ends: tuple[tuple[str, str], ...]
    properties: tuple[tuple[str, PropertyType], ...] = ()
    directed: bool = True
    privacy: Literal["work", "private", "special"] = "work"


LABELS: tuple[Label, ...] = (
    Label(
        "Officer",
        "officer",
        "officer_id",
        (("name", "text"), ("rank", "text"), ("person_id", "text")),
    ),
    Label("Unit", "unit", "unit_id", (("name", "text"), ("kind", "text"), ("district", "text"))),
    Label("Person", "person", "person_id", (("name", "text"),)),
    Label("Vehicle", "vehicle", "vehicle_id", (("kind", "text"), ("colour", "text"))),
    Label("Phone", "phone", "phone_id"),
    Label("Address", "address", "address_id", (("text", "text"), ("community", "text"))),
    Label("Organisation", "organisation", "organisation_id", (("name", "text"), ("kind", "text"))),
    Label(
        "PoliceCase",
        "case",
        "case_id",
        (("kind", "text"), ("offence", "text"), ("opened_at", "int"), ("place", "text")),
    ),
    Label(
        "Lookup",
        "lookup",
        "lookup_id",
        (
            ("at", "int"),
            ("system", "text"),
            ("purpose", "text"),
            ("channel", "text"),
            ("output", "text"),
            ("level", "text"),
        ),
    ),
    Label("Complaint", "complaint", "complaint_id", (("at", "int"), ("kind", "text"))),
)

SUBJECT_LABELS: tuple[str, ...] = ("Person", "Vehicle", "Phone", "Address", "Organisation")

RELATIONSHIPS: tuple[Relationship, ...] = (
    Relationship("IS", (("Officer", "Person"),)),
    Relationship("POSTED_TO", (("Officer", "Unit"),)),
    Relationship("ASSIGNED_TO", (("Officer", "PoliceCase"),)),
    Relationship("ON_DUTY_WITH", (("Officer", "Officer"),), (("duty_id", "text"),), directed=False),
    Relationship(
        "SHARED_DEVICE", (("Officer", "Officer"),), (("device_id", "text"),), directed=False
    ),
    Relationship(
        "LOOKED_UP",
        tuple(("Officer", label) for label in SUBJECT_LABELS),
        (("n", "int"), ("unexplained", "int"), ("first_at", "int"), ("last_at", "int")),
    ),
    Relationship("ASKED", (("Officer", "Officer"),)),
    Relationship("RANG", (("Phone", "Officer"),)),
    Relationship("BY", (("Lookup", "Officer"),)),
    Relationship("ASKED_BY", (("Lookup", "Officer"),)),
    Relationship("ABOUT", tuple(("Lookup", label) for label in SUBJECT_LABELS)),
    Relationship("CITES", (("Lookup", "PoliceCase"),)),
    Relationship("PART_OF", (("Unit", "Unit"),)),
    Relationship("OWNS", (("Person", "Vehicle"),)),
    Relationship("LIVES_AT", (("Person", "Address"),), privacy="private"),
    Relationship("HAS_ROLE", (("Person", "Organisation"),), privacy="private"),
    Relationship("HOLDS", (("Person", "Phone"), ("Organisation", "Phone")), privacy="private"),
    Relationship("TIED_TO_UNIT", (("Person", "Unit"),), privacy="private"),
    Relationship("LOCATED_AT", (("Organisation", "Address"),), privacy="private"),
    Relationship("TIE", (("Person", "Person"),), directed=False, privacy="private"),
    Relationship(
        "CALLED",
        (("Phone", "Phone"),),
        (("n", "int"), ("first_at", "int"), ("last_at", "int")),
        privacy="special",
    ),
    Relationship("INVOLVES", tuple(("PoliceCase", label) for label in SUBJECT_LABELS)),
    Relationship("MADE_BY", (("Complaint", "Person"),)),
    Relationship("AGAINST", (("Complaint", "Officer"),)),
)
"""`LOOKED_UP` to a Person is the *pair*: all look-ups of that person by name, plate, phone or
address, each standing for who owned, held or lived there at that time; to any other subject
it is the look-ups of that subject itself.  `n` counts all, `unexplained` those without a full
explanation.  `ASKED` and `RANG` are one for each look-up that was made for another: from whom
the log names as asking, and from the telephone that rang, to who made it; they begin with it."""

TIE_KINDS: tuple[str, ...] = (
    "family",
    "household",
    "friend",
    "creditor",
    "business",
    "neighbour",
    "role",
    "phone",
    "unit",
)
"""Kinds of tie that an inquiry may authorise; association kinds not named here count under
their own name.  `household` covers residences, `role` organisation roles, `unit` unit ties."""
