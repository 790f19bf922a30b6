"""Inquiries: two people, a ground, a document, a limit; and a gate that holds."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from linkgraph import inquiries
from linkgraph.errors import InquiryError
from linkgraph.inquiries import Inquiry
from linkgraph.workspace import Folder

DAY = 86_400_000_000
NOW = 20_000 * DAY

PLAIN = Inquiry(
    id="Q1",
    opened_by="Lin",
    authorised_by="Chen",
    ground="complaint 12",
    document="No. 1090101",
    officers=(),
    all_officers=True,
    units=(),
    start=NOW - 90 * DAY,
    end=NOW,
    ties=("all",),
    k=2,
    until=NOW + 30 * DAY,
    opened_at=NOW,
)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder.create(tmp_path / "w")


def test_an_inquiry_is_read_back_as_it_was_opened(folder: Folder) -> None:
    some = replace(PLAIN, all_officers=False, officers=("O1",), units=("U1",), warrants=("W9",))
    inquiries.open_inquiry(folder, some)
    assert inquiries.require(folder, "Q1", at=NOW) == some
    assert inquiries.listed(folder) == [some]
    assert [e["action"] for e in folder.activity.entries()] == ["init", "inquiry.open"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"authorised_by": " ｌｉｎ "}, "same person"),
        ({"opened_by": "  "}, "who opens it"),
        ({"authorised_by": ""}, "who authorises it"),
        ({"ground": ""}, "its ground"),
        ({"document": " "}, "its document"),
        ({"all_officers": False}, "names no officer"),
        ({"officers": ("O1",)}, "all officers and some as well"),
        ({"end": PLAIN.start}, "ends before it begins"),
        ({"k": 0}, "circles of 0 ties"),
        ({"k": 4}, "circles of 4 ties"),
        ({"ties": ()}, "names no kind of tie"),
        ({"ties": ("friend", "enemy")}, "Unknown kind of tie: enemy"),
        ({"until": NOW}, "expired before it is opened"),
        ({"id": "../Q"}, "cannot name an inquiry"),
        ({"id": ""}, "cannot name an inquiry"),
    ],
)
def test_an_inquiry_that_breaks_a_rule_is_not_opened(
    folder: Folder, change: dict[str, object], message: str
) -> None:
    with pytest.raises(InquiryError, match=message):
        inquiries.open_inquiry(folder, replace(PLAIN, **change))  # type: ignore[arg-type]
    assert inquiries.listed(folder) == []


def test_kinds_of_tie_found_in_the_data_may_be_named(folder: Folder) -> None:
    known = replace(PLAIN, ties=("KNOWS",))
    assert inquiries.open_inquiry(folder, known, known_ties=["KNOWS"]).allows("KNOWS")


def test_an_inquiry_is_never_replaced(folder: Folder) -> None:
    inquiries.open_inquiry(folder, PLAIN)
    with pytest.raises(InquiryError, match="There is an inquiry Q1 already"):
        inquiries.open_inquiry(folder, replace(PLAIN, k=3))
    assert inquiries.read(folder, "Q1").k == 2


def test_it_allows_the_kinds_it_names_and_no_other() -> None:
    assert PLAIN.allows("family")
    some = replace(PLAIN, ties=("family", "household"))
    assert some.allows("family")
    assert not some.allows("friend")


def test_the_gate_opens_for_a_valid_inquiry_alone(folder: Folder) -> None:
    with pytest.raises(InquiryError, match="none was named"):
        inquiries.require(folder, None)
    with pytest.raises(InquiryError, match="There is no inquiry 'Q1'"):
        inquiries.require(folder, "Q1")
    inquiries.open_inquiry(folder, PLAIN)
    assert inquiries.require(folder, "Q1", at=PLAIN.until) == PLAIN
    with pytest.raises(InquiryError, match="has expired"):
        inquiries.require(folder, "Q1", at=PLAIN.until + 1)
    inquiries.close(folder, "Q1", at=NOW + DAY)
    with pytest.raises(InquiryError, match="was closed"):
        inquiries.require(folder, "Q1", at=NOW + DAY)


def test_an_edited_inquiry_is_refused(folder: Folder) -> None:
    inquiries.open_inquiry(folder, PLAIN)
    path = folder.inquiries_path / "Q1.json"
    path.write_text(path.read_text().replace('"k": 2', '"k": 3'))
    with pytest.raises(InquiryError, match="differs from what the activity log has"):
        inquiries.require(folder, "Q1", at=NOW)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"id": "Q1"}'])
def test_a_damaged_inquiry_is_named(folder: Folder, text: str) -> None:
    (folder.inquiries_path / "Q1.json").write_text(text)
    with pytest.raises(InquiryError, match=r"Q1\.json: is not an inquiry"):
        inquiries.require(folder, "Q1", at=NOW)


def test_a_purge_removes_what_was_joined_and_certifies_it(folder: Folder) -> None:
    inquiries.open_inquiry(folder, PLAIN)
    for place in (folder.graphs_path / "Q1", folder.reports_path("Q1"), folder.views_path("Q1")):
        place.mkdir(parents=True)
        (place / "joined").write_text("private")
    other = folder.graphs_path / "Q2"
    other.mkdir()
    folder.activity.append("view", inquiry="Q1", file="/elsewhere/view.html")
    with pytest.raises(InquiryError, match="still holds"):
        inquiries.purge(folder, "Q1", at=NOW)

    inquiries.close(folder, "Q1", at=NOW)
    certificate = inquiries.purge(folder, "Q1", at=NOW + DAY)

    assert [item["file"] for item in certificate["removed"]] == [
        "graphs/Q1/joined",
        "reports/Q1/joined",
        "views/Q1/joined",
    ]
    assert certificate["elsewhere"] == ["/elsewhere/view.html"]
    assert not (folder.graphs_path / "Q1").exists()
    assert other.exists()
    on_disk = json.loads((folder.inquiries_path / "purged" / "Q1.json").read_text())
    assert on_disk == certificate
    assert folder.activity.verify(expect=certificate["activity_head"]).problems == ()
    with pytest.raises(InquiryError, match="was purged"):
        inquiries.require(folder, "Q1", at=NOW)
    with pytest.raises(InquiryError, match="already"):
        inquiries.open_inquiry(folder, PLAIN)
