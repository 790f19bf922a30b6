"""The jars of Neo4j Community, from Maven Central into the user's cache, checked on every use.

Maven checks what it downloads and nothing afterwards, so the hash of every jar is noted when
they arrive and compared when they are used again.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

POM = Path(__file__).parent / "pom.xml"
_PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
_SUMS = "sha256.json"
_PAUSES = (5, 15, 45)
"""Seconds between tries: a registry that is asked too often answers 429."""


class UnavailableError(Exception):
    """There is no Neo4j to be had on this machine; the message says what is missing."""


def version() -> str:
    """The server version that `pom.xml` names."""
    found = re.search(r"<neo4j.version>(.+?)</neo4j.version>", POM.read_text(encoding="utf-8"))
    assert found is not None
    return found[1]


def jars() -> Path:
    """The folder of all jars, fetched if it is not there; UnavailableError if it cannot be."""
    if shutil.which("java") is None:
        raise UnavailableError("no Java on this machine; Neo4j needs Java 17")
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "linkgraph"
    place = home / f"neo4j-{version()}"
    home.mkdir(parents=True, exist_ok=True)
    with (home / f"neo4j-{version()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if place.is_dir() and not _as_noted(place):
            shutil.rmtree(place)
        if not place.is_dir():
            _fetch(place)
    return place


def _fetch(place: Path) -> None:
    if shutil.which("mvn") is None:
        raise UnavailableError("no Maven on this machine to fetch Neo4j with")
    with tempfile.TemporaryDirectory(prefix="neo4j-", dir=place.parent) as folder:
        aside = Path(folder) / "jars"
        command = ["mvn", "-q", "-B", "-ntp", "-C", "-f", str(POM), _PLUGIN]
        command += ["-DincludeScope=runtime", f"-DoutputDirectory={aside}"]
        for pause in (*_PAUSES, None):
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode == 0:
                break
            if pause is None:
                raise UnavailableError(f"Maven could not fetch Neo4j: {done.stdout[-600:]}")
            time.sleep(pause)
        (aside / _SUMS).write_text(json.dumps(_sums(aside), indent=1), encoding="utf-8")
        aside.rename(place)


def _as_noted(place: Path) -> bool:
    try:
        noted = json.loads((place / _SUMS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(noted) and noted == _sums(place)


def _sums(folder: Path) -> dict[str, str]:
    found = {}
    for jar in sorted(folder.glob("*.jar")):
        with jar.open("rb") as file:
            found[jar.name] = hashlib.file_digest(file, "sha256").hexdigest()
    return found
