"""Tables that follow from those loaded: officers, subjects, duties, postings, holders."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkgraph.ledger import Ledger
from linkgraph.model.tables import OPEN_END, OPEN_START
from tests.support.ledger import make_ledger

Row = dict[str, Any]
TAIPEI = dt.timezone(dt.timedelta(hours=8))


def at(text: str) -> int:
    return int(dt.datetime.fromisoformat(text).replace(tzinfo=TAIPEI).timestamp() * 1_000_000)


def rows(ledger: Ledger, table: str, *columns: str) -> list[tuple[Any, ...]]:
    found = ledger.table(table).select(*columns).to_pyarrow().to_pylist()
    return sorted((tuple(row.values()) for row in found), key=str)


def names(ledger: Ledger) -> dict[int, str]:
    found = ledger.table("entities").to_pyarrow().to_pylist()
    return {row["entity_key"]: row["id"] for row in found}


def lookup(number: int, when: str, **more: Any) -> Row:
    row = {"lookup_id": f"L{number}", "at": when, "subject_kind": "person", "subject_id": "P1"}
    return {**row, "officer_id": "", "account_id": "", **more}


def test_the_officer_of_a_lookup_is_who_held_the_account_then(tmp_path: Path) -> None:
    ledger = make_ledger(
        tmp_path,
        {
            "accounts": [
                {"account_id": "A1", "officer_id": "O1", "start": "2024-01-01", "end": ""},
                {"account_id": "A1", "officer_id": "O2", "start": "2024-03-01", "end": ""},
                {"account_id": "A1", "officer_id": "O2", "start": "2024-03-01", "end": ""},
            ],
            "lookups": [
                lookup(1, "2024-02-29T23:59:59", account_id="A1"),
                lookup(2, "2024-03-01", account_id="A1"),
                lookup(3, "2024-03-01", account_id="A1", officer_id="O7"),
                lookup(4, "2024-03-01", officer_id="O1"),
            ],
        },
    )
    assert rows(ledger, "lookups", "lookup_id", "officer_id") == [
        ("L1", "O1"),
        ("L2", "O2"),
        ("L3", "O7"),
        ("L4", "O1"),
    ]
    shown = names(ledger)
    assert [shown[key] for _, key in rows(ledger, "lookups", "lookup_id", "officer_key")] == [
        "O1",
        "O2",
        "O7",
        "O1",
    ]


def test_entities_are_dense_and_sorted_by_kind_and_id(tmp_path: Path) -> None:
    ledger = make_ledger(
        tmp_path,
        {
            "lookups": [lookup(1, "2024-01-01", officer_id="O1", case_id="C1")],
            "vehicle_owners": [{"vehicle_id": "ABC-1234", "person_id": "P2"}],
        },
    )
    assert rows(ledger, "entities", "entity_key", "kind", "id") == [
        (0, "case", "C1"),
        (1, "officer", "O1"),
        (2, "person", "P1"),
        (3, "person", "P2"),
        (4, "vehicle", "ABC-1234"),
    ]


def test_subjects_are_a_lookups_own_and_those_it_returned(tmp_path: Path) -> None:
    ledger = make_ledger(
        tmp_path,
        {
            "lookups": [
                lookup(1, "2024-01-01", officer_id="O1"),
                lookup(
                    2,
                    "2024-01-02",
                    officer_id="O1",
                    subject_kind="query",
                    subject_id="",
                    query_text="王%",
                ),
                lookup(
                    3,
                    "2024-01-03",
                    officer_id="O1",
                    subject_kind="query",
                    subject_id="",
                    query_text="x",
                ),
            ],
            "lookup_subjects": [
                {"lookup_id": "L1", "subject_kind": "person", "subject_id": "P1"},
                {"lookup_id": "L2", "subject_kind": "person", "subject_id": "P5"},
                {"lookup_id": "L2", "subject_kind": "vehicle", "subject_id": "ABC-1234"},
                {"lookup_id": "L9", "subject_kind": "person", "subject_id": "P9"},
            ],
        },
    )
    shown = names(ledger)
    assert [
        (lookup_key, shown[subject], kind)
        for lookup_key, subject, kind in rows(
            ledger, "subjects", "lookup_key", "subject_key", "subject_kind"
        )
    ] == [(0, "P1", "person"), (1, "P5", "person"), (1, "ABC-1234", "vehicle")]
    assert rows(ledger, "lookup_subjects", "lookup_id", "lookup_key") == [
        ("L1", 0),
        ("L2", 1),
        ("L2", 1),
        ("L9", None),
    ]


def duty(kind: str, start: str, end: str, officer: str = "O1") -> Row:
    return {"officer_id": officer, "kind": kind, "start": start, "end": end}


def segments(ledger: Ledger) -> list[tuple[str, str, str]]:
    def shown(moment: int) -> str:
        return dt.datetime.fromtimestamp(moment / 1e6, TAIPEI).strftime("%d %H")

    found = ledger.table("duty_segments").order_by("officer_key", "start").to_pyarrow().to_pylist()
    return [(row["kind"], shown(row["start"]), shown(row["end"])) for row in found]


def test_leave_overrules_duty_and_duty_resumes_after_it(tmp_path: Path) -> None:
    ledger = make_ledger(
        tmp_path,
        {
            "duties": [
                duty("desk", "2024-07-01T08:00", "2024-07-01T20:00"),
                duty("leave", "2024-07-01T12:00", "2024-07-01T14:00"),
                duty("patrol", "2024-07-03T08:00", "2024-07-03T20:00"),
            ]
        },
    )
    assert segments(ledger) == [
        ("desk", "01 08", "01 12"),
        ("leave", "01 12", "01 14"),
        ("desk", "01 14", "01 20"),
        ("patrol", "03 08", "03 20"),
    ]


def test_of_two_duties_the_one_that_began_last_counts(tmp_path: Path) -> None:
    ledger = make_ledger(
        tmp_path,
        {
            "duties": [
                duty("desk", "2024-07-01T08:00", "2024-07-01T12:00"),
                duty("patrol", "2024-07-01T10:00", "2024-07-01T14:00"),
                duty("training", "2024-07-01T11:00", "2024-07-01T13:00"),
                duty("off", "2024-07-01T12:00", "2024-07-01T12:00"),
            ]
        },
    )
    assert segments(ledger) == [
        ("desk", "01 08", "01 10"),
        ("patrol", "01 10", "01 11"),
        ("training", "01 11", "01 13"),
        ("patrol", "01 13", "01 14"),
    ]


_RANK = {"leave": 0, "off": 1, "training": 2, "desk": 3, "patrol": 3}


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["O1", "O2"]),
            st.sampled_from(sorted(_RANK)),
            st.integers(0, 20),
            st.integers(1, 8),
        ),
        min_size=1,
        max_size=10,
        unique_by=lambda duty: (duty[0], duty[2]),
    )
)
def test_every_hour_has_the_duty_that_counts(
    tmp_path_factory: pytest.TempPathFactory, duties: list[tuple[str, str, int, int]]
) -> None:
    start = dt.datetime.fromisoformat("2024-07-01")
    hour = dt.timedelta(hours=1)
    ledger = make_ledger(
        tmp_path_factory.mktemp("duties"),
        {
            "duties": [
                duty(kind, str(start + a * hour), str(start + (a + n) * hour), officer)
                for officer, kind, a, n in duties
            ]
        },
    )
    shown = names(ledger)
    found: dict[tuple[str, int], str] = {}
    zero = at("2024-07-01")
    for row in ledger.table("duty_segments").to_pyarrow().to_pylist():
        first = (row["start"] - zero) // 3_600_000_000
        last = (row["end"] - zero) // 3_600_000_000
        for number in range(first, last):
            assert (shown[row["officer_key"]], number) not in found
            found[shown[row["officer_key"]], number] = row["kind"]
    expected: dict[tuple[str, int], str] = {}
    for officer in ("O1", "O2"):
        for number in range(30):
            held = [d for d in duties if d[0] == officer and d[2] <= number < d[2] + d[3]]
            if held:
                best = min(held, key=lambda d: (_RANK[d[1]], -d[2]))
                expected[officer, number] = best[1]
    assert found == expected


def test_an_open_posting_ends_when_the_next_begins(tmp_path: Path) -> None:
    ledger = make_ledger(
        tmp_path,
        {
            "postings": [
                {"officer_id": "O1", "unit_id": "U1", "role": "patrol", "start": "2020-01-01"},
                {"officer_id": "O1", "unit_id": "U2", "role": "patrol", "start": "2022-01-01"},
            ]
        },
    )
    shown = names(ledger)
    found = rows(ledger, "posted", "unit_key", "start", "end")
    assert [(shown[unit], a, b) for unit, a, b in found] == [
        ("U1", at("2020-01-01"), at("2022-01-01")),
        ("U2", at("2022-01-01"), OPEN_END),
    ]


def test_a_posting_ends_when_the_officer_left(tmp_path: Path) -> None:
    ledger = make_ledger(
        tmp_path,
        {
            "officers": [{"officer_id": "O1", "left_on": "2023-06-30"}],
            "postings": [{"officer_id": "O1", "unit_id": "U1", "start": "2020-01-01"}],
        },
    )
    assert rows(ledger, "posted", "start", "end") == [(at("2020-01-01"), at("2023-07-01"))]


def test_postings_that_touch_are_one_and_two_at_once_stand_side_by_side(tmp_path: Path) -> None:
    posting = {"officer_id": "O1", "unit_id": "U1", "role": "patrol"}
    ledger = make_ledger(
        tmp_path,
        {
            "postings": [
                {**posting, "start": "2020-01-01", "end": "2021-01-01"},
                {**posting, "start": "2021-01-01", "end": "2022-01-01"},
                {**posting, "unit_id": "U2", "start": "2020-06-01", "end": "2020-09-01"},
            ]
        },
    )
    shown = names(ledger)
    found = rows(ledger, "posted", "unit_key", "start", "end")
    assert [(shown[unit], a, b) for unit, a, b in found] == [
        ("U1", at("2020-01-01"), at("2022-01-01")),
        ("U2", at("2020-06-01"), at("2020-09-01")),
    ]


def test_holders_say_who_stands_behind_a_subject_and_of_which_class_that_is(
    tmp_path: Path,
) -> None:
    ledger = make_ledger(
        tmp_path,
        {
            "vehicle_owners": [
                {"vehicle_id": "ABC-1234", "person_id": "P1", "start": "2020-01-01", "end": ""}
            ],
            "phones": [
                {"phone_id": "0911222333", "holder_kind": "person", "holder_id": "P2"},
                {"phone_id": "0911222444", "holder_kind": "organisation", "holder_id": "G1"},
            ],
            "residences": [{"person_id": "P1", "address_id": "X1"}],
        },
    )
    shown = names(ledger)
    columns = ("subject_key", "person_key", "start", "end", "via", "table", "privacy")
    found = [
        (shown[subject], shown[person], *rest)
        for subject, person, *rest in rows(ledger, "holders", *columns)
    ]
    everything = (OPEN_START, OPEN_END)
    assert sorted(found) == [
        ("0911222333", "P2", *everything, "phone", "phones", "private"),
        ("ABC-1234", "P1", at("2020-01-01"), OPEN_END, "vehicle", "vehicle_owners", "work"),
        ("P1", "P1", *everything, "person", "", "work"),
        ("P2", "P2", *everything, "person", "", "work"),
        ("X1", "P1", *everything, "address", "residences", "private"),
    ]


def test_lookups_in_many_months_keep_one_numbering(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from linkgraph.ledger import lookups

    monkeypatch.setattr(lookups, "BATCH", 7)
    made = [
        lookup(i, f"2024-{1 + i % 12:02d}-{1 + i % 27:02d}T{i % 24:02d}:00:00", officer_id="O1")
        for i in range(100)
    ]
    ledger = make_ledger(tmp_path, {"lookups": made})
    frame = ledger.table("lookups").order_by("lookup_key").to_pandas()
    assert list(frame["lookup_key"]) == list(range(100))
    assert list(zip(frame["at"], frame["lookup_id"], strict=True)) == sorted(
        (at(row["at"]), row["lookup_id"]) for row in made
    )
    assert len(ledger.files("lookups")) == 12
    for path in ledger.files("lookups"):
        import pyarrow.parquet as pq

        part = pq.read_table(path).to_pandas()
        assert part["lookup_key"].is_monotonic_increasing
        assert set(part["at_local"].dt.strftime("%Y-%m")) == {path.stem}
