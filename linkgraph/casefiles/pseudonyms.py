"""Pseudonyms: the same for the same person throughout a case file, the key kept apart.

A pseudonym is the kind of thing and a number, given when it is first met.  The key, the file
that says which number is whose, stays in the workspace's folder `keys/` and is in no output.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from linkgraph.casefiles.identities import whole
from linkgraph.errors import CaseFileError
from linkgraph.workspace import file_name
from linkgraph.workspace.folder import write_private

Found = Mapping[str, tuple[str, str]]
_KINDS: Final[dict[str, tuple[str, str]]] = {
    "officer": ("Officer", "員警"),
    "person": ("Person", "人員"),
    "vehicle": ("Vehicle", "車輛"),
    "phone": ("Telephone", "電話"),
    "address": ("Address", "地址"),
    "organisation": ("Organisation", "組織"),
    "unit": ("Unit", "單位"),
    "lookup": ("Look-up", "查詢"),
    "case": ("Case", "案件"),
    "complaint": ("Complaint", "陳情"),
    "account": ("Account", "帳號"),
    "device": ("Device", "裝置"),
    "lead": ("Lead", "線索"),
    "document": ("Document", "文件"),
    "name": ("Name", "姓名"),
    "place": ("Place", "地點"),
    "duty": ("Duty", "勤務"),
    "query_text": ("Text", "文字"),
}
_OTHER = ("Record", "紀錄")
_LIKE = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-Z][12A-D89]\d{8}"
    r"|[A-Z]{2,3}-?\d{4}|\d{4}-?[A-Z]{2}|[A-Z]{3}-?\d{3}"
    r"|(?:\+886|0)\d{1,3}[- ]?\d{3,4}[- ]?\d{3,4})(?![A-Za-z0-9-])"
)
"""What looks like an identity number, a plate or a telephone, loaded or not."""
_TWICE = re.compile(
    "|".join(
        rf"(?<![A-Za-z]){re.escape(word)} (?={re.escape(word)} ?\d)"
        for words in _KINDS.values()
        for word in words
    ),
    re.IGNORECASE,
)
"""`officer Officer 3`: a sentence names the kind, and so does the pseudonym."""
_WITHHELD = ("[withheld]", "［隱去］")


class Pseudonyms:
    """The pseudonyms of one scope, in one language.

    `among` finds the identifying strings in texts, see `Identities.among`; `spared` are words
    that look like a plate or a number and are none: the case file's own id.
    """

    def __init__(
        self,
        path: Path,
        language: str,
        among: Callable[[Iterable[str]], Found],
        spared: Iterable[str] = (),
    ) -> None:
        self._path = path
        self._column = 1 if language == "zh-TW" else 0
        self._among = among
        self._spared = frozenset({*spared, "SHA-256"})
        self._numbers: dict[str, dict[str, int]] = _read(path)
        self._found: dict[str, tuple[str, str]] = {}
        self._pattern: re.Pattern[str] | None = None

    def of(self, kind: str, id_: str) -> str:
        """The pseudonym of an entity; a new one if it was not met before."""
        group = kind if kind in _KINDS else "record"
        numbers = self._numbers.setdefault(group, {})
        number = numbers.setdefault(id_ if group == kind else f"{kind}:{id_}", len(numbers) + 1)
        word = _KINDS.get(kind, _OTHER)[self._column]
        return f"{word}{'' if self._column else ' '}{number}"

    def learn(self, texts: Iterable[str], also: Found | None = None) -> None:
        """Find what is to be replaced in these texts, before any of them is written."""
        self._found |= {**self._among(texts), **(also or {})}
        # The longest first: an address holds the name of its road.
        ordered = sorted(self._found, key=lambda value: (-len(value), value))
        for value in sorted(self._found):
            self.of(*self._found[value])
        self._pattern = re.compile("|".join(map(whole, ordered))) if ordered else None

    def text(self, text: str) -> str:
        """The text with everything that was learnt, or looks like an identity, replaced."""
        if self._pattern is not None:
            text = self._pattern.sub(lambda hit: self.of(*self._found[hit[0]]), text)
        return _TWICE.sub("", _LIKE.sub(self._withheld, text))

    def save(self) -> None:
        """Keep the key, readable by its owner alone."""
        self._path.parent.mkdir(mode=0o700, exist_ok=True)
        text = json.dumps(self._numbers, ensure_ascii=False, indent=1, sort_keys=True)
        write_private(self._path, (text + "\n").encode("utf-8", "backslashreplace"))

    def _withheld(self, hit: re.Match[str]) -> str:
        return hit[0] if hit[0] in self._spared else _WITHHELD[self._column]


def key_file(folder: Path, scope: str) -> Path:
    """Where the key of a scope (a case file, else an inquiry, else `work`) lies."""
    return folder / f"{file_name(scope)}.json"


def _read(path: Path) -> dict[str, dict[str, int]]:
    if not path.exists():
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return {str(k): {str(i): int(n) for i, n in v.items()} for k, v in found.items()}
    except (OSError, ValueError, AttributeError) as problem:
        raise CaseFileError(
            f"{path}: is not a key of pseudonyms: {problem}.",
            remedy="Restore it from a backup; without it earlier pseudonyms cannot be continued.",
        ) from problem
