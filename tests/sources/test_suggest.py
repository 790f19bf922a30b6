"""A first mapping from headings and values, which `check` and `stage` then take."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkgraph.errors import SourceError, UsageError
from linkgraph.sources import sql
from linkgraph.sources.check import check
from linkgraph.sources.mapping import load_mapping, stage
from linkgraph.sources.suggest import suggest

PORTAL = (
    "內政部查詢紀錄\n流水號,查詢日期時間,查詢人代碼,被查詢人身分證字號,查詢事由,作業名稱,輸出方式\n"
    "1,113/07/15 14:05,A01,A123456789,偵辦113刑字第00123號,戶役政,列印\n"
    "2,1130716 0905,A02,B123456780,公務查詢,戶役政,螢幕\n"
)


def suggested(
    folder: Path, files: dict[str, str | bytes]
) -> tuple[str, dict[str, list[dict[str, object]]]]:
    """The suggestion for files, and the rows that it stages of them, by table."""
    source = folder / "exports"
    source.mkdir()
    for name, body in files.items():
        (source / name).write_bytes(body if isinstance(body, bytes) else body.encode())
    text = suggest(sorted(source.iterdir()))
    rules = folder / "first.yaml"
    rules.write_text(text, encoding="utf-8")
    assert check(rules, source) == []
    connection = sql.connect(folder / "spill")
    rows: dict[str, list[dict[str, object]]] = {}
    for table in stage(load_mapping(rules), [source], connection, "Asia/Taipei").tables:
        found = connection.execute(f"SELECT * FROM {sql.name(table.relation)} ORDER BY _row")
        names = [column[0] for column in found.description or []]
        rows.setdefault(table.table, []).extend(
            dict(zip(names, row, strict=True)) for row in found.fetchall()
        )
    return text, rows


def test_a_log_in_chinese_with_a_title_row_in_cp950_is_recognised(tmp_path: Path) -> None:
    text, rows = suggested(tmp_path, {"查詢紀錄.csv": PORTAL.encode("cp950")})
    assert "encoding: cp950" in text
    first = rows["lookups"][0]
    assert first["lookup_id"] == "1"
    assert first["officer_id"] == "A01"
    assert (first["subject_kind"], first["subject_id"]) == ("person", "A123456789")
    assert first["case_id"] == "113刑字第00123號"
    assert (first["purpose"], first["output"]) == ("偵辦113刑字第00123號", "print")


def test_a_log_of_plates_is_about_vehicles(tmp_path: Path) -> None:
    body = "query no,query time,badge,plate,reason\n1,2024-07-15 10:00,A1,ABC-1234,stop\n"
    _, rows = suggested(tmp_path, {"vehicle_log.csv": body})
    row = rows["lookups"][0]
    assert (row["subject_kind"], row["subject_id"]) == ("vehicle", "ABC-1234")
    assert (row["officer_id"], row["purpose"]) == ("A1", "stop")


def test_a_roster_is_an_hour_grid(tmp_path: Path) -> None:
    body = "日期,員警代碼,20-21,21-22,22-23,23-24,00-01,01-02\n"
    body += "113/07/15,A01,巡邏,巡邏,值班,值班,休,休\n"
    text, rows = suggested(tmp_path, {"勤務表.csv": body})
    assert "unpivot_hours: {date: 日期}" in text
    assert {(row["kind"], row["start"]) for row in rows["duties"]} == {
        ("patrol", "2024-07-15 20:00:00"),
        ("desk", "2024-07-15 22:00:00"),
        ("off", "2024-07-16 00:00:00"),
    }


def test_day_and_time_in_two_columns_become_one_moment(tmp_path: Path) -> None:
    body = "序號,查詢日期,查詢時間,員警代碼,車號\n1,1130715,140500,A1,ABC-1234\n"
    _, rows = suggested(tmp_path, {"車籍查詢紀錄.csv": body})
    assert rows["lookups"][0]["at"] == "1130715 140500"


def test_a_number_behind_a_duty_is_cut_from_its_kind(tmp_path: Path) -> None:
    body = "日期,員警代碼,08,09,10,11,12,13\n113/07/15,A01,巡邏101,巡邏101,值班7,休,休,\n"
    _, rows = suggested(tmp_path, {"勤務表.csv": body})
    assert {row["kind"] for row in rows["duties"]} == {"patrol", "desk", "off"}


def test_owners_side_by_side_become_rows(tmp_path: Path) -> None:
    body = "車牌號碼,車主1身分證,車主1起日,車主2身分證,車主2起日\n"
    body += "ABC-1234,A123456789,112/01/01,B123456780,113/01/01\n"
    _, rows = suggested(tmp_path, {"車籍.csv": body})
    assert {(row["person_id"], row["start"]) for row in rows["vehicle_owners"]} == {
        ("A123456789", "112/01/01"),
        ("B123456780", "113/01/01"),
    }


def test_dates_in_another_order_get_their_format(tmp_path: Path) -> None:
    body = "case no,reported at,offence\nC1,24/08/2017,theft\nC2,31/12/2017,theft\n"
    text, rows = suggested(tmp_path, {"crimes.csv": body})
    assert 'dates: "%d/%m/%Y"' in text
    assert rows["cases"][0]["opened_at"] == "2017-08-23T16:00:00.000000Z"


def test_files_with_the_same_headings_go_by_one_name(tmp_path: Path) -> None:
    body = "unit code,name\nU1,甲\n"
    text, rows = suggested(tmp_path, {"units_1.csv": body, "units_2.csv": body.replace("U1", "U2")})
    assert text.count("- table:") == 1
    assert sorted(str(row["unit_id"]) for row in rows["units"]) == ["U1", "U2"]


def test_what_is_not_known_or_missing_is_written_down(tmp_path: Path) -> None:
    log = tmp_path / "access_log.csv"
    log.write_text("query no,badge,plate,shoe size\n1,A1,ABC-1234,44\n", encoding="utf-8")
    odd = tmp_path / "odd.csv"
    odd.write_text("foo,bar\n1,2\n", encoding="utf-8")
    text = suggest([log, odd])
    assert "# at: needed, and no heading looks like it" in text
    assert "# not used: keep: [shoe size]" in text
    assert "# odd: no table of the contract fits its headings (foo, bar)." in text


def test_a_workbook_and_a_parquet_file_are_read_too(tmp_path: Path) -> None:
    import openpyxl
    import pyarrow as pa
    import pyarrow.parquet as pq

    book = openpyxl.Workbook()
    for row in (["員警名冊"], ["員警代碼", "姓名", "官階"], ["A1", "甲", "巡佐"]):
        book.active.append(row)
    book.save(tmp_path / "名冊.xlsx")
    pq.write_table(pa.table({"account": ["u1"], "badge": ["A1"]}), tmp_path / "accounts.parquet")
    text = suggest(sorted(tmp_path.iterdir()))
    assert "table: officers" in text
    assert "table: accounts" in text


def test_the_same_files_in_any_order_give_the_same_text(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv", "c.csv"):
        (tmp_path / name).write_text(f"unit code,name\n{name},x\n", encoding="utf-8")
    files = sorted(tmp_path.iterdir())
    assert suggest(files) == suggest(files[::-1])


def test_no_file_or_a_missing_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No file"):
        suggest([])
    with pytest.raises(SourceError, match="does not exist"):
        suggest([tmp_path / "none.csv"])
