"""The ledger is a function of what was loaded, not of how or in which order."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkgraph.ledger import Ledger
from linkgraph.ledger.load import load
from linkgraph.model.tables import TABLES
from tests.support.ledger import NOW, write_tables

Row = dict[str, Any]

_IDS = st.sampled_from([f"L{i}" for i in range(6)])
_LOOKUP = st.fixed_dictionaries(
    {
        "lookup_id": _IDS,
        "at": st.sampled_from(["2024-07-01T10:00:00", "2024-08-01", "2024-07-31T23:30:00", "?"]),
        "officer_id": st.sampled_from(["O1", "O2", ""]),
        "account_id": st.sampled_from(["A1", ""]),
        "subject_kind": st.just("person"),
        "subject_id": st.sampled_from(["P1", "P2"]),
    }
)
_ACCOUNT = st.fixed_dictionaries(
    {
        "account_id": st.just("A1"),
        "officer_id": st.sampled_from(["O1", "O2"]),
        "start": st.sampled_from(["", "2024-07-15"]),
    }
)
_DUTY = st.fixed_dictionaries(
    {
        "officer_id": st.sampled_from(["O1", "O2"]),
        "start": st.sampled_from(["2024-07-01", "2024-07-02", "2024-07-03"]),
        "end": st.sampled_from(["2024-07-03", "2024-07-04", "2024-07-05"]),
        "kind": st.sampled_from(["desk", "patrol", "leave", "off", "training"]),
    }
)


def content(ledger: Ledger) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of the ledger without their sources."""
    found = {}
    for name in (*TABLES, "entities", "subjects", "duty_segments", "posted", "holders"):
        if ledger.has(name):
            rows = ledger.table(name).to_pyarrow()
            kept = [c for c in rows.column_names if not c.startswith("source_")]
            found[name] = sorted(
                (tuple(row.values()) for row in rows.select(kept).to_pylist()), key=str
            )
    return found


def bytes_of(ledger: Ledger) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name in ledger.manifest["tables"]
        for path in ledger.files(name)
    }


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    lookups=st.lists(_LOOKUP, min_size=1, max_size=12),
    accounts=st.lists(_ACCOUNT, max_size=2),
    duties=st.lists(_DUTY, max_size=6),
    seed=st.integers(0, 1000),
)
def test_shuffled_rows_and_split_files_give_the_same_ledger(
    tmp_path_factory: pytest.TempPathFactory,
    lookups: list[Row],
    accounts: list[Row],
    duties: list[Row],
    seed: int,
) -> None:
    folder = tmp_path_factory.mktemp("order")
    tables = {"lookups": lookups, "accounts": accounts, "duties": duties}
    whole = write_tables(folder / "whole", {n: r for n, r in tables.items() if r})
    report = load(folder / "one", [whole], now=NOW)
    counts = report.tables["lookups"]
    assert counts.rows == counts.loaded + counts.merged + counts.rejected == len(lookups)

    order = random.Random(seed)
    parts = []
    for name, rows in tables.items():
        shuffled = order.sample(rows, len(rows))
        cut = order.randint(0, len(rows))
        for number, part in enumerate((shuffled[:cut], shuffled[cut:])):
            if part:
                parts.append(write_tables(folder / f"{name}{number}", {name: part}))
    order.shuffle(parts)
    loaded = 0
    for part in parts:
        report = load(folder / "many", [part], now=NOW)
        loaded += sum(count.rows for count in report.tables.values())
    one, many = Ledger.open(folder / "one"), Ledger.open(folder / "many")
    assert loaded == sum(map(len, tables.values()))
    assert many.fingerprint == one.fingerprint
    assert content(many) == content(one)

    load(folder / "back", parts[::-1], now=NOW)
    back = Ledger.open(folder / "back")
    assert bytes_of(back) == bytes_of(many)


def test_a_load_again_after_others_changes_nothing(tmp_path: Path) -> None:
    first = write_tables(tmp_path / "a", {"officers": [{"officer_id": "O1", "name": "x"}]})
    second = write_tables(tmp_path / "b", {"officers": [{"officer_id": "O2", "name": "y"}]})
    load(tmp_path / "ledger", [first], now=NOW)
    load(tmp_path / "ledger", [second], now=NOW)
    before = (tmp_path / "ledger" / "manifest.json").read_bytes()
    load(tmp_path / "ledger", [first], now=NOW)
    assert (tmp_path / "ledger" / "manifest.json").read_bytes() == before


def test_an_extra_column_of_one_file_does_not_change_the_rows_of_another(tmp_path: Path) -> None:
    first = write_tables(tmp_path / "a", {"accounts": [{"account_id": "A1", "officer_id": "O1"}]})
    second = write_tables(
        tmp_path / "b",
        {"accounts": [{"account_id": "A1", "officer_id": "O1", "note": ""}]},
    )
    report = load(tmp_path / "ledger", [first, second], now=NOW)
    assert report.tables["accounts"].merged == 1


def test_a_row_keeps_its_id_when_others_come(tmp_path: Path) -> None:
    first = write_tables(tmp_path / "a", {"accounts": [{"account_id": "A5", "officer_id": "O5"}]})
    second = write_tables(tmp_path / "b", {"accounts": [{"account_id": "A1", "officer_id": "O1"}]})
    load(tmp_path / "ledger", [first], now=NOW)
    before = Ledger.open(tmp_path / "ledger").table("accounts").row_id.to_pyarrow().to_pylist()
    load(tmp_path / "ledger", [second], now=NOW)
    after = Ledger.open(tmp_path / "ledger").table("accounts").row_id.to_pyarrow().to_pylist()
    assert set(before) < set(after)
