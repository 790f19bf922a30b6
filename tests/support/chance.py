"""A small force left to chance: every work table filled, and everybody meets everybody.

No likeness of a real force: few officers, subjects and moments, and periods that overlap, so that
every rule is met together with others, and many at their edges.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

Row = dict[str, Any]

FIRST = datetime(2026, 1, 5, tzinfo=UTC)
DAYS = 240
OFFICERS = [f"O{i:02}" for i in range(14)]
CURIOUS = [f"N{i}" for i in range(10)]
UNITS = [f"U{i}" for i in range(5)]
ROLES = ["patrol", "Detective ", "desk", "clerk"]
SYSTEMS = ["person", "Vehicle", "record", "wanted", "刑案資料"]
DEVICES = [f"D{i}" for i in range(8)]
PHONES = [f"02-{i:04}" for i in range(12)]
CASES = [f"C{i:03}" for i in range(90)]
PERSONS = [f"person:P{i:02}" for i in range(30)]
VEHICLES = [f"vehicle:AAA-{i:02}" for i in range(14)]
OFFENCES = ["theft", "Fraud", "竊盜", "traffic", ""]
CASE_KINDS = ["investigation", "stop", "Dispatch", "traffic", "report", "operation", ""]
PURPOSES = [
    "偵辦刑案", "", "受理報案", "巡邏盤查", "stolen vehicle", "通緝查緝", "協尋失蹤", "車禍處理",
    "traffic stop", "case work", "address check",
]  # fmt: skip


def force(seed: int, lookups: int = 2500) -> dict[str, list[Row]]:
    """Work tables with about so many look-ups; the same for the same seed."""
    return _Force(random.Random(seed)).tables(lookups)


class _Force:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.asked: list[Row] = []
        self.involved = self._distinct(
            {"case_id": self.chance.choice(CASES[i % 60 :]), **self._subject()} for i in range(160)
        )
        self.cases = [self._case(case, i) for i, case in enumerate(CASES)]
        self.assigned = self._distinct(
            {"case_id": self.chance.choice(CASES[:n]), "officer_id": self._officer(), **period}
            for n in [10] * 40 + [90] * 100
            for period in self._periods(1)
        )

    def tables(self, lookups: int) -> dict[str, list[Row]]:
        self._lookups(lookups)
        return {
            "lookups": self.asked,
            "lookup_subjects": self._distinct(
                {"lookup_id": f"L{self.chance.randrange(lookups):05}", **self._subject()}
                for _ in range(200)
            ),
            **self._people(),
            **self._work(),
            **self._notes(),
        }

    def _lookups(self, number: int) -> None:
        for _ in range(number // 3):
            officer, at = self._officer(), self._at()
            for _ in range(self.chance.choice((1, 1, 1, 2, 6, 7))):
                self._ask(officer, at)
                at += timedelta(minutes=self.chance.choice((0, 1, 5, 5, 15, 60)))
        self._edges()
        self._patterns()

    def _edges(self) -> None:
        """Look-ups at the very moments from which or until which a case may account for them."""
        officers = {row["case_id"]: row["officer_id"] for row in self.assigned}
        subjects = {row["case_id"]: row for row in self.involved}
        for case in self.cases:
            if (officer := officers.get(case["case_id"])) and case["case_id"] in subjects:
                tie = subjects[case["case_id"]]
                moments = [(case["opened_at"], hours) for hours in (-720, -2, 0)]
                moments += [(case["closed_at"], hours) for hours in (0, 24, 720)]
                moments.append((case["begun_at"], -2))
                for moment, hours in self.chance.sample([m for m in moments if m[0]], 2):
                    at = datetime.fromisoformat(moment) + timedelta(hours=hours)
                    self._ask(officer, at, f"{tie['subject_kind']}:{tie['subject_id']}")

    def _patterns(self) -> None:
        """What chance alone would hardly bring about."""
        for i, officer in enumerate(CURIOUS):  # A wave on one, as small and as long as may be.
            self._ask(officer, FIRST + timedelta(days=100 + min(i, 6)), "person:P-news")
        self._ask(OFFICERS[0], FIRST + timedelta(days=20), "person:P-news")
        for month in range(7):  # A round of visits, and one who is followed.
            at = FIRST + timedelta(days=30 * month, hours=self.chance.randrange(48))
            self._ask(OFFICERS[1], at, "person:P-visited")
            self._ask(OFFICERS[2], at, "person:P-followed")
            self._ask(OFFICERS[2], at + timedelta(days=1 + month), "vehicle:P-followed-car")
        for day in range(6):  # Days with far more than on others, of different people.
            at = FIRST + timedelta(days=30 * day + 9, hours=10)
            for i in range(30 + 5 * day):
                self._ask(
                    OFFICERS[3 + day % 2],
                    at + timedelta(minutes=i),
                    f"person:list-{i % (25 + day)}",
                )
        for i in range(150):  # Nearly always the same purpose.
            at = FIRST + timedelta(days=i, hours=9)
            self._ask("O-same", at, f"person:same-{i}", purpose="routine")
        for day in (3, 215):  # A system left alone for months.
            self._ask("O-same", FIRST + timedelta(days=day), system="dormant", purpose="routine")

    def _ask(self, officer: str, at: datetime, subject: str = "", **given: Any) -> None:
        row = {
            "lookup_id": f"L{len(self.asked):05}",
            "at": at.isoformat(),
            "officer_id": officer,
            **self._subject(subject),
            "account_id": self._seldom(f"A-{officer}", 0.8),
            "system": self._seldom(self.chance.choice(SYSTEMS), 0.9),
            "purpose": self.chance.choice(PURPOSES),
            "case_id": self._seldom(self.chance.choice(CASES), 0.1),
            "device_id": self._seldom(self.chance.choice(DEVICES), 0.7),
            "output": self._seldom(self.chance.choice(("screen", "print", "export")), 0.5),
            "query_text": "",
        }
        if not subject and self.chance.random() < 0.3:
            row |= self.chance.choice(self.involved)
        elif not subject and self.chance.random() < 0.03:
            row |= {"subject_kind": "query", "subject_id": "", "query_text": "a name"}
        if self.chance.random() < 0.25:
            row |= self._request()
        self.asked.append(row | given)

    def _request(self) -> Row:
        texts = ["", "王甲 of U1", "name-O03", "O04 台北二分局", "第3分局 李乙", "third station"]
        return {
            "requester_id": self._seldom(self.chance.choice([*OFFICERS[1:8], "O-gone"]), 0.6),
            "requester_text": self.chance.choice(texts),
            "requester_unit_id": self._seldom(self.chance.choice([*UNITS, "U-gone"]), 0.3),
            "channel": self.chance.choice(("", "self", "internal_line", "outside_line", "mobile")),
            "caller_phone_id": self._seldom(self.chance.choice([*PHONES, "0900"]), 0.4),
            "approved_by": self._seldom(self._officer(), 0.3),
        }

    def _people(self) -> dict[str, list[Row]]:
        names = ["王甲", "李乙", "王甲", "name-O03"]
        officers = [
            {"officer_id": o, "name": names[i] if i < len(names) else f"name-{o}"}
            for i, o in enumerate([*OFFICERS, *CURIOUS, "O-same"])
        ]
        officers[5]["left_on"] = "2026-06-01"
        return {
            "officers": officers,
            "units": [
                {"unit_id": u, "name": f"臺北第{i}分局", "parent_unit_id": "U0" if i else ""}
                for i, u in enumerate(UNITS)
            ],
            "postings": self._distinct(
                {"officer_id": o, "unit_id": self.chance.choice(UNITS), **self._role(), **period}
                for o in OFFICERS[1:]
                for period in self._periods(3)
            )
            + [
                {"officer_id": o, "unit_id": UNITS[i % 3], "start": FIRST.isoformat()}
                for i, o in enumerate(CURIOUS)
            ],
            "accounts": [{"account_id": f"A-{o}", "officer_id": o} for o in OFFICERS[:10]]
            + [{"account_id": "A-O10", "officer_id": "O10", "end": "2026-05-01"}]
            + [{"account_id": f"A-{x}", "officer_id": "O11"} for x in ("O11", "O12")],
            "rights": self._distinct(
                {"account_id": f"A-{o}", "system": self.chance.choice(SYSTEMS).upper(), **period}
                for o in OFFICERS[2:9]
                for period in self._periods(4)
            ),
            "role_rights": self._distinct(
                {"role": role.upper(), "system": self.chance.choice(SYSTEMS[:3])}
                for role in ROLES[:3]
                for _ in range(2)
            ),
            "devices": [
                {
                    "device_id": d,
                    "kind": "mobile" if i > 5 else "desktop",
                    "unit_id": UNITS[i] if i < len(UNITS) else "",
                }
                for i, d in enumerate(DEVICES)
            ],
            "vehicle_owners": self._distinct(
                [{**self._owner(), **self._period(days=60)} for _ in range(90)]
                + [{"vehicle_id": "P-followed-car", "person_id": "P-followed"}]
            ),
        }

    def _work(self) -> dict[str, list[Row]]:
        return {
            "duties": self._duties(),
            "device_sessions": self._distinct(
                {
                    "account_id": f"A-{self._officer()}",
                    "device_id": self.chance.choice(DEVICES),
                    **self._period(days=2),
                }
                for _ in range(150)
            ),
            "cases": self.cases,
            "case_officers": self.assigned,
            "case_subjects": self.involved,
            "unit_offences": self._distinct(
                {"unit_id": self.chance.choice(UNITS), "offence": offence}
                for offence in ("THEFT", " fraud", "竊盜")
                for _ in range(2)
            ),
            "alerts": self._distinct(
                {**self._subject(), "kind": self.chance.choice(("stolen", "wanted", "missing"))}
                | self._period(days=7)
                for _ in range(150)
            ),
            "work_records": [
                {
                    "record_id": f"W{i}",
                    "at": self._at().isoformat(),
                    "officer_id": self._officer(),
                    "kind": self.chance.choice(("work_log", "body_camera", "臨檢", "")),
                    **(self._subject() if i % 3 else {}),
                }
                for i in range(400)
            ],
            "work_record_subjects": self._distinct(
                {"record_id": f"W{self.chance.randrange(400)}", **self._subject()}
                for _ in range(200)
            ),
            "visit_register": self._distinct(
                {
                    **self._subject(),
                    "officer_id": self._officer() if i % 2 else "",
                    "unit_id": "" if i % 4 == 1 else self.chance.choice(UNITS),
                    **self._period(days=90),
                }
                for i in range(24)
            ),
        }

    def _notes(self) -> dict[str, list[Row]]:
        return {
            "unit_phones": [
                {"phone_id": p, "unit_id": UNITS[i % len(UNITS)]} for i, p in enumerate(PHONES)
            ],
            "internal_calls": self._distinct(
                {
                    "from_phone_id": self.chance.choice([*PHONES, "0900"]),
                    "to_phone_id": self.chance.choice(PHONES),
                    "at": row["at"],
                }
                for row in self.asked[::3]
            ),
            "proxy_register": [self._registration(i) for i in range(800)],
            "conflict_notices": self._distinct(
                {
                    "officer_id": self._officer(),
                    "at": self._at().isoformat(),
                    **(self._subject() if i % 3 else {}),
                    "case_id": "" if i % 3 == 1 else self.chance.choice(CASES),
                }
                for i in range(40)
            ),
            "complaints": [
                {
                    "complaint_id": f"K{i}",
                    "at": self._at().isoformat(),
                    "complainant_id": self._subject(self.chance.choice(PERSONS))["subject_id"],
                    "vehicle_id": self._subject(self.chance.choice(VEHICLES))["subject_id"],
                    "officer_id": self._seldom(self._officer(), 0.6),
                }
                for i in range(12)
            ],
            "self_reports": self._distinct(
                {
                    "officer_id": self.chance.choice((row["officer_id"], self._officer())),
                    "at": row["at"],
                    "lookup_id": self._seldom(row["lookup_id"], 0.5),
                }
                for row in self.chance.sample(self.asked, 12)
            ),
            "reviews": self._distinct(
                {
                    "lookup_id": self.chance.choice(self.asked[:400])["lookup_id"],
                    "decision": self.chance.choice(("proper", "negligent", "improper")),
                    "at": self._seldom(self._at().isoformat(), 0.9),
                }
                for _ in range(150)
            ),
        }

    def _duties(self) -> list[Row]:
        """Three a day, some of them twice over, some shared by several."""
        kinds = ["desk", "patrol", "patrol", "investigation", "training", "leave", "off", "off"]
        return [
            {
                "officer_id": officer,
                "start": (FIRST + timedelta(days=day, hours=hour)).isoformat(),
                "end": (FIRST + timedelta(days=day, hours=hour + 8)).isoformat(),
                "kind": self.chance.choice(kinds),
                "duty_id": self._seldom(f"{day}-{hour}", 0.4),
                "unit_id": self._seldom(self.chance.choice(UNITS), 0.5),
            }
            for day in range(DAYS)
            for hour in (0, 8, 8, 16)
            for officer in self.chance.sample(OFFICERS, 9)
        ]

    def _case(self, case: str, i: int) -> Row:
        opened = self._at()
        closed = opened + timedelta(hours=self.chance.choice((1, 24, 200, 1000)))
        begun = opened - timedelta(hours=self.chance.choice((1, 24, 200)))
        return {
            "case_id": case,
            "kind": self.chance.choice(CASE_KINDS),
            "offence": self.chance.choice(OFFENCES),
            "opened_at": opened.isoformat(),
            "closed_at": self._seldom(closed.isoformat(), 0.7 if i >= 10 else 0.2),
            "begun_at": self._seldom(begun.isoformat(), 0.3),
            "unit_id": self._seldom(self.chance.choice(UNITS), 0.8),
            "part_of": self._seldom(self.chance.choice(CASES[:10]), 0.5) if i >= 10 else "",
        }

    def _registration(self, i: int) -> Row:
        """Mostly of a look-up that was made, which the register may name a little otherwise."""
        row = self.chance.choice([r for r in self.asked if r.get("requester_id")])
        at = datetime.fromisoformat(row["at"]) + timedelta(hours=self.chance.choice((-24, 0, 0, 1)))
        named = {"subject_kind": row["subject_kind"], "subject_id": row["subject_id"]}
        return {
            "register_id": f"R{i}",
            "at": at.isoformat(),
            "requester_id": row.get("requester_id") if i % 3 else self._officer(),
            "agent_id": row["officer_id"],
            **(named if row["subject_id"] and i % 4 else {}),
            "identity_check": self.chance.choice(("badge", "badge", "by sight", " No", "")),
            "approved_by": self._seldom(self._officer(), 0.8),
        }

    def _subject(self, subject: str = "") -> Row:
        chosen = subject or self.chance.choice((*PERSONS, *PERSONS, *VEHICLES))
        kind, _, subject_id = chosen.partition(":")
        return {"subject_kind": kind, "subject_id": subject_id}

    def _owner(self) -> Row:
        vehicle, person = self.chance.choice(VEHICLES), self.chance.choice(PERSONS)
        return {"vehicle_id": vehicle.split(":")[1], "person_id": person.split(":")[1]}

    def _role(self) -> Row:
        return {"role": self._seldom(self.chance.choice(ROLES), 0.9)}

    def _officer(self) -> str:
        return self.chance.choice(OFFICERS)

    def _at(self) -> datetime:
        """One of few moments, which lie apart by what the rules allow: 1, 2, 24 hours, 30 days."""
        day = self.chance.choice([d for d in range(DAYS) if d % 30 in (0, 1, 2, 3, 7)])
        return FIRST + timedelta(days=day, hours=self.chance.choice((0, 1, 2, 8, 10, 16, 22)))

    def _period(self, days: int) -> Row:
        start = self._at()
        end = start + timedelta(days=self.chance.choice((1, 3, days // 2, days)))
        end += timedelta(hours=self.chance.choice((0, 0, 0, 1, 8)))
        return {"start": start.isoformat(), "end": self._seldom(end.isoformat(), 0.8)}

    def _periods(self, number: int) -> list[Row]:
        """Periods of weeks and months, the first mostly begun before all look-ups."""
        found = [self._period(days=90) for _ in range(number)]
        if self.chance.random() < 0.7:
            found[0]["start"] = (FIRST - timedelta(days=30)).isoformat()
        return found

    def _seldom(self, value: str, share: float) -> str:
        return value if self.chance.random() < share else ""

    def _distinct(self, rows: Any) -> list[Row]:
        seen: Sequence[Row] = list({tuple(row.items()): row for row in rows}.values())
        return list(seen)
