"""What the audit's workbooks and estimates say, in English and Traditional Chinese."""

from __future__ import annotations

from typing import Final

from linkgraph.model.words import Sentences

DECISIONS: Final = ("proper", "procedural", "negligent", "improper", "undetermined")

_WORDS: Final[dict[str, tuple[str, str]]] = {
    # sheets
    "guide": ("Guide", "說明"),
    "sample": ("Sample", "抽查樣本"),
    "worklist": ("Worklist", "清查清單"),
    # guide
    "title": ("Audit of look-ups {month}", "{month} 查詢紀錄稽核"),
    "unit": ("Unit", "單位"),
    "unit.none": ("unit unknown", "單位不明"),
    "plan": ("Audit plan", "稽核計畫"),
    "in_sample": ("Drawn at random", "隨機抽出"),
    "in_worklist": ("To be cleared", "列入清查"),
    "reviewer": ("Auditor (please fill in)", "稽核人員（請填寫）"),
    "at": ("Day of the audit (please fill in)", "稽核日期（請填寫）"),
    "steps": ("What to do", "填寫方式"),
    "step.1": (
        "Fill in auditor and day above, then decide every look-up on the other sheets: choose "
        "from the list in the yellow cell.",
        "請先填寫稽核人員與日期，再逐筆於其他工作表之黃色欄位以下拉選單填寫認定結果。",
    ),
    "step.2": (
        "Compare each look-up with case file, work log, proxy register and body camera. A note "
        "says what you saw, or what is missing.",
        "請調閱案卷、工作紀錄、代查登記簿及密錄器逐筆比對，並於備註載明所見或欠缺之紀錄。",
    ),
    "step.3": (
        "The sample was drawn by chance: it says nothing about the officers in it. Decide it "
        "with the same care whatever is expected, since the estimate rests on it alone.",
        "抽查樣本純屬隨機抽出，與員警個人表現無關；估計結果僅以此為據，請以相同標準逐筆認定。",
    ),
    "step.4": (
        "What cannot be decided is undetermined, and no worse for the officer.",
        "無法認定者請填「無法認定」，不作不利於員警之解釋。",
    ),
    "meaning": ("Decision", "認定結果"),
    "meant": ("Meaning", "意義"),
    # columns
    "col.no": ("No.", "序號"),
    "col.lookup": ("Look-up", "查詢編號"),
    "col.at": ("Time", "查詢時間"),
    "col.officer": ("Officer", "員警"),
    "col.system": ("System", "系統"),
    "col.subject": ("Subject", "查詢對象"),
    "col.purpose": ("Reason given", "查詢事由"),
    "col.case": ("Case cited", "引用案號"),
    "col.requester": ("Asked for by", "請託人"),
    "col.output": ("Channel and output", "管道與輸出"),
    "col.explained": ("Explanation on record", "已有之說明"),
    "col.why": ("Why it is listed", "列入原因"),
    "col.decision": ("Decision", "認定結果"),
    "col.note": ("Note", "備註"),
    # decisions
    "proper": ("proper", "符合公務"),
    "procedural": ("procedural", "程序不符"),
    "negligent": ("negligent", "過失"),
    "improper": ("improper", "非公務查詢"),
    "undetermined": ("undetermined", "無法認定"),
    "means.proper": (
        "A record shows the work that the look-up served.",
        "有紀錄可證係為公務而查詢。",
    ),
    "means.procedural": (
        "It served work, but a rule was not kept: purpose, register or approval.",
        "係為公務，惟事由填寫、登記或核准未依規定。",
    ),
    "means.negligent": (
        "Made in good faith without the care required, such as for a caller not verified.",
        "非出於故意，惟未盡注意義務，例如未查證來電者身分。",
    ),
    "means.improper": ("It served no work.", "與公務無關。"),
    "means.undetermined": (
        "The records do not allow a decision.",
        "現有紀錄無法認定。",
    ),
    "choose": ("Choose one of the list.", "請由清單選擇。"),
    # levels and codes
    "full": ("in full", "完整"),
    "partial": ("in part", "部分"),
    "none": ("none found", "查無"),
    "purpose_empty": ("no reason given", "未填查詢事由"),
    "purpose_listed": ("generic reason", "查詢事由空泛"),
    "purpose_same": ("one reason for nearly everything", "幾乎均填相同事由"),
    "proxy": ("made for another", "代他人查詢"),
    "generic": ("generic reason", "查詢事由空泛"),
    "self": ("own terminal", "本機"),
    "in_person": ("in person", "當面"),
    "internal_line": ("internal line", "內線"),
    "outside_line": ("outside line", "外線"),
    "mobile": ("mobile device", "行動裝置"),
    "screen": ("screen", "螢幕"),
    "print": ("print", "列印"),
    "export": ("export", "匯出"),
    # estimate
    "head.what": ("decided as", "認定結果"),
    "head.found": ("found", "樣本件數"),
    "head.rate": ("rate", "比率"),
    "head.interval": ("{level} interval", "{level} 區間"),
    "head.lookups": ("look-ups it stands for", "推估件數"),
    "group.improper": ("improper", "非公務查詢"),
    "group.misuse": ("improper or negligent", "非公務查詢或過失"),
    "group.faulty": ("anything but proper", "各類不符"),
    "told.sample": (
        "{answered} of {drawn} look-ups drawn at random from {lookups} were decided ({months}).",
        "自 {lookups} 筆查詢隨機抽出 {drawn} 筆，已認定 {answered} 筆（{months}）。",
    ),
    "told.silent": (
        "{silent} have no answer and {undetermined} are undetermined; both are taken to be like "
        "the decided ones of their unit. Were all of them improper, the share would be at most "
        "{most}; were none, at least {least}.",
        "另有 {silent} 筆未填、{undetermined} 筆無法認定，估計時視同所屬單位其他已認定者。"
        "若全數均為非公務查詢，比率至多 {most}；若全數皆否，比率至少 {least}。",
    ),
    "told.none_silent": ("Every look-up drawn was decided.", "抽出之查詢均已認定。"),
    "told.covers": (
        "It estimates what an auditor can recognise from the records. Misuse with a plausible "
        "record behind it is not in it, and it says nothing about any one officer or unit.",
        "本估計僅涵蓋稽核人員依紀錄可辨識者；表面有業務紀錄之不當查詢不在其內，亦不得據以評斷"
        "個別員警或單位。",
    ),
    "told.method": (
        "Weighted by inclusion (Horvitz-Thompson), limits at {level} by the stratified Jeffreys "
        "method; see docs/method.md.",
        "以納入機率加權（Horvitz-Thompson），{level} 區間採分層 Jeffreys 法，詳見 docs/method.md。",
    ),
    "told.unanswered_units": (
        "Units without any answer: {units}. They are taken to be like the others.",
        "尚無任何答復之單位：{units}，估計時視同其他單位。",
    ),
}


class Words(Sentences):
    """What an audit says, in one language."""

    TEXTS = _WORDS

    def month(self, month: str) -> str:
        """A month (`2024-07`) as people write it: in Chinese with the ROC year."""
        year, number = map(int, month.split("-"))
        return f"{year - 1911}年{number}月" if self._column else month

    @property
    def colon(self) -> str:
        """What stands between a heading and what it heads."""
        return "：" if self._column else ": "


def decision_of(text: str) -> str | None:
    """The decision that a cell names, by code or in either language; None if it names none."""
    plain = "".join(text.split()).casefold()
    for code in DECISIONS:
        if plain in {"".join(word.split()).casefold() for word in (code, *_WORDS[code])}:
            return code
    return None
