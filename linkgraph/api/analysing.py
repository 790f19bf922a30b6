"""One analysis at a time, whichever kind it is, in the result schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from linkgraph.analyses.registry import Analysis, find
from linkgraph.analyses.results import RESULT_COLUMNS
from linkgraph.errors import AnalysisError

if TYPE_CHECKING:
    import pandas as pd

    from linkgraph.api.base import Base
    from linkgraph.inquiries import Inquiry

Given = Mapping[str, int | float | str]


def needs_inquiry(workspace: Base, analysis_id: str) -> bool:
    """Whether the analysis reads private ties; AnalysisError if there is none of that id."""
    return find(analysis_id, workspace.folder.analyses_path).kind != "screen"


def rows(workspace: Base, analysis_id: str, inquiry: Inquiry | None, given: Given) -> pd.DataFrame:
    """The rows of the analysis; see `Workspace.rows`.

    Raises AnalysisError for a parameter it does not have, or when tables are missing.
    """
    analysis = find(analysis_id, workspace.folder.analyses_path)
    if analysis.kind == "screen":
        return _screen_rows(workspace, analysis, inquiry, given)
    assert inquiry is not None
    from linkgraph.api import graphs
    from linkgraph.graph.runner import run

    with graphs.opened(workspace, inquiry) as graph:
        return run(
            analysis_id,
            graph.store,
            workspace.ledger,
            workspace.screening(),
            inquiry,
            {**workspace.settings.parameters.get(analysis_id, {}), **given},
            folder=workspace.folder.analyses_path,
        )


def _screen_rows(
    workspace: Base, analysis: Analysis, inquiry: Inquiry | None, given: Given
) -> pd.DataFrame:
    """Rows of an explanation or indicator, as the screening has them."""
    if given:
        raise AnalysisError(
            f"Parameters of the screen analysis {analysis.name!r} are settings of the workspace.",
            remedy=f"Write them under [parameters.{analysis.name}] in linkgraph.toml.",
        )
    screening = workspace.screening()
    missing = {item.analysis_id: item.needs for item in screening.not_run}
    if analysis.name in missing:
        raise AnalysisError(
            f"Analysis {analysis.name!r} was not run: needs {', '.join(missing[analysis.name])}.",
            remedy="Load those tables.",
        )
    explains = analysis.header.role.value == "explanation"
    table: Any = screening.explanations if explains else screening.indicators
    name = table.explanation_id if explains else table.indicator_id
    table = table.filter(name == analysis.name)
    return _in_schema(workspace, analysis, table, inquiry, explains=explains)


def _in_schema(
    workspace: Base, analysis: Analysis, table: Any, inquiry: Inquiry | None, *, explains: bool
) -> pd.DataFrame:
    import ibis
    import pandas as pd

    ledger = workspace.ledger
    columns = ["lookup_key", "lookup_id", "officer_id", "at", "subject_kind", "subject_id"]
    lookups = ledger.table("lookups").select(*columns)
    entities: Any = ledger.table("entities")
    found = table.join(lookups, "lookup_key")
    if inquiry is not None:
        found = found.filter((found.at >= inquiry.start) & (found.at < inquiry.end))
    if explains:
        about = entities.select(about_key="entity_key", about_kind="kind", about_id="id")
        found = found.left_join(about, found.subject_key == about.about_key)
        found = found.mutate(
            subject_kind=ibis.coalesce(found.about_kind, found.subject_kind),
            subject_id=ibis.coalesce(found.about_id, found.subject_id),
            measure=ibis.null("float64"),
            requester_id=ibis.null("string"),
        )
    else:
        asked = entities.filter(entities.kind == "officer").select(
            asked_key="entity_key", requester_id="id"
        )
        found = found.left_join(asked, found.requester_key == asked.asked_key)
        found = found.mutate(level=ibis.literal(""))
    wanted = ["officer_id", "requester_id", "subject_kind", "subject_id", "lookup_id", "level"]
    frame = found.select(*wanted, "measure", "record_table", "record_row_id").to_pandas()
    if inquiry is not None and not inquiry.all_officers:
        from linkgraph.api.leading import covered

        officers = covered(workspace, inquiry, tuple(sorted(set(frame["officer_id"].dropna()))))
        frame = frame[frame["officer_id"].isin(officers)]
    frame = frame.sort_values(
        [*wanted, "measure", "record_table", "record_row_id"], ignore_index=True
    )
    result: Any = pd.DataFrame(index=frame.index)
    for column in RESULT_COLUMNS:
        result[column] = frame.get(column)
    result["analysis_id"] = analysis.name
    result["evidence"] = [
        [{"table": record, "row_id": row_id}] if isinstance(record, str) and record else []
        for record, row_id in zip(frame["record_table"], frame["record_row_id"], strict=True)
    ]
    result["path"] = [[] for _ in range(len(result))]
    frame_: pd.DataFrame = result
    return frame_
