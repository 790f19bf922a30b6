"""A bundle says of every byte whether it is as it was written."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from linkgraph.casefiles import archive, bundle
from linkgraph.errors import CaseFileError
from linkgraph.workspace import ActivityLog

ABOUT = {"casefile": "CF1", "version": "0"}
CHANGES = 200


@pytest.fixture
def files(tmp_path: Path) -> dict[str, bytes]:
    log = ActivityLog(tmp_path / "log")
    log.append("new", id="CF1")
    head = log.append("note", text="王")
    contents = {
        "report.html": "<p>王大明</p>".encode(),
        "exhibits/lookups.csv": b"lookup_id\r\nL1\r\n",
        "views/E1.html": bytes(range(256)),
        "log.jsonl": (tmp_path / "log").read_bytes(),
    }
    return bundle.sealed(contents, {**ABOUT, "head": head})


def test_a_bundle_is_the_same_bytes_again(files: dict[str, bytes], tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        bundle.write(files, tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


@pytest.mark.parametrize("name", ["bundle", "bundle.zip"])
def test_what_was_not_touched_is_whole(files: dict[str, bytes], tmp_path: Path, name: str) -> None:
    bundle.write(files, tmp_path / name)
    problems, manifest = bundle.verify(tmp_path / name)
    assert problems == []
    assert manifest["seal"] == bundle.seal(files)


def test_a_bundle_is_never_written_over(files: dict[str, bytes], tmp_path: Path) -> None:
    bundle.write(files, tmp_path / "bundle")
    with pytest.raises(CaseFileError, match="exists already"):
        bundle.write(files, tmp_path / "bundle")


def test_any_byte_changed_in_a_folder_is_found(files: dict[str, bytes], tmp_path: Path) -> None:
    place, chance = tmp_path / "bundle", random.Random(1)
    bundle.write(files, place)
    names = sorted(files)
    for _ in range(CHANGES):
        path = place / chance.choice(names)
        data = path.read_bytes()
        at = chance.randrange(len(data))
        other = chance.choice([b for b in range(256) if b != data[at]])
        path.write_bytes(data[:at] + bytes([other]) + data[at + 1 :])
        assert bundle.verify(place)[0], (path, at, other)
        path.write_bytes(data)
    assert bundle.verify(place)[0] == []


def test_any_byte_changed_in_an_archive_is_found(files: dict[str, bytes], tmp_path: Path) -> None:
    path, chance = tmp_path / "bundle.zip", random.Random(2)
    bundle.write(files, path)
    data = path.read_bytes()
    for _ in range(CHANGES):
        at = chance.randrange(len(data))
        other = chance.choice([b for b in range(256) if b != data[at]])
        path.write_bytes(data[:at] + bytes([other]) + data[at + 1 :])
        assert bundle.verify(path)[0], (at, other)


def removed(place: Path, chance: random.Random) -> None:
    chance.choice([p for p in sorted(place.rglob("*")) if p.is_file()]).unlink()


def added(place: Path, chance: random.Random) -> None:
    folder = chance.choice([place, *(p for p in sorted(place.rglob("*")) if p.is_dir())])
    (folder / f"x{chance.randrange(10**6)}").write_bytes(b"")


def renamed(place: Path, chance: random.Random) -> None:
    path = chance.choice([p for p in sorted(place.rglob("*")) if p.is_file()])
    path.rename(path.with_name(f"{path.name}{chance.randrange(10**6)}"))


def swapped(place: Path, chance: random.Random) -> None:
    a, b = chance.sample([p for p in sorted(place.rglob("*")) if p.is_file()], 2)
    one, two = a.read_bytes(), b.read_bytes()
    a.write_bytes(two)
    b.write_bytes(one)


@pytest.mark.parametrize("change", [removed, added, renamed, swapped])
def test_files_removed_added_renamed_or_swapped_are_found(
    files: dict[str, bytes], tmp_path: Path, change: Callable[[Path, random.Random], None]
) -> None:
    whole, chance = tmp_path / "whole", random.Random(3)
    bundle.write(files, whole)
    for _ in range(CHANGES):
        place = tmp_path / "changed"
        shutil.copytree(whole, place)
        change(place, chance)
        assert bundle.verify(place)[0]
        shutil.rmtree(place)


def test_files_removed_added_or_renamed_in_an_archive_are_found(
    files: dict[str, bytes], tmp_path: Path
) -> None:
    path = tmp_path / "bundle.zip"
    less = {k: v for k, v in files.items() if k != "report.html"}
    for changed in (less, {**files, "x": b""}, {**less, "report.htm": files["report.html"]}):
        path.write_bytes(archive.packed(changed))
        assert bundle.verify(path)[0]


def test_links_and_empty_folders_are_additions(files: dict[str, bytes], tmp_path: Path) -> None:
    bundle.write(files, tmp_path / "bundle")
    (tmp_path / "bundle" / "empty").mkdir()
    (tmp_path / "bundle" / "link").symlink_to(tmp_path)
    assert len(bundle.verify(tmp_path / "bundle")[0]) == 2


def test_a_manifest_made_anew_has_another_seal(files: dict[str, bytes]) -> None:
    forged = bundle.sealed({**files, "report.html": b"other"}, ABOUT)
    assert bundle.seal(forged) != bundle.seal(files)


def test_what_is_no_bundle_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"no archive")
    assert "cannot be read" in bundle.verify(tmp_path / "x.zip")[0][0]
    with pytest.raises(CaseFileError, match="does not exist"):
        bundle.verify(tmp_path / "none")
