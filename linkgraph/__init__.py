"""linkgraph: look-ups that work does not explain, and the people who connect them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linkgraph.api import Workspace, open
    from linkgraph.errors import LinkgraphError

__all__ = ["LinkgraphError", "Workspace", "__version__", "open"]
__version__ = "0.1.0"

_HOMES = {
    "Workspace": "linkgraph.api",
    "open": "linkgraph.api",
    "LinkgraphError": "linkgraph.errors",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that `import linkgraph` costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'linkgraph' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
