"""What traces and worklists say: who may have asked, what fits, what contradicts."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str]] = {
    # who may have asked
    "asked.logged": ("Named as requester in the log.", "查詢紀錄載明為申請人。"),
    "not_asked.no_such_name": (
        "No officer of the force is so named.",
        "查無所稱之員警。",
    ),
    "not_asked.log_names": (
        "The log names somebody else as requester.",
        "查詢紀錄所載申請人為他人。",
    ),
    "asked.text": ("Written in the log as requester: {text}.", "查詢紀錄所載申請人：{text}。"),
    "asked.named": ("Named in the complaint.", "陳情內容提及。"),
    "asked.party": ("Party to the incident.", "為事件當事人。"),
    "asked.away_leave": ("On leave at the time.", "當時休假。"),
    "asked.away_off": ("Off duty at the time.", "當時非服勤時間。"),
    "asked.same_unit": ("Of the account holder's unit.", "與帳號持有人同單位。"),
    "asked.call": (
        "A call from {phone} reached the holder's unit {minutes} minutes before.",
        "查詢前 {minutes} 分鐘，{phone} 曾撥入帳號持有人單位。",
    ),
    "asked.holder": ("The account's holder.", "帳號持有人本人。"),
    "asked.caller": ("Caller number on the look-up: {phone}.", "查詢所載來電號碼：{phone}。"),
    "not_asked.on_duty": ("On duty at the time ({kind}).", "當時服勤中（{kind}）。"),
    "not_asked.unknown_duty": ("No duty record at the time.", "當時無勤務紀錄。"),
    "not_asked.not_named": ("Not named in the complaint.", "陳情內容未提及。"),
    "not_asked.no_call": (
        "No call to the unit is on the exchange's log in the half hour before.",
        "總機紀錄顯示查詢前半小時內無來電。",
    ),
    "not_asked.other_unit": ("Of another unit.", "屬其他單位。"),
    "not_asked.explained": ("The look-up is explained in full.", "該筆查詢已可完整說明。"),
    "not_asked.many_away": (
        "{n} officers of the unit were on leave or off at that time.",
        "當時該單位有 {n} 名員警休假或非服勤。",
    ),
    # trace
    "trace.after_incident": (
        "{minutes} minutes after the incident.",
        "事件發生後 {minutes} 分鐘。",
    ),
    "trace.after_incident_hours": ("{n} hours after the incident.", "事件發生後 {n} 小時。"),
    "trace.after_incident_days": ("{n} days after the incident.", "事件發生後 {n} 日。"),
    "trace.just_before_incident": (
        "{minutes} minutes before the time given for the incident.",
        "所載事件時間前 {minutes} 分鐘。",
    ),
    "trace.before_complaint": ("{days} days before the complaint.", "陳情前 {days} 日。"),
    "trace.before_incident": ("Before the incident.", "事件發生前。"),
    "trace.indicator": ("{title}.", "{title}。"),
    "trace.unexplained": ("No record explains it.", "無紀錄可說明。"),
    "trace.partial": ("Explained in part: {title}.", "部分可說明：{title}。"),
    "trace.full": ("Explained in full: {title}.", "可完整說明：{title}。"),
    "trace.reported": ("The officer reported it unasked.", "員警自行陳報。"),
    "trace.beside_reported": (
        "Made within minutes of the one that the officer reported unasked.",
        "於員警自行陳報之查詢前後數分鐘內所為。",
    ),
    "trace.subject": ("About the subject itself.", "直接查詢該對象。"),
    "trace.vehicle": ("About a vehicle of the household.", "查詢該戶之車輛。"),
    "trace.household": ("About a member of the household.", "查詢同戶人員。"),
    # worklist proxy
    "proxy.requester_leave": ("requester on leave", "申請人休假中"),
    "proxy.requester_off": ("requester off duty", "申請人非服勤時間"),
    "proxy.other_unit": ("requester of another unit", "申請人屬其他單位"),
    "proxy.requester_unknown": ("requester not among the officers", "查無申請人"),
    "proxy.number_not_of_unit": (
        "calling number not of the requester's unit",
        "來電號碼非申請人單位所有",
    ),
    "proxy.no_such_call": ("no such call on the exchange's log", "總機無該通話紀錄"),
    "proxy.unregistered": ("not in the proxy register", "未登錄代查登記簿"),
    "proxy.unapproved": ("not approved", "未經核准"),
    "proxy.identity_unchecked": ("identity not checked", "未查證身分"),
    "proxy.two_within_minutes": (
        "{n} subjects asked for within {minutes} minutes",
        "{minutes} 分鐘內查詢 {n} 個對象",
    ),
    "proxy.several": ("several subjects asked for within minutes", "數分鐘內查詢多個對象"),
    "proxy.self_report": ("the officer reported it unasked", "員警自行陳報"),
    "proxy.partial": ("explained in part", "部分可說明"),
    "proxy.line": ("{contradictions}.", "{contradictions}。"),
    "proxy.speaks_for": ("Speaks for it: {facts}.", "有利事項：{facts}。"),
    "proxy.missing": (
        "Not compared with {table}: not loaded.",
        "未載入 {table}，未能比對。",
    ),
    # worklists of purposes and of rights
    "work.explained": (
        "{n} of {of} are explained in full by a record",
        "{of} 筆中有 {n} 筆已有紀錄可完整說明",
    ),
    "purpose.claimed_event": (
        "{n} look-ups claim {event}, of which no record was found around that time",
        "{n} 筆查詢用途稱{event}，惟前後期間查無紀錄",
    ),
    "purpose.event_stolen": ("a theft", "失竊"),
    "purpose.event_wanted": ("a warrant", "通緝"),
    "purpose.event_missing": ("a missing person", "失蹤協尋"),
    "purpose.event_accident": ("a traffic accident", "交通事故"),
    "purpose.event_report": ("a report made", "受理報案"),
    "purpose.case_mismatch": (
        "{n} look-ups cite a case whose record names other subjects: {case}",
        "{n} 筆查詢引用之案號，其紀錄所列對象不同：{case}",
    ),
    "purpose.empty": (
        "{n} of {of} look-ups give no purpose{rest}",
        "{of} 筆中有 {n} 筆未填用途{rest}",
    ),
    "purpose.listed": (
        "{n} of {of} look-ups give a generic purpose{rest}",
        "{of} 筆中有 {n} 筆用途空泛{rest}",
    ),
    "purpose.same": (
        "{n} of {of} look-ups give one purpose, “{purpose}”{rest}",
        "{of} 筆中有 {n} 筆均填「{purpose}」{rest}",
    ),
    "purpose.rest": (
        ", {open} of them with no record that explains it; of comparable officers' look-ups that "
        "no record explains, {share} in 100 do",
        "，其中 {open} 筆無紀錄可完整說明；可比較員警無紀錄可完整說明之查詢，每百筆有 {share} 筆",
    ),
    "rights.departed": (
        "right to {system} open after the officer left ({day})",
        "員警已離職（{day}），{system} 權限仍有效",
    ),
    "rights.account_departed": (
        "account open after the officer left ({day})",
        "員警已離職（{day}），帳號仍有效",
    ),
    "rights.account_ended": (
        "{n} look-ups in {system} by an account that had ended, {open} without full explanation",
        "帳號停用後仍於 {system} 查詢 {n} 筆，其中 {open} 筆未能完整說明",
    ),
    "rights.no_right": (
        "{n} look-ups in {system} with no right to it on record, {open} without full explanation",
        "於 {system} 查詢 {n} 筆，惟查無該系統權限紀錄，其中 {open} 筆未能完整說明",
    ),
    "rights.transferred": (
        "right to {system} is of an earlier posting ({before}); the present role ({role}) since "
        "{day} does not list it",
        "{system} 權限屬前一職務（{before}）；{day} 起現職（{role}）未列該權限",
    ),
    "rights.beyond_role": (
        "right to {system} is not listed for the role ({role})",
        "{system} 權限未列於職務（{role}）",
    ),
    "rights.dormant": (
        "right to {system} not used for {days} days or more, last on {day}",
        "{system} 權限已 {days} 日以上未使用，最後使用日 {day}",
    ),
    "rights.never": (
        "right to {system} not used at all in {days} days or more of the log",
        "{system} 權限於查詢紀錄涵蓋之 {days} 日以上期間內從未使用",
    ),
    "rights.used": (
        "{line}; {n} look-ups under it, {open} without full explanation",
        "{line}；其間查詢 {n} 筆，其中 {open} 筆未能完整說明",
    ),
    "rights.unused": ("{line}; no look-up under it", "{line}；其間無查詢"),
    "rights.short_log": (
        "The log covers {days} days: whether a right was unused for {least} cannot be told.",
        "查詢紀錄僅涵蓋 {days} 日，無從判斷權限是否已 {least} 日未使用。",
    ),
    "rights.no_role": (
        "No rights are listed for the roles: {roles}.",
        "下列職務未列有權限：{roles}。",
    ),
}
