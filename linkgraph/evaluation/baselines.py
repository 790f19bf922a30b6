"""Simple ways to order the same look-ups, to compare the leads with.

Each ranks pairs (an officer and a person or other subject), or for *hub* an officer and a house,
over look-ups that no record explains in full.  Equal scores are ordered by a hash, not by
number, so that none is favoured.

- random
- volume: the officers with most pairs first
- off duty, generic purpose: how many of the pair's look-ups are
- same surname or address: the subject shares the officer's surname, or counts double, his address
- isolation forest: anomalous pairs by number, days, systems, off duty, generic, print (Liu, Ting
  & Zhou, ICDM 2008); pairs reached by name alone; needs scikit-learn
- circle: the officer is tied to the person himself; a common rule of audits
- hub: three or more people with a role in one house
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis
import numpy as np
import pandas as pd

from linkgraph.leads.pairs import Pairs, memtable

if TYPE_CHECKING:
    from linkgraph.inquiries import Inquiry
    from linkgraph.ledger import Ledger
    from linkgraph.screen import Screening

HUB_PEOPLE = 3
FOREST_ROWS = 100_000
FOREST_SEED = 1
NEEDS_LEARNING = "scikit-learn (pip install 'linkgraph[evaluate]')"
FEATURES = ("n", "days", "systems", "off", "generic", "printed")
Ranked = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Baselines:
    """Rankings by method (officer_id, score, lookup_ids of each lead), and what is not run."""

    ranked: Ranked
    not_run: dict[str, str]


def baselines(
    ledger: Ledger, screening: Screening, pairs: Pairs, inquiry: Inquiry, *, depth: int
) -> Baselines:
    """The first `depth` leads of every baseline.  Cost: a few passes over the open look-ups."""
    made = _Made(ledger, screening, pairs, depth)
    ranked = {
        "random": made.top(ibis.literal(0)),
        "volume": made.top(made.pairs.held),
        "off duty": made.top(made.pairs.off),
        "generic purpose": made.top(made.pairs.generic),
    }
    not_run = {}
    if inquiry.allows("household"):
        ranked["same surname or address"] = made.scored(_of_kin(ledger, made))
    ranked["circle"] = made.scored(_of_ties(ledger, made))
    ranked["hub"] = made.houses()
    forest = _by_forest(made)
    if forest is None:
        not_run["isolation forest"] = NEEDS_LEARNING
    else:
        ranked["isolation forest"] = made.scored(forest)
    return Baselines(ranked, not_run)


class _Made:
    """Open pairs with what the baselines count, in the table engine."""

    def __init__(self, ledger: Ledger, screening: Screening, pairs: Pairs, depth: int) -> None:
        self.ledger, self.depth = ledger, depth
        opened = pairs.open.select("lookup_key", "officer_key", "target_key", "kind").distinct()
        log = ledger.table("lookups").select("lookup_key", "lookup_id", "at", "system", "output")
        rows = opened.join(log, "lookup_key")
        for name, indicator in (("off", "off_duty"), ("generic", "generic_purpose")):
            fired = screening.indicators.filter(
                screening.indicators.indicator_id == indicator
            ).select(_key=screening.indicators.lookup_key)
            rows = rows.left_join(fired.distinct(), rows.lookup_key == fired.distinct()._key)
            rows = rows.mutate(**{name: rows._key.notnull().cast("int64")}).drop("_key")
        self.lookups = rows.cache()
        rows = self.lookups
        counted = rows.group_by("officer_key", "target_key").aggregate(
            kind=rows.kind.min(),
            n=rows.count(),
            days=(rows.at // 86_400_000_000).nunique(),
            systems=rows.system.nunique(),
            off=rows.off.sum(),
            generic=rows.generic.sum(),
            printed=(rows.output == "print").fill_null(False).cast("int64").sum(),
        )
        held = counted.group_by("officer_key").aggregate(held=counted.count())
        both = counted.join(held, "officer_key")
        self.pairs = both.mutate(
            chance=(both.officer_key * 1_000_003 + both.target_key).cast("string").hash()
        ).cache()

    def top(self, score: Any) -> list[dict[str, Any]]:
        """The pairs with the highest score."""
        rows = self.pairs.mutate(score=score.cast("float64"))
        ordered = rows.order_by(ibis.desc("score"), "chance").limit(self.depth)
        return self.leads(ordered.select("officer_key", "target_key", "score").to_pandas())

    def scored(self, frame: pd.DataFrame) -> list[dict[str, Any]]:
        """Pairs (officer_key, target_key, score) that are open, the highest score first."""
        if frame.empty:
            return []
        wanted = memtable(frame[["officer_key", "target_key"]].astype("int64"))
        known = self.pairs.join(wanted, ["officer_key", "target_key"])
        order = known.select("officer_key", "target_key", "n", "chance").to_pandas()
        order = order.merge(frame, on=["officer_key", "target_key"])
        order = order.sort_values(["score", "n", "chance"], ascending=[False, False, True])
        return self.leads(order.head(self.depth)[["officer_key", "target_key", "score"]])

    def leads(self, chosen: pd.DataFrame) -> list[dict[str, Any]]:
        """Pairs with their look-ups, in the order given."""
        wanted = memtable(chosen[["officer_key", "target_key"]].astype("int64"))
        found = self.lookups.join(wanted, ["officer_key", "target_key"])
        rows = found.select("officer_key", "target_key", "lookup_id").distinct().to_pandas()
        ids = rows.groupby(["officer_key", "target_key"])["lookup_id"].agg(sorted).to_dict()
        names = self.officers()
        return [
            {"officer_id": names[o], "score": float(s), "lookup_ids": ids[o, t]}
            for o, t, s in chosen.itertuples(index=False, name=None)
            if o in names
        ]

    def houses(self) -> list[dict[str, Any]]:
        """Officers and houses of which they looked up three people or more."""
        roles = self.ledger.table("organisation_roles").select("organisation_key", "person_key")
        roles = roles.filter(roles.organisation_key.notnull()).distinct()
        met = self.lookups.join(roles, self.lookups.target_key == roles.person_key)
        by = ["officer_key", "organisation_key"]
        people = met.group_by(by).aggregate(score=met.target_key.nunique())
        people = people.filter(people.score >= HUB_PEOPLE)
        people = people.order_by(ibis.desc("score"), *by).limit(self.depth)
        frame = people.to_pandas()
        if frame.empty:
            return []
        rows = met.join(memtable(frame[by].astype("int64")), by)
        rows = rows.select(*by, "lookup_id").distinct().to_pandas()
        ids = rows.groupby(by)["lookup_id"].agg(sorted).to_dict()
        names = self.officers()
        return [
            {"officer_id": names[o], "score": float(s), "lookup_ids": ids[o, h]}
            for o, h, s in frame[[*by, "score"]].itertuples(index=False, name=None)
            if o in names
        ]

    def officers(self) -> dict[int, str]:
        """Officers' ids by key."""
        rows = self.ledger.table("entities").filter(ibis._.kind == "officer").to_pandas()
        return dict(zip(rows["entity_key"].astype("int64"), rows["id"], strict=True))


