"""Locality: what a unit, or the officer himself, looks up of the people of a place."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from linkgraph.leads.find import find_leads
from linkgraph.leads.lead import Leads
from linkgraph.leads.locality import Locality, communities
from linkgraph.leads.pairs import memtable
from linkgraph.workspace import Settings
from tests.leads.forces import hit_row, hits, inquiry, routine
from tests.leads.test_derivation import check
from tests.support.screen import Screened, lookup, posting, screened

# Officers 0 to 9 of unit 1 and 10 to 19 of unit 2, a hundred pairs each.
OFFICERS = pd.DataFrame(
    {"officer_key": range(20), "unit_key": [1] * 10 + [2] * 10, "role": 0, "district": 0}
)
COUNTS = pd.DataFrame({"officer_key": range(20), "kind": 0, "n": 100})
VILLAGE = range(1000, 1200)


def pairs(met: list[tuple[int, int]], officers: pd.DataFrame = OFFICERS) -> Any:
    frame = pd.DataFrame(met, columns=["officer_key", "target_key"]).astype("int64")
    return SimpleNamespace(
        officers=officers, counts=COUNTS, pairs=memtable(frame.assign(kind=0).drop_duplicates())
    )


def places() -> Any:
    return memtable(pd.DataFrame({"person_key": VILLAGE, "place": "V"}))


def hit(person: int, officer: int = 0, kind: str = "circle", **more: Any) -> dict[str, Any]:
    row = {"kind": kind, "owner_id": f"O{officer}", "requester_id": "", "anchor_kind": "person"}
    row |= {"anchor_id": "F", "officer_key": officer, "person_key": person, "rate": 0.001}
    return row | {"local": None, "pair_kind": 0} | more


def raised(locality: Locality, *rows: dict[str, Any]) -> pd.DataFrame:
    return locality.raised(pd.DataFrame(rows))


NO_MEMBERS = pd.DataFrame({"organisation_id": [], "person_key": []})


def test_people_of_his_beat_are_no_surprise() -> None:
    met = [(0, person) for person in range(1000, 1052)]
    row = raised(Locality(pairs(met), places(), NO_MEMBERS), hit(1000), hit(1001)).iloc[0]
    # Fifty others of the village's two hundred: the two of the set do not count for it.
    assert row["rate"] == pytest.approx(50 / 200)
    assert (row["local"].ground, row["local"].hits, row["local"].people) == ("own", 50, 200)


def test_a_set_that_is_all_he_looked_up_there_is_as_surprising_as_before() -> None:
    met = [(0, 1000), (0, 1001)]
    rows = raised(Locality(pairs(met), places(), NO_MEMBERS), hit(1000), hit(1001))
    assert rows["rate"].tolist() == [0.001, 0.001]
    assert rows["local"].tolist() == [None, None]


def test_a_village_that_his_unit_serves_is_expected_of_him() -> None:
    met = [(o, 1000 + 20 * o + i) for o in range(1, 10) for i in range(20)]
    row = raised(Locality(pairs(met), places(), NO_MEMBERS), hit(1199)).iloc[0]
    # 180 of the 900 pairs of nine colleagues, to which five officers' are added.
    assert row["rate"] == pytest.approx(100 * 180 / (900 + 500) / 200)
    assert row["local"].ground == "unit"
    other = raised(Locality(pairs(met), places(), NO_MEMBERS), hit(1199, officer=15)).iloc[0]
    assert other["rate"] == 0.001


def test_officers_of_no_known_unit_are_not_one_unit() -> None:
    met = [(o, 1000 + 20 * o + i) for o in range(1, 10) for i in range(20)]
    nowhere = OFFICERS.assign(unit_key=-1)
    row = raised(Locality(pairs(met, nowhere), places(), NO_MEMBERS), hit(1199)).iloc[0]
    assert row["rate"] == 0.001


def test_plates_that_a_patrol_runs_there_say_nothing_of_names() -> None:
    met = [(0, person) for person in range(1000, 1052)]
    locality = Locality(pairs(met), places(), NO_MEMBERS)
    assert raised(locality, hit(1000, pair_kind=1)).iloc[0]["rate"] == 0.001


def test_members_whom_colleagues_meet_too_are_expected() -> None:
    temple = pd.DataFrame({"organisation_id": "T", "person_key": range(2000, 2100)})
    met = [(o, 2000 + 10 * o + i) for o in range(1, 10) for i in range(10)]
    about = {"kind": "hub", "anchor_kind": "organisation", "anchor_id": "T"}
    locality = Locality(pairs(met), None, temple)
    row = raised(locality, hit(2000, **about), hit(2000)).iloc
    assert row[0]["rate"] == pytest.approx(100 * 90 / 1400 / 100)
    assert row[0]["local"].ground == "organisation"
    assert row[1]["rate"] == 0.001  # a friend's set is not about the temple


def test_a_whole_units_set_is_held_against_what_the_unit_does_there() -> None:
    met = [(o, 1000 + 20 * o + i) for o in range(10) for i in range(20)]
    whole = {"kind": "mate_accounts", "requester_id": "M", "owner_id": "M"}
    rows = [hit(1000, **whole), hit(1020, officer=1, **whole)]
    row = raised(Locality(pairs(met), places(), NO_MEMBERS), *rows).iloc[0]
    assert row["rate"] == pytest.approx((200 - 2) / 200)


HOMES: dict[str, list[dict[str, Any]]] = {
    "addresses": [{"address_id": f"A{i}", "community": "V"} for i in range(30)],
    "residences": [{"person_id": f"P{i}", "address_id": f"A{i}"} for i in range(30)],
    "units": [{"unit_id": "U1"}],
    "postings": [posting(f"O{o:02}", "U1") for o in range(20)],
}


def force(folder: Path, of_village: range) -> Screened:
    own = [
        lookup(f"L{i}", f"2024-05-{1 + i:02}T10:00:00", f"person:P{i}", "O03") for i in of_village
    ]
    return screened(folder, {"lookups": [*routine(), *own], **HOMES})


def leads_of(done: Screened) -> Leads:
    found = hits(circle=[hit_row("O03", f"P{i}") for i in range(3)])
    return find_leads(done.ledger, done.screening, found, inquiry(), Settings())


def test_three_friends_of_a_friend_weigh_less_on_ones_own_beat(tmp_path: Path) -> None:
    (alone,) = [x for x in leads_of(force(tmp_path / "a", range(3))) if x.kind == "circle"]
    beat = [x for x in leads_of(force(tmp_path / "b", range(25))) if x.kind == "circle"]
    assert alone.bits > 5
    assert not beat or beat[0].bits < alone.bits - 5


def test_how_locality_raised_chance_can_be_worked_out_again(tmp_path: Path) -> None:
    (lead,) = [x for x in leads_of(force(tmp_path, range(6))) if x.kind == "circle"]
    steps = lead.derivation()["steps"]
    told = [t["text"]["en"] for s in steps for t in s["terms"]]
    assert any("3 pairs fell on the 30 residents" in text for text in told)
    for step in steps:
        check(step)


def test_communities_are_private_and_need_the_inquirys_word(tmp_path: Path) -> None:
    done = force(tmp_path, range(3))
    assert communities(done.ledger, inquiry(ties=("friend",))) is None
    assert communities(done.ledger, inquiry()).count().to_pyarrow().as_py() == 30
