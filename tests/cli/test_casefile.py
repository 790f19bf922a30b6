"""From a lead to a bundle, as an investigator would, and what a reader then finds in it."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from linkgraph import api
from tests.cli.conftest import Run
from tests.support.casework import prepared
from tests.support.documents import everything, pdf_text


@pytest.fixture(scope="module")
def decided(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small force's workspace with a case file that was prepared and decided."""
    made = Path(shutil.copytree(built, tmp_path_factory.mktemp("decided") / "w"))
    prepared(api.open(made))
    # Graph and screening, so that no test makes them again.
    api.open(made).view("officer:O1", inquiry="Q")
    return made


@pytest.fixture
def case(decided: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(decided, tmp_path / "w"))


def bundle_text(place: Path) -> str:
    return "\n".join(
        everything(path.relative_to(place).as_posix(), path.read_bytes())
        for path in sorted(place.rglob("*"))
        if path.is_file()
    )


def test_a_case_goes_from_a_complaint_to_a_verified_bundle(
    run: Run, workspace: Path, tmp_path: Path
) -> None:
    w = ("-w", workspace)
    statement = tmp_path / "statement.txt"
    statement.write_text("I had a reason.")
    for arguments in (
        ("new", "CF1", "--title", "A plate", "--inquiry", "Q", "--by", "Lin"),
        ("add", "CF1", "trace", "complaint:C1", "--by", "Lin"),
        ("add", "CF1", "allegation", "Looked up privately", "--element", "no duty"),
        ("add", "CF1", "explanation", "Theft report", "--outcome", "not found"),
        ("add", "CF1", "statement", statement, "--of", "officer:O1"),
        ("note", "CF1", "handed on", "--status", "under review", "--by", "Lin"),
        ("decide", "CF1", "--finding", "insufficient", "--note", "why", "--by", "Chen"),
        ("export", "CF1", "-o", tmp_path / "bundle.zip", "--lang", "zh-TW"),
    ):
        done = run(*w, "casefile", *arguments)
        assert done.code == 0, done.err
    seal = done.out.strip()
    assert run("casefile", "verify", tmp_path / "bundle.zip", "--seal", seal).code == 0
    assert run("casefile", "verify", tmp_path / "bundle.zip", "--seal", "0" * 64).code == 1
    assert run(*w, "casefile", "verify", "CF1").code == 0
    listed = json.loads(run(*w, "casefile", "list", "--format", "json").out)
    assert [(one["casefile"], one["status"], one["decided"]) for one in listed] == [
        ("CF1", "under review", 1)
    ]


