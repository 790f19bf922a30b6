"""What an auditor's workbook says: a unit's look-ups of a plan, as text.

Work tables alone: subjects stand by their identifier, officers by name.  What was issued is kept
with the plan, so that a workbook issued again says the same, and so that an import can tell a
cell that was changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ibis
import pandas as pd

from linkgraph.analyses.registry import catalogue
from linkgraph.audit.plan import Plan
from linkgraph.audit.words import Words
from linkgraph.screen.indicators.proxy_contradicted import CONTRADICTIONS
from linkgraph.workspace import file_name
from linkgraph.workspace.folder import write_private

if TYPE_CHECKING:
    from linkgraph.ledger import Ledger
    from linkgraph.screen import Screening

SAMPLE, WORKLIST = "sample", "worklist"
LOOKUP = 1
"""The column, from 0, of the look-up's id."""

_COLUMNS = (
    "no",
    "lookup",
    "at",
    "officer",
    "system",
    "subject",
    "purpose",
    "case",
    "requester",
    "output",
    "explained",
)


@dataclass(frozen=True)
class Issued:
    """The text of one unit's workbook: the columns shown and the rows of each of its sheets.

    `sheets`: `sample` and `worklist` -> rows; answers are no part of them.
    """

    plan: str
    month: str
    unit_id: str
    unit: str
    language: str
    columns: Mapping[str, tuple[str, ...]]
    sheets: Mapping[str, tuple[tuple[str, ...], ...]]

    @property
    def words(self) -> Words:
        """The words of its language."""
        return Words(self.language)


