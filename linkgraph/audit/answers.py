"""Auditors' workbooks read back: each answer checked against what was issued.

Nothing is taken from a workbook but the answers: whatever it says of a look-up must be what it
said when it was issued.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from linkgraph.audit.sheet import LOOKUP, SAMPLE, WORKLIST, Issued
from linkgraph.audit.words import DECISIONS, decision_of
from linkgraph.audit.workbook import AT, FIRST, IDENTITY, REVIEWER
from linkgraph.errors import AuditError
from linkgraph.model.dates import parse_date

SELECTED_BY = {SAMPLE: "random", WORKLIST: "other"}
"""What a review says of how its look-up was chosen."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a workbook, where it stands, and what to do about it."""

    file: str
    sheet: str
    row: int | None
    column: str
    value: str
    reason: str
    remedy: str

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)


@dataclass(frozen=True)
class Answer:
    """One decided look-up; `day` is the day of the audit, `row` where it stands in `sheet`."""

    lookup_id: str
    decision: str
    selected_by: str
    reviewer: str
    day: date
    note: str
    plan: str
    file: str
    sheet: str
    row: int


@dataclass(frozen=True)
class Answers:
    """What one workbook holds: its answers, what is wrong, and what is not decided."""

    answers: tuple[Answer, ...]
    problems: tuple[Problem, ...]
    missing: tuple[Problem, ...]


@dataclass(frozen=True)
class Identity:
    """Which plan, unit and language a workbook says it is of."""

    plan: str
    unit_id: str
    language: str


