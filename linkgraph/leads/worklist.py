"""Worklist: proxy look-ups (代查) that contradict a record, worst first, one line why.

What a contradiction weighs is measured: log2(1/u), u the share of the period's proxies that
show it (upper 95 % Jeffreys bound).  Where two proxies in three are unregistered, being
unregistered says little; a requester whom nobody knows says much.  Look-ups of one agent for
one requester within a quarter of an hour are one call.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import ibis
import pandas as pd

from linkgraph.leads.jeffreys import upper_bound
from linkgraph.leads.lead import Bilingual, Fact, iso
from linkgraph.leads.phrases import joined, phrase
from linkgraph.leads.records import text_or_none
from linkgraph.leads.workitem import missing, month_of
from linkgraph.screen.indicators.proxy_contradicted import CONTRADICTIONS

if TYPE_CHECKING:
    from linkgraph.ledger import Ledger
    from linkgraph.screen import Screening

MINUTE = 60_000_000
CALL = 15 * MINUTE
LINES = ("internal_line", "outside_line")
SEVERAL = "two_within_minutes"
COMPARED = ("proxy_register", "duties", "postings", "units", "unit_phones", "internal_calls")


@dataclass(frozen=True)
class ProxyItem:
    """One call: an agent, who asked as far as known, and what contradicts a record.

    `weight` is the sum of log2(1/u) over the contradictions: an order of work, no more.
    """

    rank: int
    officer_id: str
    requester_id: str | None
    requester_text: str | None
    lookup_ids: tuple[str, ...]
    subjects: tuple[tuple[str, str], ...]
    first_at: int
    weight: float
    contradictions: tuple[Fact, ...]
    mitigating: tuple[Fact, ...]
    line: Bilingual
    timezone: str

    def to_json(self) -> dict[str, Any]:
        """Plain data; times ISO 8601 with the offset of the ledger's zone."""
        return {
            "rank": self.rank,
            "officer_id": self.officer_id,
            "requester_id": self.requester_id,
            "requester_text": self.requester_text,
            "lookup_ids": list(self.lookup_ids),
            "subjects": [{"kind": kind, "id": id_} for kind, id_ in self.subjects],
            "first_at": iso(self.first_at, ZoneInfo(self.timezone)),
            "weight": self.weight,
            "contradictions": [_plain(fact) for fact in self.contradictions],
            "mitigating": [_plain(fact) for fact in self.mitigating],
            "line": dict(self.line),
        }


@dataclass(frozen=True)
class Worklist(Sequence[ProxyItem]):
    """Items, worst first; `proxies` is how many proxy look-ups the month (or the log) has.

    `missing` says which records were not loaded and could not be compared.
    """

    items: tuple[ProxyItem, ...]
    proxies: int
    missing: tuple[Fact, ...]

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, index: Any) -> Any:
        return self.items[index]

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "items": [item.to_json() for item in self.items],
            "proxies": self.proxies,
            "missing": [_plain(fact) for fact in self.missing],
        }


def worklist_proxy(ledger: Ledger, screening: Screening, *, month: str | None = None) -> Worklist:
    """Proxies that contradict a record, of one local month (`YYYY-MM`) or of all.

    u is measured over all proxies loaded, whatever the month.  An empty list with nothing
    missing means that no proxy contradicts anything.  Raises UsageError for a bad month.
    """
    start, end = month_of(month)
    proxies = _proxies(ledger, screening)
    shown = _contradictions(proxies, _indicators(screening))
    weights = _weights(shown, proxies)
    shown = shown[(shown["at_local"] >= start) & (shown["at_local"] < end)]
    around = _mitigating(screening, shown)
    made = [
        _item(part, weights, around, ledger.timezone)
        for _, part in shown.groupby("call", sort=True)
    ]
    made.sort(key=lambda item: (-item.weight, item.first_at, item.lookup_ids))
    items = tuple(ProxyItem(**{**vars(item), "rank": rank}) for rank, item in enumerate(made, 1))
    of = proxies[(proxies["at_local"] >= start) & (proxies["at_local"] < end)]
    return Worklist(items, len(of), missing(ledger, COMPARED))


