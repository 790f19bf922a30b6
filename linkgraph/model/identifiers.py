"""Identifiers: one normal form per kind, and what is doubtful about one.

The rules are Taiwan's.  Another country's agency replaces them by giving `use` its own `Rules`;
nothing else in linkgraph knows how a national ID, a plate or a telephone number is built.

Each rule exists twice, as a Python function for one value and as a DuckDB expression for a column.

*Normal form*: spaces around are cut, characters without width (a byte order mark, a zero-width
space) are dropped, full-width letters, digits and hyphens become ASCII, and

- person: an ID in lower case becomes upper case;
- vehicle: a plate is upper case with its hyphen (`abc1234`, `ＡＢＣ－１２３４` become `ABC-1234`);
- phone: a Taiwanese number is digits alone (`(02) 2331-3561`, `+886 2 23313561`: `0223313561`),
  an extension kept (`0223313561#12`);
- unit, address: 台 becomes 臺.

*Doubt* is about persons alone: a value in the form of a national ID or a resident certificate
whose check digit is wrong.  An identifier in another form (`P000123`) is an agency's own key and
not doubtful.  Doubt never drops a row.

Source of the check: weights 1 9 8 7 6 5 4 3 2 1 1 over the letter's two digits and the rest; the
sum is divisible by 10.  In the resident certificate used until 2021 the second letter counts by
the units of its number.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Protocol

WRONG_CHECK_DIGIT = "has a wrong check digit"


class Rules(Protocol):
    """How one country's identifiers are written; `kind` is an entity kind, such as `vehicle`."""

    def normal(self, kind: str, text: str) -> str:
        """The normal form of `text`."""

    def normal_sql(self, kind: str, expr: str) -> str:
        """A DuckDB expression for the normal form of the text column `expr`; NULL stays NULL."""

    def doubt(self, kind: str, text: str) -> str | None:
        """Why the identifier is doubtful, or None."""

    def doubt_sql(self, kind: str, expr: str) -> str:
        """A DuckDB expression of VARCHAR: why `expr` is doubtful, or NULL."""


def normal(kind: str, text: str) -> str:
    """The normal form of an identifier of this kind."""
    return _rules.normal(kind, text)


def normal_sql(kind: str, expr: str) -> str:
    """A DuckDB expression for the normal form of the text column `expr`; NULL stays NULL."""
    return _rules.normal_sql(kind, expr)


def doubt(kind: str, text: str) -> str | None:
    """Why an identifier is doubtful, as the end of a sentence that begins with it, or None."""
    return _rules.doubt(kind, text)


def doubt_sql(kind: str, expr: str) -> str:
    """A DuckDB expression of VARCHAR: why the text column `expr` is doubtful, or NULL."""
    return _rules.doubt_sql(kind, expr)


def use(rules: Rules) -> None:
    """Replace the rules of Taiwan, for this process."""
    global _rules  # noqa: PLW0603  one country per installation
    _rules = rules


def comparable(text: str) -> str:
    """`text` as a reader compares it: NFKC, 台 as 臺, one space, lower case.  Never stored."""
    folded = unicodedata.normalize("NFKC", text).replace("台", "臺")
    return " ".join(folded.split()).casefold()


def comparable_sql(expr: str) -> str:
    """A DuckDB expression for `comparable`, for the characters that police data contain."""
    folded = f"translate({expr}, {_quote(_WIDE + '台')}, {_quote(_NARROW + '臺')})"
    return f"lower(trim(regexp_replace({folded}, '[ \\t\\r\\n]+', ' ', 'g')))"


