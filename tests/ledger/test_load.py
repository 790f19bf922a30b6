"""What a load makes of canonical files: types, rejects, warnings, numbers that add up."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import stat
from pathlib import Path
from typing import Any

import pytest

from linkgraph.errors import LedgerError, SourceError
from linkgraph.ledger import Ledger
from linkgraph.ledger.load import load
from linkgraph.ledger.report import LoadReport
from linkgraph.model.tables import OPEN_END, OPEN_START, TABLES
from tests.support.ledger import NOW, make_ledger, write_tables

OFFICERS = [{"officer_id": "O1", "name": "王小明"}, {"officer_id": "O2", "name": "李大同"}]


def lookup(number: int, **more: Any) -> dict[str, Any]:
    return {
        "lookup_id": f"L{number}",
        "at": f"2024-07-{number:02d}T10:00:00",
        "officer_id": "O1",
        "subject_kind": "person",
        "subject_id": f"P{number}",
        **more,
    }


def loaded(folder: Path, tables: dict[str, list[dict[str, Any]]]) -> tuple[Ledger, LoadReport]:
    report = load(folder / "ledger", [write_tables(folder / "sources", tables)], now=NOW)
    return Ledger.open(folder / "ledger"), report


def rejects(report: LoadReport) -> list[tuple[str, int, str, str, str]]:
    if report.rejects_file is None:
        return []
    with report.rejects_file.open(encoding="utf-8", newline="") as stream:
        return [
            (r["source_file"], int(r["source_row"]), r["column"], r["value"], r["reason"])
            for r in csv.DictReader(stream)
        ]


def warnings(report: LoadReport) -> list[tuple[str, int, str, str, str, int]]:
    if report.warnings_file is None:
        return []
    with report.warnings_file.open(encoding="utf-8", newline="") as stream:
        return [
            (
                r["source_file"],
                int(r["source_row"]),
                r["column"],
                r["value"],
                r["reason"],
                int(r["count"]),
            )
            for r in csv.DictReader(stream)
        ]


def values(ledger: Ledger, table: str, *columns: str) -> list[tuple[Any, ...]]:
    frame = ledger.table(table).select(*columns).to_pyarrow().to_pylist()
    return sorted((tuple(row[c] for c in columns) for row in frame), key=str)


def test_officers_and_lookups_alone_make_a_ledger(tmp_path: Path) -> None:
    ledger = make_ledger(tmp_path, {"officers": OFFICERS, "lookups": [lookup(1), lookup(2)]})
    assert ledger.has("lookups")
    assert not ledger.has("duties")
    assert values(ledger, "lookups", "lookup_key", "lookup_id", "source_file", "source_row") == [
        (0, "L1", "lookups.csv", 2),
        (1, "L2", "lookups.csv", 3),
    ]


def test_every_declared_table_answers_with_its_columns_loaded_or_not(tmp_path: Path) -> None:
    ledger = make_ledger(tmp_path, {"officers": OFFICERS, "lookups": [lookup(1)]})
    from linkgraph.ledger import schema

    kinds = {"BIGINT": "int64", "VARCHAR": "string", "DATE": "date", "DOUBLE": "float64"}
    for name in schema.names():
        found = ledger.table(name).schema()
        for column, kind in schema.columns(name).items():
            shown = str(found[column]).removeprefix("!")
            assert shown.startswith(kinds.get(kind, "timestamp")), (name, column)
    assert ledger.table("duties").count().execute() == 0


def test_times_without_a_zone_are_local_and_a_day_begins_at_local_midnight(tmp_path: Path) -> None:
    ledger = make_ledger(
        tmp_path,
        {
            "officers": OFFICERS,
            "lookups": [
                lookup(1, at="2024-07-15T14:05:00"),
                lookup(2, at="2024-07-15T06:05:00Z"),
                lookup(3, at="2024-07-15"),
                lookup(4, at="113/07/15 14:05"),
            ],
        },
    )
    afternoon = int(dt.datetime(2024, 7, 15, 6, 5, tzinfo=dt.UTC).timestamp() * 1e6)
    midnight = int(dt.datetime(2024, 7, 14, 16, tzinfo=dt.UTC).timestamp() * 1e6)
    assert values(ledger, "lookups", "lookup_id", "at") == [
        ("L1", afternoon),
        ("L2", afternoon),
        ("L3", midnight),
        ("L4", afternoon),
    ]
    assert values(ledger, "lookups", "at_local")[-1] == (
        dt.datetime.fromisoformat("2024-07-15T14:05"),
    )


def test_lookups_lie_by_local_month(tmp_path: Path) -> None:
    ledger = make_ledger(
        tmp_path,
        {
            "officers": OFFICERS,
            "lookups": [
                lookup(3, at="2024-07-31T23:59:59"),
                lookup(1, at="2024-07-31T16:00:00Z"),
                lookup(2, at="2024-12-01"),
            ],
        },
    )
    assert [path.name for path in ledger.files("lookups")] == [
        "2024-07.parquet",
        "2024-08.parquet",
        "2024-12.parquet",
    ]
    assert values(ledger, "lookups", "lookup_key", "lookup_id") == [(0, "L3"), (1, "L1"), (2, "L2")]


def test_open_ends_of_an_interval_are_filled(tmp_path: Path) -> None:
    ledger = make_ledger(
        tmp_path,
        {"vehicle_owners": [{"vehicle_id": "ABC-1234", "person_id": "P1", "start": "", "end": ""}]},
    )
    assert values(ledger, "vehicle_owners", "start", "end") == [(OPEN_START, OPEN_END)]


def test_identifiers_take_one_form_wherever_they_stand(tmp_path: Path) -> None:
    ledger = make_ledger(
        tmp_path,
        {
            "officers": OFFICERS,
            "lookups": [lookup(1, subject_kind="vehicle", subject_id="ａｂｃ１２３４")],
            "vehicle_owners": [{"vehicle_id": "ABC-1234", "person_id": "P1"}],
        },
    )
    ((key,),) = values(ledger, "lookups", "subject_key")
    assert values(ledger, "vehicle_owners", "vehicle_key") == [(key,)]
    assert values(ledger, "subjects", "lookup_key", "subject_key", "subject_kind") == [
        (0, key, "vehicle")
    ]


def test_extra_columns_are_kept_as_text(tmp_path: Path) -> None:
    ledger = make_ledger(
        tmp_path,
        {"officers": [{"officer_id": "O1", "氣質": "溫和", "x": "1", "row_id": "7", "m": ""}]},
    )
    assert values(ledger, "officers", "氣質", "x", "row_id", "row_id_given") == [
        ("溫和", "1", "O1", "7")
    ]


def test_hostile_names_stay_literal(tmp_path: Path) -> None:
    names = [
        '王"大"明',
        "<img src=x onerror=alert(1)>",
        "'; DROP TABLE lookups; --",
        "}) DETACH DELETE n //",
        "🚓\n第二行",
        "=cmd|' /C calc'!A0",
        "$(rm -rf /)",
    ]
    ledger = make_ledger(
        tmp_path, {"officers": [{"officer_id": f"O{i}", "name": n} for i, n in enumerate(names)]}
    )
    assert [name for _, name in values(ledger, "officers", "officer_id", "name")] == names


@pytest.mark.parametrize(
    ("change", "column", "value", "reason"),
    [
        ({"at": ""}, "at", "", "is missing"),
        ({"at": "113/02/30"}, "at", "113/02/30", "is no time that can be read"),
        ({"at": "2024-13-01"}, "at", "2024-13-01", "is no time that can be read"),
        ({"lookup_id": " "}, "lookup_id", " ", "is missing"),
        ({"subject_kind": ""}, "subject_kind", "", "is missing"),
        (
            {"officer_id": ""},
            "officer_id",
            "",
            "is missing: one of account_id, officer_id is needed",
        ),
        ({"results": "many"}, "results", "many", "is no whole number"),
        ({"results": "1.5"}, "results", "1.5", "is no whole number"),
        (
            {"officer_id": "", "account_id": "A9"},
            "account_id",
            "A9",
            "nobody is known to have held this account at that time",
        ),
    ],
)
def test_a_row_that_cannot_be_loaded_is_rejected_with_its_reason(
    tmp_path: Path, change: dict[str, Any], column: str, value: str, reason: str
) -> None:
    base = {"results": "1", "account_id": ""}
    rows = [lookup(1, **base), lookup(2, **(base | change)), lookup(3, **base)]
    ledger, report = loaded(tmp_path, {"officers": OFFICERS, "lookups": rows})
    assert rejects(report) == [("lookups.csv", 3, column, value, reason)]
    assert values(ledger, "lookups", "lookup_id") == [("L1",), ("L3",)]
    counts = report.tables["lookups"]
    assert (counts.rows, counts.loaded, counts.merged, counts.rejected) == (3, 2, 0, 1)
    assert report.rejected == 1


def test_an_end_before_its_start_is_rejected(tmp_path: Path) -> None:
    duty = {"officer_id": "O1", "kind": "desk", "start": "2024-07-02", "end": "2024-07-01"}
    _, report = loaded(tmp_path, {"officers": OFFICERS, "duties": [duty]})
    assert rejects(report) == [("duties.csv", 2, "end", "2024-07-01", "is before start")]


def test_a_row_with_two_faults_is_one_rejected_row_and_two_lines(tmp_path: Path) -> None:
    rows = [lookup(1), lookup(2, at="never", subject_kind="")]
    _, report = loaded(tmp_path, {"officers": OFFICERS, "lookups": rows})
    assert [r[2] for r in rejects(report)] == ["at", "subject_kind"]
    assert report.rejected == 1


def test_a_rejected_formula_cannot_run_in_a_spreadsheet(tmp_path: Path) -> None:
    _, report = loaded(
        tmp_path, {"officers": OFFICERS, "lookups": [lookup(1), lookup(2, at="=HYPERLINK(1)")]}
    )
    assert rejects(report)[0][3] == "'=HYPERLINK(1)"


def test_doubtful_values_load_with_a_warning(tmp_path: Path) -> None:
    ledger, report = loaded(
        tmp_path,
        {
            "officers": OFFICERS,
            "units": [{"unit_id": "U1", "parent_unit_id": ""}],
            "lookups": [
                lookup(1, subject_id="A123456788"),
                lookup(2, subject_id="A123456788"),
                lookup(3, subject_id="A123456789", at="2031-01-01T00:00:00Z"),
                lookup(4, channel="pigeon"),
                lookup(5, officer_id="O9"),
                lookup(6, requester_unit_id="U7"),
            ],
        },
    )
    assert sorted(warnings(report)) == [
        ("lookups.csv", 2, "subject_id", "A123456788", "has a wrong check digit", 2),
        ("lookups.csv", 4, "at", "2031-01-01T00:00:00Z", "lies in the future", 1),
        (
            "lookups.csv",
            5,
            "channel",
            "pigeon",
            "is none of self, in_person, internal_line, outside_line, mobile",
            1,
        ),
        ("lookups.csv", 6, "officer_id", "O9", "is not listed in officers", 1),
        ("lookups.csv", 7, "requester_unit_id", "U7", "is not listed in units", 1),
    ]
    assert ledger.rows("lookups") == 6
    assert report.tables["lookups"].warned == 6


def test_the_same_id_with_the_same_content_is_one_row_with_two_sources(tmp_path: Path) -> None:
    first = write_tables(tmp_path / "a", {"officers": OFFICERS, "lookups": [lookup(1), lookup(2)]})
    second = write_tables(tmp_path / "b", {"lookups": [lookup(2), lookup(3)]})
    report = load(tmp_path / "ledger", [first, second], now=NOW)
    ledger = Ledger.open(tmp_path / "ledger")
    counts = report.tables["lookups"]
    assert (counts.rows, counts.loaded, counts.merged, counts.rejected) == (4, 3, 1, 0)
    assert len(ledger.sources("lookups", "L2")) == 2
    assert len(ledger.sources("lookups", "L1")) == 1


def test_the_same_id_with_other_content_is_a_conflict_on_both_sides(tmp_path: Path) -> None:
    rows = [lookup(1), lookup(2), lookup(2, purpose="another")]
    ledger, report = loaded(tmp_path, {"officers": OFFICERS, "lookups": rows})
    said = "conflict: the same identifier with other content in lookups.csv row {}"
    assert rejects(report) == [
        ("lookups.csv", 3, "lookup_id", "L2", said.format(4)),
        ("lookups.csv", 4, "lookup_id", "L2", said.format(3)),
    ]
    assert values(ledger, "lookups", "lookup_id") == [("L1",)]
    counts = report.tables["lookups"]
    assert (counts.rows, counts.loaded, counts.merged, counts.rejected) == (3, 1, 0, 2)


def test_a_later_file_can_bring_an_earlier_row_into_conflict(tmp_path: Path) -> None:
    first = write_tables(tmp_path / "a", {"officers": OFFICERS, "lookups": [lookup(1), lookup(2)]})
    second = write_tables(tmp_path / "b", {"lookups": [lookup(2, purpose="x"), lookup(3)]})
    load(tmp_path / "ledger", [first], now=NOW)
    report = load(tmp_path / "ledger", [second], now=NOW)
    ledger = Ledger.open(tmp_path / "ledger")
    assert values(ledger, "lookups", "lookup_id") == [("L1",), ("L3",)]
    counts = report.tables["lookups"]
    assert (counts.rows, counts.loaded, counts.merged, counts.rejected) == (2, 1, 0, 1)
    assert len(rejects(report)) == 2


def test_loading_again_changes_nothing(tmp_path: Path) -> None:
    sources = write_tables(
        tmp_path / "a", {"officers": OFFICERS, "lookups": [lookup(1), lookup(2, at="?")]}
    )
    load(tmp_path / "ledger", [sources], now=NOW)
    before = {
        path: path.read_bytes()
        for path in (tmp_path / "ledger").rglob("*")
        if path.is_file() and path.name != "lock"
    }
    report = load(tmp_path / "ledger", [sources], now=NOW)
    after = {
        path: path.read_bytes()
        for path in (tmp_path / "ledger").rglob("*")
        if path.is_file() and path.name != "lock"
    }
    assert after == before
    assert not report.changed
    counts = report.tables["lookups"]
    assert (counts.rows, counts.loaded, counts.merged, counts.rejected) == (2, 0, 1, 1)
    assert {file.status for file in report.files} == {"known"}


def test_files_of_a_table_may_lie_in_a_folder_of_its_name(tmp_path: Path) -> None:
    sources = write_tables(tmp_path / "a", {"officers": OFFICERS})
    write_tables(sources / "lookups", {"2024-07": [lookup(1)], "2024-08": [lookup(2)]})
    load(tmp_path / "ledger", [sources], now=NOW)
    ledger = Ledger.open(tmp_path / "ledger")
    assert values(ledger, "lookups", "lookup_id", "source_file") == [
        ("L1", "lookups/2024-07.csv"),
        ("L2", "lookups/2024-08.csv"),
    ]


def test_gzip_xlsx_and_parquet_give_the_same_rows_as_csv(tmp_path: Path) -> None:
    import openpyxl
    import pandas as pd

    rows = [lookup(1, purpose="偵辦刑案"), lookup(2, results=3)]
    plain = write_tables(tmp_path / "csv", {"lookups": rows})
    text = (plain / "lookups.csv").read_bytes()
    fingerprints = set()
    for kind in ("csv", "gz", "xlsx", "parquet"):
        folder = write_tables(tmp_path / kind, {"officers": OFFICERS})
        if kind == "gz":
            (folder / "lookups.csv.gz").write_bytes(gzip.compress(text))
        elif kind == "xlsx":
            book = openpyxl.Workbook()
            page = book.active
            assert page is not None
            columns = list(dict.fromkeys(c for row in rows for c in row))
            page.append(columns)
            for row in rows:
                page.append([row.get(c) for c in columns])
            book.save(folder / "lookups.xlsx")
        elif kind == "parquet":
            pd.DataFrame(rows).to_parquet(folder / "lookups.parquet")
        load(tmp_path / f"ledger-{kind}", [folder], now=NOW)
        fingerprints.add(Ledger.open(tmp_path / f"ledger-{kind}").fingerprint)
    assert len(fingerprints) == 1


def test_folders_may_have_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "it's [a] *new* 資料夾?"
    ledger = make_ledger(folder, {"officers": OFFICERS, "lookups": [lookup(1)]})
    assert values(ledger, "lookups", "lookup_id") == [("L1",)]
    assert len(ledger.sources("lookups", "L1")) == 1


def test_a_file_named_after_no_table_is_reported_and_passed_over(tmp_path: Path) -> None:
    sources = write_tables(tmp_path / "a", {"officers": OFFICERS, "gossip": [{"a": 1}]})
    (sources / "README.md").write_text("x", encoding="utf-8")
    report = load(tmp_path / "ledger", [sources], now=NOW)
    assert [path.name for path in report.ignored] == ["README.md", "gossip.csv"]


def test_sources_that_cannot_be_read_are_refused_and_leave_no_ledger(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger"
    with pytest.raises(SourceError, match=r"does not exist"):
        load(ledger, [tmp_path / "gone"])
    gossip = write_tables(tmp_path / "a", {"gossip": [{"a": 1}]})
    with pytest.raises(SourceError, match=r"named after no table"):
        load(ledger, [gossip / "gossip.csv"])
    with pytest.raises(SourceError, match=r"no file is named after a table"):
        load(ledger, [gossip])
    lame = write_tables(tmp_path / "b", {"lookups": [{"lookup_id": "L1", "when": "2024"}]})
    with pytest.raises(
        SourceError, match=r"lacks the columns `at`, `subject_kind`, `account_id` or `officer_id`"
    ):
        load(ledger, [lame])
    with pytest.raises(LedgerError, match=r"holds no ledger"):
        Ledger.open(ledger)


def test_one_bad_file_leaves_all_as_it_was(tmp_path: Path) -> None:
    good = write_tables(tmp_path / "a", {"officers": OFFICERS, "lookups": [lookup(1)]})
    load(tmp_path / "ledger", [good], now=NOW)
    before = Ledger.open(tmp_path / "ledger").fingerprint
    bad = write_tables(tmp_path / "b", {"lookups": [lookup(2)]})
    (bad / "duties.csv").write_bytes(b"")
    with pytest.raises(SourceError, match=r"duties\.csv is empty"):
        load(tmp_path / "ledger", [bad], now=NOW)
    ledger = Ledger.open(tmp_path / "ledger")
    assert ledger.fingerprint == before
    assert not ledger.verify()


def test_a_ledger_keeps_its_time_zone(tmp_path: Path) -> None:
    sources = write_tables(tmp_path / "a", {"officers": OFFICERS})
    load(tmp_path / "ledger", [sources], timezone="Asia/Taipei")
    with pytest.raises(LedgerError, match=r"time zone Asia/Taipei, not UTC"):
        load(tmp_path / "ledger", [sources], timezone="UTC")


def test_records_that_do_not_fit_the_heading_are_rejected_and_counted(tmp_path: Path) -> None:
    sources = write_tables(tmp_path / "a", {"lookups": [lookup(1)]})
    path = sources / "officers.csv"
    path.write_text("officer_id,name\nO1,x\nO2,y,z\n", encoding="utf-8")
    report = load(tmp_path / "ledger", [sources], now=NOW)
    (file,) = (f for f in report.files if f.name == "officers.csv")
    assert (file.rows, file.unfit, report.tables["officers"].loaded) == (2, 1, 1)
    assert rejects(report) == [
        ("officers.csv", 3, "", "O2,y,z", "has 3 cells where the heading has 2")
    ]
    assert report.rejected == 1


def test_the_ledger_is_for_its_owner_alone(tmp_path: Path) -> None:
    ledger = make_ledger(tmp_path, {"officers": OFFICERS})
    for path in [ledger.path, *ledger.path.rglob("*")]:
        assert not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO), path


def test_a_changed_file_of_the_ledger_is_noticed(tmp_path: Path) -> None:
    ledger = make_ledger(tmp_path, {"officers": OFFICERS})
    assert ledger.verify() == []
    (path,) = ledger.files("officers")
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert ledger.verify() == ["officers: officers.parquet"]


def test_a_damaged_manifest_is_told(tmp_path: Path) -> None:
    ledger = make_ledger(tmp_path, {"officers": OFFICERS})
    (ledger.path / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(LedgerError, match=r"manifest\.json cannot be read"):
        Ledger.open(ledger.path)


def test_a_ledger_loaded_anew_tells_its_old_reader(tmp_path: Path) -> None:
    ledger = make_ledger(tmp_path, {"officers": OFFICERS})
    load(ledger.path, [write_tables(tmp_path / "b", {"units": [{"unit_id": "U1", "name": "x"}]})])
    with pytest.raises(LedgerError, match=r"loaded anew"):
        ledger.table("officers")


def test_an_unknown_table_is_told(tmp_path: Path) -> None:
    ledger = make_ledger(tmp_path, {"officers": OFFICERS})
    with pytest.raises(LedgerError, match=r"no table `gossip`"):
        ledger.table("gossip")


def test_progress_is_told_from_nothing_to_all(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    sources = write_tables(tmp_path / "a", {"officers": OFFICERS, "lookups": [lookup(1)]})
    load(tmp_path / "ledger", [sources], progress=lambda *step: told.append(step))
    assert told[0] == ("reading lookups.csv", 0, 2)
    assert told[-1][1] == told[-1][2]
    assert all(done <= total for _, done, total in told)


def test_every_table_of_the_contract_loads(tmp_path: Path) -> None:
    samples = {"time": "2024-07-01", "date": "2024-07-01", "int": "1", "float": "0.5"}
    tables: dict[str, list[dict[str, Any]]] = {}
    for table in TABLES.values():
        row = {c.name: samples.get(c.type, f"{c.name}-1") for c in table.columns}
        row |= {c.name: c.values[0] for c in table.columns if c.values}
        if "end" in row:
            row["end"] = "2024-07-02"
        tables[table.name] = [row]
    tables["accounts"][0] |= {"account_id": "account_id-1"}
    ledger = make_ledger(tmp_path, tables)
    for table in TABLES.values():
        assert ledger.rows(table.name) == 1, table.name
        (row,) = ledger.table(table.name).to_pyarrow().to_pylist()
        keys = [c for c in row if c.endswith("_key")]
        assert keys == [] or all(row[key] is not None for key in keys), (table.name, row)


MAPPING = """
files:
  log: log_*.csv
