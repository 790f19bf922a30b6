"""What a mapping makes of source files: rows, where they came from, and that they add up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from linkgraph.errors import MappingError, SourceError
from linkgraph.sources import mapping, sql
from linkgraph.sources.mapping import MappedStaging
from linkgraph.sources.mapping_hours import read_grid

LOG = "id,at,who,about\n"
LOOKUPS = """
    columns:
      lookup_id: id
      at: at
      officer_id: who
      subject_kind: {constant: person}
      subject_id: about
"""


class Staged:
    """A mapping run over files written in the test."""

    def __init__(self, folder: Path, text: str, files: dict[str, str | bytes]) -> None:
        source = folder / "exports"
        for name, body in files.items():
            path = source / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body if isinstance(body, bytes) else body.encode())
        rules = folder / "mine.yaml"
        rules.write_text(text, encoding="utf-8")
        self.connection = sql.connect(folder / "spill")
        self.staging: MappedStaging = mapping.stage(
            mapping.load_mapping(rules), [source], self.connection, "Asia/Taipei"
        )

    def rows(self, table: str, *columns: str) -> list[tuple[Any, ...]]:
        """The columns of every row of a table, sorted."""
        chosen = ", ".join(map(sql.name, columns))
        found: list[tuple[Any, ...]] = []
        for staged in self.staging.tables:
            if staged.table == table:
                relation = sql.name(staged.relation)
                found += self.connection.execute(f"SELECT {chosen} FROM {relation}").fetchall()
        return sorted(found, key=str)


def test_a_row_knows_its_file_its_hash_and_its_number(tmp_path: Path) -> None:
    text = "files: {log: '*.csv'}\ntables:\n  - table: lookups\n    from: log" + LOOKUPS
    body = LOG + "1,2024-07-15,A1,P1\n2,2024-07-15,A1,P2\n"
    staged = Staged(tmp_path, text, {"a.csv": body, "deep/b.csv": LOG + "3,2024-07-16,A2,P1\n"})
    assert staged.rows("lookups", "lookup_id", "_file", "_row", "_also") == [
        ("1", "a.csv", 2, None),
        ("2", "a.csv", 3, None),
        ("3", "deep/b.csv", 2, None),
    ]
    hashes = {sha for (sha,) in staged.rows("lookups", "_sha256")}
    assert hashes == {raw.sha256 for raw in staged.staging.raw}


def test_a_row_of_a_join_knows_every_row_it_was_made_of(tmp_path: Path) -> None:
    text = """
files: {log: log.csv, staff: staff.csv}
tables:
  - table: lookups
    from: log
    join:
      staff: {file: staff, on: {who: badge}}
    columns:
      lookup_id: id
      at: at
      officer_id: staff.code
      subject_kind: {constant: person}
      subject_id: about
"""
    files: dict[str, str | bytes] = {
        "log.csv": LOG + "1,2024-07-15,7,P1\n2,2024-07-15,9,P1\n",
        "staff.csv": "badge,code\n8,B\n7,A\n",
    }
    staged = Staged(tmp_path, text, files)
    rows = staged.rows("lookups", "lookup_id", "officer_id", "_row", "_also")
    also = rows[0][3]
    assert rows[0][:3] == ("1", "A", 2)
    assert [(one["file"], one["row"]) for one in also] == [("staff.csv", 3)]
    assert rows[1] == ("2", None, 3, None)


def test_a_join_may_lead_to_the_next_and_take_only_some_rows(tmp_path: Path) -> None:
    text = """
files: {log: log.csv, accounts: accounts.csv}
tables:
  - table: lookups
    from: log
    join:
      account:
        file: accounts
        on: {who: user}
        where: {state: open}
      deputy: {file: accounts, on: {account.deputy: user}, unmatched: leave_out}
    columns:
      lookup_id: id
      at: at
      officer_id: deputy.code
      subject_kind: {constant: person}
      subject_id: about
