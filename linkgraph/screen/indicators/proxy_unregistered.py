"""Proxy without register: made for somebody else, and not registered or not approved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from linkgraph.analyses.header import Header, Role, Text
from linkgraph.screen.proxies import proxies, registrations
from linkgraph.screen.tables import ScreenTables

HEADER = Header(
    id="proxy_unregistered",
    revision=1,
    role=Role.CONTEXT,
    title=Text("Proxy look-up not registered or approved", "代查未登記或未經核准"),
    statement=Text(
        "The look-up was made for somebody else, and the proxy register holds no entry for it, "
        "or none that was approved.",
        "該筆查詢係代他人所為，惟代查登記簿查無對應紀錄，或未經核准。",
    ),
    needs=(
        "proxy_register",
        "lookups.requester_id|lookups.requester_text|lookups.channel|lookups.caller_phone_id",
    ),
    rationale=(
        "Requester and reason of a proxy must be recorded and a supervisor must consent; a "
        "favour is not entered."
    ),
    source="Countermeasures of the police ethics notice; cases 1090102 and 1090104",
    innocent=(
        Text("Urgent work on the road, entered late or never.", "線上緊急勤務，事後漏未登記。"),
        Text("The station keeps its register on paper.", "單位登記簿為紙本，未匯入系統。"),
    ),
    parameters={"hours": 24},
    prior=0.4,
    prior_reason="Two of the four cases of the notice were unregistered proxies.",
    of_session=True,
)


def find(tables: ScreenTables, parameters: Mapping[str, Any]) -> Any:
    """Measure 1; detail `unregistered` or `unapproved`; requester_key as the log names him."""
    asked = proxies(tables)
    entries = registrations(tables, asked, parameters["hours"])
    rows = asked.left_join(entries, "lookup_key").drop("lookup_key_right")
    approved = rows.approved.fill_null(False) | rows.approved_by_key.notnull()
    hits = rows.filter(rows.approved.isnull() | ~approved)
    return hits.select(
        "lookup_key",
        measure=ibis.literal(1.0),
        requester_key=hits.asked_key,
        detail=hits.approved.isnull().ifelse("unregistered", "unapproved"),
    )
