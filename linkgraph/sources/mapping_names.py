"""What a heading in a mapping means: which column of which file, and what to say if it is none."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field

from linkgraph.model.identifiers import comparable
from linkgraph.sources import sql
from linkgraph.sources.mapping_cells import nearest
from linkgraph.sources.mapping_model import FileSpec, Ref
from linkgraph.sources.mapping_yaml import Problem

NOTHING = "CAST(NULL AS VARCHAR)"


@dataclass(frozen=True)
class Headings:
    """The headings of every file that goes by one name in the mapping; none matched: empty."""

    spec: FileSpec
    files: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Every heading, in the order in which they are met."""
        return tuple(dict.fromkeys(name for _, columns in self.files for name in columns))

    def find(self, heading: str) -> str | None:
        """The heading as the files have it; width, spaces, 台 and case do not matter."""
        if heading in self.columns:
            return heading
        wanted = _folded(heading)
        return next((name for name in self.columns if _folded(name) == wanted), None)


def _folded(heading: str) -> str:
    return comparable(heading).replace(" ", "")


@dataclass
class Names:
    """The names that a feed may use; resolving one that is none adds to `problems`."""

    file: str
    own: Headings
    problems: list[Problem] = field(default_factory=list)
    defined: set[str] = field(default_factory=set)
    others: dict[str, tuple[str, Headings]] = field(default_factory=dict)
    made: dict[str, MappingOf[str, str]] = field(default_factory=dict)

    def wrong(self, line: int, message: str, remedy: str = "") -> None:
        self.problems.append(Problem(self.file, line, message, remedy))

    def is_own(self, ref: Ref) -> bool:
        """Whether the name is a heading of the feed's own file or defined beside them."""
        if ref.text in self.defined or self.own.find(ref.text):
            return True
        return not any(ref.text.startswith(f"{alias}.") for alias in (*self.others, *self.made))

    def expression(self, ref: Ref) -> str:
        """SQL for the name in the scope of the whole feed."""
        if ref.text not in self.defined and not self.own.find(ref.text):
            alias, dot, rest = ref.text.partition(".")
            if dot and alias in self.made:
                return self._made(ref, alias, rest)
            if dot and alias in self.others:
                table, headings = self.others[alias]
                return self.of(headings, Ref(rest, ref.line), table)
        if ref.text in self.defined:
            return f'"@".{sql.name(ref.text)}'
        return self.of(self.own, ref, '"@"')

    def of(self, headings: Headings, ref: Ref, table: str) -> str:
        """SQL for a heading of one kind of file, which goes by `table` in the query."""
        if not headings.files:
            return NOTHING
        found = headings.find(ref.text)
        if found is None:
            self._unknown(headings, ref)
            return NOTHING
        for label, columns in headings.files:
            if found not in columns:
                self.wrong(
                    ref.line, f"{label} has no heading `{ref.text}`.", nearest(ref.text, columns)
                )
        return f"{table}.{sql.name(found)}"

    def _made(self, ref: Ref, alias: str, name: str) -> str:
        columns = self.made[alias]
        if name not in columns:
            self.wrong(ref.line, f"`{alias}` has no `{name}`.", nearest(name, columns))
            return NOTHING
        return columns[name]

    def _unknown(self, headings: Headings, ref: Ref) -> None:
        label = headings.files[0][0]
        more = f" (and {len(headings.files) - 1} more)" if len(headings.files) > 1 else ""
        names = [*headings.columns]
        if headings is self.own:
            names += sorted(self.defined)
            names += [f"{alias}.{name}" for alias, columns in self.made.items() for name in columns]
            names += [
                f"{alias}.{name}" for alias, (_, of) in self.others.items() for name in of.columns
            ]
        self.wrong(
            ref.line, f"{label}{more} has no heading `{ref.text}`.", nearest(ref.text, names)
        )
