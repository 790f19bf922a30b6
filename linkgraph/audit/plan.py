"""The plan of a month's audit: what was drawn, with what chance, and how to draw it again.

A plan is kept as `audits/<month>/plan-<n>.json` with its rows beside it in Parquet.  It is never
changed: a month that got more look-ups is planned anew under the next number, for a reason that
is recorded, with the same seed, so that nobody can draw until the sample suits.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from linkgraph.audit.sampling import commitment, new_seed
from linkgraph.errors import AuditError
from linkgraph.workspace import Folder
from linkgraph.workspace.folder import write_private

PARTS = ("unit", "free", "worklist")
"""How a look-up came into the plan: drawn within its unit, drawn freely, or picked to clear."""

SEED_FILE = "seed.json"
_MONTH = r"\d{4}-\d{2}"


@dataclass(frozen=True)
class Stratum:
    """A unit's part: its look-ups, how many were drawn, and the chance of each of them."""

    unit_id: str
    lookups: int
    by_unit: int
    drawn: int
    probability: float
    worklist: int


@dataclass(frozen=True)
class Plan:
    """A month's plan; `rows` has one row per look-up, ordered by unit, part and id.

    Columns of `rows`: lookup_id, unit_id ("" unknown), part (see `PARTS`), probability (NaN on
    the worklist), kinds and reasons (codes joined by `;`, of the worklist).  `candidates`: kind
    -> how many look-ups of that kind there were.  Times are ISO 8601, UTC.
    """

    month: str
    number: int
    made_at: str
    made_by: str
    reason: str
    rate: float
    free: float
    per_unit: int
    seed: str
    commitment: str
    committed_at: str
    mark: str
    ledger: str
    screening: str
    lookups: int
    strata: tuple[Stratum, ...]
    candidates: Mapping[str, int]
    rows: pd.DataFrame

    @property
    def id(self) -> str:
        """Month and number, such as `2024-07/1`."""
        return f"{self.month}/{self.number}"

    @property
    def sample(self) -> pd.DataFrame:
        """The rows that were drawn at random."""
        return self.rows[self.rows["part"] != "worklist"]

    def of_unit(self, unit_id: str) -> pd.DataFrame:
        """The rows of one unit."""
        return self.rows[self.rows["unit_id"] == unit_id]


@dataclass(frozen=True)
class Seed:
    """A month's seed, and when it was drawn if that was before the plan was made."""

    seed: str
    commitment: str
    committed_at: str


def place(folder: Folder, month: str) -> Path:
    """The folder of a month's audit, made if it is missing."""
    path = folder.audits_path / month
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def commit(folder: Folder, month: str) -> Seed:
    """Draw the month's seed before its look-ups are known; only its hash is shown and logged.

    Raises AuditError if there is one: a seed is drawn once.
    """
    if _seed(folder, month) is not None or numbers(folder, month):
        raise AuditError(
            f"The seed of {month} is drawn already.",
            remedy="A seed is drawn once; `linkgraph audit list` shows its hash.",
        )
    return _drawn(folder, month)


def seed_of(folder: Folder, month: str) -> Seed:
    """The month's seed: the one committed, else a new one; AuditError if it was changed."""
    known = _seed(folder, month)
    if known is None:
        made = _drawn(folder, month)
        return Seed(made.seed, made.commitment, "")
    if commitment(known.seed) != known.commitment or not folder.activity.mentions(known.commitment):
        raise AuditError(
            f"{place(folder, month) / SEED_FILE} is not the seed that the activity log witnesses.",
            remedy="Restore the file from a copy; without it the month cannot be drawn.",
        )
    return known


def numbers(folder: Folder, month: str) -> list[int]:
    """The numbers of the month's plans, ascending."""
    paths = (folder.audits_path / month).glob("plan-*.json")
    return sorted(int(path.stem.removeprefix("plan-")) for path in paths)


def months(folder: Folder) -> list[str]:
    """Months that have a plan or a seed, ascending."""
    if not folder.audits_path.is_dir():
        return []
    return sorted(
        path.name for path in folder.audits_path.iterdir() if re.fullmatch(_MONTH, path.name)
    )


