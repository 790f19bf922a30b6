"""What a screening says in figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from linkgraph.analyses.registry import catalogue

if TYPE_CHECKING:
    from linkgraph.api.times import Moment
    from linkgraph.api.workspace import Workspace

_LEVELS = ("full", "partial", "none")


def summary(
    workspace: Workspace, *, start: Moment | None = None, end: Moment | None = None, top: int = 10
) -> dict[str, Any]:
    """Look-ups by level, by analysis and by officer, and what was not run.

    `levels`: level, lookups.  `analyses`: analysis, role, lookups, title; 0 is a result.
    `officers`: the `top` (0: all) by unexplained look-ups that an indicator marks: officer,
    name, lookups, unexplained, marked.  `not_run`: analysis, needs.
    """
    screening = workspace.screen()
    since, until = workspace.period(start, end)
    lookups: Any = screening.lookups
    if since is not None:
        lookups = lookups.filter(lookups.at >= since)
    if until is not None:
        lookups = lookups.filter(lookups.at < until)
    counts = lookups.group_by("explanation_level").aggregate(n=lookups.count()).to_pandas()
    by_level = dict(zip(counts["explanation_level"], counts["n"], strict=True))
    headers = {h.id: h for h in catalogue(workspace.folder.analyses_path)}
    language = workspace.settings.language
    found = _found(screening, lookups)
    return {
        "levels": [{"level": name, "lookups": int(by_level.get(name, 0))} for name in _LEVELS],
        "analyses": [
            {
                "analysis": ran.analysis_id,
                "role": ran.role,
                "lookups": found.get(ran.analysis_id, 0),
                "title": headers[ran.analysis_id].title[language],
            }
            for ran in screening.ran
        ],
        "officers": _officers(workspace, screening, lookups, top),
        "not_run": [
            {"analysis": item.analysis_id, "needs": list(item.needs)} for item in screening.not_run
        ],
    }


def explained(workspace: Workspace) -> dict[str, Any]:
    """`lookups`, of which `full` and `partial` are explained, and `by`: explanation, lookups.

    `by` counts each fully explained look-up once, under the explanation that is shown for it.
    """
    lookups: Any = workspace.screen().lookups
    rows = lookups.group_by("explanation_level", "explanation_id").aggregate(n=lookups.count())
    frame = rows.to_pandas().sort_values(["n", "explanation_id"], ascending=[False, True])
    full = frame[frame["explanation_level"] == "full"]
    return {
        "lookups": int(frame["n"].sum()),
        "full": int(full["n"].sum()),
        "partial": int(frame.loc[frame["explanation_level"] == "partial", "n"].sum()),
        "by": [
            {"analysis": id_, "lookups": int(n)}
            for id_, n in zip(full["explanation_id"], full["n"], strict=True)
        ],
    }


def _found(screening: Any, lookups: Any) -> dict[str, int]:
    counted: dict[str, int] = {}
    for table, name in (
        (screening.explanations, "explanation_id"),
        (screening.indicators, "indicator_id"),
    ):
        rows = table.semi_join(lookups, "lookup_key")
        frame = rows.group_by(name).aggregate(n=rows.lookup_key.nunique()).to_pandas()
        counted |= {str(id_): int(n) for id_, n in zip(frame[name], frame["n"], strict=True)}
    return counted


def _officers(workspace: Workspace, screening: Any, lookups: Any, top: int) -> list[dict[str, Any]]:
    """Officers by their unexplained look-ups that carry an indicator."""
    import ibis

    against = [h.id for h in catalogue(workspace.folder.analyses_path) if h.against]
    indicators: Any = screening.indicators
    marks = (
        indicators.filter(~indicators.indicator_id.isin(against)).select("lookup_key").distinct()
    )
    marks = marks.mutate(marked=ibis.literal(1))
    rows = lookups.left_join(marks, "lookup_key")
    open_ = rows.explanation_level != "full"
    counts = rows.group_by("officer_key").aggregate(
        lookups=rows.count(),
        unexplained=open_.sum(),
        marked=(open_ & rows.marked.notnull()).sum(),
    )
    ids: Any = workspace.ledger.table("entities").select(officer_key="entity_key", officer="id")
    names: Any = workspace.ledger.table("officers").select("officer_id", "name")
    counts = counts.join(ids, "officer_key")
    counts = counts.left_join(names, counts.officer == names.officer_id)
    counts = counts.order_by(ibis.desc("marked"), ibis.desc("unexplained"), "officer")
    counts = counts.select("officer", "name", "lookups", "unexplained", "marked")
    frame = (counts.limit(top) if top else counts).to_pandas()
    return [
        {
            "officer": row.officer,
            "name": row.name if isinstance(row.name, str) else None,
            "lookups": int(row.lookups),
            "unexplained": int(row.unexplained),
            "marked": int(row.marked),
        }
        for row in frame.itertuples(index=False)
    ]
