"""An officer has many colleagues look up, one or two each, the debtors of his own business."""

from __future__ import annotations

import numpy as np

from linkgraph.simulate.drafts import CH_IN_PERSON, CH_INTERNAL, CH_SELF
from linkgraph.simulate.establishments import organisation_id, shop_name, street_address
from linkgraph.simulate.force import ADMIN, CHIEF, CRIMINAL, HOUSEHOLD, PERSON
from linkgraph.simulate.plan import DAY, NOBODY
from linkgraph.simulate.purposes import PROXY_PURPOSES
from linkgraph.simulate.scenarios.parts import look_up, moment, purpose
from linkgraph.simulate.world import Episode, World


def plant(world: World, rng: np.random.Generator) -> None:
    """Give somebody in the unit a business on the side, and let him ask around."""
    force, plan, houses, public = world.force, world.plan, world.establishments, world.public
    crowd = np.bincount(force.unit)[force.unit]
    eligible = np.flatnonzero(~np.isin(force.role, [CHIEF, ADMIN]) & (crowd >= 5))
    asker = world.choose(rng, eligible)
    unit, me = int(force.unit[asker]), int(force.person[asker])
    mates = force.of_unit(unit)
    mates = rng.permutation(mates[mates != asker])[: int(rng.integers(4, 9))]
    district = int(force.unit_district[unit])
    partner, *people = world.strangers(rng, district, int(rng.integers(8, 15)))
    world.befriend(rng, me, partner, "family" if rng.random() < 0.5 else "business")
    address = public.add_address(district, street_address(rng, force.districts[district]))
    firm = houses.found(shop_name(rng, "firm"), "firm", address, district)
    houses.give_role(firm, partner, "owner", plan.begin - 700 * DAY, certain=True)
    for person in people:
        since = plan.begin - int(rng.integers(0, 400)) * DAY
        if rng.random() < 0.7:
            houses.give_role(firm, person, "customer", since)
        if rng.random() < 0.4:
            world.befriend(rng, partner, person, "creditor")
    number = world.begin_episode(
        Episode(
            "spread",
            "",
            int(mates[0]),
            asker,
            hub=("organisation", organisation_id(firm)),
            other_hub=("person", str(public.person_id[partner])),
        )
    )
    for place, person in enumerate(people):
        mate = int(mates[place % len(mates)])
        at = moment(world, rng, mate, plan.begin + DAY, plan.end - DAY, on_duty=1.0)
        written = rng.random() < 0.25
        heard = f"{force.rank[asker]}{public.name[me]}" if written and rng.random() < 0.6 else ""
        channels = (CH_IN_PERSON, CH_INTERNAL)
        words = world.drafts.words.code(PROXY_PURPOSES[1]) if written else purpose(world, rng)
        look_up(
            world,
            rng,
            mate,
            person,
            at,
            ((CRIMINAL, 0.6), (HOUSEHOLD, 0.5), (PERSON, 0.4)),
            episode=number,
            words=words,
            channel=channels[int(rng.integers(2))] if written else CH_SELF,
            requester=asker if written and not heard else NOBODY,
            requester_text=world.drafts.words.code(heard),
        )
