"""Characters that must not act or vanish on paper: controls, direction marks, what has no glyph."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable

_BLANKS = dict.fromkeys(map(ord, "\t\n\r\v\f\u2028\u2029"), " ")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Cn"})


def visible(text: str) -> str:
    """The text in one line, with characters that act or hide written out: `〔U+202E〕`."""
    flat = text.translate(_BLANKS)
    if flat.isascii() and flat.isprintable():
        return flat
    return "".join(
        written(c) if unicodedata.category(c) in _UNSEEN and c != "\u00ad" else c for c in flat
    )


def without(text: str, characters: Collection[str]) -> str:
    """The text with each of these characters written out."""
    if not characters:
        return text
    return text.translate({ord(c): written(c) for c in characters})


def written(character: str) -> str:
    """A character as its code point between brackets that every Chinese font has."""
    return f"〔U+{ord(character):04X}〕"


def used(texts: Iterable[str]) -> set[str]:
    """The characters that need a glyph."""
    found: set[str] = set()
    for text in texts:
        found.update(text)
    return {c for c in found if not c.isspace()}


def user_defined(character: str) -> bool:
    """Whether a character means something only where somebody drew it."""
    return unicodedata.category(character) == "Co"
