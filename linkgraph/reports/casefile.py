"""The report of a case file: everything a reader needs who knows nothing of the tool."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from linkgraph.casefiles import CaseFile, Item
from linkgraph.reports import allegations, casefile_evidence, method, phrasing, records
from linkgraph.reports.content import Block, Bullets, Facts, Heading, Paragraph, Report, Table
from linkgraph.reports.material import Material

MOST_TOLD = 6
"""Look-ups told one by one in the summary; beyond that they are summed up."""
MOST_PAIRS = 30
"""Accounts and subjects listed in the summary, the most unexplained first."""


def build(material: Material, case: CaseFile, commands: Sequence[str]) -> Report:
    """Who looked up whom and why, both sides, what is missing, who decided, how to repeat it.

    `commands` make the same result from the same sources.
    """
    words = material.words
    lookups = material.chosen_lookups(case.lookup_ids)
    blocks: list[Block] = [
        Heading(words("summary"), 2, "summary"),
        *_summary(material, case, lookups),
        *_roles(material, case),
        *allegations.blocks(material, case),
        *casefile_evidence.blocks(material, case, lookups),
        *_statements(material, case),
        Heading(words("cf.missing"), 2, "missing"),
        Bullets(tuple(missing(material, case))),
        *_history(material, case),
        *_exhibits(material, case),
        *(records.lookup_table(material, lookups) if len(lookups) else []),
        *method.method(material, method.all_sources(material)),
        *_repeat(material, commands),
    ]
    return Report(
        kind="casefile",
        id=case.id,
        title=words("report.casefile", label=case.id),
        subtitle=case.title,
        language=words.language,
        blocks=tuple(blocks),
        data=_data(case),
    )


def missing(material: Material, case: CaseFile) -> list[str]:
    """What a reader should know is not there, in sentences."""
    words = material.words
    found: list[str] = []
    if not case.of_kind("statement"):
        found.append(words("cf.missing.statement"))
    for role in ("used", "asked"):
        known = [one for one in case.roles if one.role == role]
        if not known or known[-1].basis == "not established":
            found.append(words(f"cf.missing.{role}"))
    for one in case.allegations:
        shown = {said.element for said in one.evidence}
        if 0 not in shown:
            found += [
                words("cf.missing.element", id=one.id, n=number)
                for number in range(1, len(one.elements) + 1)
                if number not in shown
            ]
        if not allegations.against(material, case, one):
            found.append(words("cf.missing.against", id=one.id))
        if one.finding is None:
            found.append(words("cf.missing.finding", id=one.id))
    found += [
        words("cf.missing.record", title=material.title(id_))
        for id_ in dict.fromkeys(
            tried["id"]
            for item in case.items
            for tried in item.content.get("explanations", ())
            if tried["outcome"] == "not_run"
        )
    ]
    found += [
        phrasing.sentence(fact, words)
        for item in case.items
        for fact in item.content.get("missing", ())
    ]
    return list(dict.fromkeys(found)) or [words("cf.missing.none")]


def _summary(material: Material, case: CaseFile, lookups: pd.DataFrame) -> Iterator[Block]:
    words = material.words
    texts = [
        words(
            "cf.about",
            id=case.id,
            title=case.title,
            day=phrasing.moment(material, case.opened_at)[:-6],
            by=case.opened_by,
            ground=case.ground,
        )
    ]
    if material.inquiry is not None:
        inquiry = material.inquiry
        texts.append(
            words(
                "cf.inquiry",
                inquiry=inquiry.id,
                document=inquiry.document,
                opened=inquiry.opened_by,
                authorised=inquiry.authorised_by,
            )
        )
    texts.append(words("cf.status", status=words(f"status.{case.status}")))
    yield Paragraph(words.sentence_join(texts), "lead")
    if lookups.empty:
        yield Paragraph(words("cf.no_lookups"))
    elif len(lookups) <= MOST_TOLD:
        for row in phrasing.each(lookups):
            yield Paragraph(_told(material, row))
    else:
        yield Paragraph(
            words(
                "cf.lookups",
                n=len(lookups),
                subjects=lookups["subject_id"].nunique(),
                officers=lookups["officer_id"].nunique(),
                unexplained=len(lookups) - phrasing.levels(lookups)["full"],
                **phrasing.span(material, lookups),
            )
        )
        yield _whom(material, lookups)
    decided = [
        words(
            "cf.decided",
            id=one.id,
            finding=words(f"finding.{one.finding.finding}"),
            by=one.finding.by,
            on=allegations.day_of(material, one.finding),
        )
        if one.finding
        else words("cf.undecided", id=one.id)
        for one in case.allegations
    ]
    yield Bullets(tuple(decided)) if decided else Paragraph(words("cf.no_allegation"))
    if material.pseudonyms is not None:
        yield Paragraph(words("redacted"), "note")
    yield Paragraph(words("cf.neutral"), "note")


def _whom(material: Material, lookups: pd.DataFrame) -> Table:
    """Who looked up whom, how often, when, under which reasons; most unexplained first."""
    words = material.words
    frame = lookups.assign(
        open=lookups["explanation_level"] != "full",
        about=lookups["subject_id"].fillna(lookups["query_text"]).fillna("–"),
        reason=lookups["purpose"].fillna(""),
    )
    keys = ["officer_id", "subject_kind", "about"]
    grouped = frame.groupby(keys, as_index=False).agg(
        n=("lookup_id", "size"),
        open=("open", "sum"),
        first=("at_local", "min"),
        last=("at_local", "max"),
        reasons=("reason", lambda texts: words.comma.join(sorted({t for t in texts if t}))),
    )
    grouped = grouped.sort_values(["open", "n", *keys], ascending=[False, False, True, True, True])
    shown = grouped[:MOST_PAIRS]
    rows = tuple(
        (
            material.name("officer", str(row.officer_id)),
            material.name(str(row.subject_kind), str(row.about)),
            f"{row.n} ({row.open})",
            f"{words.day(row.first)} – {words.day(row.last)}",
            row.reasons or words("cf.no_reason"),
        )
        for row in phrasing.each(shown)
    )
    return Table(
        words("cf.caption.whom"),
        tuple(words(f"col.{c}") for c in ("officer", "subject", "counted", "when", "purpose")),
        rows,
        words("shown_some", shown=len(rows), total=len(grouped))
        if len(rows) < len(grouped)
        else "",
        unbroken=frozenset({1, 2, 3}),
    )


def _told(material: Material, row: Any) -> str:
    """One look-up in a sentence: when, whose account, whom, where, under which reason."""
    words = material.words
    level = phrasing.text(row.explanation_level) or "none"
    title = "" if pd.isna(row.explanation_id) else material.title(str(row.explanation_id))
    subject = (
        phrasing.text(row.query_text)
        if pd.isna(row.subject_id)
        else f"{words.value(str(row.subject_kind))} "
        + material.name(str(row.subject_kind), str(row.subject_id))
    )
    return words(
        "cf.lookup",
        at=words.moment(row.at_local),
        officer=material.name("officer", str(row.officer_id)),
        duty=words.value(phrasing.text(row.duty_status) or "unknown"),
        subject=subject,
        system=words.system(phrasing.text(row.system)) or "–",
        purpose=phrasing.text(row.purpose) or words("cf.no_reason"),
        level=words(f"cf.level.{level}", title=title),
    )


def _roles(material: Material, case: CaseFile) -> list[Block]:
    words = material.words
    rows = []
    for role in ("held", "used", "asked"):
        known = [one for one in case.roles if one.role == role]
        for one in known:
            why = one.text or words(f"role.why.{role}")
            who = phrasing.named(material, one.ref) if one.ref else words("basis.not established")
            rows.append((words(f"role.{role}"), who, words(f"basis.{one.basis}"), why))
        if not known:
            rows.append((words(f"role.{role}"), words("cf.not_recorded"), "–", "–"))
    return [
        Heading(words("cf.roles"), 2, "roles"),
        Paragraph(words("cf.roles.text")),
        Table(
            words("caption.roles"),
            tuple(words(f"col.{name}") for name in ("question", "who", "basis", "why")),
            tuple(rows),
        ),
    ]


def _statements(material: Material, case: CaseFile) -> list[Block]:
    words = material.words
    said = case.of_kind("statement", "interview")
    files = [item for item in case.items if item.content.get("stored")]
    blocks: list[Block] = [Heading(words("cf.statements"), 2, "statements")]
    if not said and not files:
        return [*blocks, Paragraph(words("cf.none_recorded"))]
    if said:
        blocks.append(
            Facts(
                tuple(
                    (
                        f"{item.exhibit} {words(f'cf.item.{item.kind}', ref=item.ref)}",
                        words(
                            "cf.said",
                            by=phrasing.named(material, item.ref) if item.ref else item.by,
                            at=phrasing.moment(material, item.at),
                            text=item.text or words("cf.attached"),
                        ),
                    )
                    for item in said
                )
            )
        )
    if files:
        blocks.append(
            Table(
                words("caption.documents"),
                tuple(words(f"col.{c}") for c in ("exhibit", "name", "text", "bytes", "sha256")),
                tuple(
                    (
                        item.exhibit,
                        _file_name(material, item),
                        item.text,
                        str(item.content["bytes"]),
                        str(item.content["sha256"]),
                    )
                    for item in files
                ),
                numeric=frozenset({3}),
            )
        )
    return blocks


def _file_name(material: Material, item: Item) -> str:
    """The name of a document; it is anybody's words, and so withheld where names are."""
    if material.pseudonyms is not None:
        return material.pseudonyms.of("document", str(item.content["sha256"]))
    return str(item.content["name"])


