"""The parts of the method, each of which can be left out to see what it brings.

Leads are always made with every part.  An evaluation leaves out one at a time and compares
(the ablation table of docs/method.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from linkgraph.leads.assignment import Taken
from linkgraph.leads.findings import Finding
from linkgraph.leads.sets import Candidate

FIXED_U = 0.05
"""u of every indicator where it is not measured: what one would guess without counting."""


@dataclass(frozen=True)
class Method:
    """Which parts take part.

    `all_hits`: every hit of a set counts; else the strongest alone.  `search_charge`: what was
    searched is charged for.  `shared_work`: hits of shared work count as one.  `context`:
    indicators count on the pairs of a set.  `measured_u`: u is measured; else it is 5 % for
    every indicator.  `several_per_officer`: an officer may have several leads; else his best.
    """

    all_hits: bool = True
    search_charge: bool = True
    shared_work: bool = True
    context: bool = True
    measured_u: bool = True
    several_per_officer: bool = True

    def sets(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Candidate sets as this method weighs them."""
        made = list(candidates)
        if not self.all_hits:
            made = [
                replace(c, hits=(min(c.hits, key=lambda hit: (-hit.weight, hit.person_key)),))
                for c in made
            ]
        if not self.search_charge:
            made = [replace(c, searched=1) for c in made]
        return made

    def findings(self, findings: Sequence[Finding]) -> list[Finding]:
        """Findings as this method weighs them."""
        if self.search_charge:
            return list(findings)
        return [replace(finding, pairs_searched=1) for finding in findings]

    def shares(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Rows of `Comparison.share` with u as this method knows it."""
        return rows if self.measured_u else rows.assign(u=FIXED_U)

    def kept(self, taken: Sequence[Taken]) -> list[Taken]:
        """The leads that stay, in their order."""
        if self.several_per_officer:
            return list(taken)
        first: dict[str, Taken] = {}
        for item in taken:
            first.setdefault(item.source.officer_id, item)
        return list(first.values())


WHOLE = Method()
ABLATIONS: dict[str, Method] = {
    "one hit counts": Method(all_hits=False),
    "no search charge": Method(search_charge=False),
    "no shared-work rule": Method(shared_work=False),
    "no context": Method(context=False),
    "one lead per officer": Method(several_per_officer=False),
    "fixed u": Method(measured_u=False),
}
