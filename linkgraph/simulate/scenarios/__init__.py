"""The four cases of the ethics notice, each as a story with details left to chance."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from linkgraph.simulate.scenarios import call, den, favours, quarrel
from linkgraph.simulate.world import World

SCENARIOS: dict[str, Callable[[World, np.random.Generator], None]] = {
    "den": den.plant,
    "quarrel": quarrel.plant,
    "favours": favours.plant,
    "call": call.plant,
}


def plant(world: World) -> None:
    """Plant each case once, and more of them as the plan's misuse rate says."""
    plan = world.plan
    for name, scenario in SCENARIOS.items():
        scenario(world, plan.stream(f"planted {name}"))
    rng = plan.stream("more misuse")
    more = max(0, round(plan.officers * plan.months * plan.misuse_rate) - len(SCENARIOS))
    names = list(SCENARIOS)
    for number in range(more):
        name = names[int(rng.choice(len(names), p=[0.2, 0.25, 0.4, 0.15]))]
        SCENARIOS[name](world, plan.stream(f"{name} {number}"))
