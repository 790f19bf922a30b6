"""Rights to look at again: unused, beyond the role, of one who left; a used one is left alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from linkgraph.audit.rights import covers, to_withdraw
from linkgraph.ledger import Ledger
from tests.support.ledger import make_ledger
from tests.support.screen import lookup, posting


def force(folder: Path, last: str = "2024-12-01T10:00:00") -> Ledger:
    officers = ("O1", "O2", "O3", "O4")
    used: list[dict[str, Any]] = [
        lookup("L1", "2024-01-01T10:00:00", account_id="A1", system="household"),
        lookup("L2", last, account_id="A1", system="vehicle"),
        lookup("L3", last, officer="O2", account_id="A2", system="household"),
    ]
    return make_ledger(
        folder,
        {
            "units": [{"unit_id": "U1"}, {"unit_id": "U2"}],
            "officers": [
                {"officer_id": o, "left_on": "2024-03-01" if o == "O3" else None} for o in officers
            ],
            "postings": [
                posting("O1", "U1"),
                posting("O2", "U2", end="2024-06-01"),
                posting("O2", "U1", start="2024-06-01", role="desk"),
                posting("O3", "U1"),
                posting("O4", "U2"),
            ],
            "accounts": [{"account_id": f"A{n}", "officer_id": f"O{n}"} for n in range(1, 5)],
            "rights": [
                {"account_id": "A1", "system": "household", "start": "2023-01-01"},
                {"account_id": "A1", "system": "vehicle", "start": "2023-01-01"},
                {"account_id": "A1", "system": "wanted", "start": "2024-11-20"},
                {"account_id": "A1", "system": "photo", "start": "2023-01-01", "end": "2024-02-01"},
                {"account_id": "A2", "system": "household", "start": "2023-01-01"},
                {"account_id": "A3", "system": "vehicle", "start": "2023-01-01"},
                {"account_id": "A4", "system": "vehicle", "start": "2023-01-01"},
            ],
            "role_rights": [
                {"role": "patrol", "system": s} for s in ("household", "vehicle", "wanted")
            ]
            + [{"role": "desk", "system": "vehicle"}],
            "lookups": used,
        },
    )


def test_each_right_has_the_reason_that_holds(tmp_path: Path) -> None:
    found = to_withdraw(force(tmp_path), ["U1"])
    assert {(r.officer_id, r.system): r.reason for r in found.itertuples()} == {
        ("O1", "household"): "dormant",
        ("O2", "household"): "transferred",
        ("O3", "vehicle"): "departed",
    }


def test_a_right_is_not_called_unused_in_a_short_log(tmp_path: Path) -> None:
    ledger = force(tmp_path, last="2024-03-15T10:00:00")
    assert not covers(ledger)
    assert "dormant" not in set(to_withdraw(ledger, ["U1", "U2"])["reason"])


def test_without_rights_there_is_nothing_to_say(tmp_path: Path) -> None:
    ledger = make_ledger(
        tmp_path,
        {"officers": [{"officer_id": "O1"}], "lookups": [lookup("L1", "2024-01-01T10:00:00")]},
    )
    assert to_withdraw(ledger, ["U1"]).empty
