"""The screening itself: prepare, explain, grade, indicate, pair; each step to Parquet."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import ibis

from linkgraph.analyses.header import Header, Role
from linkgraph.analyses.registry import Analysis, analyses
from linkgraph.errors import AnalysisError, WorkspaceError
from linkgraph.screen.levels import lookup_levels, subject_levels, without_marker
from linkgraph.screen.pairs import lookup_persons, pairs_of
from linkgraph.screen.prepare import prepare
from linkgraph.screen.results import RECORD, NotRun, Ran, Screening
from linkgraph.screen.tables import ScreenTables

if TYPE_CHECKING:
    from linkgraph.ledger import Ledger
    from linkgraph.workspace import Settings

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many steps are done and how many there are."""

REVISION = 2
"""Of the runner: a change here, or in what it prepares, makes earlier screenings stale."""


def screen(
    ledger: Ledger,
    settings: Settings,
    out: Path,
    *,
    folder: Path | None = None,
    only: Collection[str] | None = None,
    progress: Progress | None = None,
) -> Screening:
    """Screen every look-up of the ledger with every analysis that its tables allow.

    `out` holds one folder per screening, named by its fingerprint (of the ledger's content,
    the analyses and the settings); one that is there is opened, not made again.  `folder` is
    the workspace's own `analyses/`; `only` limits the screening to these ids.  An analysis whose
    tables are missing is in `Screening.not_run`.  A screening is complete or absent: it is
    built aside and renamed.

    Cost: linear in look-ups but for one sort per officer.  Raises AnalysisError for an analysis
    or a parameter that is wrong.
    """
    chosen = [a for a in analyses(folder) if a.kind == "screen"]
    if only is not None:
        chosen = [a for a in chosen if a.name in only]
    parameters = {a.name: parameters_of(a.header, settings) for a in chosen}
    fingerprint = _fingerprint(ledger, settings, chosen, parameters)
    target = out / fingerprint
    if (target / RECORD).is_file():
        return Screening.open(target, ledger)
    _clear_abandoned(out)
    aside = out / f".{fingerprint}.{os.getpid()}"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True, mode=0o700)
    building = _Building(ledger, settings, aside, progress)
    try:
        ran, not_run = building.run(chosen, parameters)
        record = {
            "fingerprint": fingerprint,
            "ledger": ledger.fingerprint,
            "ran": [asdict(item) for item in ran],
            "not_run": [asdict(item) for item in not_run],
        }
        text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True)
        (aside / RECORD).write_text(text + "\n", encoding="utf-8")
        building.forget()
        shutil.rmtree(target, ignore_errors=True)
        aside.rename(target)
    finally:
        building.forget()
        shutil.rmtree(aside, ignore_errors=True)
    return Screening.open(target, ledger)


def parameters_of(header: Header, settings: Settings) -> dict[str, int | float | str]:
    """The header's parameters with the workspace's overrides.

    Raises AnalysisError for a parameter that the analysis does not have or of another type.
    """
    chosen = dict(header.parameters)
    for name, value in dict(settings.parameters.get(header.id, {})).items():
        if name not in chosen:
            known = ", ".join(chosen) or "none"
            raise AnalysisError(
                f"Analysis {header.id!r} has no parameter {name!r}; it has: {known}.",
                remedy="Correct [parameters] in linkgraph.toml.",
            )
        if isinstance(chosen[name], str) != isinstance(value, str):
            raise AnalysisError(
                f"Parameter {name!r} of {header.id!r} is {value!r}; "
                f"expected something like {chosen[name]!r}.",
                remedy="Correct [parameters] in linkgraph.toml.",
            )
        chosen[name] = value
    return chosen


