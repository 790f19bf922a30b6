"""Exploring: paths, neighbourhoods, search, timelines, queries, views, reports, exports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linkgraph import inquiries
from linkgraph.api import entities, frames
from linkgraph.api.base import Base
from linkgraph.api.pages import Page
from linkgraph.api.times import Moment, moment, month
from linkgraph.errors import UsageError
from linkgraph.workspace import LANGUAGES, file_name

if TYPE_CHECKING:
    import pandas as pd

    from linkgraph.graph.store import Subgraph
    from linkgraph.inquiries import Inquiry
    from linkgraph.views.notebook import View

MAX_HOPS = 6
_PARALLEL = 50
SHOWN = 300
RESERVE = 1500
"""Nodes that a view carries beside those drawn at first."""


class Exploring(Base):
    """What an investigator does with the graph of an inquiry once it stands.

    Things are named `kind:id`, or by an id that only one kind has.
    """

    def path(
        self,
        a: str,
        b: str,
        *,
        inquiry: str,
        at: Moment | None = None,
        max_hops: int = MAX_HOPS,
        limit: int = 10,
    ) -> pd.DataFrame:
        """All shortest paths between two things, one row per tie; empty if there is none.

        With `at` every tie must hold then.  Columns: `path` and `step` from 1, `source`, `type`,
        `kind`, `target`, `start`, `end`, `tie_id`, `source_name`, `target_name`.
        """
        authorised = inquiries.require(self.folder, inquiry)
        ends = entities.resolve(self.ledger, a), entities.resolve(self.ledger, b)
        when = None if at is None else moment(at, self.settings.timezone, what="at")
        self.log("path", inquiry=inquiry, ids=list(ends))
        from linkgraph.api import graphs

        with graphs.opened(self, authorised) as graph:
            # Ties beside one another make paths of their own in a store, one path to a reader.
            most = limit * _PARALLEL
            found = graph.store.paths(*ends, max_hops=max_hops, limit=most, at=when)
        return frames.paths(found, self.settings.timezone, limit)

    def ego(self, ref: str, *, inquiry: str, hops: int = 1, limit: int = SHOWN) -> pd.DataFrame:
        """The ties among what lies within `hops` of a thing, the `limit` nearest nodes.

        Columns: `source`, `type`, `kind`, `target`, `start`, `end`, `tie_id`, `source_name`,
        `target_name`.
        """
        found, _ = self._around((ref,), inquiry, hops=hops, limit=limit, action="ego")
        frame = frames.ties(found.edges, self.settings.timezone)
        named = {node.ref: frames.name(node) for node in found.nodes}
        frame["source_name"] = frame["source"].map(named)
        frame["target_name"] = frame["target"].map(named)
        return frame

    def search(self, text: str, *, inquiry: str | None = None, limit: int = 50) -> pd.DataFrame:
        """Things whose id, name or text contains `text`: `ref`, `kind`, `id`, `name`.

        Without an inquiry, ids and the names of officers and units, from work tables alone.
        """
        import pandas as pd

        if not text.strip():
            raise UsageError("There is nothing to search for.", remedy="Give a part of a name.")
        if inquiry is None:
            self.log("search", text=text)
            rows = entities.matching(self.ledger, text.strip(), limit)
            return pd.DataFrame(rows, columns=["ref", "kind", "id", "name"])
        authorised = inquiries.require(self.folder, inquiry)
        self.log("search", inquiry=inquiry, text=text)
        from linkgraph.api import graphs

        with graphs.opened(self, authorised) as graph:
            return frames.nodes(graph.store.search(text, limit))

    def timeline(
        self,
        ref: str,
        *,
        inquiry: str | None = None,
        limit: int = 0,
    ) -> pd.DataFrame:
        """What happened around a thing, in order of time; see `timelines.timeline`.

        Work tables alone without an inquiry; with one, its ties as well.
        """
        from linkgraph.api import timelines

        authorised = inquiries.require(self.folder, inquiry) if inquiry else None
        found = entities.resolve(self.ledger, ref)
        self.log("timeline", inquiry=inquiry, id=found)
        frame = timelines.timeline(self, found, authorised)
        return frame.tail(limit).reset_index(drop=True) if limit else frame

    def query(
        self,
        name: str | None = None,
        *,
        inquiry: str,
        cypher: str | None = None,
        limit: int = 1000,
        seconds: float = 60.0,
        parameters: Mapping[str, Any] | None = None,
    ) -> pd.DataFrame:
        """The rows of a stored query (`cypher/explore`), or of a user's own that only reads.

        A user's query is cut at `limit` rows and stopped after `seconds`; StoreError if refused.
        """
        from linkgraph.api import graphs, queries

        if (name is None) == (cypher is None):
            raise UsageError("Name a stored query, or give one in Cypher.")
        authorised = inquiries.require(self.folder, inquiry)
        stored = None if name is None else queries.chosen(name, parameters or {})
        self.log("query", inquiry=inquiry, name=name, cypher=cypher, given=dict(parameters or {}))
        with graphs.opened(self, authorised) as graph:
            if stored is not None:
                return queries.run(graph.store, *stored, self.ledger.timezone)
            return graph.store.read(str(cypher), limit, seconds)

    def view(
        self,
        ref: str | None = None,
        *,
        inquiry: str,
        lead: str | None = None,
        language: str | None = None,
        hops: int = 2,
        limit: int = SHOWN,
    ) -> View:
        """An interactive view around a thing or of a lead; shows itself in a notebook's cell.

        Draws `limit` nodes at first and carries up to 1,500 more to expand.
        """
        from linkgraph.api import viewing

        if (ref is None) == (lead is None):
            raise UsageError("Name what to view, or a lead.")
        spoken = self._language(language)
        if lead is not None:
            return viewing.of_lead(self, lead, inquiry, spoken)
        found, authorised = self._around(
            (str(ref),), inquiry, hops=hops, limit=max(RESERVE, limit), action="view"
        )
        focus = entities.resolve(self.ledger, str(ref))
        return viewing.drawn(self, found, authorised, (focus,), spoken, limit=limit)

    def report(
        self,
        kind: str,
        ref: str,
        *,
        inquiry: str | None = None,
        language: str | None = None,
        format: str = "html",  # noqa: A002  the field's word
        redact: bool = False,
        casefile: str = "",
    ) -> Page:
        """The report on one of `reports.KINDS`, or on a case file.

        With an inquiry its leads and names are in it; a lead's report needs one, and that of a
        case file takes its own.  A brief's `ref` is its period: a month, a year or `all`; no name
        is in it either way.  With `redact` pseudonyms stand for whoever and whatever could be
        recognised: those of `casefile`, else of the inquiry.
        """
        from linkgraph.api import reporting

        if kind == "casefile":
            from linkgraph import casefiles

            inquiry, casefile = casefiles.read(self.folder, ref).inquiry or None, ref
        authorised = inquiries.require(self.folder, inquiry) if inquiry else None
        if kind == "lead" and authorised is None:
            inquiries.require(self.folder, inquiry)
        if kind in entities.KINDS:
            ref = entities.resolve(self.ledger, ref, (kind,)).partition(":")[2]
        if kind == "brief" and "/" in ref:
            ref = month(ref)
        self.log("report", inquiry=inquiry, kind=kind, id=ref, redacted=redact or None)
        return reporting.report(
            self,
            kind,
            ref,
            authorised,
            self._language(language),
            format,
            redact=redact,
            scope=casefile,
        )

    def document_fonts(self) -> tuple[str, ...]:
        """The fonts that the settings name for documents."""
        from linkgraph.api import reporting

        return reporting.fonts(self)

    def export_graph(self, format_: str, path: str | Path, *, inquiry: str) -> list[Path]:
        """Write the inquiry's graph as `graphml`, or into a folder as `csv` or `parquet` tables,
        or as files for Neo4j's importer (`neo4j`)."""
        from linkgraph.api import graphs
        from linkgraph.export import write_graph

        authorised = inquiries.require(self.folder, inquiry)
        target = Path(path)
        self.log("export", inquiry=inquiry, what=format_, file=str(target.resolve()))
        return write_graph(graphs.projected(self, authorised), format_, target)

    def export_lookups(
        self,
        path: str | Path,
        *,
        start: Moment | None = None,
        end: Moment | None = None,
    ) -> Path:
        """Write one row per look-up to a `.csv` or `.parquet` file; work tables alone."""
        from linkgraph.export import write_lookups

        target = Path(path)
        rows = self.lookup_table(start=start, end=end)  # type: ignore[attr-defined]
        self.log("export", what="lookups", file=str(target.resolve()))
        return write_lookups(rows, target)

    def names(self, refs: Iterable[str], *, private: bool) -> dict[str, str]:
        """Names of things by `kind:id`; of persons, organisations, addresses only if `private`.

        For what a caller shows that has passed the gate already.
        """
        return entities.names(self.ledger, refs, private=private)

    def report_file(self, kind: str, ref: str, inquiry: str | None, format_: str) -> Path:
        """Where a report goes when nobody says."""
        return self.folder.reports_path(inquiry) / f"{file_name(kind, ref)}.{format_}"

    def view_file(self, ref: str, inquiry: str) -> Path:
        """Where a view goes when nobody says."""
        return self.folder.views_path(inquiry) / f"{file_name(*ref.split(':', 1))}.html"

    def wrote(self, path: Path, inquiry: str | None) -> None:
        """Log that something was written to a file, so that a purge can name every copy."""
        self.log("write", inquiry=inquiry, file=str(path.resolve()))

    def _around(
        self, ids: Sequence[str], inquiry: str, *, hops: int, limit: int, action: str
    ) -> tuple[Subgraph, Inquiry]:
        from linkgraph.api import graphs

        authorised = inquiries.require(self.folder, inquiry)
        refs = tuple(entities.resolve(self.ledger, id_) for id_ in ids)
        self.log(action, inquiry=inquiry, ids=list(refs))
        with graphs.opened(self, authorised) as graph:
            return graph.store.neighbourhood(refs, hops=hops, limit=limit), authorised

    def _language(self, given: str | None) -> str:
        language = given or self.settings.language
        if language not in LANGUAGES:
            raise UsageError(
                f"There is no language {language!r}.", remedy=f"Languages: {', '.join(LANGUAGES)}."
            )
        return language
