"""The month's audit as a clerk works it: seed, plan, workbooks, answers, estimate."""

from __future__ import annotations

import json
from pathlib import Path

from tests.audit.months import fill
from tests.cli.conftest import Run


def test_a_month_is_audited_from_seed_to_rate(run: Run, workspace: Path, tmp_path: Path) -> None:
    audit = ("-w", workspace, "audit")
    hashed = run(*audit, "commit", "--month", "113/03").out.strip()
    done = run(*audit, "plan", "--month", "2024-03", "--rate", "0.5", "--worklist", "1")
    assert (done.code, hashed in done.err) == (0, True)
    assert "U1" in done.out
    assert run(*audit, "plan", "--month", "2024-03").code == 1
    written = run(*audit, "sheet", "--month", "2024-03", "-o", tmp_path / "books")
    paths = [Path(text) for text in written.out.split()]
    assert [path.suffix for path in paths] == [".xlsx"]

    empty = run(*audit, "import", tmp_path / "books", "--format", "json")
    assert empty.code == 1
    assert {"file", "sheet", "row", "column", "value", "reason", "remedy"} == set(
        json.loads(empty.out)["problems"][0]
    )
    partly = run(*audit, "import", fill(paths[0], decision=""), "--partial")
    assert partly.code == 3
    assert run(*audit, "import", fill(paths[0])).code == 0
    found = json.loads(run(*audit, "estimate", "--format", "json").out)
    assert [one["found"] for one in found["rates"]] == [0, 0, 0]
    assert found["lookups"] == 6
    listed = json.loads(run(*audit, "list", "--format", "json").out)
    assert listed[0]["answered"] == listed[0]["drawn"] == 4
    assert "區間" in run(*audit, "estimate", "--lang", "zh-TW").out


def test_a_month_to_come_cannot_be_planned(run: Run, workspace: Path) -> None:
    done = run("-w", workspace, "audit", "plan", "--month", "2099-01")
    assert done.code == 1
    assert "is not over" in done.err
