"""The report of a unit: quality of reasons given, proxies, rights to withdraw.

Work tables alone; for the unit's supervisor and the audit section.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis
import pandas as pd

from linkgraph.audit import rights
from linkgraph.errors import UsageError
from linkgraph.reports import charts, method, phrasing, unit_proxies
from linkgraph.reports.content import Block, Chart, Heading, Paragraph, Report, Table
from linkgraph.reports.material import Material
from linkgraph.screen.rights import DORMANT_DAYS

MOST_OFFICERS = 20
MOST_PURPOSES = 10
_QUALITY = ("empty", "listed", "same", "other")


def build(material: Material, unit_id: str) -> Report:
    """Summary, reasons, proxies, rights, reviews, method; UsageError if the unit is unknown.

    The unit is itself with all units below it.  Counts are made in the table engine; memory
    grows with officers and months, not with look-ups.
    """
    words = material.words
    units = _with_those_below(material, unit_id)
    lookups = _lookups(material, units)
    counts = lookups.aggregate(
        n=lookups.count(),
        officers=lookups.officer_key.nunique(),
        first=lookups.at_local.min(),
        last=lookups.at_local.max(),
        **{
            level: (lookups.explanation_level == level).sum()
            for level in ("full", "partial", "none")
        },
    )
    (facts,) = counts.to_pyarrow().to_pylist()
    label = material.name("unit", unit_id)
    blocks: list[Block] = [Heading(words("summary"), 2, "summary")]
    summary = words("unit.no_lookups", label=label)
    data: dict[str, Any] = {"units": units, "lookups": facts["n"]}
    if facts["n"]:
        summary = words(
            "unit.sentence",
            label=label,
            lookups=facts["n"],
            officers=facts["officers"],
            first=words.day(facts["first"]),
            last=words.day(facts["last"]),
            full=facts["full"],
            partial=facts["partial"],
            none=facts["none"],
        )
    below = [words("unit.below", below=len(units) - 1)] if len(units) > 1 else []
    blocks += [
        Paragraph(words.sentence_join([summary, *below]), "lead"),
        Paragraph(words("neutral"), "note"),
    ]
    if facts["n"]:
        blocks += [_by_hour(material, lookups), _by_month(material, lookups)]
        blocks += _purposes(material, lookups, data)
        blocks += unit_proxies.build(material, lookups, data)
    blocks += _rights(material, units, data)
    blocks += _reviews(material, lookups, data)
    blocks += method.method(material, _files(material))
    return Report(
        kind="unit",
        id=unit_id,
        title=words("report.unit", label=label),
        subtitle=summary,
        language=words.language,
        blocks=tuple(blocks),
        data=data,
    )


def _with_those_below(material: Material, unit_id: str) -> list[str]:
    frame = material.ledger.table("units").select("unit_id", "parent_unit_id").to_pandas()
    if unit_id not in set(frame["unit_id"]):
        raise UsageError(
            f"There is no unit {unit_id!r} in the ledger.",
            remedy="`linkgraph search` finds units by name.",
        )
    found = {unit_id}
    while True:
        below = set(frame[frame["parent_unit_id"].isin(found)]["unit_id"]) - found
        if not below:
            return sorted(found)
        found |= below


def _lookups(material: Material, units: Sequence[str]) -> Any:
    """The unit's look-ups: columns of `Screening.lookups` and purpose, at_local as text month."""
    entities = material.ledger.table("entities")
    keys = entities.filter((entities.kind == "unit") & entities.id.isin(list(units)))
    screened = material.screening.lookups
    own = screened.semi_join(keys, screened.unit_key == keys.entity_key)
    raw = material.ledger.table("lookups").select("lookup_key", "officer_id", "purpose")
    return own.join(raw, "lookup_key").mutate(month=ibis._.at_local.strftime("%Y-%m"))


