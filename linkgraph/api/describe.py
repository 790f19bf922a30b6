"""What a workspace holds, as plain data."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from linkgraph import inquiries
from linkgraph.api import graphs, leading, times
from linkgraph.model.tables import TABLES

if TYPE_CHECKING:
    from linkgraph.api.workspace import Workspace


def described(workspace: Workspace) -> dict[str, Any]:
    """Tables with their rows, sources, rejects, screening, inquiries, and the next step.

    Reads manifests alone: its cost does not grow with the look-ups.
    """
    zone = workspace.settings.timezone
    found: dict[str, Any] = {
        "workspace": str(workspace.folder.path),
        "timezone": zone,
        "language": workspace.settings.language,
        "tables": {},
        "sources": 0,
        "rejects": 0,
        "warnings": 0,
        "ledger": None,
        "screening": None,
        "inquiries": [
            _inquiry(workspace, inquiry) for inquiry in inquiries.listed(workspace.folder)
        ],
        "activity_head": workspace.folder.activity.head(),
    }
    if workspace.loaded:
        ledger = workspace.ledger
        manifest = ledger.manifest
        found |= {
            "tables": {name: ledger.rows(name) for name in TABLES if ledger.has(name)},
            "sources": len({f["sha256"] for s in manifest["sources"] for f in s.get("files", [])}),
            "rejects": int(manifest.get("rejects", 0)),
            "warnings": int(manifest.get("warnings", 0)),
            "ledger": ledger.fingerprint,
            "screening": _screening(workspace, ledger.fingerprint),
        }
    found["next"] = _next(found)
    return found


def _inquiry(workspace: Workspace, inquiry: inquiries.Inquiry) -> dict[str, Any]:
    leads: int | None = None
    try:
        kept = graphs.folder_of(workspace, inquiry.id) / leading.FILE
        leads = len(json.loads(kept.read_text(encoding="utf-8"))["leads"])
    except (OSError, ValueError, KeyError):
        leads = None
    return {
        "inquiry": inquiry.id,
        "state": inquiry.state(time.time_ns() // 1000),
        "until": times.iso(inquiry.until, workspace.settings.timezone),
        "leads": leads,
    }


def _screening(workspace: Workspace, ledger: str) -> str | None:
    """The fingerprint of a screening of this ledger, the latest if there are several."""
    made = []
    for path in workspace.folder.screen_path.glob("*/screening.json"):
        try:
            if json.loads(path.read_text(encoding="utf-8")).get("ledger") == ledger:
                made.append((path.stat().st_mtime_ns, path.parent.name))
        except (OSError, ValueError):
            continue
    return max(made)[1] if made else None


def _next(found: dict[str, Any]) -> str:
    if not found["tables"]:
        return "linkgraph load PATH...   (linkgraph map suggest FILE... for foreign files)"
    if found["screening"] is None:
        return "linkgraph screen"
    valid = [inquiry for inquiry in found["inquiries"] if inquiry["state"] == "open"]
    if not valid:
        return "linkgraph inquiry open ...   (linkgraph inquiry open --help)"
    if valid[0]["leads"] is None:
        return f"linkgraph analyse --inquiry {valid[0]['inquiry']}"
    return f"linkgraph leads list --inquiry {valid[0]['inquiry']}"
