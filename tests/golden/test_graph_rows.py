"""Hit rows and results of every graph analysis on the small force, as they were last agreed.

A change of these files is a change of what analyses find: read it before it is accepted.  With
`LINKGRAPH_WRITE_GOLDEN=1` in the environment the files are written instead of compared.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from linkgraph.graph.projection import project
from linkgraph.graph.runner import hits, run
from linkgraph.graph.store import GraphStore
from linkgraph.inquiries import Inquiry
from linkgraph.ledger import Ledger
from linkgraph.screen import Screening
from tests.contract.stores import EACH, STORES
from tests.graph.world import FORCE, inquiry, world

FOLDER = Path(__file__).parent / "graph"
SETS = ("circle", "colleague", "duty_partner", "household", "hub", "mate_circle")
SETS += ("mate_organisation", "organisation", "self")
CASES: dict[str, list[dict[str, Any]]] = {
    "cases": [{"case_id": "C1", "opened_at": "2023-12-01", "closed_at": "2023-12-31"}],
    "case_officers": [{"case_id": "C1", "officer_id": "O1", "start": "2023-12-01"}],
    "case_subjects": [
        {"case_id": "C1", "subject_kind": "person", "subject_id": who} for who in ("X", "W")
    ],
}
Built = tuple[GraphStore, Ledger, Screening, Inquiry]


@pytest.fixture(scope="module", params=EACH)
def force(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Built]:
    folder = tmp_path_factory.mktemp("golden")
    ledger, screening = world(folder, **FORCE, **CASES)
    store = STORES[request.param](folder)
    store.load(project(ledger, screening, inquiry(), folder / "p"))
    yield store, ledger, screening, inquiry()
    store.close()


@pytest.mark.parametrize("name", SETS)
def test_hit_rows_are_as_agreed(force: Built, name: str) -> None:
    agreed(f"{name}.hits", hits(*force)[name])


VIEWS = ("applicants", "cluster", "conflict_of_interest", "former_partner", "ring")


@pytest.mark.parametrize("name", [*SETS, *VIEWS])
def test_results_are_as_agreed(force: Built, name: str) -> None:
    agreed(f"{name}.rows", run(name, *force))


def agreed(name: str, frame: pd.DataFrame) -> None:
    rows: list[dict[str, Any]] = json.loads(
        frame.to_json(orient="records", force_ascii=False, double_precision=10)
    )
    text = "".join(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in rows)
    path = FOLDER / f"{name}.jsonl"
    if os.environ.get("LINKGRAPH_WRITE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text
