"""The look-ups: who made each, its number in time, and its place by local month on disk."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from linkgraph.ledger import content
from linkgraph.ledger.keys import key_joins
from linkgraph.model.tables import OPEN_END, TABLES
from linkgraph.sources import sql

if TYPE_CHECKING:
    import duckdb

BATCH = 1_000_000
"""Look-ups sorted at a time: whole months, until there are this many."""


def resolve_officers(
    connection: duckdb.DuckDBPyConnection, *, has_accounts: bool, timezone: str
) -> None:
    """Fill `officer_id` in the view `full lookups`: the account's holder at that time.

    Where two holdings of an account overlap, the one that began last counts.  A look-up whose
    account nobody held then is set apart (`why`: `no officer`).
    """
    full, out = sql.name("full lookups"), sql.name("out lookups")
    if connection.execute(f"SELECT 1 FROM {full} WHERE officer_id IS NULL LIMIT 1").fetchone():
        _holdings(connection, has_accounts)
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE resolved AS "
            "SELECT l._part, l._line, h.officer_id AS _holder "
            f'FROM (SELECT _part, _line, account_id, "at" FROM {full} WHERE officer_id IS NULL) l '
            'LEFT JOIN holdings h ON h.account_id = l.account_id AND l."at" >= h."start" '
            'AND l."at" < h."end"'
        )
        connection.execute(
            f"INSERT INTO {out} SELECT _part, _line, 'no officer' FROM resolved "
            f"ANTI JOIN {out} USING (_part, _line) WHERE _holder IS NULL"
        )
        connection.execute(
            f"CREATE OR REPLACE TEMP VIEW {full} AS SELECT * EXCLUDE (_holder) "
            "REPLACE (coalesce(officer_id, _holder) AS officer_id) FROM "
            f"(SELECT * FROM {sql.name('all lookups')} WHERE _bad = 0) "
            "LEFT JOIN resolved USING (_part, _line)"
        )
    # The local time is what people think in: 23:30 on a Sunday, not 15:30 UTC.
    connection.execute(
        "CREATE OR REPLACE TEMP MACRO local_time(moment) AS "
        f"timezone({sql.text(timezone)}, make_timestamptz(moment))"
    )


def write(
    connection: duckdb.DuckDBPyConnection, folder: Path, has: frozenset[str], *, timezone: str
) -> int:
    """Write `lookups/<local month>.parquet` and the temp table `lookup_keys`; rows written.

    `lookup_key` counts from 0 in order of (at, lookup_id).  `has` are the columns with values.
    """
    table = TABLES["lookups"]
    place = folder / "lookups"
    place.mkdir()
    clean = sql.name("clean lookups")
    months = connection.execute(
        "SELECT strftime(date_trunc('month', local_time(\"at\")), '%Y-%m') AS _month, count(*) "
        f"FROM {clean} GROUP BY _month ORDER BY _month"
    ).fetchall()
    chosen = ", ".join(f"t.{sql.name(c)}" for c in content.columns(connection, table))
    keys, joins = key_joins(table, has, has_lookups=True)
    done = 0
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE lookup_keys (lookup_id VARCHAR, lookup_key BIGINT)"
    )
    groups = _batches([(str(month), int(rows)) for month, rows in months])
    apart = folder.parent / "batches"
    if len(groups) > 1:
        _part(connection, apart, [_micros(group[0][0], timezone) for group in groups[1:]])
    for batch, group in enumerate(groups):
        starts = [month for month, _ in group]
        source = (
            clean
            if len(groups) == 1
            else sql.parquet(sorted((apart / f"_batch={batch}").iterdir()))
        )
        # The table keeps the order of its making, so `rowid` numbers the look-ups in time and
        # a month is a stretch of it.
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE batch AS SELECT {chosen}, local_time(t.at) AS at_local, "
            f"{', '.join(keys)}, t.lookup_id AS row_id, t._file AS source_file, "
            "t._sha256 AS source_sha256, t._row AS source_row "
            f"FROM {source} t {' '.join(joins)} "
            "ORDER BY t.at, t.lookup_id"
        )
        for number, month in enumerate(starts):
            bounds = []
            if number:
                bounds.append(f'"at" >= {_micros(month, timezone)}')
            if number + 1 < len(starts):
                bounds.append(f'"at" < {_micros(starts[number + 1], timezone)}')
            connection.execute(
                f"COPY (SELECT rowid + {done} AS lookup_key, * FROM batch "
                f"WHERE {' AND '.join(bounds) or 'true'}) "
                f"TO {sql.text(place / f'{month}.parquet')} (FORMAT parquet, COMPRESSION zstd)"
            )
        connection.execute(f"INSERT INTO lookup_keys SELECT lookup_id, rowid + {done} FROM batch")
        done += sum(rows for _, rows in group)
    connection.execute("DROP TABLE IF EXISTS batch")
    shutil.rmtree(apart, ignore_errors=True)
    return done


def _holdings(connection: duckdb.DuckDBPyConnection, has_accounts: bool) -> None:
    """The temp table `holdings`: accounts made disjoint, so that a time has one holder."""
    if not has_accounts:
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE holdings "
            '(account_id VARCHAR, officer_id VARCHAR, "start" BIGINT, "end" BIGINT)'
        )
        return
    connection.execute(
        'CREATE OR REPLACE TEMP TABLE holdings AS SELECT account_id, officer_id, "start", '
        f'least("end", coalesce(lead("start") OVER (PARTITION BY account_id ORDER BY "start"), '
        f'{OPEN_END})) AS "end" FROM (SELECT account_id, "start", min(officer_id) AS officer_id, '
        f'max("end") AS "end" FROM {sql.name("full accounts")} '
        f"ANTI JOIN {sql.name('out accounts')} USING (_part, _line) "
        'GROUP BY account_id, "start")'
    )


def _batches(months: list[tuple[str, int]]) -> list[list[tuple[str, int]]]:
    groups: list[list[tuple[str, int]]] = []
    for month in months:
        if groups and sum(rows for _, rows in groups[-1]) + month[1] <= BATCH:
            groups[-1].append(month)
        else:
            groups.append([month])
    return groups


def _part(connection: duckdb.DuckDBPyConnection, apart: Path, starts: list[int]) -> None:
    """Put each batch into files of its own, in one pass: a log need not be in order of time.

    Reading all of it again for every batch would cost the square of its length.
    """
    whens = " ".join(f'WHEN "at" < {start} THEN {i}' for i, start in enumerate(starts))
    connection.execute(
        f"COPY (SELECT *, CASE {whens} ELSE {len(starts)} END AS _batch "
        f"FROM {sql.name('clean lookups')}) TO {sql.text(apart)} "
        "(FORMAT parquet, PARTITION_BY (_batch), COMPRESSION lz4)"
    )


def _micros(month: str, timezone: str) -> int:
    year, number = map(int, month.split("-"))
    start = dt.datetime(year, number, 1, tzinfo=ZoneInfo(timezone))
    return (start - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) // dt.timedelta(microseconds=1)
