"""Drawing a month's plan from the ledger and its screening; work tables alone.

The random sample and the worklist are kept apart.  The sample alone tells of the true rate; the
worklist is what is to be cleared: look-ups made for another, and look-ups with a generic purpose,
in each unit those first that a record contradicts or that nothing explains.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import ibis
import numpy as np
import pandas as pd

from linkgraph.audit import sampling
from linkgraph.audit.plan import Plan, Seed, Stratum
from linkgraph.errors import AuditError
from linkgraph.screen.proxies import made_for_another

if TYPE_CHECKING:
    from linkgraph.ledger import Ledger
    from linkgraph.screen import Screening

PROXY, GENERIC = "proxy", "generic"
KINDS = (PROXY, GENERIC)
_REASONS = ("proxy_contradicted", "proxy_unregistered", "generic_purpose")
COLUMNS = ("lookup_id", "unit_id", "part", "probability", "kinds", "reasons")


def lookups_of(
    ledger: Ledger, screening: Screening, month: str, *, now: datetime | None = None
) -> Any:
    """The look-ups of a local month that is over: what its plan is drawn from.

    Columns: lookup_key, lookup_id, at, unit_key, explanation_level, unit_id ("" unknown).
    Raises AuditError for a month without look-ups, or one not over.
    """
    at = now or datetime.now(UTC)
    first, end = month_of(month)
    if at.astimezone(ZoneInfo(ledger.timezone)).replace(tzinfo=None) < end:
        raise AuditError(
            f"{month} is not over: a sample drawn now would miss its last look-ups.",
            remedy="Plan it when the month's log is loaded; `audit commit` draws the seed now.",
        )
    lookups = screening.lookups
    lookups = lookups.filter(
        (lookups.at_local >= ibis.literal(first)) & (lookups.at_local < ibis.literal(end))
    )
    units = ledger.table("entities").select(place="entity_key", name="id")
    rows = lookups.left_join(units, lookups.unit_key == units.place)
    rows = rows.select("lookup_key", "lookup_id", "at", "unit_key", "explanation_level", "name")
    if not int(rows.count().to_pyarrow().as_py()):
        raise AuditError(
            f"There is no look-up in {month}.", remedy=f"Look-ups are of {_span(screening)}."
        )
    # A column that is computed in a join cannot be joined on: it needs a relation of its own.
    return rows.filter(rows.lookup_key.notnull()).mutate(unit_id=rows.name.fill_null(""))


def draw(
    ledger: Ledger,
    screening: Screening,
    month: str,
    seed: Seed,
    *,
    rate: float,
    free: float,
    per_unit: int,
    number: int,
    made_by: str,
    reason: str = "",
    now: datetime | None = None,
) -> Plan:
    """The plan of a local month (`2024-07`): the same ledger and seed give the same rows.

    `per_unit`: how many look-ups of each kind a unit's worklist has at most.  Cost: one sort of
    the month's look-ups.  Raises AuditError as `lookups_of` does.
    """
    at = now or datetime.now(UTC)
    frame = lookups_of(ledger, screening, month, now=at)
    sizes = frame.group_by("unit_id").aggregate(n=frame.count()).order_by("unit_id").to_pandas()
    marked = sampling.mark(frame)
    counts = sizes["n"].to_numpy(dtype=np.int64)
    by_unit, more = sampling.shares(counts, rate, free)
    units = [str(unit) for unit in sizes["unit_id"]]
    wanted = dict(zip(units, by_unit.tolist(), strict=True))
    chosen = sampling.drawn(frame, wanted, int(more), seed.seed, marked).to_pandas()
    left = int(counts.sum() - by_unit.sum())
    chances = {
        unit: sampling.probability(int(n), int(k), int(more), left)
        for unit, n, k in zip(units, counts, by_unit, strict=True)
    }
    chosen["probability"] = chosen["unit_id"].map(chances)
    listed, candidates = _worklist(ledger, screening, frame, chosen, per_unit, seed.seed, marked)
    rows = _rows(chosen, listed)
    return Plan(
        month=month,
        number=number,
        made_at=at.astimezone(UTC).isoformat(timespec="seconds"),
        made_by=made_by,
        reason=reason,
        rate=rate,
        free=free,
        per_unit=per_unit,
        seed=seed.seed,
        commitment=seed.commitment,
        committed_at=seed.committed_at,
        mark=marked,
        ledger=ledger.fingerprint,
        screening=screening.fingerprint,
        lookups=int(counts.sum()),
        strata=_strata(units, counts.tolist(), wanted, chances, rows),
        candidates=candidates,
        rows=rows,
    )


def month_of(month: str) -> tuple[datetime, datetime]:
    """The local moments at which a month (`2024-07`) begins and ends, without zone."""
    year, number = map(int, month.split("-"))
    first = datetime(year, number, 1)  # noqa: DTZ001  local, as `at_local` is
    return first, (first + timedelta(days=32)).replace(day=1)


def _worklist(
    ledger: Ledger,
    screening: Screening,
    frame: Any,
    chosen: pd.DataFrame,
    per_unit: int,
    seed: str,
    marked: str,
) -> tuple[pd.DataFrame, dict[str, int]]:
    """What is to be cleared: lookup_id, unit_id, kinds, reasons; and the candidates by kind.

    In each unit those first that a record contradicts, then those that nothing explains, then as
    the seed has it.  A look-up that is both is listed once, as a proxy; one that was drawn is
    not listed.
    """
    fired = screening.indicators.filter(ibis._.indicator_id.isin(list(_REASONS)))
    fired = fired.select("lookup_key", "indicator_id", "detail")
    marks = _marks(ledger, fired, frame)
    totals = marks.aggregate(proxy=marks.proxy.sum(), generic=marks.generic.sum())
    (candidates,) = totals.to_pyarrow().to_pylist()
    drawn = ibis.memtable(
        {"lookup_id": chosen["lookup_id"].tolist()}, schema={"lookup_id": "string"}
    )
    text = ibis.literal(f"{seed}|{marked}|worklist|")
    listed = marks.anti_join(drawn, "lookup_id")
    listed = listed.mutate(order=(text + listed.lookup_id).hexdigest("sha256"))
    place = ibis.window(
        group_by=["unit_id", "proxy"], order_by=["doubt", "unexplained", "order", "lookup_id"]
    )
    listed = listed.mutate(place=ibis.row_number().over(place))
    listed = listed.filter(listed.place < per_unit)
    found: pd.DataFrame = listed.select(
        "lookup_key", "lookup_id", "unit_id", "proxy", "generic"
    ).to_pandas()
    found["kinds"] = [
        ";".join(kind for kind, holds in zip(KINDS, flags, strict=True) if holds)
        for flags in zip(found["proxy"], found["generic"], strict=True)
    ]
    found["reasons"] = found["lookup_key"].map(_reasons(fired, found)).fillna("")
    return (
        found[["lookup_id", "unit_id", "kinds", "reasons"]],
        {kind: int(candidates[kind] or 0) for kind in KINDS},
    )


def _marks(ledger: Ledger, fired: Any, frame: Any) -> Any:
    """The month's look-ups made for another or with a generic reason, one row each.

    Columns of `frame` and: proxy, generic (0 or 1), doubt (0 contradicted or no proxy, 1 not in
    the register, 2 neither), unexplained (0 not at all, 1 in part, 2 explained).
    """
    raw = ledger.table("lookups").join(frame.select("lookup_key", "unit_key"), "lookup_key")
    for_another = made_for_another(raw).select("lookup_key", indicator_id=ibis.literal(PROXY))
    signs = ibis.union(for_another, fired.select("lookup_key", "indicator_id"))
    flags = signs.group_by("lookup_key").aggregate(
        proxy=(signs.indicator_id == PROXY).any().cast("int8"),
        generic=(signs.indicator_id == "generic_purpose").any().cast("int8"),
        contradicted=(signs.indicator_id == "proxy_contradicted").any(),
        unregistered=(signs.indicator_id == "proxy_unregistered").any(),
    )
    rows = frame.join(flags, "lookup_key")
    rows = rows.filter((rows.proxy + rows.generic) > 0)
    doubt = ibis.cases(((rows.proxy == 0) | rows.contradicted, 0), (rows.unregistered, 1), else_=2)
    level = ibis.cases(
        (rows.explanation_level == "none", 0), (rows.explanation_level == "partial", 1), else_=2
    )
    return rows.mutate(doubt=doubt, unexplained=level)


def _reasons(fired: Any, listed: pd.DataFrame) -> dict[int, str]:
    """Look-up key -> the codes of what fired, without the records, joined by `;`."""
    keys = ibis.memtable(
        {"lookup_key": listed["lookup_key"].tolist()}, schema={"lookup_key": "int64"}
    )
    frame = fired.semi_join(keys, "lookup_key").to_pandas()
    frame = frame.sort_values(["lookup_key", "indicator_id"])
    found: dict[int, dict[str, None]] = {}
    for key, id_, detail in zip(
        frame["lookup_key"].tolist(), frame["indicator_id"], frame["detail"], strict=True
    ):
        codes = found.setdefault(int(key), {})
        for part in str(detail or id_).split(";"):
            code = part.partition("=")[0]
            codes[f"purpose_{code}" if id_ == "generic_purpose" else code] = None
    return {key: ";".join(codes) for key, codes in found.items()}


def _rows(chosen: pd.DataFrame, listed: pd.DataFrame) -> pd.DataFrame:
    rows = pd.concat(
        [chosen.assign(kinds="", reasons=""), listed.assign(part="worklist", probability=np.nan)],
        ignore_index=True,
    )
    rows["place"] = rows["part"].map({"unit": 0, "free": 0, "worklist": 1})
    rows = rows.sort_values(["unit_id", "place", "lookup_id"], ignore_index=True)
    return rows[list(COLUMNS)]


def _strata(
    units: list[str],
    counts: list[int],
    wanted: dict[str, int],
    chances: dict[str, float],
    rows: pd.DataFrame,
) -> tuple[Stratum, ...]:
    work = rows["part"] == "worklist"
    drawn = rows[~work].groupby("unit_id").size()
    listed = rows[work].groupby("unit_id").size()
    return tuple(
        Stratum(
            unit,
            n,
            wanted[unit],
            int(drawn.get(unit, 0)),
            round(chances[unit], 9),
            int(listed.get(unit, 0)),
        )
        for unit, n in zip(units, counts, strict=True)
    )


def _span(screening: Screening) -> str:
    facts = screening.lookups.aggregate(
        first=screening.lookups.at_local.min(), last=screening.lookups.at_local.max()
    )
    (row,) = facts.to_pyarrow().to_pylist()
    if row["first"] is None:
        return "no month: none are loaded"
    return f"{row['first']:%Y-%m} to {row['last']:%Y-%m}"
