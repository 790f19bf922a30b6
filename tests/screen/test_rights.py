"""Rights that had ended, were never needed, or had long been left alone."""

from __future__ import annotations

from pathlib import Path

from tests.support.screen import lookup, posting, screened


def test_rights_that_should_have_been_withdrawn(tmp_path: Path) -> None:
    def by(
        name: str, at: str, officer: str, system: str = "車籍", **more: str
    ) -> dict[str, object]:
        return lookup(name, at, f"person:{name}", officer, system=system, **more)

    result = screened(
        tmp_path,
        {
            "officers": [
                {"officer_id": "O1"},
                {"officer_id": "O2", "left_on": "2026-03-01"},
                {"officer_id": "O3"},
            ],
            "units": [{"unit_id": "U1"}],
            "postings": [
                posting("O1", "U1", role="patrol"),
                posting("O3", "U1", start="2020-01-01", end="2026-02-01", role="detective"),
                posting("O3", "U1", start="2026-02-01", role="patrol"),
            ],
            "role_rights": [
                {"role": "patrol", "system": "車籍"},
                {"role": "detective", "system": "車籍"},
                {"role": "detective", "system": "前科"},
            ],
            "accounts": [
                {"account_id": "A1", "officer_id": "O1", "start": "2020-01-01"},
                {"account_id": "A9", "officer_id": "O1", "end": "2026-01-01"},
            ],
            "rights": [
                {"account_id": "A1", "system": "車籍", "start": "2020-01-01", "end": "2026-06-01"}
            ],
            "lookups": [
                by("in-service", "2026-02-28T10:00", "O2"),
                by("last-day", "2026-03-01T23:00", "O2"),
                by("departed", "2026-03-20T10:00", "O2"),
                by("own-task", "2026-03-01T10:00", "O1", account_id="A1"),
                by("right-withdrawn", "2026-07-01T10:00", "O1", account_id="A1"),
                by("beyond", "2026-03-02T10:00", "O1", "前科"),
                by("unknown-system", "2026-03-03T10:00", "O1", "外部系統"),
                by("closed-account", "2026-03-04T10:00", "O1", account_id="A9"),
                by("as-detective", "2026-01-20T10:00", "O3", "前科"),
                by("since-transferred", "2026-03-20T10:00", "O3", "前科"),
                by("after-months", "2026-10-20T10:00", "O3"),
                by("before-that", "2026-03-01T10:00", "O3"),
            ],
        },
        "rights",
    )
    assert {name: row["detail"] for name, row in result.found("rights").items()} == {
        "departed": "departed",
        "right-withdrawn": "no_right",
        "beyond": "beyond_role",
        "closed-account": "account_ended",
        "since-transferred": "transferred",
        "after-months": "dormant",
    }


def test_the_log_alone_shows_what_was_dormant(tmp_path: Path) -> None:
    rows = [
        lookup("first", "2026-01-01T10:00", system="前科"),
        lookup("again", "2026-08-01T10:00", system="前科"),
        lookup("other-system", "2026-08-01T11:00", system="車籍"),
    ]
    found = screened(tmp_path, {"lookups": rows}, "rights").found("rights")
    assert {n: r["detail"] for n, r in found.items()} == {"again": "dormant"}