"""
    accounts = "user,code,deputy,state\nu1,A,u2,open\nu2,B,,closed\nu3,C,u2,closed\n"
    log = LOG + "1,2024-07-15,u1,P1\n2,2024-07-15,u3,P1\n"
    staged = Staged(tmp_path, text, {"log.csv": log, "accounts.csv": accounts})
    assert staged.rows("lookups", "lookup_id", "officer_id") == [("1", "B")]
    assert staged.staging.dropped == {"accounts.csv": 1, "log.csv": 1}


def test_rows_used_and_left_out_are_all_rows(tmp_path: Path) -> None:
    text = """
files: {log: log.csv}
tables:
  - table: lookups
    from: log
    where: {kind: [person]}
    columns: &columns
      lookup_id: id
      at: at
      officer_id: who
      subject_kind: {constant: person}
      subject_id: about
  - table: lookups
    from: log
    where: {kind: {matches: "^car"}}
    columns:
      <<: *columns
      subject_kind: {constant: vehicle}
"""
    body = (
        "id,at,who,about,kind\n1,x,A,P,person\n2,x,A,V,car\n3,x,A,V,cars\n4,x,A,Z,dog\n5,x,A,Z,\n"
    )
    staged = Staged(tmp_path, text, {"log.csv": body})
    counts = [(f.rows, f.used, f.left_out, f.made) for f in staged.staging.feeds]
    assert counts == [(5, 1, 4, 1), (5, 2, 3, 2)]
    assert staged.staging.dropped == {"log.csv": 2}
    assert staged.rows("lookups", "lookup_id", "subject_kind") == [
        ("1", "person"),
        ("2", "vehicle"),
        ("3", "vehicle"),
    ]


def test_an_unread_date_keeps_its_text_so_that_it_is_rejected_with_it(tmp_path: Path) -> None:
    text = """
files: {log: log.csv}
tables:
  - table: lookups
    from: log
    columns:
      lookup_id: id
      at: {heading: at, dates: "%d/%m/%y"}
      officer_id: who
      subject_kind: {constant: person}
      subject_id: about
"""
    body = LOG + "1,24/08/17,A,P\n2,31/02/17,A,P\n3,,A,P\n"
    staged = Staged(tmp_path, text, {"log.csv": body})
    assert staged.rows("lookups", "lookup_id", "at") == [
        ("1", "2017-08-23T16:00:00.000000Z"),
        ("2", "31/02/17 (not %d/%m/%y)"),
        ("3", None),
    ]


def test_values_are_trimmed_and_what_means_nothing_is_empty(tmp_path: Path) -> None:
    text = """
files: {staff: {path: staff.csv, empty: ["-", 無]}}
tables:
  - table: officers
    from: staff
    columns:
      officer_id: code
      name: {heading: name, empty: [unknown]}
      rank: {heading: rank, values: {a: first, b: ~}, otherwise: other}
"""
    body = "code,name,rank\n A1 ,　甲　,a\nA2,無,b\nA3,unknown,c\n-,-,\n"
    staged = Staged(tmp_path, text, {"staff.csv": body})
    assert staged.rows("officers", "officer_id", "name", "rank") == [
        ("A1", "甲", "first"),
        ("A2", None, None),
        ("A3", None, "other"),
        (None, None, None),
    ]


def test_headings_are_found_despite_width_spaces_and_tai(tmp_path: Path) -> None:
    text = "files: {u: u.csv}\ntables:\n  - table: units\n    from: u\n"
    text += "    columns: {unit_id: 台北單位代碼, name: name}\n"
    staged = Staged(tmp_path, text, {"u.csv": "臺北 單位代碼,ＮＡＭＥ\nU1,甲\n"})
    assert staged.rows("units", "unit_id", "name") == [("U1", "甲")]


def test_a_title_row_and_cp950_do_no_harm(tmp_path: Path) -> None:
    text = """
files: {u: {path: u.csv, encoding: cp950}}
tables:
  - {table: units, from: u, columns: {unit_id: 單位代碼, name: 單位名稱}}
