"""The sentences of a case file's report, in English and in Traditional Chinese.

Neutral by rule: an allegation is to be shown, a finding is somebody's, and both sides are told.
"""

from __future__ import annotations

from typing import Final

CASEFILE_WORDS: Final[dict[str, tuple[str, str]]] = {
    "report.casefile": ("Case file {label}", "案卷報告：{label}"),
    # what this is
    "cf.about": (
        "Case file {id}, “{title}”, was opened on {day} by {by}. Ground: {ground}.",
        "案卷 {id}「{title}」由 {by} 於 {day} 開立。事由：{ground}。",
    ),
    "cf.inquiry": (
        "It was prepared under inquiry {inquiry} (document {document}), opened by {opened} and "
        "authorised by {authorised}.",
        "本案依調查案 {inquiry}（文號 {document}）辦理，由 {opened} 申請、{authorised} 核准。",
    ),
    "cf.status": ("Status: {status}.", "目前狀態：{status}。"),
    "cf.lookup": (
        "On {at} the account of officer {officer} ({duty} at the time, by the roster) was used "
        "to look up {subject} in the system {system}; the reason given was “{purpose}”. {level}",
        "{at}，員警 {officer}（依勤務表當時為「{duty}」）之帳號於「{system}」系統查詢 {subject}，"
        "登載事由為「{purpose}」。{level}",
    ),
    "cf.no_reason": ("none", "未登載"),
    "cf.level.none": (
        "No record that was loaded explains this look-up.",
        "已載入之紀錄均無法說明此次查詢。",
    ),
    "cf.level.partial": (
        "A record explains it in part ({title}).",
        "有紀錄可部分說明此次查詢（{title}）。",
    ),
    "cf.level.full": ("A record explains it ({title}).", "有紀錄可說明此次查詢（{title}）。"),
    "cf.lookups": (
        "It concerns {n} look-ups of {subjects} subjects by {officers} accounts between {first} "
        "and {last}; {unexplained} of them have no full explanation on record.",
        "本案涉及 {first} 至 {last} 間 {officers} 個帳號對 {subjects} 個對象之 {n} 次查詢，"
        "其中 {unexplained} 次查無完整說明。",
    ),
    "cf.no_lookups": ("It holds no look-up yet.", "本案卷尚無查詢紀錄。"),
    "cf.decided": (
        "Allegation {id}: {finding}, decided by {by} on {on}.",
        "指控 {id}：{finding}，由 {by} 於 {on} 認定。",
    ),
    "cf.undecided": ("Allegation {id}: not decided yet.", "指控 {id}：尚未認定。"),
    "cf.no_allegation": ("No allegation has been drawn up.", "尚未擬具指控。"),
    "cf.neutral": (
        "This report sets out what is on record for and against, with the same weight. A look-up "
        "without an explanation is not thereby improper: the record may exist elsewhere. Whether "
        "an allegation is made out is for the person named as having decided, not for the tool.",
        "本報告就有利及不利之紀錄一併臚列，輕重相同。查無說明之查詢不當然為不當，紀錄可能存於他處。"
        "指控是否成立，由所載之認定人判斷，非由本工具判斷。",
    ),
    # who
    "cf.roles": ("Who held, used and asked", "帳號持有人、實際使用人與請託人"),
    "cf.roles.text": (
        "Three questions that are kept apart: whose account it was, who sat before it, and who "
        "wanted to know.",
        "以下三者應分別認定：帳號屬何人、何人實際操作、何人欲知結果。",
    ),
    "caption.roles": ("Who held the account, used it, and asked", "帳號持有、實際使用與請託"),
    "cf.caption.whom": (
        "Who looked up whom, when, and under which reasons",
        "何人查詢何人、何時及登載事由",
    ),
    "col.counted": ("Look-ups (unexplained)", "查詢次數（未獲說明）"),
    "col.when": ("When", "期間"),
    "col.question": ("Question", "問題"),
    "col.who": ("Who", "何人"),
    "col.basis": ("Basis", "依據"),
    "col.why": ("Why", "理由"),
    "role.held": ("Held the account", "帳號持有人"),
    "role.used": ("Used the account", "實際使用人"),
    "role.asked": ("Asked for it", "請託人"),
    "basis.established": ("established", "已確認"),
    "basis.indicated": ("indicated by records", "紀錄顯示"),
    "basis.not established": ("not established", "尚未確認"),
    "role.why.held": ("The log names this account's holder.", "查詢紀錄所載帳號之持有人。"),
    "role.why.used": (
        "The log names the account and not the person who sat before it.",
        "查詢紀錄僅載帳號，未載實際操作之人。",
    ),
    "role.why.asked": (
        "See who may have asked, for and against, below.",
        "詳見下文可能請託人之正反事證。",
    ),
    "cf.not_recorded": ("not recorded yet", "尚未記載"),
    # evidence
    "cf.evidence": ("Evidence {exhibit}: {title}", "事證 {exhibit}：{title}"),
    "cf.item.trace": ("trace from {ref}", "自 {ref} 追查"),
    "cf.item.lead": ("lead", "線索"),
    "cf.item.lookup": ("look-ups", "查詢紀錄"),
    "cf.item.person": ("person {ref}", "人員 {ref}"),
    "cf.item.path": ("path between {ref}", "{ref} 間之路徑"),
    "cf.item.document": ("document", "文件"),
    "cf.item.interview": ("interview note", "訪談紀錄"),
    "cf.item.statement": ("the officer's own statement", "當事人陳述"),
    "cf.complaint": (
        "Complaint {id} was made on {at}{about}. The incident it tells of: {incident}. Its "
        "text: “{text}”.",
        "陳情 {id} 於 {at} 提出{about}。所述事件發生於 {incident}。內容：「{text}」。",
    ),
    "cf.complaint.about": (" about vehicle {vehicle}", "，涉及車輛 {vehicle}"),
    "cf.unknown": ("not stated", "未載明"),
    "cf.traced": (
        "{total} look-ups of the subject, its household or vehicles were found in the window "
        "from {since} to {until}; {chosen} of them are in this case file. The others are listed "
        "for comparison.",
        "於 {since} 至 {until} 間，共查得對象及其同戶、車輛之查詢 {total} 次，其中 {chosen} 次列入"
        "本案卷，其餘列供比較。",
    ),
    "cf.sides": ("What speaks for and against", "正反事證"),
    "cf.for": ("Why it is thought unexplained", "何以認為未獲說明"),
    "cf.against": ("What speaks against misuse", "有利於當事人之事證"),
    "cf.asked": ("Who may have asked, for and against", "可能請託人之正反事證"),
    "caption.asked": ("Who may have asked", "可能之請託人"),
    "col.for": ("For", "支持"),
    "col.against": ("Against", "反對"),
    "caption.traced": (
        "Every look-up found by the trace, those of this case file first",
        "追查所得之全部查詢，列入本案卷者在前",
    ),
    "col.in_case": ("In the case file", "列入案卷"),
    "cf.yes": ("yes", "是"),
    "cf.no": ("no", "否"),
    "cf.explanations": ("Explanations tried", "已嘗試之合理說明"),
    "caption.tried": (
        "Explanations tried for these look-ups",
        "就上述查詢所嘗試之合理說明",
    ),
    "outcome.found": ("found", "查得"),
    "outcome.not found": ("not found", "查無"),
    "outcome.record not available": ("record not available", "無紀錄可供查對"),
    "cf.tried.partial": ("found in part", "查得部分"),
    "col.allegation": ("Allegation", "指控"),
    "col.text": ("What", "內容"),
    "col.by": ("Signed", "簽署人"),
    "col.on": ("On", "日期"),
    "col.n": ("No.", "編號"),
    "col.exhibit": ("Exhibit", "事證"),
    "col.kind": ("Kind", "種類"),
    "col.element": ("Element", "要件"),
    "col.tried": ("Explanation", "合理說明"),
    "col.action": ("Step", "步驟"),
    "col.hash": ("Hash", "雜湊值"),
    # allegations
    "cf.allegations": ("Allegations", "指控與認定"),
    "cf.allegation": ("Allegation {id}", "指控 {id}"),
    "cf.elements": ("What would have to be shown", "應具備之要件"),
    "caption.elements": ("Elements of allegation {id}", "指控 {id} 之要件"),
    "cf.element.all": ("all", "全部"),
    "cf.none_recorded": ("None recorded.", "無。"),
    "cf.settles": ("What would settle it", "可據以釐清之紀錄"),
    "cf.finding": ("Finding", "認定"),
    "cf.finding.text": (
        "{finding}. Decided by {by} on {on}. Reason: {note}",
        "{finding}。由 {by} 於 {on} 認定。理由：{note}",
    ),
    "cf.finding.earlier": (
        "Earlier finding, kept on record: {finding}, by {by} on {on}. Reason: {note}",
        "先前認定（保留）：{finding}，由 {by} 於 {on} 作成。理由：{note}",
    ),
    "cf.finding.none": ("Not decided yet.", "尚未認定。"),
    "finding.substantiated": ("Substantiated", "成立"),
    "finding.not substantiated": ("Not substantiated", "不成立"),
    "finding.insufficient": ("Insufficient evidence", "事證不足"),
    "finding.no case to answer": ("No case to answer", "無須究責"),
    "status.open": ("open", "調查中"),
    "status.under review": ("under review", "審查中"),
    "status.decided": ("decided", "已認定"),
    "status.closed": ("closed", "已結案"),
    # statements and documents
    "cf.statements": ("Statements, interviews and documents", "陳述、訪談與文件"),
    "cf.attached": ("see the document attached.", "詳所附文件。"),
    "cf.said": ("{by}, {at}: {text}", "{by}，{at}：{text}"),
    "caption.documents": ("Documents, with the hash of each", "文件及其雜湊值"),
    "cf.caption.people": ("Persons in the case file", "案卷所列人員"),
    "col.name": ("Name", "名稱"),
    "col.bytes": ("Bytes", "位元組"),
    # missing
    "cf.missing": ("What is missing", "尚缺事項"),
    "cf.missing.statement": (
        "No statement of the officer concerned is in the case file.",
        "案卷中尚無當事員警之陳述。",
    ),
    "cf.missing.used": (
        "Who used the account has not been established.",
        "實際使用帳號之人尚未確認。",
    ),
    "cf.missing.asked": ("Who asked has not been established.", "請託人尚未確認。"),
    "cf.missing.element": (
        "Allegation {id}: no evidence is recorded for element {n}.",
        "指控 {id}：要件 {n} 尚無事證。",
    ),
    "cf.missing.against": (
        "Allegation {id}: nothing that speaks against it is recorded.",
        "指控 {id}：尚未記載有利於當事人之事證。",
    ),
    "cf.missing.finding": ("Allegation {id} is not decided.", "指控 {id} 尚未認定。"),
    "cf.missing.record": ("Record not available: {title}.", "無紀錄可供查對：{title}。"),
    "cf.missing.none": ("Nothing that the tool can tell.", "就本工具所能判斷，無。"),
    # history
    "cf.history": ("Who did and decided what", "辦理及認定經過"),
    "caption.history": (
        "Every entry of the case file; none was ever changed",
        "案卷之全部登載；均未曾更動",
    ),
    "cf.history.text": (
        "Each entry is chained to the one before by hash. The last hash, {head}, stands for all.",
        "各筆登載以雜湊值與前筆相連，最末雜湊值 {head} 可代表全部。",
    ),
    "action.new": ("opened", "開立"),
    "action.item": ("added {kind}", "增列{kind}"),
    "action.allegation": ("allegation", "指控"),
    "action.evidence": ("evidence", "事證"),
    "action.explanation": ("explanation tried", "嘗試說明"),
    "action.settle": ("record to ask for", "待調紀錄"),
    "action.finding": ("finding", "認定"),
    "action.role": ("role", "角色"),
    "action.note": ("note", "註記"),
    "action.status": ("status", "狀態"),
    "cf.notes": ("Notes", "註記"),
    # exhibits and repeating
    "cf.exhibits": ("Exhibits", "事證清單"),
    "caption.exhibits": ("Exhibits of the case file", "案卷事證"),
    "cf.timeline.incident": ("Incident", "事件"),
    "cf.timeline.complaint": ("Complaint", "陳情"),
    "cf.timeline.caption": (
        "Look-ups of the case file and what they may follow: hollow where fully explained, pale "
        "where in part, filled where no explanation is on record; incident and complaint apart.",
        "案卷所涉查詢及其前後事件：空心為有完整說明，淺色為部分說明，實心為查無說明；"
        "事件與陳情另列。",
    ),
    "cf.hours.caption": (
        "All look-ups of account {officer} by local hour. Light: explained in full. Dark: partly "
        "or not explained.",
        "帳號 {officer} 全部查詢之時段分布（當地時間）。淺色：有完整說明；深色：僅部分或查無說明。",
    ),
    "cf.repeat": ("How to repeat it", "如何重現"),
    "cf.repeat.text": (
        "With the source files named above (compare their SHA-256) and this version of "
        "linkgraph, the commands below make the same ledger, screening and evidence. The "
        "fingerprints must be those of this report.",
        "以上列來源檔案（請比對 SHA-256）及相同版本之 linkgraph 依序執行下列指令，即可得到相同之"
        "帳冊、篩選與事證；其指紋應與本報告所載相同。",
    ),
    # the certificate of a purge
    "purge.title": ("Certificate of removal: inquiry {inquiry}", "銷毀證明：調查案 {inquiry}"),
    "purge.subtitle": (
        "What was joined under an inquiry that has ended",
        "已終結調查案所結合資料之銷毀",
    ),
    "purge.text": (
        "On {at} the {n} files ({bytes} bytes) that inquiry {inquiry} had joined in this "
        "workspace were removed. Each is listed with its hash.",
        "調查案 {inquiry} 於本工作區結合之 {n} 個檔案（{bytes} 位元組）已於 {at} 銷毀，"
        "各檔雜湊值列載於後。",
    ),
    "purge.closed": ("Ended", "終結時間"),
    "purge.at": ("Removed", "銷毀時間"),
    "purge.stores": ("Servers that held the graph", "曾存放關聯圖之伺服器"),
    "purge.store_emptied": ("{store}: emptied, {n} nodes", "{store}：已清空，計 {n} 個節點"),
    "purge.store_left": ("{store}: not emptied. {why}", "{store}：未清空。{why}"),
    "purge.elsewhere": ("Copies that only their holders can remove", "須由持有人自行銷毀之複本"),
    "purge.kept": ("Case files that are kept", "保留之案卷"),
    "purge.kept.text": (
        "Case files hold what was seen and decided on. They stay as evidence, under the "
        "agency's own rules of retention.",
        "案卷載有辦理時所見及據以認定之內容，作為證據依機關保存規定保留。",
    ),
    "purge.removed": ("What was removed", "已銷毀之檔案"),
    "purge.caption": ("Files removed, with the hash of each", "已銷毀之檔案及其雜湊值"),
    "redacted": (
        "Redacted: names, numbers, plates, telephones and addresses are replaced by pseudonyms "
        "that are the same throughout the case file. The key is kept apart.",
        "本件已去識別化：姓名、編號、車牌、電話及地址均以同一案卷內一致之代號取代，對照表另行保管。",
    ),
}
