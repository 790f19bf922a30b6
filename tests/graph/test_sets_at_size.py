"""The sets against plain SQL, on a force large enough for the engine to plan as it does at work.

On a handful of officers the embedded engine joins in another order than on hundreds, and what it
answered rightly there it has answered wrongly here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

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
BEFORE = 90 * 86_400_000_000

TIES = {
    "is_": "IS-Officer-Person",
    "role": "HAS_ROLE-Person-Organisation",
    "home": "LIVES_AT-Person-Address",
    "post": "POSTED_TO-Officer-Unit",
    "asked": "LOOKED_UP-Officer-Person",
    "made": "ASKED-Officer-Officer",
    "rang": "RANG-Phone-Officer",
    "held": "HOLDS-Person-Phone",
    "owned": "OWNS-Person-Vehicle",
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
CREATE VIEW around AS
  SELECT a AS x, b AS p, s, e FROM tie UNION ALL SELECT a, b, s, e FROM second;
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
    "organisation": f"""SELECT k.o, k.g, r.a
        FROM link k JOIN role r ON r.b = k.g JOIN asked l ON l.a = k.o AND l.b = r.a
        WHERE r.t <> k.t AND r.a <> k.me AND r.a <> k.f
          AND greatest(k.s, r.s - {BEFORE}) < least(k.e, r.e)
        UNION SELECT k.o, k.g, k.f FROM link k JOIN asked l ON l.a = k.o AND l.b = k.f
        WHERE k.f <> k.me AND k.s < k.e""",
    "mate_organisation": f"""SELECT mate.o, mate.m, k.g, r.a
        FROM mate JOIN link k ON k.o = mate.m JOIN role r ON r.b = k.g
        JOIN asked l ON l.a = mate.o AND l.b = r.a
        WHERE r.t <> k.t AND r.a <> k.me AND r.a <> k.f
          AND greatest(mate.s, k.s, r.s - {BEFORE}) < least(mate.e, k.e, r.e)
          AND NOT EXISTS (SELECT 1 FROM near WHERE near.o = mate.o AND near.g = k.g)
          AND NOT EXISTS (SELECT 1 FROM is_ i WHERE i.a = mate.o AND i.b = r.a)""",
    "requester_circle": """SELECT q.b, q.a, c.p
        FROM made q JOIN circle c ON c.o = q.a JOIN asked l ON l.a = q.b AND l.b = c.p
        WHERE q.a <> q.b AND c.s <= q.s AND q.s < c.e AND q.s <= l.last AND q.e > l.first
          AND NOT EXISTS (SELECT 1 FROM own WHERE own.o = q.b AND own.p = c.p)""",
    "caller_circle": """SELECT q.b, d.a, c.p
        FROM rang q JOIN held d ON d.b = q.a JOIN around c ON c.x = d.a
        JOIN asked l ON l.a = q.b AND l.b = c.p
        WHERE d.s <= q.s AND q.s < d.e AND c.s <= q.s AND q.s < c.e
          AND q.s <= l.last AND q.e > l.first
          AND NOT EXISTS (SELECT 1 FROM is_ i WHERE i.a = q.b AND i.b = d.a)
          AND NOT EXISTS (SELECT 1 FROM own WHERE own.o = q.b AND own.p = c.p)""",
    "dealings": f"""WITH of_home AS (
          SELECT * FROM home h WHERE (SELECT count(*) FROM home z WHERE z.b = h.b) <= {HOUSEHOLD}
        ), near AS (
          SELECT i.a AS o, i.b AS me, x.b AS f, x.s, x.e FROM is_ i JOIN tie x ON x.a = i.b
        )
        SELECT n.o, n.f, q.a FROM near n JOIN of_home r ON r.a = n.f JOIN home q ON q.b = r.b
        JOIN asked l ON l.a = n.o AND l.b = q.a
        WHERE q.a <> n.me AND q.a <> n.f AND q.t <> r.t
          AND greatest(n.s, r.s, q.s - {BEFORE}) < least(n.e, r.e, q.e)
        UNION
        SELECT n.o, n.f, q.a FROM near n JOIN owned r ON r.a = n.f JOIN owned q ON q.b = r.b
        JOIN asked l ON l.a = n.o AND l.b = q.a
        WHERE q.a <> n.me AND q.a <> n.f AND q.t <> r.t AND q.s < r.s
          AND greatest(n.s, q.s, r.s - {BEFORE}) < least(n.e, r.s, q.e)
        UNION
        SELECT i.a, i.b, q.a FROM is_ i JOIN of_home r ON r.a = i.b JOIN home q ON q.b = r.b
        JOIN asked l ON l.a = i.a AND l.b = q.a
        WHERE q.a <> i.b AND q.t <> r.t AND greatest(r.s, q.s - {BEFORE}) < least(r.e, q.s)
        UNION
        SELECT i.a, i.b, q.a FROM is_ i JOIN owned r ON r.a = i.b JOIN owned q ON q.b = r.b
        JOIN asked l ON l.a = i.a AND l.b = q.a
        WHERE q.a <> i.b AND q.t <> r.t AND q.s < r.s
          AND greatest(q.s, r.s - {BEFORE}) < least(r.s, q.e)""",
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
    "dealings": ["officer_id", "anchor_id", "person_id"],
    "caller_circle": ["officer_id", "anchor_id", "person_id"],
    "requester_circle": ["officer_id", "requester_id", "person_id"],
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
    _let_friends_ring(folder / "f")
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


def _let_friends_ring(folder: Path) -> None:
    """Put the telephone of one who is tied to the subject on two hundred look-ups."""
    rows = pd.read_csv(folder / "lookups.csv", dtype=str)
    ties = pd.read_csv(folder / "associations.csv", dtype=str)
    phones = pd.read_csv(folder / "phones.csv", dtype=str)
    phones = phones[phones["holder_kind"] == "person"].drop_duplicates("holder_id")
    calls = ties.merge(phones, left_on="person_b_id", right_on="holder_id")
    caller = calls.drop_duplicates("person_a_id").set_index("person_a_id")["phone_id"]
    rung = rows["subject_id"].map(caller).where(rows["subject_kind"] == "person").dropna()[:200]
    rows.loc[rung.index, "caller_phone_id"] = rung
    rows.to_csv(folder / "lookups.csv", index=False)


@pytest.mark.parametrize("analysis", sorted(EXPECTED))
def test_a_set_is_what_sql_finds(force: Answers, analysis: str) -> None:
    rows = force.found[analysis][COLUMNS.get(analysis, ["officer_id", "person_id"])]
    expected = set(force.sql.execute(f"SELECT DISTINCT * FROM ({EXPECTED[analysis]})").fetchall())
    assert expected, "the force has no such hit, and the test says nothing"
    assert set(rows.itertuples(index=False, name=None)) == expected
