"""A server that dies, refuses, is too old or too small: a clear message, and nothing lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import neo4j
import pandas as pd
import pytest
import trustme

from linkgraph.errors import StoreError
from linkgraph.graph.neo4j import Neo4jStore, connection, loading
from linkgraph.graph.neo4j.address import Address, Credentials
from linkgraph.graph.projection import project
from linkgraph.graph.runner import hits
from tests.graph.neo4j.test_loading import PEOPLE, circle, counts
from tests.graph.world import FORCE, inquiry, world
from tests.support.graph import projection, tie
from tests.support.neo4j import Server
from tests.support.neo4j.replay import old_server
from tests.support.neo4j.server import USER
from tests.support.neo4j.shared import shared, store_on

pytestmark = pytest.mark.neo4j
Told = Callable[[str, int, int], None]


@contextmanager
def power_cut(server: Server, when: Callable[[str, int, int], bool]) -> Iterator[Told]:
    """A progress callback that kills the server once, and has it started again meanwhile."""
    over, cut = threading.Event(), []

    def restart() -> None:
        server.start()
        over.wait()  # the server dies with the thread that started it

    def told(what: str, done: int, whole: int) -> None:
        if not cut and when(what, done, whole):
            server.kill()
            cut.append(threading.Thread(target=restart))
            cut[0].start()

    yield told
    over.set()
    assert cut, "the moment for the power cut never came"
    cut[0].join()


def ask(store: Neo4jStore) -> Any:
    return store.read("MATCH (p:Person) RETURN count(*) AS n", 5, 30)["n"][0]


def as_user(server: Server, statement: str) -> None:
    with (
        neo4j.GraphDatabase.driver(server.uri, auth=(USER, server.password)) as driver,
        driver.session(database="system") as session,
    ):
        session.run(statement).consume()


def test_a_server_killed_in_mid_load_and_in_mid_analysis_costs_nothing_but_time(
    own: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "BATCH", 5)
    ledger, screening = world(tmp_path / "world", **FORCE)
    graph = project(ledger, screening, inquiry(), tmp_path / "p")
    own.start()
    store = store_on(own)
    with power_cut(own, lambda _, done, whole: done > whole // 2) as told:
        store.load(graph, told)
        assert store.loaded() == ("Q1", graph.fingerprint)
    own.start()

    def analysed(progress: Told | None = None) -> dict[str, pd.DataFrame]:
        return hits(store, ledger, screening, inquiry(), progress=progress)

    calm = analysed()
    with power_cut(own, lambda what, *_: what == "hub") as told:
        disturbed = analysed(told)
    assert sorted(calm) == sorted(disturbed)
    for name, frame in calm.items():
        pd.testing.assert_frame_equal(frame, disturbed[name])
    store.close()


def test_a_server_that_stays_away_is_said_to(
    own: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "BATCH", 10)
    monkeypatch.setattr(connection, "PATIENCE", 2.0)
    own.start()
    store = store_on(own)

    def kill(what: str, done: int, whole: int) -> None:
        if done >= whole // 2:
            own.kill()

    with pytest.raises(StoreError, match=r"Nothing answers|stopped answering") as away:
        store.load(circle(tmp_path), kill)
    assert "server" in away.value.remedy
    with pytest.raises(StoreError, match="Nothing answers"):
        store_on(own).loaded()

    own.start()
    store.load(circle(tmp_path))
    assert counts(own) == (PEOPLE, PEOPLE)

    own.stop()
    own.start({"server.databases.read_only": "neo4j"})
    reader = store_on(own)
    reader.load(circle(tmp_path))  # it is there: nothing to write
    assert ask(reader) == PEOPLE
    with pytest.raises(StoreError, match="is read-only, and its graph is not"):
        reader.load(circle(tmp_path, "f2"))
    for opened in (store, reader):
        opened.close()


def test_a_batch_too_big_for_the_server_is_halved_until_it_fits(
    own: Server, tmp_path: Path
) -> None:
    own.start({"db.memory.transaction.max": "4m", "dbms.memory.transaction.total.max": "64m"})
    store = store_on(own)
    ties = [tie("TIE", f"person:{i}", f"person:{i + 1}", kind="k" * 900) for i in range(8000)]
    store.load(projection(tmp_path / "big", ties))
    assert counts(own) == (8001, 8000)
    with pytest.raises(StoreError, match="too little memory for the query"):
        store.read("UNWIND range(1, 1000000) AS x RETURN collect(x) AS all", 1, 30)
    store.close()


def test_tls_works_as_asked_or_says_what_is_wrong(
    own: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    place = own.home / "certificates" / "bolt"
    place.mkdir(parents=True)
    identity = authority.issue_cert("127.0.0.1")
    identity.private_key_pem.write_to_path(place / "private.key")
    identity.cert_chain_pems[0].write_to_path(place / "public.crt")
    authority.cert_pem.write_to_path(tmp_path / "agency.pem")
    own.start(
        {
            "server.bolt.tls_level": "REQUIRED",
            "dbms.ssl.policy.bolt.enabled": "true",
            "dbms.ssl.policy.bolt.base_directory": "certificates/bolt",
        },
        scheme="bolt+ssc",
    )
    secure = f"+s://127.0.0.1:{own.port}"
    unvouched = store_on(own, uri=f"bolt+ssc://127.0.0.1:{own.port}")
    unvouched.load(circle(tmp_path))
    with pytest.raises(StoreError, match=r"certificate of .* is not trusted.*SSL_CERT_FILE"):
        store_on(own, uri=f"bolt{secure}").loaded()
    with pytest.raises(StoreError, match=r"closed the connection at once.*\+s"):
        store_on(own, uri=f"bolt://127.0.0.1:{own.port}").loaded()
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "agency.pem"))
    for scheme in ("bolt", "neo4j"):
        trusted = store_on(own, uri=scheme + secure)
        assert ask(trusted) == PEOPLE
        trusted.close()
    unvouched.close()


def test_a_server_without_tls_is_said_to_have_none() -> None:
    with pytest.raises(StoreError, match="does not speak TLS as asked"):
        store_on(shared(), uri=f"bolt+s://127.0.0.1:{shared().port}").loaded()


def test_wrong_and_expired_passwords_are_told_apart() -> None:
    server = shared()
    as_user(server, "CREATE USER newcomer IF NOT EXISTS SET PASSWORD 'first-time-1'")

    def told(user: str, password: str) -> str:
        store = Neo4jStore(Address.parse(server.uri), Credentials(user, password), "Q1")
        with pytest.raises(StoreError) as refused:
            store.loaded()
        store.close()
        return str(refused.value)

    assert "refuses user 'newcomer': name or password is wrong" in told("newcomer", "wrong")
    expired = told("newcomer", "first-time-1")
    assert "password of user 'newcomer' has expired" in expired
    assert "ALTER CURRENT USER SET PASSWORD" in expired
    as_user(server, "DROP USER newcomer")


def test_a_user_is_locked_out_after_wrong_passwords(own: Server) -> None:
    own.start({"dbms.security.auth_max_failed_attempts": "2"})
    told = []
    for _ in range(4):
        store = Neo4jStore(Address.parse(own.uri), Credentials("neo4j", "wrong"), "Q1")
        with pytest.raises(StoreError) as refused:
            store.loaded()
        told.append(str(refused.value))
    assert "name or password is wrong" in told[0]
    assert "has locked user 'neo4j' out" in told[-1]


def test_a_database_that_is_not_there_is_named() -> None:
    with pytest.raises(StoreError, match=r"database of .*nowhere does not exist.*CREATE DATABASE"):
        store_on(shared(), uri=f"{shared().uri}/nowhere").loaded()


def test_a_host_that_is_not_there_and_a_port_that_is_not_bolts() -> None:
    with pytest.raises(StoreError, match=r"host of .* is not known"):
        store_on(shared(), uri="bolt://no-such-host.invalid").loaded()
    with pytest.raises(StoreError, match="Nothing answers"):
        store_on(shared(), uri="bolt://127.0.0.1:1").loaded()


def test_a_server_of_version_4_4_is_too_old() -> None:
    with old_server() as uri, pytest.raises(StoreError, match=r"is version 4\.4\.38.*needs 5\.26"):
        Neo4jStore(Address.parse(uri), Credentials("neo4j", "any"), "Q1").loaded()
