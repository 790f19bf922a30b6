"""The brief for an ethics meeting or a prevention handbook: patterns, causes, controls.

No name, no identifier, no day, and no count below five, nor one that the others give away: see
`suppression.py`.  It tells of look-ups that wait for an explanation, not of misuse.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import ibis
import pandas as pd

from linkgraph.analyses.registry import catalogue
from linkgraph.errors import UsageError
from linkgraph.reports.content import Block, Bullets, Facts, Heading, Paragraph, Report, Table
from linkgraph.reports.material import Material
from linkgraph.reports.patterns import PATTERNS, Pattern
from linkgraph.reports.suppression import THRESHOLD, protect

MOST_KINDS = 5
HIDDEN = "•"
"""What stands for a count that is not shown."""

_BANDS = (1, 2, 5, 10, 20, 50, 100)
_DECISIONS = ("proper", "procedural", "negligent", "improper", "undetermined")
_CHOSEN = ("random", "lead", "complaint", "other")


@dataclass(frozen=True)
class Period:
    """Local moments without zone, `[first, end)`; None where open.  `label` as people write it."""

    first: datetime | None
    end: datetime | None
    label: str


@dataclass(frozen=True)
class Met:
    """Who met a pattern: officer and look-up, one row each, and the system of each look-up.

    Columns of `rows`: officer_id, lookup_id, system.
    """

    pattern: Pattern
    rows: pd.DataFrame


def build(material: Material, period: str) -> Report:
    """The brief of a period: `all`, a year (`2024`) or a month (`2024-07`).

    Under an inquiry the patterns that its leads show are in it too.  Raises UsageError for a bad
    period, and for one with fewer than five officers: whatever it said, it would tell of persons.
    """
    words = material.words
    span = _period(material, period)
    lookups = _lookups(material, span)
    by_officer = _places(material, lookups)
    if len(by_officer) < THRESHOLD:
        raise UsageError(
            f"Fewer than {THRESHOLD} officers made look-ups in {period}.",
            remedy="A brief of so few would tell of persons: name a longer period, or `all`.",
        )
    met = _by_indicator(material, lookups)
    if material.analysed:
        met += _by_lead(material, lookups)
    shown = _overview(material, met, by_officer)
    levels = _levels(lookups)
    summary = words(
        "brief.sentence",
        period=span.label,
        lookups=_count(sum(levels)),
        officers=_count(len(by_officer)),
        **dict(zip(("full", "partial", "none"), _protected(levels), strict=True)),
    )
    blocks: list[Block] = [
        Heading(words("summary"), 2, "summary"),
        Paragraph(summary, "lead"),
        Paragraph(words("brief.neutral"), "note"),
        Heading(words("brief.overview"), 2, "overview"),
        shown.table,
        *_reviews(material, lookups),
        Heading(words("brief.patterns"), 2, "patterns"),
    ]
    for one in met:
        blocks += _section(material, one, shown.totals[one.pattern.id])
    blocks += _not_run(material, met)
    blocks += _method(material)
    return Report(
        kind="brief",
        id=period,
        title=words("report.brief", period=span.label),
        subtitle=words("brief.subtitle"),
        language=words.language,
        blocks=tuple(blocks),
        data={"officers": shown.totals, "threshold": THRESHOLD},
    )


def _period(material: Material, text: str) -> Period:
    words = material.words
    if text == "all":
        return Period(None, None, words("brief.all"))
    if re.fullmatch(r"\d{4}", text):
        year = int(text)
        first, end = datetime(year, 1, 1), datetime(year + 1, 1, 1)  # noqa: DTZ001  local
        return Period(first, end, words("brief.year", year=words.year(year)))
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        year, month = int(text[:4]), int(text[5:])
        first = datetime(year, month, 1)  # noqa: DTZ001  local, as `at_local` is
        end = datetime(year + month // 12, month % 12 + 1, 1)  # noqa: DTZ001
        return Period(first, end, words.month(text))
    raise UsageError(
        f"{text!r} is no period of a brief.", remedy="Name a month (2024-07), a year, or `all`."
    )


def _lookups(material: Material, span: Period) -> Any:
    """The period's look-ups: lookup_key, lookup_id, officer_id, unit_key, level, system."""
    screened = material.screening.lookups
    if span.first is not None:
        screened = screened.filter(
            (screened.at_local >= ibis.literal(span.first))
            & (screened.at_local < ibis.literal(span.end))
        )
    raw = material.ledger.table("lookups").select("lookup_key", "officer_id", "system")
    rows = screened.select("lookup_key", "lookup_id", "unit_key", level="explanation_level")
    return rows.join(raw, "lookup_key")


