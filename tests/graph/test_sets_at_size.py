"""The sets against plain SQL, on a force large enough for the engine to plan as it does at work.

On a handful of officers the embedded engine joins in another order than on hundreds, and what it
answered rightly there it has answered wrongly here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import pandas as pd
import pytest

from linkgraph.graph.embedded import EmbeddedStore
from linkgraph.graph.projection import project
from linkgraph.graph.runner import hits
from linkgraph.ledger import Ledger
from linkgraph.ledger.load import load
from linkgraph.screen import screen
from linkgraph.simulate import simulate
from linkgraph.workspace import Settings
from tests.graph.world import ZONE, inquiry, moment

START, END = moment("2024-07-01"), moment("2024-08-01")
HOUSEHOLD = 12

TIES = {
    "is_": "IS-Officer-Person",
    "role": "HAS_ROLE-Person-Organisation",
    "home": "LIVES_AT-Person-Address",
    "post": "POSTED_TO-Officer-Unit",
    "asked": "LOOKED_UP-Officer-Person",
}
PREPARED = f"""
CREATE VIEW tie AS
  SELECT a, b, t, s, e FROM one_way UNION ALL SELECT b, a, t, s, e FROM one_way;
CREATE VIEW beside AS
  SELECT a, b, t, s, e FROM duty UNION SELECT b, a, t, s, e FROM duty;
CREATE VIEW second AS
  SELECT x.a, x.b AS f, y.b, greatest(x.s, y.s) AS s, least(x.e, y.e) AS e, x.t, y.t AS u
  FROM tie x JOIN tie y ON y.a = x.b WHERE x.t <> y.t AND y.b <> x.a;
CREATE VIEW together AS
  SELECT x.a, y.a AS b, greatest(x.s, y.s) AS s, least(x.e, y.e) AS e
  FROM home x JOIN home y ON y.b = x.b
  WHERE x.a <> y.a AND x.t <> y.t AND x.s < y.e AND y.s < x.e
    AND (SELECT count(*) FROM home z WHERE z.b = x.b) <= {HOUSEHOLD};
CREATE TABLE mate AS
  SELECT x.a AS o, y.a AS m, greatest(x.s, y.s) AS s, least(x.e, y.e) AS e
  FROM post x JOIN post y ON y.b = x.b
  WHERE x.a <> y.a AND x.s < y.e AND y.s < x.e
    AND x.s < {END} AND x.e > {START} AND y.s < {END} AND y.e > {START};
CREATE TABLE own AS
  SELECT a AS o, b AS p FROM is_
  UNION SELECT i.a, x.b FROM is_ i JOIN tie x ON x.a = i.b
  UNION SELECT i.a, x.b FROM is_ i JOIN second x ON x.a = i.b
  UNION SELECT i.a, y.a FROM is_ i JOIN home x ON x.a = i.b JOIN home y ON y.b = x.b;
CREATE TABLE circle AS
  SELECT i.a AS o, x.b AS f, x.b AS p, x.s, x.e FROM is_ i JOIN tie x ON x.a = i.b
  UNION ALL SELECT i.a, x.f, x.b, x.s, x.e FROM is_ i JOIN second x ON x.a = i.b;
CREATE TABLE link AS
  SELECT i.a AS o, i.b AS me, i.b AS f, r.b AS g, r.t, r.s, r.e
  FROM is_ i JOIN role r ON r.a = i.b
  UNION ALL
  SELECT i.a, i.b, x.b, r.b, r.t, greatest(r.s, x.s), least(r.e, x.e)
  FROM is_ i JOIN tie x ON x.a = i.b JOIN role r ON r.a = x.b
  UNION ALL
  SELECT i.a, i.b, x.b, r.b, r.t, greatest(r.s, x.s), least(r.e, x.e)
  FROM is_ i JOIN together x ON x.a = i.b JOIN role r ON r.a = x.b;
CREATE TABLE near AS  -- organisations of himself and of those tied to him, whenever
  SELECT DISTINCT i.a AS o, r.b AS g FROM is_ i JOIN role r ON r.a = i.b
  UNION SELECT i.a, r.b FROM is_ i JOIN tie x ON x.a = i.b JOIN role r ON r.a = x.b;
