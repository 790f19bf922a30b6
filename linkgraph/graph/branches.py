"""The branches of a UNION, and which of them can give rows at all.

A branch that begins with a guard such as `WHERE $k >= 3` gives nothing when `$k` is 2, but the
embedded engine would still evaluate it in full.  So guards are decided before the query is sent.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

_UNION: Final = re.compile(r"^UNION ALL\s*$", re.MULTILINE)
_GUARD: Final = re.compile(r"(?:WHERE|AND)\s+\$(\w+)\s*(>=|<=|=|>|<)\s*(\d+)\b")
_TYPE: Final = re.compile(r"\[\w*:`?(\w+)`?\]")
_COMPARE: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
}


def branches(query: str) -> list[str]:
    """The parts between lines that hold nothing but `UNION ALL`."""
    return [part.strip() + "\n" for part in _UNION.split(query)]


def live(query: str, parameters: Mapping[str, Any]) -> list[str]:
    """The branches of `query` that can give rows: those with a false guard are left out.

    A guard is a comparison of a parameter with a number in the `WHERE` of the branch's `MATCH`;
    that of an `OPTIONAL MATCH` or of a subquery guards no branch.
    """
    return [part for part in branches(query) if _holds(part, parameters)]


def matched_types(branch: str) -> set[str]:
    """Relationship types that a branch must match to give any row."""
    outer = re.sub(r"\{[^{}]*\}", "", re.sub(r"//.*", "", branch))
    must = re.sub(r"OPTIONAL MATCH.*", "", outer)
    return set(_TYPE.findall(must))


def _holds(branch: str, parameters: Mapping[str, Any]) -> bool:
    clause = ""
    for line in branch.splitlines():
        words = line.split()
        if words and words[0] in {"MATCH", "OPTIONAL", "WITH", "UNWIND", "RETURN"}:
            clause = words[0]
        if clause != "MATCH" or "{" in line:
            continue
        for name, sign, number in _GUARD.findall(line):
            if name in parameters and not _COMPARE[sign](parameters[name], int(number)):
                return False
    return True
