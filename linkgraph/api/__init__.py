"""linkgraph in Python: a workspace whose results are pandas frames.

    import linkgraph

    workspace = linkgraph.open("case")
    workspace.load("exports/")
    workspace.lookups()
    workspace.leads("Q1")

Times are given as `2024-07-15`, a `date`, a `datetime` or int64 µs UTC; where a day ends a
period it is included.  Whatever shows private ties takes the id of an inquiry and is logged.
"""

from __future__ import annotations

from pathlib import Path

from linkgraph.api.workspace import Workspace
from linkgraph.workspace import Folder, Settings

__all__ = ["Workspace", "create", "open"]


def open(path: str | Path = ".") -> Workspace:  # noqa: A001  reads as linkgraph.open
    """The workspace in the folder `path`; WorkspaceError if there is none."""
    return Workspace(Folder.open(Path(path)))


def create(path: str | Path, settings: Settings | None = None) -> Workspace:
    """Make a workspace in the folder `path`, for its owner alone."""
    return Workspace(Folder.create(Path(path), settings))
