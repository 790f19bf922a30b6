"""Users' own Cypher: only what reads is let through.

An embedded database opened read-only still runs `COPY ... TO`, `EXPORT DATABASE`, `LOAD FROM`
and `INSTALL`, which reach files and the network, and a server's READ session is the client's
own choice.  So a query is let through only when every word that could begin a clause is known
to read; what is not known is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from linkgraph.errors import StoreError
from linkgraph.graph.tokens import Token, tokens

_STARTS = frozenset({"MATCH", "OPTIONAL", "UNWIND", "WITH", "RETURN"})
_JOINS_LISTED = """MATCH OPTIONAL WHERE WITH RETURN UNWIND ORDER BY SKIP LIMIT UNION ALL AS
    AND OR XOR NOT IN IS NULL STARTS ENDS CONTAINS CASE WHEN THEN ELSE END ASC ASCENDING
    DESC DESCENDING DISTINCT"""
_JOINS = frozenset(_JOINS_LISTED.split())
"""What may follow a value: nothing else can, so an unknown clause is always caught here."""

_NEVER_LISTED = """ALTER ANALYZE ATTACH BEGIN CALL CHECKPOINT COMMENT COMMIT COPY CREATE DELETE
    DETACH DROP EXPLAIN EXPORT EXTENSION FOREACH FORCE FROM GRANT IMPORT INSTALL LOAD MACRO MERGE
    PROFILE PROJECT REMOVE RENAME ROLLBACK SET TRANSACTION UNINSTALL UPDATE USE"""
_NEVER = frozenset(_NEVER_LISTED.split())
_NAMESPACES = frozenset(
    {"date", "datetime", "duration", "localdatetime", "localtime", "time", "point"}
)
"""Namespaces of Neo4j's own functions; one that an administrator installed may do anything."""
_REMEDY = (
    "A query may use MATCH, OPTIONAL MATCH, WHERE, WITH, UNWIND, RETURN, ORDER BY, SKIP, LIMIT "
    "and UNION; a name that is a reserved word goes between back quotes."
)


def only_reads(cypher: str) -> None:
    """Raise StoreError unless `cypher` is one statement that does nothing but read."""
    found = tokens(cypher)
    while found and found[-1].text == ";":
        found.pop()
    if not found:
        raise StoreError("The query is empty.", remedy=_REMEDY)
    if found[0].upper not in _STARTS:
        raise _refused(found[0])
    for token in found:
        if token.kind == "sign" and token.text == ";":
            raise StoreError(
                f"The query holds more than one statement (line {token.line}).",
                remedy="Run them one at a time.",
            )
    for qualifier, dot, name, bracket in _fours(found):
        called = dot.text == "." and bracket.text == "(" and name.kind in {"word", "name"}
        if called and qualifier.text.lower() not in _NAMESPACES:
            raise _refused(name)
    before = Token("sign", "", 1)
    for token, after in pairwise([*found, Token("sign", "", 0)]):
        if token.kind == "word" and not _is_name(before, after):
            if token.upper in _NEVER:
                raise _refused(token)
            if _ends_value(before) and token.upper not in _JOINS:
                raise _refused(token)
        before = token


def _fours(found: list[Token]) -> Iterator[tuple[Token, Token, Token, Token]]:
    return zip(found, found[1:], found[2:], found[3:], strict=False)


def _is_name(before: Token, after: Token) -> bool:
    """Whether a word stands where only a property, a label, an alias or a key can stand."""
    if before.kind == "sign" and before.text in {".", ":", "|"}:
        return True
    if before.upper == "AS":
        return True
    return after.kind == "sign" and after.text == ":" and before.text in {"{", ","}


def _ends_value(token: Token) -> bool:
    if token.kind == "sign":
        return token.text in {")", "]", "}"}
    return token.upper not in _KEYWORDS


_KEYWORDS = _JOINS - {"END", "NULL"} | {"EXISTS", "COUNT", "SHORTEST", "TRAIL", "ANY", "ALL"}


def _refused(token: Token) -> StoreError:
    return StoreError(
        f"The query is refused: {token.text!r} in line {token.line} is not known to only read.",
        remedy=_REMEDY,
    )
