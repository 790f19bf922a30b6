"""Loading: source files in, a new generation of the ledger out, all of it or nothing."""

from __future__ import annotations

import errno
import hashlib
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linkgraph.errors import LedgerError
from linkgraph.ledger import extracts as ex
from linkgraph.ledger import folder as place
from linkgraph.ledger.build import Built, Counts, Progress, build
from linkgraph.ledger.ledger import hash_bytes
from linkgraph.ledger.report import FileReport, LoadReport
from linkgraph.ledger.withdrawn import Withdrawn, withdrawn
from linkgraph.model.tables import TABLES
from linkgraph.sources import canonical, sql
from linkgraph.sources import mapping as mappings
from linkgraph.sources.encodings import hash_file
from linkgraph.sources.places import files_below, must_exist
from linkgraph.sources.readers import PARQUET_SUFFIXES, check_parquet

if TYPE_CHECKING:
    import duckdb

_SMALL = 4 << 20

REVISION = 1
"""Raised when the ledger's tables change, so that they are built anew from the extracts."""


def load(
    ledger_path: Path,
    sources: Sequence[Path],
    *,
    mapping: Path | None = None,
    timezone: str = "Asia/Taipei",
    progress: Progress | None = None,
    now: int | None = None,
) -> LoadReport:
    """Load files and folders into the ledger at `ledger_path`, made if it is missing.

    Without `mapping`, files are those of the contract (`canonical.discover`); with it, the
    mapping says what each is.  `timezone` is that of times without one; a ledger keeps the
    zone of its first load.  `now` (µs UTC, default: the clock) decides what lies in the
    future.  Loading a file again changes nothing.  Raises SourceError, MappingError and
    LedgerError, and leaves the ledger as it was; so does an interrupt or a kill.
    """
    import duckdb

    tell = progress or _silent
    present = time.time_ns() // 1000 if now is None else now
    with place.locked(ledger_path):
        try:
            return _Load(ledger_path, timezone, tell, present).run(sources, mapping)
        except (duckdb.InterruptException, RuntimeError) as problem:
            # Ctrl-C inside a query comes out of DuckDB as a RuntimeError of these words.
            if isinstance(problem, RuntimeError) and "interrupted" not in str(problem).lower():
                raise
            raise KeyboardInterrupt from None
        except (duckdb.IOException, duckdb.OutOfMemoryException, OSError) as problem:
            raise _failed(ledger_path, problem) from problem