def opened(path: Path) -> Any:
    """The workbook at `path`; AuditError if it is none."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        return load_workbook(path)
    except FileNotFoundError as problem:
        raise AuditError(f"{path} does not exist.", remedy="Check the path.") from problem
    except (OSError, InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as problem:
        raise AuditError(
            f"{path} is no workbook that can be read.",
            remedy="Save it as .xlsx, without a password, and import it again.",
        ) from problem


def identity(path: Path, book: Any) -> Identity:
    """What the hidden sheet says; AuditError if it is not a workbook of `audit sheet`."""
    if IDENTITY not in book.sheetnames:
        raise AuditError(
            f"{path} was not made by `linkgraph audit sheet`.",
            remedy="Copy the decisions into the workbook that was issued.",
        )
    sheet = book[IDENTITY]
    facts = {_text(sheet.cell(row, 1).value): _text(sheet.cell(row, 2).value) for row in (1, 2, 3)}
    return Identity(facts.get("plan", ""), facts.get("unit", ""), facts.get("language", ""))


def answers(path: Path, book: Any, issued: Issued, first_day: date, today: date) -> Answers:
    """The answers in a workbook, checked cell by cell against what was issued.

    The day of the audit lies from `first_day` to `today`, in the workspace's zone.
    """
    words = issued.words
    problems: list[Problem] = []
    reviewer, day = _signed(path, book, issued, first_day, today, problems)
    found: list[Answer] = []
    missing: list[Problem] = []
    for name in (SAMPLE, WORKLIST):
        if not issued.sheets[name]:
            continue
        title = words(name)
        if title not in book.sheetnames:
            problems.append(Problem(path.name, title, None, "", "", "the sheet is missing", _AGAIN))
            continue
        checked = _Sheet(path.name, title, issued, name)
        for row, lookup_id, choice, note in checked.rows(book[title], problems):
            decision = decision_of(choice)
            if not choice:
                missing.append(
                    checked.problem(row, words("col.decision"), "", _NOT_DECIDED, _DECIDE)
                )
            elif decision is None:
                remedy = f"Choose one of: {', '.join(words(code) for code in DECISIONS)}."
                problems.append(
                    checked.problem(
                        row, words("col.decision"), choice, "there is no such decision", remedy
                    )
                )
            else:
                found.append(
                    Answer(
                        lookup_id,
                        decision,
                        SELECTED_BY[name],
                        reviewer,
                        day,
                        note,
                        issued.plan,
                        path.name,
                        title,
                        row,
                    )
                )
    return Answers(tuple(found), tuple(problems), tuple(missing))


_AGAIN = "Issue the workbook again with `linkgraph audit sheet` and copy the decisions into it."
_NOT_DECIDED = "the look-up is not decided"
_DECIDE = "Decide it, or import what there is with --partial."


@dataclass(frozen=True)
class _Sheet:
    """One sheet of look-ups, and what was issued of it."""

    file: str
    title: str
    issued: Issued
    name: str

    def rows(self, sheet: Any, problems: list[Problem]) -> Iterator[tuple[int, str, str, str]]:
        """Row, look-up, decision and note as text; what was changed goes to `problems`."""
        words = self.issued.words
        heads = (*self.issued.columns[self.name], words("col.decision"), words("col.note"))
        for column, head in enumerate(heads, 1):
            said = _text(sheet.cell(1, column).value)
            if said != head:
                problems.append(self.problem(1, head, said, "the heading was changed", _AGAIN))
                return
        expected = {facts[LOOKUP]: facts for facts in self.issued.sheets[self.name]}
        width = len(self.issued.columns[self.name])
        seen: set[str] = set()
        for row, cells in enumerate(
            sheet.iter_rows(min_row=FIRST, max_col=width + 2, values_only=True), FIRST
        ):
            texts = [_text(value) for value in cells]
            if not any(texts):
                continue
            lookup_id = texts[LOOKUP]
            facts = expected.get(lookup_id)
            if facts is None:
                reason = "this look-up was not issued on this sheet"
                problems.append(self.problem(row, heads[LOOKUP], lookup_id, reason, _AGAIN))
                continue
            if lookup_id in seen:
                reason = "the look-up stands here twice"
                problems.append(
                    self.problem(row, heads[LOOKUP], lookup_id, reason, "Delete one of the rows.")
                )
                continue
            seen.add(lookup_id)
            problems += [
                self.problem(
                    row, head, said, f"the cell was changed; it said {fact!r}", "Restore the cell."
                )
                for head, said, fact in zip(heads, texts, facts, strict=False)
                if said != fact
            ]
            yield row, lookup_id, texts[width], texts[width + 1]
        for lookup_id in expected.keys() - seen:
            reason = "the row of this look-up is gone"
            problems.append(self.problem(None, heads[LOOKUP], lookup_id, reason, _AGAIN))

    def problem(
        self, row: int | None, column: str, value: str, reason: str, remedy: str
    ) -> Problem:
        return Problem(self.file, self.title, row, column, value, reason, remedy)


def _signed(
    path: Path,
    book: Any,
    issued: Issued,
    first_day: date,
    today: date,
    problems: list[Problem],
) -> tuple[str, date]:
    """Who audited and when, from the guide."""
    words = issued.words
    title = words("guide")
    if title not in book.sheetnames:
        problems.append(Problem(path.name, title, None, "", "", "the sheet is missing", _AGAIN))
        return "", today
    sheet = book[title]
    reviewer, given = _text(sheet[REVIEWER].value), sheet[AT].value
    if not reviewer:
        problems.append(
            _on_guide(
                path, title, REVIEWER, words("reviewer"), "", "nobody is named", "Fill it in."
            )
        )
    day = given.date() if isinstance(given, datetime) else parse_date(_text(given))
    if day is None:
        remedy = "Write it like 2024-08-05 or 113/08/05."
        problems.append(
            _on_guide(path, title, AT, words("at"), _text(given), "this is no day", remedy)
        )
        return reviewer, today
    if not first_day <= day <= today:
        reason = f"the day lies outside {first_day} to {today}, from the plan to today"
        problems.append(
            _on_guide(path, title, AT, words("at"), _text(given), reason, "Correct the day.")
        )
    return reviewer, day


def _on_guide(
    path: Path, title: str, cell: str, column: str, value: str, reason: str, remedy: str
) -> Problem:
    return Problem(path.name, title, int(cell[1:]), column, value, reason, remedy)


def conflicts(read: Mapping[Path, Answers]) -> list[Problem]:
    """A look-up that two workbooks of one import decide differently."""
    first: dict[str, Answer] = {}
    found: list[Problem] = []
    for answers_ in read.values():
        for answer in answers_.answers:
            known = first.setdefault(answer.lookup_id, answer)
            if known.decision != answer.decision:
                reason = f"{known.file}, row {known.row}, decides {known.lookup_id} differently"
                remedy = "Import the one that holds."
                found.append(
                    Problem(
                        answer.file, answer.sheet, answer.row, "", answer.decision, reason, remedy
                    )
                )
    return found


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()
