"""The ledger: canonical tables on disk, each row traceable to its source row."""

from __future__ import annotations

from linkgraph.ledger.ledger import Ledger

__all__ = ["Ledger"]