def _fingerprint(
    ledger: Ledger,
    settings: Settings,
    chosen: list[Analysis],
    parameters: Mapping[str, Mapping[str, Any]],
) -> str:
    facts = {
        "runner": REVISION,
        "ledger": ledger.fingerprint,
        "analyses": [
            (a.name, a.header.revision, hashlib.sha256(a.path.read_bytes()).hexdigest())
            for a in chosen
        ],
        "parameters": {name: dict(values) for name, values in parameters.items()},
        "generic_purposes": sorted(settings.generic_purposes),
        "content_systems": sorted(settings.content_systems),
        "timezone": settings.timezone,
    }
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _clear_abandoned(out: Path) -> None:
    """Remove what a process left that was killed while it screened."""
    for path in out.glob(".*.*"):
        pid = path.suffix.removeprefix(".")
        if pid.isdigit() and not _alive(int(pid)):
            shutil.rmtree(path, ignore_errors=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


class _Building:
    """One screening under construction: its folder, the views over it, its progress."""

    def __init__(
        self, ledger: Ledger, settings: Settings, path: Path, progress: Progress | None
    ) -> None:
        self.ledger = ledger
        self.settings = settings
        self.path = path
        self.progress = progress
        self.views: list[str] = []
        self.done = 0
        self.steps = 1

    def run(
        self, chosen: list[Analysis], parameters: Mapping[str, Mapping[str, Any]]
    ) -> tuple[list[Ran], list[NotRun]]:
        self.steps = len(chosen) + 3
        self._tell("duty and cases")
        tables = prepare(self.ledger, self.settings, self.store_work)
        runnable, not_run = _split(chosen, tables)
        ran: list[Ran] = []

        explaining = [a for a in runnable if a.header.role is Role.EXPLANATION]
        found = []
        for analysis in explaining:
            self._tell(analysis.name)
            rows = _explanation_rows(analysis, tables, parameters[analysis.name])
            found.append(self.store_work(f"explanation_{analysis.name}", rows))
            ran.append(_ran(analysis, found[-1].lookup_key.nunique()))
        self._grade(tables, found, [a.name for a in explaining])

        found = []
        for analysis in (a for a in runnable if a.header.role is not Role.EXPLANATION):
            self._tell(analysis.name)
            rows = _indicator_rows(analysis, tables, parameters[analysis.name])
            found.append(self.store_work(f"indicator_{analysis.name}", rows))
            ran.append(_ran(analysis, _once_each(analysis, found[-1])))
        self._write("indicators", _all(found, _NO_INDICATORS))

        self._tell("pairs")
        graded = _Graded(self)
        persons = lookup_persons(self.ledger, graded)
        pairs = pairs_of(persons, graded.lookups, several=self.ledger.has("lookup_subjects"))
        self._write("pairs", pairs.order_by("officer_key", "person_key"))
        shutil.rmtree(self.path / "work", ignore_errors=True)
        self._tell("done")
        return sorted(ran, key=lambda r: r.analysis_id), not_run

    def _grade(self, tables: ScreenTables, found: list[Any], ids: list[str]) -> None:
        self._tell("levels")
        explanations = _all(found, _NO_EXPLANATIONS)
        subjects = self.store_work("levels", subject_levels(tables.asked, explanations, ids))
        whole = self.store_work("lookup_levels", lookup_levels(subjects, ids))
        tables._levels = subjects.drop("code")
        tables._lookup_levels = whole
        shown = subjects.mutate(subject_key=without_marker(subjects.subject_key)).drop("code")
        self._write("subjects_explained", shown.order_by("lookup_key", "subject_key"))
        self._write(
            "explanations",
            explanations.mutate(subject_key=without_marker(explanations.subject_key)),
        )
        lookups = tables.lookups.join(whole, "lookup_key")
        lookups = lookups.select(
            "lookup_key",
            "lookup_id",
            "officer_key",
            "at",
            "at_local",
            "duty_status",
            "explanation_id",
            "role",
            "unit_key",
            "district",
            explanation_level=lookups.level,
        )
        self._write("lookups", lookups.order_by("lookup_key"))

    def store_work(self, name: str, rows: Any) -> Any:
        """An intermediate: written, read back, and gone when the screening is complete."""
        return self._store(Path("work") / f"{name}.parquet", f"work_{name}", rows)

    def _write(self, name: str, rows: Any) -> Any:
        return self._store(Path(f"{name}.parquet"), name, rows)

    def _store(self, relative: Path, name: str, rows: Any) -> Any:
        path = self.path / relative
        path.parent.mkdir(mode=0o700, exist_ok=True)
        connection = self.ledger.connection
        try:
            connection.to_parquet(rows, str(path))
        except (duckdb.IOException, duckdb.OutOfMemoryException) as problem:
            raise WorkspaceError(
                f"{path} could not be written: {_reason(problem)}.",
                remedy="Free space on the volume (or memory) and screen again.",
            ) from problem
        view = f"screening_{os.getpid()}_{id(self)}_{name}"
        self.views.append(view)
        return connection.read_parquet(str(path), table_name=view)

    def read(self, name: str) -> Any:
        """A table of the result that is already written."""
        return self.ledger.connection.table(f"screening_{os.getpid()}_{id(self)}_{name}")

    def forget(self) -> None:
        """Drop the views over files that are about to move."""
        for view in self.views:
            self.ledger.connection.drop_view(view, force=True)
        self.views.clear()

    def _tell(self, what: str) -> None:
        if self.progress is not None:
            self.progress(what, min(self.done, self.steps), self.steps)
        self.done += 1


class _Graded:
    """The part of a screening that pairs are made from."""

    def __init__(self, building: _Building) -> None:
        self.lookups = building.read("lookups")
        self.subjects_explained = building.read("subjects_explained")


def _split(chosen: list[Analysis], tables: ScreenTables) -> tuple[list[Analysis], list[NotRun]]:
    runnable: list[Analysis] = []
    not_run: list[NotRun] = []
    for analysis in chosen:
        missing = tuple(need for need in analysis.header.needs if not tables.has(need))
        if missing:
            not_run.append(NotRun(analysis.name, missing))
        else:
            runnable.append(analysis)
    return runnable, not_run


_NO_EXPLANATIONS = {
    "lookup_key": "int64",
    "subject_key": "int64",
    "explanation_id": "string",
    "level": "string",
    "record_table": "string",
    "record_row_id": "string",
}
_NO_INDICATORS = {
    "lookup_key": "int64",
    "indicator_id": "string",
    "measure": "float64",
    "record_table": "string",
    "record_row_id": "string",
    "requester_key": "int64",
    "detail": "string",
}


_EXPLAINS = ("lookup_key", "subject_key", "level", "record_table", "record_row_id")
_INDICATES = ("lookup_key", "measure")


def _explanation_rows(
    analysis: Analysis, tables: ScreenTables, parameters: Mapping[str, Any]
) -> Any:
    """One row per look-up and subject: the best level, and the record with the least id."""
    found = _found(analysis, tables, parameters, _EXPLAINS)
    key = (found.level == "full").ifelse("0", "1") + found.record_row_id.fill_null("")
    best = (
        found.mutate(best=key)
        .group_by("lookup_key", "subject_key")
        .aggregate(best=ibis._.best.min(), record_table=ibis._.record_table.min())
    )
    rows = best.select(
        "lookup_key",
        "subject_key",
        "record_table",
        explanation_id=ibis.literal(analysis.name),
        level=(best.best.substr(0, 1) == "0").ifelse("full", "partial"),
        record_row_id=best.best.substr(1),
    )
    rows = rows.select(*(rows[c].cast(t) for c, t in _NO_EXPLANATIONS.items()))
    return rows.order_by("lookup_key", "subject_key")


def _found(
    analysis: Analysis,
    tables: ScreenTables,
    parameters: Mapping[str, Any],
    columns: Collection[str],
) -> Any:
    """What an analysis finds; AnalysisError with its file where it fails or lacks a column."""
    try:
        found = analysis.module.find(tables, parameters)
        lacking = [name for name in columns if name not in found.columns]
    except AnalysisError:
        raise
    except Exception as problem:
        raise AnalysisError(
            f"{analysis.path}: find() failed: {type(problem).__name__}: {problem}",
            remedy="Mend it, or take the file out of the folder.",
        ) from problem
    if lacking:
        raise AnalysisError(
            f"{analysis.path}: what find() gives lacks {', '.join(lacking)}.",
            remedy=f"Give at least {', '.join(columns)}.",
        )
    return found


def _indicator_rows(analysis: Analysis, tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    found = _found(analysis, tables, parameters, _INDICATES)
    missing = {
        name: ibis.null(kind)
        for name, kind in _NO_INDICATORS.items()
        if name not in found.columns and name != "indicator_id"
    }
    found = found.mutate(indicator_id=ibis.literal(analysis.name), **missing)
    # DuckDB reads a literal 1.0 as a decimal and Ibis sees no need to cast it: a typed null does.
    found = found.mutate(measure=ibis.coalesce(found.measure, ibis.null("float64")))
    rows = found.select(*(found[c].cast(t) for c, t in _NO_INDICATORS.items()))
    return rows.order_by("lookup_key")


def _all(found: list[Any], columns: Mapping[str, str]) -> Any:
    if not found:
        return ibis.memtable([], schema=ibis.schema(dict(columns)))
    return ibis.union(*found) if len(found) > 1 else found[0]


def _once_each(analysis: Analysis, rows: Any) -> Any:
    (counts,) = (
        rows.aggregate(n=rows.count(), lookups=rows.lookup_key.nunique()).to_pyarrow().to_pylist()
    )
    if counts["n"] != counts["lookups"]:
        raise AnalysisError(
            f"Analysis {analysis.name!r} gave {counts['n']} rows for {counts['lookups']} look-ups.",
            remedy="An indicator gives one row per look-up: aggregate in its find().",
        )
    return counts["n"]


def _ran(analysis: Analysis, found: Any) -> Ran:
    n = found if isinstance(found, int) else int(found.to_pyarrow().as_py())
    return Ran(analysis.name, analysis.header.revision, analysis.header.role.value, n)


def _reason(problem: Exception) -> str:
    """The cause alone of what the table engine says, without the path that it repeats."""
    return str(problem).splitlines()[0].rpartition('": ')[2].rstrip(".")