def issue(
    plan: Plan, unit_id: str, language: str, folder: Path, ledger: Ledger, screening: Screening
) -> Issued:
    """The workbook of a unit: as it was issued before, else made now and kept in `folder`."""
    path = folder / f"{workbook_name(plan, unit_id, language)}.json"
    if not path.is_file():
        made = _made(plan, unit_id, language, ledger, screening)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        text = json.dumps(vars(made), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        write_private(path, text.encode("utf-8", "backslashreplace"))
    return read_issued(path)


def read_issued(path: Path) -> Issued:
    """What was issued, from its file."""
    facts = json.loads(path.read_text(encoding="utf-8"))
    facts["columns"] = {name: tuple(row) for name, row in facts["columns"].items()}
    facts["sheets"] = {
        name: tuple(tuple(row) for row in rows) for name, rows in facts["sheets"].items()
    }
    return Issued(**facts)


def workbook_name(plan: Plan, unit_id: str, language: str) -> str:
    """The name of a unit's workbook without its ending."""
    return file_name("audit", plan.month, str(plan.number), unit_id or "unknown", language)


def _made(plan: Plan, unit_id: str, language: str, ledger: Ledger, screening: Screening) -> Issued:
    words = Words(language)
    own = plan.of_unit(unit_id)
    facts = _facts(own, ledger, screening)
    titles = {header.id: header.title[language] for header in catalogue()}
    sheets = {}
    for name, part in ((SAMPLE, own["part"] != "worklist"), (WORKLIST, own["part"] == "worklist")):
        chosen = own[part].merge(facts, on="lookup_id", how="left")
        chosen = chosen.sort_values(["officer_id", "at", "lookup_id"])
        rows = []
        for number, row in enumerate(chosen.itertuples(index=False), 1):
            shown = [str(number), *_cells(row, words, titles)]
            if name == WORKLIST:
                shown.append(_why(row, words))
            rows.append(tuple(_one_line(text) for text in shown))
        sheets[name] = tuple(rows)
    heads = tuple(words(f"col.{column}") for column in _COLUMNS)
    return Issued(
        plan.id,
        plan.month,
        unit_id,
        _unit_name(unit_id, ledger, words),
        language,
        {SAMPLE: heads, WORKLIST: (*heads, words("col.why"))},
        sheets,
    )


def _facts(rows: pd.DataFrame, ledger: Ledger, screening: Screening) -> pd.DataFrame:
    """What the log and the screening say of the look-ups, one row each."""
    wanted = ibis.memtable(
        {"lookup_id": rows["lookup_id"].tolist()}, schema={"lookup_id": "string"}
    )
    lookups = ledger.table("lookups").semi_join(wanted, "lookup_id")
    names = ledger.table("officers").select(holder="officer_id", officer_name="name")
    askers = ledger.table("officers").select(asker="officer_id", asker_name="name")
    units = ledger.table("units").select(place="unit_id", unit_name="name")
    joined = lookups.left_join(names, lookups.officer_id == names.holder)
    joined = joined.left_join(askers, joined.requester_id == askers.asker)
    joined = joined.left_join(units, joined.requester_unit_id == units.place)
    frame: pd.DataFrame = joined.to_pandas().drop(columns=["unit_id"], errors="ignore")
    return frame.merge(_explained(lookups, screening), on="lookup_key", how="left")


def _explained(lookups: Any, screening: Screening) -> pd.DataFrame:
    """lookup_key, explanation_level, explanation_id: the best explanation by a record of work.

    What another auditor decided is left out: an audit is to judge afresh.
    """
    found = screening.explanations.semi_join(lookups, "lookup_key")
    found = found.filter(found.explanation_id != "reviewed_proper")
    frame: pd.DataFrame = found.select(
        "lookup_key", explanation_level="level", explanation_id="explanation_id"
    ).to_pandas()
    # "full" sorts before "partial".
    frame = frame.sort_values(["lookup_key", "explanation_level", "explanation_id"])
    return frame.drop_duplicates("lookup_key")


def _cells(row: Any, words: Words, titles: Mapping[str, str]) -> Iterator[str]:
    yield str(row.lookup_id)
    yield _moment(row.at_local, words)
    yield _named(row.officer_name, row.officer_id)
    yield _text(row.system)
    yield _text(row.subject_id) or _text(row.query_text)
    yield _text(row.purpose)
    yield _text(row.case_id)
    asked = [_named(row.asker_name, row.requester_id), _text(row.requester_text)]
    yield " ".join(part for part in (*asked, _named(row.unit_name, row.requester_unit_id)) if part)
    yield words.comma.join(
        words.value(part) for part in (_text(row.channel), _text(row.output)) if part
    )
    level = _text(row.explanation_level) or "none"
    title = titles.get(_text(row.explanation_id), _text(row.explanation_id))
    yield words(level) if level == "none" else f"{words(level)}{words.colon}{title}"


def _why(row: Any, words: Words) -> str:
    codes = [code for code in str(row.reasons).split(";") if code]
    told = [
        CONTRADICTIONS[code][words.language] if code in CONTRADICTIONS else words.value(code)
        for code in codes
    ]
    if not told or all(code.startswith("purpose_") for code in codes):
        told = [words(kind) for kind in str(row.kinds).split(";") if kind == "proxy"] + told
    return words.comma.join(dict.fromkeys(told))


def _unit_name(unit_id: str, ledger: Ledger, words: Words) -> str:
    if not unit_id:
        return words("unit.none")
    units = ledger.table("units")
    found = units.filter(units.unit_id == unit_id).select("name").to_pandas()["name"].dropna()
    return _named(found.iloc[0] if len(found) else None, unit_id)


def _moment(at: Any, words: Words) -> str:
    if words.language == "zh-TW":
        return f"{at.year - 1911}/{at:%m/%d %H:%M:%S}"
    return f"{at:%Y-%m-%d %H:%M:%S}"


def _named(name: object, id_: object) -> str:
    known, plain = _text(name), _text(id_)
    return f"{known} ({plain})" if known and plain else plain


def _text(value: object) -> str:
    return "" if value is None or value is pd.NA or value != value else str(value)  # noqa: PLR0124


def _one_line(text: str) -> str:
    """Text that a workbook can hold: no control character, and no longer than a cell."""
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
    return shown if len(shown) <= 32_000 else f"{shown[:32_000]}…"
