"""The report of a person, a vehicle or an organisation: who looked, and what explains it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from linkgraph.errors import UsageError
from linkgraph.reports import evidence, method, phrasing, records
from linkgraph.reports.content import Block, Heading, Paragraph, Report, Table
from linkgraph.reports.material import Material

KINDS = ("person", "vehicle", "organisation")
MOST_LEADS = 10


def build(material: Material, kind: str, id_: str) -> Report:
    """Summary, who looked, leads, look-ups, method; UsageError if nothing is known of it.

    A person is looked up by name or by a vehicle owned at the time; an organisation through
    itself and through everyone with a role in it.
    """
    words = material.words
    entities = material.ledger.table("entities")
    known = entities.filter((entities.kind == kind) & (entities.id == id_)).count().execute()
    if not known:
        raise UsageError(
            f"There is no {kind} {id_!r} in the ledger.", remedy="`linkgraph search` finds ids."
        )
    label = material.name(kind, id_)
    ties = _ties(material, kind, id_)
    lookups = _lookups(material, kind, id_, ties)
    named = [lead for lead in material.leads if _names(lead, kind, id_)]
    if lookups.empty:
        summary = words("subject.none", label=label)
    else:
        summary = words(
            "subject.sentence",
            label=label,
            lookups=len(lookups),
            officers=lookups["officer_id"].nunique(),
            **phrasing.span(material, lookups),
            **phrasing.levels(lookups),
        )
    blocks: list[Block] = [
        Heading(words("summary"), 2, "summary"),
        Paragraph(summary, "lead"),
        Paragraph(
            words("subject.leads", n=len(named), label=label)
            if material.analysed
            else words("leads.not_sought")
        ),
        Paragraph(words("neutral"), "note"),
    ]
    if len(ties):
        blocks.append(_tie_table(material, kind, ties))
    if len(lookups):
        blocks += [Heading(words("who"), 2, "who"), _who(material, lookups)]
        blocks += records.when(material, lookups, "officer_id")
    for lead in named[:MOST_LEADS]:
        title = words("lead", rank=lead["rank"], label=evidence.lead_label(material, lead))
        blocks.append(Heading(title, 2, f"lead-{lead['rank']}"))
        blocks += evidence.lead_blocks(material, lead)
    blocks += records.lookup_table(material, lookups)
    blocks += method.method(material, list(lookups["source_file"]))
    return Report(
        kind=kind,
        id=id_,
        title=words(f"report.{kind}", label=label),
        subtitle=summary,
        language=words.language,
        blocks=tuple(blocks),
        data={"leads": [dict(lead) for lead in named], "levels": phrasing.levels(lookups)},
    )


def _ties(material: Material, kind: str, id_: str) -> pd.DataFrame:
    """Who owns the vehicle, what the person owns, or who has a role in the organisation."""
    if kind == "vehicle":
        return material.rows("vehicle_owners", "vehicle_id", [id_])
    if kind == "person":
        return material.rows("vehicle_owners", "person_id", [id_])
    if material.inquiry is None:
        return pd.DataFrame()
    return material.rows("organisation_roles", "organisation_id", [id_])


def _lookups(material: Material, kind: str, id_: str, ties: pd.DataFrame) -> pd.DataFrame:
    own = material.subject_lookups(kind, [id_])
    if kind == "vehicle" or ties.empty:
        return own
    if kind == "organisation":
        more = material.subject_lookups("person", set(ties["person_id"]))
    else:
        more = _while_owned(material.subject_lookups("vehicle", set(ties["vehicle_id"])), ties)
    both = pd.concat([own, more], ignore_index=True) if len(own) else more
    return both.drop_duplicates("lookup_key").sort_values(["at", "lookup_id"], ignore_index=True)


def _while_owned(lookups: pd.DataFrame, ties: pd.DataFrame) -> pd.DataFrame:
    """Only the look-ups of plates made while the person owned the vehicle."""
    joined = lookups[["lookup_key", "at", "subject_id"]].merge(
        ties[["vehicle_id", "start", "end"]], left_on="subject_id", right_on="vehicle_id"
    )
    held = joined[(joined["at"] >= joined["start"]) & (joined["at"] < joined["end"])]
    return lookups[lookups["lookup_key"].isin(held["lookup_key"])]


def _who(material: Material, lookups: pd.DataFrame) -> Table:
    words = material.words
    frame = lookups.assign(open=lookups["explanation_level"] != "full")
    grouped = (
        frame.groupby("officer_id")
        .agg(
            n=("lookup_id", "size"),
            open=("open", "sum"),
            first=("at_local", "min"),
            last=("at_local", "max"),
        )
        .reset_index()
        .sort_values(["open", "n", "officer_id"], ascending=[False, False, True])
    )
    shown = grouped[: phrasing.MOST_ROWS]
    return Table(
        words("caption.who"),
        tuple(words(f"col.{c}") for c in ("officer", "lookups", "unexplained", "first", "last")),
        tuple(
            (
                material.name("officer", str(row.officer_id)),
                str(row.n),
                str(row.open),
                words.moment(row.first),
                words.moment(row.last),
            )
            for row in phrasing.each(shown)
        ),
        words("all_shown", total=len(grouped))
        if len(shown) == len(grouped)
        else words("shown", shown=len(shown), total=len(grouped)),
        numeric=frozenset({1, 2}),
    )


def _tie_table(material: Material, kind: str, ties: pd.DataFrame) -> Table:
    words = material.words
    if kind == "organisation":
        caption, columns = words("caption.people"), ("person", "role", "from", "to")
    else:
        caption, columns = words("caption.owners"), ("person", "vehicle", "from", "to")
    rows = tuple(
        (
            material.name("person", str(row.person_id)),
            str(row.role) if kind == "organisation" else str(row.vehicle_id),
            phrasing.day(material, row.start),
            phrasing.day(material, row.end),
        )
        for row in phrasing.each(ties)
    )
    heads = tuple(words(f"col.{c}") if c != "vehicle" else words("vehicle") for c in columns)
    return Table(caption, heads, rows)


def _names(lead: Mapping[str, Any], kind: str, id_: str) -> bool:
    hub = lead.get("hub") or {}
    return (hub.get("kind"), hub.get("id")) == (kind, id_) or any(
        (subject["kind"], subject["id"]) == (kind, id_) for subject in lead["subjects"]
    )
