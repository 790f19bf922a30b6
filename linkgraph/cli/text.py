"""Text from the data on a terminal: a name must not move the cursor or colour the screen."""

from __future__ import annotations

import unicodedata

_KEPT = frozenset("\n")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def printable(text: str, *, line: bool = False) -> str:
    """`text` with control and direction characters made visible; as one line if asked."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        character
        if (character in _KEPT and not line) or unicodedata.category(character) not in _HIDDEN
        else character.encode("unicode_escape").decode()
        for character in text
    )


def width(text: str) -> int:
    """Columns that `text` takes on a terminal: Han and full-width forms take two."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )
