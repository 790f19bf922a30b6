"""Allegations as sections: elements, evidence of both sides, explanations tried, the finding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from linkgraph.casefiles import Allegation, CaseFile, Item
from linkgraph.reports.content import Block, Bullets, Heading, Paragraph, Sides, Table
from linkgraph.reports.material import Material
from linkgraph.reports.phrasing import moment, sentence

_TRIED = {"full": "outcome.found", "partial": "cf.tried.partial", "none": "outcome.not found"}


def blocks(material: Material, case: CaseFile) -> list[Block]:
    """Every allegation in the order in which it was drawn up."""
    words = material.words
    found: list[Block] = [Heading(words("cf.allegations"), 2, "allegations")]
    for one in case.allegations:
        found += [
            Heading(words("cf.allegation", id=one.id), 3),
            Paragraph(one.text, "lead"),
            *_elements(material, one),
            _sides(material, case, one),
            _tried(material, case, one),
            *_settles(material, case, one),
            *_finding(material, one),
        ]
    if not case.allegations:
        found.append(Paragraph(words("cf.no_allegation")))
    return found


def speaking_for(material: Material, case: CaseFile, one: Allegation) -> tuple[str, ...]:
    """What speaks for the allegation: indicators of its exhibits, and what was recorded."""
    words = material.words
    found = [
        f"{sentence(fact, words)} [{item.exhibit}]"
        for item in exhibits(case, one)
        for fact in item.content.get("indicating", ())
    ]
    return (*found, *_said(one, "for"))


def against(material: Material, case: CaseFile, one: Allegation) -> tuple[str, ...]:
    """What speaks against it: the same sources, the same weight."""
    words = material.words
    found = [
        f"{sentence(fact, words)} [{item.exhibit}]"
        for item in exhibits(case, one)
        for fact in item.content.get("mitigating", ())
    ]
    return (*found, *_said(one, "against"))


def exhibits(case: CaseFile, one: Allegation) -> list[Item]:
    """The items that an allegation rests on."""
    return [item for item in case.items if item.exhibit in one.exhibits]


def day_of(material: Material, finding: Any) -> str:
    """The day of a finding as a reader writes it."""
    if finding.on:
        return material.words.dated(str(finding.on))
    return moment(material, finding.at)


def outcomes(material: Material, item: Item) -> Iterator[tuple[str, str, str]]:
    """Explanation, outcome and number of look-ups, as the screening tried them."""
    words = material.words
    for tried in item.content.get("explanations", ()):
        outcome = _TRIED.get(tried["outcome"], "outcome.record not available")
        number = str(len(tried.get("lookup_ids") or ())) if tried["outcome"] != "not_run" else "–"
        yield material.title(tried["id"]), words(outcome), number


def _elements(material: Material, one: Allegation) -> list[Block]:
    words = material.words
    if not one.elements:
        return []
    rows = []
    for number, text in enumerate(one.elements, 1):
        said = [e for e in one.evidence if e.element in (0, number)]
        columns = [
            "；".join(_source(e) for e in said if e.kind == side) or "–"
            for side in ("for", "against")
        ]
        rows.append((str(number), text, *columns))
    heads = ("element", "text", "for", "against")
    return [
        Table(
            words("caption.elements", id=one.id),
            tuple(words(f"col.{name}") for name in heads),
            tuple(rows),
            numeric=frozenset({0}),
        )
    ]


def _sides(material: Material, case: CaseFile, one: Allegation) -> Sides:
    words = material.words
    return Sides(
        words("cf.for"),
        speaking_for(material, case, one),
        words("cf.against"),
        against(material, case, one),
        words("cf.none_recorded"),
    )


def _tried(material: Material, case: CaseFile, one: Allegation) -> Table:
    words = material.words
    rows = [
        (title, outcome, number, item.exhibit)
        for item in exhibits(case, one)
        for title, outcome, number in outcomes(material, item)
    ]
    rows += [
        (said.text, words(f"outcome.{said.kind}"), "–", said.source or said.by)
        for said in one.explanations
    ]
    heads = ("tried", "outcome", "lookups", "source")
    return Table(
        words("caption.tried"),
        tuple(words("col.exhibit" if h == "source" else f"col.{h}") for h in heads),
        tuple(rows) or ((words("cf.none_recorded"), "–", "–", "–"),),
        numeric=frozenset({2}),
    )


def _settles(material: Material, case: CaseFile, one: Allegation) -> list[Block]:
    words = material.words
    items = [
        sentence(fact, words)
        for item in exhibits(case, one)
        for fact in item.content.get("settles", ())
    ]
    items += [_source(said) for said in one.settles]
    shown = tuple(dict.fromkeys(items)) or (words("cf.none_recorded"),)
    return [Paragraph(words("colon", text=words("cf.settles"))), Bullets(shown)]


def _finding(material: Material, one: Allegation) -> Iterator[Block]:
    words = material.words
    yield Paragraph(words("colon", text=words("cf.finding")))
    if not one.findings:
        yield Bullets((words("cf.finding.none"),))
        return
    told: list[str] = []
    for finding in reversed(one.findings):
        key = "cf.finding.earlier" if told else "cf.finding.text"
        told.append(
            words(
                key,
                finding=words(f"finding.{finding.finding}"),
                by=finding.by,
                on=day_of(material, finding),
                note=finding.note,
            )
        )
    yield Bullets(tuple(told))


def _said(one: Allegation, side: str) -> list[str]:
    return [f"{_source(said)} ({said.by})" for said in one.evidence if said.kind == side]


def _source(said: Any) -> str:
    return f"{said.text} [{said.source}]" if said.source else str(said.text)
