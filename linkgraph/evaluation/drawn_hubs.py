"""Houses drawn at random: how often is the hub check's p-value small where nothing is the matter?

Hubs among the leads were chosen for having many hits, so that small p-values among them say
little.  Here a house is drawn that an officer's unit met at all, and an officer of the unit,
whatever he looked up: the precinct's locality is in it, the officer's choice is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from linkgraph.leads.hubs import check_hubs
from linkgraph.leads.pairs import Pairs

if TYPE_CHECKING:
    from linkgraph.inquiries import Inquiry
    from linkgraph.ledger import Ledger
    from linkgraph.screen import Screening

DRAWN = 400
SEED = 7


def drawn_hubs(
    ledger: Ledger, screening: Screening, pairs: Pairs, inquiry: Inquiry
) -> tuple[float, ...]:
    """p of up to 400 officers and houses; empty without roles.  Cost: as `check_hubs`."""
    roles = ledger.table("organisation_roles")
    roles = roles.filter(roles.person_key.notnull())
    people = roles.select("organisation_id", "person_key").distinct().to_pandas()
    if people.empty:
        return ()
    people = people.astype({"person_key": "int64"})
    houses = roles.select("organisation_id", "person_key").distinct()
    met = pairs.open.join(houses, pairs.open.target_key == houses.person_key)
    met = met.select("officer_key", "organisation_id").distinct().to_pandas()
    met = met.merge(pairs.officers[["officer_key", "unit_key"]], on="officer_key")
    places = met[["unit_key", "organisation_id"]].drop_duplicates()
    places = places.sort_values(["unit_key", "organisation_id"], ignore_index=True)
    if places.empty:
        return ()
    rng = np.random.default_rng(SEED)
    chosen = places.iloc[np.sort(rng.permutation(len(places))[:DRAWN])].reset_index(drop=True)
    of_unit = {
        unit: np.sort(part.to_numpy())
        for unit, part in pairs.officers.groupby("unit_key")["officer_key"]
    }
    hubs = chosen.assign(
        officer_key=[
            int(of_unit[unit][int(rng.integers(len(of_unit[unit])))]) for unit in chosen["unit_key"]
        ],
        lead_id=[f"{number:012x}" for number in range(len(chosen))],
    )
    checks = check_hubs(ledger, screening, pairs, inquiry, hubs, people)
    return tuple(check.p_value for _, check in sorted(checks.items()))
