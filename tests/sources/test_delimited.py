"""CSV and its kin: encodings, delimiters, row numbers, and files that are not what they claim."""

from __future__ import annotations

import csv
import gzip
import io
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkgraph.errors import SourceError
from linkgraph.sources import encodings, sql
from linkgraph.sources.readers import read
from linkgraph.sources.staging import RawTable

Rows = list[tuple[object, ...]]


def rows_of(tmp_path: Path, path: Path, **options: object) -> tuple[RawTable, Rows]:
    connection = sql.connect(tmp_path / "spill")
    table = read(connection, path, "raw", **options)  # type: ignore[arg-type]
    found = connection.execute(f"SELECT * FROM {sql.name(table.relation)}").fetchall()
    connection.close()
    return table, found


def write(path: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
    return path


def test_a_row_number_is_that_of_the_spreadsheet(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "id,name\n1,x\n\n2,y\n,\n3,z\n")
    table, rows = rows_of(tmp_path, path)
    assert rows == [("1", "x", 2), ("2", "y", 4), ("3", "z", 6)]
    assert table.rows == 3
    assert table.rejected == ()


def test_a_record_of_several_lines_counts_as_one_row(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", 'id,text\n1,"one\ntwo\r\nthree"\n2,y\n')
    _, rows = rows_of(tmp_path, path)
    assert rows == [("1", "one\ntwo\r\nthree", 2), ("2", "y", 3)]


def test_records_that_do_not_fit_the_heading_are_named(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "id,name\n1,x\n2\n3,y,z\n4,w\n")
    table, rows = rows_of(tmp_path, path)
    assert rows == [("1", "x", 2), ("4", "w", 5)]
    assert [(f.row, f.value, f.reason) for f in table.rejected] == [
        (3, "2", "has 1 cells where the heading has 2"),
        (4, "3,y,z", "has 3 cells where the heading has 2"),
    ]
    assert table.rows == 4


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_delimiters_are_found(tmp_path: Path, mark: str) -> None:
    path = write(tmp_path / "a.csv", f"id{mark}name\n1{mark}x y\n2{mark}z\n")
    _, rows = rows_of(tmp_path, path)
    assert rows == [("1", "x y", 2), ("2", "z", 3)]


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp950", "cp950"),
    ],
)
def test_encodings_are_found(tmp_path: Path, encoding: str, found: str) -> None:
    text = "編號,姓名,事由\n" + "".join(f"{i},王小明,偵辦刑案\n" for i in range(30))
    table, rows = rows_of(tmp_path, write(tmp_path / "a.csv", text, encoding))
    assert table.encoding == found
    assert table.columns == ("編號", "姓名", "事由")
    assert rows[0] == ("0", "王小明", "偵辦刑案", 2)


def test_what_cp950_cannot_decode_stays_visible_and_is_warned_of(tmp_path: Path) -> None:
    body = "編號,姓名\n".encode("cp950") + b"1,\xfa\x40" + "明,".encode("cp950")[:2]
    body += b"\n" + "2,王小明\n".encode("cp950") * 60
    table, rows = rows_of(tmp_path, write(tmp_path / "a.csv", body))
    assert rows[0] == ("1", "⟨FA40⟩明", 2)
    assert [(w.value, w.reason) for w in table.warnings] == [
        ("⟨FA40⟩", "cannot be decoded as cp950; met 1 ×")
    ]


def test_a_name_cut_off_in_mid_character_does_not_make_utf8_another_encoding(
    tmp_path: Path,
) -> None:
    body = "編號,姓名\n1,王小明\n2,".encode() + "陳".encode()[:2] + b"\n"
    table, rows = rows_of(tmp_path, write(tmp_path / "a.csv", body))
    assert [row[1] for row in rows[:1]] == ["王小明"]
    stated, same = rows_of(tmp_path, tmp_path / "a.csv", encoding="utf-8")
    assert same == rows
    assert [w.value for w in table.warnings] == [w.value for w in stated.warnings] == ["⟨E999⟩"]


def test_a_guessed_encoding_is_warned_of(tmp_path: Path) -> None:
    body = "id,name\n1,José Müller\n2,François é à\n".encode("latin-1")
    table, _ = rows_of(tmp_path, write(tmp_path / "a.csv", body))
    (warned,) = table.warnings
    assert warned.value == table.encoding
    assert "encoding guessed" in warned.reason


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.csv")
    with pytest.raises(SourceError, match="pipe or a device"):
        rows_of(tmp_path, tmp_path / "a.csv")


