"""What an inquiry authorises, and the rules that one must keep."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

from linkgraph.errors import InquiryError
from linkgraph.model.graph import TIE_KINDS

ALL_TIES = "all"
MAX_K = 3
_ID = re.compile(r"\w[\w.-]{0,63}")

State = Literal["open", "expired", "closed"]


@dataclass(frozen=True)
class Inquiry:
    """Who may join private ties of whom, why, for which time and how far, and until when.

    `officers`, `units`: ids; with `all_officers` both are empty.  `start`, `end`: the period of
    look-ups, `[start, end)`.  `ties`: kinds of tie, or the one word `all`.  `k`: how many ties a
    circle reaches.  `until`: the last moment at which it holds.  `warrants`: numbers of the
    orders that open special tables.  All times int64 µs UTC.
    """

    id: str
    opened_by: str
    authorised_by: str
    ground: str
    document: str
    officers: tuple[str, ...]
    all_officers: bool
    units: tuple[str, ...]
    start: int
    end: int
    ties: tuple[str, ...]
    k: int
    until: int
    opened_at: int
    closed_at: int | None = None
    warrants: tuple[str, ...] = ()

    def allows(self, kind: str) -> bool:
        """Whether ties of this kind may be joined."""
        return ALL_TIES in self.ties or kind in self.ties

    def state(self, at: int) -> State:
        """Whether it holds at a moment."""
        if self.closed_at is not None:
            return "closed"
        return "expired" if at > self.until else "open"

    def as_json(self) -> dict[str, Any]:
        """The inquiry as JSON values; `from_json` is its inverse."""
        return {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(self).items()}

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Inquiry:
        """An inquiry from JSON values; ValueError if they are not one."""
        wanted = {f.name: f.type for f in fields(cls)}
        if set(given) != set(wanted):
            raise ValueError(f"fields {sorted(set(given) ^ set(wanted))}")
        values: dict[str, Any] = {}
        for name, type_ in wanted.items():
            value = given[name]
            if type_ == "tuple[str, ...]":
                if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
                    raise ValueError(f"{name} is {value!r}")
                value = tuple(value)
            elif not isinstance(value, _TYPES[str(type_)]) or (
                isinstance(value, bool) and type_ != "bool"
            ):
                raise ValueError(f"{name} is {value!r}")
            values[name] = value
        return cls(**values)


_TYPES: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "bool": (bool,),
    "int": (int,),
    "int | None": (int, type(None)),
}


def check(inquiry: Inquiry, *, at: int, known_ties: Collection[str] = TIE_KINDS) -> None:
    """Raise InquiryError for the first rule that an inquiry to be opened at `at` breaks."""
    if not _ID.fullmatch(inquiry.id):
        raise InquiryError(
            f"{inquiry.id!r} cannot name an inquiry.",
            remedy="Use up to 64 letters, digits, dots, hyphens and underscores.",
        )
    for name, value in (
        ("who opens it", inquiry.opened_by),
        ("who authorises it", inquiry.authorised_by),
        ("its ground", inquiry.ground),
        ("the number of its document", inquiry.document),
    ):
        if not value.strip():
            raise InquiryError(
                f"Inquiry {inquiry.id} does not say {name}.",
                remedy="An inquiry needs it on record.",
            )
    if _person(inquiry.opened_by) == _person(inquiry.authorised_by):
        raise InquiryError(
            f"Inquiry {inquiry.id} is opened and authorised by the same person, "
            f"{inquiry.authorised_by.strip()}.",
            remedy="Someone else must authorise it.",
        )
    if inquiry.all_officers == bool(inquiry.officers or inquiry.units):
        raise InquiryError(
            f"Inquiry {inquiry.id} names "
            + ("all officers and some as well." if inquiry.all_officers else "no officer."),
            remedy="Name officers or units, or else all officers.",
        )
    if inquiry.start >= inquiry.end:
        raise InquiryError(
            f"The period of inquiry {inquiry.id} ends before it begins.",
            remedy="Give the earlier day first.",
        )
    if not 1 <= inquiry.k <= MAX_K:
        raise InquiryError(
            f"Inquiry {inquiry.id} asks for circles of {inquiry.k} ties.",
            remedy=f"Between 1 and {MAX_K} may be authorised.",
        )
    if not inquiry.ties:
        raise InquiryError(
            f"Inquiry {inquiry.id} names no kind of tie.",
            remedy=f"Name {ALL_TIES!r} or some of: {', '.join(sorted(known_ties))}.",
        )
    unknown = sorted(set(inquiry.ties) - {ALL_TIES} - set(known_ties))
    if unknown:
        raise InquiryError(
            f"Unknown kind of tie: {', '.join(unknown)}.",
            remedy=f"Name {ALL_TIES!r} or some of: {', '.join(sorted(known_ties))}.",
        )
    if inquiry.until <= at:
        raise InquiryError(
            f"Inquiry {inquiry.id} would have expired before it is opened.",
            remedy="Give a day in the future until which it holds.",
        )


def _person(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
