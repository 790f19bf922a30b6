"""Repeated: the same subject again and again on several days, with no case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.tables import ScreenTables

HEADER = Header(
    id="repeated",
    revision=3,
    role=Role.FINDING,
    title=Text("Repeated without a case", "無案件而重複查詢"),
    statement=Text(
        "The officer looked the same person or thing up three times or more, on two days or "
        "more, without any work that explains it.",
        "員警於二日以上、三次以上查詢同一對象，且均無公務紀錄可資說明。",
    ),
    needs=("lookups",),
    rationale=(
        "Interest in one person that outlasts a day, and leaves no case, is what stalking and "
        "favours look like; a relative's look-ups were 97 over two years once somebody looked."
    ),
    source="New Zealand IPCA 17-2333; unusual subject in spot checks (異常對象)",
    innocent=(
        Text(
            "Someone whom the police meet again and again, or a place under watch.",
            "員警屢次處理之人，或列管對象之例行查察。",
        ),
        Text(
            "A case at another unit, or work that the tables loaded do not hold.",
            "他單位案件，或未載入資料表之業務。",
        ),
        Text(
            "A vehicle that stands on the patrol's route every day.", "巡邏路線上經常停放之車輛。"
        ),
    ),
    parameters={"lookups": 3, "days": 2},
    prior=1 / 64,
    prior_reason="Documented share of known misuse that comes to light by repeats alone.",
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Measure: days with unexplained look-ups of the same subject, or of the vehicle's owner.

    Days and not look-ups: one person in four systems within minutes is one time, which other
    indicators see.
    """
    rows = tables.about.semi_join(tables.unrecorded, ["lookup_key", "subject_key"])
    rows = rows.select("lookup_key", "officer_key", "about_key", "day")
    # Rare first: only subjects met often enough need their days counted.
    often = rows.group_by("officer_key", "about_key").aggregate(n=rows.lookup_key.nunique())
    often = often.filter(often.n >= parameters["lookups"])
    rows = rows.join(often, ["officer_key", "about_key"])
    spread = rows.group_by("officer_key", "about_key").aggregate(days=rows.day.nunique())
    spread = spread.filter(spread.days >= parameters["days"])
    hits = rows.join(spread, ["officer_key", "about_key"])
    hits = hits.group_by("lookup_key").aggregate(days=hits.days.max())
    return hits.select("lookup_key", measure=hits.days.cast("float64"))
