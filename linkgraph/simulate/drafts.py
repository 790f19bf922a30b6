"""Look-ups in the making: columns of codes, joined once, ordered by time, then written.

Subjects are positions in the public's arrays, by kind; texts are codes of a `Vocabulary`.
`case` is the case that really caused a look-up; whether it is cited is decided by `cited`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from linkgraph.simulate.plan import NOBODY, Ints, Texts, texts

SUBJECT_KINDS = ("person", "vehicle", "phone", "address", "organisation", "query")
K_PERSON, K_VEHICLE, K_PHONE, K_ADDRESS, K_ORGANISATION, K_QUERY = range(len(SUBJECT_KINDS))
CHANNELS = ("self", "in_person", "internal_line", "outside_line", "mobile")
CH_SELF, CH_IN_PERSON, CH_INTERNAL, CH_OUTSIDE, CH_MOBILE = range(len(CHANNELS))
OUTPUTS = ("screen", "print", "export")

Column = Ints | int

_COLUMNS: dict[str, int] = {
    "at": 0,
    "officer": 0,
    "system": 0,
    "kind": 0,
    "subject": 0,
    "purpose": 0,
    "case": NOBODY,
    "cited": 0,
    "requester": NOBODY,
    "requester_text": 0,
    "requester_unit": NOBODY,
    "channel": CH_SELF,
    "caller": 0,
    "approver": NOBODY,
    "device": NOBODY,  # an officer whose mobile device was used; NOBODY: the holder's own
    "output": 0,
    "episode": NOBODY,
    "look_alike": NOBODY,
}


class Vocabulary:
    """Texts by number; 0 is the empty text."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {"": 0}

    def code(self, text: str) -> int:
        """The number of a text, a new one if it is new."""
        return self._codes.setdefault(text, len(self._codes))

    def codes(self, words: tuple[str, ...]) -> Ints:
        """The numbers of several texts."""
        return np.array([self.code(word) for word in words])

    @property
    def words(self) -> Texts:
        """The texts in the order of their numbers."""
        return texts(list(self._codes))


@dataclass
class Drafts:
    """Look-ups drafted so far."""

    words: Vocabulary = field(default_factory=Vocabulary)
    misuse: int = 0
    """How many of them belong to an episode."""
    _chunks: list[dict[str, Ints]] = field(default_factory=list)
    _count: int = 0

    def add(self, n: int, **columns: Column) -> Ints:
        """Draft `n` look-ups; columns not given are empty.  Their references, in order."""
        chunk: dict[str, Ints] = {}
        for name, value in columns.items():
            chunk[name] = np.broadcast_to(np.asarray(value, dtype=np.int64), (n,))
        for name, empty in _COLUMNS.items():
            if name not in chunk:
                chunk[name] = np.broadcast_to(np.int64(empty), (n,))
        unknown = set(chunk) - set(_COLUMNS)
        if unknown:
            raise KeyError(f"no such column of a look-up: {sorted(unknown)}")
        self._chunks.append(chunk)
        self.misuse += n if "episode" in columns else 0
        references = np.arange(self._count, self._count + n)
        self._count += n
        return references

    def joined(self, begin: int, end: int) -> tuple[dict[str, Ints], Ints]:
        """All drafts of `[begin, end)` by time, and for each reference its place or -1."""
        columns = {name: np.concatenate([c[name] for c in self._chunks]) for name in _COLUMNS}
        order = np.lexsort((np.arange(self._count), columns["at"]))
        at = columns["at"][order]
        order = order[(at >= begin) & (at < end)]
        place = np.full(self._count, NOBODY)
        place[order] = np.arange(len(order))
        return {name: values[order] for name, values in columns.items()}, place
