"""The examples of docs/mapping.md give what they say."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from linkgraph.sources import mapping, sql

DOC = Path(__file__).parents[2] / "docs" / "mapping.md"
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def examples() -> list[tuple[dict[str, str], str, str, str]]:
    """(source files, mapping, table, expected rows as CSV) for each `result` of the page."""
    found, files, text = [], {}, ""
    for kind, name, body in BLOCK.findall(DOC.read_text(encoding="utf-8")):
        if kind == "csv":
            files[name] = body
        elif kind == "yaml":
            text = body
        elif kind == "result":
            found.append((files, text, name, body))
            files = {}
    return found


@pytest.mark.parametrize(("files", "text", "table", "expected"), examples())
def test_an_example_of_the_page_gives_what_it_says(
    tmp_path: Path, files: dict[str, str], text: str, table: str, expected: str
) -> None:
    for name, body in files.items():
        (tmp_path / name).write_text(body, encoding="utf-8")
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    connection = sql.connect(tmp_path / "spill")
    staged = mapping.stage(mapping.load_mapping(path), [tmp_path], connection, "Asia/Taipei")
    wanted = list(csv.reader(io.StringIO(expected)))
    relation = next(t.relation for t in staged.tables if t.table == table)
    columns = ", ".join(f"coalesce({sql.name(name)}, '')" for name in wanted[0])
    rows = connection.execute(f"SELECT {columns} FROM {sql.name(relation)}").fetchall()
    assert sorted(map(list, rows)) == sorted(wanted[1:])


def test_the_page_has_an_example_of_every_operation() -> None:
    text = "".join(block[1] for block in examples())
    for word in (
        *("where", "join", "pairs", "unpivot", "unpivot_hours", "define", "extra", "extract"),
        *("replace", "values", "dates", "template", "first_of", "constant"),
    ):
        assert f"{word}:" in text
