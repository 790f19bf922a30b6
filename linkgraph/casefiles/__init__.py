"""Case files: what an investigator prepares from leads, appended, signed and chained by hash."""

from __future__ import annotations

from linkgraph.casefiles.casefile import (
    BASES,
    FINDINGS,
    OUTCOMES,
    ROLES,
    SIDES,
    STATUSES,
    Allegation,
    CaseFile,
    Item,
)
from linkgraph.casefiles.store import append, attach, create, listed, read, verify

__all__ = [
    "BASES",
    "FINDINGS",
    "OUTCOMES",
    "ROLES",
    "SIDES",
    "STATUSES",
    "Allegation",
    "CaseFile",
    "Item",
    "append",
    "attach",
    "create",
    "listed",
    "read",
    "verify",
]
