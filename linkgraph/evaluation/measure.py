"""Measure one force: its leads, doors, explanations and baselines, against its truth."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from linkgraph.evaluation.baselines import baselines
from linkgraph.evaluation.drawn_hubs import drawn_hubs
from linkgraph.evaluation.figures import OURS, Episode, Figures
from linkgraph.evaluation.judge import Truth, judge
from linkgraph.evaluation.people import people
from linkgraph.evaluation.traces import traces
from linkgraph.leads.pairs import Pairs, memtable, pairs_in

if TYPE_CHECKING:
    from linkgraph.api import Workspace
    from linkgraph.inquiries import Inquiry

Progress = Callable[[str, int, int], None]
LEAST_DEPTH = 1000
LEVELS = ("full", "partial", "none")


def measure(
    workspace: Workspace,
    inquiry: Inquiry,
    truth_folder: Path,
    *,
    plan: Mapping[str, Any],
    name: str,
    ablate: bool = False,
    progress: Progress | None = None,
) -> Figures:
    """Figures of a loaded and screened force whose period the inquiry covers.

    `plan`: officers, months and rate of the simulation.  With `ablate`, the method is run again
    without each of its parts (`leads/method.py`).
    """
    truth = Truth.read(truth_folder)
    ledger, screening = workspace.ledger, workspace.screening(progress)
    leads = _leads(workspace, inquiry, ablate=ablate, progress=progress)
    pairs = pairs_in(ledger, screening, inquiry)
    depth = max(LEAST_DEPTH, 2 * len(truth.episodes))
    if progress is not None:
        progress("baselines", 0, 1)
    simple = baselines(ledger, screening, pairs, inquiry, depth=depth)
    found = traces(ledger, pairs, truth)
    ours = leads[OURS]
    rankings = {method: judge(truth, made) for method, made in (leads | simple.ranked).items()}
    return Figures(
        force=name,
        officers=int(plan["officers"]),
        months=float(plan["months"]),
        rate=plan.get("rate"),
        lookups=ledger.rows("lookups"),
        misuse=len(truth.misuse),
        episodes=tuple(
            Episode(
                id_,
                row["scenario"],
                row["officer_id"],
                truth.asked_by_another(id_),
                sum(m["episode_id"] == id_ for m in truth.misuse.values()),
                found[id_],
            )
            for id_, row in truth.episodes.items()
        ),
        rankings={method: tuple(made) for method, made in rankings.items()},
        features=tuple(features(lead) for lead in ours),
        hubs=tuple(
            (lead["check"]["p_value"], lead["check"]["q_value"])
            for lead in ours
            if lead["kind"] == "hub" and lead["check"]
        ),
        drawn=drawn_hubs(ledger, screening, pairs, inquiry),
        explained=_explained(workspace, pairs, truth),
        traced=tuple(_traced(workspace, inquiry, truth)),
        listed=tuple(_listed(workspace, truth)),
        people=people(ledger, min(inquiry.end, _last(pairs)) - 1),
        not_run=simple.not_run,
    )


def _leads(
    workspace: Workspace, inquiry: Inquiry, *, ablate: bool, progress: Progress | None
) -> dict[str, list[dict[str, Any]]]:
    """The method's leads as a user gets them, and those without each part if asked for."""
    from linkgraph.api import graphs
    from linkgraph.graph.runner import hits, nearby
    from linkgraph.leads.find import find_leads
    from linkgraph.leads.method import ABLATIONS

    workspace.analyse(inquiry.id, progress=progress)
    made = {OURS: workspace.lead_objects(inquiry.id)}
    if not ablate:
        return made
    ledger, screening, settings = workspace.ledger, workspace.screening(), workspace.settings
    with graphs.opened(workspace, inquiry, progress=progress) as graph:
        found = hits(graph.store, ledger, screening, inquiry, settings.parameters)
    near = nearby(ledger, inquiry, settings.parameters)
    for step, (name, method) in enumerate(ABLATIONS.items()):
        if progress is not None:
            progress(name, step, len(ABLATIONS))
        leads = find_leads(ledger, screening, found, inquiry, settings, near=near, method=method)
        made[name] = leads.to_json()["leads"]
    return made