class _Load:
    """One load under way, inside the lock."""

    def __init__(self, ledger: Path, timezone: str, progress: Progress, now: int) -> None:
        self.ledger, self.timezone, self.progress, self.now = ledger, timezone, progress, now
        self.manifest = place.read_manifest(ledger)
        if self.manifest and self.manifest["timezone"] != timezone:
            raise LedgerError(
                f"{ledger} was loaded with the time zone {self.manifest['timezone']}, "
                f"not {timezone}.",
                remedy="Use that zone, or load all sources into a new workspace.",
            )
        place.sweep(ledger, self.manifest)
        self.known = [ex.Extract.from_json(s) for s in (self.manifest or {}).get("sources", [])]

    def run(self, sources: Sequence[Path], rules: Path | None) -> LoadReport:
        import duckdb

        with place.workbench(self.ledger) as bench:
            connection = sql.connect(bench / "spill", threads=_threads(sources))
            try:
                try:
                    if rules is None:
                        found, ignored = canonical.discover(sources)
                        current = self._canonical(connection, bench, found)
                    else:
                        current, ignored = self._mapped(connection, bench, sources, rules)
                except (duckdb.IOException, duckdb.InvalidInputException):
                    # Damage inside a Parquet file shows only when its values are read.
                    _check_parquets(sources, bench / "spill")
                    raise
                return self._settle(connection, bench, current, ignored)
            finally:
                connection.close()

    def _canonical(
        self,
        connection: duckdb.DuckDBPyConnection,
        bench: Path,
        found: list[canonical.CanonicalFile],
    ) -> list[ex.Extract]:
        current: list[ex.Extract] = []
        for number, file in enumerate(found):
            self.progress(f"reading {file.label}", number, len(found))
            digest, _ = hash_file(file.path)
            identity = ex.identity(
                [(f"{file.table}/{file.label}", digest)],
                mapping_sha256="",
                timezone=self.timezone,
            )
            known = self._known(identity, current)
            if known is not None:
                current.append(known)
                continue
            raw, staged = canonical.stage(connection, file, f"staged {number}")
            target = bench / identity
            target.mkdir()
            parts = ex.write(
                connection,
                target,
                identity,
                [staged],
                timezone=self.timezone,
                now=self.now,
                rejected=raw.rejected,
                warnings=raw.warnings,
            )
            extracted = ex.ExtractedFile(
                file.label, str(file.path), raw.sha256, raw.rows, raw.encoding
            )
            unfit = {file.label: len(raw.rejected)} if raw.rejected else {}
            current.append(ex.Extract(identity, self.timezone, (extracted,), parts, unfit=unfit))
        return current

    def _mapped(
        self,
        connection: duckdb.DuckDBPyConnection,
        bench: Path,
        sources: Sequence[Path],
        path: Path,
    ) -> tuple[list[ex.Extract], list[Path]]:
        """The one extract that a mapping makes of all its files, and the files it names not."""
        rules = mappings.load_mapping(path)
        matched, unnamed = mappings.match_files(rules, sources)
        taken = sorted({(label, file) for pairs in matched.values() for file, label in pairs})
        rules_hash, _ = hash_file(path)
        hashes = [(label, hash_file(file)[0]) for label, file in taken]
        identity = ex.identity(hashes, mapping_sha256=rules_hash, timezone=self.timezone)
        known = self._known(identity, [])
        if known is not None:
            return [known], unnamed
        self.progress(f"reading {len(taken)} files by {path.name}", 0, 1)
        staged = mappings.stage(rules, sources, connection, self.timezone)
        target = bench / identity
        target.mkdir()
        rejected = tuple(dict.fromkeys(f for raw in staged.raw for f in raw.rejected))
        parts = ex.write(
            connection,
            target,
            identity,
            staged.tables,
            timezone=self.timezone,
            now=self.now,
            rejected=rejected,
            warnings=tuple(dict.fromkeys(staged.warnings)),
        )
        by_label = {staged.labels[raw.name]: raw for raw in staged.raw}
        files = tuple(
            ex.ExtractedFile(
                label,
                str(raw.path),
                raw.sha256,
                raw.rows,
                raw.encoding,
                staged.dropped.get(label, 0),
            )
            for label, raw in sorted(by_label.items())
        )
        unfit = {label: len(raw.rejected) for label, raw in by_label.items() if raw.rejected}
        feeds = tuple(ex.Feed(f.table, f.file, f.rows, f.used, f.made) for f in staged.feeds)
        made = ex.Extract(
            identity, self.timezone, files, parts, path.name, rules_hash, unfit, feeds
        )
        return [made], unnamed

    def _known(self, identity: str, current: list[ex.Extract]) -> ex.Extract | None:
        return next((e for e in [*self.known, *current] if e.id == identity), None)

    def _settle(
        self,
        connection: duckdb.DuckDBPyConnection,
        bench: Path,
        current: list[ex.Extract],
        ignored: list[Path],
    ) -> LoadReport:
        """Build the generation of all extracts, make it current, and report."""
        chosen, current = ex.widest(self.known, current)
        known = {e.id for e in self.known}
        fresh = frozenset(e.id for e in current) - known
        name = _generation([e.id for e in chosen], self.timezone)
        if self.manifest and self.manifest["generation"] == name:
            self.progress("nothing new", 1, 1)
            return self._report(self.manifest, current, ignored, _unchanged(self.manifest, current))
        located = [
            (e, (bench if e.id in fresh else self.ledger / place.SOURCES) / e.id) for e in chosen
        ]
        target = bench / "generation"
        target.mkdir()
        built = build(
            connection,
            located,
            target,
            timezone=self.timezone,
            fresh=fresh,
            current=frozenset(e.id for e in current),
            progress=self.progress,
        )
        manifest = _manifest(chosen, built, target, name, self.timezone)
        standing = self.ledger / place.GENERATIONS / (self.manifest or manifest)["generation"]
        gone = withdrawn(connection, self.manifest, standing, target)
        for extract_id in sorted(fresh):
            place.settle(bench / extract_id, self.ledger / place.SOURCES / extract_id)
        place.settle(target, self.ledger / place.GENERATIONS / name)
        place.write_manifest(self.ledger, manifest)
        report = self._report(manifest, current, ignored, built.counts, gone)
        place.sweep_old(self.ledger, manifest)
        return report

    def _report(
        self,
        manifest: dict[str, Any],
        current: list[ex.Extract],
        ignored: list[Path],
        counts: dict[str, Counts],
        gone: tuple[Withdrawn, ...] = (),
    ) -> LoadReport:
        known = {e.id for e in self.known}
        generation = self.ledger / place.GENERATIONS / manifest["generation"]
        files = [
            FileReport(
                file.name,
                Path(file.path),
                file.sha256,
                file.rows,
                "known" if extract.id in known else "read",
                file.encoding,
                file.dropped,
                extract.unfit.get(file.name, 0),
            )
            for extract in {e.id: e for e in current}.values()
            for file in extract.files
        ]
        ours = {part.table for extract in current for part in extract.parts}
        return LoadReport(
            {name: counts[name] for name in TABLES if name in ours and name in counts},
            tuple(files),
            tuple(ignored),
            generation / "rejects.csv" if manifest["rejects"] else None,
            generation / "warnings.csv" if manifest["warnings"] else None,
            manifest["fingerprint"],
            {name: int(table["rows"]) for name, table in manifest["tables"].items()},
            tuple(feed for e in {e.id: e for e in current}.values() for feed in e.feeds),
            gone,
        )


