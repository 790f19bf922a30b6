"""The tables of an evaluation: rows for a terminal or JSON, and Markdown for docs/method.md."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from linkgraph.evaluation.figures import OURS
from linkgraph.evaluation.pooled import (
    FIVE_HUNDRED,
    HUNDRED,
    TEAM,
    TWICE,
    Interval,
    Pool,
    Scores,
    ratio,
    requesters,
)
from linkgraph.evaluation.traces import TIES

PAGE = 20
"""The first page of a month's worklist."""
FIRST_THREE = 3
CUT_NAMES = {
    TEAM: "one lead per 140 officers a month",
    TWICE: "twice as many leads as episodes",
    HUNDRED: "100 leads per force",
    FIVE_HUNDRED: "500 leads per force",
}
GROUPS = ("rank", "unit", "shift", "tenure")
Cell = str | int | float | Interval
Row = Mapping[str, Cell]


@dataclass(frozen=True)
class Table:
    """A titled table; `name` is what JSON calls it."""

    name: str
    title: str
    rows: tuple[Row, ...]
    note: str = ""

    def markdown(self) -> str:
        """The table as Markdown, the first column to the left, the others to the right."""
        heads = list(self.rows[0]) if self.rows else []
        lines = [f"**{self.title}**", ""]
        lines.append("| " + " | ".join(heads) + " |")
        lines.append("|---|" + "---:|" * (len(heads) - 1))
        lines += ["| " + " | ".join(cell(row[h]) for h in heads) + " |" for row in self.rows]
        if self.note:
            lines += ["", self.note]
        return "\n".join(lines)

    def plain(self) -> list[dict[str, Any]]:
        """The rows for JSON: an interval is its value, low and high."""
        return [{name: _plain(value) for name, value in row.items()} for row in self.rows]


def tables(pool: Pool, *, ablations: Sequence[str] = (), ceiling: str = "") -> list[Table]:
    """Every table that the figures allow.

    `ablations` are the methods that belong in the ablation table; `ceiling` is the name of the
    learned one, if it could be made.
    """
    made = [forces(pool)]
    if not pool.episodes:
        return [*made, nulls(pool)]
    rest = [method for method in pool.methods if method not in ablations]
    scores = {method: pool.scores(pool.leads(method)) for method in rest}
    made += [
        targets(pool, scores, ceiling),
        recalls(pool, scores[OURS]),
        compared("methods", "Methods compared", scores, pool),
        scenarios(pool),
    ]
    part = [f for f in pool.figures if ablations and set(ablations) <= set(f.rankings)]
    if part:
        made.append(ablation(pool if len(part) == len(pool.figures) else Pool(part), ablations))
    return [*made, doors(pool), explained(pool), look_alikes(pool), fairness(pool), nulls(pool)]


def forces(pool: Pool) -> Table:
    """What was simulated."""
    held = pool.figures
    tied = sum(bool(TIES & set(e.traces)) for _, e in pool.episodes)
    row: Row = {
        "forces": len(held),
        "officers": sum(f.officers for f in held),
        "months": _one({f.months for f in held}),
        "look-ups": sum(f.lookups for f in held),
        "misuse look-ups": sum(f.misuse for f in held),
        "episodes": len(pool.episodes),
        "with a trace": int(pool.traced.sum()),
        "by ties": tied,
    }
    note = (
        "*With a trace*: the records show something of the episode (`evaluation/traces.py`), "
        "*by ties*: whom the look-ups were about."
    )
    return Table("forces", "Forces", (row,), note)


