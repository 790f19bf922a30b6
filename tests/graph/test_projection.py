"""Which nodes and ties an inquiry's graph has, and that each leads back to a ledger row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from linkgraph.errors import InquiryError
from linkgraph.graph.projection import opened, project
from linkgraph.graph.store import Projection
from linkgraph.ledger import Ledger
from linkgraph.screen import Screening
from tests.graph.world import FORCE, inquiry, lookup, moment, world

Loaded = tuple[Ledger, Screening]


@pytest.fixture(scope="module")
def force(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return world(tmp_path_factory.mktemp("force"), **FORCE)


def ends(made: Projection, *key: str) -> list[tuple[str, str]]:
    """The ends of a relationship's ties; empty if it has none."""
    path = made.relationships.get(key)  # type: ignore[call-overload]
    return (
        []
        if path is None
        else [(r["from_id"], r["to_id"]) for r in pq.read_table(path).to_pylist()]
    )


def rows(made: Projection, *key: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(made.relationships[key]).to_pylist()  # type: ignore[index]
    return found


def test_every_tie_leads_back_to_a_ledger_row(force: Loaded, tmp_path: Path) -> None:
    ledger, screening = force
    made = project(ledger, screening, inquiry(), tmp_path / "p")
    for path in made.relationships.values():
        for tie_id in pq.read_table(path)["tie_id"].to_pylist():
            table, _, row_id = tie_id.partition(":")
            assert ledger.sources(table, row_id), tie_id


def test_every_end_of_a_tie_is_a_node(force: Loaded, tmp_path: Path) -> None:
    made = project(*force, inquiry(), tmp_path / "p")
    nodes = {
        label: set(pq.read_table(path).column(0).to_pylist()) for label, path in made.nodes.items()
    }
    for (_, source, target), path in made.relationships.items():
        table = pq.read_table(path)
        assert set(table["from_id"].to_pylist()) <= nodes[source]
        assert set(table["to_id"].to_pylist()) <= nodes[target]
    assert nodes["Officer"] == {"O1", "O2", "O3"}


def test_a_person_stands_behind_a_plate_only_while_he_owned_it(
    force: Loaded, tmp_path: Path
) -> None:
    made = project(*force, inquiry(), tmp_path / "p")
    pairs = {
        r["to_id"]: r for r in rows(made, "LOOKED_UP", "Officer", "Person") if r["from_id"] == "O1"
    }
    assert (pairs["G"]["n"], pairs["Z"]["n"], pairs["E3"]["n"]) == (2, 1, 1)
    assert pairs["W"] | {"n": 2, "unexplained": 2} == pairs["W"]
    assert pairs["Z"]["first_at"] == moment("2024-08-02T10:00")
    assert ("O1", "ABC-1234") in ends(made, "LOOKED_UP", "Officer", "Vehicle")


def test_only_the_inquirys_officers_and_period_have_look_ups(force: Loaded, tmp_path: Path) -> None:
    made = project(*force, inquiry(officers=("O2",)), tmp_path / "a")
    assert {a for a, _ in ends(made, "LOOKED_UP", "Officer", "Person")} == {"O2"}
    assert {b for _, b in ends(made, "BY", "Lookup", "Officer")} == {"O2"}
    assert len(pq.read_table(made.nodes["Officer"])) == 3
    made = project(*force, inquiry(end=moment("2024-03-01")), tmp_path / "b")
    assert ends(made, "LOOKED_UP", "Officer", "Person") == [("O1", "G")]


def test_a_unit_stands_for_the_officers_of_the_units_below_it(
    force: Loaded, tmp_path: Path
) -> None:
    made = project(*force, inquiry(units=("U2",)), tmp_path / "a")
    assert {a for a, _ in ends(made, "LOOKED_UP", "Officer", "Person")} == {"O1", "O2"}
    made = project(*force, inquiry(units=("U1",)), tmp_path / "b")
    assert {a for a, _ in ends(made, "LOOKED_UP", "Officer", "Person")} == {"O1", "O2", "O3"}


def test_private_ties_are_joined_only_as_far_as_the_inquiry_names_them(
    force: Loaded, tmp_path: Path
) -> None:
    made = project(*force, inquiry(ties=("friend",)), tmp_path / "a")
    assert sorted(ends(made, "TIE", "Person", "Person")) == [("P1", "F"), ("P2", "H")]
    private = {"LIVES_AT", "HAS_ROLE", "HOLDS", "TIED_TO_UNIT", "LOCATED_AT"}
    assert not private & {key[0] for key in made.relationships}
    assert "family" in made.left_out[0]
    assert "household" in made.left_out[0]
    behind = {b for a, b in ends(made, "LOOKED_UP", "Officer", "Person") if a == "O1"}
    assert "E3" not in behind, "a phone's holder is a private tie"
    assert "G" in behind, "a vehicle's owner is not"


def test_an_address_shows_its_text_and_community_only_if_allowed(
    force: Loaded, tmp_path: Path
) -> None:
    made = project(*force, inquiry(ties=("household",)), tmp_path / "a")
    (address,) = pq.read_table(made.nodes["Address"]).to_pylist()
    assert (address["text"], address["community"]) == ("Road 1", None)
    made = project(*force, inquiry(), tmp_path / "b")
    (address,) = pq.read_table(made.nodes["Address"]).to_pylist()
    assert address["community"] == "C"


def test_calls_need_the_warrant_that_they_were_recorded_under(tmp_path: Path) -> None:
    calls = [
        {"from_phone_id": "T1", "to_phone_id": "T2", "at": "2024-05-01", "warrant_no": "W1"},
        {"from_phone_id": "T1", "to_phone_id": "T2", "at": "2024-05-03", "warrant_no": "W1"},
        {"from_phone_id": "T1", "to_phone_id": "T3", "at": "2024-05-01", "warrant_no": "W2"},
    ]
    loaded = world(tmp_path, **(FORCE | {"calls": calls}))
    made = project(*loaded, inquiry(), tmp_path / "a")
    assert ends(made, "CALLED", "Phone", "Phone") == []
    assert any("warrant" in text for text in made.left_out)
    made = project(*loaded, inquiry(warrants=("W1",)), tmp_path / "b")
    (called,) = rows(made, "CALLED", "Phone", "Phone")
    assert (called["to_id"], called["n"]) == ("T2", 2)


def test_a_tie_that_another_of_its_kind_outlasts_is_left_out_and_counted(tmp_path: Path) -> None:
    def known(start: str, end: str = "", kind: str = "friend") -> dict[str, Any]:
        return {"person_a_id": "A", "person_b_id": "B", "kind": kind, "start": start, "end": end}

    ties = [
        known("2020-01-01", "2022-01-01"),
        known("2020-06-01", "2021-01-01"),
        known("2021-06-01", "2023-01-01"),
        known("2020-06-01", "2021-01-01", "business"),
        {
            "person_a_id": "B",
            "person_b_id": "A",
            "kind": "friend",
            "start": "2020-02-01",
            "end": "2020-03-01",
        },
        {"person_a_id": "A", "person_b_id": "A", "kind": "friend"},
    ]
    loaded = world(
        tmp_path,
        officers=[{"officer_id": "O1"}],
        lookups=[lookup(1, "O1", "2024-05-01", "person", "A")],
        associations=ties,
    )
    made = project(*loaded, inquiry(), tmp_path / "p")
    kept = sorted((r["kind"], r["start"], r["end"]) for r in rows(made, "TIE", "Person", "Person"))
    assert kept == [
        ("business", moment("2020-06-01"), moment("2021-01-01")),
        ("friend", moment("2020-01-01"), moment("2022-01-01")),
        ("friend", moment("2021-06-01"), moment("2023-01-01")),
    ]
    assert any(text.startswith("2 TIE ties repeat") for text in made.left_out)


def test_partners_are_those_of_a_small_duty_and_only_while_it_lasts(tmp_path: Path) -> None:
    def duty(
        officer: str, start: int, end: int, duty_id: str, kind: str = "patrol"
    ) -> dict[str, Any]:
        day = "2024-05-01T{:02}:00:00"
        return {
            "officer_id": officer,
            "start": day.format(start),
            "end": day.format(end),
            "kind": kind,
            "duty_id": duty_id,
        }

    duties = [
        duty("O1", 8, 12, "D1"),
        duty("O2", 10, 14, "D1"),
        duty("O3", 14, 16, "D1"),
        duty("O1", 16, 18, "D2", "leave"),
        duty("O2", 16, 18, "D2", "leave"),
        *(duty(f"X{i}", 20, 21, "ASSEMBLY") for i in range(9)),
    ]
    officers = [{"officer_id": f"X{i}"} for i in range(9)] + FORCE["officers"]
    loaded = world(tmp_path, **(FORCE | {"duties": duties, "officers": officers}))
    made = project(*loaded, inquiry(), tmp_path / "p")
    (shared,) = rows(made, "ON_DUTY_WITH", "Officer", "Officer")
    assert (shared["from_id"], shared["to_id"], shared["duty_id"]) == ("O1", "O2", "D1")
    assert (shared["start"], shared["end"]) == (
        moment("2024-05-01T10:00"),
        moment("2024-05-01T12:00"),
    )


def test_sharers_of_a_device_are_inferred_from_the_log_but_not_of_a_desktop(
    tmp_path: Path,
) -> None:
    def used(number: int, officer: str, hour: int, device: str) -> dict[str, Any]:
        at = f"2024-05-01T{hour:02}:00:00"
        return lookup(number, officer, at, "person", "A", device_id=device)

    loaded = world(
        tmp_path,
        officers=FORCE["officers"],
        devices=[{"device_id": "M", "kind": "mobile"}, {"device_id": "D", "kind": "desktop"}],
        lookups=[
            used(1, "O1", 8, "M"),
            used(2, "O2", 9, "M"),
            used(3, "O1", 10, "M"),
            used(4, "O3", 11, "M"),
            used(5, "O1", 8, "D"),
            used(6, "O3", 8, "D"),
        ],
    )
    made = project(*loaded, inquiry(), tmp_path / "p")
    (shared,) = rows(made, "SHARED_DEVICE", "Officer", "Officer")
    assert (shared["from_id"], shared["to_id"], shared["kind"]) == ("O1", "O2", "inferred")


def test_look_ups_become_nodes_only_while_they_are_few(force: Loaded, tmp_path: Path) -> None:
    made = project(*force, inquiry(), tmp_path / "a", max_lookup_nodes=16)
    assert len(pq.read_table(made.nodes["Lookup"])) == 16
    made = project(*force, inquiry(), tmp_path / "b", max_lookup_nodes=15)
    assert "Lookup" not in made.nodes
    assert any("16 look-ups are shown by officer and subject only" in t for t in made.left_out)


def test_an_unknown_officer_or_unit_is_named(force: Loaded, tmp_path: Path) -> None:
    with pytest.raises(InquiryError, match="officer 'O9', unit 'U9'"):
        project(*force, inquiry(officers=("O1", "O9"), units=("U9",)), tmp_path / "p")
    assert not (tmp_path / "p").exists()


def test_the_same_is_written_once_and_another_inquiry_anew(force: Loaded, tmp_path: Path) -> None:
    first = project(*force, inquiry(), tmp_path / "p")
    before = first.nodes["Person"].stat().st_mtime_ns
    assert project(*force, inquiry(), tmp_path / "p") == first == opened(tmp_path / "p")
    assert first.nodes["Person"].stat().st_mtime_ns == before
    other = project(*force, inquiry(officers=("O1",)), tmp_path / "p")
    assert other.fingerprint != first.fingerprint


def test_the_same_rows_in_another_order_give_the_same_bytes(force: Loaded, tmp_path: Path) -> None:
    turned = {name: list(reversed(rows_)) for name, rows_ in FORCE.items()}
    one = project(*force, inquiry(), tmp_path / "one")
    other = project(*world(tmp_path, **turned), inquiry(), tmp_path / "other")
    assert one.fingerprint == other.fingerprint
    for key, path in [*one.nodes.items(), *one.relationships.items()]:
        again = {**other.nodes, **other.relationships}[key]
        assert pq.read_table(path).equals(pq.read_table(again)), key


def test_hostile_ids_and_kinds_pass_as_text(tmp_path: Path) -> None:
    name = 'O\'x {y} "z"; --'
    loaded = world(
        tmp_path,
        officers=[{"officer_id": name, "person_id": "{lookups}"}],
        lookups=[lookup(1, name, "2024-05-01", "person", "'%{0}")],
        associations=[{"person_a_id": "{lookups}", "person_b_id": "'%{0}", "kind": "{kinds}'"}],
    )
    made = project(*loaded, inquiry(officers=(name,)), tmp_path / "p {q}")
    assert ends(made, "LOOKED_UP", "Officer", "Person") == [(name, "'%{0}")]
    assert rows(made, "TIE", "Person", "Person")[0]["kind"] == "{kinds}'"
