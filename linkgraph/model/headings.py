"""What agencies call the tables, columns and values of the contract.

English and Traditional Chinese words by which `map suggest` recognises a heading, a file's name
or a value.  A word may stand for several columns; the table and the values decide.  Words are
compared as readers do (`identifiers.comparable`), and
spaces, hyphens and underscores do not matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from linkgraph.model.identifiers import comparable

COLUMNS: Mapping[str, str] = {
    "lookup_id": "lookup no|query id|query no|log id|transaction id|serial|查詢序號|查詢編號|"
    "查詢單號|流水號|紀錄編號|紀錄序號|序號|日誌編號",
    "at": "time|timestamp|datetime|date time|date|query time|queried at|lookup time|logged at|"
    "查詢時間|查詢日期時間|查詢日期|查詢日時|日期時間|使用時間|時間|日期|登記時間|登記日期|"
    "發生時間|受理時間|陳情日期|陳情時間|通話時間|紀錄時間",
    "account_id": "account|user|user id|user name|login|登入帳號|使用者帳號|帳號|使用者代號|"
    "查詢帳號",
    "officer_id": "officer|officer no|badge|badge no|badge number|employee id|staff no|uid|"
    "員警代碼|員警編號|員警代號|警員代碼|警員編號|查詢人代碼|查詢人|查詢員警|使用者|承辦人代碼|"
    "承辦人|姓名代碼|人員代碼|人員編號|服務證號|臂章號碼|員警",
    "person_id": "車主|person|national id|id number|identity no|身分證字號|身分證統一編號|"
    "身分證號|身分證|統一編號|國民身分證統一編號|車主身分證|車主身分證字號|車主統編|車主證號|"
    "居留證號|證號",
    "subject_id": "subject|queried id|target|query subject|被查詢人|被查詢人身分證|"
    "被查詢人身分證字號|查詢對象|查詢條件|查詢標的|對象|被查詢號碼|受查詢人|對象證號|被查詢者",
    "subject_kind": "subject type|target type|query type|查詢類別|對象類別|查詢種類|類別|"
    "查詢對象類別|對象種類",
    "query_text": "query|search text|keyword|查詢字串|查詢內容|關鍵字|查詢姓名",
    "system": "查詢項目|system|database|application|查詢系統|系統名稱|系統|作業系統名稱|資料庫|"
    "作業名稱|系統別",
    "purpose": "purpose|reason|query reason|查詢事由|查詢用途|查詢目的|用途|事由|使用事由|查詢原因",
    "case_id": "case|case no|case number|cr id|complaint register|案件編號|案號|案件號碼|"
    "刑案編號|受理案號|發文字號|案件字號|卷號",
    "requester_id": "requester|requested by|on behalf of|委託人代碼|請求人代碼|代查人|委查人|"
    "委查員警|委託員警|請查人|申請人代碼|代查請求人",
    "requester_text": "requester name|委託人|請求人|委查人姓名|委託人姓名|請查人姓名",
    "requester_unit_id": "requester unit|委託單位|請求單位|委查單位|請查單位",
    "channel": "查詢方式|channel|via|委託方式|請求方式|受理方式|代查方式",
    "caller_phone_id": "caller|caller number|calling number|來電號碼|來電|來電電話",
    "approved_by": "approver|authorised by|authorized by|核准人|批准人|核可人|主管|審核人|同意人",
    "approved_at": "approval time|核准時間|核可時間|批准時間",
    "device_id": "端末設備|端末|device|device no|terminal|terminal id|設備編號|裝置編號|裝置|"
    "終端機|終端機代號|載具編號|載具|機號|電腦名稱",
    "terminal_ip": "端末位址|ip|ip address|client ip|ip位址|來源ip|網路位址|終端ip",
    "output": "output|output type|輸出方式|輸出|列印|輸出別",
    "results": "hits|rows|result count|筆數|結果筆數|回傳筆數|命中筆數",
    "role": "role|function|職務|角色|職稱|任務|身分別|身分|關係人別|涉案身分",
    "unit_id": "unit|unit code|department|station|單位代碼|單位編號|單位|所屬單位|服務單位|"
    "單位代號|機關代碼|承辦單位|分局|派出所|使用單位",
    "name": "name|full name|姓名|名稱|單位名稱|公司名稱|商號名稱|行號|中文姓名",
    "parent_unit_id": "parent unit|superior unit|上級單位|上級機關|隸屬單位|上級單位代碼",
    "district": "district|area|轄區|行政區|區域|縣市",
    "rank": "rank|grade|官階|官等|警階|官職等|職等",
    "joined_on": "joined|appointed|appointed date|hire date|到職日|到職日期|任職日期|任職日",
    "left_on": "left|resignation date|retired|離職日|離職日期|退休日期",
    "start": "過戶日|start|begin|from|start date|valid from|since|起|起日|開始日期|開始時間|"
    "起始日|起始日期|到任日|到任日期|生效日|生效日期|過戶日期|登記起日|起始時間|上勤時間|自",
    "end": "移轉日|end|to|until|end date|valid to|迄|迄日|訖日|結束日期|結束時間|終止日|"
    "終止日期|離任日|離任日期|失效日|失效日期|登記迄日|下勤時間|截止日期|至",
    "kind": "kind|type|category|relation|relationship|類型|種類|勤務別|勤務項目|勤務種類|"
    "勤務名稱|車種|案類|關係|稱謂|親屬關係|案件類別|紀錄類別",
    "duty_id": "duty|duty no|shift|勤務編號|勤務代號|班別|勤務分配編號|班次",
    "vehicle_id": "vehicle|plate|plate no|license plate|licence plate|registration|reg|車牌|"
    "車號|車牌號碼|牌照號碼|車輛牌照|車牌號",
    "colour": "colour|color|顏色|車色",
    "offence": "offence|offense|crime type|charge|罪名|案由|罪嫌|涉嫌罪名|案件名稱",
    "opened_at": "opened|reported at|case date|complaint date|立案時間|立案日期|受理日期|"
    "報案時間|報案日期|開案日期|發生日期|案發時間",
    "closed_at": "closed|closed date|結案日期|結案時間|銷案日期|偵結日期",
    "begun_at": "begun|paper date|received on paper|紙本受理日期|紙本收案日期|收案日期",
    "part_of": "task force|operation|parent case|專案編號|專案代號|併案案號|主案案號",
    "place": "place|location|address of incident|地點|發生地點|案發地點|發生處所",
    "phone_id": "phone|phone no|telephone|mobile|tel|電話|電話號碼|手機|手機號碼|門號|行動電話|"
    "聯絡電話|分機|分機號碼|公務電話",
    "from_phone_id": "from|calling party|caller id|發話號碼|主叫號碼|發話|發話電話|主叫",
    "to_phone_id": "to|called party|受話號碼|被叫號碼|受話|受話電話|被叫",
    "seconds": "seconds|duration|call duration|通話秒數|秒數|通話時間秒|通話長度",
    "register_id": "register no|登記簿編號|登記編號|登記序號|代查編號",
    "agent_id": "agent|performed by|代查員警|受託人|受託員警|執行查詢人|執行人|查詢執行人",
    "reason": "reason|代查事由|代查原因|請查事由",
    "identity_check": "identity check|identity verified|身分確認|身分查證|身分確認方式|查證方式",
    "record_id": "record no|紀錄號|工作紀錄編號|簿冊編號",
    "text": "text|note|remark|description|內容|備註|說明|摘要|陳情內容|記事|工作內容|地址|住址|"
    "戶籍地址|門牌",
    "complaint_id": "complaint no|complaint id|陳情編號|申訴編號|投訴編號|陳情案號",
    "incident_at": "incident date|incident time|事件時間|事發時間|糾紛時間",
    "complainant_id": "complainant|陳情人|申訴人|投訴人|陳情人身分證|陳情人身分證字號|檢舉人",
    "decision": "decision|finding|result|審查結果|查核結果|稽核結果|處理結果|認定結果",
    "selected_by": "selected by|抽選方式|選案方式|來源別",
    "reviewer": "reviewer|auditor|查核人|審查人|稽核人|稽核人員",
    "note": "note|remarks|備考|附註",
    "born_on": "born|birth date|date of birth|dob|birthday|出生日期|出生年月日|生日",
    "other_id": "other id|alias id|其他證號|舊證號|另一證號|別名證號",
    "address_id": "address id|address code|地址代碼|戶號|門牌編號|地址編號",
    "community": "community|building|社區|大樓|里別|村里|社區名稱",
    "person_a_id": "甲|person a|person 1|甲方|當事人|本人|本人身分證|當事人身分證|債務人|"
    "本人身分證字號",
    "person_b_id": "乙|person b|person 2|乙方|相對人|關係人|關係人身分證|親屬身分證|對方身分證|"
    "關係人身分證字號",
    "source": "source|來源|資料來源",
    "confidence": "confidence|可信度|確信度",
    "organisation_id": "organisation|organization|company no|business no|公司統一編號|公司統編|"
    "統編|商業統一編號|營業人統一編號|行號統編|團體代碼|場所代碼|營業場所編號",
    "holder_kind": "holder type|用戶別|持有人類別|申登人類別",
    "holder_id": "holder|subscriber|申登人|持有人|用戶|申登人證號|用戶證號|持有人身分證",
    "warrant_no": "warrant|warrant no|court order|調取票號|通聯調取票|令狀字號|調取票字號",
    "order_no": "order no|核准文號|調閱文號|許可文號",
}
"""Column of the contract -> words for it."""

TABLE_NAMES: Mapping[str, str] = {
    "lookups": "lookup|query log|querylog|access log|audit log|查詢紀錄|查詢日誌|查詢記錄|"
    "使用紀錄|portal|mobile|log|入口|戶役政|刑案查詢|車籍查詢",
    "units": "units|stations|departments|單位|機關",
    "officers": "officers|staff|personnel|employees|profiles|員警|人事|警員|名冊",
    "postings": "postings|assignments|派任|調任|職務歷程|任職|經歷",
    "accounts": "accounts|users|帳號",
    "rights": "rights|permissions|權限",
    "devices": "devices|設備|裝置|載具",
    "duties": "duties|duty|roster|rota|shifts|勤務|班表|勤務表|勤務分配",
    "vehicles": "vehicles|cars|車輛",
    "vehicle_owners": "vehicle owners|owners|車籍|車主|過戶",
    "cases": "cases|crimes|complaints register|案件|刑案|受理",
    "case_officers": "case officers|investigators|investigated by|承辦|專案人員",
    "case_subjects": "case subjects|suspects|accused|witnesses|party to|involved|涉案|嫌疑人|"
    "當事人",
    "unit_phones": "unit phones|extensions|公務電話|分機",
    "internal_calls": "internal calls|pbx|exchange|總機|內線",
    "proxy_register": "proxy register|proxy|代查|代查登記|委查",
    "work_records": "work records|work log|工作紀錄|工作簿|出入登記",
    "work_record_subjects": "persons checked|checked persons|受盤查人|盤查名單|查訪名單",
    "visit_register": "visit register|visits|查訪登記|治安顧慮人口|列管人口|查訪名冊",
    "conflict_notices": "conflict notices|recusals|迴避|利益衝突",
    "complaints": "complaints|陳情|申訴|投訴",
    "self_reports": "self reports|自首|自行陳報|自述",
    "reviews": "reviews|audits|稽核|查核|審查",
    "persons": "persons|people|人口|戶籍|人員基本資料",
    "addresses": "addresses|locations|地址|門牌",
    "residences": "residences|current address|住居|設籍|居住",
    "associations": "associations|family|relatives|knows|關係|親屬|往來|交往",
    "organisations": "organisations|organizations|companies|businesses|公司|商業登記|團體|場所",
    "organisation_roles": "directors|shareholders|employees|董監事|負責人|員工|會員",
    "phones": "phones|has phone|subscribers|電話申登|門號申登",
    "contact_declarations": "contact declarations|交往申報|接觸申報",
    "calls": "calls|call records|cdr|通聯|通聯紀錄",
    "criminal_records": "criminal records|前科|刑案資料",
}
"""Table of the contract -> words in the names of files that feed it."""

VALUES: Mapping[str, str] = {
    "person": "人|人員|個人|自然人|人民|身分證|person",
    "vehicle": "車|車輛|車籍|汽車|機車|汽機車|車牌|vehicle|car",
    "phone": "電話|門號|手機|phone",
    "address": "地址|門牌|住址|address",
    "organisation": "公司|商號|法人|團體|行號|營業人|organisation|organization|company",
    "query": "姓名|姓名查詢|模糊查詢|條件查詢|query|name",
    "desk": "值班|值勤|內勤|櫃台|勤區內勤",
    "patrol": "巡邏|路檢|臨檢|守望|巡守|勤區查察|巡簽|攔檢",
    "investigation": "偵查|偵辦|刑案偵查|專案|偵查勤務|埋伏|跟監",
    "standby": "備勤|待命|備差|待勤",
    "training": "訓練|常訓|講習|受訓|學科|術科|常年訓練",
    "leave": "休假|事假|病假|請假|公假|年休|補休|特休|慰休",
    "off": "休|輪休|休息|下班|外宿|輪休假|例休|停休",
    "self": "本人|自行|自查|自用",
    "in_person": "當面|臨櫃|親自|現場",
    "internal_line": "內線|警用電話|內線電話",
    "outside_line": "外線|市話|外線電話",
    "mobile": "行動|手機來電|行動電話|行動載具|平板|m-police",
    "screen": "螢幕|畫面|顯示|瀏覽",
    "print": "列印|印表|紙本",
    "export": "匯出|下載|輸出檔",
    "desktop": "桌機|桌上型|電腦|個人電腦",
    "stolen": "失竊|贓車|遭竊",
    "wanted": "通緝|查緝",
    "missing": "失蹤|協尋",
    "proper": "正當|合於規定|符合規定|無異常|適當",
    "procedural": "程序瑕疵|程序不符|未登記",
    "negligent": "疏失|過失",
    "improper": "不當|非公務|違規|不符規定",
    "undetermined": "未定|查無|無法認定|待查",
    "random": "隨機|抽查|抽樣",
    "complaint": "陳情|申訴|檢舉",
    "lead": "線索",
    "other": "其他|其它",
}
"""Value of an enumeration -> words for it."""


@cache
def column_words(column: str) -> tuple[str, ...]:
    """The words for a column, its own name among them, ready to compare."""
    own = {column, column.removesuffix("_id"), column.replace("_", " ")}
    listed = COLUMNS.get(column, "").split("|")
    return tuple(sorted({bare(word) for word in (*own, *listed) if word}))


@cache
def table_words(table: str) -> tuple[str, ...]:
    """The words in the names of files that feed a table, ready to compare."""
    listed = TABLE_NAMES.get(table, "").split("|")
    return tuple(sorted({bare(word) for word in (table, *listed) if word}))


@lru_cache(maxsize=8192)
def value_of(text: str, allowed: tuple[str, ...]) -> str | None:
    """The value among `allowed` that a word stands for, or None."""
    wanted = bare(text)
    for value in allowed:
        if wanted in {bare(value), *map(bare, VALUES.get(value, "").split("|"))} - {""}:
            return value
    return None


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """A word without what does not matter: case, width, spaces, hyphens, brackets, units."""
    folded = comparable(text)
    return "".join(c for c in folded if c.isalnum())
