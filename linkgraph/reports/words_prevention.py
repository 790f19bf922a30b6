"""The sentences of the reports that prevent: a unit's, and the brief for a meeting."""

from __future__ import annotations

from typing import Final

PREVENTION: Final[dict[str, tuple[str, str]]] = {
    # unit
    "report.unit": ("Unit report: {label}", "單位報告：{label}"),
    "unit.sentence": (
        "{label} made {lookups} look-ups by {officers} officers "
        "between {first} and {last}: {full} are fully explained, {partial} in part, {none} have "
        "no explanation on record.",
        "{label} 於 {first} 至 {last} 間由 {officers} 名員警查詢 "
        "{lookups} 次：{full} 次有完整說明，{partial} 次有部分說明，{none} 次查無說明。",
    ),
    "unit.below": (
        "Units below it that are counted with it: {below}.",
        "以上含所屬 {below} 個單位。",
    ),
    "unit.no_lookups": ("No look-up of {label} is loaded.", "未載入 {label} 之查詢紀錄。"),
    "unit.purposes": ("Reasons given", "查詢事由品質"),
    "unit.no_purposes": (
        "Not run: the look-ups were loaded without reasons.",
        "未執行：載入之查詢紀錄無查詢事由。",
    ),
    "unit.desk": (
        "A desk with a single task enters one reason, and a system may offer only a list: ask "
        "before you conclude.",
        "專責業務之櫃台事由自然單一，系統亦可能僅提供選單，應先了解再行判斷。",
    ),
    "unit.proxies": ("Look-ups made for another", "代他人查詢"),
    "unit.proxies.sentence": (
        "Look-ups made for another: {lookups}. Calls that a record contradicts, or that the "
        "register does not have: {calls}.",
        "代他人查詢共 {lookups} 次；其中 {calls} 通請託與紀錄不符或未依規定登記。",
    ),
    "unit.proxies.note": (
        "A contradiction is a question, not an answer: it is settled by asking agent and "
        "requester, and by the records of both units.",
        "紀錄不符僅為待釐清事項，應訪談代查人與請託人並比對雙方單位紀錄。",
    ),
    "unit.several": (
        "several subjects asked for within minutes",
        "數分鐘內查詢多個對象",
    ),
    "unit.rights": ("Rights to look at again", "應檢討之查詢權限"),
    "unit.rights.not_run": ("Not run: {needs}.", "未執行：{needs}。"),
    "unit.rights.none": (
        "No right stands out among those on record.",
        "現有權限未發現應檢討者。",
    ),
    "unit.rights.short": (
        "The log covers less than {days} days, so rights that nobody uses cannot be told.",
        "查詢紀錄未達 {days} 日，無法判斷久未使用之權限。",
    ),
    "unit.rights.note": (
        "As they stand at the end of the log. A right that is withdrawn can be given back.",
        "以查詢紀錄末日之狀態為準；權限收回後得依需要重新申請。",
    ),
    "unit.reviews": ("Reviews on record", "審查紀錄"),
    "unit.reviews.note": (
        "Only the look-ups drawn at random tell of the others; see the audit's estimate.",
        "僅隨機抽出者可推估其他查詢，詳見稽核估計。",
    ),
    "unit.caption.months": ("Look-ups by month", "各月查詢次數"),
    "unit.caption.quality": ("Reasons given, beside the whole force", "查詢事由品質與全體比較"),
    "unit.caption.wording": ("The generic reasons most often given", "最常見之空泛事由"),
    "unit.caption.officers": (
        "Officers by generic reasons without a full explanation",
        "空泛事由且無完整說明者，依員警列示",
    ),
    "unit.caption.contradictions": ("What contradicts the requests", "請託與紀錄不符之類型"),
    "unit.caption.calls": ("Calls to clear, most contradictions first", "應釐清之代查，不符者在前"),
    "unit.caption.rights": ("Rights with a reason to look again", "應檢討之權限及原因"),
    "unit.caption.reviews": ("Reviews of the unit's look-ups", "單位查詢之審查結果"),
    "col.month": ("Month", "月份"),
    "col.full": ("Full", "完整"),
    "col.partial": ("Partial", "部分"),
    "col.none": ("None", "查無"),
    "col.generic": ("Generic reason", "空泛事由"),
    "col.generic_open": ("Of them unexplained", "其中未獲說明"),
    "col.reason": ("Reason", "事由"),
    "col.share": ("Share", "比率"),
    "col.share_force": ("Whole force", "全體比率"),
    "col.contradiction": ("Contradiction", "不符事項"),
    "col.calls": ("Calls", "通數"),
    "col.agent": ("Made by", "代查人"),
    "col.requester": ("Asked for by", "請託人"),
    "col.mitigating": ("Speaks against misuse", "有利事證"),
    "col.account": ("Account", "帳號"),
    "col.right_since": ("Held since", "取得日"),
    "col.last_used": ("Last used", "最近使用"),
    "col.right_why": ("Why", "原因"),
    "col.selected_by": ("Chosen by", "選取方式"),
    "col.decision": ("Decision", "認定結果"),
    "col.reviews": ("Reviews", "件數"),
    "purpose.empty": ("none given", "未填"),
    "purpose.listed": ("generic", "空泛"),
    "purpose.same": ("one reason for nearly everything", "幾乎均填相同事由"),
    "purpose.other": ("specific", "具體"),
    "right.departed": ("the holder has left the force", "持有人已離職"),
    "right.transferred": ("it belongs to an earlier posting", "屬前一職務之權限"),
    "right.beyond_role": ("the role does not have it", "超出現職角色權限"),
    "right.dormant": ("not used for {days} days", "逾 {days} 日未使用"),
    "selected.random": ("random", "隨機抽查"),
    "selected.lead": ("lead", "線索"),
    "selected.complaint": ("complaint", "陳情"),
    "selected.other": ("worklist and other", "清查及其他"),
    "selected.unknown": ("not recorded", "未載明"),
    "decision.proper": ("proper", "符合公務"),
    "decision.procedural": ("procedural", "程序不符"),
    "decision.negligent": ("negligent", "過失"),
    "decision.improper": ("improper", "非公務查詢"),
    "decision.undetermined": ("undetermined", "無法認定"),
    # brief
    "report.brief": ("Integrity brief: {period}", "廉政簡報：{period}"),
    "brief.subtitle": (
        "Patterns, causes and controls. No names; no count below five.",
        "態樣、成因與防制作為。不含姓名，且不揭露未滿五之人數或件數。",
    ),
    "brief.all": ("all months loaded", "全部期間"),
    "brief.year": ("{year}", "{year}年"),
    "brief.other": ("other", "其他"),
    "brief.sentence": (
        "In {period}, {officers} officers made {lookups} look-ups: {full} are fully explained, "
        "{partial} in part, {none} have no explanation on record.",
        "{period}，由 {officers} 名員警查詢 {lookups} 次：{full} 次有完整說明，{partial} 次有部分"
        "說明，{none} 次查無說明。",
    ),
    "brief.neutral": (
        "The counts below are of look-ups that wait for an explanation. They are not counts of "
        "misuse: how much of that there is, the audit estimates from its random sample.",
        "以下係待說明之查詢，並非不當查詢之件數；不當查詢之比率由稽核隨機樣本推估。",
    ),
    "brief.overview": ("Overview", "總覽"),
    "brief.pattern": ("Pattern", "態樣"),
    "brief.patterns": ("Patterns, causes, controls", "態樣、成因與防制作為"),
    "brief.caption.overview": (
        "Officers by pattern and kind of unit; each counts once in a pattern",
        "各態樣之員警人數，依單位類別；同一態樣每人計一次",
    ),
    "brief.caption.reviews": (
        "Look-ups reviewed, by decision and by how they were chosen",
        "已審查之查詢，依認定結果與選取方式",
    ),
    "brief.hidden": (
        "{sign} not shown ({n} cells): fewer than {threshold}, or a number from which one such "
        "could be worked out.",
        "{sign} 不予揭露（{n} 格）：未滿 {threshold}，或可據以推算未滿 {threshold} 之數值。",
    ),
    "brief.seen": ("How often", "發生情形"),
    "brief.cause": ("Why it comes about", "成因"),
    "brief.control": ("What prevents it", "防制作為"),
    "brief.innocent": ("Often innocent", "常見正當原因"),
    "brief.counts": (
        "{lookups} look-ups of {officers} officers, {typical} for the typical one.",
        "共 {officers} 名員警 {lookups} 次查詢，每人多為 {typical} 次。",
    ),
    "brief.system": ("System that most of them used: {system}.", "最多員警使用之系統為 {system}。"),
    "brief.over": ("over {n}", "逾 {n}"),
    "brief.not_shown": (
        "Not shown: fewer than {threshold} officers, or a number that would give one away.",
        "不予揭露：未滿 {threshold} 人，或可據以推算。",
    ),
    "brief.vignette": (
        "Vignette (composed; it tells of nobody): {text}",
        "情境（虛構，不涉及任何人）：{text}",
    ),
    "brief.needs_inquiry": (
        "needs private ties, and so an inquiry that was analysed",
        "須使用私人關聯，應先開立調查案並完成分析",
    ),
    "brief.method": (
        "Patterns are counted among look-ups without a full explanation. Counts below "
        "{threshold} are left out, zero included, and so is every cell from which one could be "
        "worked out with the totals. Briefs whose periods overlap could be subtracted from one "
        "another: hand out one division into periods alone.",
        "態樣係就無完整說明之查詢統計。未滿 {threshold}（含零）者不予揭露，可由合計推算之欄位亦"
        "同。期間重疊之簡報可能相減推算，請勿同時對外提供。",
    ),
}