def _places(material: Material, lookups: Any) -> dict[str, str]:
    """Officer -> the kind of the unit of most of the officer's look-ups, rare kinds as one."""
    units = material.ledger.table("units").select(place="unit_key", kind="kind")
    rows = lookups.left_join(units, lookups.unit_key == units.place)
    counts = rows.group_by("officer_id", "kind").aggregate(n=rows.count()).to_pandas()
    counts["kind"] = counts["kind"].fillna(material.words("unknown"))
    counts = counts.sort_values(["officer_id", "n", "kind"], ascending=[True, False, True])
    first = counts.drop_duplicates("officer_id").set_index("officer_id")["kind"]
    common = first.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    kept = set(common.index[:MOST_KINDS][common.iloc[:MOST_KINDS] >= THRESHOLD])
    other = material.words("brief.other")
    return {str(officer): kind if kind in kept else other for officer, kind in first.items()}


def _by_indicator(material: Material, lookups: Any) -> list[Met]:
    """What the screening tells: look-ups without full explanation on which an indicator fires."""
    ran = {one.analysis_id for one in material.screening.ran}
    chosen = [p for p in PATTERNS if set(p.indicators) & ran]
    fired = material.screening.indicators.select("lookup_key", "indicator_id")
    fired = fired.filter(fired.indicator_id.isin([i for p in chosen for i in p.indicators]))
    rows = lookups.filter(lookups.level != "full").join(fired, "lookup_key")
    frame = rows.select("indicator_id", "officer_id", "lookup_id", "system").to_pandas()
    return [
        Met(
            pattern,
            frame[frame["indicator_id"].isin(pattern.indicators)]
            .drop(columns="indicator_id")
            .drop_duplicates("lookup_id"),
        )
        for pattern in chosen
    ]


def _by_lead(material: Material, lookups: Any) -> list[Met]:
    """What the inquiry's leads tell: those with more evidence than the search charges for."""
    named = [
        (str(lead["set"]["kind"]), str(id_))
        for lead in material.leads
        if lead["bits"] > 0 and lead.get("set")
        for id_ in lead["lookup_ids"]
    ]
    ids = sorted({id_ for _, id_ in named})
    found = lookups.filter(lookups.lookup_id.isin(ids)) if ids else lookups.limit(0)
    frame = found.select("officer_id", "lookup_id", "system").to_pandas()
    return [
        Met(
            pattern,
            frame[frame["lookup_id"].isin({i for kind, i in named if kind in pattern.leads})],
        )
        for pattern in PATTERNS
        if pattern.leads
    ]


@dataclass(frozen=True)
class _Overview:
    """The table of patterns, and the totals that it shows: None where it shows none."""

    table: Table
    totals: Mapping[str, int | None]


def _overview(material: Material, met: Sequence[Met], places: Mapping[str, str]) -> _Overview:
    words = material.words
    other = words("brief.other")
    kinds = sorted(set(places.values()) - {other}) + ([other] if other in places.values() else [])
    counts = []
    for one in met:
        officers = pd.Series(one.rows["officer_id"].unique(), dtype=object).map(places)
        counts.append([int((officers == kind).sum()) for kind in kinds])
    published = protect(counts, column_totals=False)
    rows = tuple(
        (one.pattern.title[words.language], *(_count(cell) for cell in cells))
        for one, cells in zip(met, published.cells, strict=True)
    )
    table = Table(
        words("brief.caption.overview"),
        (words("brief.pattern"), *kinds, words("total")),
        rows,
        words("brief.hidden", sign=HIDDEN, threshold=THRESHOLD, n=published.left_out),
        numeric=frozenset(range(1, len(kinds) + 2)),
    )
    totals = {one.pattern.id: cells[-1] for one, cells in zip(met, published.cells, strict=True)}
    return _Overview(table, totals)


def _levels(lookups: Any) -> list[int]:
    counts = lookups.group_by("level").aggregate(n=lookups.count()).to_pyarrow().to_pylist()
    found = {row["level"]: int(row["n"]) for row in counts}
    return [found.get(level, 0) for level in ("full", "partial", "none")]


def _protected(counts: Sequence[int]) -> list[str]:
    return [_count(cell) for cell in protect([counts], column_totals=False).cells[0][:-1]]


