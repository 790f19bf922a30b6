"""The patterns of a brief: what each looks like, why it comes about, what prevents it.

A pattern is met by the look-ups of an officer that have no full explanation and on which one of
its indicators fires; under an inquiry also by leads of its kinds of set.  Causes and controls are
those of published notices and audits.  The vignettes are composed: they tell of nobody.
"""

from __future__ import annotations

from dataclasses import dataclass

from linkgraph.analyses.header import Text


@dataclass(frozen=True)
class Pattern:
    """One pattern: ids of indicators, or kinds of set (`leads`, under an inquiry alone)."""

    id: str
    title: Text
    cause: Text
    control: Text
    vignette: Text
    indicators: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()


PATTERNS = (
    Pattern(
        "generic_reason",
        Text("No reason that could be checked", "查詢事由空泛"),
        Text(
            "The system accepts any text, and a habit of the station does for a reason.",
            "系統未限制填載內容，單位沿用慣例代替具體事由。",
        ),
        Text(
            "Ask for a case or dispatch number where there is one; clear generic reasons each "
            "month; let the shift's leader read a few aloud.",
            "有案號或報案編號者應予填載；每月清查空泛事由；勤前教育抽樣檢視。",
        ),
        Text(
            "After a long night somebody enters the same two words for everything. Months later "
            "nobody, the one who typed them included, can say what a look-up was for.",
            "夜勤後為求便利，所有查詢均填相同二字；數月後連本人亦無法說明其中一筆之用途。",
        ),
        indicators=("generic_purpose",),
    ),
    Pattern(
        "false_event",
        Text("A report or warrant that does not exist", "所稱案件查無紀錄"),
        Text(
            "A specific reason is believed more readily than a vague one, and nobody compares.",
            "具體事由較易取信，且未與案件系統比對。",
        ),
        Text(
            "Compare reasons that name an event with the registers by machine; ask within days, "
            "while memory is fresh.",
            "事由涉及特定案件者由系統自動比對，並於數日內查證。",
        ),
        Text(
            "A quarrel in traffic; a call to the station; a plate looked up as stolen though "
            "nobody reported a theft. The driver finds a stranger at the door.",
            "行車糾紛後致電單位，以失竊車輛為由查詢對方車號，惟並無失竊報案；車主隨後遭人上門。",
        ),
        indicators=("claimed_event",),
    ),
    Pattern(
        "case_as_cover",
        Text("Subjects slipped in under a genuine case", "夾帶查詢"),
        Text(
            "A case number opens every screen, whoever is looked up under it.",
            "輸入案號即可查詢，未檢核對象是否與案件相關。",
        ),
        Text(
            "Have the case's officer confirm subjects that are not in its file; sample by case.",
            "查詢對象不在案卷者由承辦人確認；按案件抽查。",
        ),
        Text(
            "Five names belong to the case; the sixth is a neighbour. The number is the same.",
            "五名對象與案件相關，第六名為鄰居，案號卻相同。",
        ),
        indicators=("case_mismatch",),
    ),
    Pattern(
        "proxy",
        Text("For another, against the records", "代他人查詢且與紀錄不符"),
        Text(
            "Colleagues help one another, and a caller who knows the words is taken for one.",
            "同仁互助成習，熟悉用語之來電者易被誤認為同仁。",
        ),
        Text(
            "Within the unit only, identity checked, consent of a supervisor, requester and reason "
            "entered before the look-up; call back on the unit's own number.",
            "限同單位、確認身分、主管同意，查詢前登載請託人與事由；以單位公務電話回撥查證。",
        ),
        Text(
            "A friendly voice on the internal line names the next station and asks for two "
            "plates. Both owners are read out before the register is opened.",
            "內線來電自稱鄰近單位同仁，要求查詢二車號；尚未登記即已告知車主資料。",
        ),
        indicators=("proxy_contradicted",),
    ),
    Pattern(
        "proxy_unregistered",
        Text("For another, not registered or approved", "代查未登記或未核准"),
        Text(
            "The register is kept on paper at another desk, or filled in at the end of the day.",
            "登記簿置於他處或事後補登。",
        ),
        Text(
            "Make the register a field of the look-up itself; approve in the system.",
            "將代查登記納入查詢畫面必填欄位，線上核准。",
        ),
        Text(
            "Busy evening, four requests from patrol cars, three lines in the register.",
            "尖峰時段線上請求四筆，登記簿僅三筆。",
        ),
        indicators=("proxy_unregistered",),
    ),
    Pattern(
        "off_duty",
        Text("While off duty or on leave", "休假或未服勤時查詢"),
        Text(
            "Accounts stay signed in, devices go home, and rosters do not reach the system.",
            "帳號未登出、行動裝置攜出，系統未介接勤務表。",
        ),
        Text(
            "Bind sessions to the roster; ask for a word on the next day where work ran late.",
            "登入與勤務表勾稽；延長勤務者次日補註。",
        ),
        Text(
            "A look-up at noon of a day off. It may be the report that had to be finished; the "
            "roster does not tell.",
            "輪休日中午之查詢，可能係補做移送書，惟勤務表未載。",
        ),
        indicators=("off_duty",),
    ),
    Pattern(
        "again_and_again",
        Text("The same person again and again", "重複查詢同一對象"),
        Text(
            "Curiosity, worry or a grudge has no place to go, and each look-up seems small.",
            "出於好奇、擔憂或嫌隙，單筆看似輕微。",
        ),
        Text(
            "Show officers their own repeats; offer a confidential talk before a hearing.",
            "提示員警其重複查詢紀錄；先行關懷訪談。",
        ),
        Text(
            "An address looked up on five evenings. There was a separation in spring.",
            "同一地址於五個晚上被查詢；當年春季曾有感情糾紛。",
        ),
        indicators=("repeated",),
    ),
    Pattern(
        "complained",
        Text("A complaint follows", "查詢後遭陳情"),
        Text(
            "What was looked up is used, and the citizen notices before the audit does.",
            "查得資料遭使用，民眾較稽核更早察覺。",
        ),
        Text(
            "Trace every complaint that mentions knowledge of an address or a plate, whoever is "
            "named in it.",
            "陳情提及地址或車籍遭知悉者，一律追查查詢紀錄。",
        ),
        Text(
            "'How did he know where I live?' asks a letter. One look-up, eleven days earlier.",
            "陳情信問：「他怎麼知道我住哪裡？」十一日前有一筆查詢。",
        ),
        indicators=("complaint_after",),
    ),
    Pattern(
        "paper",
        Text("Printed or exported without a reason on record", "無說明之列印或匯出"),
        Text(
            "Paper leaves the building without a trace.",
            "紙本攜出無從追蹤。",
        ),
        Text(
            "Watermark with account and time; count prints per unit; ask for the file they are in.",
            "列印加註帳號與時間浮水印；按單位統計；查核歸檔情形。",
        ),
        Text(
            "A sheet with a household on it lies in a lawyer's folder. The watermark names a desk.",
            "民事卷內出現一紙戶籍資料，浮水印顯示查詢席位。",
        ),
        indicators=("print_export",),
    ),
    Pattern(
        "private_circle",
        Text("People of one's own circle", "查詢自身生活圈之人"),
        Text(
            "Friends ask, and a favour seems to cost nothing; debts and business add pressure.",
            "親友請託人情難卻；債務或投資關係增加壓力。",
        ),
        Text(
            "Declare contacts and conflicts; hand such cases to a colleague; talk early about "
            "company that brings risk.",
            "申報交往與利益衝突；案件改由他人承辦；及早提醒不當交往風險。",
        ),
        Text(
            "A friend is about to lend money and would like to know. It takes a minute.",
            "友人打算借錢給他人，想先打聽一下，一分鐘就查好了。",
        ),
        leads=("circle", "dealings", "household", "colleague"),
    ),
    Pattern(
        "establishment",
        Text("People around one establishment or firm", "查詢同一場所或公司之人員"),
        Text(
            "A firm, a den or a committee has use for what the police know of applicants, guests "
            "and debtors.",
            "公司、場所或社區對應徵者、賓客或債務人資料有需求。",
        ),
        Text(
            "Watch for look-ups that share an address or employer; rotate posts close to risky "
            "trades; no vetting of applicants outside the procedure.",
            "注意對象同址或同雇主之查詢；高風險行業轄區定期輪調；應徵者查核限依法定程序。",
        ),
        Text(
            "Six applicants for a guard's job, looked up over two weeks by an owner of the block.",
            "某社區六名保全應徵者於兩週內遭住戶身分之員警查詢。",
        ),
        leads=("organisation", "hub"),
    ),
    Pattern(
        "for_a_colleague",
        Text("People of a colleague's circle", "查詢同仁生活圈之人"),
        Text(
            "Whoever must not look up himself asks someone who can.",
            "不便自行查詢者轉請有權限之同仁代勞。",
        ),
        Text(
            "Make it easy to say no: one rule, one form, one supervisor; shield those who report.",
            "建立單一規定、表單與核准主管，使同仁易於婉拒；保護舉報人。",
        ),
        Text(
            "'Just see whether he has moved.' The holder of the account never heard the name.",
            "「幫我看他是不是搬家了。」帳號持有人從未聽過該人。",
        ),
        leads=(
            *("mate_circle", "mate_accounts", "mate_organisation", "duty_partner"),
            *("requester_circle", "caller_circle"),
        ),
    ),
)
