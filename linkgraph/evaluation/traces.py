"""Which traces the records have of an episode, decided from the tables alone.

`tie`: somebody looked up is tied to the holder or to whoever asked, in at most two steps, or has
a role where one of them or an acquaintance has one.  `hub`: three of the people looked up are
tied to one person, house or address.  `colleague`: somebody looked up is an officer.
`repeat`: one person on two days or more, three times or more, by one account.  `complaint`:
somebody looked up complained within sixty days.  `self_report`.  `proxy`: the log names a
requester or a calling number.  `wave`: ten officers of three units within seven days.
`rights`: a system beyond the role.  `case`: a cited case that does not name the subject.

An episode without any of them cannot be told from proper work by anybody who has these tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from linkgraph.evaluation.judge import Truth
from linkgraph.leads.pairs import Pairs, memtable

if TYPE_CHECKING:
    from linkgraph.ledger import Ledger

TIES = frozenset({"tie", "hub", "colleague"})
"""Traces of whom the look-ups were about."""
DAY = 86_400_000_000
HUB_PEOPLE = 3
COMPLAINT_DAYS = 60
WAVE_OFFICERS, WAVE_UNITS, WAVE_DAYS = 10, 3, 7
Adjacent = Mapping[int, frozenset[int]]


def traces(ledger: Ledger, pairs: Pairs, truth: Truth) -> dict[str, tuple[str, ...]]:
    """Episode -> names of its traces, sorted.  Cost: one pass over the private tables."""
    found: dict[str, set[str]] = {id_: set() for id_ in truth.episodes}
    if not found:
        return {}
    log = _log(ledger, truth)
    asked = _asked(pairs, log)
    persons = _persons_of_officers(ledger)
    known = _Known.of(ledger)
    own = _own_persons(log, truth, persons)
    of_force = set(persons.values())
    for episode, rows in asked.groupby("episode_id"):
        id_, people = str(episode), set(rows["target_key"])
        circle = known.circle(own[id_])
        if people & circle - own[id_]:
            found[id_].add("tie")
        if people & (of_force - own[id_]):
            found[id_].add("colleague")
        if known.common(people) >= HUB_PEOPLE:
            found[id_].add("hub")
        days = rows.assign(day=rows["at"] // DAY).groupby(["officer_key", "target_key"])["day"]
        if ((days.nunique() >= 2) & (days.size() >= 3)).any():
            found[id_].add("repeat")
    for name, episodes in (
        ("complaint", _complained(ledger, asked)),
        ("self_report", _reported(ledger, log)),
        ("proxy", _by_proxy(log)),
        ("wave", _waves(pairs, asked)),
        ("rights", _beyond_role(ledger, log)),
        ("case", _mismatched(ledger, log)),
    ):
        for id_ in episodes:
            found[id_].add(name)
    return {id_: tuple(sorted(names)) for id_, names in found.items()}


@dataclass(frozen=True)
class _Known:
    """Ties between persons (households included), and roles by person and by house."""

    ties: Adjacent
    roles: Adjacent
    staff: Adjacent
    homes: Adjacent

    @classmethod
    def of(cls, ledger: Ledger) -> _Known:
        pairs = _frame(ledger, "associations", "person_a_key", "person_b_key")
        homes = _frame(ledger, "residences", "person_key", "address_key")
        roles = _frame(ledger, "organisation_roles", "person_key", "organisation_key")
        both = [*pairs.itertuples(index=False, name=None)]
        both += [(b, a) for a, b in both]
        return cls(
            _adjacent(both),
            _adjacent(roles.itertuples(index=False, name=None)),
            _adjacent((o, p) for p, o in roles.itertuples(index=False, name=None)),
            _adjacent(
                [
                    *homes.itertuples(index=False, name=None),
                    *((a, p) for p, a in homes.itertuples(index=False, name=None)),
                ]
            ),
        )

    def around(self, person: int) -> set[int]:
        """Who is tied to a person or lives with him."""
        near = set(self.ties.get(person, ()))
        for home in self.homes.get(person, ()):
            near |= self.homes.get(home, frozenset())
        return near - {person}

    def circle(self, people: Iterable[int]) -> set[int]:
        """Everybody within two steps, or in a house where one of the first step has a role."""
        own = set(people)
        first = own | {other for person in own for other in self.around(person)}
        second = {other for person in first for other in self.around(person)}
        houses = {house for person in first for house in self.roles.get(person, ())}
        return first | second | {p for house in houses for p in self.staff.get(house, ())}

    def common(self, people: Iterable[int]) -> int:
        """The most of these people who are tied to one person, house or address."""
        counts: dict[int, int] = {}
        for person in people:
            near = self.ties.get(person, frozenset()) | self.roles.get(person, frozenset())
            for node in near | self.homes.get(person, frozenset()):
                counts[node] = counts.get(node, 0) + 1
        return max(counts.values(), default=0)


def _adjacent(edges: Iterable[tuple[int, int]]) -> Adjacent:
    made: dict[int, set[int]] = {}
    for a, b in edges:
        made.setdefault(a, set()).add(b)
    return {node: frozenset(others) for node, others in made.items()}


def _frame(ledger: Ledger, table: str, *columns: str) -> pd.DataFrame:
    rows = ledger.table(table).select(*columns).distinct().to_pandas().dropna()
    frame: pd.DataFrame = rows.astype("int64")
    return frame


def _log(ledger: Ledger, truth: Truth) -> pd.DataFrame:
    """The log's rows of all misuse, with the episode of each."""
    marked = pd.DataFrame(
        [(id_, row["episode_id"]) for id_, row in truth.misuse.items()],
        columns=["lookup_id", "episode_id"],
    )
    lookups = ledger.table("lookups")
    frame: pd.DataFrame = lookups.join(memtable(marked), "lookup_id").to_pandas()
    return frame


