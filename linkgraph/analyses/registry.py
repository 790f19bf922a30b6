"""Every analysis there is, found where it lies: adding one means adding one file.

Explanations and indicators are the modules of `linkgraph/screen/explanations` and
`linkgraph/screen/indicators`; graph analyses are the files of `cypher/analyses` and the
modules under `linkgraph/graph` that assign `HEADER`.  An agency's own come from the entry
points `linkgraph.analyses` (each names a module) and from a folder of its workspace.

This package lies below `screen` and `graph` and imports neither: their folders are listed,
and a module is imported by name when it is asked for.

A folder of the workspace runs as code of the user who opens it, as the workspace's owner
means it to; who may write there is a matter of the workspace's permissions.
"""

from __future__ import annotations

import ast
import hashlib
import importlib
import importlib.metadata
import importlib.util
import itertools
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Literal

from linkgraph.analyses.cypher import CypherAnalysis, cypher_folder, header_of, parse_cypher
from linkgraph.analyses.header import Header, Role
from linkgraph.errors import AnalysisError
from linkgraph.model.tables import TABLES

__all__ = [
    "Analysis",
    "CypherAnalysis",
    "Problem",
    "analyses",
    "catalogue",
    "check",
    "cypher_folder",
    "find",
    "header_of",
    "parse_cypher",
]

Kind = Literal["screen", "cypher", "network"]
ENTRY_POINTS = "linkgraph.analyses"

_PACKAGE = Path(__file__).resolve().parents[1]
_NEEDS_PRIOR = frozenset({Role.CONTEXT, Role.SET, Role.FINDING})
_OF_LOOKUPS = frozenset({Role.CONTEXT, Role.FINDING})
_NOT_SAID = ("guilt", "suspicio", "violator", "culprit", "有罪", "可疑", "嫌犯", "違法者")
"""Words that no text of an analysis may use: a look-up without a reason on record is neutral."""


@dataclass(frozen=True)
class Analysis:
    """One analysis and where it was found; `path` is the file it is written in."""

    name: str
    kind: Kind
    path: Path
    module_name: str = ""
    origin: str = "linkgraph"

    @cached_property
    def header(self) -> Header:
        """Its header; raises AnalysisError if the file has none that can be read."""
        if self.kind == "cypher":
            return parse_cypher(self.path).header
        header = getattr(self.module, "HEADER", None)
        if not isinstance(header, Header):
            raise AnalysisError(
                f"{self.path}: HEADER is missing or no linkgraph.analyses.header.Header."
            )
        return header

    @cached_property
    def module(self) -> ModuleType:
        """The module of a Python analysis, imported now if it was not yet."""
        try:
            if self.origin == "workspace":
                return _module_from(self.path)
            return importlib.import_module(self.module_name)
        except AnalysisError:
            raise
        except Exception as problem:
            raise AnalysisError(
                f"{self.path}: cannot be imported: {type(problem).__name__}: {problem}"
            ) from problem


@dataclass(frozen=True)
class Problem:
    """What `check` found wrong with one analysis."""

    analysis_id: str
    where: str
    message: str


def analyses(folder: Path | None = None) -> list[Analysis]:
    """All analyses, ordered by id, `folder` (a workspace's `analyses/`) included.

    Cost: one directory listing and one parse per file; nothing is imported.  Raises
    AnalysisError when two carry one id, since results would no longer say which found them.
    """
    found = sorted(_all(folder), key=lambda a: (a.name, str(a.path)))
    for one, other in itertools.pairwise(found):
        if one.name == other.name:
            raise AnalysisError(
                f"Two analyses are called {one.name!r}: {one.path} and {other.path}.",
                remedy="Rename one file and its id.",
            )
    return found


def catalogue(folder: Path | None = None) -> list[Header]:
    """The headers of all analyses, ordered by id."""
    return [analysis.header for analysis in analyses(folder)]


def find(analysis_id: str, folder: Path | None = None) -> Analysis:
    """The analysis of this id; raises AnalysisError with the nearest ids if there is none."""
    import difflib

    known = {analysis.name: analysis for analysis in analyses(folder)}
    if analysis_id in known:
        return known[analysis_id]
    near = difflib.get_close_matches(analysis_id, sorted(known), n=3)
    raise AnalysisError(
        f"There is no analysis {analysis_id!r}.",
        remedy=f"Did you mean {' or '.join(near)}?"
        if near
        else "`linkgraph analyses list` shows all.",
    )


def check(folder: Path | None = None) -> list[Problem]:
    """What is wrong with the catalogue; empty when every analysis keeps its promises."""
    problems: list[Problem] = []
    seen: dict[str, Path] = {}
    for analysis in sorted(_all(folder), key=lambda a: (a.name, str(a.path))):
        where = str(analysis.path)
        if analysis.name in seen:
            problems.append(Problem(analysis.name, where, f"also defined in {seen[analysis.name]}"))
        seen[analysis.name] = analysis.path
        try:
            header = analysis.header
        except AnalysisError as problem:
            problems.append(Problem(analysis.name, where, str(problem)))
            continue
        problems.extend(Problem(header.id, where, text) for text in _faults(analysis, header))
    return problems


