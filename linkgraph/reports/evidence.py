"""The evidence of a lead as sections: sentences, paths, both sides, weights, explanations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from linkgraph.leads.lead import LEFT_OVER
from linkgraph.reports import charts
from linkgraph.reports.content import Block, Bullets, Chart, Heading, Paragraph, Sides, Table
from linkgraph.reports.material import Material
from linkgraph.reports.phrasing import levels, number, sentence, signed, span

MOST_PATHS = 12


def lead_blocks(material: Material, lead: Mapping[str, Any]) -> list[Block]:
    """Everything about one lead but its look-ups."""
    return [
        *(Paragraph(text) for text in lead_sentences(material, lead)),
        *connection(material, lead),
        *both_sides(material, lead),
        *limits(material, lead),
        *weighing(material, lead),
        *explanations(material, lead),
        *settling(material, lead),
    ]


def lead_label(material: Material, lead: Mapping[str, Any]) -> str:
    """A lead in a few words: the officer, and the hub or the people."""
    return f"{_officers(material, lead)} → {_about(material, lead)}"


def lead_sentences(material: Material, lead: Mapping[str, Any]) -> list[str]:
    """The lead in plain sentences."""
    words = material.words
    lookups = material.chosen_lookups(lead["lookup_ids"])
    officer = material.name("officer", lead["officer_id"])
    several = len(lead.get("officers") or ()) > 1
    texts = [
        words(
            "lead.several" if several else "lead.sentence",
            officer=officer,
            officers=_officers(material, lead),
            subjects=_subjects(material, lead),
            lookups=len(lookups),
            unexplained=len(lookups) - levels(lookups)["full"],
            **span(material, lookups),
        )
    ]
    if lead.get("hub"):
        hub = lead["hub"]
        texts.append(words("lead.hub", hub=material.name(hub["kind"], hub["id"])))
    if lead.get("requester_id"):
        requester = material.name("officer", lead["requester_id"])
        texts.append(words("lead.requester", officer=officer, requester=requester))
    texts.append(
        words("lead.bits", bits=number(lead["bits"]), rank=lead["rank"], of=len(material.leads))
    )
    against = len(lead["mitigating"])
    texts.append(words("lead.against", n=against) if against else words("lead.no_against"))
    return [words.sentence_join([texts[0], *texts[1:]])]


def connection(material: Material, lead: Mapping[str, Any]) -> list[Block]:
    """How officer and subjects hang together: paths that share a trunk are one picture."""
    words = material.words
    trunk = tuple((lead.get("set") or {}).get("path") or ())
    paths = [tuple(step["path"]) for step in lead["waterfall"] if step.get("path")]
    distinct = list(dict.fromkeys(paths)) or ([trunk] if trunk else [])
    if not distinct:
        return []
    forked = [
        path for path in distinct if path[: len(trunk)] == trunk and len(path) == len(trunk) + 2
    ]
    if len(forked) < 2:
        forked = []
    pictures = []
    if forked:
        steps = [path_steps(material, path) for path in forked[:MOST_PATHS]]
        pictures.append(
            charts.fan(steps[0][:-1], [path[-1] for path in steps], title=words("path.title"))
        )
    single = [path for path in distinct if path not in forked]
    pictures += [
        charts.path(path_steps(material, path), title=words("path.title"))
        for path in single[:MOST_PATHS]
    ]
    blocks: list[Block] = [Heading(words("paths"), 3)]
    blocks += [Chart(words("path.caption"), picture) for picture in pictures]
    shown = len(forked[:MOST_PATHS]) + len(single[:MOST_PATHS])
    if shown < len(distinct):
        blocks.append(Paragraph(words("shown_some", shown=shown, total=len(distinct)), "note"))
    return blocks


def both_sides(material: Material, lead: Mapping[str, Any]) -> list[Block]:
    """For and against with equal weight: raising steps and lowering steps and records."""
    words = material.words
    raising = [
        f"{step_label(material, step)} ({signed(float(step['bits']))})"
        for step in lead["waterfall"]
        if float(step["bits"]) > 0 and step["id"] not in LEFT_OVER
    ]
    against = [sentence(item, words) for item in lead["mitigating"]]
    return [
        Heading(words("sides"), 3),
        Sides(
            words("speaks_for"),
            tuple(raising),
            words("speaks_against"),
            tuple(against),
            words("nothing"),
        ),
    ]


def weighing(material: Material, lead: Mapping[str, Any]) -> list[Block]:
    """The waterfall of a lead, as picture and as table."""
    words = material.words
    steps = lead["waterfall"]
    bars = [charts.Bar(step_label(material, step), float(step["bits"])) for step in steps]
    rows = [
        (
            bar.label,
            number(step.get("measure")),
            str(len(step["lookup_ids"])) if step.get("lookup_ids") else "",
            signed(bar.bits),
        )
        for bar, step in zip(bars, steps, strict=True)
    ]
    return [
        Heading(words("waterfall"), 3),
        Chart(
            words("waterfall.caption"),
            charts.waterfall(
                bars, float(lead["bits"]), total_label=words("total"), title=words("waterfall")
            ),
        ),
        Table(
            words("caption.waterfall"),
            (words("col.step"), words("col.measure"), words("col.lookups"), words("col.bits")),
            (*rows, (words("total"), "", "", signed(float(lead["bits"])))),
            numeric=frozenset({1, 2, 3}),
        ),
    ]


def explanations(material: Material, lead: Mapping[str, Any]) -> list[Block]:
    """Which explanations were tried for a lead's look-ups and what came of them."""
    words = material.words
    rows = tuple(
        (
            material.title(tried["id"]),
            words("not_run.value") if tried["outcome"] == "not_run" else words(tried["outcome"]),
            str(len(tried.get("lookup_ids") or ())),
            words.comma.join(
                f"{record['table']} {record['row_id']}" for record in tried.get("records") or ()
            )
            or "–",
        )
        for tried in lead["explanations"]
    )
    return [
        Heading(words("explanations"), 3),
        Table(
            words("caption.explanations"),
            (
                words("col.explained"),
                words("col.outcome"),
                words("col.lookups"),
                words("col.records"),
            ),
            rows,
            numeric=frozenset({2}),
        ),
    ]


