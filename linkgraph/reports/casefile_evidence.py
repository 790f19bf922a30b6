"""The evidence of a case file: traces, leads and look-ups as they were when they came in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pandas as pd

from linkgraph.casefiles import CaseFile, Item
from linkgraph.reports import allegations, charts, evidence, phrasing, records
from linkgraph.reports.content import Block, Chart, Heading, Paragraph, Sides, Table
from linkgraph.reports.material import Material
from linkgraph.reports.phrasing import sentence

MOST_TRACED = 12
MOST_ASKERS = 6


def blocks(material: Material, case: CaseFile, lookups: pd.DataFrame) -> list[Block]:
    """The time axis, the hours of the accounts, and one section for each trace or lead."""
    found = list(_pictures(material, case, lookups))
    for item in case.of_kind("trace", "lead", "lookup"):
        found += list(_item(material, item))
    found += list(_others(material, case))
    return found


def _pictures(material: Material, case: CaseFile, lookups: pd.DataFrame) -> Iterator[Block]:
    words = material.words
    if lookups.empty:
        return
    yield Heading(words("timeline"), 2, "when")
    yield _timeline(material, case, lookups)
    for officer in sorted(set(lookups["officer_id"]))[:3]:
        counted = material.officer_lookups(str(officer))
        chart = records.by_hour(material, counted)
        if isinstance(chart, Chart):
            name = material.name("officer", str(officer))
            yield Chart(words("cf.hours.caption", officer=name), chart.svg)


def _item(material: Material, item: Item) -> Iterator[Block]:
    words = material.words
    content = item.content
    title = words(f"cf.item.{item.kind}", ref=phrasing.named(material, item.ref))
    anchor = f"evidence-{item.exhibit}"
    yield Heading(words("cf.evidence", exhibit=item.exhibit, title=title), 2, anchor)
    if item.text:
        yield Paragraph(item.text)
    if item.kind == "lead":
        # As the lead was then: a later run may weigh it otherwise.
        yield from evidence.lead_blocks(material, content["lead"])
        return
    if content.get("complaint"):
        yield Paragraph(_complaint(material, content["complaint"]))
    if item.kind == "trace":
        yield Paragraph(
            words(
                "cf.traced",
                total=content["total"],
                chosen=len(item.lookup_ids),
                since=_day(material, content.get("since")),
                until=_day(material, content.get("until")),
            )
        )
        yield _traced(material, item)
    yield Heading(words("cf.sides"), 3)
    yield Sides(
        words("cf.for"),
        tuple(sentence(fact, words) for fact in content.get("indicating", ())),
        words("cf.against"),
        tuple(sentence(fact, words) for fact in content.get("mitigating", ())),
        words("cf.none_recorded"),
    )
    if content.get("asked"):
        yield Heading(words("cf.asked"), 3)
        yield _asked(material, content["asked"])
    yield Heading(words("cf.explanations"), 3)
    yield Table(
        words("caption.tried"),
        (words("col.tried"), words("col.outcome"), words("col.lookups")),
        tuple(allegations.outcomes(material, item)),
        numeric=frozenset({2}),
    )
    yield from evidence.settling(material, {"settles": content.get("settles", ())})


def _others(material: Material, case: CaseFile) -> Iterator[Block]:
    words = material.words
    for item in case.of_kind("path"):
        title = words("cf.item.path", ref=phrasing.named(material, item.ref))
        anchor = f"evidence-{item.exhibit}"
        yield Heading(words("cf.evidence", exhibit=item.exhibit, title=title), 2, anchor)
        for path in item.content.get("paths", ()):
            steps = evidence.path_steps(material, path)
            yield Chart(words("path.caption"), charts.path(steps, title=words("path.title")))
    people = case.of_kind("person")
    if people:
        yield Heading(words("people"), 2, "people")
        yield Table(
            words("cf.caption.people"),
            (words("col.exhibit"), words("col.person"), words("col.text")),
            tuple((p.exhibit, phrasing.named(material, p.ref), p.text or "–") for p in people),
        )


def _complaint(material: Material, row: Mapping[str, Any]) -> str:
    words = material.words
    vehicle = row.get("vehicle_id")
    return words(
        "cf.complaint",
        id=row["complaint_id"],
        at=_moment(material, row["at"]),
        about=words("cf.complaint.about", vehicle=vehicle) if vehicle else "",
        incident=_moment(material, row.get("incident_at")),
        text=row.get("text") or words("cf.unknown"),
    )


def _traced(material: Material, item: Item) -> Table:
    words = material.words
    chosen = set(item.lookup_ids)
    listed = sorted(
        item.content["lookups"], key=lambda one: (one["lookup_id"] not in chosen, one["rank"])
    )
    rows = tuple(
        (
            _moment(material, one["at"]),
            material.name("officer", one["officer_id"]),
            material.name(one["subject"]["kind"], one["subject"]["id"]),
            one["purpose"] or "–",
            words(one["level"]),
            words("cf.yes" if one["lookup_id"] in chosen else "cf.no"),
        )
        for one in listed[:MOST_TRACED]
    )
    total = item.content["total"]
    heads = ("at", "officer", "subject", "purpose", "explained", "in_case")
    return Table(
        words("caption.traced"),
        tuple(words(f"col.{name}") for name in heads),
        rows,
        words("shown_some", shown=len(rows), total=total)
        if len(rows) < total
        else words("all_shown", total=total),
        unbroken=frozenset({0, 2}),
    )


def _asked(material: Material, asked: list[Mapping[str, Any]]) -> Table:
    words = material.words
    space = "" if words.language == "zh-TW" else " "
    rows = tuple(
        (
            material.name("officer", one["officer_id"]) if one["officer_id"] else one["text"],
            space.join(sentence(fact, words) for fact in one["for"]) or "–",
            space.join(sentence(fact, words) for fact in one["against"]) or "–",
        )
        for one in asked[:MOST_ASKERS]
    )
    return Table(
        words("caption.asked"),
        (words("col.who"), words("col.for"), words("col.against")),
        rows,
        words("shown_some", shown=len(rows), total=len(asked)) if len(rows) < len(asked) else "",
    )


def _timeline(material: Material, case: CaseFile, lookups: pd.DataFrame) -> Chart:
    words = material.words
    marks: list[tuple[pd.Timestamp, str, str]] = []
    for item in case.of_kind("trace"):
        told = item.content.get("complaint") or {}
        for name, key in (("incident_at", "incident"), ("at", "complaint")):
            if told.get(name):
                at = pd.Timestamp(told[name]).tz_convert(material.ledger.timezone)
                marks.append((at.tz_localize(None), words(f"cf.timeline.{key}"), "record"))
    for row in phrasing.each(lookups):
        name = material.name("officer", str(row.officer_id))
        marks.append((row.at_local, name, str(row.explanation_level)))
    events = [
        charts.Event(at.timestamp(), lane, kind, f"{words.moment(at)} · {lane}")
        for at, lane, kind in sorted(marks, key=lambda mark: (mark[0], mark[1]))
    ]
    first, last = min(m[0] for m in marks), max(m[0] for m in marks)
    days = max(1, (last.normalize() - first.normalize()).days + 1)
    step = -(-days // 5)
    starts = [first.normalize() + timedelta(days=n) for n in range(0, days + 1, step)]
    ticks = [(at.timestamp(), words.day(at)) for at in starts]
    picture = charts.timeline(events, ticks, title=words("timeline"))
    return Chart(words("cf.timeline.caption"), picture)


def _moment(material: Material, at: Any) -> str:
    return phrasing.moment(material, str(at)) if at else material.words("cf.unknown")


def _day(material: Material, at: Any) -> str:
    return _moment(material, at)[:-6] if at else material.words("open")
