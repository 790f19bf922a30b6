"""Claimed event: the purpose names an event of which there is no record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.model.tables import OPEN_END, OPEN_START
from linkgraph.screen.tables import DAY, NO_SUBJECT, ScreenTables, any_of, words_of

HEADER = Header(
    id="claimed_event",
    revision=1,
    role=Role.CONTEXT,
    title=Text("Claimed event without a record", "用途所稱事件查無紀錄"),
    statement=Text(
        "The purpose claims a theft, a warrant, an accident, a missing person or a report, but "
        "no case or alert of this kind concerns the subject around that time.",
        "查詢用途稱失竊、通緝、車禍、失蹤或報案，惟前後期間查無涉及該對象之同類案件或通報。",
    ),
    needs=("lookups.purpose", "cases", "case_subjects"),
    rationale=(
        "In case 1090102 the look-up for a colleague on leave was entered as a stolen vehicle "
        "that nobody had reported. A specific claim can be checked, a generic one cannot."
    ),
    source="Case 1090102 of the police ethics notice",
    innocent=(
        Text(
            "A patrol asks whether a vehicle is stolen, or a person wanted: it may not be.",
            "巡邏查察是否為失竊車輛或通緝人犯，結果本可能為否。",
        ),
        Text("The report was withdrawn, or taken by another agency.", "報案撤回或由他機關受理。"),
    ),
    parameters={
        "days": 7,
        "stolen": "失竊,贓車,贓物,竊車,stolen",
        "wanted": "通緝,wanted,warrant",
        "missing": "失蹤,協尋,missing",
        "accident": "車禍,肇事,交通事故,accident,collision",
        "report": "報案,受理,report",
        "theft_cases": "竊,贓,theft,stolen,burglary",
        "wanted_cases": "通緝,wanted,warrant",
        "missing_cases": "失蹤,協尋,missing",
        "accident_cases": "traffic,交通,車禍,事故,肇事,accident,collision",
    },
    prior=0.3,
    prior_reason="One of the four cases of the notice; a false reason must be some reason.",
    of_session=True,
)

_KINDS = ("stolen", "wanted", "missing", "accident", "report")
_ALERTS = ("stolen", "wanted", "missing")
_CASES = {
    "stolen": "theft_cases",
    "wanted": "wanted_cases",
    "missing": "missing_cases",
    "accident": "accident_cases",
}


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Measure 1; detail the event claimed (the first, where a purpose claims several).

    Claims that only alerts could bear out (`wanted`, `missing`) are checked only where alerts
    are loaded.
    """
    kinds = [k for k in _KINDS if k not in ("wanted", "missing") or tables.has("alerts")]
    words = {kind: words_of(parameters[kind]) for kind in kinds}
    claims = tables.lookups.select("lookup_key", "purpose")
    claims = claims.filter(any_of(claims.purpose, tuple(w for k in kinds for w in words[k])))
    claim = ibis.cases(
        *((any_of(claims.purpose, words[kind]), kind) for kind in kinds),
        else_=ibis.null("string"),
    )
    claims = claims.select("lookup_key", claim=claim)
    asked = tables.asked.filter(tables.asked.subject_key != NO_SUBJECT)
    rows = asked.select("lookup_key", "subject_key", "at").join(claims, "lookup_key")
    rows = tables.store("claims", rows)
    width = int(parameters["days"] * DAY)
    borne_out = _by_cases(tables, rows, parameters, width)
    if tables.has("alerts"):
        borne_out = ibis.union(borne_out, _by_alerts(tables, rows, width))
    hits = rows.select("lookup_key", "claim").distinct().anti_join(borne_out, "lookup_key")
    return hits.select("lookup_key", measure=ibis.literal(1.0), detail=hits.claim)


def _by_cases(tables: ScreenTables, rows: Any, parameters: Mapping[str, Any], width: int) -> Any:
    cases = tables.unit_cases
    what = ibis.coalesce(cases.kind, "") + " " + ibis.coalesce(cases.offence, "")
    cases = cases.select(
        "case_key",
        "opened_at",
        "closed_at",
        **{f"is_{kind}": any_of(what, words_of(parameters[p])) for kind, p in _CASES.items()},
    )
    involved = tables.involved.select("case_key", "subject_key", "start", "end")
    met = rows.join(involved, "subject_key").join(cases, "case_key")
    fits = met.claim == "report"
    for kind in _CASES:
        fits = fits | ((met.claim == kind) & met[f"is_{kind}"])
    closed = ibis.coalesce(met.closed_at, met.opened_at)
    met = met.filter(
        fits
        & (met.at >= met.opened_at - width)
        & (met.at < closed + width)
        & (met.at >= met.start)
        & (met.at < met.end)
    )
    return met.select("lookup_key")


def _by_alerts(tables: ScreenTables, rows: Any, width: int) -> Any:
    alerts = tables.table("alerts").select(
        "subject_key", "kind", alert_start=ibis._.start, alert_end=ibis._.end
    )
    alerts = alerts.filter(alerts.kind.isin(_ALERTS))
    direct = alerts.mutate(
        start=ibis.literal(OPEN_START, "int64"), end=ibis.literal(OPEN_END, "int64")
    )
    through = alerts.join(tables.owned, "subject_key").select(
        "kind", "alert_start", "alert_end", "start", "end", subject_key=ibis._.other_key
    )
    columns = ("subject_key", "kind", "alert_start", "alert_end", "start", "end")
    both = ibis.union(direct.select(*columns), through.select(*columns))
    met = rows.join(both, "subject_key")
    met = met.filter(
        ((met.claim == met.kind) | (met.claim == "report"))
        & (met.at >= met.alert_start - width)
        & (met.at < met.alert_end + width)
        & (met.at >= met.start)
        & (met.at < met.end)
    )
    return met.select("lookup_key")