tables:
  - table: lookups
    from: log
    columns:
      lookup_id: 編號
      at: 時間
      officer_id: 員警
      subject_kind: {constant: person}
      subject_id: 對象
"""


def test_a_wider_load_by_the_same_mapping_stands_in_place_of_a_narrower(tmp_path: Path) -> None:
    rules = tmp_path / "mapping.yaml"
    rules.write_text(MAPPING, encoding="utf-8")
    logs = tmp_path / "logs"
    for number in (1, 2):
        write_tables(
            logs,
            {
                f"log_{number}": [
                    {"編號": f"L{number}", "時間": "113/07/15", "員警": "O1", "對象": "P1"}
                ]
            },
        )
    files = sorted(logs.iterdir())
    load(tmp_path / "ledger", files[:1], mapping=rules, now=NOW)
    report = load(tmp_path / "ledger", files, mapping=rules, now=NOW)
    ledger = Ledger.open(tmp_path / "ledger")
    assert values(ledger, "lookups", "lookup_id", "source_file") == [
        ("L1", "log_1.csv"),
        ("L2", "log_2.csv"),
    ]
    assert report.tables["lookups"].rows == 2
    manifest = (tmp_path / "ledger" / "manifest.json").read_bytes()
    load(tmp_path / "ledger", files[:1], mapping=rules, now=NOW)
    assert (tmp_path / "ledger" / "manifest.json").read_bytes() == manifest


def test_a_load_says_what_it_withdrew_and_from_where(tmp_path: Path) -> None:
    first = write_tables(tmp_path / "a", {"officers": OFFICERS, "lookups": [lookup(1), lookup(2)]})
    second = write_tables(tmp_path / "b", {"lookups": [lookup(2, purpose="x"), lookup(3)]})
    assert load(tmp_path / "ledger", [first], now=NOW).withdrawn == ()
    report = load(tmp_path / "ledger", [second], now=NOW)
    ((gone),) = report.withdrawn
    assert (gone.table, gone.row_id, gone.file, gone.row) == ("lookups", "L2", "lookups.csv", 3)
    # Both files are called lookups.csv, so the reason tells them apart.
    other = next(f.sha256 for f in report.files if f.path.parent == second)
    assert gone.reason == (
        "conflict: the same identifier with other content in "
        f"lookups.csv of SHA-256 {other[:12]}… row 2"
    )
    assert report.totals["lookups"] == 2 + report.loaded - len(report.withdrawn)
    assert load(tmp_path / "ledger", [second], now=NOW).withdrawn == ()


def test_what_was_in_conflict_before_is_not_withdrawn_again(tmp_path: Path) -> None:
    twice = [lookup(1), lookup(2), lookup(2, purpose="x")]
    first = write_tables(tmp_path / "a", {"officers": OFFICERS, "lookups": twice})
    load(tmp_path / "ledger", [first], now=NOW)
    third = write_tables(tmp_path / "b", {"lookups": [lookup(2, purpose="y"), lookup(3)]})
    report = load(tmp_path / "ledger", [third], now=NOW)
    assert (report.withdrawn, report.rejected, report.loaded) == ((), 1, 1)


def test_extra_columns_may_be_called_anything(tmp_path: Path) -> None:
    names = [
        "month",
        "rowid",
        "holder",
        "why",
        "place",
        "t",
        "value",
        "lookup_key",
        "select",
        "_row",
    ]
    extra = {name: f"kept {name}" for name in names}
    rows = [lookup(1, account_id="A1", officer_id="", **extra), lookup(2, **extra)]
    accounts = [{"account_id": "A1", "officer_id": "O1", "start": "", "end": "", "why": "x"}]
    ledger = make_ledger(
        tmp_path, {"officers": OFFICERS, "accounts": accounts, "lookups": [*rows, rows[1]]}
    )
    found = ledger.table("lookups").to_pyarrow().to_pylist()
    assert [row["officer_id"] for row in found] == ["O1", "O1"]
    for row in found:
        assert set(extra.values()) <= {str(value) for value in row.values()}
