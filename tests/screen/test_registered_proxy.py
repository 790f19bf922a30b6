from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.support.screen import case, involves, lookup, posting, screened


def entry(number: int, **more: Any) -> dict[str, Any]:
    return {
        "register_id": f"R{number}",
        "at": "2026-03-02T09:55",
        "requester_id": "O2",
        "agent_id": "O1",
        "subject_kind": "person",
        "subject_id": f"P{number}",
        "identity_check": "badge",
        "approved_by": "O3",
        **more,
    }


def test_a_proxy_by_the_rules_is_full_only_if_the_requester_is_explained(tmp_path: Path) -> None:
    names = {
        1: "requester-has-a-case",
        2: "requester-has-none",
        3: "other-unit",
        4: "identity-not-checked",
        5: "approved-by-himself",
        6: "named-another-requester",
        7: "units-case",
    }
    result = screened(
        tmp_path,
        {
            "officers": [{"officer_id": f"O{n}"} for n in range(1, 6)],
            "lookups": [
                lookup(
                    name,
                    "2026-03-02T10:00",
                    f"person:P{n}",
                    requester_id="O5" if n == 6 else "O4" if n == 3 else "O2",
                )
                for n, name in names.items()
            ],
            "units": [{"unit_id": "U1"}, {"unit_id": "U2"}],
            "postings": [
                posting("O1", "U1"),
                posting("O2", "U1"),
                posting("O3", "U1"),
                posting("O4", "U2"),
                posting("O5", "U1"),
            ],
            "cases": [case("C1", "2026-03-01"), case("C7", "2026-03-01", unit_id="U1")],
            "case_officers": [
                {"case_id": "C1", "officer_id": "O2"},
                {"case_id": "C1", "officer_id": "O4"},
            ],
            "case_subjects": [
                involves("C7", "person:P7"),
                *(involves("C1", f"person:P{n}") for n in (1, 3, 4, 5, 6)),
            ],
            "proxy_register": [
                entry(1),
                entry(2),
                entry(3, requester_id="O4"),
                entry(4, identity_check="未查證"),
                entry(5, approved_by="O1"),
                entry(6),
                entry(7),
            ],
        },
        "registered_proxy",
    )
    assert result.records("registered_proxy") == {
        "requester-has-a-case": ("full", "proxy_register", "R1"),
        "requester-has-none": ("partial", "proxy_register", "R2"),
        "units-case": ("full", "proxy_register", "R7"),
    }
