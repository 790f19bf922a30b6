"""Inquiries: the authorisation under which private ties are used, and the gate to them."""

from __future__ import annotations

from linkgraph.inquiries.inquiry import ALL_TIES, MAX_K, Inquiry
from linkgraph.inquiries.store import (
    certificate,
    close,
    listed,
    open_inquiry,
    purge,
    read,
    require,
)

__all__ = [
    "ALL_TIES",
    "MAX_K",
    "Inquiry",
    "certificate",
    "close",
    "listed",
    "open_inquiry",
    "purge",
    "read",
    "require",
]