def _by_hour(material: Material, lookups: Any) -> Block:
    hours = lookups.mutate(hour=lookups.at_local.hour(), full=lookups.explanation_level == "full")
    rows = hours.group_by("hour", "full").aggregate(n=hours.count()).to_pyarrow().to_pylist()
    found = {(row["hour"], row["full"]): row["n"] for row in rows}
    parts = [[int(found.get((h, full), 0)) for h in range(24)] for full in (True, False)]
    words = material.words
    return Chart(words("hours.caption"), charts.hours(*parts, title=words("hours.title")))


def _by_month(material: Material, lookups: Any) -> Block:
    words = material.words
    marked = lookups.left_join(_generic(material), "lookup_key")
    rows = marked.group_by("month").aggregate(
        n=marked.count(),
        full=(marked.explanation_level == "full").sum(),
        partial=(marked.explanation_level == "partial").sum(),
        none=(marked.explanation_level == "none").sum(),
        generic=marked.how.notnull().sum(),
    )
    return Table(
        words("unit.caption.months"),
        tuple(
            words(f"col.{name}")
            for name in ("month", "lookups", "full", "partial", "none", "generic")
        ),
        tuple(
            (
                words.month(row["month"]),
                *(str(row[name]) for name in ("n", "full", "partial", "none")),
                _of(row["generic"], row["n"]),
            )
            for row in rows.order_by("month").to_pyarrow().to_pylist()
        ),
        numeric=frozenset(range(1, 6)),
    )


def _generic(material: Material) -> Any:
    """lookup_key, how: the generic reasons, `empty`, `listed` or `same`."""
    fired = material.screening.indicators
    fired = fired.filter(fired.indicator_id == "generic_purpose")
    return fired.select("lookup_key", how=fired.detail)


def _purposes(material: Material, lookups: Any, data: dict[str, Any]) -> list[Block]:
    words = material.words
    blocks: list[Block] = [Heading(words("unit.purposes"), 2, "purposes")]
    if any(one.analysis_id == "generic_purpose" for one in material.screening.not_run):
        return [*blocks, Paragraph(words("unit.no_purposes"))]
    generic = _generic(material)
    own, force = (_quality(rows, generic) for rows in (lookups, material.screening.lookups))
    data["purposes"] = own
    all_own, all_force = sum(own.values()), sum(force.values())
    blocks.append(
        Table(
            words("unit.caption.quality"),
            tuple(words(f"col.{name}") for name in ("reason", "lookups", "share", "share_force")),
            tuple(
                (
                    words(f"purpose.{name}"),
                    str(own[name]),
                    _share(own[name], all_own),
                    _share(force[name], all_force),
                )
                for name in _QUALITY
            ),
            numeric=frozenset({1, 2, 3}),
        )
    )
    marked = lookups.join(generic, "lookup_key")
    listed = marked.filter(marked.how != "empty")
    common = listed.group_by("purpose").aggregate(n=listed.count())
    rows = common.order_by(ibis.desc("n"), "purpose").to_pyarrow().to_pylist()
    if rows:
        blocks.append(
            Table(
                words("unit.caption.wording"),
                (words("col.purpose"), words("col.lookups")),
                tuple((row["purpose"], str(row["n"])) for row in rows[:MOST_PURPOSES]),
                phrasing.how_many(material, len(rows[:MOST_PURPOSES]), len(rows)),
                numeric=frozenset({1}),
            )
        )
    return [*blocks, _by_officer(material, lookups, generic), Paragraph(words("unit.desk"), "note")]


def _quality(lookups: Any, generic: Any) -> dict[str, int]:
    marked = lookups.left_join(generic, "lookup_key")
    marked = marked.mutate(how=marked.how.fill_null("other"))
    rows = marked.group_by("how").aggregate(n=marked.count()).to_pyarrow().to_pylist()
    found = {row["how"]: int(row["n"]) for row in rows}
    return {name: found.get(name, 0) for name in _QUALITY}


