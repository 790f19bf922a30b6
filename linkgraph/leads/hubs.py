"""A check beside the bits: do an officer's look-ups meet a hub's households beyond locality?

The statistic is the number of distinct households of the hub's people among the officer's open
look-ups.  Under the null, the subjects of a stratum (station, duty kind, system, month) fall on
its look-ups in any order, so a precinct that meets one neighbourhood all day is its own
comparison.  p = (1 + as many or more) / (1 + permutations); q by Benjamini and Yekutieli (2001)
over the hubs that made a lead in this run, under any dependence.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import ibis
import numpy as np
import numpy.typing as npt
import pandas as pd

from linkgraph.leads.lead import Check
from linkgraph.leads.pairs import Pairs, memtable

if TYPE_CHECKING:
    from linkgraph.inquiries import Inquiry
    from linkgraph.ledger import Ledger
    from linkgraph.screen import Screening

PERMUTATIONS = 999
STRATUM = ["unit_key", "duty_status", "system", "month"]


def check_hubs(
    ledger: Ledger,
    screening: Screening,
    pairs: Pairs,
    inquiry: Inquiry,
    hubs: pd.DataFrame,
    people: pd.DataFrame,
) -> dict[str, Check]:
    """lead_id -> check.

    `hubs`: lead_id, officer_key, organisation_id.  `people`: organisation_id, person_key.
    Cost: one aggregate of the open look-ups by stratum and officer, and for each hub as many
    random numbers as it has look-ups in the officer's strata, times the permutations.
    """
    if hubs.empty:
        return {}
    members = memtable(
        people[people["organisation_id"].isin(hubs["organisation_id"])].drop_duplicates()
    )
    placed = _placed(ledger, screening)
    opened = pairs.open.select("lookup_key", "officer_key").distinct().join(placed, "lookup_key")
    sizes = opened.group_by([*STRATUM, "officer_key"]).aggregate(n=opened.count()).to_pandas()
    met = pairs.open.join(members, pairs.open.target_key == members.person_key)
    met = met.select("organisation_id", "officer_key", "lookup_key", "person_key").distinct()
    met = met.join(placed, "lookup_key").to_pandas()
    met["household"] = _households(ledger, inquiry, met["person_key"])
    met = met.sort_values(["organisation_id", "lookup_key", "household", "person_key"])
    met = met.drop_duplicates(["organisation_id", "lookup_key"])
    strata = pd.concat([sizes[STRATUM], met[STRATUM]]).groupby(STRATUM, sort=True).ngroup()
    sizes["stratum"] = strata.to_numpy()[: len(sizes)]
    met["stratum"] = strata.to_numpy()[len(sizes) :]
    totals = sizes.groupby("stratum")["n"].sum().to_dict()
    own = sizes.groupby(["officer_key", "stratum"])["n"].sum().to_dict()
    columns = ["stratum", "lookup_key", "officer_key", "household"]
    by_hub = {
        id_: part.sort_values(columns[:2])[columns].to_numpy(dtype=np.int64)
        for id_, part in met.groupby("organisation_id")
    }
    found: list[tuple[str, int, float]] = []
    row: Any
    for row in hubs.sort_values("lead_id").itertuples(index=False):
        if row.organisation_id in by_hub:
            officer = int(row.officer_key)
            seen, p = _permuted(
                by_hub[row.organisation_id], officer, own, totals, seed=int(row.lead_id, 16)
            )
            found.append((row.lead_id, seen, p))
    q = benjamini_yekutieli([p for _, _, p in found])
    return {
        lead: Check(seen, round(p, 4), round(adjusted, 4), PERMUTATIONS)
        for (lead, seen, p), adjusted in zip(found, q, strict=True)
    }


def benjamini_yekutieli(p_values: list[float]) -> list[float]:
    """q-values in the order given; the false discovery rate under any dependence."""
    m = len(p_values)
    harmonic = sum(1 / i for i in range(1, m + 1))
    order = sorted(range(m), key=lambda i: p_values[i])
    q = [1.0] * m
    lowest = 1.0
    for rank in range(m, 0, -1):
        index = order[rank - 1]
        lowest = min(lowest, p_values[index] * m * harmonic / rank)
        q[index] = lowest
    return q


def _permuted(
    met: npt.NDArray[np.int64],
    officer_key: int,
    own: Mapping[tuple[int, int], int],
    totals: Mapping[int, int],
    *,
    seed: int,
) -> tuple[int, float]:
    """Distinct households met, and p.

    `met`: stratum, look-up, officer, household of every look-up of the hub, by stratum.  `own`:
    the officer's look-ups by (officer, stratum); `totals`: everyone's by stratum.
    """
    seen = len(np.unique(met[met[:, 2] == officer_key, 3]))
    here = np.array([(officer_key, stratum) in own for stratum in met[:, 0].tolist()], dtype=bool)
    households, codes = np.unique(met[here, 3], return_inverse=True)
    random = np.random.default_rng(seed)
    hit = np.zeros((len(households), PERMUTATIONS), dtype=bool)
    before, left = -1, 0
    his = np.zeros(PERMUTATIONS, dtype=np.int64)
    for stratum, code in zip(met[here, 0].tolist(), codes.tolist(), strict=True):
        if stratum != before:
            before, left = stratum, totals[stratum]
            his = np.full(PERMUTATIONS, own[officer_key, stratum])
        # One look-up of the stratum after the other falls to him or to somebody else.
        drawn = random.random(PERMUTATIONS) * left < his
        hit[code] |= drawn
        his -= drawn
        left -= 1
    as_many = int((hit.sum(axis=0) >= seen).sum())
    return seen, (1 + as_many) / (1 + PERMUTATIONS)


def _placed(ledger: Ledger, screening: Screening) -> Any:
    lookups = screening.lookups
    systems = ledger.table("lookups").select("lookup_key", system=ibis._.system.fill_null(""))
    placed = lookups.select(
        "lookup_key",
        "duty_status",
        unit_key=lookups.unit_key.fill_null(-1),
        month=lookups.at_local.year() * 12 + lookups.at_local.month(),
    )
    return placed.join(systems, "lookup_key")


def _households(ledger: Ledger, inquiry: Inquiry, persons: pd.Series) -> Any:
    """A person's address stands for the household; without residences, the person does."""
    own = -persons - 1  # no address has a negative key
    if not (inquiry.allows("household") and ledger.has("residences")):
        return own
    wanted = memtable(pd.DataFrame({"person_key": persons.unique()}))
    homes = ledger.table("residences").join(wanted, "person_key")
    frame = homes.group_by("person_key").aggregate(home=homes.address_key.min()).to_pandas()
    known = dict(zip(frame["person_key"], frame["home"], strict=True))
    return persons.map(known).fillna(own).astype("int64")