def _asked(pairs: Pairs, log: pd.DataFrame) -> pd.DataFrame:
    """lookup_key, officer_key, target_key, at, episode_id: persons behind all misuse."""
    wanted = log[["lookup_key", "episode_id"]]
    rows = pairs.asked.join(memtable(wanted), "lookup_key")
    frame = rows.select("lookup_key", "officer_key", "target_key", "at", "episode_id").to_pandas()
    frame = frame.dropna()
    keys = ["lookup_key", "officer_key", "target_key", "at"]
    made: pd.DataFrame = frame.astype(dict.fromkeys(keys, "int64"))
    return made


def _persons_of_officers(ledger: Ledger) -> dict[str, int]:
    rows = ledger.table("officers").select("officer_id", "person_key").to_pandas().dropna()
    return dict(zip(rows["officer_id"], rows["person_key"].astype("int64"), strict=True))


def _own_persons(
    log: pd.DataFrame, truth: Truth, persons: Mapping[str, int]
) -> dict[str, set[int]]:
    """Episode -> the persons who held the accounts or asked."""
    found: dict[str, set[int]] = {id_: set() for id_ in truth.episodes}
    for id_, holder in zip(log["episode_id"], log["officer_id"], strict=True):
        found[id_].add(persons.get(holder, -1))
    for id_, row in truth.episodes.items():
        found[id_].add(persons.get(row["requester_id"], -1))
        found[id_].discard(-1)
    return found


def _complained(ledger: Ledger, asked: pd.DataFrame) -> set[str]:
    complaints = ledger.table("complaints").select("complainant_key", "at").to_pandas().dropna()
    met = asked.merge(complaints, left_on="target_key", right_on="complainant_key")
    after = met["at_y"] - met["at_x"]
    return set(met.loc[(after >= 0) & (after <= COMPLAINT_DAYS * DAY), "episode_id"])


def _reported(ledger: Ledger, log: pd.DataFrame) -> set[str]:
    told = set(ledger.table("self_reports").select("lookup_id").to_pandas()["lookup_id"].dropna())
    return set(log.loc[log["lookup_id"].isin(told), "episode_id"])


def _by_proxy(log: pd.DataFrame) -> set[str]:
    names = ["requester_id", "requester_text", "requester_unit_id", "caller_phone_id"]
    return set(log.loc[log[names].notna().any(axis=1), "episode_id"])


def _waves(pairs: Pairs, asked: pd.DataFrame) -> set[str]:
    targets = asked[["target_key"]].drop_duplicates()
    rows = pairs.asked.join(memtable(targets), "target_key")
    frame = rows.select("target_key", "officer_key", "at").to_pandas().dropna()
    frame = frame.merge(pairs.officers[["officer_key", "unit_key"]], on="officer_key")
    waves = set()
    for target, part in frame.groupby("target_key"):
        if part["officer_key"].nunique() < WAVE_OFFICERS:
            continue
        for at in part["at"]:
            near = part[(part["at"] >= at) & (part["at"] < at + WAVE_DAYS * DAY)]
            if (
                near["officer_key"].nunique() >= WAVE_OFFICERS
                and near["unit_key"].nunique() >= WAVE_UNITS
            ):
                waves.add(target)
                break
    return set(asked.loc[asked["target_key"].isin(waves), "episode_id"])


def _beyond_role(ledger: Ledger, log: pd.DataFrame) -> set[str]:
    allowed = ledger.table("role_rights").select("role", "system").to_pandas()
    if allowed.empty:
        return set()
    postings = ledger.table("postings")
    posts = postings.select("officer_key", "role", "start", "end").to_pandas()
    asked = log.loc[log["system"].notna(), ["episode_id", "officer_key", "system", "at"]]
    met = asked.merge(posts, on="officer_key")
    met = met[(met["at"] >= met["start"]) & (met["at"] < met["end"])]
    met = met.merge(allowed, on=["role", "system"], how="left", indicator=True)
    return set(met.loc[met["_merge"] == "left_only", "episode_id"])


def _mismatched(ledger: Ledger, log: pd.DataFrame) -> set[str]:
    """Episodes with a cited case that names other subjects, and not this one or its owner."""
    cited: Any = log[log["case_key"].notna()][["episode_id", "case_key", "subject_key"]]
    if cited.empty:
        return set()
    subjects = ledger.table("case_subjects").select("case_key", "subject_key")
    wanted = cited[["case_key"]].drop_duplicates().astype("int64")
    named = subjects.join(memtable(wanted), "case_key").to_pandas().astype("int64")
    owners = ledger.table("vehicle_owners").select("vehicle_key", "person_key").to_pandas()
    of_owner = named.merge(owners, left_on="subject_key", right_on="person_key")
    of_owner = of_owner[["case_key", "vehicle_key"]].rename(columns={"vehicle_key": "subject_key"})
    fits = pd.concat([named, of_owner]).drop_duplicates()
    cited = cited.astype({"case_key": "int64"}).merge(
        fits, on=["case_key", "subject_key"], how="left", indicator=True
    )
    has_subjects = cited["case_key"].isin(named["case_key"])
    return set(cited.loc[(cited["_merge"] == "left_only") & has_subjects, "episode_id"])