def _proxies(ledger: Ledger, screening: Screening) -> pd.DataFrame:
    """Look-ups made for somebody else: a requester is named, or they came by phone."""
    raw = ledger.table("lookups").select(
        "lookup_key",
        "officer_id",
        "requester_id",
        "requester_text",
        "requester_unit_id",
        "caller_phone_id",
        "channel",
        "subject_kind",
        "subject_id",
        "query_text",
    )
    text = raw.requester_text.strip().nullif("")
    named = raw.requester_id.notnull() | text.notnull() | raw.requester_unit_id.notnull()
    by_line = raw.channel.isin(LINES) | raw.caller_phone_id.notnull()
    himself = (raw.requester_id == raw.officer_id).fill_null(False)
    chosen = raw.filter((named | by_line.fill_null(False)) & ~himself)
    times = screening.lookups.select(
        "lookup_key", "lookup_id", "at", "at_local", "explanation_level"
    )
    frame: pd.DataFrame = chosen.join(times, "lookup_key").to_pandas()
    for name in ("requester_id", "requester_text", "requester_unit_id", "caller_phone_id"):
        frame[name] = frame[name].astype(object).where(frame[name].notna(), "")
    frame = frame.sort_values(
        ["officer_id", "requester_id", "requester_text", "caller_phone_id", "at", "lookup_id"],
        ignore_index=True,
    )
    by = ["officer_id", "requester_id", "requester_text", "caller_phone_id"]
    same = (frame[by] == frame[by].shift()).all(axis=1) & (frame["at"].diff() <= CALL)
    frame["call"] = (~same).cumsum()
    return frame


def _indicators(screening: Screening) -> pd.DataFrame:
    rows = screening.indicators
    rows = rows.filter(rows.indicator_id.isin(["proxy_contradicted", "proxy_unregistered"]))
    frame: pd.DataFrame = rows.select(
        "lookup_key", "indicator_id", "detail", "requester_key"
    ).to_pandas()
    return frame.sort_values(["lookup_key", "indicator_id"], ignore_index=True)


def _contradictions(proxies: pd.DataFrame, fired: pd.DataFrame) -> pd.DataFrame:
    """The proxies with a contradiction: their columns and `codes` (code -> `table:row` or "")."""
    codes: dict[int, dict[str, str]] = {}
    for key, id_, detail in zip(
        fired["lookup_key"].tolist(), fired["indicator_id"], fired["detail"], strict=True
    ):
        known = codes.setdefault(int(key), {})
        for part in (text_or_none(detail) or "").split(";"):
            code, _, record = part.partition("=")
            if code in CONTRADICTIONS:
                known.setdefault(code, record)
        if id_ == "proxy_unregistered" and "unapproved" not in known:
            known.setdefault("unregistered", "")
    shown = proxies[proxies["lookup_key"].isin(codes)].copy()
    held = [codes[int(key)] for key in shown["lookup_key"]]
    subjects = proxies.groupby("call")["subject_id"].nunique()
    several = shown["call"].map(subjects).to_numpy() > 1
    held = [{**own, SEVERAL: ""} if more else own for own, more in zip(held, several, strict=True)]
    return shown.assign(codes=pd.Series(held, index=shown.index, dtype=object))


def _weights(shown: pd.DataFrame, proxies: pd.DataFrame) -> dict[str, float]:
    """log2(1/u) of each contradiction, u over calls."""
    calls = proxies["call"].nunique()
    met: dict[str, set[int]] = {}
    for call, codes in zip(shown["call"], shown["codes"], strict=True):
        for code in codes:
            met.setdefault(code, set()).add(call)
    subjects = proxies.groupby("call")["subject_id"].nunique()
    met[SEVERAL] = set(subjects.index[subjects > 1])
    ids = sorted(met)
    u = upper_bound([len(met[id_]) for id_ in ids], [calls] * len(ids))
    return {id_: max(-math.log2(share), 0.0) for id_, share in zip(ids, u, strict=True)}


