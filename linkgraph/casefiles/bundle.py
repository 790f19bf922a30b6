"""A bundle: the files of a case file, a manifest of their hashes, and the check of both.

Pure: files are bytes by name.  The manifest names every other file with its size and SHA-256
and carries its own; it is written in one way only, so that no byte of it can change unseen.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from linkgraph.casefiles import archive
from linkgraph.errors import CaseFileError
from linkgraph.workspace import ActivityLog
from linkgraph.workspace.folder import write_private

MANIFEST, LOG = "manifest.json", "log.jsonl"


def sealed(files: Mapping[str, bytes], about: Mapping[str, Any]) -> dict[str, bytes]:
    """The files with their manifest; `about` says whose they are and is part of it."""
    listed = [
        {"path": name, "bytes": len(files[name]), "sha256": _sha256(files[name])}
        for name in sorted(files)
    ]
    manifest = {"format": 1, **about, "files": listed}
    return {**files, MANIFEST: _written(manifest)}


def seal(files: Mapping[str, bytes]) -> str:
    """The hash of a bundle as its manifest gives it: one line that stands for every byte."""
    return str(json.loads(files[MANIFEST])["seal"])


def write(files: Mapping[str, bytes], target: Path) -> None:
    """Write a bundle as a `.zip`, or as a new folder; CaseFileError if something is there."""
    if target.exists() or target.is_symlink():
        raise CaseFileError(
            f"{target} exists already.", remedy="Name a new file or folder: none is overwritten."
        )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.suffix.lower() == ".zip":
            write_private(target, archive.packed(files))
            return
        for name in sorted(files):
            path = target / name
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_private(path, files[name])
    except OSError as problem:
        raise CaseFileError(
            f"{target} cannot be written: {problem.strerror}.",
            remedy="Name a place that you may write to, on a disk with room.",
        ) from problem


def verify(path: Path) -> tuple[list[str], Mapping[str, Any]]:
    """What is wrong with a bundle (empty if nothing), and its manifest (empty if unreadable).

    Raises CaseFileError if `path` is no bundle at all.
    """
    problems: list[str] = []
    if path.is_dir():
        files, problems = _folder(path)
    elif path.is_file():
        data = path.read_bytes()
        try:
            files = archive.unpacked(data)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as e:
            return [f"{path.name}: the archive cannot be read: {e}"], {}
        if archive.packed(files) != data:
            problems.append(f"{path.name}: the archive was changed after it was written")
    else:
        raise CaseFileError(f"{path} does not exist.", remedy="Name a case file or a bundle.")
    if MANIFEST not in files:
        return [*problems, f"{MANIFEST}: is missing"], {}
    try:
        manifest = json.loads(files[MANIFEST])
        listed = {one["path"]: (one["bytes"], one["sha256"]) for one in manifest["files"]}
        unsealed = {k: v for k, v in manifest.items() if k != "seal"}
    except (ValueError, KeyError, TypeError, AttributeError):
        return [*problems, f"{MANIFEST}: cannot be read"], {}
    if files[MANIFEST] != _written(unsealed):
        problems.append(f"{MANIFEST}: was changed after it was written")
    there = set(files) - {MANIFEST}
    problems += [f"{name}: is missing" for name in sorted(set(listed) - there)]
    problems += [f"{name}: was added" for name in sorted(there - set(listed))]
    problems += [
        f"{name}: was changed"
        for name in sorted(there & set(listed))
        if (len(files[name]), _sha256(files[name])) != listed[name]
    ]
    return problems + _chain(files, manifest), manifest


def _chain(files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> list[str]:
    """What is wrong with the log inside; redacted bundles carry none that can be followed."""
    if LOG not in files:
        return []
    with TemporaryDirectory() as place:
        copy = Path(place) / LOG
        copy.write_bytes(files[LOG])
        found = ActivityLog(copy).verify(expect=str(manifest.get("head", "")))
    return [f"{LOG}: {problem}" for problem in found.problems]


def _folder(path: Path) -> tuple[dict[str, bytes], list[str]]:
    files, problems = {}, []
    for one in sorted(path.rglob("*")):
        name = one.relative_to(path).as_posix()
        if one.is_symlink():
            problems.append(f"{name}: is a link, not a file")
        elif one.is_file():
            files[name] = one.read_bytes()
        elif one.is_dir() and not any(one.iterdir()):
            problems.append(f"{name}: is an empty folder that was added")
    return files, problems


def _written(manifest: Mapping[str, Any]) -> bytes:
    text = json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1)
    with_seal = {**manifest, "seal": _sha256(text.encode())}
    return (json.dumps(with_seal, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
