"""What can go wrong, one class per cause.

    LinkgraphError
    ├── UsageError            the command or call was asked for something it cannot do
    ├── WorkspaceError        the folder is no workspace, unreadable, locked or damaged
    ├── SourceError           a source file cannot be read as the file it claims to be
    ├── MappingError          a mapping is wrong; names file, line and remedy
    ├── LedgerError           the ledger is missing, damaged or could not be written
    ├── AnalysisError         an analysis is unknown, malformed or was given bad parameters
    ├── AuditError            a plan, a workbook or its answers do not fit one another
    ├── InquiryError          private ties were asked for without a valid inquiry
    ├── StoreError            the graph store is missing, busy, another inquiry's, or refused
    ├── DocumentError         a document cannot be written: no font has its characters
    └── CaseFileError         a case file is unknown, damaged, or was asked for what it forbids

Every message says what is wrong, where, and what to do about it; the command line prints
it as it stands and never a traceback.
"""

from __future__ import annotations


class LinkgraphError(Exception):
    """Root of everything linkgraph raises on purpose; `remedy` says what the user can do."""

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class UsageError(LinkgraphError):
    """The command or call was asked for something it cannot do."""


class WorkspaceError(LinkgraphError):
    """The folder is no workspace, or it is unreadable, locked or damaged."""


class SourceError(LinkgraphError):
    """A source file cannot be read as the file it claims to be."""


class MappingError(LinkgraphError):
    """A mapping is wrong; the message names file, line and remedy."""


class LedgerError(LinkgraphError):
    """The ledger is missing, damaged or could not be written."""


class AnalysisError(LinkgraphError):
    """An analysis is unknown, malformed or was given bad parameters."""


class AuditError(LinkgraphError):
    """A plan, a workbook or its answers do not fit one another."""


class InquiryError(LinkgraphError):
    """Private ties were asked for without a valid inquiry."""


class StoreError(LinkgraphError):
    """The graph store is missing, busy, of another inquiry, or refused a query."""


class DocumentError(LinkgraphError):
    """A document cannot be written: no font on this machine has its characters."""


class CaseFileError(LinkgraphError):
    """A case file is unknown, damaged, or was asked for what its rules forbid."""
