"""Honest work on real records: what the first page of leads says, and what it must not.

Every look-up of the Chicago records is an investigator's, under a case to which he is assigned.
With the assignments loaded, nothing is left to list.  Without them (cases on paper) leads are
made, and the page must read as questions about records, not about people.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from linkgraph import api
from tests.cli.conftest import Run, run  # noqa: F401 - a fixture

pytestmark = pytest.mark.real

MAPPING = Path(__file__).parents[2] / "examples" / "mappings" / "chicago.yaml"
ACCUSES = re.compile(
    r"guilt|violat|culprit|suspicio|suspect|offender|crimin|misconduct|illegal|corrupt|"
    r"probability of|有罪|可疑|嫌|違法|違規|犯罪",
    re.IGNORECASE,
)


def analysed(folder: Path, chicago: Path, mapping: Path) -> Path:
    workspace = api.create(folder / "w")
    workspace.load(chicago, mapping=mapping)
    workspace.open_inquiry(
        "C", opened_by="Lin", authorised_by="Chen", ground="test", document="1",
        all_officers=True, start="1990-01-01", end="2020-01-01", until="2099-01-01",
    )  # fmt: skip
    workspace.analyse("C")
    return folder / "w"


@pytest.fixture(scope="module")
def assigned(chicago: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return analysed(tmp_path_factory.mktemp("assigned"), chicago, MAPPING)


@pytest.fixture(scope="module")
def on_paper(chicago: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("paper")
    text = MAPPING.read_text(encoding="utf-8")
    start, end = text.index("  # An investigator without"), text.index("  - table: case_subjects")
    mapping = folder / "paper.yaml"
    mapping.write_text(text[:start] + text[end:], encoding="utf-8")
    return analysed(folder, chicago, mapping)


def test_work_under_an_own_case_is_in_no_lead_and_the_page_says_what_explains_it(
    run: Run,  # noqa: F811
    assigned: Path,
) -> None:
    done = run("-w", assigned, "leads", "list", "--inquiry", "C")
    assert done.code == 0
    explained = re.search(
        r"Of ([\d,]+) look-ups, ([\d,]+) are explained in full \(Own case", done.err
    )
    assert explained
    looked_up, full = (int(n.replace(",", "")) for n in explained.groups())
    assert looked_up > 90_000
    assert full >= 0.999 * looked_up
    leads = api.open(assigned).lead_objects("C")
    assert sum(len(lead["lookup_ids"]) for lead in leads) <= looked_up - full


def test_the_first_page_accuses_nobody_and_shows_both_sides(
    run: Run,  # noqa: F811
    on_paper: Path,
) -> None:
    leads = api.open(on_paper).lead_objects("C")[:10]
    assert leads
    for lead in leads:
        assert lead["explanations"]
        assert lead["settles"]
        assert round(sum(step["bits"] for step in lead["waterfall"]), 2) == lead["bits"]
        assert not ACCUSES.search(json.dumps(lead, ensure_ascii=False))
    pages = [run("-w", on_paper, "leads", "list", "--inquiry", "C")]
    pages += [
        run("-w", on_paper, "leads", "show", rank, "--inquiry", "C", "--explain", "--lang", lang)
        for rank, lang in (("1", "en"), ("2", "zh-TW"))
    ]
    for page in pages:
        assert page.code == 0, page.err
        assert not ACCUSES.search(page.out + page.err)
    assert "What speaks against it" in pages[1].out
    assert "Explanations tried" in pages[1].out
    assert "it proves nothing" in pages[1].out
    assert "不能證明任何事" in pages[2].out
