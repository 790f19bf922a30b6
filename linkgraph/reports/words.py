"""The sentences of reports, in English and in Traditional Chinese.

Neutral by rule: a look-up is explained or not; a lead orders work and proves nothing.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from linkgraph.model.words import Sentences
from linkgraph.reports.casefile_words import CASEFILE_WORDS
from linkgraph.reports.words_prevention import PREVENTION

_WORDS: Final[dict[str, tuple[str, str]]] = {
    # titles and headings
    "report.officer": ("Link report: officer {label}", "關聯報告：員警 {label}"),
    "report.person": ("Link report: person {label}", "關聯報告：人員 {label}"),
    "report.vehicle": ("Link report: vehicle {label}", "關聯報告：車輛 {label}"),
    "report.organisation": ("Link report: organisation {label}", "關聯報告：組織 {label}"),
    "report.lead": ("Link report: lead {label}", "關聯報告：線索 {label}"),
    "summary": ("Summary", "摘要"),
    "leads": ("Leads", "線索"),
    "lead": ("Lead {rank}: {label}", "線索 {rank}：{label}"),
    "waterfall": ("How the lead is weighed", "線索如何衡量"),
    "paths": ("How they are connected", "關聯路徑"),
    "sides": ("For and against", "正反事證"),
    "speaks_for": ("What speaks for misuse", "支持不當查詢之事證"),
    "speaks_against": ("What speaks against it", "反對不當查詢之事證"),
    "nothing": ("Nothing on record.", "無紀錄。"),
    "explanations": ("Explanations tried", "已嘗試之合理說明"),
    "settles": ("What would settle it", "可據以釐清之紀錄"),
    "timeline": ("When", "時間軸"),
    "lookups": ("Look-ups", "查詢紀錄"),
    "who": ("Who looked", "何人查詢"),
    "owners": ("Who owned the vehicle", "車輛所有人"),
    "people": ("People with a role", "相關人員"),
    "innocent": (
        "Known innocent explanations to rule out first",
        "應先排除之已知正當原因",
    ),
    "limits": ("What limits these figures", "數值之限制"),
    "shown_some": ("{shown} of {total} shown.", "共 {total} 項，顯示 {shown} 項。"),
    "background": ("Background (shown, never scored)", "背景（僅供參考，不計分）"),
    "inquiry": ("Inquiry", "調查授權"),
    "method": ("Method and sources", "方法與來源"),
    "not_run": ("Not run", "未執行"),
    # what a document adds
    "contents": ("Contents", "目錄"),
    "page": ("Page {page} of {pages}", "第 {page} 頁，共 {pages} 頁"),
    "table": ("Table", "表"),
    "figure": ("Figure", "圖"),
    "glyphs": ("Characters without a glyph", "缺字"),
    "glyphs.text": (
        "No font on the machine that made this document has these characters; they are written "
        "as their code point.",
        "製作本文件之電腦無下列字元之字型，故以字碼表示。",
    ),
    # sentences
    "neutral": (
        "A score orders work; it proves nothing. A look-up is called unexplained when no record "
        "that was loaded links officer and subject at that time; the record may exist elsewhere.",
        "分數僅用以排列查核順序，不能證明任何事。所稱未獲說明，係指載入之紀錄中無法連結該員警與"
        "該對象於該時間之業務；紀錄可能存於他處。",
    ),
    "lead.sentence": (
        "Officer {officer} made {lookups} look-ups of {subjects} between {first} and {last}; "
        "{unexplained} of them have no full explanation on record.",
        "員警 {officer} 於 {first} 至 {last} 間查詢 {subjects} 共 {lookups} 次，"
        "其中 {unexplained} 次查無完整說明。",
    ),
    "lead.several": (
        "{officers} made {lookups} look-ups of {subjects} between them, from {first} to {last}; "
        "{unexplained} of these have no full explanation on record.",
        "{officers} 於 {first} 至 {last} 間合計查詢 {subjects} 共 {lookups} 次，"
        "其中 {unexplained} 次查無完整說明。",
    ),
    "officers.several": (
        "Officer {officer} and {n} more",
        "員警 {officer} 等 {total} 人",
    ),
    "lead.hub": (
        "The people looked up are tied to {hub}.",
        "被查詢之人均與 {hub} 有關聯。",
    ),
    "lead.requester": (
        "The account was held by {officer}; the records point to {requester} as the one who may "
        "have asked.",
        "帳號持有人為 {officer}；紀錄顯示可能之請託人為 {requester}。",
    ),
    "lead.against": (
        "{n} kinds of record speak against misuse; they are listed below with the same weight.",
        "有 {n} 類紀錄為有利於當事人之事證，並同列於下。",
    ),
    "lead.no_against": (
        "No record that speaks against misuse was found among the tables that were loaded.",
        "於已載入之資料表中，未發現有利於當事人之紀錄。",
    ),
    "lead.bits": (
        "It carries {bits} bits of evidence after the charge for the search (rank {rank} of {of}).",
        "扣除搜尋代價後之證據量為 {bits} 位元（第 {rank} 名，共 {of} 條線索）。",
    ),
    "officer.sentence": (
        "Officer {officer} made {lookups} look-ups between {first} and {last}: {full} are fully "
        "explained, {partial} in part, {none} have no explanation on record.",
        "員警 {officer} 於 {first} 至 {last} 間共查詢 {lookups} 次：{full} 次有完整說明，"
        "{partial} 次有部分說明，{none} 次查無說明。",
    ),
    "officer.leads": (
        "{n} leads name the officer, {r} of them as the one who may have asked.",
        "共有 {n} 條線索提及該員警，其中 {r} 條列其為可能之請託人。",
    ),
    "officer.no_leads": ("No lead names the officer.", "無線索提及該員警。"),
    "subject.sentence": (
        "{label} was looked up {lookups} times by {officers} officers between {first} and {last}: "
        "{full} look-ups are fully explained, {partial} in part, {none} have no explanation on "
        "record.",
        "{label} 於 {first} 至 {last} 間遭 {officers} 名員警查詢 {lookups} 次："
        "{full} 次有完整說明，{partial} 次有部分說明，{none} 次查無說明。",
    ),
    "subject.none": ("{label} was not looked up.", "{label} 未曾被查詢。"),
    "leads.not_sought": (
        "Leads were not looked for: that takes an analysis under an inquiry.",
        "尚未找尋線索：須先開立調查案並執行分析。",
    ),
    "subject.leads": ("{n} leads name {label}.", "共有 {n} 條線索提及 {label}。"),
    "shown": (
        "{shown} of {total} shown, unexplained first.",
        "共 {total} 筆，顯示 {shown} 筆，未獲說明者在前。",
    ),
    "all_shown": ("All {total} shown.", "共 {total} 筆，全部顯示。"),
    "no_inquiry": (
        "Made without an inquiry: only work tables were used, no private ties.",
        "本報告未依調查授權製作：僅使用業務資料，未使用私人關聯。",
    ),
    "no_settles": (
        "Every explanation could be tried; none is left that another record could supply.",
        "所有合理說明均已嘗試，無其他紀錄可供補充。",
    ),
    "path.title": ("From officer to subject", "由員警至對象之路徑"),
    "path.caption": (
        "Every tie on this path held at the time of the look-ups, unless it is marked former.",
        "除標示為「過去」者外，本路徑之各項關聯於查詢當時均屬有效。",
    ),
    "waterfall.caption": (
        "Each bar adds or takes bits; they sum to the last bar. The search charge pays for the "
        "number of places that were looked at.",
        "各長條為增減之位元數，總和為最末一條。搜尋代價係就所檢視之範圍扣減。",
    ),
    "timeline.caption": (
        "Each mark is a look-up: hollow where fully explained, pale where in part, filled where "
        "no explanation is on record.",
        "每一標記為一次查詢：空心為有完整說明，淺色為部分說明，實心為查無說明。",
    ),
    "hours.title": ("Look-ups by hour of the day", "依時段之查詢次數"),
    "hours.caption": (
        "Local time. Light: explained in full. Dark: partly or not explained.",
        "當地時間。淺色：有完整說明；深色：僅部分說明或查無說明。",
    ),
    "total": ("Sum", "合計"),
    # table columns
    "col.at": ("Time", "時間"),
    "col.officer": ("Officer", "員警"),
    "col.system": ("System", "系統"),
    "col.subject": ("Subject", "對象"),
    "col.purpose": ("Reason given", "查詢事由"),
    "col.duty": ("Duty", "勤務"),
    "col.explained": ("Explanation", "說明"),
    "col.indicators": ("Indicators", "指標"),
    "col.source": ("Source row", "來源列"),
    "col.outcome": ("Outcome", "結果"),
    "col.lookups": ("Look-ups", "查詢次數"),
    "col.unexplained": ("Unexplained", "未獲說明"),
    "col.first": ("First", "最早"),
    "col.last": ("Last", "最近"),
    "col.records": ("Records", "紀錄"),
    "col.bits": ("Bits", "位元"),
    "col.step": ("Step", "項目"),
    "col.measure": ("Measure", "量值"),
    "col.person": ("Person", "人員"),
    "col.role": ("Role", "身分"),
    "col.from": ("From", "起"),
    "col.to": ("To", "迄"),
    "col.file": ("File", "檔案"),
    "col.rows": ("Rows", "列數"),
    "col.sha256": ("SHA-256", "SHA-256"),
    "caption.lookups": ("Look-ups, with the row each came from", "查詢紀錄及其來源列"),
    "caption.explanations": (
        "Explanations tried for the look-ups of this lead",
        "就本線索之查詢所嘗試之合理說明",
    ),
    "caption.waterfall": (
        "The same numbers as a table. Measure: of the charge, how many were searched; of a person, "
        "how many pairs were to be expected by chance; of a finding, the share of comparable pairs "
        "that show it; of an indicator, on how many people it counts",
        "同一數值之表列。量值：搜尋折減為所檢視之數目；人員為偶然預期之配對數；"
        "單獨發現為可比較配對中出現之比例；指標為計入之人數",
    ),
    "caption.who": ("Officers who looked, unexplained first", "查詢之員警，未獲說明者在前"),
    "caption.sources": ("Source files", "來源檔案"),
    "caption.owners": ("Owners on record", "登記之所有人"),
    "caption.people": ("People with a role on record", "登記之相關人員"),
    # values
    "full": ("full", "完整"),
    "partial": ("partial", "部分"),
    "none": ("none found", "查無"),
    "not_run.value": ("not run", "未執行"),
    "person": ("person", "人員"),
    "vehicle": ("vehicle", "車輛"),
    "phone": ("phone", "電話"),
    "address": ("address", "地址"),
    "organisation": ("organisation", "組織"),
    "officer": ("officer", "員警"),
    "unit": ("unit", "單位"),
    "case": ("case", "案件"),
    "query": ("text search", "文字查詢"),
    "complaint": ("complaint", "陳情"),
    "system.household": ("household", "戶役政"),
    "system.criminal_record": ("criminal record", "刑案紀錄"),
    "system.vehicle": ("vehicle", "車籍"),
    "system.person": ("person", "人員基本資料"),
    "system.mobile": ("mobile", "行動裝置"),
    "colon": ("{text}:", "{text}："),
    "people.count": ("{n} people", "{n} 人"),
    "subjects.count": ("{n} subjects", "{n} 個對象"),
    "open": ("open", "未定"),
    # duty
    "desk": ("desk", "值班"),
    "patrol": ("patrol", "巡邏"),
    "investigation": ("investigation", "偵查"),
    "standby": ("standby", "備勤"),
    "training": ("training", "訓練"),
    "leave": ("leave", "休假"),
    "off": ("off duty", "下班"),
    "unknown": ("unknown", "不明"),
    # ties
    "tie.IS": ("is", "即為"),
    "tie.TIE": ("tie", "關係"),
    "tie.LIVES_AT": ("lives at", "居住於"),
    "tie.HAS_ROLE": ("has a role in", "任職/往來於"),
    "tie.HOLDS": ("holds", "持有"),
    "tie.OWNS": ("owns", "擁有"),
    "tie.TIED_TO_UNIT": ("tied to unit", "與單位有關"),
    "tie.POSTED_TO": ("posted to", "任職於"),
    "tie.LOCATED_AT": ("located at", "位於"),
    "tie.ON_DUTY_WITH": ("on duty with", "同勤"),
    "tie.SHARED_DEVICE": ("shared device", "共用設備"),
    "tie.LOOKED_UP": ("looked up", "查詢"),
    "tie.ASSIGNED_TO": ("assigned to", "承辦"),
    "tie.INVOLVES": ("involves", "涉及"),
    "tie.ASKED": ("asked", "請託"),
    "tie.RANG": ("rang", "來電"),
    # kinds of tie and roles, as the contract names them
    "family": ("family", "家人"),
    "friend": ("friend", "朋友"),
    "creditor": ("creditor", "債權債務"),
    "business": ("business", "生意往來"),
    "household": ("household", "同戶"),
    "owner": ("owner", "負責人"),
    "employee": ("employee", "員工"),
    "applicant": ("applicant", "應徵者"),
    "chair": ("chair", "主任委員"),
    "member": ("member", "會員"),
    "customer": ("customer", "客人"),
    "volunteer": ("volunteer", "志工"),
    "adviser": ("adviser", "顧問"),
    "contractor": ("contractor", "承包商"),
    # inquiry facts
    "fact.inquiry": ("Inquiry", "案號"),
    "fact.opened": ("Opened by", "申請人"),
    "fact.authorised": ("Authorised by", "核准人"),
    "fact.ground": ("Ground", "事由"),
    "fact.document": ("Document", "文號"),
    "fact.period": ("Period", "期間"),
    "fact.ties": ("Kinds of tie", "關聯種類"),
    "fact.distance": ("Distance", "距離"),
    "fact.until": ("Valid until", "有效至"),
    "fact.version": ("linkgraph", "linkgraph 版本"),
    "fact.ledger": ("Ledger fingerprint", "帳冊指紋"),
    "fact.screen": ("Screening fingerprint", "篩選指紋"),
    "fact.chain": ("Head of the activity log", "使用紀錄鏈首"),
    "fact.zone": ("Time zone", "時區"),
    "method.text": (
        "Look-ups are joined to records of work first. Of those without a full explanation, the "
        "ones about people around the officer are counted against how often comparable officers "
        "look the same people up; the result is given in bits (one bit doubles the odds). Context "
        "counts for as much as it is rarer among comparable look-ups.",
        "先將查詢與業務紀錄比對；其餘無完整說明者，再就員警周邊人員之查詢次數，與條件相當員警查詢"
        "同一對象之頻率相比，以位元表示（一位元即勝算加倍）。情境指標依其於相當查詢中之罕見程度計入。",
    ),
    "needs": ("needs {tables}", "需要 {tables}"),
    **CASEFILE_WORDS,
    **PREVENTION,
}

_ISO_DAY = re.compile(r"(?<![\d-])(\d{4})-(\d\d)-(\d\d)(?![\d-])")


class Words(Sentences):
    """What reports say, in one language."""

    TEXTS = _WORDS

    def system(self, name: str) -> str:
        """A system in words where there are some, else as the log names it."""
        key = f"system.{name}"
        return _WORDS[key][self._column] if key in _WORDS else name

    def moment(self, at: datetime) -> str:
        """A local time to the minute; in Chinese with the ROC year."""
        if self._column:
            return f"{at.year - 1911}/{at:%m/%d %H:%M}"
        return f"{at:%Y-%m-%d %H:%M}"

    def day(self, at: datetime) -> str:
        """A local day; in Chinese with the ROC year."""
        return self.moment(at)[:-6]

    def dated(self, text: str) -> str:
        """A sentence with its ISO days written as `day` writes them."""
        if not self._column:
            return text
        return _ISO_DAY.sub(lambda d: f"{int(d[1]) - 1911}/{d[2]}/{d[3]}", text)

    def month(self, month: str) -> str:
        """A month (`2024-07`) as people write it: in Chinese with the ROC year."""
        year, _, number = month.partition("-")
        return f"{int(year) - 1911}/{number}" if self._column else month

    def year(self, year: int) -> str:
        """A year as people count it: in Chinese that of the Republic."""
        return str(year - 1911 if self._column else year)

    def sentence_join(self, sentences: list[str]) -> str:
        """Sentences in one paragraph: Chinese sets no space between them."""
        return ("" if self._column else " ").join(sentences)
