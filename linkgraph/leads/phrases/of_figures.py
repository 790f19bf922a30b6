"""What `leads show --explain` says: how each number of a waterfall came about."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str]] = {
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
    "why.place_own": (
        "expected by place: apart from this set {hits} pairs fell on the {people} residents of "
        "the person's community",
        "依地緣所得預期：除本集合外，有 {hits} 組落於該人所屬社區之 {people} 名居民",
    ),
    "why.place_unit": (
        "expected by place: {hits} pairs of the unit's other officers fell on the {people} "
        "residents of the person's community",
        "依地緣所得預期：同單位其他員警有 {hits} 組落於該人所屬社區之 {people} 名居民",
    ),
    "why.place_organisation": (
        "expected by place: {hits} pairs of the unit's other officers fell on the {people} people "
        "of this organisation",
        "依地緣所得預期：同單位其他員警有 {hits} 組落於該組織之 {people} 人",
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
    "why.habit": (
        "the officer's own way of working: {k} of the {n} pairs that records explain in full show "
        "it; twenty pairs count as comparable officers'",
        "員警本人作業習慣：可完整說明之 {n} 組中有 {k} 組出現；另以可比較員警計二十組",
    ),
    "why.declared_m": (
        "share of misuse for a direct tie that was declared: a quarter of the odds (documented)",
        "對直接關係之不當查詢中已申報之比例：勝算為四分之一（文件值）",
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
