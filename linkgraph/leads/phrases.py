"""What leads, traces and worklists say, in English and Traditional Chinese.

Neutral by rule: a record that would settle a question is asked for; nobody is accused.
"""

from __future__ import annotations

from linkgraph.leads.lead import Bilingual

PHRASES: dict[str, tuple[str, str]] = {
    # steps of a waterfall
    "search_charge": ("Charge for the search", "搜尋範圍折減"),
    "subject": ("Subject", "查詢對象"),
    "remainder": ("Remainder of the mixture", "混合模型餘數"),
    "rounding": ("Rounding", "進位"),
    "shared_work": ("Looks like shared work", "疑為單位共同勤務"),
    "declared_contact": ("Declared contact", "已申報之交往對象"),
    # kinds of set
    "circle": ("A tie and that person's own ties", "關係人及其往來對象"),
    "household": ("The officer and the household", "本人及同戶"),
    "organisation": ("Organisation with a role in the circle", "關係人任職之組織"),
    "hub": ("Other organisation that look-ups share", "查詢對象共同之組織"),
    "mate_circle": ("Circle of a colleague of the unit", "同單位同仁之關係人"),
    "mate_accounts": (
        "Circle of a colleague, met through several accounts",
        "經多名同仁帳號查詢之同仁關係人",
    ),
    "mate_organisation": ("Organisation of a colleague of the unit", "同單位同仁之組織"),
    "colleague": ("Colleague", "同仁"),
    "duty_partner": ("Circle of a duty partner", "同勤務同仁之關係人"),
    "device_sharer": ("Circle of one who shares a device", "共用裝置者之關係人"),
    # mitigating and background
    "indicator_count": ("{title}: {n} of {of} look-ups.", "{title}：{of} 筆查詢中有 {n} 筆。"),
    "explained_partly": (
        "Explained in part ({title}): {n} of {of} look-ups.",
        "部分可說明（{title}）：{of} 筆查詢中有 {n} 筆。",
    ),
    "explained_fully": (
        "{n} further look-ups of the same subjects are explained in full and are not counted.",
        "另有 {n} 筆同對象之查詢已可完整說明，未列入計算。",
    ),
    "declared": (
        "The officer declared the contact with {person} on {day}.",
        "員警已於 {day} 申報與 {person} 之交往。",
    ),
    "reviewed_proper": (
        "{n} of these look-ups were reviewed as proper.",
        "其中 {n} 筆經審查為適當。",
    ),
    "tenure": ("In service since {day}.", "自 {day} 起任職。"),
    "decision.proper": ("proper", "符合公務"),
    "decision.procedural": ("procedural", "程序不符"),
    "decision.negligent": ("negligent", "過失"),
    "decision.improper": ("improper", "非公務查詢"),
    "decision.undetermined": ("undetermined", "無法認定"),
    "earlier_reviews": (
        "Earlier reviews of the officer's look-ups: {counts}. Not weighed.",
        "員警查詢之既往審查：{counts}。未列入計算。",
    ),
    "few_comparable": (
        "Few comparable officers: the expected number rests on fewer than ten.",
        "可比較之員警不足十人，預期值僅供參考。",
    ),
    "shared_note": (
        "Colleagues or a case of the unit met the same people: these hits count as one.",
        "單位同仁或案件亦涉及相同人員，該等查詢僅計為一次。",
    ),
    "nothing_tried": (
        "No explanation could be tried, as the tables that would explain look-ups are not loaded: "
        "all of this may be ordinary work.",
        "可說明查詢之資料表均未載入，未能嘗試任何說明：以上查詢可能均屬一般公務。",
    ),
    "innocent_reading": ("{title}: {text}", "{title}：{text}"),
    "explained_beside": (
        "{title} explains another subject of the same look-up: {n} of {of} look-ups.",
        "{title}可說明同一筆查詢之其他對象：{of} 筆查詢中有 {n} 筆。",
    ),
    "left_out": (
        "{shown} leads are listed; at least {more} more weigh less.",
        "列出 {shown} 條線索；其餘至少 {more} 條權重較低。",
    ),
    # what would settle it
    "settle.own_case": (
        "The case file that assigns {officer} to a matter of these subjects at the time, or the "
        "receipt of one on paper that was entered later.",
        "{officer} 當時承辦涉及該等對象之案卷，或嗣後補登之紙本收件。",
    ),
    "settle.cited_case": (
        "Case file {cases}: whether it involves these subjects.",
        "案卷 {cases}：是否涉及該等對象。",
    ),
    "settle.event_case": (
        "The dispatch, stop or traffic record of the hours around the look-ups.",
        "查詢前後數小時之派遣、攔查或交通事故紀錄。",
    ),
    "settle.registered_proxy": (
        "The proxy register of the unit for {days}, with who asked and who approved.",
        "單位 {days} 之代查登記簿，含申請人與核准人。",
    ),
    "settle.work_record": (
        "The work log, reception book or body-camera recording of {days}, the duty partner's "
        "included.",
        "{days} 之工作紀錄簿、受理登記或密錄器影像，含同勤夥伴之紀錄。",
    ),
    "settle.task_force": (
        "The list of members and cases of any operation of {days}.",
        "{days} 各專案之成員名冊與所屬案件。",
    ),
    "settle.visit_register": (
        "The register of persons and places to be visited, as it stood on {days}.",
        "{days} 當時之查訪登記（列管查訪對象）。",
    ),
    "settle.reviewed_proper": (
        "A review of these look-ups against the files.",
        "就該等查詢與卷證之比對審查。",
    ),
    "settle.unit_case": (
        "The unit's cases of {days} that name these subjects.",
        "單位於 {days} 涉及該等對象之案件。",
    ),
    "settle.roster": (
        "The duty roster or patrol sheet of {days}.",
        "{days} 之勤務分配表或巡邏簽章表。",
    ),
    "settle.requester": (
        "The statement of {requester}, who may have asked, and the calls to the station then.",
        "可能之請託人 {requester} 之說明，及當時撥入駐地之通話紀錄。",
    ),
    "settle.statement": (
        "The officer's own statement on the reason for these look-ups.",
        "員警本人對該等查詢事由之說明。",
    ),
    "settle.other": (
        "The record behind “{title}” for {days}.",
        "{days} 有關「{title}」之紀錄。",
    ),
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
    # how a number of the waterfall came about
    "why.bits": ("bits of this step", "本項位元數"),
    "why.summed": ("over the subjects", "各對象合計"),
    "why.prior_form": (
        "documented share of known misuse that takes this form",
        "已知不當查詢中屬此類型之比例（文件值）",
    ),
    "why.prior_form_learned": (
        "share of known misuse that takes this form: documented {prior}, and {fired} of {of} "
        "officers with confirmed misuse from reviews not begun by a lead",
        "已知不當查詢中屬此類型之比例：文件值 {prior}，另依非由線索發動之審查，"
        "確認不當之員警 {of} 名中有 {fired} 名",
    ),
    "why.prior_m": (
        "documented share of misuse that shows it",
        "不當查詢中出現此情形之比例（文件值）",
    ),
    "why.prior_m_learned": (
        "share of misuse that shows it: documented {prior}, and {fired} of {of} confirmed pairs "
        "from reviews not begun by a lead",
        "不當查詢中出現此情形之比例：文件值 {prior}，另依非由線索發動之審查，"
        "確認不當之 {of} 組中有 {fired} 組",
    ),
    "why.searched": ("sets of this kind around the officer", "該員警周邊此類集合數"),
    "why.pairs_all_kinds": (
        "the officer's pairs without full explanation",
        "該員警未能完整說明之查詢配對數",
    ),
    "why.own": (
        "the officer's pairs by {kind} without full explanation",
        "該員警以{kind}查詢且未能完整說明之配對數",
    ),
    "why.own_unit": (
        "the unit's pairs by {kind} without full explanation, one role",
        "該單位同職務以{kind}查詢且未能完整說明之配對數",
    ),
    "why.peers_role": (
        "comparable officers: same role, looking up by {kind}, this one left out",
        "可比較員警數：職務相同且以{kind}查詢，不含本人",
    ),
    "why.peers_kind": (
        "comparable officers: any role, looking up by {kind}, this one left out",
        "可比較員警數：不分職務且以{kind}查詢，不含本人",
    ),
    "why.peers_all": (
        "comparable officers: all, any kind of look-up, this one left out",
        "可比較員警數：全體、不分查詢種類，不含本人",
    ),
    "why.force_weight": (
        "weight of the force: twenty average officers' pairs",
        "全體之權重：相當於二十名平均員警之配對數",
    ),
    "why.share_of_pairs": (
        "share of their pairs that fall on this person: {local_hits} of {local} in the district, "
        "{hits} of {total} in the force, and one half",
        "其配對落於此人之比例：轄區 {local} 組中 {local_hits} 組、全體 {total} 組中 {hits} 組，"
        "另加二分之一",
    ),
    "why.rate": ("pairs expected by chance", "偶然預期之配對數"),
    "why.rate_unit": ("expected by chance over the unit's roles", "單位各職務合計之偶然預期"),
    "why.rate_sharers": (
        "expected from how the colleagues who share the work meet such people",
        "依共同勤務之同仁查詢此等人員之頻率所得預期",
    ),
    "why.rate_larger": ("the larger of the two", "兩者取大"),
    "why.direct": ("three times 1/λ: a direct tie", "1/λ 之三倍：直接關係"),
    "why.not_direct": ("1/λ: no direct tie", "1/λ：非直接關係"),
    "why.share": (
        "share of K = {extra} extra pairs that falls on one of |S| = {size} people",
        "K = {extra} 組額外配對落於 |S| = {size} 人中一人之比例",
    ),
    "why.counted_together": (
        "counted as one with the strongest of the shared hits",
        "與共同勤務中最強之一筆合計為一次",
    ),
    "why.same_session": (
        "{subject} was looked up in the same session (look-ups within an hour of one another), "
        "for which this, or what sees the same thing, has counted",
        "{subject} 於同一次作業（前後相隔一小時內之查詢）中查詢，該次已計入此項或同性質之項目",
    ),
    "why.pairs_district": (
        "fires{level} on {k} of {n} comparable pairs{among}: same district, role and kind, this "
        "officer left out (upper 95 % Jeffreys bound)",
        "{among}可比較配對 {n} 組中有 {k} 組出現{level}：轄區、職務、種類相同，不含本人"
        "（Jeffreys 95% 上界）",
    ),
    "why.pairs_role": (
        "fires{level} on {k} of {n} comparable pairs{among}: same role and kind, this officer "
        "left out (upper 95 % Jeffreys bound)",
        "{among}可比較配對 {n} 組中有 {k} 組出現{level}：職務、種類相同，不含本人"
        "（Jeffreys 95% 上界）",
    ),
    "why.pairs_kind": (
        "fires{level} on {k} of {n} comparable pairs{among}: same kind, this officer left out "
        "(upper 95 % Jeffreys bound)",
        "{among}可比較配對 {n} 組中有 {k} 組出現{level}：種類相同，不含本人（Jeffreys 95% 上界）",
    ),
    "why.pairs_all": (
        "fires{level} on {k} of {n} pairs{among}, all others together (upper 95 % Jeffreys bound)",
        "其餘{among}全部配對 {n} 組中有 {k} 組出現{level}（Jeffreys 95% 上界）",
    ),
    "why.declared": (
        "declared{level} for {k} of {n} direct ties of other officers (upper 95 % Jeffreys bound)",
        "其他員警之直接關係 {n} 件中有 {k} 件已申報{level}（Jeffreys 95% 上界）",
    ),
    "why.beside": (" that show the finding", "出現此一發現之"),
    "why.at_least_repeated": (" on {level} days or more", "達 {level} 日以上"),
    "why.at_least_proxy_contradicted": (
        " with {level} contradictions or more",
        "達 {level} 項不符以上",
    ),
    "why.by_share": (
        "each pair counts by the share of its look-ups on which it fires",
        "各配對依其出現此情形之查詢比例計入",
    ),
    "why.worth": ("what it is worth on {subject}", "於 {subject} 之價值"),
    "why.worth_share": (
        "what it is worth on {subject}, by the share of the look-ups on which it fires",
        "於 {subject} 之價值，依出現此情形之查詢比例計",
    ),
    "why.worth_clipped": (
        "what it is worth on {subject}, where all indicators together count for at most 5 bits",
        "於 {subject} 之價值；各指標合計以 5 位元為限",
    ),
    "why.adds": ("what it adds on {subject}", "於 {subject} 增減之位元"),
    "why.shared_charge": (
        "charge: {n} hits look like work that the unit shares",
        "折減：{n} 筆疑為單位共同勤務",
    ),
    "why.extra": ("bits if K = {extra} pairs are extra", "若有 K = {extra} 組額外配對之位元"),
    "why.extra_most": (
        "bits if K = {extra} pairs are extra, which carries most",
        "若有 K = {extra} 組額外配對之位元，為最大者",
    ),
    "why.mixture": (
        "charge for the search, and the mean over K of 2^S",
        "搜尋範圍折減，加上 2^S 於各 K 之平均",
    ),
    "why.strongest": (
        "charge for the search, the finding and the context of its strongest pair",
        "搜尋範圍折減、發現及其最強配對之情境",
    ),
    "why.remainder": (
        "the lead's bits less the steps above: that cost, the mean over K instead of the largest, "
        "and rounding",
        "線索位元數扣除以上各項：前述成本、以各 K 平均取代最大值，及進位",
    ),
    "why.extra_cost": (
        "what K = {extra} extra pairs cost, whether or not they occur",
        "K = {extra} 組額外配對之成本，無論實際是否出現",
    ),
    "why.rounding": ("the lead's bits less the steps above", "線索位元數扣除以上各項"),
    "why.kind_person": ("person", "姓名證號"),
    "why.kind_vehicle": ("vehicle", "車輛"),
    "why.kind_phone": ("phone", "電話"),
    "why.kind_address": ("address", "地址"),
    "why.kind_organisation": ("organisation", "組織"),
    "why.kind_query": ("text", "文字"),
}


def text(id_: str, language: str) -> str:
    """The phrase as it stands (places unfilled), or the id itself where there is none."""
    english, chinese = PHRASES.get(id_, (id_, id_))
    return chinese if language == "zh-TW" else english


def phrase(id_: str, /, **values: object) -> Bilingual:
    """Both languages, places filled; a value that is a dict of languages is taken by language."""
    english, chinese = PHRASES[id_]
    return {
        "en": english.format(**_in("en", values)),
        "zh_tw": chinese.format(**_in("zh_tw", values)),
    }


def joined(parts: list[Bilingual], *, english: str = "; ", chinese: str = "、") -> Bilingual:
    """Several short phrases as one."""
    return {
        "en": english.join(part["en"] for part in parts),
        "zh_tw": chinese.join(part["zh_tw"] for part in parts),
    }


def _in(language: str, values: dict[str, object]) -> dict[str, object]:
    return {
        name: value[language] if isinstance(value, dict) else value
        for name, value in values.items()
    }
