"""`leads show --explain`: what a person reads, and what a program does."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from linkgraph import api
from tests.cli.conftest import INQUIRY, Run
from tests.support.ledger import write_tables
from tests.support.screen import lookup

HEAD = "How each number came about"


@pytest.fixture(scope="module")
def analysed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("explained")
    rows = [
        lookup(f"R{o}-{i}", f"2024-03-{1 + i:02}T09:00:00", f"person:S{o}-{i}", f"O{o}")
        for o in range(6)
        for i in range(12)
    ]
    rows += [lookup(f"A{i}", f"2024-05-{1 + i:02}T23:00:00", "person:P9", "O1") for i in range(5)]
    workspace = api.create(folder / "w")
    officers = [{"officer_id": f"O{o}", "person_id": f"PO{o}"} for o in range(6)]
    tied = [{"person_a_id": "PO1", "person_b_id": "P9", "kind": "friend"}]
    workspace.load(
        write_tables(
            folder / "files", {"officers": officers, "lookups": rows, "associations": tied}
        )
    )
    return folder / "w"


def test_a_lead_of_an_inquiry_is_explained_and_without_one_the_work_tables_suffice(
    run: Run, analysed: Path
) -> None:
    w = analysed
    assert run("-w", w, "inquiry", "open", "--id", "Q", *INQUIRY).code == 0
    assert run("-w", w, "analyse", "--inquiry", "Q").code == 0
    done = run("-w", w, "leads", "show", "1", "--inquiry", "Q", "--explain")
    assert done.code == 0, done.err
    told = done.out.split(HEAD)[1]
    assert "λ = 13 × " in told
    assert "bits = log2(0.25 / 1)" in told
    assert HEAD not in run("-w", w, "leads", "show", "1", "--inquiry", "Q").out

    done = run("-w", w, "leads", "show", "1", "--explain", "--lang", "zh-TW")
    assert done.code == 0, done.err
    assert "各數值之計算過程" in done.out
    assert "quantile(0.95, " in done.out


def test_the_derivation_is_there_for_programs(run: Run, analysed: Path) -> None:
    told = json.loads(
        run("-w", analysed, "leads", "show", "1", "--explain", "--format", "json").out
    )
    assert [s["id"] for s in told["derivation"]["steps"]][-1] == "total"
    done = run("-w", analysed, "leads", "show", "1", "--explain", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert set(rows[0]) == {"step", "bits", "symbol", "value", "formula", "what"}
    plain = json.loads(run("-w", analysed, "leads", "show", "1", "--format", "json").out)
    assert "derivation" not in plain


def test_a_lead_is_told_in_its_language_and_lists_no_remainder_as_evidence(
    run: Run, analysed: Path
) -> None:
    told = run("-w", analysed, "leads", "show", "1", "--inquiry", "Q").out
    assert "Remainder of the mixture" in told
    for_, rest = told.split("What speaks for misuse")[1].split("What speaks against it")
    assert "Remainder" not in for_
    assert "Known innocent explanations to rule out first" in rest
    assert "No explanation could be tried" in rest.split("Limits")[1]
    told = run("-w", analysed, "leads", "show", "1", "--inquiry", "Q", "--lang", "zh-TW").out
    assert "–[即為]–" in told
    assert "–[關係]–" in told
    assert "應先排除之已知正當原因" in told


def test_an_unknown_lead_of_the_work_tables_is_refused_with_what_to_do(
    run: Run, analysed: Path
) -> None:
    done = run("-w", analysed, "leads", "show", "99")
    assert done.code == 2
    assert "leads list" in done.err
