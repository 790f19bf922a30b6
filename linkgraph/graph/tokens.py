"""Cypher cut into tokens: enough to tell words from strings and comments, and no more.

Both the guard of users' queries and the lint of our own work on these tokens, so that a
forbidden word inside a string, a comment or a quoted name is seen for what it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from linkgraph.errors import StoreError

TokenKind = Literal["word", "name", "text", "number", "parameter", "sign"]
"""`name` is a back-quoted identifier, `word` a bare one or a keyword, `sign` everything else."""

_TWO = ("<>", "<=", ">=", "->", "<-", "..", "=~", "+=")


@dataclass(frozen=True)
class Token:
    """One token, its text without quotes, and the line on which it begins."""

    kind: TokenKind
    text: str
    line: int

    @property
    def upper(self) -> str:
        """The word in capitals; empty for anything that is not a bare word."""
        return self.text.upper() if self.kind == "word" else ""


def tokens(cypher: str) -> list[Token]:
    """All tokens of `cypher`, comments left out.

    Raises StoreError for an unclosed string, name or comment: where it ends is where two
    readers of the same text could disagree.
    """
    found: list[Token] = []
    i, line, size = 0, 1, len(cypher)
    while i < size:
        character = cypher[i]
        start, begun = i, line
        if character.isspace():
            line += character == "\n"
            i += 1
            continue
        if cypher.startswith("//", i):
            end = cypher.find("\n", i)
            i = size if end < 0 else end
            continue
        if cypher.startswith("/*", i):
            end = cypher.find("*/", i + 2)
            if end < 0:
                raise _unclosed("comment", line)
            line += cypher.count("\n", i, end)
            i = end + 2
            continue
        if character in "'\"`":
            i = _closing(cypher, i, line)
            kind: TokenKind = "name" if character == "`" else "text"
            found.append(Token(kind, cypher[start + 1 : i], begun))
            line += cypher.count("\n", start, i)
            i += 1
            continue
        if character == "$":
            i += 1
            while i < size and _inside(cypher[i]):
                i += 1
            found.append(Token("parameter", cypher[start + 1 : i], begun))
            continue
        if _inside(character):
            while i < size and _inside(cypher[i]):
                i += 1
            text = cypher[start:i]
            found.append(Token("number" if text[0].isdigit() else "word", text, begun))
            continue
        i += 2 if cypher[i : i + 2] in _TWO else 1
        found.append(Token("sign", cypher[start:i], begun))
    return found


def _inside(character: str) -> bool:
    return character.isalnum() or character == "_"


def _closing(cypher: str, start: int, line: int) -> int:
    """Index of the quote that closes the one at `start`."""
    quote, i = cypher[start], start + 1
    while i < len(cypher):
        if cypher[i] == "\\" and quote != "`":
            i += 2
            continue
        if cypher[i] == quote:
            return i
        i += 1
    raise _unclosed("name" if quote == "`" else "string", line)


def _unclosed(what: str, line: int) -> StoreError:
    return StoreError(f"The query has an unclosed {what} in line {line}.", remedy="Close it.")