"""
    body = "某某市政府警察局單位表,\n單位代碼,單位名稱\nU1,中正一分局\n".encode("cp950")
    staged = Staged(tmp_path, text, {"u.csv": body})
    assert staged.rows("units", "unit_id", "name", "_row") == [("U1", "中正一分局", 3)]


def test_quotes_and_sql_in_headings_and_values_stay_text(tmp_path: Path) -> None:
    text = """
files: {u: u.csv}
tables:
  - table: units
    from: u
    where: {'a"b''c': {is_not: "x'; DROP TABLE y"}}
    columns:
      unit_id: 'a"b''c'
      name: {template: "it's {n}"}
    keep: all
"""
    staged = Staged(tmp_path, text, {"u.csv": '"a""b\'c",n,name\nU1,O\'Neill,z\n'})
    assert staged.rows("units", "unit_id", "name", "name (2)") == [("U1", "it's O'Neill", "z")]


def test_a_grid_may_cross_midnight_and_its_hours_may_have_halves() -> None:
    assert read_grid(["姓名", "22", "23", "00", "01"]) == [
        ("22", 1320, 1380),
        ("23", 1380, 1440),
        ("00", 1440, 1500),
        ("01", 1500, 1560),
    ]
    assert read_grid(["0830-0900", "０９００－０９３０", "23:30~00:30"]) == [
        ("0830-0900", 510, 540),
        ("０９００－０９３０", 540, 570),
        ("23:30~00:30", 1410, 1470),
    ]
    assert read_grid(["8時", "10時", "12時"])[-1] == ("12時", 720, 840)
    assert read_grid(["h08", "h09"], "h([0-9]{2})") == [("h08", 480, 540), ("h09", 540, 600)]
    assert read_grid(["日期", "2024"]) == []


GRID = """
files: {roster: roster.csv}
tables:
  - table: duties
    from: roster
    unpivot_hours: {date: {heading: day, dates: roc}, by: who}
    columns:
      officer_id: who
      start: hour.start
      end: hour.end
      kind: {heading: hour.value, values: {巡: patrol, 值: desk}}
"""


def test_a_run_of_hours_goes_on_into_the_next_days_row(tmp_path: Path) -> None:
    body = "day,who,00,01,22,23\n113/07/15,A,,,值,值\n113/07/16,A,值,,,巡\n113/07/16,B,值,,,\n"
    staged = Staged(tmp_path, GRID, {"roster.csv": body})
    rows = staged.rows("duties", "officer_id", "start", "end", "kind", "_row", "_also")
    assert [row[:5] for row in rows] == [
        ("A", "2024-07-15 22:00:00", "2024-07-16 01:00:00", "desk", 2),
        ("A", "2024-07-16 23:00:00", "2024-07-17 00:00:00", "patrol", 3),
        ("B", "2024-07-16 00:00:00", "2024-07-16 01:00:00", "desk", 4),
    ]
    assert [one["row"] for one in rows[0][5]] == [3]
    assert rows[1][5] is None


def test_a_roster_day_that_is_none_is_kept_to_be_rejected(tmp_path: Path) -> None:
    body = "day,who,08,09\n113/02/30,A,巡,巡\n,B,值,\n113/07/01,C,,\n"
    staged = Staged(tmp_path, GRID, {"roster.csv": body})
    assert staged.rows("duties", "officer_id", "start", "kind") == [
        ("A", "113/02/30 08:00", "patrol"),
        ("A", "113/02/30 09:00", "patrol"),
        ("B", None, "desk"),
    ]
    assert staged.staging.dropped == {"roster.csv": 1}


def test_the_same_roster_line_twice_makes_the_same_duty_once(tmp_path: Path) -> None:
    line = "113/07/15,A,巡,巡,值\n"
    staged = Staged(tmp_path, GRID, {"roster.csv": "day,who,08,09,10\n" + line + line})
    assert staged.rows("duties", "start", "end", "kind") == [
        ("2024-07-15 08:00:00", "2024-07-15 10:00:00", "patrol"),
        ("2024-07-15 10:00:00", "2024-07-15 11:00:00", "desk"),
    ]


def test_pairs_are_unordered_and_come_with_both_rows(tmp_path: Path) -> None:
    text = """
