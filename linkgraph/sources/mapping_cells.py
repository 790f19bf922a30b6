"""Single values of a mapping's YAML: texts, flags, regular expressions, and how a cell is made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from rapidfuzz import fuzz, process

from linkgraph.model import dates
from linkgraph.sources import sql
from linkgraph.sources.mapping_model import KEEP_OTHERS, Cell, Ref
from linkgraph.sources.mapping_yaml import Field, Fields, Items, Problem, Text

_T = TypeVar("_T")
_PLACE = re.compile(r"\{([^{}]+)\}")


def nearest(wrong: str, known: Iterable[str]) -> str:
    """`Did you mean ...?` for a name that is not known; otherwise what is known."""
    names = list(known)
    found = process.extractOne(wrong, names, scorer=fuzz.ratio, score_cutoff=60)
    found = found or process.extractOne(wrong, names, scorer=fuzz.WRatio, score_cutoff=80)
    if found:
        return f"Did you mean `{found[0]}`?"
    shown = ", ".join(f"`{name}`" for name in names[:12])
    more = f" and {len(names) - 12} more" if len(names) > 12 else ""
    return f"There is {shown}{more}." if names else ""


class ValueParser:
    """Reads values; what is wrong goes to `problems`, and reading goes on."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def wrong(self, line: int, message: str, remedy: str = "") -> None:
        self.problems.append(Problem(self.file, line, message, remedy))

    # ---- one value --------------------------------------------------------------------

    def cell(self, field: Field) -> Cell | None:
        value = field.value
        if isinstance(value, Text):
            if value.text is None:
                self.wrong(field.line, f"`{field.key}` has no heading.", "Remove it or fill it.")
                return None
            return Cell(field.line, heading=Ref(value.text, value.line))
        if isinstance(value, Items):
            self.wrong(field.line, f"`{field.key}` is a list.", "Use `first_of` or `template`.")
            return None
        origins = ("heading", "constant", "template", "first_of")
        steps = ("empty", "extract", "replace", "values", "otherwise", "dates", "note")
        self.known(value, origins + steps)
        given = [name for name in origins if value.get(name)]
        if len(given) != 1:
            self.wrong(
                field.line,
                f"`{field.key}` needs one of {', '.join(origins)}, not {len(given)}.",
                "A heading alone can be written as text.",
            )
            return None
        return self.steps(value, self.origin(value, field.line))

    def origin(self, value: Fields, line: int) -> Cell:
        heading, template = value.get("heading"), value.get("template")
        first_of = value.get("first_of")
        if heading:
            refs = self.refs(heading)
            return Cell(line, heading=refs[0] if refs else Ref("", line))
        if template:
            text = self.text(value, "template") or ""
            parts = tuple(
                (Ref(name.removesuffix("?"), template.line), name.endswith("?"))
                for name in _PLACE.findall(text)
            )
            if not parts:
                self.wrong(template.line, "a template names no {heading}.", "Use `constant`.")
            return Cell(line, template=text, parts=parts)
        if first_of:
            return Cell(line, first_of=self.refs(first_of))
        return Cell(line, constant=self.text(value, "constant") or "")

    def steps(self, value: Fields, cell: Cell) -> Cell:
        empty, dated, translated = value.get("empty"), value.get("dates"), value.get("values")
        formats = self.texts(dated) if dated else ()
        for name in formats:
            problem = dates.check_format(name)
            if problem and dated:
                self.wrong(dated.line, f"`{name}` {problem}.")
        values: tuple[tuple[str, str | None], ...] = ()
        if translated:
            if isinstance(translated.value, Fields):
                values = tuple((f.key, self.scalar(f)) for f in translated.value)
            else:
                self.wrong(translated.line, "`values` is no list of `old: new`.")
        otherwise = value.get("otherwise")
        if otherwise and not translated:
            self.wrong(otherwise.line, "`otherwise` needs `values`.", "Add them or remove it.")
        return replace(
            cell,
            empty=self.texts(empty) if empty else (),
            extract=self.regex(value, "extract"),
            replace=self.replacements(value),
            values=values,
            otherwise=self.scalar(otherwise) if otherwise else KEEP_OTHERS,
            dates=formats,
        )

    def replacements(self, value: Fields) -> tuple[tuple[str, str], ...]:
        field = value.get("replace")
        if field is None:
            return ()
        if not isinstance(field.value, Fields):
            self.wrong(field.line, "`replace` is no list of `pattern: text`.")
            return ()
        for entry in field.value:
            self.check_regex(entry.key, entry.line)
        return tuple((entry.key, self.scalar(entry) or "") for entry in field.value)

    # ---- small parts ------------------------------------------------------------------

    def known(self, fields: Fields, allowed: Iterable[str]) -> None:
        names = tuple(allowed)
        for field in fields:
            if field.key not in names:
                self.wrong(
                    field.line, f"`{field.key}` is not known here.", nearest(field.key, names)
                )

    def named(
        self, item: Fields, key: str, make: Callable[[Field], _T | None]
    ) -> tuple[tuple[str, _T], ...]:
        field = item.get(key)
        if field is None:
            return ()
        if not isinstance(field.value, Fields):
            self.wrong(field.line, f"`{key}` is no list of `name: value`.")
            return ()
        made = [(entry.key, make(entry)) for entry in field.value]
        return tuple((name, value) for name, value in made if value is not None)

    def refs(self, field: Field) -> tuple[Ref, ...]:
        return tuple(Ref(text, field.line) for text in self.texts(field))

    def texts(self, field: Field) -> tuple[str, ...]:
        items = field.value.items if isinstance(field.value, Items) else (field.value,)
        found = [item.text for item in items if isinstance(item, Text) and item.text is not None]
        if len(found) != len(items):
            self.wrong(field.line, f"`{field.key}` is neither a text nor a list of texts.")
        return tuple(found)

    def scalar(self, field: Field) -> str | None:
        if isinstance(field.value, Text):
            return field.value.text
        self.wrong(field.line, f"`{field.key}` is no text.")
        return None

    def text(self, fields: Fields, key: str) -> str | None:
        field = fields.get(key)
        return self.scalar(field) if field else None

    def line(self, fields: Fields, key: str) -> int:
        field = fields.get(key)
        return field.line if field else fields.line

    def flag(self, fields: Fields, key: str) -> bool | None:
        text = self.text(fields, key)
        if text is None:
            return None
        if text.casefold() not in {"true", "false", "yes", "no"}:
            self.wrong(self.line(fields, key), f"`{key}` is true or false, not `{text}`.")
        return text.casefold() in {"true", "yes"}

    def regex(self, fields: Fields, key: str) -> str | None:
        pattern = self.text(fields, key)
        if pattern is not None:
            self.check_regex(pattern, self.line(fields, key))
        return pattern

    def check_regex(self, pattern: str, line: int) -> None:
        import duckdb

        try:
            # The table engine's own dialect (RE2) decides: it has no look-around.
            with duckdb.connect(config=sql.OFFLINE) as engine:
                engine.execute(f"SELECT regexp_matches('', {sql.text(pattern)})")
        except duckdb.Error as problem:
            reason = str(problem).splitlines()[0].removeprefix("Invalid Input Error: ")
            self.wrong(line, f"`{pattern}` is no regular expression: {reason}.")
