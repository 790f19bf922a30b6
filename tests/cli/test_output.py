"""What a command writes: data that other tools read, text that cannot harm a terminal."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime

import pandas as pd
import pytest

from linkgraph.cli.options import Format
from linkgraph.cli.output import cell, defused, show
from linkgraph.cli.text import printable, width

ROWS = [
    {"id": "P1", "name": "王大明", "n": 3, "path": ["officer:O1", "IS:x"], "at": None},
    {"id": "P2", "name": "\x1b[31m=SUM(A1)\n\u202e", "n": -2, "path": [], "at": "2024-01-01"},
]


def test_json_has_every_value_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    show(ROWS, Format.JSON)
    assert json.loads(capsys.readouterr().out) == ROWS


def test_csv_is_read_back_with_formulas_defused(capsys: pytest.CaptureFixture[str]) -> None:
    show([{"a": "=1+1", "b": "plain", "c": "+886912345678", "d": -4, "e": ["x"]}], Format.CSV)
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert rows == [{"a": "'=1+1", "b": "plain", "c": "+886912345678", "d": "-4", "e": '["x"]'}]


@pytest.mark.parametrize("text", ["=A1", "@SUM(A1)", "+A1", "-2+cmd|' /C calc'!A0", "\tx", "\r="])
def test_what_a_spreadsheet_would_run_is_defused(text: str) -> None:
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize("value", ["", "a=b", "-3.5", "+886 2 1234", "A123456789", 5, None])
def test_what_does_nothing_stays(value: object) -> None:
    assert defused(value) == value


def test_a_table_has_one_line_a_row_and_no_control_characters(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show(ROWS, Format.TABLE, columns={"id": "who", "name": "name", "n": "n"})
    out = capsys.readouterr().out
    assert len(out.splitlines()) == 3
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert r"\x1b[31m=SUM(A1)\n\u202e" in out


def test_an_empty_table_writes_nothing_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    show([], Format.TABLE, empty="Nothing was found.")
    assert capsys.readouterr() == ("", "Nothing was found.\n")
    show(pd.DataFrame(columns=["a", "b"]), Format.CSV)
    assert capsys.readouterr().out == "a,b\n"
    show([], Format.JSON)
    assert json.loads(capsys.readouterr().out) == []


def test_missing_values_of_a_frame_are_null(capsys: pytest.CaptureFixture[str]) -> None:
    frame = pd.DataFrame(
        {"a": [1.5, None], "b": ["x", None], "c": [pd.Timestamp("2024-01-01 08:00"), pd.NaT]}
    )
    show(frame, Format.JSON)
    assert json.loads(capsys.readouterr().out) == [
        {"a": 1.5, "b": "x", "c": "2024-01-01T08:00:00"},
        {"a": None, "b": None, "c": None},
    ]


def test_a_text_that_reads_nan_is_a_text(capsys: pytest.CaptureFixture[str]) -> None:
    show(pd.DataFrame({"name": ["nan", "NaT"]}), Format.JSON)
    assert json.loads(capsys.readouterr().out) == [{"name": "nan"}, {"name": "NaT"}]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "yes"),
        (3.0, "3"),
        (0.125, "0.12"),
        (float("nan"), ""),
        (datetime(2024, 7, 1, 9, 5), "2024-07-01 09:05"),  # noqa: DTZ001
        (date(2024, 7, 1), "2024-07-01"),
        (["a", 1], "a, 1"),
        ({"kind": "person", "id": "P1"}, "person:P1"),
        ("two\nlines", r"two\nlines"),
    ],
)
def test_a_cell_is_one_line(value: object, text: str) -> None:
    assert cell(value) == text


def test_han_takes_two_columns() -> None:
    assert width("王a") == 3
    assert printable("王大明 ok") == "王大明 ok"
