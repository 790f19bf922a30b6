"""A plan stands: it is not made twice, not changed, and not drawn until it suits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from linkgraph import api
from linkgraph.audit import plan
from linkgraph.audit.sampling import commitment
from linkgraph.errors import AuditError
from tests.audit.months import MONTH, workspace
from tests.support.ledger import write_tables


@pytest.fixture
def opened(tmp_path: Path) -> api.Workspace:
    return workspace(tmp_path)


def test_a_plan_is_kept_and_witnessed_by_the_log(opened: api.Workspace) -> None:
    made = opened.audit_plan(MONTH, rate=0.05)
    again = plan.read(opened.folder, MONTH)
    assert again.rows.equals(made.rows)
    assert again.strata == made.strata
    logged = [e for e in opened.folder.activity.entries() if e["action"] == "audit.plan"]
    assert logged[0]["facts"]["commitment"] == commitment(made.seed)
    assert opened.folder.activity.verify().problems == ()


def test_a_plan_is_not_silently_replaced(opened: api.Workspace) -> None:
    opened.audit_plan(MONTH)
    with pytest.raises(AuditError, match=r"A plan stands.*--replace"):
        opened.audit_plan(MONTH)
    with pytest.raises(AuditError, match="same look-ups"):
        opened.audit_plan(MONTH, replace="I did not like it")


def test_a_log_that_came_late_is_planned_beside_the_first(
    opened: api.Workspace, tmp_path: Path
) -> None:
    first = opened.audit_plan(MONTH)
    late = {
        "lookup_id": "LATE",
        "at": "2024-05-30T10:00:00",
        "officer_id": "O2",
        "subject_kind": "person",
        "subject_id": "P1",
    }
    opened.load(write_tables(tmp_path / "late", {"lookups": [late]}))
    second = opened.audit_plan(MONTH, replace="the station's log came late")
    assert (second.id, second.seed, second.reason) == (
        f"{MONTH}/2",
        first.seed,
        "the station's log came late",
    )
    assert plan.numbers(opened.folder, MONTH) == [1, 2]
    assert plan.read(opened.folder, MONTH, 1).rows.equals(first.rows)


def test_a_committed_seed_is_the_one_that_is_used(opened: api.Workspace) -> None:
    hashed = opened.audit_commit("113/05").commitment
    assert opened.audit_plan(MONTH).commitment == hashed
    with pytest.raises(AuditError, match="drawn already"):
        opened.audit_commit(MONTH)


def test_a_seed_cannot_be_thrown_away_for_a_better_one(opened: api.Workspace) -> None:
    opened.audit_commit(MONTH)
    seed = opened.folder.audits_path / MONTH / plan.SEED_FILE
    kept = seed.read_text()
    seed.unlink()
    with pytest.raises(AuditError, match="file is gone"):
        opened.audit_plan(MONTH)
    other = json.loads(kept) | {"seed": "ab" * 32, "commitment": commitment("ab" * 32)}
    seed.write_text(json.dumps(other))
    with pytest.raises(AuditError, match="not the seed that the activity log witnesses"):
        opened.audit_plan(MONTH)


def test_a_plan_that_was_changed_is_refused(opened: api.Workspace) -> None:
    opened.audit_plan(MONTH)
    path = opened.folder.audits_path / MONTH / "plan-1.json"
    path.write_text(path.read_text().replace('"rate": 0.01', '"rate": 0.02'))
    with pytest.raises(AuditError, match="was changed"):
        plan.read(opened.folder, MONTH)


def test_a_plan_that_was_deleted_is_not_made_again(opened: api.Workspace) -> None:
    opened.audit_plan(MONTH)
    (opened.folder.audits_path / MONTH / "plan-1.json").unlink()
    with pytest.raises(AuditError, match="file is gone"):
        opened.audit_plan(MONTH, rate=0.5)


def test_a_month_without_look_ups_draws_no_seed(opened: api.Workspace) -> None:
    with pytest.raises(AuditError, match=r"no look-up in 2023-01.*2024-05"):
        opened.audit_plan("2023-01")
    assert plan.months(opened.folder) == []