def targets(pool: Pool, scores: Mapping[str, Scores], ceiling: str) -> Table:
    """What was asked for, and what was reached."""
    ours = scores[OURS]
    rows: list[Row] = []
    if "circle" in scores:
        over = ratio(ours.average_precision, scores["circle"].average_precision)
        rows.append(_target("average precision, times the circle rule's", "≥ 20", over))
    for label, reached in (
        ("precision", ours.cuts[TEAM].precision),
        ("leads that find a new episode", ours.cuts[TEAM].fresh),
    ):
        what = f"{label}, as a share of a perfect ranking's, {CUT_NAMES[TEAM]}"
        rows.append(_target(what, "≥ 0.5", ratio(reached, pool.perfect(TEAM))))
    if ceiling in scores:
        level = ratio(ours.average_precision, scores[ceiling].average_precision)
        rows.append(_target("average precision, times gradient boosting's", "≥ 1", level))
    away = _explained_away(pool)
    rows.append(_target("misuse explained away", "≤ 0.02", Interval(away, math.nan, math.nan)))
    for label, cut in ((f", {CUT_NAMES[TWICE]}", TWICE), (", in any lead", None)):
        asked = requesters(pool, cut)
        for name, least in (("named", "≥ 0.6"), ("wrongly named", "≤ 0.05")):
            what = f"requester {name}, of {asked['found']} proxy episodes found{label}"
            rows.append(_target(what, least, asked[name]))
    return Table("targets", "Asked and reached", tuple(rows))


def compared(name: str, title: str, scores: Mapping[str, Scores], pool: Pool) -> Table:
    """Methods side by side: average precision, and precision and recall at every cut."""
    rows: list[Row] = []
    for method in sorted(scores, key=lambda m: (m != OURS, -scores[m].average_precision[0])):
        found = scores[method]
        row: dict[str, Cell] = {
            "method": method,
            "average precision": Interval.of(found.average_precision),
            "of traced": float(found.average_precision_traced[0]),
        }
        for cut in pool.cuts:
            at = found.cuts[cut]
            wide = cut in (TEAM, TWICE)
            row[f"P {cut}"] = Interval.of(at.precision) if wide else float(at.precision[0])
            row[f"R {cut}"] = Interval.of(at.recall) if wide else float(at.recall[0])
        rows.append(row)
    note = "P is precision, R recall of all episodes; " + "; ".join(
        f"*{cut}*: {CUT_NAMES[cut]} ({n:,} in all)" for cut, n in pool.cuts.items()
    )
    return Table(name, title, tuple(rows), note + ".")


def ablation(pool: Pool, names: Sequence[str]) -> Table:
    """The method beside itself without each of its parts, over forces that have all of them."""
    scores = {method: pool.scores(pool.leads(method)) for method in (OURS, *names)}
    forces = len(pool.figures)
    title = f"What each part of the method brings ({forces} force{'s' if forces > 1 else ''})"
    return compared("ablation", title, scores, pool)


def recalls(pool: Pool, ours: Scores) -> Table:
    """What the leads find of all episodes, and of those that the records show anything of."""
    rows: list[Row] = [
        {
            "leads": CUT_NAMES[cut],
            "number": n,
            "precision": Interval.of(ours.cuts[cut].precision),
            "that find a new episode": Interval.of(ours.cuts[cut].fresh),
            "a perfect ranking": float(pool.perfect(cut)[0]),
            "recall": Interval.of(ours.cuts[cut].recall),
            "recall of traced": Interval.of(ours.cuts[cut].recall_traced),
        }
        for cut, n in pool.cuts.items()
    ]
    note = "*A perfect ranking* puts every episode with a trace first, one lead for each."
    return Table("recalls", "Leads, by how many are worked", tuple(rows), note)


def scenarios(pool: Pool) -> Table:
    """Per scenario: how many episodes, with which trace, and found at which door."""
    at = {cut: pool.found_within(OURS, cut) for cut in pool.cuts}
    traced = {(n, t["episode"]) for n, f in enumerate(pool.figures) for t in f.traced
              if 0 < t["rank"] <= FIRST_THREE}  # fmt: skip
    listed = {(n, t["episode"]) for n, f in enumerate(pool.figures) for t in f.listed
              if 0 < t["rank"] <= PAGE}  # fmt: skip
    rows: list[Row] = []
    for kind in sorted({e.scenario for _, e in pool.episodes}):
        own = [i for i, (_, e) in enumerate(pool.episodes) if e.scenario == kind]
        rows.append(
            {
                "scenario": kind,
                "episodes": len(own),
                "with a trace": sum(bool(pool.traced[i]) for i in own),
                **{f"leads, {cut}": sum(i in at[cut] for i in own) for cut in pool.cuts},
                "trace": sum((pool.episodes[i][0], pool.episodes[i][1].id) in traced for i in own),
                "worklist": sum(
                    (pool.episodes[i][0], pool.episodes[i][1].id) in listed for i in own
                ),
            }
        )
    note = (
        "Episodes found: by leads at each cut, as one of the first three of its complaint's "
        f"trace, on the first page ({PAGE}) of its month's proxy worklist."
    )
    return Table("scenarios", "Per scenario", tuple(rows), note)


