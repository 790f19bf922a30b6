"""YAML as a tree that knows its lines, so that every message about a mapping names one.

Scalars stay as they are written (`001` is no number, `on` no boolean); an explicit null (`~` or
nothing) is None.  `<<` merges mappings, as YAML has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a mapping; `line` is 0 where no line can be named."""

    file: str
    line: int
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.message} {self.remedy}".strip()


@dataclass(frozen=True)
class Text:
    """A scalar."""

    text: str | None
    line: int


@dataclass(frozen=True)
class Items:
    """A list."""

    items: tuple[Value, ...]
    line: int


@dataclass(frozen=True)
class Field:
    """One key of a mapping with its value."""

    key: str
    line: int
    value: Value


@dataclass(frozen=True)
class Fields:
    """A mapping."""

    fields: tuple[Field, ...]
    line: int

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)

    def get(self, key: str) -> Field | None:
        """The field of that name, if there is one."""
        return next((field for field in self.fields if field.key == key), None)


Value = Text | Items | Fields


def read_tree(text: str, file: str, problems: list[Problem]) -> Value | None:
    """The tree of one YAML document; syntax errors and keys met twice go to `problems`."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        what = " ".join(filter(None, (problem.context, problem.problem)))
        line = mark.line + 1 if mark else 0
        problems.append(
            Problem(file, line, f"is no YAML: {what}.", "Check indentation, colons and quotes.")
        )
        return None
    except yaml.YAMLError as problem:
        problems.append(Problem(file, 0, f"is no YAML: {problem}.", "Save it as UTF-8 text."))
        return None
    return _value(node, file, problems, ()) if node is not None else None


def _value(node: yaml.Node, file: str, problems: list[Problem], above: tuple[int, ...]) -> Value:
    line = node.start_mark.line + 1
    if id(node) in above or len(above) > 40:
        problems.append(Problem(file, line, "refers to itself.", "Remove the alias."))
        return Text(None, line)
    inside = (*above, id(node))
    if isinstance(node, yaml.SequenceNode):
        return Items(tuple(_value(item, file, problems, inside) for item in node.value), line)
    if isinstance(node, yaml.MappingNode):
        return _fields(node, file, problems, inside)
    styled = isinstance(node, yaml.ScalarNode) and node.style
    null = node.tag == "tag:yaml.org,2002:null" and not styled
    return Text(None if null else str(node.value), line)


def _fields(
    node: yaml.MappingNode, file: str, problems: list[Problem], inside: tuple[int, ...]
) -> Fields:
    own: dict[str, Field] = {}
    merged: dict[str, Field] = {}
    for key_node, value_node in node.value:
        line, key = key_node.start_mark.line + 1, str(key_node.value)
        value = _value(value_node, file, problems, inside)
        if key_node.tag == "tag:yaml.org,2002:merge":
            parts = value.items if isinstance(value, Items) else (value,)
            for part in parts:
                if isinstance(part, Fields):
                    merged.update({f.key: f for f in part if f.key not in merged})
        elif key in own:
            problems.append(Problem(file, line, f"`{key}` is given twice.", "Keep one of the two."))
        else:
            own[key] = Field(key, line, value)
    return Fields(tuple((merged | own).values()), node.start_mark.line + 1)
