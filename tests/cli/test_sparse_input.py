"""`officers` and `lookups` alone: a ranked list, sensible reasons, and what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from linkgraph import api
from linkgraph.api import Workspace
from tests.cli.conftest import INQUIRY, Run
from tests.support.ledger import write_tables
from tests.support.screen import lookup


@pytest.fixture(scope="module")
def sparse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve officers with strangers each; O03 comes back to one person at night, six times."""
    folder = tmp_path_factory.mktemp("sparse")
    rows: list[dict[str, Any]] = [
        lookup(
            f"R{o}-{i}", f"2024-{3 + i % 3:02}-{1 + i:02}T10:00:00", f"person:S{o}-{i}", f"O{o:02}",
            purpose=f"查證第{o * 20 + i}號糾紛",
        )
        for o in range(12)
        for i in range(20)
    ]  # fmt: skip
    rows += [
        lookup(f"A{i}", f"2024-05-{1 + 3 * i:02}T23:30:00", "person:HER", "O03", purpose="公務查詢")
        for i in range(6)
    ]
    tables = {"officers": [{"officer_id": f"O{o:02}"} for o in range(12)], "lookups": rows}
    api.create(folder / "w").load(write_tables(folder / "files", tables))
    return folder / "w"


def opened(path: Path) -> Workspace:
    return api.open(path)


def test_the_list_is_ranked_and_says_why(sparse: Path) -> None:
    leads = opened(sparse).screen_leads()
    first = leads[0]
    assert (first["officer_id"], first["kind"], first["rank"]) == ("O03", "repeated", 1)
    assert first["subjects"] == [{"kind": "person", "id": "HER"}]
    assert len(first["lookup_ids"]) == 6
    assert [lead["bits"] for lead in leads] == sorted((x["bits"] for x in leads), reverse=True)
    steps = {step["id"]: step["bits"] for step in first["waterfall"]}
    assert steps["repeated"] > 0 > steps["search_charge"]
    assert steps["generic_purpose"] > 0
    assert {t["outcome"] for t in first["explanations"]} <= {"none", "not_run"}
    assert first["settles"]


def test_an_officer_without_a_pattern_is_not_listed(sparse: Path) -> None:
    assert {lead["officer_id"] for lead in opened(sparse).screen_leads()} == {"O03"}


def test_what_is_missing_is_said_by_every_door(run: Run, sparse: Path) -> None:
    done = run("-w", sparse, "leads", "list")
    assert done.code == 0, done.err
    assert "O03" in done.out
    assert "No explanation could be tried" in done.err
    assert "may all be ordinary work" in done.err
    for table in ("duties", "cases", "proxy_register", "work_records"):
        assert table in done.err
    for kind in ("proxy", "purpose", "rights"):
        done = run("-w", sparse, "worklist", kind)
        assert done.code == 0, done.err
        assert "not loaded" in done.err
    done = run("-w", sparse, "trace", "person", "HER")
    assert done.code == 0, done.err
    assert done.out.count("[A") == 6
    assert "not loaded" in done.err
    done = run("-w", sparse, "analyses", "scorecard")
    assert done.code == 0, done.err
    assert "off_duty" not in done.out
    assert "duties" in done.err


def test_an_inquiry_without_private_tables_gives_the_same_list(run: Run, sparse: Path) -> None:
    assert run("-w", sparse, "inquiry", "open", "--id", "Q", *INQUIRY).code == 0
    done = run("-w", sparse, "analyse", "--inquiry", "Q")
    assert done.code == 0, done.err
    assert "associations" in done.err
    kept = opened(sparse).lead_objects("Q")
    assert [lead["lookup_ids"] for lead in kept] == [
        lead["lookup_ids"] for lead in opened(sparse).screen_leads()
    ]
