"""How the indicators of a pair count together: what sees the same thing once, all within ±5 bits,
and what is true of a session once for the people looked up in it.

An officer who is off duty and looks three people up in one sitting was off duty once.  A fact of
the session (`Header.of_session`) therefore counts for the strongest hit of a set, and for a
weaker one only if it was also true in a session that has not counted yet.  What speaks against
counts for every hit: each look-up has its innocent reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

CLIP = 5.0
SAME_THING: tuple[frozenset[str], ...] = (
    frozenset({"content_system", "several_systems"}),
    frozenset({"patrol_plate", "batch", "declared_programme"}),
    frozenset({"proxy_unregistered", "proxy_contradicted", "asks_many"}),
    frozenset({"off_duty", "shared_device"}),
    frozenset({"claimed_event", "purpose_contradicted"}),
    frozenset({"repeated", "followed"}),
    frozenset({"unit_case_near", "own_case_later"}),
)
_FAMILY = {id_: number for number, family in enumerate(SAME_THING) for id_ in family}

Bits = tuple[tuple[str, float], ...]
"""Indicator id and its bits, in the order of ids."""
Sessions = Mapping[str, frozenset[int]]
"""Of the indicators that are facts of a session, the sessions in which they fired on a pair."""


def strongest_of_each(items: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
    """Of indicators that see the same thing the strongest, in the order of ids."""
    kept = dict(items)
    for family in SAME_THING:
        seen = sorted((-abs(kept[id_]), id_) for id_ in family if id_ in kept)
        for _, id_ in seen[1:]:
            del kept[id_]
    return sorted(kept.items())


def clipped(items: Sequence[tuple[str, float]]) -> Bits:
    """The bits scaled so that their sum lies within ±5."""
    total = sum(bits for _, bits in items)
    scale = CLIP / abs(total) if abs(total) > CLIP else 1.0
    return tuple((id_, bits * scale) for id_, bits in items)


def same_as(ids: Iterable[str]) -> frozenset[str]:
    """These indicators with whatever sees the same thing."""
    given = frozenset(ids)
    return given.union(*(family for family in SAME_THING if family & given))


class Counted:
    """Which facts of a session have counted already, as hits are gone through by strength."""

    def __init__(self) -> None:
        self._seen: set[tuple[int | str, int]] = set()

    def spent(self, context: Bits, sessions: Sessions) -> frozenset[str]:
        """Of a hit's indicators those that counted for stronger ones; the rest now counts."""
        spent = set()
        for id_, bits in context:
            held = {(_FAMILY.get(id_, id_), session) for session in sessions.get(id_, ())}
            if bits <= 0 or not held:
                continue
            if held <= self._seen:
                spent.add(id_)
            self._seen |= held
        return frozenset(spent)