def _history(material: Material, case: CaseFile) -> list[Block]:
    words = material.words
    rows = []
    for entry in case.entries:
        facts = entry.facts
        kind = words(f"cf.item.{facts['kind']}", ref="").strip() if "kind" in facts else ""
        key = f"action.{entry.action}"
        rows.append(
            (
                str(entry.n),
                phrasing.moment(material, entry.at),
                entry.by,
                words(key, kind=f" {kind}" if words.language == "en" else kind).replace("  ", " "),
                _entry_text(material, facts),
                entry.hash[:12],
            )
        )
    notes = [
        words(
            "cf.said",
            by=one.by,
            at=phrasing.moment(material, one.at),
            text=_note_text(material, one),
        )
        for one in case.notes
    ]
    noted: list[Block] = [Heading(words("cf.notes"), 3), Bullets(tuple(notes))] if notes else []
    return [
        Heading(words("cf.history"), 2, "history"),
        *noted,
        Paragraph(words("cf.history.text", head=case.head)),
        Table(
            words("caption.history"),
            tuple(words(f"col.{c}") for c in ("n", "at", "by", "action", "text", "hash")),
            tuple(rows),
            numeric=frozenset({0}),
            unbroken=frozenset({1, 5}),
        ),
    ]


def _note_text(material: Material, note: Any) -> str:
    if not note.status:
        return str(note.text)
    return f"{material.words(f'status.{note.status}')} – {note.text}"