def _reviews(material: Material, lookups: Any) -> list[Block]:
    """Decisions by how the look-up was chosen, in look-ups; nothing if there are none."""
    words = material.words
    reviews = material.ledger.table("reviews").select("lookup_key", "decision", "selected_by")
    joined = reviews.join(lookups.select("lookup_key"), "lookup_key")
    frame = joined.group_by("decision", "selected_by").aggregate(n=joined.count()).to_pandas()
    if frame.empty:
        return []
    found = {
        (str(d), str(s)): int(n)
        for d, s, n in zip(frame["decision"], frame["selected_by"], frame["n"], strict=True)
    }
    counts = [[found.get((d, s), 0) for s in _CHOSEN] for d in _DECISIONS]
    published = protect(counts)
    heads = [words(f"decision.{decision}") for decision in _DECISIONS]
    return [
        Heading(words("unit.reviews"), 2, "reviews"),
        Table(
            words("brief.caption.reviews"),
            (
                words("col.decision"),
                *(words(f"selected.{chosen}") for chosen in _CHOSEN),
                words("total"),
            ),
            tuple(
                (head, *(_count(cell) for cell in cells))
                for head, cells in zip([*heads, words("total")], published.cells, strict=True)
            ),
            words("brief.hidden", sign=HIDDEN, threshold=THRESHOLD, n=published.left_out),
            numeric=frozenset(range(1, len(_CHOSEN) + 2)),
        ),
        Paragraph(words("unit.reviews.note"), "note"),
    ]


def _section(material: Material, met: Met, officers: int | None) -> list[Block]:
    words, pattern = material.words, met.pattern
    language = words.language
    facts = [
        (words("brief.seen"), _seen(material, met, officers)),
        (words("brief.cause"), pattern.cause[language]),
        (words("brief.control"), pattern.control[language]),
    ]
    innocent = _innocent(pattern, language)
    if innocent:
        facts.append((words("brief.innocent"), words.sentence_join(innocent)))
    return [
        Heading(pattern.title[language], 3, f"pattern-{pattern.id}"),
        Facts(tuple(facts)),
        Paragraph(words("brief.vignette", text=pattern.vignette[language])),
    ]


def _seen(material: Material, met: Met, officers: int | None) -> str:
    """How often, from published counts alone: nothing of a pattern whose total is not shown."""
    words = material.words
    if officers is None:
        return words("brief.not_shown", threshold=THRESHOLD)
    each = met.rows.groupby("officer_id").size()
    told = [
        words(
            "brief.counts",
            officers=_count(officers),
            lookups=_count(len(met.rows)),
            typical=_band(material, float(each.median())),
        )
    ]
    users = met.rows.groupby("system")["officer_id"].nunique()
    common = users[users >= THRESHOLD].sort_index().sort_values(ascending=False, kind="stable")
    if len(common):
        told.append(words("brief.system", system=common.index[0]))
    return words.sentence_join(told)


def _band(material: Material, value: float) -> str:
    """A number as a band: what is typical, not what somebody did."""
    words = material.words
    for low, high in itertools.pairwise(_BANDS):
        if value <= high:
            return f"{low if low == 1 else low + 1}–{high}"
    return words("brief.over", n=_BANDS[-1])


def _innocent(pattern: Pattern, language: str) -> list[str]:
    wanted = (*pattern.indicators, *pattern.leads)
    headers = {header.id: header for header in catalogue()}
    told = [text[language] for id_ in wanted if id_ in headers for text in headers[id_].innocent]
    return list(dict.fromkeys(told))[:3]


def _not_run(material: Material, met: Sequence[Met]) -> list[Block]:
    words = material.words
    seen = {one.pattern.id for one in met}
    missing = []
    for pattern in PATTERNS:
        if pattern.id in seen:
            continue
        needs = [
            words("needs", tables=words.comma.join(one.needs))
            for one in material.screening.not_run
            if one.analysis_id in pattern.indicators
        ]
        why = needs[0] if needs else words("brief.needs_inquiry")
        missing.append(f"{pattern.title[words.language]}: {why}")
    return [Heading(words("not_run"), 2, "not-run"), Bullets(tuple(missing))] if missing else []


def _method(material: Material) -> list[Block]:
    words = material.words
    return [
        Heading(words("method"), 2, "method"),
        Paragraph(words("brief.method", threshold=THRESHOLD)),
        Facts(
            (
                (words("fact.version"), material.version),
                (words("fact.ledger"), material.ledger.fingerprint),
                (words("fact.screen"), material.screening.fingerprint),
                (words("fact.chain"), material.chain_head),
            )
        ),
    ]


def _count(value: int | None) -> str:
    return HIDDEN if value is None else f"{value:,}"
