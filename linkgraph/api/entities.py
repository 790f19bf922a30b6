"""Naming things: `kind:id` or a bare id, and the names that may be shown beside ids."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from linkgraph.errors import UsageError
from linkgraph.model.graph import LABELS

if TYPE_CHECKING:
    from linkgraph.ledger import Ledger

KINDS = tuple(sorted(label.kind for label in LABELS))
_NAMES = {
    "officer": ("officers", "officer_id", "name"),
    "unit": ("units", "unit_id", "name"),
    "person": ("persons", "person_id", "name"),
    "organisation": ("organisations", "organisation_id", "name"),
    "address": ("addresses", "address_id", "text"),
}
_WORK = frozenset({"officer", "unit"})


def resolve(ledger: Ledger, given: str, kinds: Collection[str] = KINDS) -> str:
    """The one entity that `given` names, as `kind:id`.

    `given` is `kind:id`, or an id that only one kind has.  Raises UsageError when nothing has
    it, with near ids, or when several kinds do, with the candidates.
    """
    kind, colon, id_ = given.partition(":")
    if colon and kind in KINDS:
        found = [ref for ref in _with_id(ledger, id_) if ref == given]
        if not found and kind != "lookup":
            raise _unknown(ledger, given, id_, [kind])
        return given
    found = [ref for ref in _with_id(ledger, given) if ref.partition(":")[0] in kinds]
    if len(found) > 1:
        raise UsageError(
            f"{given!r} names several things.", remedy=f"Say which: {', '.join(found)}."
        )
    if not found:
        raise _unknown(ledger, given, given, kinds)
    return found[0]


def names(ledger: Ledger, refs: Iterable[str], *, private: bool) -> dict[str, str]:
    """The names of entities by `kind:id`; of persons, organisations and addresses if `private`."""
    wanted: dict[str, set[str]] = {}
    for ref in refs:
        kind, _, id_ = ref.partition(":")
        if kind in _NAMES and (private or kind in _WORK):
            wanted.setdefault(kind, set()).add(id_)
    named: dict[str, str] = {}
    for kind, ids in sorted(wanted.items()):
        table, key, name = _NAMES[kind]
        rows: Any = ledger.table(table)
        frame = rows.filter(rows[key].isin(sorted(ids))).select(key, name).to_pandas().dropna()
        named |= {
            f"{kind}:{id_}": str(text) for id_, text in zip(frame[key], frame[name], strict=True)
        }
    return named


def matching(ledger: Ledger, text: str, limit: int) -> list[dict[str, str]]:
    """Entities whose id contains `text`, or officers and units whose name does; case ignored.

    Work tables alone.  One row each: `ref`, `kind`, `id`, `name`; ordered by kind and id.
    """
    entities: Any = ledger.table("entities")
    like = entities.id.lower().contains(text.lower())
    shown = entities.filter(like & entities.kind.isin(KINDS))
    frame = shown.order_by("kind", "id").limit(limit).to_pandas()
    refs = {f"{kind}:{id_}" for kind, id_ in zip(frame["kind"], frame["id"], strict=True)}
    for kind in sorted(_WORK):
        table, key, name = _NAMES[kind]
        rows: Any = ledger.table(table)
        hits = rows.filter(rows[name].lower().contains(text.lower())).order_by(key).limit(limit)
        refs |= {f"{kind}:{id_}" for id_ in hits.to_pandas()[key]}
    named = names(ledger, refs, private=False)
    return [
        {
            "ref": ref,
            "kind": ref.partition(":")[0],
            "id": ref.partition(":")[2],
            "name": named.get(ref, ""),
        }
        for ref in sorted(refs)[:limit]
    ]


def _with_id(ledger: Ledger, id_: str) -> list[str]:
    entities: Any = ledger.table("entities")
    frame = entities.filter((entities.id == id_) & entities.kind.isin(KINDS)).to_pandas()
    return sorted(f"{kind}:{id_}" for kind in frame["kind"])


def _unknown(ledger: Ledger, given: str, id_: str, kinds: Collection[str]) -> UsageError:
    near = [row["ref"] for row in matching(ledger, id_, 200) if row["kind"] in kinds][:5]
    return UsageError(
        f"Nothing in the ledger is called {given!r}.",
        remedy=f"Did you mean {' or '.join(near)}?"
        if near
        else "`linkgraph search TEXT` finds things by id or name.",
    )