def test_the_same_case_file_exports_the_same_bytes(run: Run, case: Path, tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        assert run("-w", case, "casefile", "export", "CF1", "-o", tmp_path / name).code == 0
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_the_report_alone_answers_what_a_reader_asks(run: Run, case: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    assert run("-w", case, "report", "casefile", "CF1", "-o", file, "--lang", "zh-TW").code == 0
    text = "".join(pdf_text(file.read_bytes()).split())
    for expected in (
        "113/03/03",  # when, in ROC years
        "Wang(O1)",  # whose account
        "ABC-1234",  # whom
        "帳號持有人",
        "實際使用人",
        "請託人",
        "何以認為未獲說明",
        "有利於當事人之事證",
        "無紀錄可供查對",
        "尚缺事項",
        "事證不足。由Chen於",
        "linkgraph-wagainload",
    ):
        assert expected in text, expected
    assert "2024-03" not in text.split("如何重現")[0]


def test_hostile_text_opens_as_text_in_a_spreadsheet(run: Run, case: Path, tmp_path: Path) -> None:
    run("-w", case, "casefile", "add", "CF1", "lookup", "L2", "--by", "Lin")
    run("-w", case, "casefile", "export", "CF1", "-o", tmp_path / "b", "--formats", "json")
    for path in sorted((tmp_path / "b").rglob("*.csv")):
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
        assert not [cell for row in rows for cell in row if cell[:1] in ("=", "@", "+", "-")]
    lookups = (tmp_path / "b" / "exhibits" / "lookups.csv").read_text(encoding="utf-8-sig")
    assert "'=cmd()" in lookups


def test_an_exhibit_names_file_hash_and_row_of_its_source(
    run: Run, case: Path, tmp_path: Path
) -> None:
    run("-w", case, "casefile", "export", "CF1", "-o", tmp_path / "b", "--formats", "json")
    (row,) = json.loads((tmp_path / "b" / "exhibits" / "lookups.json").read_text())
    assert row["source_file"] == "lookups.csv"
    assert len(row["source_sha256"]) == 64
    assert int(row["source_row"]) > 1
    assert row["subject_id"] == "ABC-1234"


def test_redacted_nothing_of_the_ledger_is_left(run: Run, case: Path, tmp_path: Path) -> None:
    from linkgraph.model.tables import TABLES

    done = run("-w", case, "casefile", "export", "CF1", "-o", tmp_path / "b", "--redact")
    assert done.code == 0, done.err
    text = bundle_text(tmp_path / "b")
    ledger = api.open(case).ledger
    secrets: set[str] = set()
    for name, table in TABLES.items():
        if ledger.has(name):
            frame = ledger.table(name).to_pandas()
            for column in table.columns:
                if column.type == "id" or column.name in ("name", "text"):
                    secrets |= {str(v) for v in frame[column.name].dropna()}
    # Ids of two characters such as `O1` also occur by chance in what is compressed.
    named = sorted(s for s in secrets if len(s) > 3 or not s.isascii())
    assert {"陳大文", "ABC-1234", "0912345678", "A stranger knew my address."} <= set(named)
    assert [secret for secret in named if secret in text] == []
    for pattern in ("B123456780", "0912-345-678"):
        assert pattern not in text
    keys = (case / "keys" / "CF1.json").read_text(encoding="utf-8")
    assert "ABC-1234" in keys


def test_pseudonyms_stay_the_same_in_every_format_and_later(
    run: Run, case: Path, tmp_path: Path
) -> None:
    first, later = tmp_path / "a.html", tmp_path / "b.html"
    for file in (first, later):
        done = run("-w", case, "report", "casefile", "CF1", "--redact", "-o", file)
        assert done.code == 0, done.err
    assert first.read_bytes() == later.read_bytes()
    assert "Officer 1" in first.read_text(encoding="utf-8")
    officer = run("-w", case, "report", "officer", "O1", "--inquiry", "Q", "--redact",
                  "--casefile", "CF1", "-o", tmp_path / "o.pdf")  # fmt: skip
    assert officer.code == 0, officer.err
    text = pdf_text((tmp_path / "o.pdf").read_bytes())
    assert "Officer 1" in text
    assert "Wang" not in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "CF1", "trace", "C1"), "does not say what to trace from"),
        (("add", "CF1", "trace", "complaint:C9"), "There is no complaint 'C9'"),
        (("add", "CF1", "lookup", "L99"), "There is no look-up L99"),
        (("add", "CF9", "lookup", "L1"), "There is no case file 'CF9'"),
        (("add", "CF1", "document", "/none.pdf"), "cannot be read"),
        (("add", "CF1", "path", "officer:O1"), "two ends"),
        (("new", "CF1", "--title", "again"), "already"),
        (
            (
                "decide",
                "CF1",
                "--finding",
                "insufficient",
                "--note",
                "x",
                "--by",
                "C",
                "--on",
                "soon",
            ),
            "is no date",
        ),
        (("verify", "nothing"), "There is no case file"),
        (("export", "CF1", "-o", "b", "--formats", "odt"), "There is no format odt"),
    ],
)
def test_what_cannot_be_done_is_said_with_the_remedy(
    run: Run, case: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = run("-w", case, "casefile", *arguments)
    assert done.code in (1, 2)
    assert said in done.err


def test_nothing_private_leaves_a_case_file_whose_inquiry_has_ended(
    run: Run, case: Path, tmp_path: Path
) -> None:
    run("-w", case, "inquiry", "close", "Q")
    done = run("-w", case, "casefile", "export", "CF1", "-o", tmp_path / "b")
    assert done.code == 1
    assert "was closed" in done.err
    assert run("-w", case, "casefile", "note", "CF1", "still to be noted").code == 0
