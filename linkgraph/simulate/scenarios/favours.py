"""Case 1090103: favours for friends, over years.

A long-serving officer looks people up for a friend, an adviser of his station, and prints the
answers; as chair of his building's committee he checks those who apply to be its guard; now
and then he does it on the mobile device on which a colleague is still logged in.
"""

from __future__ import annotations

import numpy as np

from linkgraph.simulate.drafts import CH_MOBILE, CH_SELF, K_PERSON
from linkgraph.simulate.establishments import organisation_id, shop_name, street_address
from linkgraph.simulate.force import BEAT, CRIMINAL, HOUSEHOLD, MOBILE, PATROL, PERSON
from linkgraph.simulate.plan import DAY, NOBODY
from linkgraph.simulate.purposes import GENERIC
from linkgraph.simulate.rosters import ACT_DESK, ACT_PATROL, ACT_STANDBY
from linkgraph.simulate.world import Episode, World


def plant(world: World, rng: np.random.Generator) -> None:
    """Choose the officer, his friend, his committee and his colleague, and let him oblige them."""
    force, plan, houses = world.force, world.plan, world.establishments
    eligible = np.flatnonzero(np.isin(force.role, [PATROL, BEAT]) & (force.moved_on == 0))
    veterans = eligible[np.argsort(force.joined[eligible], kind="stable")]
    veterans = veterans[: max(5, len(veterans) // 3)]
    at_home = world.public.building[world.public.household[force.person[veterans]]]
    in_building = veterans[at_home != NOBODY]
    officer = world.choose(rng, in_building if len(in_building) else veterans)
    unit = int(force.unit[officer])
    me = int(force.person[officer])
    district = int(force.unit_district[unit])
    friend, *asked_about = world.strangers(rng, district, int(rng.integers(7, 11)))
    applicants = world.strangers(rng, int(world.public.district[me]), int(rng.integers(5, 10)))

    world.befriend(rng, me, friend, "friend", certain=True)
    world.records.add(
        "unit_ties",
        1,
        unit_id=force.unit_id[unit],
        person_id=str(world.public.person_id[friend]),
        kind="adviser",
        start=np.array([plan.begin - int(rng.integers(300, 2500)) * DAY]),
    )
    address = world.public.add_address(district, street_address(rng, force.districts[district]))
    firm = houses.found(shop_name(rng, "firm"), "firm", address, district)
    houses.give_role(firm, friend, "owner", plan.begin - 1500 * DAY, certain=True)
    for person in asked_about:
        draw = rng.random()
        since = plan.begin - int(rng.integers(0, 300)) * DAY
        if draw < 0.45:
            houses.give_role(firm, person, "applicant" if draw < 0.25 else "employee", since)
        else:
            world.befriend(rng, friend, person, "creditor" if draw < 0.75 else "business")
    committee = _committee(world, rng, me)
    houses.give_role(
        committee, me, "chair", plan.begin - int(rng.integers(60, 600)) * DAY, certain=True
    )
    opens = plan.begin + int(rng.integers(3, max(4, plan.days - 25))) * DAY
    for person in applicants:
        applied = opens + int(rng.integers(0, 12)) * DAY
        houses.give_role(committee, person, "applicant", applied, applied + 45 * DAY)

    number = world.begin_episode(
        Episode(
            "favours",
            "1090103",
            officer,
            officer,
            hub=("organisation", organisation_id(committee)),
            other_hub=("person", str(world.public.person_id[friend])),
        )
    )
    for person in applicants:
        if rng.random() < 0.85:
            low = opens + DAY
            _oblige(world, rng, officer, person, number, low, low + 20 * DAY, print_share=0.2)
    for person in asked_about:
        for _ in range(int(rng.integers(1, 3))):
            low, high = plan.begin + DAY, plan.end - 2 * DAY
            _oblige(world, rng, officer, person, number, low, high, print_share=0.55)
    _on_colleagues_device(world, rng, officer, asked_about + applicants, number)


def _committee(world: World, rng: np.random.Generator, me: int) -> int:
    """The committee of the officer's building; one is founded where he lives in none."""
    public, houses = world.public, world.establishments
    home = int(public.household[me])
    building = int(public.building[home])
    known = houses.committee_of.get(building)
    if building != NOBODY and known is not None:
        for i, org in enumerate(houses.org):  # a committee has one chair
            if org == known and houses.role[i] == "chair":
                houses.role[i] = "member"
        return known
    district = int(public.district[me])
    name = f"{public.address_text[home].split('號')[0][-6:]}號社區管理委員會"
    org = houses.found(name, "building committee", home, district)
    for member in world.strangers(rng, district, 3):
        houses.give_role(org, member, "member", world.plan.begin - 300 * DAY)
    return org


def _oblige(
    world: World,
    rng: np.random.Generator,
    officer: int,
    person: int,
    number: int,
    low: int,
    high: int,
    *,
    print_share: float,
) -> None:
    high = min(high, world.plan.end - 3600)
    at = world.on_duty(rng, officer, min(low, high - DAY), high, ACT_DESK, ACT_STANDBY)
    purpose = world.drafts.words.code(GENERIC[int(rng.integers(4))]) if rng.random() < 0.9 else 0
    printed = int(rng.random() < print_share)
    for system, share in ((CRIMINAL, 0.8), (HOUSEHOLD, 0.45), (PERSON, 0.25)):
        if rng.random() < share:
            world.drafts.add(
                1,
                at=at,
                officer=officer,
                system=system,
                kind=K_PERSON,
                subject=person,
                purpose=purpose,
                channel=CH_SELF,
                output=printed,
                episode=number,
            )
            at += int(rng.integers(40, 300))


def _on_colleagues_device(
    world: World, rng: np.random.Generator, officer: int, people: list[int], number: int
) -> None:
    """A colleague's device lies open in the station: the log names the colleague."""
    force, plan = world.force, world.plan
    mates = force.of_unit(int(force.unit[officer]))
    mates = mates[(mates != officer) & np.isin(force.role[mates], [PATROL, BEAT])]
    if not len(mates):
        return
    mate = world.choose(rng, mates)
    at = world.on_duty(rng, mate, plan.begin, plan.end - DAY, ACT_STANDBY, ACT_PATROL)
    for i in rng.choice(len(people), int(rng.integers(2, 5)), replace=False).tolist():
        world.drafts.add(
            1,
            at=at,
            officer=mate,
            system=MOBILE,
            kind=K_PERSON,
            subject=people[i],
            purpose=world.drafts.words.code("巡邏盤查" if rng.random() < 0.4 else GENERIC[0]),
            channel=CH_MOBILE,
            episode=number,
        )
        at += int(rng.integers(40, 200))