def keep(folder: Folder, plan: Plan) -> None:
    """Put a plan on record; its hash goes into the activity log before it is written."""
    _must_be_new(folder, "audit.plan", plan.month, number=plan.number)
    path = place(folder, plan.month) / f"plan-{plan.number}.json"
    rows = _parquet(plan.rows)
    facts = asdict(plan) | {"rows": len(plan.rows), "rows_sha256": _sha256(rows)}
    text = json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    folder.activity.append(
        "audit.plan",
        month=plan.month,
        number=plan.number,
        reason=plan.reason or None,
        drawn=len(plan.sample),
        worklist=len(plan.rows) - len(plan.sample),
        commitment=plan.commitment,
        sha256=_sha256(text.encode()),
    )
    write_private(path.with_suffix(".parquet"), rows)
    write_private(path, text.encode())


def read(folder: Folder, month: str, number: int | None = None) -> Plan:
    """A plan of the month, the last if no number is given.

    Raises AuditError if there is none, or it is not the one that was put on record.
    """
    known = numbers(folder, month)
    if not known or (number is not None and number not in known):
        planned = [m for m in months(folder) if numbers(folder, m)]
        raise AuditError(
            f"There is no audit plan {month}{'' if number is None else f'/{number}'}.",
            remedy=f"Planned are: {', '.join(planned)}."
            if planned
            else f"Make it with `linkgraph audit plan --month {month}`.",
        )
    path = folder.audits_path / month / f"plan-{number or known[-1]}.json"
    try:
        text = path.read_bytes()
        rows = path.with_suffix(".parquet").read_bytes()
        facts = json.loads(text)
    except (OSError, ValueError) as problem:
        raise AuditError(f"{path} cannot be read: {problem}.", remedy=_RESTORE) from problem
    if not folder.activity.mentions(_sha256(text)) or facts["rows_sha256"] != _sha256(rows):
        raise AuditError(f"{path} was changed since it was made.", remedy=_RESTORE)
    frame = _frame(rows)
    strata = tuple(Stratum(**item) for item in facts["strata"])
    kept = {name: facts[name] for name in Plan.__dataclass_fields__ if name in facts}
    return Plan(**kept | {"strata": strata, "rows": frame})


_RESTORE = "Restore the folder audits/ from a copy; a plan is never changed."


def _must_be_new(folder: Folder, action: str, month: str, **facts: Any) -> None:
    """Raise AuditError if the activity log tells of one whose file is gone: no second try."""
    for entry in folder.activity.entries():
        said = entry["facts"]
        same = said.get("month") == month and all(said.get(k) == v for k, v in facts.items())
        if entry["action"] == action and same:
            raise AuditError(
                f"The activity log tells that the {'seed' if action == 'audit.commit' else 'plan'} "
                f"of {month} was made on {entry['at'][:10]}, but its file is gone.",
                remedy=_RESTORE,
            )


def _drawn(folder: Folder, month: str) -> Seed:
    _must_be_new(folder, "audit.commit", month)
    seed = new_seed()
    made = Seed(seed, commitment(seed), datetime.now(UTC).isoformat(timespec="seconds"))
    folder.activity.append("audit.commit", month=month, commitment=made.commitment)
    text = json.dumps(asdict(made), indent=1, sort_keys=True) + "\n"
    write_private(place(folder, month) / SEED_FILE, text.encode())
    return made


def _seed(folder: Folder, month: str) -> Seed | None:
    path = folder.audits_path / month / SEED_FILE
    if not path.is_file():
        return None
    try:
        return Seed(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as problem:
        raise AuditError(f"{path} cannot be read: {problem}.", remedy=_RESTORE) from problem


def commitments(folder: Folder, month: str) -> tuple[str, str]:
    """Hash of the month's seed and when it was drawn; empty texts if there is none."""
    known = _seed(folder, month)
    return ("", "") if known is None else (known.commitment, known.committed_at)


def _parquet(rows: pd.DataFrame) -> bytes:
    import io

    out = io.BytesIO()
    rows.to_parquet(out, index=False)
    return out.getvalue()


def _frame(data: bytes) -> pd.DataFrame:
    import io

    return pd.read_parquet(io.BytesIO(data))


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def strata_of(plans: Sequence[Plan]) -> pd.DataFrame:
    """One row per plan and unit: month, unit_id, lookups, drawn."""
    return pd.DataFrame(
        [
            {
                "month": plan.month,
                "unit_id": one.unit_id,
                "lookups": one.lookups,
                "drawn": one.drawn,
            }
            for plan in plans
            for one in plan.strata
        ]
    )