def _manifest(
    chosen: list[ex.Extract], built: Built, folder: Path, generation: str, timezone: str
) -> dict[str, Any]:
    tables = {}
    for name, rows in built.rows.items():
        single = folder / f"{name}.parquet"
        paths = [single] if single.exists() else sorted((folder / name).glob("*.parquet"))
        tables[name] = {
            "rows": rows,
            "files": [str(path.relative_to(folder)) for path in paths] if rows else [],
            "sha256": [hash_bytes(path) for path in paths] if rows else [],
        }
    says = {"timezone": timezone, "tables": built.content, "revision": REVISION}
    return {
        "format": place.FORMAT,
        "generation": generation,
        "timezone": timezone,
        "fingerprint": hashlib.sha256(json.dumps(says, sort_keys=True).encode()).hexdigest(),
        "tables": tables,
        "sources": [e.as_json() for e in chosen],
        "left_out": built.left_out,
        "rejects": built.rejects,
        "warnings": built.warnings,
    }


def _unchanged(manifest: dict[str, Any], current: list[ex.Extract]) -> dict[str, Counts]:
    """Counts when every source was known: all that can be loaded is in the ledger already."""
    counts: dict[str, Counts] = {}
    for extract in {e.id: e for e in current}.values():
        left_out = manifest["left_out"].get(extract.id, {})
        for part in extract.parts:
            one = counts.setdefault(part.table, Counts())
            one.rows += part.rows
            one.rejected += part.bad
        for table, number in left_out.items():
            counts[table].rejected += number
    for one in counts.values():
        one.merged = one.rows - one.rejected
    return counts


def _generation(ids: Sequence[str], timezone: str) -> str:
    made_of = json.dumps([REVISION, timezone, *ids]).encode()
    return hashlib.sha256(made_of).hexdigest()[:32]


def _failed(ledger: Path, problem: Exception) -> LedgerError:
    code = problem.errno if isinstance(problem, OSError) else None
    said = str(problem).splitlines()[0] if str(problem) else type(problem).__name__
    full = code in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG} or any(
        words in said for words in ("No space left", "File too large", "disk is full")
    )
    if full:
        return LedgerError(
            f"The disk of {ledger} is full; the ledger is as it was.",
            remedy="Make room (a load needs about three times the size of its sources).",
        )
    if type(problem).__name__ == "OutOfMemoryException":
        return LedgerError(
            "There is not enough memory for this load; the ledger is as it was.",
            remedy="Load fewer files at a time, or export fewer columns.",
        )
    return LedgerError(
        f"{ledger} could not be written: {said}; the ledger is as it was.",
        remedy="Correct this and load again.",
    )


def _check_parquets(sources: Sequence[Path], spill: Path) -> None:
    """SourceError for the first Parquet file among the sources with values that are damaged."""
    for source in sources:
        for path in files_below(source) if source.is_dir() else [source]:
            if path.suffix.lower() in PARQUET_SUFFIXES:
                check_parquet(path, spill)


def _threads(sources: Sequence[Path]) -> int | None:
    """One thread for small sources, which cost less to read than to share out."""
    size = 0
    for source in sources:
        must_exist(source)
        for path in files_below(source) if source.is_dir() else [source]:
            size += path.stat().st_size
            if size > _SMALL:
                return None
    return 1


def _silent(_what: str, _done: int, _total: int) -> None:
    """Progress that nobody asked for."""
