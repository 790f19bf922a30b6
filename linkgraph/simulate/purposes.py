"""The purposes that officers type, specific and generic."""

from __future__ import annotations

import numpy as np

from linkgraph.simulate import casework as cw
from linkgraph.simulate.plan import Ints
from linkgraph.simulate.world import World

GENERIC = ("偵辦刑案", "公務查詢", "公務", "勤務需要", "業務需要")
PURPOSES: dict[int, tuple[str, ...]] = {
    cw.INVESTIGATION: ("偵辦竊盜案", "偵辦詐欺案", "偵辦毒品案", "清查共犯", "通知到案"),
    cw.DISPATCH: ("處理110報案", "到場處理糾紛", "受理家暴案件"),
    cw.STOP: ("攔查盤查", "交通稽查", "取締酒駕", "疑似贓車查證"),
    cw.TRAFFIC_CASE: ("處理交通事故", "事故當事人查證"),
    cw.REPORT: ("受理報案", "失竊車輛協尋", "民眾報失竊車輛查證", "受理民眾報案查證"),
    cw.INSPECTION: ("臨檢", "場所臨檢人員查證"),
}
PATROL_PURPOSES = ("巡邏盤查", "路邊車輛查證", "巡邏查贓", "守望勤務")
DESK_PURPOSES = ("為民服務", "拾得物招領", "受理民眾查詢", "協助尋找車主移車", "受理戶口查察")
VISIT_PURPOSES = ("勤區查察", "家戶訪查", "治安顧慮人口查訪")
PROXY_PURPOSES = ("代查車籍", "代查身分", "線上警員請求查證", "失竊車輛協尋")


def typed(
    world: World, rng: np.random.Generator, n: int, words: tuple[str, ...], generic: float
) -> Ints:
    """`n` purposes as officers type them: own words, a `generic` share, one in fifty nothing."""
    own, plain = world.drafts.words.codes(words), world.drafts.words.codes(GENERIC)
    own_chosen = own[rng.integers(len(own), size=n)]
    plain_chosen = plain[(rng.random(n) ** 2 * len(plain)).astype(int)]
    made = np.where(rng.random(n) < generic, plain_chosen, own_chosen)
    return np.where(rng.random(n) < 0.02, 0, made)
