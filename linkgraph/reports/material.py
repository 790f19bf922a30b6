"""What reports read: look-ups with their source rows, names, explanations, indicators.

Frames are small: one report's officer, subject or lead, never the whole log.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from linkgraph.analyses.registry import catalogue
from linkgraph.leads import phrases
from linkgraph.reports.words import Words

if TYPE_CHECKING:
    from pathlib import Path

    import ibis.expr.types as ir

    from linkgraph.casefiles.pseudonyms import Pseudonyms
    from linkgraph.inquiries import Inquiry
    from linkgraph.ledger import Ledger
    from linkgraph.screen import Screening

NAMES = {
    "officer": ("officers", "officer_id", "name"),
    "person": ("persons", "person_id", "name"),
    "organisation": ("organisations", "organisation_id", "name"),
    "unit": ("units", "unit_id", "name"),
    "address": ("addresses", "address_id", "text"),
}
"""Where the name of an entity stands: table, id column, name column."""

LOOKUP_COLUMNS = (
    "lookup_key",
    "lookup_id",
    "at",
    "at_local",
    "officer_key",
    "officer_id",
    "system",
    "subject_kind",
    "subject_id",
    "subject_key",
    "query_text",
    "purpose",
    "case_id",
    "requester_id",
    "channel",
    "output",
    "source_file",
    "source_row",
)


@dataclass(frozen=True)
class Material:
    """Everything a report may draw on.

    `leads` are the JSON objects of the inquiry's leads, in rank order; `inquiry` is None where
    only work tables may be used, and then no private table is read.  `analysed`: whether leads
    were looked for at all, so that none of them means something.  `folder` holds the workspace's
    own analyses, for their titles.
    """

    ledger: Ledger
    screening: Screening
    leads: Sequence[Mapping[str, Any]]
    inquiry: Inquiry | None
    words: Words
    chain_head: str
    version: str
    analysed: bool = True
    pseudonyms: Pseudonyms | None = None
    folder: Path | None = None

    def name(self, kind: str, id_: str) -> str:
        """`name (id)` where a name may be shown and is known, else the id.

        In redacted reports a pseudonym, whatever is known.
        """
        if self.pseudonyms is not None:
            return self.pseudonyms.of(kind, id_)
        if kind in ("person", "organisation", "address") and self.inquiry is None:
            return id_
        if kind not in NAMES:
            return id_
        found = self._names(kind).get(id_)
        return f"{found} ({id_})" if found else id_

    def title(self, id_: str) -> str:
        """The title of an analysis, or the phrase for another step of a waterfall."""
        header = self._titles.get(id_)
        return header if header is not None else phrases.text(id_, self.words.language)

    def officer_lookups(self, officer_id: str) -> pd.DataFrame:
        """Every look-up of the officer's accounts, in order of time; see `lookups`."""
        table = self.ledger.table("lookups")
        return self.lookups(table.filter(table.officer_id == officer_id))

    def subject_lookups(self, kind: str, ids: Collection[str]) -> pd.DataFrame:
        """Every look-up about the entities, those that returned several subjects included."""
        entities, about = self.ledger.table("entities"), self.ledger.table("subjects")
        keys = entities.filter((entities.kind == kind) & entities.id.isin(sorted(ids)))
        hits = about.semi_join(keys, about.subject_key == keys.entity_key)
        table = self.ledger.table("lookups")
        return self.lookups(table.semi_join(hits, "lookup_key"))

    def chosen_lookups(self, lookup_ids: Collection[str]) -> pd.DataFrame:
        """The look-ups with these ids; see `lookups`."""
        table = self.ledger.table("lookups")
        return self.lookups(table.filter(table.lookup_id.isin(sorted(lookup_ids))))

    def lookups(self, table: ir.Table) -> pd.DataFrame:
        """The look-ups in `table` with what screening says of them.

        Columns: `LOOKUP_COLUMNS` (`at` int64 µs UTC, `at_local` naive local time),
        `duty_status`, `explanation_level` (`full`, `partial`, `none`), `explanation_id` and
        `indicators` (list of analysis ids, sorted).  Ordered by time, then id.
        """
        screened = self.screening.lookups.select(
            "lookup_key", "duty_status", "explanation_level", "explanation_id"
        )
        frame: pd.DataFrame = (
            table.select(*LOOKUP_COLUMNS).left_join(screened, "lookup_key").to_pandas()
        )
        frame = frame.sort_values(["at", "lookup_id"], ignore_index=True)
        fired = self.screening.indicators
        fired = fired.filter(fired.lookup_key.isin([int(key) for key in frame["lookup_key"]]))
        found = (
            fired.select("lookup_key", "indicator_id").distinct().to_pandas()
            if len(frame)
            else pd.DataFrame({"lookup_key": [], "indicator_id": []})
        )
        lists = found.groupby("lookup_key")["indicator_id"].agg(lambda ids: sorted(set(ids)))
        frame["indicators"] = [lists.get(key, []) for key in frame["lookup_key"]]
        return frame

    def rows(self, table: str, column: str, ids: Collection[str]) -> pd.DataFrame:
        """Rows of a ledger table whose `column` is one of `ids`, ordered by row id."""
        source = self.ledger.table(table)
        frame: pd.DataFrame = source.filter(source[column].isin(sorted(ids))).to_pandas()
        return frame.sort_values("row_id", ignore_index=True)

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {header.id: header.title[self.words.language] for header in catalogue(self.folder)}

    def _names(self, kind: str) -> dict[str, str]:
        """Names of all entities of a kind; read once per report and kind."""
        if kind not in self._known_names:
            table, key, name = NAMES[kind]
            frame = self.ledger.table(table).select(key, name).to_pandas().dropna()
            self._known_names[kind] = dict(zip(frame[key], frame[name], strict=True))
        return self._known_names[kind]

    @cached_property
    def _known_names(self) -> dict[str, dict[str, str]]:
        return {}
