"""The Cypher that every store understands alike, and what is wrong with a file that leaves it.

The embedded engine differs from Neo4j, sometimes silently: a variable-length match is a walk in
one and a trail in the other, `substring` counts from 1 or 0, `labels()` is a string or a list,
a missing parameter gives no rows.  So files use a subset, and this lint holds them to it:

* clauses, functions and keywords of a list; no CALL, no writing, no parameters undeclared;
* fixed hops: no `*` in a relationship, one type each, one label per node at its first mention;
* two nodes of one label in one `MATCH` differ by an explicit `<>`, unless a tie that joins
  nobody with himself lies between them; two relationships of one type have different `tie_id`s;
* branches of a UNION repeat an expression in the same columns or not at all: the embedded
  engine makes one column of two that are equal in the first branch;
* `end`, `start` and the type `IS` in back quotes; `LIMIT` only after `ORDER BY`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import combinations, pairwise
from typing import Final

from linkgraph.graph.branches import branches
from linkgraph.graph.guard import only_reads
from linkgraph.graph.schema import LABEL, RELATIONSHIP
from linkgraph.graph.tokens import Token, tokens

FUNCTIONS: Final = frozenset({"count", "sum", "min", "max", "collect", "lower", "upper", "size"})
KEYWORDS: Final = frozenset(
    {"MATCH", "OPTIONAL", "WHERE", "WITH", "RETURN", "UNWIND", "ORDER", "BY", "LIMIT", "UNION"}
    | {"ALL", "DISTINCT", "AS", "AND", "OR", "NOT", "IN", "NULL", "TRUE", "FALSE", "EXISTS"}
    | {"COUNT", "CASE", "WHEN", "THEN", "ELSE", "END", "CONTAINS", "ASC", "DESC", "IS"}
)
_FOREIGN: Final = frozenset(
    {"ANY", "NONE", "SINGLE", "REDUCE", "SHORTESTPATH", "SHORTEST", "TRAIL", "ACYCLIC", "SKIP"}
    | {"STARTS", "ENDS", "XOR", "REGEXP", "GREATEST", "LEAST", "COALESCE"}
)
_NODE: Final = re.compile(r"\((\w*)(?::(\w+(?:[:|&]\w+)*))?\)")
_TIE: Final = re.compile(r"\[(\w*):`?(\w+)`?([^\]]*)\]")
_UNEQUAL: Final = re.compile(r"(\w+)\.(\w+) <> (\w+)\.(\w+)")
_CLAUSE: Final = re.compile(
    r"^(OPTIONAL MATCH|MATCH|WITH|UNWIND|RETURN|WHERE|ORDER BY|LIMIT)\b", re.MULTILINE
)


def problems(query: str, declared: Collection[str]) -> list[str]:
    """What is wrong with `query` (without its header), each a sentence; empty if nothing is.

    `declared`: the parameters it may name.  Raises StoreError for text that is no query at all.
    """
    only_reads(query)
    found = list(_words(tokens(query), declared))
    for number, branch in enumerate(branches(query), 1):
        found.extend(f"branch {number}: {text}" for text in _patterns(branch))
    if len({_repeats(branch) for branch in branches(query)}) > 1:
        found.append("branches of the UNION repeat different columns")
    return found


def _repeats(branch: str) -> tuple[int, ...]:
    """For each returned column, the first that has the same expression."""
    returned = re.sub(r"//.*", "", branch).rpartition("RETURN")[2]
    returned = re.split(r"^ORDER BY", returned, flags=re.MULTILINE)[0]
    depth, parts = 0, [""]
    for character in returned:
        depth += (character in "([{") - (character in ")]}")
        if character == "," and not depth:
            parts.append("")
        else:
            parts[-1] += character
    bare = [" ".join(part.rpartition(" AS ")[0].split()) for part in parts]
    return tuple(bare.index(expression) for expression in bare)


def _words(found: list[Token], declared: Collection[str]) -> Iterator[str]:
    bare = Token("sign", "", 0)
    for before, token, after in zip([bare, *found], found, [*found[1:], bare], strict=False):
        where = f"line {token.line}: "
        called = after.kind == "sign" and after.text == "(" and not before.text.endswith(":")
        if token.kind == "parameter" and token.text not in declared:
            yield f"{where}parameter ${token.text} is not declared"
        elif token.kind == "word" and called and token.upper not in KEYWORDS | {"COUNT"}:
            if token.text not in FUNCTIONS:
                yield f"{where}{token.text}() is not in the subset"
        elif token.kind == "word" and token.upper in _FOREIGN:
            yield f"{where}{token.text} is not in the subset"
        if before.text == "." and token.kind == "word" and token.text in {"start", "end"}:
            yield f"{where}write `{token.text}` in back quotes"
    texts = [token.upper for token in found]
    for place, text in enumerate(texts):
        if text == "LIMIT" and "ORDER" not in texts[:place]:
            yield f"line {found[place].line}: LIMIT without ORDER BY cuts at random"
    for one, other in pairwise(found):
        if one.text == ":" and other.upper == "IS":
            yield f"line {other.line}: write the type `IS` in back quotes"


def _patterns(branch: str) -> Iterator[str]:
    code = re.sub(r"//.*", "", branch)
    labels: dict[str, str] = {}
    for clause, scope in _clauses(code):
        local = dict(labels)
        yield from _nodes(scope, local)
        yield from _ties(scope)
        if clause == "MATCH":
            yield from _inequalities(scope, local)
        if not scope.startswith("{"):
            labels = local


def _clauses(code: str) -> Iterator[tuple[str, str]]:
    """Each clause with what belongs to it; a MATCH with its WHERE, a subquery on its own."""
    inner: list[str] = []

    def lift(match: re.Match[str]) -> str:
        inner.append(match.group(0))
        return "SUBQUERY"

    outer = re.sub(r"\{[^{}]*\}", lift, code)
    starts = [*_CLAUSE.finditer(outer)]
    parts: list[list[str]] = []
    for place, match in enumerate(starts):
        end = starts[place + 1].start() if place + 1 < len(starts) else len(outer)
        text = outer[match.start() : end]
        if match[1] == "WHERE" and parts:
            parts[-1][1] += text
        else:
            parts.append([match[1].removeprefix("OPTIONAL "), text])
    for name, text in parts:
        yield name, text
        for _ in range(text.count("SUBQUERY")):
            yield "SUBQUERY", inner.pop(0)


def _nodes(scope: str, labels: dict[str, str]) -> Iterator[str]:
    if "MATCH" not in scope:
        return
    for variable, label in _NODE.findall(_without_calls(scope)):
        if not label:
            if variable and variable not in labels:
                yield f"({variable}) has no label at its first mention"
            continue
        if label not in LABEL:
            yield f"({variable}:{label}) names no single label of the model"
        elif variable:
            labels[variable] = label


def _ties(scope: str) -> Iterator[str]:
    if "MATCH" not in scope:
        return
    for variable, type_, rest in _TIE.findall(scope):
        if type_ not in RELATIONSHIP:
            yield f"[{variable}:{type_}] names no relationship of the model"
        if rest.strip():
            yield f"[{variable}:{type_}{rest}] is more than one type and one hop"
    if re.search(r"-\[\w*\]-|--", scope):
        yield "a relationship has no type"


def _inequalities(scope: str, labels: dict[str, str]) -> Iterator[str]:
    """Nodes that could be one and the same, ties that could be one and the same."""
    pattern = scope.split("WHERE", 1)[0]
    apart = {frozenset((a, b)) for a, _, b, _ in _UNEQUAL.findall(scope)}
    apart |= set(_joined_by_no_self(pattern))
    named = dict.fromkeys(v for v, _ in _NODE.findall(_without_calls(pattern)) if v)
    for one, other in combinations(named, 2):
        if labels.get(one) == labels.get(other) and frozenset((one, other)) not in apart:
            yield f"nodes {one} and {other} may be one: add {one}.id <> {other}.id"
    ties = [(variable, type_) for variable, type_, _ in _TIE.findall(pattern)]
    for (one, type_), (other, other_type) in combinations(ties, 2):
        if type_ == other_type and frozenset((one, other)) not in apart:
            yield f"ties {one} and {other} may be one: add {one}.tie_id <> {other}.tie_id"


def _joined_by_no_self(pattern: str) -> Iterator[frozenset[str]]:
    """Pairs of nodes with an undirected tie between them: the projection has none to oneself."""
    step = re.compile(r"(?=\((\w+)(?::\w+)?\)<?-\[\w*:`?(\w+)`?\]->?\((\w+))")
    for one, type_, other in step.findall(pattern):
        if type_ in RELATIONSHIP and not RELATIONSHIP[type_].directed:
            yield frozenset((one, other))


def _without_calls(text: str) -> str:
    return re.sub(r"\w+\((?:DISTINCT )?[\w.` ]*\)", "", text)