def _by_officer(material: Material, lookups: Any, generic: Any) -> Block:
    words = material.words
    marked = lookups.left_join(generic, "lookup_key")
    counts = marked.group_by("officer_id").aggregate(
        n=marked.count(),
        generic=marked.how.notnull().sum(),
        open=(marked.how.notnull() & (marked.explanation_level != "full")).sum(),
    )
    counts = counts.filter(counts.generic > 0).order_by(
        ibis.desc("open"), ibis.desc("generic"), "officer_id"
    )
    rows = counts.to_pyarrow().to_pylist()
    shown = rows[:MOST_OFFICERS]
    return Table(
        words("unit.caption.officers"),
        tuple(words(f"col.{name}") for name in ("officer", "lookups", "generic", "generic_open")),
        tuple(
            (
                material.name("officer", row["officer_id"]),
                str(row["n"]),
                _of(row["generic"], row["n"]),
                str(row["open"]),
            )
            for row in shown
        ),
        phrasing.how_many(material, len(shown), len(rows)),
        numeric=frozenset({1, 2, 3}),
    )


def _rights(material: Material, units: list[str], data: dict[str, Any]) -> list[Block]:
    words = material.words
    blocks: list[Block] = [Heading(words("unit.rights"), 2, "rights")]
    missing = [name for name in ("rights", "accounts") if not material.ledger.has(name)]
    if missing:
        needs = words("needs", tables=words.comma.join(missing))
        return [*blocks, Paragraph(words("unit.rights.not_run", needs=needs))]
    found = rights.to_withdraw(material.ledger, units)
    data["rights"] = {reason: int((found["reason"] == reason).sum()) for reason in rights.REASONS}
    if not rights.covers(material.ledger):
        blocks.append(Paragraph(words("unit.rights.short", days=DORMANT_DAYS), "note"))
    if found.empty:
        return [*blocks, Paragraph(words("unit.rights.none"))]
    shown = found[: phrasing.MOST_ROWS]
    blocks.append(
        Table(
            words("unit.caption.rights"),
            tuple(
                words(f"col.{name}")
                for name in (
                    "officer",
                    "account",
                    "system",
                    "right_since",
                    "last_used",
                    "right_why",
                )
            ),
            tuple(
                (
                    material.name("officer", row.officer_id),
                    row.account_id,
                    row.system,
                    phrasing.day(material, row.since),
                    "–" if pd.isna(row.last_used) else phrasing.day(material, row.last_used),
                    words(f"right.{row.reason}", days=DORMANT_DAYS),
                )
                for row in phrasing.each(shown)
            ),
            phrasing.how_many(material, len(shown), len(found)),
        )
    )
    return [*blocks, Paragraph(words("unit.rights.note"), "note")]


def _reviews(material: Material, lookups: Any, data: dict[str, Any]) -> list[Block]:
    words = material.words
    reviews = material.ledger.table("reviews").select("lookup_key", "decision", "selected_by")
    joined = reviews.join(lookups.select("lookup_key"), "lookup_key")
    counts = joined.group_by("selected_by", "decision").aggregate(n=joined.count())
    rows = counts.order_by("selected_by", "decision").to_pyarrow().to_pylist()
    if not rows:
        return []
    data["reviews"] = rows
    return [
        Heading(words("unit.reviews"), 2, "reviews"),
        Table(
            words("unit.caption.reviews"),
            tuple(words(f"col.{name}") for name in ("selected_by", "decision", "reviews")),
            tuple(
                (
                    words.value(f"selected.{row['selected_by'] or 'unknown'}"),
                    words.value(f"decision.{row['decision']}"),
                    str(row["n"]),
                )
                for row in rows
            ),
            numeric=frozenset({2}),
        ),
        Paragraph(words("unit.reviews.note"), "note"),
    ]


def _files(material: Material) -> list[str]:
    table = material.ledger.table("lookups").select("source_file").distinct()
    return sorted(str(name) for name in table.to_pandas()["source_file"])


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "–"


def _of(part: int, whole: int) -> str:
    return f"{part} ({_share(part, whole)})"
