"""The screening as a whole: what runs, what it leaves, and that it is the same every time."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

import pytest

from linkgraph.errors import AnalysisError, WorkspaceError
from linkgraph.screen import Screening, lookup_persons, screen
from linkgraph.screen.export import lookup_table
from linkgraph.workspace import Settings
from tests.support.ledger import make_ledger
from tests.support.screen import case, involves, lookup, posting, screened

FORCE: dict[str, list[dict[str, Any]]] = {
    "officers": [{"officer_id": "O1"}, {"officer_id": "O2"}],
    "units": [{"unit_id": "U1", "district": "north"}],
    "postings": [posting("O1", "U1"), posting("O2", "U1")],
    "lookups": [
        lookup("L1", "2026-03-02T10:00", purpose="偵辦刑案", system="household"),
        lookup("L2", "2026-03-03T10:00", "vehicle:AAA-1", purpose="x", output="print"),
        lookup("L3", "2026-03-04T10:00", purpose="", requester_id="O2"),
        lookup("L4", "2026-03-04T10:00", "person:P2", officer="O2"),
        lookup("L5", "2026-03-04T10:00", "query:", query_text="red car"),
        lookup("L6", "2026-03-05T10:00", "phone:0912"),
    ],
    "vehicle_owners": [
        {"vehicle_id": "AAA-1", "person_id": "P1", "start": "2025-01-01", "end": "2026-04-01"},
        {"vehicle_id": "AAA-1", "person_id": "P9", "start": "2026-04-01"},
    ],
    "cases": [case("C1", "2026-03-01", unit_id="U1")],
    "case_officers": [{"case_id": "C1", "officer_id": "O2"}],
    "case_subjects": [involves("C1", "person:P2")],
    "phones": [{"phone_id": "0912", "holder_kind": "person", "holder_id": "P3"}],
}


def rows(table: Any) -> list[dict[str, Any]]:
    return sorted(table.to_pyarrow().to_pylist(), key=repr)


def test_officers_and_lookups_alone_are_screened(tmp_path: Path) -> None:
    result = screened(tmp_path, {"lookups": [lookup("L1", "2026-03-02T10:00")]})
    assert result.status == {"L1": "unknown"}
    assert result.levels == {"L1": ("none", None)}
    ran = {item.analysis_id: item.found for item in result.screening.ran}
    alone = (
        "batch",
        "beside_explained",
        "burst",
        "followed",
        "regular_visit",
        "repeated",
        "volume",
    )
    assert ran == dict.fromkeys(alone, 0)
    assert result.not_run["off_duty"] == ("duties",)
    assert result.not_run["own_case"] == ("cases", "case_officers", "case_subjects")
    assert result.not_run["print_export"] == ("lookups.output",)
    assert result.screening.indicators.count().to_pyarrow().as_py() == 0


def test_the_same_rows_in_another_order_give_the_same_results(tmp_path: Path) -> None:
    shuffled = {name: list(table) for name, table in FORCE.items()}
    for number, table in enumerate(shuffled.values()):
        random.Random(number).shuffle(table)
    one = screened(tmp_path / "one", FORCE).screening
    other = screened(tmp_path / "other", shuffled).screening
    assert one.fingerprint == other.fingerprint
    for name in ("lookups", "subjects_explained", "explanations", "indicators", "pairs"):
        assert rows(getattr(one, name)) == rows(getattr(other, name)), name


def test_a_screening_is_made_once_and_anew_when_a_setting_changes(tmp_path: Path) -> None:
    ledger = make_ledger(tmp_path, FORCE)
    told: list[str] = []

    def listen(what: str, done: int, steps: int) -> None:
        assert 0 <= done <= steps
        told.append(what)

    first = screen(ledger, Settings(), tmp_path / "screen", progress=listen)
    assert told[0] == "duty and cases"
    assert told[-1] == "done"
    told.clear()
    again = screen(ledger, Settings(), tmp_path / "screen", progress=listen)
    assert (again.path, told) == (first.path, [])
    other = screen(ledger, Settings(generic_purposes=("x",)), tmp_path / "screen", progress=listen)
    assert other.fingerprint != first.fingerprint
    kept = sorted(path.name for path in (tmp_path / "screen").iterdir())
    assert kept == sorted([first.fingerprint, other.fingerprint])


def test_a_broken_analysis_of_the_workspace_leaves_no_screening(tmp_path: Path) -> None:
    ledger = make_ledger(tmp_path, FORCE)
    folder = tmp_path / "analyses"
    folder.mkdir()
    source = Path("linkgraph/screen/indicators/print_export.py")
    text = (Path(__file__).parents[2] / source).read_text(encoding="utf-8")
    text = text.replace('id="print_export"', 'id="doubled"')
    doubled = text.replace(
        "return hits.select(", "hits = hits.union(hits)\n    return hits.select("
    )
    (folder / "doubled.py").write_text(doubled, encoding="utf-8")
    with pytest.raises(AnalysisError, match="2 rows for 1 look-ups"):
        screen(ledger, Settings(), tmp_path / "screen", folder=folder)
    assert list((tmp_path / "screen").iterdir()) == []
    (folder / "doubled.py").write_text(text, encoding="utf-8")
    result = screen(ledger, Settings(), tmp_path / "screen", folder=folder)
    assert {"doubled", "print_export"} <= {item.analysis_id for item in result.ran}


def test_what_a_killed_screening_left_is_cleared(tmp_path: Path) -> None:
    ledger = make_ledger(tmp_path, {"officers": FORCE["officers"], "lookups": FORCE["lookups"]})
    left = tmp_path / "screen" / ".0123456789abcdef.99999999"
    left.mkdir(parents=True)
    running = tmp_path / "screen" / f".0123456789abcdef.{os.getppid()}"
    running.mkdir()
    screen(ledger, Settings(), tmp_path / "screen", only=["batch"])
    assert (left.exists(), running.exists()) == (False, True)


def test_a_volume_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    ledger = make_ledger(tmp_path, {"officers": FORCE["officers"], "lookups": FORCE["lookups"]})

    def vanish(what: str, done: int, steps: int) -> None:
        if what == "batch":
            (work,) = (tmp_path / "screen").glob(".*/work")
            (work / "indicator_batch.parquet").mkdir()

    with pytest.raises(WorkspaceError, match="could not be written"):
        screen(ledger, Settings(), tmp_path / "screen", only=["batch"], progress=vanish)
    assert list((tmp_path / "screen").iterdir()) == []


def test_an_incomplete_screening_is_not_opened(tmp_path: Path) -> None:
    ledger = make_ledger(tmp_path, {"officers": FORCE["officers"], "lookups": FORCE["lookups"]})
    with pytest.raises(WorkspaceError, match="no complete screening"):
        Screening.open(tmp_path / "nothing", ledger)


def test_persons_stand_behind_names_and_plates_as_of_the_lookup(tmp_path: Path) -> None:
    result = screened(tmp_path, FORCE)
    ids = result.ledger.table("entities").select("entity_key", person_id="id")

    def persons(include_private: bool) -> list[tuple[str, str, str, str]]:
        table = lookup_persons(result.ledger, result.screening, include_private)
        table = table.join(ids, table.person_key == ids.entity_key)
        return sorted((r["lookup_id"], r["person_id"], r["via"], r["level"]) for r in rows(table))

    work = [
        ("L1", "P1", "person", "none"),
        ("L2", "P1", "vehicle", "none"),
        ("L3", "P1", "person", "none"),
        ("L4", "P2", "person", "full"),
    ]
    assert persons(include_private=False) == work
    assert persons(include_private=True) == [*work, ("L6", "P3", "phone", "none")]


def test_pairs_count_lookups_of_a_person_however_made(tmp_path: Path) -> None:
    result = screened(tmp_path, FORCE)
    pairs = [
        (r["n"], r["n_unexplained"], r["subject_kind"], r["role"], r["district"])
        for r in rows(result.screening.pairs.order_by("officer_key"))
    ]
    assert sorted(pairs) == [
        (1, 0, "person", "patrol", "north"),
        (3, 3, "person", "patrol", "north"),
    ]
    (first,) = [r for r in rows(result.screening.pairs) if r["n"] == 3]
    assert first["last_at"] - first["first_at"] == 2 * 86_400_000_000


def test_the_export_has_one_row_per_lookup(tmp_path: Path) -> None:
    result = screened(tmp_path, FORCE)
    table = lookup_table(result.ledger, result.screening).to_pyarrow().to_pylist()
    assert [row["lookup_id"] for row in table] == ["L1", "L2", "L3", "L4", "L5", "L6"]
    assert table[0] == {
        "lookup_id": "L1",
        "officer_id": "O1",
        "subject_kind": "person",
        "subject_id": "P1",
        "at": "2026-03-02T10:00:00",
        "duty_status": "unknown",
        "explanation_level": "none",
        "explanation_id": None,
        "indicators": "content_system;generic_purpose;repeated",
    }
    assert table[3]["explanation_id"] == "own_case"
    assert table[4]["subject_id"] is None


def test_screening_may_not_read_private_tables(tmp_path: Path) -> None:
    ledger = make_ledger(tmp_path, FORCE)
    folder = tmp_path / "analyses"
    folder.mkdir()
    source = Path(__file__).parents[2] / "linkgraph/screen/indicators/print_export.py"
    text = source.read_text(encoding="utf-8").replace('id="print_export"', 'id="nosy"')
    text = text.replace("    hits = tables", '    tables.table("associations")\n    hits = tables')
    (folder / "nosy.py").write_text(text, encoding="utf-8")
    with pytest.raises(AnalysisError, match="may not read 'associations'"):
        screen(ledger, Settings(), tmp_path / "screen", folder=folder, only=["nosy"])
