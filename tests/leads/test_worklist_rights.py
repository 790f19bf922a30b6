"""Worklist of rights: outlived, unused, beyond the role, and what cannot be told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from linkgraph.leads.workitem import WorkItem
from linkgraph.leads.worklist_rights import worklist_rights
from tests.support.screen import Screened, case, involves, lookup, posting, screened


def account(officer: str, **more: Any) -> dict[str, Any]:
    return {"account_id": f"A-{officer}", "officer_id": officer, "start": "2020-01-01", **more}


def right(officer: str, system: str, **more: Any) -> dict[str, Any]:
    return {"account_id": f"A-{officer}", "system": system, "start": "2020-01-01", **more}


def used(lookup_id: str, at: str, officer: str, system: str, **more: Any) -> dict[str, Any]:
    return lookup(
        lookup_id, at, f"person:P-{lookup_id}", officer,
        account_id=f"A-{officer}", system=system, **more,
    )  # fmt: skip


ROLES = [
    {"role": "patrol", "system": "vehicle"},
    {"role": "detective", "system": "vehicle"},
    {"role": "detective", "system": "criminal"},
]
# The log reaches from January to September, so that 180 days can be judged.
LOG = [
    used("L0", "2024-01-01T10:00:00", "O1", "vehicle"),
    used("L9", "2024-09-30T10:00:00", "O1", "vehicle"),
]


def desk(folder: Path, *lookups: dict[str, Any], **tables: Any) -> Screened:
    given: dict[str, Any] = {
        "officers": [{"officer_id": "O1"}, {"officer_id": "O2"}],
        "units": [{"unit_id": "U1"}],
        "accounts": [account("O1"), account("O2")],
        "rights": [right("O1", "vehicle")],
        "role_rights": ROLES,
        "postings": [posting("O1", "U1"), posting("O2", "U1")],
        "lookups": [*LOG, *lookups],
    }
    return screened(folder, {**given, **tables})


def items(done: Screened, month: str | None = None) -> list[WorkItem]:
    return list(worklist_rights(done.ledger, done.screening, month=month))


def test_a_right_that_is_used_and_listed_for_the_role_is_not_listed(tmp_path: Path) -> None:
    assert items(desk(tmp_path)) == []


def test_a_right_unused_for_180_days_is_dormant(tmp_path: Path) -> None:
    done = desk(
        tmp_path,
        used("L1", "2024-02-01T10:00:00", "O2", "vehicle"),
        rights=[right("O1", "vehicle"), right("O2", "vehicle")],
    )
    (item,) = items(done)
    assert (item.kind, item.officer_id, item.system) == ("dormant", "O2", "vehicle")
    assert "180 days or more, last on 2024-02-01" in item.line["en"]
    assert item.records[0][0] == "rights"
    recent = used("L2", "2024-08-01T10:00:00", "O2", "vehicle")
    again = desk(
        tmp_path / "again", recent, rights=[right("O1", "vehicle"), right("O2", "vehicle")]
    )
    assert items(again) == []


def test_nothing_is_dormant_in_a_short_log_and_it_says_so(tmp_path: Path) -> None:
    done = desk(
        tmp_path,
        rights=[right("O1", "vehicle"), right("O2", "vehicle")],
        lookups=[used("L9", "2024-09-30T10:00:00", "O1", "vehicle")],
    )
    found = worklist_rights(done.ledger, done.screening)
    assert len(found) == 0
    assert "short_log" in {fact.id for fact in found.missing}


def test_a_right_granted_lately_is_not_dormant(tmp_path: Path) -> None:
    new = right("O2", "vehicle", start="2024-08-01")
    assert items(desk(tmp_path, rights=[right("O1", "vehicle"), new])) == []


def test_a_right_of_an_earlier_posting_is_listed_with_both_postings(tmp_path: Path) -> None:
    done = desk(
        tmp_path,
        used("L1", "2024-06-20T10:00:00", "O2", "criminal"),
        used("L2", "2024-08-20T10:00:00", "O2", "criminal"),
        rights=[right("O1", "vehicle"), right("O2", "criminal")],
        postings=[
            posting("O1", "U1"),
            {**posting("O2", "U1", end="2024-07-01"), "role": "detective"},
            posting("O2", "U1", start="2024-07-01"),
        ],
    )
    (item,) = items(done)
    assert (item.kind, item.system, item.lookups) == ("transferred", "criminal", 1)
    assert item.lookup_ids == ("L2",)
    assert "earlier posting (detective)" in item.line["en"]
    assert "1 look-ups under it, 1 without full explanation" in item.line["en"]
    assert [table for table, _ in item.records] == ["rights", "postings", "postings"]


def test_a_right_beyond_the_role_is_listed_and_an_unlisted_role_is_not_judged(
    tmp_path: Path,
) -> None:
    given = {"rights": [right("O1", "vehicle"), right("O2", "criminal", start="2024-08-01")]}
    (item,) = items(desk(tmp_path, **given))
    assert (item.kind, item.system, item.lookups) == ("beyond_role", "criminal", 0)
    assert "no look-up under it" in item.line["en"]
    unlisted = [posting("O1", "U1"), {**posting("O2", "U1"), "role": "analyst"}]
    done = desk(tmp_path / "unlisted", **given, postings=unlisted)
    found = worklist_rights(done.ledger, done.screening)
    assert len(found) == 0
    assert "analyst" in next(f for f in found.missing if f.id == "no_role").text["en"]


def test_an_account_alive_after_departure_comes_first(tmp_path: Path) -> None:
    done = desk(
        tmp_path,
        used("L1", "2024-08-20T10:00:00", "O2", "vehicle"),
        officers=[{"officer_id": "O1"}, {"officer_id": "O2", "left_on": "2024-07-31"}],
        rights=[right("O1", "vehicle"), right("O2", "vehicle")],
    )
    found = items(done)
    assert [item.kind for item in found] == ["account_departed", "departed"]
    assert found[0].lookup_ids == ("L1",)
    assert "left (2024-07-31)" in found[0].line["en"]
    assert "departed" not in {item.kind for item in items(done, "2024-07")}


def test_an_account_closed_on_departure_is_in_order(tmp_path: Path) -> None:
    done = desk(
        tmp_path,
        officers=[{"officer_id": "O1"}, {"officer_id": "O2", "left_on": "2024-07-31"}],
        accounts=[account("O1"), account("O2", end="2024-08-01")],
        rights=[right("O1", "vehicle"), right("O2", "vehicle")],
    )
    assert items(done) == []


def test_look_ups_in_a_system_without_a_right_are_listed_and_only_those(tmp_path: Path) -> None:
    done = desk(
        tmp_path,
        used("L1", "2024-03-01T10:00:00", "O2", "vehicle"),
        used("L2", "2024-08-20T10:00:00", "O2", "vehicle"),
        rights=[right("O1", "vehicle"), right("O2", "vehicle", start="2024-05-01")],
    )
    (item,) = items(done)
    assert (item.kind, item.lookup_ids) == ("no_right", ("L1",))


def test_an_account_for_which_no_rights_are_kept_is_not_judged(tmp_path: Path) -> None:
    assert items(desk(tmp_path, used("L1", "2024-08-20T10:00:00", "O2", "vehicle"))) == []


def test_a_record_that_explains_the_use_speaks_for_the_officer(tmp_path: Path) -> None:
    done = desk(
        tmp_path,
        used("L1", "2024-03-01T10:00:00", "O2", "vehicle"),
        used("L2", "2024-09-20T10:00:00", "O2", "vehicle"),
        rights=[right("O1", "vehicle"), right("O2", "vehicle", start="2024-05-01")],
        cases=[case("C1", "2024-02-01", "2024-04-01", unit_id="U1")],
        case_officers=[{"case_id": "C1", "officer_id": "O2", "start": "2024-02-01"}],
        case_subjects=[involves("C1", "person:P-L1")],
    )
    (item,) = items(done)
    assert (item.lookups, item.explained) == (1, 1)
    assert item.weight < 10
    assert item.mitigating[0].id == "explained"


def test_without_the_tables_nothing_is_concluded(tmp_path: Path) -> None:
    done = screened(tmp_path, {"lookups": [lookup("L1", "2024-05-01T10:00:00")]})
    found = worklist_rights(done.ledger, done.screening)
    assert len(found) == 0
    assert {fact.id for fact in found.missing} == {
        f"missing.{name}" for name in ("accounts", "rights", "role_rights", "postings")
    }


def test_look_ups_by_an_account_that_had_ended_are_listed(tmp_path: Path) -> None:
    done = desk(
        tmp_path,
        used("L1", "2024-07-20T10:00:00", "O2", "vehicle"),
        used("L2", "2024-08-20T10:00:00", "O2", "vehicle"),
        accounts=[account("O1"), account("O2", end="2024-08-01")],
        rights=[right("O1", "vehicle"), right("O2", "vehicle")],
    )
    (item,) = items(done)
    assert (item.kind, item.lookup_ids) == ("account_ended", ("L2",))


def test_the_list_and_the_finding_say_the_same_of_a_right(tmp_path: Path) -> None:
    """A superior's posting and an own one stand side by side: each brings its rights."""
    both = [
        posting("O1", "U1"),
        {**posting("O2", "U1", end="2025-01-01"), "role": "detective"},
        posting("O2", "U1", start="2024-03-01", end="2025-01-01"),
    ]
    done = desk(
        tmp_path,
        used("L1", "2024-08-20T10:00:00", "O2", "criminal"),
        rights=[right("O1", "vehicle"), right("O2", "Criminal ")],
        postings=both,
    )
    assert items(done) == []
    assert "L1" not in done.found("rights")
