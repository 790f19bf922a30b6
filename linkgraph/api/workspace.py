"""The workspace: every step from source files to leads, each done once for the same input."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linkgraph import inquiries
from linkgraph.api import entities, times
from linkgraph.api.auditing import Auditing
from linkgraph.api.casework import CaseWork
from linkgraph.api.times import Moment
from linkgraph.errors import InquiryError, UsageError
from linkgraph.inquiries import ALL_TIES, Inquiry
from linkgraph.model.graph import TIE_KINDS

if TYPE_CHECKING:
    import pandas as pd

    from linkgraph.ledger.report import LoadReport
    from linkgraph.screen import Screening

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done and how much there is."""


class Workspace(CaseWork, Auditing):
    """One team's settings, ledger, screenings, inquiries and graphs, in one folder.

    Results are pandas frames.  The ledger is opened once and kept until the next `load`;
    screening, graph and leads are made when first asked for and kept on disk by what they were
    made from.  Private ties need the id of an inquiry that holds, and every use of one is in
    the activity log under the name of the operating system's user or `LINKGRAPH_USER`.
    """

    # ---- data ------------------------------------------------------------------------

    def load(
        self,
        *sources: str | Path,
        mapping: str | Path | None = None,
        progress: Progress | None = None,
    ) -> LoadReport:
        """Load files and folders into the ledger, as canonical tables or through a mapping.

        All or nothing; a file that is known changes nothing.  Raises SourceError, MappingError
        or LedgerError and leaves the ledger as it was.
        """
        from linkgraph.ledger.load import load

        if not sources:
            raise UsageError("There is nothing to load.", remedy="Name files or folders.")
        paths = [Path(source) for source in sources]
        chosen = None if mapping is None else Path(mapping)
        with self.folder.exclusive("load"):
            self.log(
                "load",
                sources=[str(path) for path in paths],
                mapping=None if chosen is None else str(chosen),
            )
            self._forget()
            return load(
                self.folder.ledger_path,
                paths,
                mapping=chosen,
                timezone=self.settings.timezone,
                progress=progress,
            )

    def screen(self, *, progress: Progress | None = None) -> Screening:
        """Screen every look-up on work tables alone; one made from the same input is opened."""
        return self.screening(progress)

    def lookups(
        self,
        *,
        start: Moment | None = None,
        end: Moment | None = None,
        officer: str | None = None,
    ) -> pd.DataFrame:
        """One row per look-up, with what screening says of it; see `screen/export.py`.

        Narrowed to `[start, end)` and to one officer if given.  Work tables alone.
        """
        frame: pd.DataFrame = self.lookup_table(start=start, end=end, officer=officer).to_pandas()
        return frame

    def lookup_table(
        self,
        *,
        start: Moment | None = None,
        end: Moment | None = None,
        officer: str | None = None,
    ) -> Any:
        """What `lookups` gives, as an Ibis table that has not been read yet."""
        from linkgraph.screen.export import lookup_table

        rows = lookup_table(self.ledger, self.screening())
        since, until = self.period(start, end)
        form = "%Y-%m-%dT%H:%M:%S"
        if since is not None:
            rows = rows.filter(rows.at >= times.local(since, self.ledger.timezone).strftime(form))
        if until is not None:
            rows = rows.filter(rows.at < times.local(until, self.ledger.timezone).strftime(form))
        if officer is not None:
            rows = rows.filter(rows.officer_id == officer)
        return rows

    # ---- inquiries -------------------------------------------------------------------

    def open_inquiry(
        self,
        inquiry_id: str,
        *,
        opened_by: str,
        authorised_by: str,
        ground: str,
        document: str,
        start: Moment,
        end: Moment,
        until: Moment,
        officers: Sequence[str] = (),
        units: Sequence[str] = (),
        all_officers: bool = False,
        ties: Sequence[str] = (ALL_TIES,),
        k: int = 2,
        warrants: Sequence[str] = (),
    ) -> Inquiry:
        """Put an inquiry on record; InquiryError names the rule that it breaks.

        Officers and units must be in the ledger if there is one.  `ties` may also name kinds of
        association that the data have.
        """
        zone = self.settings.timezone
        inquiry = Inquiry(
            id=inquiry_id,
            opened_by=opened_by,
            authorised_by=authorised_by,
            ground=ground,
            document=document,
            officers=tuple(sorted(set(officers))),
            all_officers=all_officers,
            units=tuple(sorted(set(units))),
            start=times.moment(start, zone, what="from"),
            end=times.moment(end, zone, what="to", end=True),
            ties=tuple(dict.fromkeys(ties)),
            k=k,
            until=times.last_moment(until, zone, what="until"),
            opened_at=time.time_ns() // 1000,
            warrants=tuple(dict.fromkeys(warrants)),
        )
        known_ties: set[str] = set(TIE_KINDS)
        if self.loaded:
            self._must_be_known("officer", inquiry.officers)
            self._must_be_known("unit", inquiry.units)
            if not set(inquiry.ties) <= {ALL_TIES, *known_ties}:
                known_ties |= self._association_kinds()
        return inquiries.open_inquiry(self.folder, inquiry, known_ties=known_ties)

    def inquiry(self, inquiry: str) -> dict[str, Any]:
        """One inquiry: its fields, times in ISO 8601, and `state` at this moment."""
        return self._described(inquiries.read(self.folder, inquiry))

    def inquiries(self) -> pd.DataFrame:
        """One row per inquiry: its fields, times in ISO 8601, and `state` at this moment."""
        import pandas as pd

        rows = [self._described(inquiry) for inquiry in inquiries.listed(self.folder)]
        return pd.DataFrame(rows)

    # ---- leads -----------------------------------------------------------------------

    def analyse(
        self,
        inquiry: str,
        *,
        start: Moment | None = None,
        end: Moment | None = None,
        officers: Sequence[str] = (),
        store: str | None = None,
        progress: Progress | None = None,
    ) -> pd.DataFrame:
        """Build the inquiry's graph, run its analyses, rank and keep the leads; see `leads`.

        The period and the officers may be narrower than the inquiry's, never wider.
        """
        since, until = self.period(start, end)
        self._must_be_known("officer", officers)
        authorised = inquiries.require(self.folder, inquiry)
        self.log(
            "analyse",
            inquiry=inquiry,
            start=times.iso(since, self.settings.timezone),
            end=times.iso(until, self.settings.timezone),
            officers=list(officers) or None,
        )
        from linkgraph.api import leading

        with self.folder.exclusive(f"analyse {inquiry}"):
            leading.analyse(
                self,
                authorised,
                start=since,
                end=until,
                officers=tuple(sorted(set(officers))),
                store=store,
                progress=progress,
            )
        return self._leads_frame(inquiry)

    def leads(self, inquiry: str | None = None, *, top: int = 0) -> pd.DataFrame:
        """One row per lead in rank order, the first `top` (0: all); see `frames.leads`.

        Without an inquiry, the leads that the work tables alone show.
        Raises WorkspaceError when the inquiry was not analysed, or not since the last load.
        """
        return self._leads_frame(inquiry, top)

    def lead_objects(self, inquiry: str) -> list[dict[str, Any]]:
        """The leads as the JSON objects of `leads.json`, in rank order."""
        from linkgraph.api import leading

        inquiries.require(self.folder, inquiry)
        self.log("leads", inquiry=inquiry)
        found: list[dict[str, Any]] = leading.read(self, inquiry)["leads"]
        return found

    def kept_leads(self, inquiry: str) -> dict[str, Any]:
        """Everything that `analyse` kept: the leads, what was not run, what was left out."""
        from linkgraph.api import leading

        inquiries.require(self.folder, inquiry)
        self.log("leads", inquiry=inquiry)
        return leading.read(self, inquiry)

    def screen_leads(self) -> list[dict[str, Any]]:
        """Leads by screen evidence alone, as JSON objects: work tables, no inquiry needed."""
        from linkgraph.api import leading

        self.log("leads")
        found: list[dict[str, Any]] = leading.from_screening(self).to_json()["leads"]
        return found

    def explained(self) -> dict[str, Any]:
        """How many look-ups a record explains, in full and in part, and by what."""
        from linkgraph.api import screened

        return screened.explained(self)

    def lead(self, lead: str, inquiry: str, *, explain: bool = False) -> dict[str, Any]:
        """One lead by its id or its rank, as JSON object; UsageError if there is none.

        With `explain`, its `derivation` too: of each step of the waterfall the counts and the
        formulas, numbers put in (`leads/lead.py`, `Term`).
        """
        from linkgraph.api import leading

        inquiries.require(self.folder, inquiry)
        self.log("lead", inquiry=inquiry, id=lead)
        found = leading.one(self, inquiry, lead)
        if not explain:
            return found
        return found | {"derivation": leading.derivation(self, inquiry, str(found["lead_id"]))}

    def screen_lead(self, lead: str, *, explain: bool = False) -> dict[str, Any]:
        """One lead of `screen_leads`, like `lead`: work tables, no inquiry needed."""
        from linkgraph.api import leading

        self.log("lead", id=lead)
        return leading.one_from_screening(self, lead, explain=explain)

    def rows(
        self, analysis_id: str, *, inquiry: str | None = None, **parameters: int | float | str
    ) -> pd.DataFrame:
        """The rows of one analysis in the result schema (`analyses/results.py`).

        A screen analysis needs no inquiry; with one, its officers and period alone are given.
        A graph analysis needs one.  `parameters` are put in place of the analysis's own.
        """
        from linkgraph.api import analysing

        authorised = inquiries.require(self.folder, inquiry) if inquiry else None
        if authorised is None and analysing.needs_inquiry(self, analysis_id):
            inquiries.require(self.folder, inquiry)
        self.log("rows", inquiry=inquiry, analysis=analysis_id, **parameters)
        return analysing.rows(self, analysis_id, authorised, parameters)

    def scorecard(self) -> pd.DataFrame:
        """One row per indicator: how it fires, what was explained away, what reviews confirmed.

        Columns as in `leads/scorecard.py`, `Score`; work tables alone.
        """
        import pandas as pd

        return pd.DataFrame(self.scored()["indicators"])

    def scored(self, *, inquiry: str | None = None) -> dict[str, Any]:
        """The rule scorecard as JSON object: its indicators, and what was not run.

        With an inquiry, `forms` too: π of each kind of set as its leads used it, with counts.
        """
        from linkgraph.api import leading

        if inquiry is not None:
            inquiries.require(self.folder, inquiry)
        self.log("scorecard", inquiry=inquiry)
        return leading.scorecard(self, inquiry)

    def trace(self, kind: str, ref: str, *, inquiry: str | None = None) -> pd.DataFrame:
        """Who looked up the subject of a complaint, or a person, vehicle or phone, and why.

        One row per look-up, unexplained first; columns as the JSON of `traced`.  Without an
        inquiry the subject alone; with one, its household and their vehicles too.
        """
        import pandas as pd

        return pd.DataFrame(self.traced(kind, ref, inquiry=inquiry)["lookups"])

    def traced(self, kind: str, ref: str, *, inquiry: str | None = None) -> dict[str, Any]:
        """The whole trace as JSON object: its look-ups, who may have asked, what is missing."""
        from linkgraph.api import tracing

        authorised = inquiries.require(self.folder, inquiry) if inquiry else None
        self.log("trace", inquiry=inquiry, kind=kind, id=ref)
        return tracing.trace(self, kind, ref, authorised)

    def worklist_proxy(self, month: str | None = None) -> pd.DataFrame:
        """Proxy look-ups that a record contradicts, most contradictions first; work tables alone.

        One row per call; `month` is `2024-07`, None is all months.
        """
        import pandas as pd

        return pd.DataFrame(self.worklisted(month)["items"])

    def worklist_purpose(self, month: str | None = None) -> pd.DataFrame:
        """Purposes that a record contradicts or that say nothing, worst first; work tables alone.

        One row per officer and kind; columns as the JSON of `worklisted`.
        """
        import pandas as pd

        return pd.DataFrame(self.worklisted(month, kind="purpose")["items"])

    def worklist_rights(self, month: str | None = None) -> pd.DataFrame:
        """Rights to withdraw or to look into, worst first, as of the end of the month or log.

        One row per account, system and kind; columns as the JSON of `worklisted`.
        """
        import pandas as pd

        return pd.DataFrame(self.worklisted(month, kind="rights")["items"])

    def worklisted(self, month: str | None = None, *, kind: str = "proxy") -> dict[str, Any]:
        """A whole worklist (`proxy`, `purpose` or `rights`) as JSON object.

        Its items, what they were drawn from, and what is missing.
        """
        from linkgraph.api import tracing

        self.log("worklist", kind=kind, month=month)
        return tracing.worklist(self, kind, month)

    # ---- what the above need ---------------------------------------------------------

    def titles(self, language: str) -> dict[str, str]:
        """The titles of all analyses by id."""
        from linkgraph.analyses.registry import catalogue

        return {h.id: h.title[language] for h in catalogue(self.folder.analyses_path)}

    def tie_words(self, ties: Iterable[str], language: str) -> dict[str, str]:
        """Words for the ties of a path (`TYPE:tie_id`) that reports have words for."""
        from linkgraph.reports.words import Words

        words = Words(language)
        said = {tie: f"tie.{tie.partition(':')[0]}" for tie in map(str, ties)}
        return {tie: words.value(key) for tie, key in said.items() if words.value(key) != key}

    def _described(self, inquiry: Inquiry) -> dict[str, Any]:
        zone = self.settings.timezone
        moments = ("start", "end", "until", "opened_at", "closed_at")
        return (
            inquiry.as_json()
            | {"state": inquiry.state(time.time_ns() // 1000)}
            | {name: times.iso(getattr(inquiry, name), zone) for name in moments}
        )

    def _leads_frame(self, inquiry: str | None, top: int = 0) -> pd.DataFrame:
        from linkgraph.api import frames

        listed = self.lead_objects(inquiry) if inquiry else self.screen_leads()
        return frames.leads(listed[:top] if top else listed)

    def period(self, start: Moment | None, end: Moment | None) -> tuple[int | None, int | None]:
        """`[start, end)` in µs UTC, None where open; UsageError if it ends before it begins."""
        zone = self.settings.timezone
        since = None if start is None else times.moment(start, zone, what="from")
        until = None if end is None else times.moment(end, zone, what="to", end=True)
        if since is not None and until is not None and since >= until:
            raise UsageError(
                "The period ends before it begins.", remedy="Give the earlier day first."
            )
        return since, until

    def _must_be_known(self, kind: str, ids: Sequence[str]) -> None:
        for id_ in ids:
            try:
                entities.resolve(self.ledger, f"{kind}:{id_}")
            except UsageError as problem:
                raise InquiryError(
                    f"There is no {kind} {id_!r} in the ledger.", remedy=problem.remedy
                ) from problem

    def _association_kinds(self) -> set[str]:
        kinds: Any = self.ledger.table("associations").select("kind").distinct()
        return {str(kind) for kind in kinds.to_pandas()["kind"].dropna()}
