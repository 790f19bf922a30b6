"""The workspace: a folder with one team's settings, ledger, graphs and activity log."""

from __future__ import annotations

from linkgraph.workspace.activity import ActivityLog, Verification, current_user
from linkgraph.workspace.folder import Folder, file_name
from linkgraph.workspace.settings import LANGUAGES, Settings

__all__ = [
    "LANGUAGES",
    "ActivityLog",
    "Folder",
    "Settings",
    "Verification",
    "current_user",
    "file_name",
]
