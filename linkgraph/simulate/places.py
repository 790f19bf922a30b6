"""An invented city: districts, stations, roads and buildings.

The city does not exist, so that no invented misuse is pinned on a real station.
"""

from __future__ import annotations

CITY = "鯤海市"

_FIRST = "東西南北中新大永和安青龍金玉鹿石林水白竹"
_SECOND = "濱埔崙墘坑嶺灣洲寮原"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_ROADS = _words(
    "中山 中正 民生 民族 民權 復興 光復 建國 和平 信義 仁愛 忠孝 成功 自由 博愛 公園 文化 中華 "
    "大同 三民 延平 林森 新興 永福 東興 西門 南門 北門 海安 運河 車站 學府 長榮 健康 崇德 裕農"
)
_STATIONS = _words(
    "中山 民生 復興 光華 文昌 永福 長安 大同 和順 東門 西門 南門 北門 公園 海安 車站 學甲 新港 "
    "崇明 仁和 竹篙 安平 青年 後甲"
)
_BUILDINGS = _words(
    "帝景 綠園 海悅 君邸 御園 麗池 豐華 天廈 雲頂 世紀 花園 名門 富貴 東方 松濤 晶華"
)
_BUILDING_KINDS = ("大廈", "社區", "華廈")


def districts(n: int) -> list[str]:
    """`n` district names without the ending 區, all different."""
    pairs = [
        _FIRST[i % len(_FIRST)] + _SECOND[(i * 7 + i // len(_FIRST)) % len(_SECOND)]
        for i in range(200)
    ]
    return list(dict.fromkeys(pairs))[:n]


def stations(n: int, precinct: int) -> list[str]:
    """`n` station names of a precinct."""
    names = [_STATIONS[(precinct * 5 + i) % len(_STATIONS)] for i in range(min(n, len(_STATIONS)))]
    return names + [f"第{i + 1}" for i in range(len(names), n)]


ROADS = [
    f"{road}{kind}{section}"
    for road in _ROADS
    for kind, section in (("路", ""), ("路", "一段"), ("路", "二段"), ("街", ""))
]
BUILDINGS = [f"{name}{kind}" for name in _BUILDINGS for kind in _BUILDING_KINDS]
