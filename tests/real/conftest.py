"""The real public data: where it lies, and why a test of it is skipped."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REASON = "LINKGRAPH_REAL_DATA names no folder with the real data (pole/, chicago/)"


def real_data(name: str) -> Path:
    """The folder of one data set; skips, or fails where LINKGRAPH_REQUIRE asks for `real`."""
    root = os.environ.get("LINKGRAPH_REAL_DATA", "")
    folder = Path(root) / name
    if root and folder.is_dir():
        return folder
    if "real" in os.environ.get("LINKGRAPH_REQUIRE", "").split(","):
        pytest.fail(REASON)
    pytest.skip(REASON)


@pytest.fixture(scope="session")
def pole() -> Path:
    return real_data("pole")


@pytest.fixture(scope="session")
def chicago() -> Path:
    return real_data("chicago")
