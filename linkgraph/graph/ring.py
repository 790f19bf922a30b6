"""Rings: officers who share more uncommon subjects than their work together explains.

In a frame, since a match of officer, person and officer joins all look-ups with all.

Colleagues meet the same people: what a pair shares is held against what locality alone would give.
Under the null each person keeps as many officers of each unit as looked him up, and which of the
unit they are is drawn in proportion to how many uncommon persons each looked up: the
configuration model of a bipartite graph within units (Saracco et al., *New Journal of Physics* 19,
2017, for the projection and its Poisson tail).  Officers who serve together share what they met
on duty: what all such pairs share beyond their units, by the number of duties together, is added.
The level is shared by all pairs of officers (Bonferroni), so that a force in which everything is
local shows a ring once in twenty times.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from linkgraph.analyses.header import Header, Role, Text

if TYPE_CHECKING:
    from linkgraph.graph.store import GraphStore
    from linkgraph.inquiries import Inquiry
    from linkgraph.ledger import Ledger
    from linkgraph.screen import Screening

HEADER = Header(
    id="ring",
    revision=2,
    role=Role.VIEW,
    title=Text("Officers who share uncommon subjects", "共同查詢罕見對象之員警"),
    statement=Text(
        "Two officers looked up, without full explanation and not first on one occasion, three "
        "or more of the same persons whom twenty officers or fewer looked up at all, and more "
        "than their units, or serving together, explain.",
        "二名員警均無完整事由、且非於同一時機首次查詢三名以上相同對象，查詢該等對象之員警均不逾"
        "二十名，且多於同單位或共同勤務所能說明者。",
    ),
    needs=("officers", "lookups"),
    rationale="Officers who serve the same outside interest meet in its people. Persons whom many "
    "look up tie everybody to everybody, so they are left out; colleagues meet the same people, so "
    "what their units explain is no ring.",
    source="Case 1090101 of the police ethics notice; validated projections of bipartite networks",
    innocent=(
        Text(
            "Both serve one beat, one task force or one shift, and met the same people at work.",
            "二人同勤區、同專案或同班，於勤務中遇見相同之人。",
        ),
        Text("One handed his cases over to the other.", "案件移交。"),
    ),
    parameters={
        "min_shared": 3,
        "max_officers": 20,
        "occasion_hours": 24,
        "level": 0.05,
        "most": 100,
    },
)

HOUR: Final = 3_600_000_000
ASKED: Final = """
MATCH (o:Officer)-[l:LOOKED_UP]->(p:Person)
RETURN
  o.officer_id AS officer_id, p.person_id AS person_id, l.tie_id AS tie,
  l.unexplained AS unexplained, l.`start` AS `start`, l.`end` AS `end`