def doors(pool: Pool) -> Table:
    """The doors of complaint and worklist."""
    traced = [(n, t) for n, f in enumerate(pool.figures) for t in f.traced]
    asked = [(n, t) for n, t in traced if _asked_by(pool, n, t)]
    calls = [(n, t) for n, f in enumerate(pool.figures) for t in f.listed
             if t["scenario"] == "call"]  # fmt: skip
    rows = [
        _door("complaint: the misuse first in its trace", "", pool, traced,
              [t["rank"] == 1 for _, t in traced]),
        _door("complaint: first to third", "≥ 0.9", pool, traced,
              [0 < t["rank"] <= FIRST_THREE for _, t in traced]),
        _door("complaint: who asked, among the first three named", "≥ 0.8", pool, asked,
              [0 < t["asked"] <= FIRST_THREE for _, t in asked]),
        _door(f"false call: in the first {PAGE} of its month's worklist", "≥ 0.8", pool, calls,
              [0 < t["rank"] <= PAGE for _, t in calls]),
    ]  # fmt: skip
    return Table("doors", "The other doors", tuple(rows))


def explained(pool: Pool) -> Table:
    """Shares of look-ups by explanation."""
    rows: list[Row] = []
    names = {"all": "all look-ups", "first": "first look-ups of a subject by an officer",
             "misuse": "misuse"}  # fmt: skip
    for key, title in names.items():
        counts = Counter[str]()
        for force in pool.figures:
            counts.update(force.explained.get(key, {}))
        total = sum(counts.values())
        shares = {
            name: counts[level] / total if total else math.nan
            for level, name in (("full", "in full"), ("partial", "in part"), ("none", "not"))
        }
        rows.append({"look-ups": title, "number": total, **shares})
    return Table("explained", "Explained", tuple(rows))


def look_alikes(pool: Pool) -> Table:
    """What wrong leads are, by the proper work that they mistake."""
    leads = [lead for _, lead in pool.leads(OURS)]
    by = {
        cut: Counter(lead.look_alike for lead in leads[: pool.cuts[cut]] if not lead.right)
        for cut in pool.cuts
    }
    kinds = sorted(
        set().union(*by.values()), key=lambda k: (-by[TWICE][k], -by[FIVE_HUNDRED][k], k)
    )
    rows: list[Row] = [
        {"work": kind, **{cut: by[cut][kind] for cut in pool.cuts}} for kind in kinds
    ]
    rows.append({"work": "(right leads)", **{
        cut: sum(lead.right for lead in leads[: pool.cuts[cut]]) for cut in pool.cuts
    }})  # fmt: skip
    return Table("look_alikes", "Wrong leads by the work that they mistake", tuple(rows))


def fairness(pool: Pool) -> Table:
    """Rates of leads by what the officers are; never by surname, sex or origin."""
    chosen = pool.leads(OURS)[: pool.cuts[TWICE]]
    members: dict[tuple[str, str], set[tuple[int, str]]] = {}
    for number, force in enumerate(pool.figures):
        for officer, person in force.people.items():
            for group in GROUPS:
                members.setdefault((group, person[group]), set()).add((number, officer))
    rows: list[Row] = []
    for group, value in sorted(members, key=lambda key: (GROUPS.index(key[0]), key[1])):
        own = members[group, value]
        owner = pool.owners(sorted(own))
        held = [(number, lead.officer, lead.right) for number, lead in chosen]
        rates = {
            f"{name} leads per 100": _per_hundred(
                pool, owner, [(n, o) for n, o, right in held if right is wanted and (n, o) in own]
            )
            for name, wanted in (("right", True), ("wrong", False))
        }
        misuse = sum((number, e.officer) in own for number, e in pool.episodes)
        rows.append(
            {
                "group": group,
                "officers who are": value,
                "officers": len(own),
                "episodes per 100": 100 * misuse / len(own),
                **rates,
            }
        )
    note = f"Of the first leads ({CUT_NAMES[TWICE]}), over the whole period."
    return Table("fairness", "Rates of leads by group of officers", tuple(rows), note)


