"""The month's audit: seed, plan, workbooks, answers, estimate."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from linkgraph.api import times
from linkgraph.api.base import Base
from linkgraph.errors import AuditError, UsageError, WorkspaceError
from linkgraph.workspace import LANGUAGES
from linkgraph.workspace.folder import write_private

if TYPE_CHECKING:
    import pandas as pd

    from linkgraph.audit.answers import Answers, Problem
    from linkgraph.audit.plan import Plan, Seed
    from linkgraph.audit.sheet import Issued

PER_UNIT = 10


@dataclass(frozen=True)
class ImportReport:
    """What an import did: problems stop it whole; missing answers stop it unless allowed.

    `loaded`: reviews that are new in the ledger; `known`: answers that it held already.
    """

    answers: int
    loaded: int
    known: int
    problems: tuple[Problem, ...]
    missing: tuple[Problem, ...]

    @property
    def done(self) -> bool:
        """Whether the answers were taken."""
        return not self.problems


class Auditing(Base):
    """What the audit section does each month; work tables alone, no inquiry."""

    def audit_commit(self, month: str) -> Seed:
        """Draw the seed of a month before its look-ups are known, to publish its hash."""
        from linkgraph.audit import plan

        with self.folder.exclusive("audit commit"):
            return plan.commit(self.folder, times.month(month))

    def audit_plan(
        self,
        month: str,
        *,
        rate: float | None = None,
        free: float | None = None,
        per_unit: int = PER_UNIT,
        replace: str = "",
    ) -> Plan:
        """Draw a month's audit and put it on record.

        `rate` and `free` are the settings' unless given; `per_unit`: how many look-ups of each
        kind a unit's worklist holds at most.  A month that is planned already needs `replace`,
        the reason for another plan beside the first.  Raises AuditError, UsageError.
        """
        from linkgraph.audit import draw, plan
        from linkgraph.workspace.activity import current_user

        chosen = times.month(month)
        share = self.settings.audit_rate if rate is None else rate
        part = self.settings.audit_free if free is None else free
        if not 0 < share <= 1 or not 0 <= part <= 1 or per_unit < 0:
            raise UsageError(
                f"Rate {share:g}, free part {part:g}, worklist {per_unit} make no plan.",
                remedy="The rate is above 0 and up to 1, the free part 0 to 1, the worklist not "
                "below 0.",
            )
        with self.folder.exclusive(f"audit plan {chosen}"):
            known = plan.numbers(self.folder, chosen)
            if known and not replace.strip():
                made = plan.read(self.folder, chosen)
                raise AuditError(
                    f"{chosen} was planned on {made.made_at[:10]} by {made.made_by} "
                    f"({len(made.sample):,} of {made.lookups:,} look-ups drawn).",
                    remedy="A plan stands. If the month's log was not complete, plan it anew with "
                    "--replace REASON; the first plan stays on record.",
                )
            lookups = draw.lookups_of(self.ledger, self.screening(), chosen)
            if known:
                _must_differ(lookups, plan.read(self.folder, chosen))
            made = draw.draw(
                self.ledger,
                self.screening(),
                chosen,
                plan.seed_of(self.folder, chosen),
                rate=share,
                free=part,
                per_unit=per_unit,
                number=(known[-1] if known else 0) + 1,
                made_by=current_user(),
                reason=replace.strip(),
            )
            plan.keep(self.folder, made)
        return made

    def audit_plans(self) -> pd.DataFrame:
        """One row per month with a seed or a plan: what was drawn, answered, cleared."""
        import pandas as pd

        from linkgraph.audit import estimate, plan

        self.log("audit.list")
        rows = []
        for month in plan.months(self.folder):
            numbers = plan.numbers(self.folder, month)
            hashed, at = plan.commitments(self.folder, month)
            row: dict[str, Any] = {"month": month, "plans": len(numbers)}
            if numbers:
                last = plan.read(self.folder, month)
                listed = len(last.rows) - len(last.sample)
                answered = cleared = 0
                if self.loaded:
                    answered = len(estimate.reviews(self.ledger, last))
                    cleared = len(estimate.reviews(self.ledger, last, selected_by="other"))
                row |= {
                    "lookups": last.lookups,
                    "drawn": len(last.sample),
                    "answered": answered,
                    "worklist": listed,
                    "cleared": cleared,
                    "made_by": last.made_by,
                    "made_at": last.made_at,
                }
            rows.append(row | {"seed_drawn_at": at, "commitment": hashed})
        return pd.DataFrame(rows)

    def audit_sheets(
        self,
        month: str,
        *,
        units: Sequence[str] = (),
        folder: str | Path | None = None,
        language: str | None = None,
    ) -> list[Path]:
        """Write the auditors' workbooks of a month's plan, one per unit; the files written.

        Without `folder` they go beside the plan.  Raises UsageError for a unit that is not in it.
        """
        from linkgraph.audit import plan, sheet
        from linkgraph.audit.workbook import workbook

        spoken = language or self.settings.language
        if spoken not in LANGUAGES:
            raise UsageError(
                f"There is no language {spoken!r}.", remedy=f"Languages: {', '.join(LANGUAGES)}."
            )
        made = plan.read(self.folder, times.month(month))
        listed = {one.unit_id for one in made.strata if one.drawn or one.worklist}
        unknown = sorted(set(units) - listed)
        if unknown:
            raise UsageError(
                f"Plan {made.id} has no look-up of unit {', '.join(unknown)}.",
                remedy=f"It has: {', '.join(sorted(listed))}.",
            )
        beside = self._issued_folder(made.month)
        target = Path(folder) if folder is not None else beside
        self.log("audit.sheet", plan=made.id, units=sorted(units) or None, folder=str(target))
        written = []
        for unit in sorted(set(units) or listed):
            issued = sheet.issue(made, unit, spoken, beside, self.ledger, self.screening())
            path = target / f"{sheet.workbook_name(made, unit, spoken)}.xlsx"
            try:
                target.mkdir(mode=0o700, parents=True, exist_ok=True)
                write_private(path, workbook(issued))
            except OSError as problem:
                raise WorkspaceError(
                    f"{path} cannot be written: {problem.strerror}.",
                    remedy="Name a folder that you may write to with -o.",
                ) from problem
            written.append(path)
        return written

    def audit_import(self, *workbooks: str | Path, partial: bool = False) -> ImportReport:
        """Read workbooks and load their answers as reviews, all of them or none.

        Nothing is loaded if anything is wrong, or if a look-up is not decided and `partial` is
        not set.  An answer that the ledger holds already is not loaded again; one that differs
        from it is loaded as the later one.  Raises AuditError for a file that is no workbook of
        a plan, or not as it was issued.
        """
        from linkgraph.audit import answers, reviews

        if not workbooks:
            raise UsageError("There is nothing to import.", remedy="Name workbooks.")
        paths = _workbooks([Path(path) for path in workbooks])
        read = {path: self._read(path) for path in paths}
        problems = [p for one in read.values() for p in one.problems]
        problems += answers.conflicts(read)
        missing = tuple(p for one in read.values() for p in one.missing)
        if missing and not partial:
            problems += missing
        found = list({a.lookup_id: a for one in read.values() for a in one.answers}.values())
        if problems:
            return ImportReport(len(found), 0, 0, tuple(problems), missing)
        with self.folder.exclusive("audit import"):
            fresh = reviews.fresh(found, self.ledger)
            self.log(
                "audit.import",
                files=[str(path) for path in paths],
                answers=len(found),
                missing=len(missing) or None,
            )
            loaded = self._load_reviews(reviews.as_csv(fresh)) if fresh else 0
        return ImportReport(len(found), loaded, len(found) - len(fresh), (), missing)

    def audit_estimate(
        self, *months: str, level: float = 0.9, language: str | None = None
    ) -> dict[str, Any]:
        """The true rate in the months' look-ups, with limits; all planned months if none is named.

        See `audit/estimate.py` and docs/method.md.  Raises AuditError before any answer.
        """
        from linkgraph.audit import plan
        from linkgraph.audit.estimate import estimate
        from linkgraph.audit.words import Words

        if not 0.5 <= level < 1:
            raise UsageError(f"A level of {level:g} makes no interval.", remedy="Such as 0.9.")
        named = sorted({times.month(month) for month in months})
        chosen = named or [m for m in plan.months(self.folder) if plan.numbers(self.folder, m)]
        if not chosen:
            raise AuditError(
                "No month is planned.", remedy="Plan one with `linkgraph audit plan --month MONTH`."
            )
        self.log("audit.estimate", months=chosen)
        plans = [plan.read(self.folder, month) for month in chosen]
        return estimate(self.ledger, plans, Words(language or self.settings.language), level)

    # ---- what the above need -----------------------------------------------------------

    def _issued_folder(self, month: str) -> Path:
        return self.folder.audits_path / month / "sheets"

    def _read(self, path: Path) -> Answers:
        from linkgraph.audit import answers, plan, sheet

        book = answers.opened(path)
        said = answers.identity(path, book)
        month, _, number = said.plan.partition("/")
        known = [m for m in plan.months(self.folder) if plan.numbers(self.folder, m)]
        if month not in known or not number.isdecimal():
            raise AuditError(
                f"{path} says it is of plan {said.plan!r}, which this workspace does not have.",
                remedy=f"Planned are: {', '.join(known) or 'none'}.",
            )
        made = plan.read(self.folder, month, int(number))
        name = sheet.workbook_name(made, said.unit_id, said.language)
        kept = self._issued_folder(month) / f"{name}.json"
        if not kept.is_file():
            raise AuditError(
                f"{path} says it is of unit {said.unit_id!r} in {said.language!r}, "
                "for which none was issued.",
                remedy="Import the workbook that `linkgraph audit sheet` wrote.",
            )
        issued: Issued = sheet.read_issued(kept)
        zone = ZoneInfo(self.settings.timezone)
        planned = datetime.fromisoformat(made.made_at).astimezone(zone).date()
        return answers.answers(
            path, book, issued, planned, datetime.now(UTC).astimezone(zone).date()
        )

    def _load_reviews(self, data: bytes) -> int:
        """Load the answers from a file that the workspace keeps, as any other source."""
        from linkgraph.ledger.load import load

        place = self.folder.audits_path / "answers" / hashlib.sha256(data).hexdigest()[:16]
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = place / "reviews.csv"
        write_private(path, data)
        self._forget()
        report = load(self.folder.ledger_path, [path], timezone=self.settings.timezone)
        if report.rejected:
            raise AuditError(
                f"{report.rejected} answers could not be loaded.",
                remedy=f"{report.rejects_file} says why.",
            )
        return report.loaded


def _must_differ(lookups: Any, last: Plan) -> None:
    """Raise AuditError if these are the look-ups that the plan was drawn from."""
    from linkgraph.audit import sampling

    if sampling.mark(lookups) == last.mark:
        raise AuditError(
            f"{last.month} has the same look-ups as when it was planned.",
            remedy="A plan is made anew only for a log that has changed.",
        )


def _workbooks(paths: Sequence[Path]) -> list[Path]:
    """The files, and of a folder its workbooks; UsageError where there is none."""
    found: list[Path] = []
    for path in paths:
        inside = [p for p in sorted(path.glob("*.xlsx")) if not p.name.startswith(("~", "."))]
        if path.is_dir() and not inside:
            raise UsageError(f"{path} holds no workbook.", remedy="Name .xlsx files.")
        found += inside if path.is_dir() else [path]
    return list(dict.fromkeys(found))
