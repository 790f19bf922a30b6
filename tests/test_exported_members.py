"""The public surface is small and pinned: a name leaves or joins it on purpose."""

from __future__ import annotations

import subprocess
import sys

import pytest

import linkgraph


def test_the_public_names_are_these() -> None:
    assert linkgraph.__all__ == ["LinkgraphError", "Workspace", "__version__", "open"]
    for name in linkgraph.__all__:
        assert getattr(linkgraph, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = linkgraph.nothing  # type: ignore[attr-defined]


def test_importing_linkgraph_imports_nothing_heavy() -> None:
    code = (
        "import sys, linkgraph; "
        "heavy = {'pandas', 'ibis', 'duckdb', 'ladybug', 'networkx', 'numpy'} & set(sys.modules); "
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
