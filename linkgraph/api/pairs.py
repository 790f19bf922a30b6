"""The look-ups behind the graph's *looked up* ties, which sum them by officer and target."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from linkgraph.api.base import Base
    from linkgraph.inquiries import Inquiry

_PERMITS = {"phone": "phone", "address": "household"}
"""The kind of tie that must be authorised to know who is behind a subject of this kind."""


def pair_lookups(
    workspace: Base, inquiry: Inquiry, pairs: Sequence[tuple[str, str]]
) -> pd.DataFrame:
    """The inquiry's look-ups of each pair of officer id and target `kind:id`.

    Columns: officer_id, target, lookup_id; ordered by officer, target and time.  For a person
    these are also the look-ups of what the person owned, held or lived at then.
    """
    import pandas as pd

    from linkgraph.screen import lookup_persons

    ledger, screening = workspace.ledger, workspace.screening()
    entities: Any = ledger.table("entities")
    officers = sorted({officer for officer, _ in pairs})
    targets = sorted({target for _, target in pairs})
    frame = entities.filter(
        ((entities.kind == "officer") & entities.id.isin(officers))
        | entities.id.isin([target.partition(":")[2] for target in targets])
    ).to_pandas()
    keys = {
        f"{kind}:{id_}": int(key)
        for kind, id_, key in zip(frame["kind"], frame["id"], frame["entity_key"], strict=True)
    }
    refs = {key: ref for ref, key in keys.items()}
    officer_keys = [keys[f"officer:{id_}"] for id_ in officers if f"officer:{id_}" in keys]
    target_keys = [keys[target] for target in targets if target in keys]
    ways = ["person", "vehicle", *(w for w, kind in _PERMITS.items() if inquiry.allows(kind))]

    persons = lookup_persons(ledger, screening, include_private=True)
    persons = persons.filter(
        persons.officer_key.isin(officer_keys)
        & persons.person_key.isin(target_keys)
        & persons.via.isin(ways)
    ).select("officer_key", "lookup_key", "lookup_id", "at", target_key="person_key")
    about: Any = screening.subjects_explained
    about = about.filter(about.subject_key.isin(target_keys) & (about.subject_kind != "person"))
    lookups = screening.lookups.filter(screening.lookups.officer_key.isin(officer_keys))
    direct = about.select("lookup_key", "subject_key").join(
        lookups.select("lookup_key", "lookup_id", "officer_key", "at"), "lookup_key"
    )
    direct = direct.select("officer_key", "lookup_key", "lookup_id", "at", target_key="subject_key")
    both = persons.union(direct, distinct=True)
    both = both.filter((both.at >= inquiry.start) & (both.at < inquiry.end))
    found = both.to_pandas().sort_values(["officer_key", "target_key", "at", "lookup_id"])
    wanted = set(pairs)
    listed = pd.DataFrame(
        {
            "officer_id": [refs[key].partition(":")[2] for key in found["officer_key"]],
            "target": [refs[key] for key in found["target_key"]],
            "lookup_id": found["lookup_id"].tolist(),
        }
    )
    kept = [pair in wanted for pair in zip(listed["officer_id"], listed["target"], strict=True)]
    return listed[kept].drop_duplicates(ignore_index=True)
