"""Everything wrong with a mapping is told at once, with its line and what is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkgraph.errors import MappingError
from linkgraph.sources.check import check, notices
from linkgraph.sources.mapping import load_mapping

HEAD = "files:\n  u: u.csv\ntables:\n"
UNITS = "  - table: units\n    from: u\n"


def problems(tmp_path: Path, text: str, files: dict[str, str] | None = None) -> list[str]:
    rules = tmp_path / "mine.yaml"
    rules.write_text(text, encoding="utf-8")
    base = tmp_path / "exports"
    base.mkdir(exist_ok=True)
    for name, body in (files or {}).items():
        (base / name).write_text(body, encoding="utf-8")
    return [str(problem) for problem in check(rules, base if files is not None else None)]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "holds no mapping"),
        ("- a\n", 1, "holds no mapping"),
        ("files: {u: u.csv\n", 2, "is no YAML"),
        ("tables:\n" + UNITS + "    columns: {unit_id: a}\n", 1, "names no file"),
        ("files: {}\ntables:\n" + UNITS + "    columns: {unit_id: a}\n", 1, "names no file"),
        ("files:\n  u: {encoding: big5}\ntables: []\n", 2, "`u` names no file"),
        ("files:\n  u: u.csv\n", 1, "feeds no table"),
        (
            HEAD + "  - table: unit\n    from: u\n    columns: {unit_id: a}\n",
            4,
            "Did you mean `units`?",
        ),
        (
            HEAD + "  - table: units\n    from: uu\n    columns: {unit_id: a}\n",
            5,
            "Did you mean `u`?",
        ),
        (
            HEAD + UNITS + "    columns:\n      unit_id: a\n      nmae: b\n",
            8,
            "Did you mean `name`?",
        ),
        (HEAD + UNITS + "    columns:\n      name: b\n", 4, "`units` needs `unit_id`"),
        (HEAD + UNITS + "    colums: {unit_id: a}\n", 6, "Did you mean `columns`?"),
        (
            HEAD + UNITS + "    columns: {unit_id: a}\n    pair: {by: a}\n",
            7,
            "Did you mean `pairs`?",
        ),
        (HEAD + UNITS + "    columns: {unit_id: a, unit_id: b}\n", 6, "given twice"),
        (
            HEAD + UNITS + "    columns:\n      unit_id: {heading: a, extract: '('}\n",
            7,
            "no regular expression",
        ),
        (
            HEAD + UNITS + "    columns:\n      unit_id: {heading: a, extract: '(?=a)'}\n",
            7,
            "no regular expression",
        ),
        (
            HEAD + UNITS + "    columns:\n      unit_id: {heading: a, constant: b}\n",
            7,
            "needs one of",
        ),
        (
            HEAD + UNITS + "    columns:\n      unit_id: {extrct: b, heading: a}\n",
            7,
            "Did you mean `extract`?",
        ),
        (HEAD + UNITS + "    columns:\n      unit_id: {heading: a, dates: roc}\n", 7, "is no date"),
        (HEAD + UNITS + "    columns:\n      unit_id: {template: abc}\n", 7, "names no {heading}"),
        (HEAD + UNITS + "    columns: {unit_id: a}\n    extra: {name: b}\n", 7, "is a column of"),
        (
            HEAD + UNITS + "    columns: {unit_id: a}\n    where: {a: {like: x}}\n",
            7,
            "not known here",
        ),
        (
            HEAD + UNITS + "    columns: {unit_id: a}\n    join: {x: {file: v, on: a}}\n",
            7,
            "not among `files`",
        ),
        (HEAD + UNITS + "    columns: {unit_id: a}\n    join: {u: {file: u}}\n", 7, "has no key"),
        (
            HEAD + UNITS + "    columns: {unit_id: a}\n    pairs: {by: a}\n",
            7,
            "needs `by` and one `of`",
        ),
        (
            HEAD + UNITS + "    columns: {unit_id: a}\n    unpivot_hours: {by: a}\n",
            7,
            "needs `date`",
        ),
        ("timezone: Mars/Base\n" + HEAD + UNITS + "    columns: {unit_id: a}\n", 1, "no time zone"),
        ("files:\n  u: {path: u.csv, header_row: two}\ntables: []\n", 2, "no row"),
        (
            HEAD + "  - table: devices\n    from: u\n    columns:\n      device_id: a\n"
            "      kind: {constant: laptop}\n",
            8,
            "`laptop` is no value of `kind`",
        ),
        (
            HEAD + "  - table: vehicle_owners\n    from: u\n    columns:\n      vehicle_id: a\n"
            "      person_id: b\n      start: {heading: c, dates: minguo}\n",
            9,
            "is no date format",
        ),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    found = problems(tmp_path, text)
    assert any(p.startswith(f"mine.yaml:{line}: ") and says in p for p in found), found


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = (
        HEAD
        + "  - table: unit\n    from: v\n    columns:\n      unit_id: {heading: a, extract: '['}\n"
    )
    rules = tmp_path / "mine.yaml"
    rules.write_text(text, encoding="utf-8")
    with pytest.raises(MappingError) as refused:
        load_mapping(rules)
    lines = str(refused.value).splitlines()
    assert [line.split(":")[1] for line in lines[:3]] == ["4", "5", "7"]


def test_a_heading_the_file_does_not_have_is_told_with_the_nearest(tmp_path: Path) -> None:
    text = HEAD + UNITS + "    columns:\n      unit_id: 單位代馬\n      name: 名\n"
    found = problems(tmp_path, text, {"u.csv": "單位代碼,單位名稱\nU1,x\n"})
    assert found[0] == "mine.yaml:7: u.csv has no heading `單位代馬`. Did you mean `單位代碼`?"
    assert found[1].startswith("mine.yaml:8: u.csv has no heading `名`.")


def test_a_heading_that_one_of_several_files_lacks_is_told_with_the_file(tmp_path: Path) -> None:
    text = HEAD.replace("u.csv", '"*.csv"') + UNITS + "    columns: {unit_id: code, name: name}\n"
    found = problems(tmp_path, text, {"a.csv": "code,name\n1,x\n", "b.csv": "code,title\n2,y\n"})
    assert len(found) == 1
    assert "b.csv has no heading `name`" in found[0]


def test_a_pattern_without_a_file_is_told(tmp_path: Path) -> None:
    text = HEAD + UNITS + "    columns: {unit_id: code}\n"
    found = problems(tmp_path, text, {"v.csv": "code\n1\n"})
    assert len(found) == 1
    assert found[0].startswith("mine.yaml:2: no file matches `u.csv` (u).")


def test_names_of_joins_pairs_and_hours_are_checked(tmp_path: Path) -> None:
    text = (
        HEAD + "  - table: duties\n    from: u\n    unpivot_hours: {date: day}\n"
        "    join:\n      staff: {file: u, on: {who: whom}}\n"
        "    columns:\n      officer_id: staff.code\n      start: hour.begin\n"
        "      end: hour.end\n      kind: hour.value\n"
    )
    found = problems(tmp_path, text, {"u.csv": "day,who,08,09\n2024-01-01,A,x,y\n"})
    assert [line.split(": ")[0] for line in found] == [
        "mine.yaml:8",
        "mine.yaml:10",
        "mine.yaml:11",
    ]
    assert "`hour` has no `begin`" in found[2]


def test_a_grid_without_hours_is_told(tmp_path: Path) -> None:
    text = (
        HEAD + "  - table: duties\n    from: u\n    unpivot_hours: {date: day}\n"
        "    columns: {officer_id: who, start: hour.start, end: hour.end, kind: hour.value}\n"
    )
    found = problems(tmp_path, text, {"u.csv": "day,who,morning\n2024-01-01,A,x\n"})
    assert any("no heading reads as an hour" in line for line in found)


def test_a_right_mapping_has_no_problem_and_may_have_notices(tmp_path: Path) -> None:
    text = HEAD + UNITS + "    columns: {unit_id: code}\n"
    assert problems(tmp_path, text, {"u.csv": "code\n1\n", "spare.csv": "x\n1\n"}) == []
    told = [str(n) for n in notices(tmp_path / "mine.yaml", tmp_path / "exports")]
    assert any("feeds no `lookups`" in line for line in told)
    assert any("spare.csv" in line for line in told)


def test_a_mapping_that_is_not_there_or_no_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match="does not exist"):
        load_mapping(tmp_path / "none.yaml")
    bad = tmp_path / "bad.yaml"
    bad.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(MappingError, match="is no UTF-8 text"):
        load_mapping(bad)


def test_an_alias_that_holds_itself_is_told(tmp_path: Path) -> None:
    found = problems(tmp_path, "files: &f {u: *f}\ntables: []\n")
    assert any("refers to itself" in line or "is no YAML" in line for line in found)
