"""Analyses on a small force: who is in a set, and which look-ups fall in its time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from linkgraph.analyses.results import RESULT_COLUMNS
from linkgraph.errors import AnalysisError
from linkgraph.graph.runner import HIT_COLUMNS, hits, not_run, run
from linkgraph.inquiries import Inquiry
from tests.graph.world import FORCE, Built, built_on, found, inquiry, lookup


def built(folder: Path, tables: dict[str, list[dict[str, object]]], scope: Inquiry) -> Built:
    return built_on("embedded", folder, tables, scope)


@pytest.fixture(scope="module")
def force(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    made = built(tmp_path_factory.mktemp("force"), FORCE, inquiry())
    yield made
    made[0].close()


def test_results_have_the_schema_and_an_order(force: Built) -> None:
    rows = run("circle", *force)
    assert tuple(rows.columns) == RESULT_COLUMNS
    assert rows["lookup_id"].tolist() == ["L1", "L2", "L4"]
    assert set(rows["analysis_id"]) == {"circle"}


def test_a_friend_and_his_business_partner_are_in_the_circle(force: Built) -> None:
    rows = run("circle", *force)
    assert found(rows, "subject_id", "hub_id", "lookup_id", "level", "measure") == [
        ("F", "F", "L1", "current", 1.0),
        ("G", "F", "L2", "current", 2.0),
        ("X", "X", "L4", "former", 1.0),
    ]
    assert rows["path"][1][::2] == ["officer:O1", "person:P1", "person:F", "person:G"]
    tables = [record["table"] for record in rows["evidence"][1]]
    assert tables == ["officers", "associations", "associations", "lookups"]


def test_a_look_up_before_the_tie_began_is_not_a_hit(force: Built) -> None:
    assert "L16" not in set(run("circle", *force)["lookup_id"])


def test_fewer_ties_can_be_asked_for(force: Built) -> None:
    store, ledger, screening, scope = force
    rows = run("circle", store, ledger, screening, scope, {"max_ties": 1})
    assert rows["lookup_id"].tolist() == ["L1", "L4"]
    with pytest.raises(AnalysisError, match="no parameter max_tie"):
        run("circle", store, ledger, screening, scope, {"max_tie": 1})


def test_a_tie_holds_from_its_first_moment_and_not_at_its_last(tmp_path: Path) -> None:
    tables = {
        "officers": [{"officer_id": "O1", "person_id": "P"}],
        "associations": [
            {
                "person_a_id": "P",
                "person_b_id": "Q",
                "kind": "friend",
                "start": "2024-05-01T10:00:00",
                "end": "2024-06-01T10:00:00",
            }
        ],
        "lookups": [
            lookup(1, "O1", "2024-05-01T09:59:59", "person", "Q"),
            lookup(2, "O1", "2024-05-01T10:00:00", "person", "Q"),
            lookup(3, "O1", "2024-06-01T09:59:59", "person", "Q"),
            lookup(4, "O1", "2024-06-01T10:00:00", "person", "Q"),
        ],
    }
    made = built(tmp_path, tables, inquiry())
    assert found(run("circle", *made), "lookup_id", "level") == [
        ("L2", "current"),
        ("L3", "current"),
        ("L4", "former"),
    ]
    made[0].close()


def test_a_third_tie_counts_when_the_inquiry_reaches_so_far(tmp_path: Path) -> None:
    ties = [("P1", "F"), ("F", "G"), ("G", "H")]
    tables = {
        "officers": [{"officer_id": "O1", "person_id": "P1"}],
        "associations": [{"person_a_id": a, "person_b_id": b, "kind": "friend"} for a, b in ties],
        "lookups": [lookup(1, "O1", "2024-05-01", "person", "H")],
    }
    made = built(tmp_path, tables, inquiry(k=3))
    assert found(run("circle", *made), "subject_id", "hub_id", "measure") == [("H", "F", 3.0)]
    (row,) = hits(*made)["circle"].to_dict("records")
    assert (row["size"], row["searched"], row["direct"]) == (3, 1, False)
    nearer = (*made[:3], inquiry(k=2))
    assert run("circle", *nearer).empty
    made[0].close()


def test_household_members_past_and_present(force: Built) -> None:
    rows = run("household", *force)
    assert found(rows, "subject_id", "lookup_id", "level") == [
        ("W", "L5", "current"),
        ("W", "L6", "former"),
    ]


def test_a_building_is_no_household(tmp_path: Path) -> None:
    people = ["P1", *(f"N{i}" for i in range(12))]
    tables = {
        "officers": [{"officer_id": "O1", "person_id": "P1"}],
        "residences": [{"person_id": person, "address_id": "A"} for person in people],
        "lookups": [lookup(1, "O1", "2024-05-01", "person", "N1")],
    }
    made = built(tmp_path, tables, inquiry())
    assert run("household", *made).empty
    assert len(run("household", *made, {"max_residents": 13})) == 1
    made[0].close()


def test_the_officer_himself_is_found(force: Built) -> None:
    assert found(run("self", *force), "officer_id", "subject_id", "lookup_id") == [
        ("O1", "P1", "L9")
    ]


def test_an_organisation_of_a_friend_is_linked_and_its_owner_belongs_to_it(force: Built) -> None:
    rows = run("organisation", *force)
    assert found(rows, "officer_id", "hub_kind", "hub_id", "subject_id", "lookup_id") == [
        ("O1", "organisation", "D", "E1", "L7"),
        ("O1", "organisation", "D", "E3", "L8"),
        ("O1", "organisation", "D", "F", "L1"),
    ]


@pytest.mark.parametrize(
    ("analysis", "roles"),
    [("organisation", "friend"), ("mate_organisation", "mate"), ("hub", "nobody")],
)
def test_the_staff_of_a_great_employer_are_no_set(
    tmp_path: Path, analysis: str, roles: str
) -> None:
    staff = [f"E{i}" for i in range(6)]
    linked = {"friend": "F", "mate": "P2", "nobody": "E0"}[roles]
    tables = {
        "officers": [{"officer_id": f"O{i}", "person_id": f"P{i}"} for i in (1, 2)],
        "units": [{"unit_id": "U"}],
        "postings": [
            {"officer_id": f"O{i}", "unit_id": "U", "role": "patrol", "start": "2020-01-01"}
            for i in (1, 2)
        ],
        "associations": [{"person_a_id": "P1", "person_b_id": "F", "kind": "friend"}],
        "organisations": [{"organisation_id": "G"}],
        "organisation_roles": [
            {"organisation_id": "G", "person_id": person, "role": "employee"}
            for person in dict.fromkeys([*staff, linked])
        ],
        "lookups": [lookup(i, "O1", f"2024-05-0{i}", "person", f"E{i}") for i in range(1, 5)],
    }
    made = built(tmp_path, tables, inquiry())
    members = len({*staff, linked})
    assert len(run(analysis, *made, {"max_members": members})) == 4
    assert run(analysis, *made, {"max_members": members - 1}).empty
    made[0].close()


def test_an_organisation_without_a_link_is_a_hub_from_three_look_ups_on(force: Built) -> None:
    rows = run("hub", *force)
    assert found(rows, "officer_id", "hub_id", "subject_id") == [
        ("O3", "D", "E1"),
        ("O3", "D", "E2"),
        ("O3", "D", "F"),
    ]
    assert run("hub", *force, {"min_hits": 4}).empty


def test_who_really_asked_is_the_mate_in_whose_circle_the_person_is(force: Built) -> None:
    rows = run("mate_circle", *force)
    assert found(rows, "officer_id", "requester_id", "subject_id", "lookup_id") == [
        ("O1", "O2", "H", "L10")
    ]


def test_a_mates_organisation_names_the_mate(force: Built) -> None:
    rows = run("mate_organisation", *force)
    assert found(rows, "officer_id", "requester_id", "hub_id", "lookup_id") == [
        ("O2", "O1", "D", "L12")
    ]


def test_a_colleague_looked_up_is_one_set(force: Built) -> None:
    rows = run("colleague", *force)
    assert found(rows, "officer_id", "requester_id", "subject_id", "hub_id") == [
        ("O2", None, "P1", "O1")
    ]


def test_a_partners_circle_counts_only_while_both_are_on_the_duty(tmp_path: Path) -> None:
    def duty(officer: str, day: int) -> dict[str, object]:
        return {
            "officer_id": officer,
            "start": f"2024-05-{day:02}T08:00:00",
            "end": f"2024-05-{day:02}T12:00:00",
            "kind": "patrol",
            "duty_id": f"D{day}",
        }

    tables = {
        "officers": FORCE["officers"],
        "duties": [duty("O1", 8), duty("O2", 8), duty("O1", 9), duty("O3", 9)],
        "associations": FORCE["associations"],
        "lookups": [
            lookup(1, "O1", "2024-05-08T10:00:00", "person", "H"),
            lookup(2, "O1", "2024-05-09T10:00:00", "person", "H"),
        ],
    }
    made = built(tmp_path, tables, inquiry())
    rows = run("duty_partner", *made)
    assert found(rows, "requester_id", "subject_id", "lookup_id") == [("O2", "H", "L1")]
    made[0].close()


def test_neighbours_share_a_community_not_an_address(tmp_path: Path) -> None:
    tables = {
        "officers": [{"officer_id": "O1", "person_id": "P1"}],
        "addresses": [
            {"address_id": "A", "community": "C"},
            {"address_id": "B", "community": "C"},
            {"address_id": "E", "community": "other"},
        ],
        "residences": [
            {"person_id": "P1", "address_id": "A"},
            {"person_id": "W", "address_id": "A"},
            {"person_id": "N", "address_id": "B"},
            {"person_id": "M", "address_id": "E"},
        ],
        "lookups": [lookup(i, "O1", "2024-05-01", "person", who) for i, who in enumerate("WNM")],
    }
    made = built(tmp_path, tables, inquiry())
    rows = run("neighbour", *made)
    assert found(rows, "subject_id", "hub_kind", "hub_id") == [("N", "address", "A")]
    assert {"table": "addresses", "row_id": "B"} in rows["evidence"][0]
    made[0].close()


def test_hit_rows_have_their_columns_even_when_there_are_none(force: Built) -> None:
    found_ = hits(*force)
    assert set(found_) == {
        "circle",
        "colleague",
        "dealings",
        "duty_partner",
        "household",
        "hub",
        "mate_accounts",
        "mate_circle",
        "mate_organisation",
        "organisation",
        "self",
    }
    for frame in found_.values():
        assert list(frame.columns) == list(HIT_COLUMNS)
    assert found_["duty_partner"].empty


def test_what_tables_or_the_inquiry_lack_is_not_run_and_said(force: Built) -> None:
    store, ledger, screening, _ = force
    narrow = inquiry(ties=("friend",))
    needs = {item.analysis_id: item.needs for item in not_run(ledger, narrow)}
    assert needs["household"] == ("ties of kind household",)
    assert needs["organisation"] == ("ties of kind role",)
    assert "circle" not in needs
    with pytest.raises(AnalysisError, match="needs ties of kind household"):
        run("household", store, ledger, screening, narrow)
    assert "household" not in hits(store, ledger, screening, narrow)


def test_an_analysis_of_an_agencys_own_runs_beside_ours(force: Built, tmp_path: Path) -> None:
    own = tmp_path / "kin.cypher"
    text = (Path(__file__).parents[2] / "cypher/analyses/self.cypher").read_text(encoding="utf-8")
    own.write_text(text.replace("// id: self", "// id: kin"), encoding="utf-8")
    assert len(run("kin", *force, folder=tmp_path)) == 1
    assert "kin" in hits(*force, folder=tmp_path)
    with pytest.raises(AnalysisError, match="no analysis 'kin'"):
        run("kin", *force)
    with pytest.raises(AnalysisError, match="reads work tables only"):
        run("off_duty", *force)


def test_a_cluster_names_the_broker_and_ties_its_subjects_to_the_officer(force: Built) -> None:
    rows = run("cluster", *force)
    own = rows[rows["officer_id"] == "O1"]
    assert set(own["hub_id"]) == {"F"}
    path = own.loc[own["subject_id"] == "G", "path"].iloc[0]
    assert path[::2] == ["officer:O1", "person:P1", "person:F", "person:G"]
    assert own["evidence"].map(lambda records: records[-1]["table"]).unique().tolist() == [
        "lookups"
    ]
