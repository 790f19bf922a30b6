"""What is the embedded store's own: files, permissions, other processes."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from linkgraph.errors import StoreError
from linkgraph.graph import open_store
from linkgraph.graph.embedded import EmbeddedStore
from linkgraph.graph.store import Projection
from tests.support.graph import projection, tie

COUNT = "MATCH (p:Person) RETURN count(*) AS n"


def number(store: EmbeddedStore) -> int:
    return int(store.read(COUNT, 1, 10)["n"][0])


def test_the_file_is_the_owners_alone_and_nothing_else_is_left(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path / "graphs" / "g.lbdb")
    store.load(projection(tmp_path / "p", [tie("TIE", "person:a", "person:b")]))
    store.close()
    (file,) = (tmp_path / "graphs").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_folder_with_strange_signs_is_only_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "a [b]* 'c' {d}"
    store = EmbeddedStore(folder / "g.lbdb")
    store.load(projection(folder / "p", [tie("TIE", "person:a", "person:b")]))
    assert number(store) == 2
    store.close()


def test_a_failed_build_leaves_the_old_graph(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path / "g.lbdb")
    good = projection(tmp_path / "p", [tie("TIE", "person:a", "person:b")])
    store.load(good)
    (tmp_path / "bad.parquet").write_bytes(b"no parquet")
    bad = Projection("Q1", "f2", {"Person": tmp_path / "bad.parquet"}, {})
    with pytest.raises(StoreError, match="could not be built"):
        store.load(bad)
    assert (store.loaded(), number(store)) == (("Q1", "f1"), 2)
    assert [path.name for path in tmp_path.glob("*.lbdb*")] == ["g.lbdb"]
    store.close()


def test_a_reader_sees_the_new_graph_after_another_process_replaced_it(tmp_path: Path) -> None:
    path = tmp_path / "g.lbdb"
    reader, writer = EmbeddedStore(path), EmbeddedStore(path)
    writer.load(projection(tmp_path / "p", [tie("TIE", "person:a", "person:b")]))
    assert number(reader) == 2
    ties = [tie("TIE", "person:a", "person:b"), tie("TIE", "person:a", "person:c")]
    writer.load(projection(tmp_path / "q", ties, fingerprint="f2"))
    assert number(reader) == 3
    reader.close()
    writer.close()


def test_a_query_that_is_too_large_for_memory_says_what_to_ask_instead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = EmbeddedStore(tmp_path / "g.lbdb")
    store.load(projection(tmp_path / "p", [tie("TIE", "person:a", "person:b")]))

    class Full:
        def set_query_timeout(self, _: int) -> None: ...
        def close(self) -> None: ...
        def execute(self, *_: object, **__: object) -> None:
            raise RuntimeError("Buffer manager exception: Unable to allocate memory!")

    monkeypatch.setattr(store, "_open", Full)
    with pytest.raises(StoreError, match="more memory than the graph engine may take") as told:
        number(store)
    assert "fewer officers" in str(told.value.remedy)
    store.close()


def test_several_processes_read_at_once(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path / "g.lbdb")
    store.load(projection(tmp_path / "p", [tie("TIE", "person:a", "person:b")]))
    assert number(store) == 2
    code = (
        "import sys; from pathlib import Path; from linkgraph.graph.embedded import EmbeddedStore\n"
        f"print(EmbeddedStore(Path(sys.argv[1])).read({COUNT!r}, 1, 10)['n'][0])"
    )
    other = subprocess.run(
        [sys.executable, "-c", code, str(store.path)], capture_output=True, text=True, check=True
    )
    assert other.stdout.strip() == "2"
    store.close()


def test_a_damaged_file_is_named_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "g.lbdb"
    path.write_bytes(b"x" * 10_000)
    store = EmbeddedStore(path)
    assert store.loaded() is None
    with pytest.raises(StoreError, match="cannot be opened") as raised:
        store.read(COUNT, 1, 1)
    assert "Delete the file" in raised.value.remedy


def test_a_uri_names_the_store(tmp_path: Path) -> None:
    assert open_store("", tmp_path / "g.lbdb", "Q1").name == "embedded"
    with pytest.raises(StoreError, match="names no graph store"):
        open_store("http://host", tmp_path / "g.lbdb", "Q1")


def test_what_a_large_query_took_is_given_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = EmbeddedStore(tmp_path / "g.lbdb")
    store.load(projection(tmp_path / "p", [tie("TIE", "person:a", "person:b")]))
    fresh = store._held()
    monkeypatch.setattr("linkgraph.graph.embedded._KEPT", fresh)
    pairs = (
        "UNWIND range(1, 300) AS a UNWIND range(1, 300) AS b "
        "WITH a, count(DISTINCT a * 1000 + b) AS n RETURN sum(n) AS n"
    )
    store.read(pairs, 1, 10)
    assert store._held() > fresh
    assert int(store.rows(pairs, {})["n"][0]) == 90_000
    assert store._held() <= fresh
    store.close()