def _faults(analysis: Analysis, header: Header) -> Iterator[str]:
    if header.id != analysis.name:
        yield f"id {header.id!r} differs from the file's name {analysis.name!r}"
    if header.revision < 1:
        yield "revision must be 1 or more"
    texts = {"title": header.title, "statement": header.statement}
    texts |= {f"innocent {i}": text for i, text in enumerate(header.innocent, 1)}
    for name, text in texts.items():
        if not text.en.strip() or not text.zh_tw.strip():
            yield f"{name} is empty in one language"
        elif not any("\u4e00" <= character <= "\u9fff" for character in text.zh_tw):
            yield f"{name} is not Chinese under zh-TW"
        for word in _NOT_SAID:
            if word in text.en.lower() or word in text.zh_tw:
                yield f"{name} says {word!r}: only neutral words"
    for name in ("rationale", "source"):
        if not getattr(header, name).strip():
            yield f"{name} is empty"
    for need in header.needs:
        for part in need.split("|"):
            table, _, column = part.partition(".")
            if table not in TABLES:
                yield f"needs {table!r}, which is no table"
            elif column and column not in TABLES[table].by_name:
                yield f"needs {part!r}, but {table!r} has no such column"
    if header.role in _NEEDS_PRIOR:
        if header.prior is None or not 0 < header.prior < 1:
            yield f"role {header.role.value} needs a prior between 0 and 1"
        elif not header.prior_reason.strip():
            yield "the prior has no reason"
        if not header.innocent:
            yield "no innocent explanation is named"
    elif header.prior is not None:
        yield f"role {header.role.value} takes no prior"
    if header.against and header.role is not Role.CONTEXT:
        yield "only context can speak against"
    if header.of_session and (analysis.kind != "screen" or header.role not in _OF_LOOKUPS):
        yield "of_session is for context and findings of single look-ups (a module with find)"
    if analysis.kind == "screen" and not callable(getattr(analysis.module, "find", None)):
        yield "has no function find(tables, parameters)"


def _all(folder: Path | None) -> Iterator[Analysis]:
    for part in ("explanations", "indicators"):
        yield from _modules(
            _PACKAGE / "screen" / part, f"linkgraph.screen.{part}", "screen", need_header=False
        )
    yield from _modules(_PACKAGE / "graph", "linkgraph.graph", "network", need_header=True)
    yield from _cypher_files(cypher_folder() / "analyses", "linkgraph")
    yield from _entry_points()
    if folder is not None and folder.is_dir():
        yield from _cypher_files(folder, "workspace")
        for path in sorted(folder.glob("*.py")):
            if not path.stem.startswith("_"):
                yield Analysis(path.stem, "screen", path, origin="workspace")


def _cypher_files(folder: Path, origin: str) -> Iterator[Analysis]:
    for path in sorted(folder.glob("*.cypher")):
        yield Analysis(path.stem, "cypher", path, origin=origin)


def _modules(folder: Path, package: str, kind: Kind, *, need_header: bool) -> Iterator[Analysis]:
    for path in sorted(folder.glob("*.py")):
        if path.stem.startswith("_") or (need_header and not _assigns_header(path)):
            continue
        module_name = f"{package}.{path.stem}"
        name = path.stem if not need_header else _declared_id(path) or path.stem
        yield Analysis(name, kind, path, module_name=module_name)


def _entry_points() -> Iterator[Analysis]:
    for point in importlib.metadata.entry_points(group=ENTRY_POINTS):
        spec = importlib.util.find_spec(point.module)
        path = Path(spec.origin) if spec and spec.origin else Path(point.module)
        origin = f"entry point {point.name}"
        yield Analysis(point.name, "screen", path, module_name=point.module, origin=origin)


def _header_call(path: Path) -> ast.expr | None:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign):
            targets: list[ast.expr] = node.targets
        elif isinstance(node, ast.AnnAssign):
            targets = [node.target]
        else:
            continue
        if any(isinstance(t, ast.Name) and t.id == "HEADER" for t in targets):
            return node.value
    return None


def _assigns_header(path: Path) -> bool:
    return _header_call(path) is not None


def _declared_id(path: Path) -> str | None:
    """The literal `id` of a module's HEADER: a network module may be named for its method."""
    call = _header_call(path)
    if not isinstance(call, ast.Call):
        return None
    candidates = [k.value for k in call.keywords if k.arg == "id"] + call.args[:1]
    for value in candidates:
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            return value.value
    return None


def _module_from(path: Path) -> ModuleType:
    digest = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:12]
    name = f"linkgraph_workspace_{digest}_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise AnalysisError(f"{path}: cannot be read as Python.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module
