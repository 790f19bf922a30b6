"""What a lead says: its steps, its kind, both sides, and what would settle it."""

from __future__ import annotations

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
    "requester_circle": ("Circle of whoever asked", "請託人之關係人"),
    "caller_circle": ("Circle of whoever rang", "來電者之關係人"),
    "dealings": ("Home and dealings of an acquaintance", "關係人之同住者與交易對象"),
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
    "later_tie": (
        "{person}: this tie is on record from {day} on, after the look-up.",
        "{person}：此項關聯自 {day} 起方有紀錄，晚於查詢。",
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
}
