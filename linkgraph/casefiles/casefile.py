"""What a case file says: its entries, read in order, as items, allegations, roles and decisions.

Nothing here changes an entry.  A finding that is revised stands beside the earlier one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

STATUSES = ("open", "under review", "decided", "closed")
FINDINGS = ("substantiated", "not substantiated", "insufficient", "no case to answer")
OUTCOMES = ("found", "not found", "record not available")
SIDES = ("for", "against")
ROLES = ("held", "used", "asked")
"""Who held the account, who sat before it, who wanted to know: three questions, not one."""
BASES = ("established", "indicated", "not established")
EXHIBITS = ("trace", "lead", "lookup", "person", "path", "document", "interview", "statement")
"""Kinds of item, in the order in which a report shows them."""


@dataclass(frozen=True)
class Entry:
    """One line of the log: `by` signed it, `who` was at the keyboard; `at` ISO 8601, UTC."""

    n: int
    at: str
    who: str
    by: str
    action: str
    facts: Mapping[str, Any]
    hash: str


@dataclass(frozen=True)
class Item:
    """Something in the case file: `exhibit` is its number (`E3`), `content` as it was then.

    `content` of a trace, a lead or look-ups holds `lookup_ids`, `explanations`, `mitigating`
    and `settles` as the JSON of leads; of a document `sha256`, `bytes`, `name` and `stored`.
    """

    exhibit: str
    kind: str
    ref: str
    text: str
    by: str
    at: str
    content: Mapping[str, Any] = field(default_factory=dict)

    @property
    def lookup_ids(self) -> tuple[str, ...]:
        """The look-ups that it rests on."""
        return tuple(self.content.get("lookup_ids", ()))


@dataclass(frozen=True)
class Said:
    """Something said under an allegation: evidence of a side, or an explanation's outcome.

    `element` is the number of the element that it concerns, 0 for all; `source` names an
    exhibit or a record.
    """

    text: str
    kind: str
    element: int
    source: str
    by: str
    at: str


@dataclass(frozen=True)
class Finding:
    """A decision on an allegation; `on` is the day it was made, as given, or that of the entry."""

    finding: str
    note: str
    by: str
    on: str
    at: str


@dataclass(frozen=True)
class Allegation:
    """What would have to be shown, what speaks for and against it, and what was decided."""

    id: str
    text: str
    elements: tuple[str, ...]
    exhibits: tuple[str, ...]
    by: str
    at: str
    evidence: tuple[Said, ...] = ()
    explanations: tuple[Said, ...] = ()
    settles: tuple[Said, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def finding(self) -> Finding | None:
        """The finding that stands: the last."""
        return self.findings[-1] if self.findings else None


@dataclass(frozen=True)
class Role:
    """Who held the account, used it or asked, on what basis, and why it is thought so."""

    role: str
    ref: str
    basis: str
    text: str
    by: str
    at: str


@dataclass(frozen=True)
class Note:
    """A note, or the reason for a change of status (`status` is then the new one)."""

    text: str
    about: str
    status: str
    by: str
    at: str


@dataclass(frozen=True)
class CaseFile:
    """A case file as it stands after its entries; `head` is the hash of the last."""

    id: str
    title: str
    ground: str
    inquiry: str
    opened_by: str
    opened_at: str
    status: str
    items: tuple[Item, ...]
    allegations: tuple[Allegation, ...]
    roles: tuple[Role, ...]
    notes: tuple[Note, ...]
    entries: tuple[Entry, ...]

    @property
    def head(self) -> str:
        """The hash of the last entry."""
        return self.entries[-1].hash

    @property
    def lookup_ids(self) -> tuple[str, ...]:
        """Every look-up in it, each once, in the order in which they came in."""
        return tuple(dict.fromkeys(id_ for item in self.items for id_ in item.lookup_ids))

    def of_kind(self, *kinds: str) -> tuple[Item, ...]:
        """The items of these kinds, in the order in which they came in."""
        return tuple(item for item in self.items if item.kind in kinds)

    def allegation(self, id_: str) -> Allegation | None:
        """The allegation of this id."""
        return next((one for one in self.allegations if one.id == id_), None)


def told(lines: Iterable[Mapping[str, Any]]) -> CaseFile:
    """The case file that entries of a log tell of; ValueError if they do not begin with one."""
    entries = tuple(
        Entry(
            n=int(line["n"]),
            at=str(line["at"]),
            who=str(line["who"]),
            by=str(line["facts"].get("by") or line["who"]),
            action=str(line["action"]),
            facts=line["facts"],
            hash=str(line["hash"]),
        )
        for line in lines
    )
    if not entries or entries[0].action != "new":
        raise ValueError("it does not begin with the entry that opens a case file")
    first = entries[0]
    case = CaseFile(
        id=str(first.facts["id"]),
        title=str(first.facts["title"]),
        ground=str(first.facts["ground"]),
        inquiry=str(first.facts.get("inquiry", "")),
        opened_by=first.by,
        opened_at=first.at,
        status="open",
        items=(),
        allegations=(),
        roles=(),
        notes=(),
        entries=entries,
    )
    for entry in entries[1:]:
        case = _READ.get(entry.action, _nothing)(case, entry)
    return case


def _item(case: CaseFile, entry: Entry) -> CaseFile:
    facts = entry.facts
    item = Item(
        exhibit=f"E{len(case.items) + 1}",
        kind=str(facts["kind"]),
        ref=str(facts.get("ref", "")),
        text=str(facts.get("text", "")),
        by=entry.by,
        at=entry.at,
        content=facts.get("content", {}),
    )
    return replace(case, items=(*case.items, item))


def _allegation(case: CaseFile, entry: Entry) -> CaseFile:
    facts = entry.facts
    one = Allegation(
        id=str(facts["allegation"]),
        text=str(facts["text"]),
        elements=tuple(facts.get("elements", ())),
        exhibits=tuple(facts.get("exhibits", ())),
        by=entry.by,
        at=entry.at,
    )
    return replace(case, allegations=(*case.allegations, one))


def _under(case: CaseFile, entry: Entry, name: str, kind: str) -> CaseFile:
    facts = entry.facts
    said = Said(
        text=str(facts["text"]),
        kind=str(facts.get(kind, "")),
        element=int(facts.get("element", 0)),
        source=str(facts.get("source", "")),
        by=entry.by,
        at=entry.at,
    )
    return _changed(case, facts["allegation"], name, said)


def _evidence(case: CaseFile, entry: Entry) -> CaseFile:
    return _under(case, entry, "evidence", "side")


def _explanation(case: CaseFile, entry: Entry) -> CaseFile:
    return _under(case, entry, "explanations", "outcome")


def _settle(case: CaseFile, entry: Entry) -> CaseFile:
    return _under(case, entry, "settles", "")


def _finding(case: CaseFile, entry: Entry) -> CaseFile:
    facts = entry.facts
    finding = Finding(
        finding=str(facts["finding"]),
        note=str(facts["note"]),
        by=entry.by,
        on=str(facts.get("on", "")),
        at=entry.at,
    )
    return _changed(case, facts["allegation"], "findings", finding)


def _changed(case: CaseFile, id_: Any, name: str, added: Any) -> CaseFile:
    def grown(one: Allegation) -> Allegation:
        fields: dict[str, Any] = {name: (*getattr(one, name), added)}
        return replace(one, **fields)

    allegations = tuple(grown(one) if one.id == id_ else one for one in case.allegations)
    return replace(case, allegations=allegations)


def _role(case: CaseFile, entry: Entry) -> CaseFile:
    facts = entry.facts
    role = Role(
        role=str(facts["role"]),
        ref=str(facts["ref"]),
        basis=str(facts["basis"]),
        text=str(facts.get("text", "")),
        by=entry.by,
        at=entry.at,
    )
    return replace(case, roles=(*case.roles, role))


def _note(case: CaseFile, entry: Entry) -> CaseFile:
    facts = entry.facts
    status = str(facts.get("status", ""))
    note = Note(str(facts["text"]), str(facts.get("about", "")), status, entry.by, entry.at)
    return replace(case, notes=(*case.notes, note), status=status or case.status)


def _nothing(case: CaseFile, entry: Entry) -> CaseFile:  # noqa: ARG001  a newer kind of entry
    return case


_READ = {
    "item": _item,
    "allegation": _allegation,
    "evidence": _evidence,
    "explanation": _explanation,
    "settle": _settle,
    "finding": _finding,
    "role": _role,
    "note": _note,
    "status": _note,
}
