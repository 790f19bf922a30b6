"""A case file only grows: signed, dated, chained, each decision beside the one before it."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkgraph import casefiles
from linkgraph.errors import CaseFileError
from linkgraph.workspace import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder.create(tmp_path / "w")
    casefiles.create(made, "CF1", title="Plate", ground="complaint", inquiry="", by="Lin")
    return made


def alleged(folder: Folder) -> casefiles.CaseFile:
    return casefiles.append(
        folder,
        "CF1",
        "allegation",
        by="Lin",
        allegation="A1",
        text="Looked up for a colleague",
        elements=["no duty", "asked by another"],
        exhibits=[],
    )


def test_a_case_file_says_who_opened_it_and_why(folder: Folder) -> None:
    case = casefiles.read(folder, "CF1")
    assert (case.title, case.ground, case.opened_by, case.status) == (
        "Plate",
        "complaint",
        "Lin",
        "open",
    )


def test_an_entry_needs_a_signature_and_a_status_a_note(folder: Folder) -> None:
    with pytest.raises(CaseFileError, match="who signs it"):
        casefiles.append(folder, "CF1", "note", by=" ", text="x")
    with pytest.raises(CaseFileError, match="does not say"):
        casefiles.append(folder, "CF1", "status", by="Lin", status="closed", text="")
    assert casefiles.read(folder, "CF1").status == "open"


def test_a_status_changes_with_its_note_and_both_stay(folder: Folder) -> None:
    casefiles.append(folder, "CF1", "status", by="Lin", status="under review", text="handed on")
    case = casefiles.append(folder, "CF1", "status", by="Chen", status="open", text="sent back")
    assert case.status == "open"
    assert [(n.status, n.text, n.by) for n in case.notes] == [
        ("under review", "handed on", "Lin"),
        ("open", "sent back", "Chen"),
    ]


def test_a_later_finding_stands_beside_the_earlier_one(folder: Folder) -> None:
    alleged(folder)
    for finding, by in (("insufficient", "Chen"), ("not substantiated", "Wu")):
        case = casefiles.append(
            folder, "CF1", "finding", by=by, allegation="A1", finding=finding, note="reasons"
        )
    (one,) = case.allegations
    assert [f.finding for f in one.findings] == ["insufficient", "not substantiated"]
    assert one.finding is not None
    assert (one.finding.by, one.finding.finding) == ("Wu", "not substantiated")


@pytest.mark.parametrize(
    ("action", "facts", "said"),
    [
        ("finding", {"allegation": "A9", "finding": "insufficient", "note": "x"}, "no allegation"),
        ("finding", {"allegation": "A1", "finding": "guilty", "note": "x"}, "One of: substantiat"),
        ("finding", {"allegation": "A1", "finding": "insufficient", "note": ""}, "--note"),
        ("evidence", {"allegation": "A1", "side": "x", "text": "t"}, "for, against"),
        ("evidence", {"allegation": "A1", "side": "for", "text": "t", "element": 3}, "2 elements"),
        ("explanation", {"allegation": "A1", "outcome": "maybe", "text": "t"}, "not available"),
        ("allegation", {"allegation": "A1", "text": "again"}, "Nothing is overwritten"),
        ("allegation", {"allegation": "A2", "text": "t", "exhibits": ["E7"]}, "no exhibit E7"),
        ("role", {"role": "owned", "ref": "", "basis": "established"}, "held, used, asked"),
    ],
)
def test_what_breaks_a_rule_is_not_written(
    folder: Folder, action: str, facts: dict[str, object], said: str
) -> None:
    before = alleged(folder).head
    with pytest.raises(CaseFileError, match=said):
        casefiles.append(folder, "CF1", action, by="Lin", **facts)
    assert casefiles.read(folder, "CF1").head == before


def test_a_document_is_kept_with_its_hash_and_a_change_shows(
    folder: Folder, tmp_path: Path
) -> None:
    paper = tmp_path / "roster.pdf"
    paper.write_bytes(b"%PDF roster")
    case = casefiles.attach(folder, "CF1", "document", paper, by="Lin", ref="", text="roster")
    (item,) = case.items
    stored = folder.casefiles_path / "CF1" / item.content["stored"]
    assert stored.read_bytes() == b"%PDF roster"
    assert casefiles.verify(folder, "CF1") == []
    stored.write_bytes(b"%PDF rosteR")
    assert casefiles.verify(folder, "CF1") == ["documents/E1.pdf: was changed"]
    stored.unlink()
    (stored.parent / "other.pdf").write_bytes(b"x")
    assert casefiles.verify(folder, "CF1") == [
        "documents/E1.pdf: is missing",
        "documents/other.pdf: was added",
    ]


def test_every_byte_of_the_log_counts(folder: Folder) -> None:
    import random

    alleged(folder)
    log = folder.casefiles_path / "CF1" / "log.jsonl"
    whole = log.read_bytes()
    chance = random.Random(7)
    for _ in range(200):
        at = chance.randrange(len(whole))
        other = chance.choice([b for b in range(256) if b != whole[at]])
        log.write_bytes(whole[:at] + bytes([other]) + whole[at + 1 :])
        assert casefiles.verify(folder, "CF1"), (at, other)
    log.write_bytes(whole)
    assert casefiles.verify(folder, "CF1") == []


def test_entries_cut_off_the_end_are_missed(folder: Folder) -> None:
    alleged(folder)
    log = folder.casefiles_path / "CF1" / "log.jsonl"
    log.write_bytes(log.read_bytes().splitlines(keepends=True)[0])
    assert any("on record but not in the log" in p for p in casefiles.verify(folder, "CF1"))


def test_a_changed_log_is_not_read_as_if_nothing_were(folder: Folder) -> None:
    log = folder.casefiles_path / "CF1" / "log.jsonl"
    log.write_bytes(log.read_bytes().replace(b"Plate", b"Flate"))
    with pytest.raises(CaseFileError, match="was changed"):
        casefiles.read(folder, "CF1")


@pytest.mark.parametrize("id_", ["", "../x", "a/b", ".hidden", "x" * 65])
def test_an_id_is_a_name_and_no_path(folder: Folder, id_: str) -> None:
    with pytest.raises(CaseFileError):
        casefiles.create(folder, id_, title="t", ground="g", inquiry="", by="Lin")