def _entry_text(material: Material, facts: Any) -> str:
    words = material.words
    parts = [
        str(facts.get("allegation", "")),
        words(f"finding.{facts['finding']}") if "finding" in facts else "",
        words(f"status.{facts['status']}") if "status" in facts else "",
        words(f"role.{facts['role']}") if "role" in facts else "",
        phrasing.named(material, str(facts["ref"])) if facts.get("ref") else "",
        str(facts.get("title") or facts.get("note") or facts.get("text") or ""),
    ]
    return " · ".join(part for part in parts if part)


def _exhibits(material: Material, case: CaseFile) -> list[Block]:
    words = material.words
    if not case.items:
        return []
    rows = tuple(
        (
            item.exhibit,
            words(f"cf.item.{item.kind}", ref=phrasing.named(material, item.ref)),
            item.text or "–",
            str(len(item.lookup_ids) or "–"),
            item.by,
            phrasing.moment(material, item.at),
        )
        for item in case.items
    )
    return [
        Heading(words("cf.exhibits"), 2, "exhibits"),
        Table(
            words("caption.exhibits"),
            tuple(words(f"col.{c}") for c in ("exhibit", "kind", "text", "lookups", "by", "on")),
            rows,
            numeric=frozenset({3}),
            unbroken=frozenset({0, 5}),
        ),
    ]


def _repeat(material: Material, commands: Sequence[str]) -> list[Block]:
    words = material.words
    return [
        Heading(words("cf.repeat"), 2, "repeat"),
        Paragraph(words("cf.repeat.text")),
        Bullets(tuple(commands)),
    ]


def _data(case: CaseFile) -> dict[str, Any]:
    return {
        "casefile": case.id,
        "status": case.status,
        "head": case.head,
        "entries": [
            {"n": e.n, "at": e.at, "by": e.by, "action": e.action, "facts": dict(e.facts)}
            for e in case.entries
        ],
    }
