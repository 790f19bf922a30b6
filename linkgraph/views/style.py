"""What each kind of node and each type of tie looks like, and what it is called.

Shapes alone tell the kinds apart, so colour is never needed to read a view; the colours are
those of Okabe and Ito ("Color Universal Design", 2008), darkened until white signs on them and
thin lines in them can be read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Language = Literal["en", "zh-TW"]
Words = tuple[str, str]
"""The same words in English and in Traditional Chinese."""


@dataclass(frozen=True)
class KindStyle:
    """A kind of node: its name (for the legend: its plural), shape and colour (`#rrggbb`)."""

    kind: str
    name: Words
    plural: Words
    shape: str
    color: str


@dataclass(frozen=True)
class TypeStyle:
    """A type of tie: its words read from source to target; `dash` in pixels on and off.

    `event` ties happen at one time and are true ever after, such as a look-up: they have a
    start and no end.
    """

    type: str
    name: Words
    color: str
    dash: tuple[int, int] | None = None
    width: float = 1.5
    directed: bool = True
    event: bool = False


def word(words: Words, language: str) -> str:
    """The words in `language`; English for a language that is not known."""
    return words[1] if language == "zh-TW" else words[0]


KINDS: Final[tuple[KindStyle, ...]] = (
    KindStyle("officer", ("Officer", "員警"), ("Officers", "員警"), "shield", "#1f4e79"),
    KindStyle("person", ("Person", "人員"), ("Persons", "人員"), "circle", "#2a7ab8"),
    KindStyle(
        "organisation", ("Organisation", "組織"), ("Organisations", "組織"), "hexagon", "#8f3a12"
    ),
    KindStyle("vehicle", ("Vehicle", "車輛"), ("Vehicles", "車輛"), "capsule", "#00806a"),
    KindStyle("phone", ("Phone", "電話"), ("Phones", "電話"), "slab", "#8a5299"),
    KindStyle("address", ("Address", "地址"), ("Addresses", "地址"), "house", "#947000"),
    KindStyle("case", ("Case", "案件"), ("Cases", "案件"), "square", "#5a6472"),
    KindStyle("lookup", ("Look-up", "查詢"), ("Look-ups", "查詢"), "diamond", "#3b7d94"),
    KindStyle("unit", ("Unit", "單位"), ("Units", "單位"), "octagon", "#3f4d5c"),
    KindStyle("complaint", ("Complaint", "陳情"), ("Complaints", "陳情"), "triangle", "#a83e63"),
)
KIND: Final[dict[str, KindStyle]] = {style.kind: style for style in KINDS}
OTHER: Final = KindStyle("other", ("Other", "其他"), ("Others", "其他"), "ring", "#6b7280")

_LOG, _WORK, _TIE, _THING = "#2f4b6e", "#8a94a3", "#a34a28", "#947000"
TYPES: Final[tuple[TypeStyle, ...]] = (
    TypeStyle("LOOKED_UP", ("looked up", "查詢"), _LOG, width=2.0, event=True),
    TypeStyle("ASKED", ("asked", "請託"), _LOG, (6, 3), event=True),
    TypeStyle("RANG", ("rang", "來電"), "#8a5299", (6, 3), event=True),
    TypeStyle("BY", ("by", "查詢人"), _LOG, event=True),
    TypeStyle("ASKED_BY", ("asked by", "請託人"), _LOG, (6, 3), event=True),
    TypeStyle("ABOUT", ("about", "查詢對象"), _LOG, event=True),
    TypeStyle("CITES", ("cites", "引用案號"), _WORK, event=True),
    TypeStyle("TIE", ("tied to", "往來"), _TIE, width=2.0, directed=False),
    TypeStyle("HAS_ROLE", ("has a role in", "任職於"), _TIE),
    TypeStyle("TIED_TO_UNIT", ("tied to the unit", "與單位往來"), _TIE, (6, 3)),
    TypeStyle("IS", ("is the same as", "即為"), "#1f4e79", width=3.0, directed=False),
    TypeStyle("OWNS", ("owns", "所有"), "#00806a"),
    TypeStyle("HOLDS", ("holds", "持用"), "#8a5299"),
    TypeStyle("CALLED", ("called", "通話"), "#8a5299", (2, 3), event=True),
    TypeStyle("LIVES_AT", ("lives at", "居住於"), _THING),
    TypeStyle("LOCATED_AT", ("located at", "設於"), _THING),
    TypeStyle("POSTED_TO", ("posted to", "任職單位"), _WORK),
    TypeStyle("PART_OF", ("part of", "隸屬"), _WORK),
    TypeStyle("ASSIGNED_TO", ("assigned to", "承辦"), _WORK),
    TypeStyle("INVOLVES", ("involves", "涉及"), _WORK, event=True),
    TypeStyle("ON_DUTY_WITH", ("on duty with", "同勤"), _WORK, (6, 3), directed=False),
    TypeStyle("SHARED_DEVICE", ("shared a device with", "共用設備"), _WORK, (2, 3), directed=False),
    TypeStyle("MADE_BY", ("made by", "陳情人"), "#a83e63", event=True),
    TypeStyle("AGAINST", ("against", "被陳情人"), "#a83e63", event=True),
)
TYPE: Final[dict[str, TypeStyle]] = {style.type: style for style in TYPES}


def kind_style(kind: str) -> KindStyle:
    """The style of `kind`; a kind that is not known looks like `OTHER` under its own name."""
    if kind in KIND:
        return KIND[kind]
    return KindStyle(kind, (kind, kind), (kind, kind), OTHER.shape, OTHER.color)


def type_style(type_: str) -> TypeStyle:
    """The style of a type of tie; one that is not known is a plain grey line."""
    if type_ in TYPE:
        return TYPE[type_]
    name = type_.replace("_", " ").lower()
    return TypeStyle(type_, (name, name), _WORK)