def nulls(pool: Pool) -> Table:
    """How many leads pass 0 bits, and how often a hub's p-value is small."""
    hubs = [pair for f in pool.figures for pair in f.hubs]
    drawn = [p for f in pool.figures for p in f.drawn]
    over = [sum(lead.score >= 0 for lead in f.rankings[OURS]) for f in pool.figures]
    bits = np.array([lead.score for f in pool.figures for lead in f.rankings[OURS]])
    rows: list[Row] = [
        {"what": "leads of 0 bits or more, per force", "value": float(np.mean(over))},
        {"what": "the same, per 140 officers a month", "value": sum(over)
            / max(sum(f.officers * f.months for f in pool.figures) / 140, 1e-9)},
        {"what": "most bits of any lead", "value": float(bits.max()) if len(bits) else math.nan},
        {"what": "houses drawn at random", "value": len(drawn)},
        {"what": "of these with p ≤ 0.05", "value": _share([p <= 0.05 for p in drawn])},
        {"what": "hubs among the leads", "value": len(hubs)},
        {"what": "of these with p ≤ 0.05", "value": _share([p <= 0.05 for p, _ in hubs])},
        {"what": "of these with q ≤ 0.05", "value": _share([q <= 0.05 for _, q in hubs])},
    ]  # fmt: skip
    note = (
        "Houses are drawn among those that an officer's unit met, whatever he did: there p is to "
        "be small as often as it says, or less. Hubs among the leads were chosen for their hits, "
        "so that p is small more often; q allows for that."
    )
    return Table("nulls", "Leads of positive bits, and hubs", tuple(rows), note)


def cell(value: Cell) -> str:
    """A figure as text: an interval in brackets, a dash where there is nothing to measure."""
    if isinstance(value, Interval):
        if math.isnan(value.value):
            return "–"
        if math.isnan(value.low):
            return _number(value.value)
        return f"{_number(value.value)} ({_number(value.low)}–{_number(value.high)})"
    if isinstance(value, float):
        return "–" if math.isnan(value) else _number(value)
    return f"{value:,}" if isinstance(value, int) else value


def _number(value: float) -> str:
    if value and abs(value) < 0.1:
        return f"{value:.3f}"
    return f"{value:.2f}" if abs(value) < 10 else f"{value:,.1f}"


def _target(what: str, asked: str, reached: Any) -> Row:
    return {"what": what, "asked": asked, "reached": reached}


def _door(
    what: str, asked: str, pool: Pool, rows: Sequence[tuple[int, Mapping[str, Any]]],
    hits: Sequence[bool],
) -> Row:  # fmt: skip
    owner = pool.owners((n, row["officer"]) for n, row in rows)
    reached = pool.share(owner, np.array(hits, dtype=bool))
    return {"what": what, "episodes": len(rows), "asked": asked, "reached": reached}


def _asked_by(pool: Pool, force: int, row: Mapping[str, Any]) -> str:
    own = {e.id: e.asked_by for e in pool.figures[force].episodes}
    return own[row["episode"]]


def _explained_away(pool: Pool) -> float:
    counts = Counter[str]()
    for force in pool.figures:
        counts.update(force.explained.get("misuse", {}))
    return counts["full"] / counts.total() if counts else math.nan


def _per_hundred(pool: Pool, owner: Any, officers: Sequence[tuple[int, str]]) -> Interval:
    of = pool.owners(officers)
    total = pool.weights[:, owner].sum(axis=1)
    hits = pool.weights[:, of].sum(axis=1)
    none = np.full(len(total), math.nan)
    return Interval.of(100 * np.divide(hits, total, out=none, where=total > 0))


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits) if hits else math.nan


def _one(values: set[float]) -> str:
    return ", ".join(f"{value:g}" for value in sorted(values))


def _plain(value: Cell) -> Any:
    if isinstance(value, Interval):
        parts = (value.value, value.low, value.high)
        made = [None if math.isnan(part) else part for part in parts]
        return dict(zip(("value", "low", "high"), made, strict=True))
    return None if isinstance(value, float) and math.isnan(value) else value