def features(lead: Mapping[str, Any]) -> dict[str, float]:
    """A lead in numbers, for the learned ceiling: nothing but what the lead itself shows."""
    steps = lead["waterfall"]
    made: dict[str, float] = {
        "bits": lead["bits"],
        "lookups": len(lead["lookup_ids"]),
        "subjects": len(lead["subjects"]),
        "requester": float(bool(lead["requester_id"])),
        "mitigating": len(lead["mitigating"]),
        f"kind:{lead['kind']}": 1.0,
    }
    for step in steps:
        whole = step["id"].partition(":")[0]
        made[f"bits:{whole}"] = made.get(f"bits:{whole}", 0.0) + step["bits"]
        if whole == "subject":
            made["largest"] = max(made.get("largest", 0.0), step["bits"])
        elif whole == "search_charge":
            made["searched"] = float(step["measure"] or 0)
    for tried in lead["explanations"]:
        key = f"{tried['outcome']}:{tried['id']}"
        made[key] = float(len(tried["lookup_ids"]))
    return made


def _explained(workspace: Workspace, pairs: Pairs, truth: Truth) -> dict[str, dict[str, int]]:
    """Look-ups by level: all, first of an officer and a subject, misuse."""
    lookups: Any = workspace.screening().lookups
    marked = memtable(pd.DataFrame({"lookup_id": pd.Series(list(truth.misuse), dtype=object)}))
    asked = pairs.asked.select("officer_key", "target_key", "at", "level")
    whole = asked.group_by("officer_key", "target_key")
    first = whole.mutate(first_at=asked.at.min())
    first = first.filter(first.at == first.first_at)
    return {
        "all": _levels(lookups.select(level=lookups.explanation_level)),
        "first": _levels(first),
        "misuse": _levels(lookups.semi_join(marked, "lookup_id").select(level="explanation_level")),
    }


def _levels(rows: Any) -> dict[str, int]:
    counted = rows.group_by("level").aggregate(n=rows.count()).to_pandas()
    by = dict(zip(counted["level"], counted["n"], strict=True))
    return {level: int(by.get(level, 0)) for level in LEVELS}


def _traced(workspace: Workspace, inquiry: Inquiry, truth: Truth) -> list[dict[str, Any]]:
    """For each complaint about misuse: where the misuse stands in its trace, and who is named."""
    made = []
    for id_, row in truth.episodes.items():
        if not row.get("complaint_id"):
            continue
        listed = workspace.traced("complaint", row["complaint_id"], inquiry=inquiry.id)["lookups"]
        rank, named = 0, []
        for place, item in enumerate(listed, 1):
            marked = truth.misuse.get(item["lookup_id"])
            if marked is not None and marked["episode_id"] == id_:
                rank = place
                named = [asker["officer_id"] for asker in item["may_have_asked"]]
                break
        asked = truth.asked_by_another(id_)
        made.append(
            {
                "episode": id_,
                "scenario": row["scenario"],
                "officer": row["officer_id"],
                "rank": rank,
                "of": len(listed),
                "asked": named.index(asked) + 1 if asked in named else 0,
            }
        )
    return made


def _listed(workspace: Workspace, truth: Truth) -> list[dict[str, Any]]:
    """For each episode: the best place of its look-ups in their month's proxy worklist."""
    best: dict[str, tuple[int, int]] = {}
    months = sorted({row["first_at"][:7] for row in truth.episodes.values() if "first_at" in row})
    for month in months:
        items: Sequence[Mapping[str, Any]] = workspace.worklisted(month)["items"]
        for place, item in enumerate(items, 1):
            for id_ in item["lookup_ids"]:
                episode = truth.misuse.get(id_, {}).get("episode_id", "")
                if episode and place < best.get(episode, (10**9, 0))[0]:
                    best[episode] = (place, len(items))
    return [
        {
            "episode": id_,
            "scenario": row["scenario"],
            "officer": row["officer_id"],
            "rank": best.get(id_, (0, 0))[0],
            "of": best.get(id_, (0, 0))[1],
        }
        for id_, row in truth.episodes.items()
    ]


def _last(pairs: Pairs) -> int:
    (row,) = pairs.asked.aggregate(last=pairs.asked.at.max()).to_pyarrow().to_pylist()
    return int(row["last"] or 1)
