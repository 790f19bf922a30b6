"""A load that is killed, interrupted, or runs out of disk leaves the ledger as it was."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from linkgraph.errors import LedgerError
from linkgraph.ledger import Ledger
from linkgraph.ledger import folder as place
from linkgraph.ledger.load import load
from tests.support.ledger import NOW, write_tables

OFFICERS = [{"officer_id": "O1", "name": "x"}]


@pytest.fixture(autouse=True)
def interrupts() -> Iterator[None]:
    """Interrupts arrive, even where the run was started in the background and ignores them."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def lookups(first: int, number: int) -> list[dict[str, Any]]:
    return [
        {
            "lookup_id": f"L{i}",
            "at": f"2024-07-01T{i % 24:02d}:00:00",
            "officer_id": "O1",
            "subject_kind": "person",
            "subject_id": f"P{i}",
        }
        for i in range(first, first + number)
    ]


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    sources = write_tables(tmp_path / "a", {"officers": OFFICERS, "lookups": lookups(0, 3)})
    load(tmp_path / "ledger", [sources], now=NOW)
    return tmp_path / "ledger"


@pytest.fixture
def more(tmp_path: Path) -> Path:
    return write_tables(tmp_path / "b", {"lookups": lookups(3, 5)})


def state(ledger: Path) -> dict[str, bytes]:
    """Every file that the ledger consists of."""
    return {
        str(path.relative_to(ledger)): path.read_bytes()
        for path in sorted(ledger.rglob("*"))
        if path.is_file() and path.name != "lock" and not str(path).startswith(f"{ledger}/work-")
    }


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=Path(__file__).parents[2],
    )


KILLED = """
    import os, signal
    from pathlib import Path
    from linkgraph.ledger import folder, load as loading

    def die(*_):
        os.kill(os.getpid(), signal.SIGKILL)

    def progress(what, done, total):
        if what.startswith({stage!r}):
            die()

    if {stage!r} in ("write_manifest", "sweep_old"):
        folder.sweep = lambda *_: None  # it sweeps old generations too, before the load
        setattr(folder, {stage!r}, die)
    loading.load(Path({ledger!r}), [Path({more!r})], now={now}, progress=progress)
"""


@pytest.mark.parametrize("stage", ["reading", "sorting out", "writing lookups", "write_manifest"])
def test_a_killed_load_leaves_the_ledger_as_it_was(ledger: Path, more: Path, stage: str) -> None:
    before, fingerprint = state(ledger), Ledger.open(ledger).fingerprint
    done = run(KILLED.format(stage=stage, ledger=str(ledger), more=str(more), now=NOW))
    assert done.returncode == -signal.SIGKILL, done.stderr
    opened = Ledger.open(ledger)
    assert opened.fingerprint == fingerprint
    assert opened.rows("lookups") == 3
    assert opened.verify() == []
    assert before.items() <= state(ledger).items()
    report = load(ledger, [more], now=NOW)
    assert report.tables["lookups"].loaded == 5
    assert not list(ledger.glob("work-*"))
    assert Ledger.open(ledger).rows("lookups") == 8


def test_a_load_killed_after_its_last_step_is_whole(ledger: Path, more: Path) -> None:
    done = run(KILLED.format(stage="sweep_old", ledger=str(ledger), more=str(more), now=NOW))
    assert done.returncode == -signal.SIGKILL
    opened = Ledger.open(ledger)
    assert opened.rows("lookups") == 8
    assert opened.verify() == []
    load(ledger, [more], now=NOW)
    assert len(list((ledger / place.GENERATIONS).iterdir())) == 1


@pytest.mark.parametrize("stage", ["reading", "sorting out", "writing lookups", "gathering"])
def test_an_interrupted_load_leaves_nothing_behind(ledger: Path, more: Path, stage: str) -> None:
    before = state(ledger)

    def interrupt(what: str, _done: int, _total: int) -> None:
        if what.startswith(stage):
            signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        load(ledger, [more], now=NOW, progress=interrupt)
    assert state(ledger) == before
    assert not list(ledger.glob("work-*"))


def test_an_interrupt_inside_the_table_engine_is_an_interrupt(
    ledger: Path, more: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    from linkgraph.ledger import load as loading

    before = state(ledger)

    def endless(connection: Any, *_args: object, **_more: object) -> None:
        threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
        connection.execute("SELECT count(*) FROM range(100000000000) t(i) WHERE hash(i) = 7")

    monkeypatch.setattr(loading, "build", endless)
    with pytest.raises(KeyboardInterrupt):
        load(ledger, [more], now=NOW)
    assert state(ledger) == before
    assert not list(ledger.glob("work-*"))


def test_a_disk_that_fills_is_told_and_the_ledger_is_as_it_was(ledger: Path, more: Path) -> None:
    before = state(ledger)
    # A limit on the size of files makes writes fail as a full disk does, in any file system.
    done = run(f"""
        import resource
        from pathlib import Path
        from linkgraph.errors import LedgerError
        from linkgraph.ledger.load import load
        resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))
        try:
            load(Path({str(ledger)!r}), [Path({str(more)!r})], now={NOW})
        except LedgerError as problem:
            print(problem)
    """)
    assert "The disk of" in done.stdout, done.stderr
    assert "the ledger is as it was" in done.stdout
    assert state(ledger) == before
    assert not list(ledger.glob("work-*"))


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_a_failed_last_step_is_told(
    ledger: Path, more: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    before = Ledger.open(ledger).fingerprint

    def fail(*_args: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(place, "write_manifest", fail)
    with pytest.raises(LedgerError, match=r"the ledger is as it was") as caught:
        load(ledger, [more], now=NOW)
    assert ("is full" in caught.value.message) == (code != errno.EIO)
    assert Ledger.open(ledger).fingerprint == before


def test_two_loads_at_once_are_refused(ledger: Path, more: Path) -> None:
    with (
        place.locked(ledger),
        pytest.raises(LedgerError, match=r"loaded by another process \(process [0-9]+\)"),
    ):
        load(ledger, [more], now=NOW)
    assert load(ledger, [more], now=NOW).tables["lookups"].loaded == 5


def test_a_ledger_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(LedgerError, match=r"cannot be made"):
        load(tmp_path / "file" / "ledger", [tmp_path])
