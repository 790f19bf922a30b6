"""Case 1090104: an impostor rings an internal line, names a neighbouring station, wants two plates.

The desk officer reads out the owners, later has doubts, and reports himself.
"""

from __future__ import annotations

import numpy as np

from linkgraph.simulate.drafts import CH_INTERNAL, K_VEHICLE
from linkgraph.simulate.force import VEHICLE
from linkgraph.simulate.identifiers import given_names, mobile_numbers, surnames
from linkgraph.simulate.plan import DAY, HOUR, NOBODY
from linkgraph.simulate.world import Episode, World

_RANKS = ("巡佐", "警員", "副所長")


def plant(world: World, rng: np.random.Generator) -> None:
    """Ring a station on an afternoon and get an answer."""
    force, public, plan = world.force, world.public, world.plan
    stations = [i for i, kind in enumerate(force.unit_kind) if kind == "station"]
    for _ in range(200):
        unit = stations[int(rng.integers(len(stations)))]
        day = int(rng.integers(1, plan.days - 2))
        at = plan.begin + day * DAY + 14 * HOUR + int(rng.integers(60, 2 * HOUR - 900))
        officer = int(world.roster.at_desk(np.array([unit]), np.array([at]))[0])
        if officer != NOBODY and officer not in world.taken:
            break
    else:
        return
    world.taken.add(officer)
    others = [s for s in stations if s != unit] or stations
    near = [s for s in others if force.unit_district[s] == force.unit_district[unit]] or others
    claimed = near[int(rng.integers(len(near)))]
    number = str(mobile_numbers(rng, 1)[0])
    words = world.drafts.words
    name = str(surnames(rng, 1)[0])
    given = str(given_names(rng, np.array([False]))[0]) if rng.random() < 0.5 else "○○"
    rank = _RANKS[int(rng.integers(len(_RANKS)))]
    text = f"{force.unit_name[claimed].split('分局')[-1]}{rank}{name}{given}"
    episode = world.begin_episode(
        Episode("call", "1090104", officer, hub=("unit", force.unit_id[claimed]), outsider=True)
    )
    world.records.add(
        "internal_calls",
        1,
        from_phone_id=number,
        to_phone_id=force.unit_phones[unit][0],
        at=np.array([at]),
        seconds=int(rng.integers(150, 400)),
    )
    district = np.full(2, force.unit_district[unit])
    moment = at + int(rng.integers(40, 100))
    pretext = ("代查車籍", "鄰所請求代查車籍")[int(rng.integers(2))]
    references = []
    for vehicle in public.parked(rng, district).tolist():
        references.append(
            world.drafts.add(
                1,
                at=moment,
                officer=officer,
                system=VEHICLE,
                kind=K_VEHICLE,
                subject=vehicle,
                purpose=words.code(pretext),
                requester_text=words.code(text),
                requester_unit=claimed,
                channel=CH_INTERNAL,
                caller=words.code(number),
                episode=episode,
            )
        )
        moment += int(rng.integers(40, 150))
    reported = min(moment + int(rng.integers(1 * HOUR, 30 * HOUR)), plan.end - 60)
    first = np.concatenate(references)[:1]
    world.pending.append(
        lambda id_of: world.records.add(
            "self_reports",
            1,
            officer_id=str(force.officer_id[officer]),
            at=np.array([reported]),
            lookup_id=id_of(first),
            text="接獲自稱鄰所員警來電代查兩筆車籍,事後查證對方並無此人,自行報告",
        )
    )
