"""The ledger's folder: its lock, its manifest, and changes that happen whole or not at all.

    ledger/manifest.json            what is current; replaced in one step, last of a load
    ledger/sources/<id>/            one immutable extract per source: typed rows, findings
    ledger/generations/<id>/        the tables, built from the extracts the manifest names
    ledger/lock                     held while a load runs
    ledger/work-*/                  a load under way; left behind only by one that was killed

Folders are written beside, synced, and renamed; the manifest is replaced after that, and
what it no longer names is removed last.  A load that dies at any moment leaves the ledger as
it was.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from linkgraph.errors import LedgerError

FORMAT = 1
MANIFEST, SOURCES, GENERATIONS, LOCK = "manifest.json", "sources", "generations", "lock"


def read_manifest(ledger: Path) -> dict[str, Any] | None:
    """The manifest, or None if nothing was loaded yet; LedgerError if it is damaged."""
    path = ledger / MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as problem:
        raise LedgerError(
            f"{path} cannot be read: {problem}.",
            remedy="Restore the ledger from a copy, or remove it and load the sources again.",
        ) from problem
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise LedgerError(
            f"{path} is of another version of linkgraph.",
            remedy="Remove the ledger's folder and load the sources again.",
        )
    return manifest


def write_manifest(ledger: Path, manifest: dict[str, Any]) -> None:
    """Replace the manifest in one step; what it names must be on disk already."""
    beside = ledger / f"{MANIFEST}.new"
    with beside.open("w", encoding="utf-8") as stream:
        json.dump(manifest, stream, ensure_ascii=False, indent=1, sort_keys=True)
        stream.write("\n")
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(ledger / MANIFEST)
    _sync(ledger)


def settle(built: Path, place: Path) -> None:
    """Sync the finished folder `built` to disk and rename it to `place`."""
    for path in sorted(built.rglob("*")):
        _sync(path)
    _sync(built)
    place.parent.mkdir(mode=0o700, exist_ok=True)
    if place.exists():
        shutil.rmtree(place)
    built.rename(place)
    _sync(place.parent)


def sweep(ledger: Path, manifest: dict[str, Any] | None) -> None:
    """Remove the leftovers of a load that was killed."""
    for path in ledger.glob("work-*"):
        shutil.rmtree(path, ignore_errors=True)
    sweep_old(ledger, manifest)


def sweep_old(ledger: Path, manifest: dict[str, Any] | None) -> None:
    """Remove extracts and generations that the manifest does not name."""
    keep = {source["id"] for source in manifest["sources"]} if manifest else set()
    generation = manifest["generation"] if manifest else ""
    for path in (ledger / SOURCES).glob("*"):
        if path.name not in keep:
            shutil.rmtree(path, ignore_errors=True)
    for path in (ledger / GENERATIONS).glob("*"):
        if path.name != generation:
            shutil.rmtree(path, ignore_errors=True)


@contextlib.contextmanager
def locked(ledger: Path) -> Iterator[None]:
    """Hold the ledger's lock, owner-only from here on; LedgerError if another load runs."""
    import fcntl

    before = os.umask(0o077)
    try:
        _made(ledger)
        with (ledger / LOCK).open("a+") as stream:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as problem:
                if problem.errno not in {errno.EWOULDBLOCK, errno.EACCES}:
                    raise
                stream.seek(0)
                raise LedgerError(
                    f"{ledger} is being loaded by another process ({stream.read().strip()}).",
                    remedy="Wait until it is done.",
                ) from None
            stream.truncate(0)
            stream.write(f"process {os.getpid()}")
            stream.flush()
            yield
    finally:
        os.umask(before)


@contextlib.contextmanager
def workbench(ledger: Path) -> Iterator[Path]:
    """A folder to build in; gone at the end, whatever happens."""
    folder = Path(tempfile.mkdtemp(prefix="work-", dir=ledger))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _made(ledger: Path) -> None:
    try:
        ledger.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise LedgerError(
            f"{ledger} cannot be made: {problem.strerror}.", remedy="Check the folder above it."
        ) from problem


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