def test_a_damaged_character_does_not_swallow_the_separator(tmp_path: Path) -> None:
    body = "編號,姓名\n".encode("cp950") + b"\xff,x\n" + "2,王小明\n".encode("cp950") * 60
    _, rows = rows_of(tmp_path, write(tmp_path / "a.csv", body))
    assert rows[0] == ("⟨FF⟩", "x", 2)


def test_gzip_is_unpacked_and_hashed_as_it_lies(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"id,name\n1,x\n", mtime=0))
    table, rows = rows_of(tmp_path, path)
    assert rows == [("1", "x", 2)]
    assert table.sha256 == encodings.hash_file(path)[0]


def test_names_with_markup_and_code_stay_as_they_are(tmp_path: Path) -> None:
    names = [
        '王"大"明',
        "<script>alert(1)</script>",
        "'; DROP TABLE lookups; --",
        "}) MATCH (n) DETACH DELETE n //",
        "🚓 警車\n第二行",
        "=1+1",
        "a,b;c|d\te",
    ]
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([["id", "name"], *([str(i), n] for i, n in enumerate(names))])
    _, rows = rows_of(tmp_path, write(tmp_path / "a.csv", stream.getvalue()))
    assert [row[1] for row in rows] == names


def test_the_heading_row_is_found_below_a_title(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "Report of July\n\nid,at,name\n1,2024,x\n2,2024,y\n")
    _, rows = rows_of(tmp_path, path, wanted=frozenset({"id", "at"}), header_row=None)
    assert rows == [("1", "2024", "x", 4), ("2", "2024", "y", 5)]


def test_a_heading_met_twice_is_told_apart(tmp_path: Path) -> None:
    table, _ = rows_of(tmp_path, write(tmp_path / "a.csv", "id,name,Name\n1,x,y\n"))
    assert table.columns == ("id", "name", "Name (2)")
    assert [w.reason for w in table.warnings] == ["heading met again; read as `Name (2)`"]


def test_a_file_that_is_missing_empty_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"does not exist"):
        rows_of(tmp_path, tmp_path / "gone.csv")
    with pytest.raises(SourceError, match=r"is empty"):
        rows_of(tmp_path, write(tmp_path / "a.csv", ""))
    with pytest.raises(SourceError, match=r"no headings|is empty"):
        rows_of(tmp_path, write(tmp_path / "b.csv", "\n\n"))
    with pytest.raises(SourceError, match=r"zero bytes"):
        rows_of(tmp_path, write(tmp_path / "c.csv", b"PK\x03\x04\x00\x00\x00ab\xff\x00\x81" * 9))
    with pytest.raises(SourceError, match=r"no complete gzip"):
        rows_of(tmp_path, write(tmp_path / "d.csv.gz", gzip.compress(b"a,b\n" * 999)[:-20]))
    with pytest.raises(SourceError, match=r"of no kind"):
        rows_of(tmp_path, write(tmp_path / "e.docx", "x"))


@pytest.mark.parametrize(
    ("encoding", "stated"), [("cp950", "utf-8"), ("utf-8", "cp950"), ("utf-16", "cp950")]
)
def test_a_wrong_encoding_is_told_with_the_likely_one(
    tmp_path: Path, encoding: str, stated: str
) -> None:
    text = "編號,姓名\n" + "1,王小明偵辦刑案臺北市政府警察局\n" * 40
    path = write(tmp_path / "a.csv", text, encoding)
    with pytest.raises(SourceError, match=f"not in the encoding `{stated}`") as caught:
        rows_of(tmp_path, path, encoding=stated)
    assert encoding in caught.value.message


def test_an_encoding_that_does_not_exist_is_told(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "id\n1\n")
    with pytest.raises(SourceError, match=r"no encoding `klingon`"):
        rows_of(tmp_path, path, encoding="klingon")


def test_a_line_without_end_is_refused_before_it_fills_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encodings, "LONGEST_LINE", 1 << 16)
    monkeypatch.setattr(encodings, "BLOCK", 1 << 12)
    path = write(tmp_path / "a.csv", "id,name\n1,x\n" + "y" * (1 << 17))
    with pytest.raises(SourceError, match=r"a\.csv, row 3: a line of more than"):
        rows_of(tmp_path, path)


@pytest.mark.parametrize("rest", [1_000, 5_000_000])
def test_a_quotation_mark_never_closed_is_told_with_its_row(tmp_path: Path, rest: int) -> None:
    body = "id,name\n1,x\n" + '2,"never closed\n' + "3,y\n" * rest
    with pytest.raises(SourceError, match=r"row [23].*never closed"):
        rows_of(tmp_path, write(tmp_path / "a.csv", body))


