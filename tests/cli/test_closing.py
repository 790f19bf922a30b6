"""An inquiry ends: those affected are listed, what was joined goes, and a certificate says so."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from linkgraph import api
from tests.cli.conftest import Run
from tests.support.casework import prepared
from tests.support.documents import pdf_text


@pytest.fixture(scope="module")
def substantiated(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small force's workspace with a case file in which an allegation was made out."""
    made = Path(shutil.copytree(built, tmp_path_factory.mktemp("closing") / "w"))
    workspace = api.open(made)
    prepared(workspace)
    workspace.casefile_decide("CF1", "substantiated", "a record was found", by="Wu")
    workspace.report("officer", "O1", inquiry="Q").save(made / "reports" / "Q" / "o.html")
    return made


@pytest.fixture
def ended(substantiated: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(substantiated, tmp_path / "w"))


def test_the_owner_of_a_plate_looked_up_is_affected(run: Run, ended: Path) -> None:
    done = run("-w", ended, "inquiry", "affected", "Q", "--format", "json")
    (one,) = [row for row in json.loads(done.out) if row["via"] == "vehicle"]
    assert (one["person_id"], one["name"], one["officer_id"]) == ("P4", "<b>Zhao</b>", "O1")
    assert (one["casefile"], one["finding"]) == ("CF1", "substantiated")


def test_an_inquiry_is_not_closed_before_those_affected_are_listed(run: Run, ended: Path) -> None:
    refused = run("-w", ended, "inquiry", "close", "Q")
    assert refused.code == 1
    assert "inquiry affected Q" in refused.err
    run("-w", ended, "inquiry", "affected", "Q")
    assert run("-w", ended, "inquiry", "close", "Q").code == 0


def test_a_purge_keeps_case_files_and_certifies_the_rest(
    run: Run, ended: Path, tmp_path: Path
) -> None:
    run("-w", ended, "inquiry", "close", "Q", "--yes")
    done = run("-w", ended, "inquiry", "purge", "Q", "--yes")
    certificate = json.loads(done.out)
    assert [one["casefile"] for one in certificate["kept"]] == ["CF1"]
    assert any(one["file"] == "reports/Q/o.html" for one in certificate["removed"])
    assert not (ended / "reports" / "Q").exists()
    assert run("-w", ended, "casefile", "verify", "CF1").code == 0
    file = tmp_path / "certificate.pdf"
    wrote = run("-w", ended, "inquiry", "certificate", "Q", "-o", file, "--lang", "zh-TW")
    assert wrote.code == 0, wrote.err
    text = pdf_text(file.read_bytes())
    assert "銷毀證明" in text
    assert "reports/Q/o.html" in "".join(text.split()).replace("\u200b", "")


def test_a_copy_beside_the_settings_is_named_for_its_holder(run: Run, ended: Path) -> None:
    copy = ended / "officer.html"
    kept = run("-w", ended, "report", "officer", "O1", "--inquiry", "Q")
    assert run("-w", ended, "report", "officer", "O1", "--inquiry", "Q", "-o", copy).code == 0
    run("-w", ended, "inquiry", "close", "Q", "--yes")
    certificate = json.loads(run("-w", ended, "inquiry", "purge", "Q", "--yes").out)
    assert kept.code == 0
    assert certificate["elsewhere"] == [str(copy)]


def test_a_certificate_that_was_changed_is_refused(run: Run, ended: Path, tmp_path: Path) -> None:
    run("-w", ended, "inquiry", "close", "Q", "--yes")
    run("-w", ended, "inquiry", "purge", "Q", "--yes")
    path = ended / "inquiries" / "purged" / "Q.json"
    path.write_text(path.read_text().replace("Chen", "Wu"))
    done = run("-w", ended, "inquiry", "certificate", "Q", "-o", tmp_path / "c.html")
    assert done.code == 1
    assert "differs from what the activity log has on record" in done.err
