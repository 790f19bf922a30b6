"""Work that is larger than memory goes to disk beside the ledger, and leaves nothing there."""

from __future__ import annotations

from pathlib import Path

from tests.support.ledger import make_ledger


def test_work_larger_than_memory_spills_beside_the_ledger(tmp_path: Path) -> None:
    ledger = make_ledger(
        tmp_path,
        {
            "officers": [{"officer_id": "O1"}],
            "lookups": [
                {
                    "lookup_id": "L1",
                    "at": "2024-07-01T10:00:00",
                    "officer_id": "O1",
                    "subject_kind": "person",
                    "subject_id": "P1",
                }
            ],
        },
    )
    before = {path.name for path in ledger.path.iterdir()}
    connection = ledger.connection
    connection.raw_sql("SET memory_limit = '60MB'")
    connection.raw_sql("SET threads = 1")
    connection.raw_sql(
        "CREATE TEMP TABLE sorted AS SELECT i, hash(i) AS h FROM range(6000000) t(i) ORDER BY h"
    )
    connection.disconnect()
    assert {path.name for path in ledger.path.iterdir()} == before