def test_a_lone_quotation_mark_inside_a_value_is_kept(tmp_path: Path) -> None:
    _, rows = rows_of(tmp_path, write(tmp_path / "a.csv", 'id,name\n1,5" pipe\n2,y\n'))
    assert rows == [("1", '5" pipe', 2), ("2", "y", 3)]


def test_a_file_in_which_every_record_is_unfit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from linkgraph.sources import delimited

    monkeypatch.setattr(delimited, "MOST_UNFIT", 100)
    body = "id,name\n" + "1,x,y\n" * 200
    with pytest.raises(SourceError, match=r"more than 100 records"):
        rows_of(tmp_path, write(tmp_path / "a.csv", body))


_CELL = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1, max_size=12
).filter(lambda text: text.strip() != "")


@settings(max_examples=60, deadline=None)
@given(
    records=st.lists(
        st.one_of(
            st.tuples(_CELL, _CELL),
            st.just(()),  # a blank line
            st.tuples(_CELL),  # a record that is too short
        ),
        min_size=1,
        max_size=30,
    )
)
def test_every_record_keeps_its_text_and_its_row(
    tmp_path_factory: pytest.TempPathFactory, records: list[tuple[str, ...]]
) -> None:
    folder = tmp_path_factory.mktemp("csv")
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
    writer.writerow(["a", "b"])
    for record in records:
        if record:
            writer.writerow(record)
        else:
            stream.write("\r\n")
    table, rows = rows_of(folder, write(folder / "a.csv", stream.getvalue()), delimiter=",")
    numbered = [(number, record) for number, record in enumerate(records, start=2) if record]
    assert rows == [(*r, n) for n, r in numbered if len(r) == 2]
    assert [f.row for f in table.rejected] == [n for n, r in numbered if len(r) == 1]


def test_zero_bytes_in_text_are_made_visible_and_warned_of(tmp_path: Path) -> None:
    body = "id,name\n" + "1,x\n" * 500 + "2,a\0b\n"
    for encoding in ("utf-8", "cp950"):
        path = write(tmp_path / f"{encoding}.csv", body + "3,王小明\n", encoding)
        table, rows = rows_of(tmp_path, path)
        assert rows[500][1] == "a⟨00⟩b"
        assert [(w.value, w.reason.rsplit("; ")[-1]) for w in table.warnings] == [
            ("⟨00⟩", "met 1 ×")
        ]


def test_utf32_is_read(tmp_path: Path) -> None:
    table, rows = rows_of(tmp_path, write(tmp_path / "a.csv", "id,name\n1,王\n", "utf-32"))
    assert (table.encoding, rows) == ("utf-32", [("1", "王", 2)])


def test_a_long_value_in_the_first_rows_is_read(tmp_path: Path) -> None:
    _, rows = rows_of(tmp_path, write(tmp_path / "a.csv", f"id,text\n1,{'x' * 3_000_000}\n"))
    assert len(rows[0][1]) == 3_000_000  # type: ignore[arg-type]


def test_headings_beyond_all_measure_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"row 1: headings of more than 256 KiB"):
        rows_of(tmp_path, write(tmp_path / "a.csv", f"id,{'h' * 300_000}\n1,x\n"))
    wide = ",".join(f"c{i}" for i in range(10_000))
    with pytest.raises(SourceError, match=r"row 1: 10,000 columns; at most 500"):
        rows_of(tmp_path, write(tmp_path / "b.csv", f"{wide}\n{wide}\n"))


def test_headings_of_our_own_use_are_kept_under_another_name(tmp_path: Path) -> None:
    from linkgraph.ledger import Ledger
    from linkgraph.ledger.load import load

    names = "officer_id,_row,_also,_bad,_part,file_row_number,_raw name,why"
    write(tmp_path / "officers.csv", f"{names}\nO1,{','.join('abcdefg')}\n")
    load(tmp_path / "ledger", [tmp_path / "officers.csv"])
    (row,) = Ledger.open(tmp_path / "ledger").table("officers").to_pyarrow().to_pylist()
    assert set("abcdefg") <= {str(value) for value in row.values()}


def test_a_folder_that_may_not_be_read_is_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    from linkgraph.sources.places import files_below

    (tmp_path / "lookups").mkdir()
    real = os.scandir

    def scandir(path: str) -> object:
        if Path(path).name == "lookups":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(SourceError, match=r"lookups cannot be read: Permission denied"):
        files_below(tmp_path)