"""
EXPECTED = {
    "household": """SELECT i.a, x.b FROM is_ i JOIN together x ON x.a = i.b
        JOIN asked l ON l.a = i.a AND l.b = x.b""",
    "circle": """SELECT c.o, c.f, c.p FROM circle c JOIN asked l ON l.a = c.o AND l.b = c.p
        WHERE c.s < c.e""",
    "colleague": """SELECT o, i.b
        FROM mate JOIN is_ i ON i.a = m JOIN asked l ON l.a = o AND l.b = i.b""",
    "mate_circle": """SELECT mate.o, mate.m, c.p
        FROM mate JOIN circle c ON c.o = mate.m JOIN asked l ON l.a = mate.o AND l.b = c.p
        WHERE greatest(mate.s, c.s) < least(mate.e, c.e)
          AND NOT EXISTS (SELECT 1 FROM own WHERE own.o = mate.o AND own.p = c.p)""",
    "duty_partner": """SELECT d.a, d.b, c.p
        FROM beside d JOIN circle c ON c.o = d.b JOIN asked l ON l.a = d.a AND l.b = c.p
        WHERE d.s <= l.last AND d.e > l.first AND greatest(d.s, c.s) < least(d.e, c.e)
          AND NOT EXISTS (SELECT 1 FROM own WHERE own.o = d.a AND own.p = c.p)""",
    "organisation": """SELECT k.o, k.g, r.a
        FROM link k JOIN role r ON r.b = k.g JOIN asked l ON l.a = k.o AND l.b = r.a
        WHERE r.t <> k.t AND r.a <> k.me AND r.a <> k.f
          AND greatest(k.s, r.s) < least(k.e, r.e)
        UNION SELECT k.o, k.g, k.f FROM link k JOIN asked l ON l.a = k.o AND l.b = k.f
        WHERE k.f <> k.me AND k.s < k.e""",
    "mate_organisation": """SELECT mate.o, mate.m, k.g, r.a
        FROM mate JOIN link k ON k.o = mate.m JOIN role r ON r.b = k.g
        JOIN asked l ON l.a = mate.o AND l.b = r.a
        WHERE r.t <> k.t AND r.a <> k.me AND r.a <> k.f
          AND greatest(mate.s, k.s, r.s) < least(mate.e, k.e, r.e)
          AND NOT EXISTS (SELECT 1 FROM near WHERE near.o = mate.o AND near.g = k.g)
          AND NOT EXISTS (SELECT 1 FROM is_ i WHERE i.a = mate.o AND i.b = r.a)""",
    "hub": """WITH many AS (
          SELECT l.a AS o, r.b AS g FROM asked l JOIN role r ON r.a = l.b
          WHERE l.unexplained > 0 GROUP BY ALL HAVING sum(l.unexplained) >= 3
        )
        SELECT m.o, m.g, r.a
        FROM many m JOIN role r ON r.b = m.g JOIN asked l ON l.a = m.o AND l.b = r.a
        WHERE NOT EXISTS (SELECT 1 FROM near WHERE near.o = m.o AND near.g = m.g)
          AND NOT EXISTS (
            SELECT 1 FROM is_ i JOIN home x ON x.a = i.b JOIN home y ON y.b = x.b
            JOIN role z ON z.a = y.a WHERE i.a = m.o AND z.b = m.g)""",
}
COLUMNS = {
    "circle": ["officer_id", "anchor_id", "person_id"],
    "organisation": ["officer_id", "anchor_id", "person_id"],
    "hub": ["officer_id", "anchor_id", "person_id"],
    "mate_circle": ["officer_id", "requester_id", "person_id"],
    "duty_partner": ["officer_id", "requester_id", "person_id"],
    "mate_organisation": ["officer_id", "requester_id", "anchor_id", "person_id"],
}


@dataclass(frozen=True)
class Answers:
    """What the analyses found, and the ties they found it in as tables of DuckDB."""

    found: dict[str, pd.DataFrame]
    sql: duckdb.DuckDBPyConnection


@pytest.fixture(scope="module")
def force(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answers]:
    """A simulated force of two hundred, a month of few look-ups."""
    folder = tmp_path_factory.mktemp("force")
    simulate(folder / "f", officers=200, months=1, seed=6, lookups_per_officer_month=60, rate=0)
    load(folder / "ledger", [folder / "f"], timezone=ZONE)
    ledger = Ledger.open(folder / "ledger")
    covered = inquiry(start=START, end=END)
    screening = screen(ledger, Settings(), folder / "screen")
    graph = project(ledger, screening, covered, folder / "graph")
    store = EmbeddedStore(folder / "g.lbdb")
    store.load(graph)
    found = hits(store, ledger, screening, covered)
    store.close()
    sql = duckdb.connect()
    read = 'SELECT from_id AS a, to_id AS b, tie_id AS t, "start" AS s, "end" AS e'
    for name, file in (*TIES.items(), ("one_way", "TIE-Person-Person")):
        more = ", first_at AS first, last_at AS last, unexplained" if name == "asked" else ""
        sql.execute(f"CREATE TABLE {name} AS {read}{more} FROM '{folder / 'graph' / file}.parquet'")
    sql.execute(
        f"CREATE TABLE duty AS {read} FROM '{folder}/graph/ON_DUTY_WITH-Officer-Officer.parquet'"
    )
    sql.execute(PREPARED)
    yield Answers(found, sql)
    sql.close()


@pytest.mark.parametrize("analysis", sorted(EXPECTED))
def test_a_set_is_what_sql_finds(force: Answers, analysis: str) -> None:
    rows = force.found[analysis][COLUMNS.get(analysis, ["officer_id", "person_id"])]
    expected = set(force.sql.execute(f"SELECT DISTINCT * FROM ({EXPECTED[analysis]})").fetchall())
    assert expected, "the force has no such hit, and the test says nothing"
    assert set(rows.itertuples(index=False, name=None)) == expected
