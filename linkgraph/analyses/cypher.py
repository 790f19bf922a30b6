"""Cypher analyses: where their files are, and how a header is read from the comment on top.

    // id: circle
    // revision: 1
    // role: set
    // title: {en: Within the circle, zh-TW: 關係圈內}
    // statement: {en: ..., zh-TW: ...}
    // needs: [associations]
    // rationale: Why it exists.
    // source: Where that is known from.
    // innocent:
    //   - {en: ..., zh-TW: ...}
    // parameters: {max_ties: 2}
    // prior: 0.25
    // prior_reason: ...
    MATCH ...

The leading `//` lines, without their slashes, are one YAML mapping with the fields of
`Header`; the rest of the file is the query, comments further down included.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.errors import AnalysisError

_KNOWN = frozenset(f.name for f in fields(Header))
_REQUIRED = ("id", "revision", "role", "title", "statement", "rationale", "source")


@dataclass(frozen=True)
class CypherAnalysis:
    """A graph analysis as its file states it."""

    header: Header
    query: str
    path: Path


def cypher_folder() -> Path:
    """The folder with `analyses/` and `explore/`: inside the package, or the checkout's.

    A wheel carries it as `linkgraph/cypher`; in a checkout it lies beside `linkgraph`.
    Raises AnalysisError if neither is there.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "cypher", package.parent / "cypher"):
        if (folder / "analyses").is_dir():
            return folder
    raise AnalysisError(
        f"The graph analyses are missing: no cypher/analyses beside {package}.",
        remedy="Install linkgraph again.",
    )


def parse_cypher(path: Path) -> CypherAnalysis:
    """Read one `.cypher` file; raises AnalysisError naming file and field when it is malformed."""
    import yaml

    lines = path.read_text(encoding="utf-8").splitlines()
    head: list[str] = []
    for line in lines:
        stripped = line.lstrip()
        if not stripped.startswith("//"):
            break
        head.append(stripped[2:].removeprefix(" "))
    try:
        fields_ = yaml.safe_load("\n".join(head))
    except yaml.YAMLError as problem:
        raise AnalysisError(
            f"{path}: the header comment is not YAML: {problem}",
            remedy="Quote texts that hold a colon, and indent by spaces.",
        ) from problem
    if not isinstance(fields_, Mapping):
        raise AnalysisError(
            f"{path}: no header: the file must begin with `// id: {path.stem}`.",
            remedy="See any file of cypher/analyses.",
        )
    query = "\n".join(lines[len(head) :]).strip()
    if not query:
        raise AnalysisError(f"{path}: there is no query below the header.")
    return CypherAnalysis(header_of(fields_, str(path)), query + "\n", path)


def header_of(given: Mapping[str, Any], where: str) -> Header:
    """A Header from parsed YAML; raises AnalysisError naming `where` and the field at fault."""
    unknown = sorted(set(given) - _KNOWN)
    if unknown:
        raise AnalysisError(
            f"{where}: unknown header field {', '.join(map(repr, unknown))}.",
            remedy=f"The fields are {', '.join(sorted(_KNOWN))}.",
        )
    missing = [name for name in _REQUIRED if given.get(name) in (None, "")]
    if missing:
        raise AnalysisError(f"{where}: the header lacks {', '.join(missing)}.")
    try:
        role = Role(given["role"])
    except ValueError as problem:
        raise AnalysisError(
            f"{where}: role {given['role']!r} is none of {', '.join(Role)}."
        ) from problem
    try:
        prior = given.get("prior")
        return Header(
            id=str(given["id"]),
            revision=int(given["revision"]),
            role=role,
            title=_text(given["title"], where, "title"),
            statement=_text(given["statement"], where, "statement"),
            needs=tuple(map(str, given.get("needs") or ())),
            rationale=" ".join(str(given["rationale"]).split()),
            source=" ".join(str(given["source"]).split()),
            innocent=tuple(_text(t, where, "innocent") for t in given.get("innocent") or ()),
            parameters=dict(given.get("parameters") or {}),
            prior=None if prior is None else float(prior),
            prior_reason=" ".join(str(given.get("prior_reason") or "").split()),
            against=_flag(given, where, "against"),
            of_session=_flag(given, where, "of_session"),
        )
    except (TypeError, ValueError) as problem:
        raise AnalysisError(f"{where}: a header field has the wrong type: {problem}.") from problem


def _flag(given: Mapping[str, Any], where: str, name: str) -> bool:
    value = given.get(name, False)
    if not isinstance(value, bool):
        raise AnalysisError(f"{where}: {name} is {value!r}; it is either true or false.")
    return value


def _text(given: Any, where: str, name: str) -> Text:
    if not isinstance(given, Mapping) or "en" not in given or "zh-TW" not in given:
        raise AnalysisError(f"{where}: {name} needs a text under `en` and one under `zh-TW`.")
    return Text(" ".join(str(given["en"]).split()), " ".join(str(given["zh-TW"]).split()))
