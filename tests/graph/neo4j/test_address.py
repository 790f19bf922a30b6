from __future__ import annotations

import sys
from types import ModuleType, SimpleNamespace

import pytest

from linkgraph.errors import StoreError
from linkgraph.graph import open_store
from linkgraph.graph.neo4j.address import Address, credentials, database_of


@pytest.mark.parametrize(
    ("uri", "server", "database"),
    [
        ("bolt://db", "bolt://db:7687", None),
        ("neo4j+s://graph.example:7688/", "neo4j+s://graph.example:7688", None),
        ("bolt+ssc://127.0.0.1:9/linkgraph-q1", "bolt+ssc://127.0.0.1:9", "linkgraph-q1"),
        ("bolt://[::1]:7687", "bolt://[::1]:7687", None),
    ],
)
def test_an_address_names_a_server_and_perhaps_a_database(
    uri: str, server: str, database: str | None
) -> None:
    address = Address.parse(uri)
    assert (address.server, address.database) == (server, database)


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        ("http://db:7474", "names no graph store"),
        ("bolt://", "names no graph store"),
        ("bolt://db:port", "address is wrong"),
        ("bolt://db:99999", "address is wrong"),
        ("bolt://db/Two Words", "cannot name a Neo4j database"),
        ("bolt://db/x", "cannot name a Neo4j database"),
        ("neo4j://db?policy=eu", "more than a host"),
    ],
)
def test_what_is_no_address_is_refused_with_the_form(uri: str, said: str) -> None:
    with pytest.raises(StoreError, match=said):
        Address.parse(uri)


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(StoreError, match="holds credentials") as refused:
        Address.parse("bolt://neo4j:hunter22@db")
    assert "hunter22" not in str(refused.value)


def test_credentials_come_from_the_environment_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_USERNAME", "reader")
    monkeypatch.setenv("NEO4J_PASSWORD", "hunter22")
    found = credentials(Address.parse("bolt://db"))
    assert (found.user, found.password) == ("reader", "hunter22")
    assert "hunter22" not in repr(found)


def test_else_they_come_from_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {("linkgraph", "neo4j@db:7687"): "hunter22"}
    keyring = SimpleNamespace(get_password=lambda *name: kept.get(name))
    errors = ModuleType("keyring.errors")
    errors.KeyringError = RuntimeError  # type: ignore[attr-defined]
    monkeypatch.delenv("NEO4J_USERNAME", raising=False)
    monkeypatch.delenv("NEO4J_PASSWORD", raising=False)
    monkeypatch.setitem(sys.modules, "keyring", keyring)  # type: ignore[arg-type]
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)
    assert credentials(Address.parse("bolt://db")).password == "hunter22"
    with pytest.raises(StoreError, match=r"no password for user .neo4j.*NEO4J_PASSWORD"):
        credentials(Address.parse("bolt://elsewhere"))


def test_ids_that_differ_name_databases_that_differ() -> None:
    ids = ["q1", "Q1", "q 1", "q/1", "案一", "a" * 80, "a" * 81]
    names = [database_of(id_) for id_ in ids]
    assert names[0] == "linkgraph-q1"
    assert len(set(names)) == len(ids)
    assert all(Address.parse(f"bolt://db/{name}").database == name for name in names)


def test_without_the_driver_the_extra_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: pytest.TempPathFactory
) -> None:
    for name in [n for n in sys.modules if n.startswith("linkgraph.graph.neo4j")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr("linkgraph.graph.neo4j", raising=False)
    monkeypatch.setitem(sys.modules, "neo4j", None)  # type: ignore[arg-type]
    with pytest.raises(StoreError, match=r"linkgraph\[neo4j\]"):
        open_store("bolt://db", tmp_path / "g", "Q1")  # type: ignore[operator]