class Taiwan:
    """The rules that this module's text describes."""

    def normal(self, kind: str, text: str) -> str:
        folded = text.translate(_FOLD).strip(" \t\r\n")
        if kind == "person":
            upper = folded.upper()
            return upper if _NATIONAL_ID.fullmatch(upper) else folded
        if kind == "vehicle":
            plate = re.sub(" *- *", "-", folded.upper())
            if _PLATE.fullmatch(plate):
                return plate
            for whole, parts in _UNHYPHENED:
                if re.fullmatch(whole, plate):
                    return re.sub(whole, parts, plate)
            return folded
        if kind == "phone":
            digits = re.sub(_PHONE_SIGNS, "", folded)
            return re.sub(_PHONE, r"0\1", digits) if re.fullmatch(_PHONE, digits) else folded
        if kind in _NAMED:
            return folded.replace("台", "臺")
        return folded

    def normal_sql(self, kind: str, expr: str) -> str:
        # What has no partner in the second list is left out.
        wide = f"translate({expr}, {_quote(_WIDE_ID + _UNSEEN)}, {_quote(_NARROW_ID)})"
        # Nearly all is ASCII, and `translate` is thirty times as dear as telling so.
        ascii_only = f"length({expr}) = strlen({expr})"
        folded = f"trim(CASE WHEN {ascii_only} THEN {expr} ELSE {wide} END, ' \t\r\n')"
        if kind == "person":
            return _either(folded, f"upper({folded})", _NATIONAL_ID.pattern)
        if kind == "vehicle":
            plate = f"regexp_replace(upper({folded}), ' *- *', '-', 'g')"
            forms = " ".join(
                f"WHEN regexp_full_match({plate}, {_quote(whole)})"
                f" THEN regexp_replace({plate}, {_quote(f'^{whole}$')}, {_quote(parts)})"
                for whole, parts in ((f"({_PLATE.pattern})", r"\1"), *_UNHYPHENED)
            )
            # Most plates are already written so, and one pattern is cheaper than five.
            done = f"WHEN regexp_full_match({expr}, {_quote(_PLATE.pattern)}) THEN {expr}"
            return f"CASE {done} {forms} ELSE {folded} END"
        if kind == "phone":
            digits = f"regexp_replace({folded}, {_quote(_PHONE_SIGNS)}, '', 'g')"
            short = f"regexp_replace({digits}, {_quote(f'^{_PHONE}$')}, '0\\1')"
            known = f"regexp_full_match({digits}, {_quote(_PHONE)})"
            return f"CASE WHEN {known} THEN {short} ELSE {folded} END"
        if kind in _NAMED:
            return f"replace({folded}, '台', '臺')"
        return folded

    def doubt(self, kind: str, text: str) -> str | None:
        if kind != "person" or not _NATIONAL_ID.fullmatch(text):
            return None
        total = _LETTER[text[0]] // 10 + 9 * (_LETTER[text[0]] % 10)
        second = text[1]
        total += 8 * (int(second) if second.isdigit() else _LETTER[second] % 10)
        total += sum(
            int(digit) * weight for digit, weight in zip(text[2:], _TAIL_WEIGHTS, strict=True)
        )
        return None if total % 10 == 0 else WRONG_CHECK_DIGIT

    def doubt_sql(self, kind: str, expr: str) -> str:
        if kind != "person":
            return "CAST(NULL AS VARCHAR)"
        first = "".join(
            chr(ord("0") + (n // 10 + 9 * (n % 10)) % 10) for n in (_LETTER[c] for c in _LETTERS)
        )
        units = "".join(str(_LETTER[c] % 10) for c in "ABCD")
        total = f"translate({expr}[1], {_quote(_LETTERS)}, {_quote(first)})::BIGINT"
        total += f" + 8 * translate({expr}[2], 'ABCD', {_quote(units)})::BIGINT"
        for place, weight in enumerate(_TAIL_WEIGHTS, 3):
            total += f" + {weight} * {expr}[{place}]::BIGINT"
        return (
            f"CASE WHEN regexp_full_match({expr}, {_quote(_NATIONAL_ID.pattern)})"
            f" THEN CASE WHEN ({total}) % 10 <> 0 THEN {_quote(WRONG_CHECK_DIGIT)} END END"
        )


def _either(otherwise: str, value: str, pattern: str) -> str:
    return (
        f"CASE WHEN regexp_full_match({value}, {_quote(pattern)}) THEN {value} ELSE {otherwise} END"
    )


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_NUMBERS = "10 11 12 13 14 15 16 17 34 18 19 20 21 22 35 23 24 25 26 27 28 29 32 30 31 33"
_LETTER = dict(zip(_LETTERS, map(int, _NUMBERS.split()), strict=True))
_TAIL_WEIGHTS = (7, 6, 5, 4, 3, 2, 1, 1)
_NATIONAL_ID = re.compile("[A-Z][1289A-D][0-9]{8}")
_NAMED = ("unit", "address")

_PLATE = re.compile("[A-Z0-9]{2,4}-[A-Z0-9]{2,4}")
# `A21234` stays: it may be A2-1234, but as well an agency's own number.
_UNHYPHENED = (
    ("([A-Z]{2,3})([0-9]{3,4})", r"\1-\2"),
    ("([0-9]{3,4})([A-Z]{2,3})", r"\1-\2"),
    ("([0-9][A-Z])([0-9]{4})", r"\1-\2"),
    ("([0-9]{4})([A-Z][0-9]|[0-9][A-Z])", r"\1-\2"),
)
_PHONE_SIGNS = "[-() .]"
_PHONE = "(?:[+]?8860?|0)([2-9][0-9]{7,8}(?:#[0-9]+)?)"

_WIDE_ID = "".join(
    (
        *(chr(c) for c in range(0xFF10, 0xFF1A)),
        *(chr(c) for c in range(0xFF21, 0xFF3B)),
        *(chr(c) for c in range(0xFF41, 0xFF5B)),
        "－‐‑–—＃（）＋　\u00a0",
    )
)
_NARROW_ID = "0123456789" + _LETTERS + _LETTERS.lower() + "-----" + "#()+" + "  "
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff"
_FOLD = str.maketrans(_WIDE_ID, _NARROW_ID, _UNSEEN)
_WIDE = "".join(chr(c) for c in range(0xFF01, 0xFF5F)) + "　"
_NARROW = "".join(chr(c) for c in range(0x21, 0x7F)) + " "

_rules: Rules = Taiwan()
