from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from linkgraph.graph.store import GraphStore
from tests.contract.stores import EACH, STORES


@pytest.fixture(params=EACH)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[GraphStore]:
    """An empty store of each kind."""
    made = STORES[request.param](tmp_path)
    yield made
    made.close()
