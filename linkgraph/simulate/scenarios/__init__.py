"""Misuse as it happens: each scenario is a story in a file, with details left to chance."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from linkgraph.simulate.scenarios import (
    after_transfer,
    call,
    celebrity,
    den,
    favours,
    former_partner,
    plates_sold,
    quarrel,
    retired,
    spread,
    superior,
    tenants,
    tip_off,
)
from linkgraph.simulate.world import World

Story = Callable[[World, np.random.Generator], None]

NOTICE: dict[str, tuple[Story, float]] = {
    "den": (den.plant, 0.2),
    "quarrel": (quarrel.plant, 0.25),
    "favours": (favours.plant, 0.4),
    "call": (call.plant, 0.15),
}
"""The four cases of the ethics notice, and how often each is repeated."""
SCENARIOS: dict[str, tuple[Story, float]] = {
    "den": (den.plant, 0.05),
    "quarrel": (quarrel.plant, 0.12),
    "favours": (favours.plant, 0.12),
    "call": (call.plant, 0.08),
    "former_partner": (former_partner.plant, 0.13),
    "plates_sold": (plates_sold.plant, 0.09),
    "celebrity": (celebrity.plant, 0.04),
    "superior": (superior.plant, 0.06),
    "retired": (retired.plant, 0.06),
    "spread": (spread.plant, 0.06),
    "tip_off": (tip_off.plant, 0.09),
    "tenants": (tenants.plant, 0.06),
    "after_transfer": (after_transfer.plant, 0.04),
}
"""Every scenario, and which share of the episodes it is where a rate is asked for.

The shares are judgements from the notice, court reports and audits elsewhere (a relative or a
former partner, a favour, a quarrel and a false call are what is found most often).
"""
MOST_ATTEMPTS = 20_000


def plant(world: World) -> None:
    """Plant what the plan asks for: the notice's cases, or misuse of all kinds up to its rate."""
    if world.plan.rate is None:
        _notice(world)
    else:
        _up_to(world, world.plan.rate * world.plan.volume)


def _notice(world: World) -> None:
    plan = world.plan
    for name, (story, _) in NOTICE.items():
        story(world, plan.stream(f"planted {name}"))
    rng = plan.stream("more misuse")
    more = max(0, round(plan.officers * plan.months * plan.misuse_rate) - len(NOTICE))
    for number in range(more):
        name = _draw(rng, NOTICE)
        NOTICE[name][0](world, plan.stream(f"{name} {number}"))


def _up_to(world: World, lookups: float) -> None:
    """Episodes until they have so many look-ups; the last is kept whole."""
    world.sure = False
    rng = world.plan.stream("misuse")
    for number in range(MOST_ATTEMPTS):
        if world.drafts.misuse >= lookups:
            return
        name = _draw(rng, SCENARIOS)
        SCENARIOS[name][0](world, world.plan.stream(f"{name} {number}"))


def _draw(rng: np.random.Generator, stories: dict[str, tuple[Story, float]]) -> str:
    return str(rng.choice(list(stories), p=[share for _, share in stories.values()]))
