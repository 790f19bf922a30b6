"""A report without identities: every text in it, in pictures and data, goes through pseudonyms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from linkgraph.reports import pictures
from linkgraph.reports.content import Report, deep, rewritten

if TYPE_CHECKING:
    from linkgraph.casefiles.pseudonyms import Pseudonyms

T = TypeVar("T")


def redacted(report: Report, pseudonyms: Pseudonyms) -> Report:
    """The report with pseudonyms for whatever identifies; what cannot be parsed stays out."""
    seen: list[str] = []

    def noted(text: str) -> str:
        seen.append(text)
        return text

    rewritten(report, noted, lambda svg: pictures.with_text(svg, noted))
    pseudonyms.learn(seen, beyond_names(report.data))
    return rewritten(report, pseudonyms.text, lambda svg: pictures.with_text(svg, pseudonyms.text))


def redacted_values(value: T, pseudonyms: Pseudonyms) -> T:
    """Nested values (mappings, lists, dataclasses, texts) with pseudonyms."""
    seen: list[str] = []

    def noted(text: str) -> str:
        seen.append(text)
        return text

    _each(value, noted)
    pseudonyms.learn(seen, beyond_names(value))
    changed: T = _each(value, pseudonyms.text)
    return changed


def beyond_names(value: Any) -> dict[str, tuple[str, str]]:
    """What identifies in nested values and is no id or name of the ledger.

    Ids of leads are hashes of officer and anchor and could be guessed; what a complaint says is
    somebody's own words.
    """
    found: dict[str, tuple[str, str]] = {}
    if isinstance(value, Mapping):
        id_ = value.get("lead_id")
        if isinstance(id_, str):
            found[id_] = ("lead", id_)
        said = value.get("text") if "complaint_id" in value else None
        if isinstance(said, str) and said:
            found[said] = ("query_text", said)
        for inner in value.values():
            found |= beyond_names(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            found |= beyond_names(inner)
    return found


def _each(value: Any, text: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        changed = {one.name: _each(getattr(value, one.name), text) for one in fields(value)}
        return replace(value, **changed)
    if isinstance(value, tuple | list):
        items = [_each(item, text) for item in value]
        return tuple(items) if isinstance(value, tuple) else items
    return deep(value, text)