def settling(material: Material, lead: Mapping[str, Any]) -> list[Block]:
    """What records would settle the lead."""
    items = tuple(sentence(item, material.words) for item in lead["settles"])
    return [
        Heading(material.words("settles"), 3),
        Bullets(items) if items else Paragraph(material.words("no_settles")),
    ]


def limits(material: Material, lead: Mapping[str, Any]) -> list[Block]:
    """The known innocent explanations, and what limits the figures."""
    words = material.words
    notes = lead.get("notes") or ()
    innocent = tuple(sentence(n, words) for n in notes if n["id"] == "innocent")
    other = tuple(sentence(n, words) for n in notes if n["id"] != "innocent")
    blocks: list[Block] = []
    if innocent:
        blocks += [Heading(words("innocent"), 3), Bullets(innocent)]
    if other:
        blocks += [Heading(words("limits"), 3), Bullets(other)]
    return blocks


def background(material: Material, lead: Mapping[str, Any]) -> list[Block]:
    """Facts shown and never scored."""
    items = tuple(sentence(item, material.words) for item in lead["background"])
    if not items:
        return []
    return [Heading(material.words("background"), 3), Bullets(items)]


def step_label(material: Material, step: Mapping[str, Any]) -> str:
    """What a step of a waterfall is called: its analysis, and the subject it is about."""
    name, _, subject = str(step["id"]).partition(":")
    if not subject:
        return material.title(name)
    kind, _, id_ = subject.partition(":")
    about = material.name(kind, id_) if id_ else subject
    return f"{material.title(name)}: {about}"


def path_steps(material: Material, path: Sequence[str]) -> list[charts.Step]:
    """`[node, tie, node, …]` refs as steps with names and words for the ties."""
    steps, tie = [], ""
    for number_, ref in enumerate(path):
        kind, _, id_ = str(ref).partition(":")
        if number_ % 2:
            tie = tie_words(material, kind, id_)
            continue
        name = material.name(kind, id_)
        label = name.removesuffix(f" ({id_})")
        named = label != id_ and material.pseudonyms is None
        note = f"{material.words.value(kind)} {id_}" if named else material.words.value(kind)
        steps.append(charts.Step(kind, label, tie, note))
    return steps


def tie_words(material: Material, type_: str, tie_id: str) -> str:
    """What a tie is called: the kind or role on its record where it has one."""
    table, _, row_id = tie_id.partition(":")
    column = {"associations": "kind", "organisation_roles": "role", "unit_ties": "kind"}.get(table)
    if column and row_id:
        rows = material.rows(table, "row_id", [row_id])
        if len(rows) and rows[column].notna().all():
            return material.words.value(str(rows[column].iloc[0]))
    return material.words.value(f"tie.{type_}").removeprefix("tie.")


def _officers(material: Material, lead: Mapping[str, Any]) -> str:
    """The officer, or where several made the look-ups, him and how many more."""
    officer = material.name("officer", lead["officer_id"])
    of = len(lead.get("officers") or ())
    if of < 2:
        return officer
    return material.words("officers.several", officer=officer, n=of - 1, total=of)


def _subjects(material: Material, lead: Mapping[str, Any]) -> str:
    subjects = lead["subjects"]
    if len(subjects) <= 3:
        return material.words.comma.join(material.name(s["kind"], s["id"]) for s in subjects)
    key = "people.count" if all(s["kind"] == "person" for s in subjects) else "subjects.count"
    return material.words(key, n=len(subjects))


def _about(material: Material, lead: Mapping[str, Any]) -> str:
    if lead.get("hub"):
        return material.name(lead["hub"]["kind"], lead["hub"]["id"])
    return _subjects(material, lead)