"""
POSTED: Final = """
MATCH (o:Officer)-[r:POSTED_TO]->(u:Unit)
RETURN o.officer_id AS officer_id, u.unit_id AS unit_id, r.`start` AS since, r.`end` AS until
"""
TOGETHER: Final = """
MATCH (o:Officer)-[d:ON_DUTY_WITH]-(a:Officer)
WHERE o.officer_id <> a.officer_id
RETURN o.officer_id AS officer_id, a.officer_id AS anchor_id, count(DISTINCT d.tie_id) AS duties
"""
_PAIR: Final = ["officer_id", "anchor_id"]


def shared(
    asked: pd.DataFrame,
    posted: pd.DataFrame,
    partners: pd.DataFrame,
    *,
    min_shared: int,
    max_officers: int,
    occasion_hours: float,
    level: float,
) -> pd.DataFrame:
    """Rows of `ASKED` twice, for two officers of one person, of pairs that pass the test.

    Columns: officer_id, person_id, tie, start, end, anchor_id, tie_other, size (persons shared),
    expected (by chance), p.  `posted`: rows of `POSTED`; `partners`: of `TOGETHER`.  A person
    whom both first looked up on one occasion was met in joint work: not shared, although he
    counts in what locality gives.  Cost: the uncommon look-ups, times at most `max_officers`.
    """
    officers = asked.groupby("person_id")["officer_id"].transform("nunique")
    rows = asked[(officers <= max_officers) & (asked["unexplained"] > 0)]
    rows = _placed(rows, posted)
    other = rows[["officer_id", "person_id", "tie", "start", "unit"]].rename(
        columns={"officer_id": "anchor_id"}
    )
    both = rows.merge(other, on="person_id", suffixes=("", "_other"))
    both = both[both["officer_id"] != both["anchor_id"]]
    chance = _expected(rows, both, partners)
    apart = both[(both["start"] - both["start_other"]).abs() > occasion_hours * HOUR]
    size = apart.groupby(_PAIR)["person_id"].nunique().rename("size").reset_index()
    size = size[size["size"] >= min_shared].merge(chance, on=_PAIR)
    size["p"] = _upper_tail(size["size"].to_numpy(), size["expected"].to_numpy())
    n = asked["officer_id"].nunique()
    held = size[size["p"] * (n * (n - 1) / 2) <= level]
    columns = ["officer_id", "person_id", "tie", "start", "end", "anchor_id", "tie_other"]
    found: pd.DataFrame = apart[columns].merge(held, on=_PAIR)
    return found


def strongest(rows: pd.DataFrame, most: int) -> tuple[pd.DataFrame, int]:
    """The rows of the `most` pairs least explained by chance, and how many pairs are left out."""
    one = rows["officer_id"] < rows["anchor_id"]
    pairs = rows.loc[one, [*_PAIR, "p"]].drop_duplicates().sort_values(["p", *_PAIR])
    kept = pairs.head(most)[_PAIR]
    back = kept.rename(columns={"officer_id": "anchor_id", "anchor_id": "officer_id"})
    chosen: pd.DataFrame = rows.merge(pd.concat([kept, back]), on=_PAIR)
    return chosen, max(len(pairs) - most, 0)


def _placed(rows: pd.DataFrame, posted: pd.DataFrame) -> pd.DataFrame:
    """The rows with the unit of the officer when he first asked; "" where none is known."""
    rows = rows.reset_index(drop=True)
    if posted.empty:
        return rows.assign(unit="")
    at = rows[["officer_id", "start"]].assign(place=rows.index).merge(posted, on="officer_id")
    at = at[(at["start"] >= at["since"]) & (at["start"] < at["until"])]
    at = at.sort_values(["place", "since", "unit_id"]).drop_duplicates("place", keep="last")
    units = at.set_index("place")["unit_id"].reindex(rows.index)
    return rows.assign(unit=units.fillna(""))


def _expected(rows: pd.DataFrame, both: pd.DataFrame, partners: pd.DataFrame) -> pd.DataFrame:
    """officer_id, anchor_id, expected: persons that units, or serving together, would give."""
    cells = rows.groupby(["officer_id", "unit"]).size().rename("n").reset_index()
    joint = _crossed(partners, cells)
    of_partners = joint.groupby(["unit", "unit_other"])["ways"].sum().rename("less")
    pairs = both[_PAIR].drop_duplicates().merge(partners, on=_PAIR, how="left", indicator="with")
    pairs["with"] = pairs["with"] == "both"
    both = both.merge(pairs, on=_PAIR)
    rates = both[~both["with"]].groupby(["unit", "unit_other"]).size().rename("meetings")
    total = cells.groupby("unit")["n"].sum()
    squares = (cells["n"] ** 2).groupby(cells["unit"]).sum()
    known = rates.reset_index().merge(of_partners, on=["unit", "unit_other"], how="left")
    ways = known["unit"].map(total) * known["unit_other"].map(total)
    ways -= known["unit"].map(squares).where(known["unit"] == known["unit_other"], 0)
    known["rate"] = known["meetings"] / (ways - known["less"].fillna(0)).clip(lower=1)
    met = _crossed(pairs, cells)
    met = met.merge(known[["unit", "unit_other", "rate"]], on=["unit", "unit_other"], how="left")
    met["expected"] = met["ways"] * met["rate"].fillna(0)
    local = met.groupby(_PAIR)["expected"].sum()
    expected = pairs.merge(local.reset_index(), on=_PAIR)
    beyond = both["with"].sum() - expected.loc[expected["with"], "expected"].sum()
    per_duty = max(beyond, 0.0) / max(partners["duties"].sum(), 1)
    # A store gives a column without a value no type.
    expected["expected"] += per_duty * expected["duties"].astype("float64").fillna(0)
    found: pd.DataFrame = expected[[*_PAIR, "expected"]]
    return found


def _crossed(pairs: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """Pairs of officers with unit, unit_other and ways, the product of their numbers there."""
    made = pairs.merge(cells, on="officer_id")
    made = made.merge(
        cells.rename(columns={"officer_id": "whose"}),
        left_on="anchor_id",
        right_on="whose",
        suffixes=("", "_other"),
    )
    return made.assign(ways=made["n"] * made["n_other"])


def _upper_tail(
    seen: npt.NDArray[Any], expected: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """P(X >= seen) of a Poisson variable; 1 where no more was seen than is expected.

    The sum of its terms from `seen` on, each the last times λ/(k + 1): no cancellation.
    """
    if not len(seen):
        return np.zeros(0)
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, int(seen.max()) + 1)))])
    more = seen > expected
    rate = np.where(more & (expected > 0), expected, 1e-300)
    part = np.ones(len(seen))
    total = np.ones(len(seen))
    for step in range(1, 1000):
        part = part * rate / (seen + step)
        total += np.where(more, part, 0.0)
        if not (part[more] > 1e-12 * total[more]).any():
            break
    log_p = seen * np.log(rate) - rate - logs[seen.astype(int)] + np.log(total)
    tail: npt.NDArray[np.float64] = np.where(more, np.exp(np.minimum(log_p, 0.0)), 1.0)
    return tail


def find(
    store: GraphStore,
    ledger: Ledger,
    screening: Screening,
    inquiry: Inquiry,
    parameters: Mapping[str, Any],
) -> pd.DataFrame:
    """The look-ups of the shared persons, in the result schema; the hub is the other officer.

    `attrs["left_out"]` says how many pairs beyond the `most` strongest passed the test.
    """
    from linkgraph.graph.runner import judged

    rows = shared(
        store.rows(ASKED, {}),
        store.rows(POSTED, {}),
        store.rows(TOGETHER, {}),
        min_shared=int(parameters["min_shared"]),
        max_officers=int(parameters["max_officers"]),
        occasion_hours=float(parameters["occasion_hours"]),
        level=float(parameters["level"]),
    )
    if rows.empty:
        return pd.DataFrame()
    rows, over = strongest(rows, int(parameters["most"]))
    paths: Any = [
        [f"officer:{o}", f"LOOKED_UP:{a}", f"person:{p}", f"LOOKED_UP:{b}", f"officer:{n}"]
        for o, a, p, b, n in zip(
            rows["officer_id"],
            rows["tie"],
            rows["person_id"],
            rows["tie_other"],
            rows["anchor_id"],
            strict=True,
        )
    ]
    rows = rows.assign(
        requester_id=None,
        anchor_kind="officer",
        distance=1,
        tie_end=rows["end"] + 1,
        path=paths,
    )
    found = judged(HEADER.id, rows, ledger, screening, inquiry)
    if over:
        found.attrs["left_out"] = f"{over:,} more pairs of officers pass the test and are left out."
    return found