files: {accused: accused.csv, dates: dates.csv}
tables:
  - table: associations
    from: accused
    where: {uid: {filled: true}}
    pairs: {by: cr, of: uid}
    join:
      when: {file: dates, on: {a.cr: cr}}
    columns:
      person_a_id: a.uid
      person_b_id: b.uid
      kind: {constant: co_accused}
      start: when.day
"""
    files: dict[str, str | bytes] = {
        "accused.csv": "cr,uid\nC1,9\nC1,3\nC1,\nC1,3\nC2,3\n",
        "dates.csv": "cr,day\nC1,2020-01-01\n",
    }
    staged = Staged(tmp_path, text, files)
    rows = staged.rows("associations", "person_a_id", "person_b_id", "start", "_row", "_also")
    assert [row[:4] for row in rows] == [("3", "9", "2020-01-01", 3), ("3", "9", "2020-01-01", 5)]
    assert [(o["file"], o["row"]) for o in rows[0][4]] == [("accused.csv", 2), ("dates.csv", 2)]
    assert staged.staging.dropped == {"accused.csv": 2}


def test_shuffled_rows_and_files_stage_the_same_rows(tmp_path: Path) -> None:
    text = "files: {log: '*.csv'}\ntables:\n  - table: lookups\n    from: log" + LOOKUPS
    lines = [f"{n},2024-07-{n % 28 + 1:02},A{n % 3},P{n % 5}\n" for n in range(40)]
    one = Staged(tmp_path / "one", text, {"a.csv": LOG + "".join(lines)})
    split: dict[str, str | bytes] = {
        "b.csv": LOG + "".join(reversed(lines[20:])),
        "a.csv": LOG + "".join(reversed(lines[:20])),
    }
    other = Staged(tmp_path / "other", text, split)
    columns = ("lookup_id", "at", "officer_id", "subject_id")
    assert one.rows("lookups", *columns) == other.rows("lookups", *columns)


def test_an_optional_file_may_be_missing(tmp_path: Path) -> None:
    text = """
files: {u: u.csv, more: {path: more.csv, optional: true}}
tables:
  - table: units
    from: u
    join: {more: {file: more, on: {code: code}}}
    columns: {unit_id: code, district: more.district}
  - {table: devices, from: more, columns: {device_id: code}}
"""
    staged = Staged(tmp_path, text, {"u.csv": "code\nU1\n"})
    assert staged.rows("units", "unit_id", "district") == [("U1", None)]
    assert [table.table for table in staged.staging.tables] == ["units"]


def test_files_no_name_fits_are_told(tmp_path: Path) -> None:
    text = "files: {u: u.csv}\ntables:\n  - {table: units, from: u, columns: {unit_id: code}}\n"
    staged = Staged(tmp_path, text, {"u.csv": "code\nU1\n", "other.csv": "x\n1\n"})
    assert [path.name for path in staged.staging.unnamed] == ["other.csv"]


def test_a_path_that_does_not_exist_is_no_source(tmp_path: Path) -> None:
    rules = tmp_path / "mine.yaml"
    rules.write_text(
        "files: {u: u.csv}\ntables:\n  - {table: units, from: u, columns: {unit_id: code}}\n"
    )
    loaded = mapping.load_mapping(rules)
    connection = sql.connect(tmp_path / "spill")
    with pytest.raises(SourceError, match="does not exist"):
        mapping.stage(loaded, [tmp_path / "nowhere"], connection, "Asia/Taipei")


def test_nothing_is_read_when_a_heading_is_wrong(tmp_path: Path) -> None:
    text = "files: {u: u.csv}\ntables:\n  - table: units\n    from: u\n"
    text += "    columns:\n      unit_id: cod\n"
    with pytest.raises(MappingError) as refused:
        Staged(tmp_path, text, {"u.csv": "code,name\nU1,x\n"})
    assert str(refused.value) == ("mine.yaml:6: u.csv has no heading `cod`. Did you mean `code`?")