def _mitigating(screening: Screening, shown: pd.DataFrame) -> Mapping[int, tuple[str, str]]:
    """Self-reports by look-up key, with their record."""
    rows = screening.indicators.filter(ibis._.indicator_id == "self_report").to_pandas()
    rows = rows[rows["lookup_key"].isin(shown["lookup_key"])]
    return {
        int(key): (text_or_none(table) or "self_reports", text_or_none(row) or "")
        for key, table, row in zip(
            rows["lookup_key"], rows["record_table"], rows["record_row_id"], strict=True
        )
    }


def _item(
    part: pd.DataFrame,
    weights: Mapping[str, float],
    reported: Mapping[int, tuple[str, str]],
    timezone: str,
) -> ProxyItem:
    part = part.sort_values(["at", "lookup_id"])
    codes: dict[str, set[str]] = {}
    for held in part["codes"]:
        for code, record in held.items():
            codes.setdefault(code, set()).update({record} - {""})
    order = [code for code in (*CONTRADICTIONS, SEVERAL) if code in codes]
    minutes = max(1, round((int(part["at"].max()) - int(part["at"].min())) / MINUTE))
    # Those of the call that no record contradicts are not in the list, yet were asked for.
    asked = part["subject_id"].nunique()
    facts = [Fact(code, _text(code, asked, minutes), (), _records(codes[code])) for code in order]
    ids = tuple(part["lookup_id"])
    told_of = {
        id_: reported[int(key)]
        for key, id_ in zip(part["lookup_key"], ids, strict=True)
        if int(key) in reported
    }
    mitigating = []
    if told_of:
        records = tuple(dict.fromkeys(told_of.values()))
        mitigating.append(Fact("self_report", phrase("proxy.self_report"), tuple(told_of), records))
    partly = part["explanation_level"] != "none"
    if partly.any():
        found = tuple(part.loc[partly, "lookup_id"])
        mitigating.append(Fact("partial", phrase("proxy.partial"), found))
    line = phrase("proxy.line", contradictions=joined([fact.text for fact in facts]))
    if mitigating:
        told = phrase("proxy.speaks_for", facts=joined(_once(f.text for f in mitigating)))
        line = joined([line, told], english=" ", chinese="")
    first = part.iloc[0]
    subject = part["subject_id"].where(part["subject_id"].notna(), part["query_text"])
    return ProxyItem(
        rank=0,
        officer_id=str(first["officer_id"]),
        requester_id=text_or_none(first["requester_id"]),
        requester_text=text_or_none(first["requester_text"]),
        lookup_ids=ids,
        subjects=tuple(
            dict.fromkeys(zip(part["subject_kind"].tolist(), subject.tolist(), strict=True))
        ),
        first_at=int(first["at"]),
        weight=round(sum(weights.get(code, 0.0) for code in order), 2),
        contradictions=tuple(facts),
        mitigating=tuple(mitigating),
        line=line,
        timezone=timezone,
    )


def _text(code: str, n: int, minutes: int) -> Bilingual:
    if code == SEVERAL:
        return (
            phrase("proxy.two_within_minutes", n=n, minutes=minutes)
            if n > 1
            else phrase("proxy.several")
        )
    text = CONTRADICTIONS[code]
    return {"en": text.en, "zh_tw": text.zh_tw}


def _once(texts: Iterable[Bilingual]) -> list[Bilingual]:
    return list({text["en"]: text for text in texts}.values())


def _records(records: set[str]) -> tuple[tuple[str, str], ...]:
    found = []
    for record in sorted(records):
        table, _, row = record.partition(":")
        found.append((table, row))
    return tuple(found)


def _plain(fact: Fact) -> dict[str, Any]:
    return {
        "id": fact.id,
        "text": dict(fact.text),
        "lookup_ids": list(fact.lookup_ids),
        "records": [{"table": table, "row_id": row} for table, row in fact.records],
    }