def _officers(ledger: Ledger) -> Any:
    rows = ledger.table("officers").select("officer_key", "person_key")
    return rows.filter(rows.person_key.notnull() & rows.officer_key.notnull()).distinct()


def _of_ties(ledger: Ledger, made: _Made) -> pd.DataFrame:
    """Pairs whose person is tied to the officer himself, by number of look-ups."""
    own, ties = _officers(ledger), ledger.table("associations")
    one = ties.select(person_key=ties.person_a_key, target_key=ties.person_b_key)
    other = ties.select(person_key=ties.person_b_key, target_key=ties.person_a_key)
    met = own.join(ibis.union(one, other), "person_key").select("officer_key", "target_key")
    found = made.pairs.join(met.distinct(), ["officer_key", "target_key"])
    frame: pd.DataFrame = found.select("officer_key", "target_key", score=found.n).to_pandas()
    return frame


def _of_kin(ledger: Ledger, made: _Made) -> pd.DataFrame:
    """Pairs whose person shares the officer's surname (1) or an address of his (2)."""
    own, persons = _officers(ledger), ledger.table("persons")
    named = persons.select("person_key", surname=persons.name.left(1))
    homes = ledger.table("residences").select("person_key", "address_key").distinct()
    of_officer = own.join(named, "person_key").select("officer_key", "surname")
    pairs = made.pairs.select("officer_key", "target_key")
    of_target = named.select(target_key="person_key", target_surname="surname")
    same = pairs.join(of_officer, "officer_key").join(of_target, "target_key")
    same = same.filter(same.surname == same.target_surname)
    by_name = same.select("officer_key", "target_key", score=ibis.literal(1.0))
    of_home = own.join(homes, "person_key").select("officer_key", "address_key")
    near = of_home.join(homes.select("address_key", target_key="person_key"), "address_key")
    found = pairs.join(
        near.select("officer_key", "target_key").distinct(), ["officer_key", "target_key"]
    )
    by_home = found.select("officer_key", "target_key", score=ibis.literal(2.0))
    both = ibis.union(by_name, by_home)
    best = both.group_by("officer_key", "target_key").aggregate(score=both.score.sum())
    frame: pd.DataFrame = best.to_pandas()
    return frame


def _by_forest(made: _Made) -> pd.DataFrame | None:
    """Pairs reached by name, the most anomalous highest; None without scikit-learn or pairs."""
    try:
        from sklearn.ensemble import IsolationForest
    except ImportError:
        return None
    rows = made.pairs.filter(made.pairs.kind == 0)
    order = rows.order_by("chance").select("officer_key", "target_key", *FEATURES)
    frame = order.to_pandas().astype("int64")
    if len(frame) < HUB_PEOPLE:
        return None
    values = np.log1p(frame[list(FEATURES)].to_numpy(dtype=np.float64))
    forest = IsolationForest(n_estimators=50, random_state=FOREST_SEED)
    forest.fit(values[:FOREST_ROWS])
    distinct, inverse = np.unique(values, axis=0, return_inverse=True)
    frame["score"] = -forest.score_samples(distinct)[inverse.ravel()]
    scored: pd.DataFrame = frame[["officer_key", "target_key", "score"]]
    return scored
