"""Complaints about work in which all was in order."""

from __future__ import annotations

import numpy as np

from linkgraph.simulate import casework as cw
from linkgraph.simulate.drafts import (
    K_PERSON,
)
from linkgraph.simulate.lookalikes.parts import person_ref
from linkgraph.simulate.plan import DAY, HOUR, NEVER, NOBODY
from linkgraph.simulate.world import LookAlike, World

_WORDS = {
    "服務態度": "員警態度不佳,言語不耐",
    "執法過當": "盤查過程過久,認為無正當理由",
    "取締不公": "同路段他車違規未取締",
    "處理延遲": "報案後到場過慢",
    "個資疑慮": "質疑員警如何得知其姓名及住址",
    "恐嚇": "對方當事人自稱認識員警,心生畏懼",
}


def complaints(world: World, rng: np.random.Generator, n: int) -> None:
    """Most complaints follow a stop, an accident or a dispatch in which all was in order."""
    book, public, force, plan = world.book, world.public, world.force, world.plan
    columns = book.columns()
    case, kind, subject, _ = book.subjects()
    worker_case, worker, _ = book.officers()
    usual = np.flatnonzero(
        (kind == K_PERSON) & np.isin(columns["kind"][case], [cw.STOP, cw.TRAFFIC_CASE, cw.DISPATCH])
    )
    for row in usual[rng.integers(len(usual), size=n)].tolist():
        workers = worker[worker_case == case[row]]
        opened = int(columns["opened"][case[row]])
        at = opened + int(rng.integers(HOUR, 20 * DAY))
        if not len(workers) or at >= plan.end:
            continue
        person, officer = int(subject[row]), int(workers[0])
        vehicle = int(public.vehicle_of[person])
        named = rng.random() < 0.6
        about_vehicle = vehicle != NOBODY and columns["kind"][case[row]] != cw.DISPATCH
        kind_of = list(_WORDS)[int(rng.integers(len(_WORDS)))]
        complaint = world.serial("CP")
        world.begin_look_alike(
            LookAlike("innocent_complaint", officer, person_ref(world, person), complaint)
        )
        world.records.add(
            "complaints",
            1,
            complaint_id=complaint,
            at=np.array([at]),
            incident_at=np.array([opened // 300 * 300 if rng.random() < 0.8 else NEVER]),
            place=str(public.address_text[columns["place"][case[row]]]),
            complainant_id=str(public.person_id[person]),
            vehicle_id=str(public.vehicle_id[vehicle]) if about_vehicle else "",
            officer_id=str(force.officer_id[officer]) if named else "",
            kind=kind_of,
            text=_WORDS[kind_of],
        )
