"""The same records give the same bytes, in whatever order and files they come."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from linkgraph import api
from tests.support.ledger import write_tables
from tests.support.screen import lookup, posting

OFFICERS = [f"O{n:02}" for n in range(15)]
Tables = Mapping[str, Sequence[Mapping[str, Any]]]


def force() -> dict[str, list[dict[str, Any]]]:
    """Fifteen officers; one looks up a friend's friends, one a shop's people, one for another."""
    routine = [
        lookup(
            f"R{o}-{i}", f"2024-03-{1 + i:02}T{8 + o % 10:02}:00:00",
            f"{'person' if i % 3 else 'vehicle'}:S{(o * 7 + i) % 90}", officer,
            purpose=("公務查詢", "", "查證糾紛")[i % 3], account_id=f"A{officer}", system="person",
        )
        for o, officer in enumerate(OFFICERS)
        for i in range(14)
    ]  # fmt: skip
    friends = [
        lookup(f"F{i}", f"2024-04-{1 + i // 2:02}T23:00:00", f"person:F{i}", "O03", output="print")
        for i in range(6)
    ]
    shop = [
        lookup(f"G{i}{r}", f"2024-04-{10 + i + r:02}T22:00:00", f"person:G{i}", "O04")
        for i in range(4)
        for r in range(3)
    ]
    asked = [
        lookup(f"X{i}", f"2024-05-{1 + i:02}T15:00:00", f"vehicle:C{i}", "O05",
               requester_text="某所警員", channel="internal_line", purpose="失竊車輛")
        for i in range(4)
    ]  # fmt: skip
    return {
        "officers": [{"officer_id": o, "person_id": f"P{o}", "name": f"N{o}"} for o in OFFICERS],
        "units": [{"unit_id": "U1"}, {"unit_id": "U2"}],
        "postings": [posting(o, "U1" if n < 8 else "U2") for n, o in enumerate(OFFICERS)],
        "accounts": [{"account_id": f"A{o}", "officer_id": o} for o in OFFICERS],
        "rights": [{"account_id": f"A{o}", "system": "vehicle"} for o in OFFICERS],
        "role_rights": [
            {"role": "patrol", "system": "person"},
            {"role": "detective", "system": "vehicle"},
        ],
        "associations": [
            {"person_a_id": "PO03", "person_b_id": "F0", "kind": "friend"},
            *({"person_a_id": "F0", "person_b_id": f"F{i}", "kind": "friend"} for i in range(1, 6)),
            {"person_a_id": "PO04", "person_b_id": "G0", "kind": "family"},
        ],
        "organisations": [{"organisation_id": "ORG", "name": "Shop"}],
        "organisation_roles": [
            {"organisation_id": "ORG", "person_id": f"G{i}", "role": "employee"} for i in range(4)
        ],
        "vehicle_owners": [{"vehicle_id": f"C{i}", "person_id": f"V{i}"} for i in range(4)],
        "complaints": [
            {"complaint_id": "CP", "at": "2024-05-20", "complainant_id": "V1", "vehicle_id": "C1"}
        ],
        "cases": [
            {"case_id": "K1", "kind": "investigation", "opened_at": "2024-02-01", "unit_id": "U1"}
        ],
        "case_officers": [{"case_id": "K1", "officer_id": "O00", "start": "2024-02-01"}],
        "case_subjects": [{"case_id": "K1", "subject_kind": "person", "subject_id": "S1"}],
        "self_reports": [{"officer_id": "O05", "at": "2024-05-03", "lookup_id": "X1"}],
        "reviews": [
            {"lookup_id": "X2", "decision": "improper", "selected_by": "random"},
            {"lookup_id": "F2", "decision": "improper", "selected_by": "complaint"},
            {"lookup_id": "G10", "decision": "improper", "selected_by": "lead"},
        ],
        "lookups": [*routine, *friends, *shop, *asked],
    }  # fmt: skip


def results(folder: Path, sources: Sequence[Path]) -> dict[str, bytes]:
    """Every door's result as it is kept or printed."""
    workspace = api.create(folder / "w")
    workspace.load(*sources)
    workspace.open_inquiry(
        "Q", opened_by="Lin", authorised_by="Chen", ground="complaint", document="7",
        all_officers=True, start="2024-01-01", end="2024-12-31", until="2099-01-01",
    )  # fmt: skip
    workspace.analyse("Q")
    kept = workspace.folder.graphs_path / "Q"
    found = {name: (kept / name).read_bytes() for name in ("leads.json", "derivations.json")}
    told: dict[str, Any] = {
        "screen": workspace.screen_leads(),
        "complaint": workspace.traced("complaint", "CP", inquiry="Q"),
        "self-report": workspace.traced("self-report", "X1"),
        "person": workspace.traced("person", "G1", inquiry="Q"),
        "scorecard": workspace.scored(inquiry="Q"),
    }
    for kind in ("proxy", "purpose", "rights"):
        told[kind] = workspace.worklisted(kind=kind)
    return found | {name: json.dumps(value).encode() for name, value in told.items()}


def shuffled(tables: Tables, seed: int) -> dict[str, list[Mapping[str, Any]]]:
    rng = random.Random(seed)
    return {name: rng.sample(list(rows), len(rows)) for name, rows in tables.items()}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("first")
    return results(folder, [write_tables(folder / "files", force())])


def test_every_door_finds_something(first: dict[str, bytes]) -> None:
    leads = json.loads(first["leads.json"])
    assert {"circle", "proxy_contradicted"} & {lead["kind"] for lead in leads["leads"]}
    assert any(form["taught"] for form in leads["forms"])
    for name in ("proxy", "purpose", "rights"):
        assert json.loads(first[name])["items"], name
    for name in ("complaint", "self-report", "person"):
        assert json.loads(first[name])["lookups"], name


def test_two_runs_give_the_same_bytes(first: dict[str, bytes], tmp_path: Path) -> None:
    again = results(tmp_path, [write_tables(tmp_path / "files", force())])
    assert [name for name in first if first[name] != again[name]] == []


def test_shuffled_rows_in_split_files_give_the_same_bytes(
    first: dict[str, bytes], tmp_path: Path
) -> None:
    tables = shuffled(force(), 7)
    half = len(tables["lookups"]) // 2
    one = write_tables(tmp_path / "b", {"lookups": tables["lookups"][:half]})
    rest = write_tables(tmp_path / "a", tables | {"lookups": tables["lookups"][half:]})
    again = results(tmp_path, [one, rest])
    assert [name for name in first if first[name] != again[name]] == []
