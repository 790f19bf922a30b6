"""A graph server on the command line: analysed, examined, purged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.support.neo4j import Server
from tests.support.neo4j.shared import emptied, shared, store_on

pytestmark = pytest.mark.neo4j


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    found = emptied(shared())
    for name, value in found.environment.items():
        monkeypatch.setenv(name, value)
    return found


def test_leads_from_a_server_are_those_of_the_embedded_engine_to_the_byte(
    server: Server, workspace: Path, run: Run
) -> None:
    kept = workspace / "graphs" / "Q" / "leads.json"
    assert run("-w", workspace, "analyse", "--inquiry", "Q").code == 0
    embedded = kept.read_bytes()
    kept.unlink()
    assert run("-w", workspace, "analyse", "--inquiry", "Q", "--store", server.uri).code == 0
    assert kept.read_bytes() == embedded


def test_what_is_shown_comes_from_the_store_that_the_settings_name(
    server: Server, workspace: Path, run: Run
) -> None:
    def shown() -> list[str]:
        commands = (
            ("path", "officer:O1", "person:P4"),
            ("ego", "person:P3"),
            ("search", "陳"),
            ("query", "who_looked", "--set", "person_id=P3"),
            ("query", "--cypher", "MATCH (p:Person) RETURN p.name AS name ORDER BY name"),
            ("analyses", "run", "circle"),
        )
        return [
            run("-w", workspace, *c, "--inquiry", "Q", "--format", "json").out for c in commands
        ]

    embedded = shown()
    settings = workspace / "linkgraph.toml"
    settings.write_text(settings.read_text().replace('store = ""', f'store = "{server.uri}"'))
    assert shown() == embedded
    assert store_loaded(server) == "Q"


def test_purging_an_inquiry_empties_its_server_and_certifies_it(
    server: Server, workspace: Path, run: Run
) -> None:
    run("-w", workspace, "analyse", "--inquiry", "Q", "--store", server.uri)
    run("-w", workspace, "inquiry", "close", "Q")
    done = run("-w", workspace, "inquiry", "purge", "Q", "--yes")
    (emptied_store,) = json.loads(done.out)["stores"]
    assert (emptied_store["store"], emptied_store["nodes"] > 5) == (server.uri, True)
    assert store_loaded(server) is None


def test_a_server_that_cannot_be_emptied_stops_a_purge_unless_it_may_be_left(
    server: Server, workspace: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("-w", workspace, "analyse", "--inquiry", "Q", "--store", server.uri)
    run("-w", workspace, "inquiry", "close", "Q")
    monkeypatch.setenv("NEO4J_PASSWORD", "wrong")
    refused = run("-w", workspace, "inquiry", "purge", "Q", "--yes")
    assert (refused.code, "password is wrong" in refused.err) == (1, True)
    assert (workspace / "graphs" / "Q" / "leads.json").exists()
    done = run("-w", workspace, "inquiry", "purge", "Q", "--yes", "--leave-stores")
    (left,) = json.loads(done.out)["stores"]
    assert (done.code, left["nodes"], "password is wrong" in left["left"]) == (0, None, True)


def test_a_graph_is_exported_whether_its_server_answers_or_not(
    workspace: Path, run: Run, tmp_path: Path
) -> None:
    settings = workspace / "linkgraph.toml"
    settings.write_text(settings.read_text().replace('store = ""', 'store = "bolt://127.0.0.1:1"'))
    done = run("-w", workspace, "export", "neo4j", "--inquiry", "Q", "-o", tmp_path / "files")
    assert (done.code, (tmp_path / "files" / "import.sh").exists()) == (0, True)


def test_doctor_examines_the_server_and_its_exit_code_says_the_result(
    server: Server, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = run("doctor", "--store", server.uri)
    assert (done.code, "store rights" in done.out) == (0, True)
    monkeypatch.setenv("NEO4J_PASSWORD", "wrong")
    done = run("doctor", "--store", server.uri)
    assert (done.code, "name or password is wrong" in done.out) == (1, True)


def test_a_slip_in_a_query_is_told_beside_its_empty_answer(
    server: Server, workspace: Path, run: Run
) -> None:
    settings = workspace / "linkgraph.toml"
    settings.write_text(settings.read_text().replace('store = ""', f'store = "{server.uri}"'))
    done = run("-w", workspace, "query", "--inquiry", "Q", "--cypher", "MATCH (p:Persn) RETURN p")
    assert "label `Persn` does not exist" in done.err
    assert "Warning" not in done.err


def store_loaded(server: Server) -> str | None:
    store = store_on(server, "Q")
    loaded = store.loaded()
    store.close()
    return loaded[0] if loaded else None
