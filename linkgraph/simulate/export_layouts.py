"""Files that hold one table each: their names, headings and the agency's words for values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pyarrow as pa

from linkgraph.simulate import casework as cw
from linkgraph.simulate.export_files import roc_day, roc_time, roc_words

Form = Callable[[pa.Array], pa.Array]
Columns = Mapping[str, str | tuple[str, Form | dict[str, str]]]
"""Heading -> column of the table, with how it is written: a form, or words for its values."""


@dataclass(frozen=True)
class Layout:
    """How one table is written; a `title` makes it a workbook."""

    name: str
    table: str
    columns: Columns
    title: str = ""


CHANNEL_WORDS = {
    "self": "本人",
    "in_person": "當面",
    "internal_line": "警用電話",
    "outside_line": "外線電話",
    "mobile": "行動載具",
}
OUTPUT_WORDS = {"screen": "螢幕", "print": "列印", "export": "匯出"}
KIND_WORDS = {
    "person": "人",
    "vehicle": "車",
    "phone": "電話",
    "address": "地址",
    "organisation": "商號",
}
RECORD_WORDS = {
    "reception": "受理",
    "work_log": "工作紀錄簿",
    "body_camera": "密錄器",
    "inspection": "查察",
    "vetting": "素行查核",
}
SYSTEM_WORDS = {
    "vehicle": "車籍",
    "person": "身分資料",
    "household": "戶役政",
    "criminal_record": "刑案資料",
    "wanted": "查捕逃犯",
    "mobile": "行動載具",
}
ROLE_WORDS = {
    "patrol": "巡邏",
    "desk": "值勤台",
    "beat": "警勤區",
    "chief": "主管",
    "detective": "偵查",
    "traffic": "交通",
    "admin": "內勤",
}
CASE_WORDS = dict(
    zip(cw.CASE_KINDS, ("偵查", "110報案", "盤查", "交通事故", "受理報案", "臨檢"), strict=True)
)
TIE_WORDS = {"family": "親屬", "friend": "朋友", "business": "生意往來", "creditor": "債權債務"}
_SUBJECT: Columns = {"對象類別": ("subject_kind", KIND_WORDS), "對象": "subject_id"}
_SPAN: Columns = {"起": ("start", roc_time), "迄": ("end", roc_time)}
REGISTERS: tuple[Layout, ...] = (
    Layout(
        "單位",
        "units",
        {
            "單位代號": "unit_id",
            "單位名稱": "name",
            "上級單位": "parent_unit_id",
            "類別": "kind",
            "轄區": "district",
        },
    ),
    Layout(
        "職務異動",
        "postings",
        {"員警代號": "officer_id", "單位代號": "unit_id", "職務": ("role", ROLE_WORDS), **_SPAN},
    ),
    Layout(
        "帳號權限",
        "rights",
        {"系統帳號": "account_id", "系統": ("system", SYSTEM_WORDS), "核給日": ("start", roc_time)},
    ),
    Layout(
        "職務權限", "role_rights", {"職務": ("role", ROLE_WORDS), "系統": ("system", SYSTEM_WORDS)}
    ),
    Layout(
        "設備",
        "devices",
        {
            "設備編號": "device_id",
            "類型": ("kind", {"desktop": "桌上型", "mobile": "行動載具"}),
            "單位代號": "unit_id",
        },
    ),
    Layout(
        "案件",
        "cases",
        {
            "案號": "case_id",
            "類別": ("kind", CASE_WORDS),
            "案類": "offence",
            "受理時間": ("opened_at", roc_time),
            "結案時間": ("closed_at", roc_time),
            "受理單位": "unit_id",
            "地點": "place",
            "紙本受理時間": ("begun_at", roc_time),
            "所屬專案": "part_of",
        },
    ),
    Layout(
        "案件承辦人",
        "case_officers",
        {
            "案號": "case_id",
            "員警代號": "officer_id",
            "身分": ("role", {"lead": "主辦", "support": "協辦"}),
            **_SPAN,
        },
    ),
    Layout("案件關係人", "case_subjects", {"案號": "case_id", **_SUBJECT, "關係": "role"}),
    Layout("單位主管案類", "unit_offences", {"單位代號": "unit_id", "案類": "offence"}),
    Layout(
        "協尋",
        "alerts",
        {
            **_SUBJECT,
            "協尋類別": ("kind", {"stolen": "失竊", "wanted": "通緝", "missing": "失蹤"}),
            **_SPAN,
        },
    ),
    Layout("單位電話", "unit_phones", {"電話號碼": "phone_id", "單位代號": "unit_id"}),
    Layout(
        "總機話務紀錄",
        "internal_calls",
        {
            "發話": "from_phone_id",
            "受話": "to_phone_id",
            "時間": ("at", roc_time),
            "秒數": "seconds",
        },
    ),
    Layout(
        "代查登記簿",
        "proxy_register",
        {
            "編號": "register_id",
            "時間": ("at", roc_time),
            "請求人": "requester_id",
            "代查人": "agent_id",
            **_SUBJECT,
            "事由": "reason",
            "身分確認": "identity_check",
            "核准人": "approved_by",
            "核准時間": ("approved_at", roc_time),
        },
        title="代查登記簿",
    ),
    Layout(
        "工作紀錄",
        "work_records",
        {
            "編號": "record_id",
            "時間": ("at", roc_words),
            "員警代號": "officer_id",
            "類別": ("kind", RECORD_WORDS),
            **_SUBJECT,
            "內容": "text",
        },
    ),
    Layout(
        "民眾陳情",
        "complaints",
        {
            "陳情編號": "complaint_id",
            "陳情時間": ("at", roc_time),
            "發生時間": ("incident_at", roc_time),
            "地點": "place",
            "陳情人": "complainant_id",
            "車號": "vehicle_id",
            "被陳情員警": "officer_id",
            "類別": "kind",
            "內容": "text",
        },
        title="民眾陳情案件",
    ),
    Layout(
        "工作紀錄人員",
        "work_record_subjects",
        {
            "編號": "record_id",
            **_SUBJECT,
            "身分": "role",
        },
    ),
    Layout(
        "訪查名冊",
        "visit_register",
        {
            **_SUBJECT,
            "員警代號": "officer_id",
            "單位代號": "unit_id",
            "列管類別": "kind",
            **_SPAN,
        },
    ),
    Layout(
        "利害關係報告",
        "conflict_notices",
        {
            "員警代號": "officer_id",
            "時間": ("at", roc_time),
            **_SUBJECT,
            "案號": "case_id",
            "內容": "text",
        },
    ),
    Layout(
        "自行報告",
        "self_reports",
        {
            "員警代號": "officer_id",
            "時間": ("at", roc_time),
            "查詢編號": "lookup_id",
            "內容": "text",
        },
    ),
    Layout(
        "稽核結果",
        "reviews",
        {
            "查詢編號": "lookup_id",
            "結果": (
                "decision",
                {
                    "proper": "適當",
                    "procedural": "程序瑕疵",
                    "negligent": "疏失",
                    "improper": "不當",
                    "undetermined": "未能認定",
                },
            ),
            "抽選方式": ("selected_by", {"random": "隨機"}),
            "稽核人": "reviewer",
            "稽核時間": ("at", roc_time),
            "備註": "note",
        },
    ),
)


PEOPLE: tuple[Layout, ...] = (
    Layout(
        "人口",
        "persons",
        {"身分證號": "person_id", "姓名": "name", "出生日期": ("born_on", roc_day)},
    ),
    Layout("地址", "addresses", {"地址代碼": "address_id", "地址": "text", "社區": "community"}),
    Layout("設籍", "residences", {"身分證號": "person_id", "地址代碼": "address_id", **_SPAN}),
    Layout(
        "關係人",
        "associations",
        {
            "甲": "person_a_id",
            "乙": "person_b_id",
            "關係": ("kind", TIE_WORDS),
            **_SPAN,
            "資料來源": "source",
            "可信度": ("confidence", {"high": "高", "medium": "中", "low": "低"}),
        },
    ),
    Layout(
        "商號人員",
        "organisation_roles",
        {"統一編號": "organisation_id", "身分證號": "person_id", "職務": "role", **_SPAN},
    ),
    Layout(
        "民力",
        "unit_ties",
        {"單位代號": "unit_id", "身分證號": "person_id", "類別": "kind", **_SPAN},
    ),
    Layout(
        "電話申登",
        "phones",
        {
            "電話號碼": "phone_id",
            "申登人類別": ("holder_kind", {"person": "自然人", "organisation": "商號"}),
            "申登人": "holder_id",
            **_SPAN,
        },
    ),
    Layout(
        "接觸交往報備",
        "contact_declarations",
        {
            "員警代號": "officer_id",
            "對象": "person_id",
            "報備時間": ("at", roc_time),
            "內容": "text",
        },
    ),
)
