"""What a node or tie carries, put into labelled words a person can read."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from linkgraph.model.tables import OPEN_END, OPEN_START
from linkgraph.views.style import Words, word

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ROC_YEAR_ZERO = 1911
_TIMES: Final = frozenset({"at", "opened_at", "closed_at", "first_at", "last_at", "incident_at"})
_LEFT_OUT: Final = frozenset({"tie_id", "start", "end", "from_id", "to_id"})
"""Shown elsewhere, or meaningless to a reader."""

_NAMES: Final[dict[str, Words]] = {
    "name": ("Name", "姓名"),
    "rank": ("Rank", "職級"),
    "person_id": ("Person", "人員編號"),
    "officer_id": ("Officer", "員警編號"),
    "kind": ("Kind", "類別"),
    "district": ("District", "轄區"),
    "colour": ("Colour", "顏色"),
    "text": ("Text", "內容"),
    "community": ("Community", "社區"),
    "offence": ("Offence", "案類"),
    "opened_at": ("Opened", "立案時間"),
    "closed_at": ("Closed", "結案時間"),
    "place": ("Place", "地點"),
    "at": ("Time", "時間"),
    "system": ("System", "系統"),
    "purpose": ("Purpose", "查詢用途"),
    "channel": ("Channel", "受理管道"),
    "output": ("Output", "輸出方式"),
    "level": ("Explanation", "說明程度"),
    "n": ("Look-ups", "查詢次數"),
    "unexplained": ("Without full explanation", "未獲完整說明"),
    "first_at": ("First", "首次"),
    "last_at": ("Last", "末次"),
    "role": ("Role", "角色"),
    "source": ("Source", "來源"),
    "duty_id": ("Duty", "勤務編號"),
    "device_id": ("Device", "設備編號"),
    "unit_id": ("Unit", "單位編號"),
    "vehicle_id": ("Plate", "車牌"),
    "phone_id": ("Number", "號碼"),
    "address_id": ("Address no.", "地址編號"),
    "organisation_id": ("Organisation no.", "組織編號"),
    "case_id": ("Case no.", "案號"),
    "lookup_id": ("Look-up no.", "查詢編號"),
    "complaint_id": ("Complaint no.", "陳情編號"),
}
_VALUES: Final[dict[str, Words]] = {
    "family": ("family", "家人"),
    "household": ("household", "同住"),
    "friend": ("friend", "朋友"),
    "creditor": ("creditor", "債權"),
    "business": ("business", "生意往來"),
    "neighbour": ("neighbour", "鄰居"),
    "owner": ("owner", "負責人"),
    "employee": ("employee", "員工"),
    "applicant": ("applicant", "應徵者"),
    "chair": ("chair", "主任委員"),
    "member": ("member", "成員"),
    "customer": ("customer", "顧客"),
    "volunteer": ("volunteer", "志工"),
    "adviser": ("adviser", "顧問"),
    "contractor": ("contractor", "承包商"),
    "full": ("full", "完整說明"),
    "partial": ("partial", "部分說明"),
    "none": ("none on record", "紀錄中無說明"),
    "self": ("self", "本人操作"),
    "in_person": ("in person", "當面"),
    "internal_line": ("internal line", "內線電話"),
    "outside_line": ("outside line", "外線電話"),
    "mobile": ("mobile", "行動裝置"),
    "screen": ("screen", "螢幕"),
    "print": ("print", "列印"),
    "export": ("export", "匯出"),
    "vehicle": ("vehicle", "車籍"),
    "household_registration": ("household registration", "戶役政"),
    "criminal_record": ("criminal record", "刑案資料"),
    "investigation": ("investigation", "偵查"),
    "dispatch": ("dispatch", "派遣"),
    "stop": ("stop", "攔查"),
    "traffic": ("traffic", "交通"),
    "report": ("report", "報案"),
}
# Controls and direction marks: harmless as text, but they make one name look like another.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


def facts(properties: Mapping[str, Any], language: str, timezone: str) -> dict[str, str]:
    """Labelled values in the order of `_NAMES`, then the rest by name; empty ones left out.

    Times are int64 µs UTC and are written in `timezone`.
    """
    order = {name: place for place, name in enumerate(_NAMES)}
    found: dict[str, str] = {}
    for name in sorted(properties, key=lambda key: (order.get(key, len(order)), key)):
        value = properties[name]
        if name in _LEFT_OUT or missing(value):
            continue
        if name in _TIMES and not isinstance(value, str):
            if OPEN_START < int(value) < OPEN_END:
                found[property_name(name, language)] = moment(int(value), language, timezone)
            continue
        found[property_name(name, language)] = said(value, language)
    return found


def property_name(name: str, language: str) -> str:
    """What a property is called: `opened_at` → `Opened`."""
    if name in _NAMES:
        return word(_NAMES[name], language)
    return clean(name.replace("_", " ").capitalize())


def said(value: Any, language: str) -> str:
    """A value as text; words of our own model in `language`, all others as they are."""
    text = plain(value)
    return word(_VALUES[text], language) if text in _VALUES else text


def moment(time: int, language: str, timezone: str) -> str:
    """µs UTC as local date and minute; in Chinese with the year of the Republic."""
    local = (_EPOCH + timedelta(microseconds=time)).astimezone(ZoneInfo(timezone))
    clock = f"{local.hour:02d}:{local.minute:02d}"
    if language == "zh-TW":
        year = local.year - _ROC_YEAR_ZERO
        if year > 0:
            return f"民國{year}年{local.month}月{local.day}日 {clock}"
    return f"{local.year:04d}-{local.month:02d}-{local.day:02d} {clock}"


def missing(value: Any) -> bool:
    """Whether a property is empty: None, NaN, or blank text."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return True
    return str(value).strip() in ("", "<NA>", "NaT")


def plain(value: Any) -> str:
    """Any value as text that UTF-8 can hold: half a surrogate pair becomes U+FFFD."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return _SURROGATES.sub("\ufffd", str(value))


def clean(value: Any) -> str:
    """Text for one line of a drawing: no breaks, controls or direction marks."""
    return " ".join(_CONTROLS.sub(" ", plain(value)).split())
